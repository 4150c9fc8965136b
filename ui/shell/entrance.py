"""Between the start of the program and its window, where Security is on: somebody comes in, and goes out again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from channergy_crm.errors import CRMError
from channergy_crm.services import rights, signing_in
from channergy_crm.store import database
from ui.look.plain import warn
from ui.session.opening import open_store
from ui.session.remembered import secret, station_name, stay_name
from ui.shell.sign_in import SignIn

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from channergy_crm.settings import Station
    from channergy_crm.store.database import Office
    from ui.shell.sign_in_cards import Manners


class Entrance(QObject):
    """Lets people into an office. `admit` opens the main window for whoever has come in, or for nobody in particular
    where the office does not ask.
    """

    def __init__(
        self, station: Station, manners: Manners, admit: Callable[[Office, str], QWidget], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._station, self._manners, self._admit = station, manners, admit
        self.window: SignIn | None = None

    def begin(self, office: Office) -> None:
        """Ask who is there, unless somebody stayed signed in on this workstation."""
        if not rights.is_secured():
            self._admit(office, "")
        elif by := signing_in.still_in(secret(stay_name(office.url)), station_name()):
            self._admit(office, by)
        else:
            self._ask(office)

    def come_again(self, url: str) -> None:
        """Somebody has signed out: ask who comes next."""
        try:
            office = open_store(url)
        except CRMError as error:
            warn(None, "Channergy CRM", error.message)  # unsaid: a name
            QApplication.quit()
        else:
            self.begin(office)

    def _ask(self, office: Office) -> None:
        window = self.window = SignIn(office, self._station, self._manners)

        def came(by: str) -> None:
            self._admit(office, by)  # the new window first: without any, the program would end
            self._let_go(window)

        def goes_elsewhere(url: str) -> None:
            self._go_to(url, office, window)

        window.signed_in.connect(came)
        window.another_office.connect(goes_elsewhere)
        window.given_up.connect(office.close)
        window.begin()

    def _let_go(self, window: SignIn) -> None:
        window.leave()
        if self.window is window:
            self.window = None

    def _go_to(self, url: str, before: Office, window: SignIn) -> None:
        try:
            database.require(url)
        except CRMError as error:
            window.card.said.say(error.message)
            return
        before.close()
        try:
            office = open_store(url)
        except CRMError as error:
            warn(window, "Channergy CRM", error.message)  # unsaid: a name
            office = open_store(before.url)
        self.begin(office)
        self._let_go(window)
