"""What is chosen in Settings: stored at once, worn at once, told with Undo (F-54)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QObject, Signal

from channergy_crm.errors import CRMError
from channergy_crm.language import _
from channergy_crm.records import OfficeSetting
from channergy_crm.services import office, rights
from channergy_crm.services.rights import Program
from channergy_crm.settings import LANGUAGE, TEXT_SIZE, THEME

if TYPE_CHECKING:
    from collections.abc import Callable

    from channergy_crm.settings import Setting
    from channergy_crm.work import Done
    from ui.session.session import Session

SETTINGS_TABLE = OfficeSetting._meta.table_name


class Wear(NamedTuple):
    """How the program is dressed: light or dark, and how large its letters are."""

    theme: Callable[[str], object]
    letters: Callable[[int], object]


class Chosen(QObject):
    """The settings of this workstation and of the office, for whoever shows or changes them.

    Without `wear`, light or dark and the size of letters are seen when the program is started again.
    """

    changed = Signal()
    """here, at another window, or taken back"""

    def __init__(self, session: Session, wear: Wear | None = None) -> None:
        super().__init__(session)
        self.session, self.wear = session, wear
        self.speak: Callable[[str], object] | None = None
        """has the window speak what is chosen now, and is told what it was before; it tells that itself"""
        session.done.connect(self._something_done)

    def get(self, setting: Setting[Any]) -> Any:
        """What is chosen now."""
        if setting.scope == "office":
            return office.get(setting, Program.ITSELF)
        return self.session.station.get(setting)

    def why_not(self, setting: Setting[Any]) -> str | None:
        """A sentence when the operator here may not choose it."""
        return rights.may(self.session.by, "administer") if setting.scope == "office" else None

    def choose(self, setting: Setting[Any], value: object, said: str) -> str | None:
        """Choose a value, of which people say `said`; a sentence when it cannot be, and then nothing is stored."""
        before = self.get(setting)
        if value == before:
            return None
        told = _("{setting}: {value}.").format(setting=setting.label, value=said or "–")
        if setting.scope == "office":
            try:
                office.choose(setting, value, self.session.by)
            except CRMError as error:
                return error.message
            self.session.say_done(told)
            return None
        self._take(setting, value)
        if setting is LANGUAGE and self.speak is not None:
            self.speak(before)
            return None
        self.session.notices.say(told, undo=partial(self._take, setting, before), level="done")
        return None

    def _take(self, setting: Setting[Any], value: Any) -> None:
        self.session.station.set(setting, value)
        if self.wear is not None and setting is THEME:
            self.wear.theme(value)
        if self.wear is not None and setting is TEXT_SIZE:
            self.wear.letters(value)
        self.changed.emit()

    def _something_done(self, done: Done) -> None:
        if SETTINGS_TABLE in done.tables:
            self.changed.emit()
