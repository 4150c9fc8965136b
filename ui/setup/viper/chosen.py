"""What is chosen about the connection: checked as a whole before any of it is stored, told with Undo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm.errors import CRMError
from channergy_crm.language import _
from channergy_crm.settings import VIPER_ADDRESS, VIPER_CERTIFICATE, VIPER_EVERY, VIPER_USER
from channergy_crm.sync import connection
from channergy_crm.sync.viper.place import SYSTEM
from ui.session.chosen import Chosen

if TYPE_CHECKING:
    from channergy_crm.settings import Setting
    from channergy_crm.sync.connection import Connection


class ConnectionChosen(Chosen):
    """The settings of the connection; an empty certificate is one the system knows to be good."""

    def get(self, setting: Setting[object]) -> object:
        """What is chosen now."""
        held = super().get(setting)
        return "" if setting is VIPER_CERTIFICATE and held == SYSTEM else held

    def choose(self, setting: Setting[object], value: object, said: str) -> str | None:
        """Keep it; a sentence when it cannot be, and then nothing is stored."""
        if value == self.get(setting):
            return None
        try:
            connection.keep(_with(connection.held(), setting, str(value)), None, self.session.by)
        except CRMError as error:
            return error.message
        self.session.say_done(_("{setting}: {value}.").format(setting=setting.label, value=said or "–"))
        return None


def _with(held: Connection, setting: Setting[object], value: str) -> Connection:
    if setting is VIPER_EVERY:
        return held._replace(every_minutes=int(value))
    if setting is VIPER_ADDRESS:
        return held._replace(address=value)
    return held._replace(user=value) if setting is VIPER_USER else held._replace(certificate=value)
