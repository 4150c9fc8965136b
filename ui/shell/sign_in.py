"""The window somebody signs in at: user name and password, or the choice of an own password (VT-10…VT-12)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from channergy_crm.language import N_, _
from channergy_crm.services import office, operators, signing_in
from channergy_crm.services.rights import Program
from channergy_crm.settings import OFFICE_NAME, OPERATOR
from ui.look import theme
from ui.look.icons import app_icon
from ui.look.plain import titled
from ui.session.background import Background
from ui.session.beside import Beside, Told
from ui.session.remembered import remember_secret, station_name, stay_name
from ui.shell.helping import outside
from ui.shell.sign_in_cards import HEIGHT, WIDTH, Card, Manners, OwnPasswordCard, WhoCard

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent

    from channergy_crm.errors import CRMError
    from channergy_crm.settings import Station
    from channergy_crm.store.database import Office


class SignIn(QWidget):
    """Asks who is there, before there is a main window."""

    signed_in = Signal(str)
    """the ID of who has come in"""
    another_office = Signal(str)
    """the address of another office that somebody wants to go to"""
    given_up = Signal()
    """the window was closed"""

    def __init__(self, office: Office, station: Station, manners: Manners) -> None:
        super().__init__()
        self._office, self._station, self._manners = office, station, manners
        self.setObjectName("sign_in.window")
        self.setWindowIcon(app_icon())
        theme.stand_on(self, "base")
        self._background = Background(self)
        self._beside = Beside(self._background, office, lambda told: self._say(told))
        self._let_in = False
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.card: Card = self._who()
        outside.let_ask(self, outside.DOOR, N_("Sign in first; then that can be done."), station)
        self._take(self.card)
        self.resize(theme.px(WIDTH, self), theme.px(HEIGHT, self))

    def _take(self, card: Card) -> None:
        """This card from now on."""
        if self.card is not card:
            self._column.removeWidget(self.card)
            self.card.hide()
            self.card.setParent(None)
            self.card.deleteLater()
        self.card = card
        self._column.addWidget(card)
        card.show()
        self.setWindowTitle(titled("Channergy CRM"))  # unsaid: a name
        self.setAccessibleName(_("Sign in"))

    def _say(self, told: Told) -> None:
        self.card.said.say(told.text)

    # ---------------------------------------------------------------- who

    def _who(self, user: str = "", password: str = "", *, stays: bool = False) -> WhoCard:
        card = WhoCard(self._station, self._manners, self, office.get(OFFICE_NAME, Program.ITSELF))
        card.user.setText(user or self._station.get(OPERATOR))
        card.password.setText(password)
        card.stay.setChecked(stays)
        card.submitted.connect(partial(self._sign_in, card))
        card.another_office.connect(self._ask_for_another)
        card.spoke.connect(lambda: self._say_anew(card))
        (card.password if card.user.text() else card.user).setFocus()
        return card

    def begin(self) -> None:
        """On the screen, with what the office lets one choose from."""
        self.show()
        if isinstance(self.card, WhoCard):
            self.card.settle()

    def _say_anew(self, card: WhoCard) -> None:
        new = self._who(card.user.text(), card.password.text(), stays=card.stay.isChecked())
        self._take(new)
        new.language.setFocus()

    def _sign_in(self, card: WhoCard) -> None:
        if card.busy:
            return
        name, password, station = card.user.text(), card.password.text(), station_name()
        if not name.strip() or not password:
            card.said.say(_("Type your user name and your password."))
            (card.password if name.strip() else card.user).setFocus()
            return
        card.occupy(True)
        self._beside(
            lambda _progress: signing_in.sign_in(name, password, station), label=_("Signing in"), progress=False,
            done=partial(self._came, card.stay.isChecked(), password), failed=partial(self._refused, card),
        )  # fmt: skip

    def _refused(self, card: WhoCard, error: CRMError) -> None:
        card.occupy(False)
        card.said.say(error.message)
        card.password.empty()

    def _came(self, stays: bool, password: str, by: str) -> None:
        self._station.remember(OPERATOR.name, by)
        name, token = stay_name(self._office.url), ""
        if signing_in.must_change(by):
            self._choose_own(by, password, stays=stays)
            return
        if stays:
            token = signing_in.stay(by, station_name())
        remember_secret(name, token)
        self.signed_in.emit(by)

    # ---------------------------------------------------------------- a password of one's own

    def _choose_own(self, by: str, password: str, *, stays: bool) -> None:
        who = next(each for each in operators.everybody(Program.ITSELF) if each.id == by)
        card = OwnPasswordCard(who.name, (who.id, who.name), self)
        card.submitted.connect(partial(self._change, card, by, password, stays))
        self._take(card)
        card.new.setFocus()

    def _change(self, card: OwnPasswordCard, by: str, password: str, stays: bool) -> None:
        if card.busy:
            return
        if said := card.problem():
            card.said.say(said)
            (card.again if card.new.text() and not card.problem(whole=False) else card.new).setFocus()
            return
        new = card.new.text()
        card.occupy(True)
        self._beside(
            lambda _progress: signing_in.change(password, new, by), label=_("Changing the password"), progress=False,
            done=lambda _nothing: self._came(stays, new, by), failed=partial(self._not_changed, card),
        )  # fmt: skip

    def _not_changed(self, card: OwnPasswordCard, error: CRMError) -> None:
        card.occupy(False)
        card.said.say(error.message)
        card.new.setFocus()

    # ---------------------------------------------------------------- elsewhere

    def _ask_for_another(self) -> None:
        from ui.look.plain import ask_for_a_line

        said = _("Its file, or its address: postgresql://user@host/name")
        if wanted := ask_for_a_line(self, _("Another office"), said):
            self.another_office.emit(wanted.strip())

    def leave(self) -> None:
        """Somebody has come in, or gone to another office."""
        self._let_in = True
        self.close()
        self.deleteLater()

    def closeEvent(self, event: QCloseEvent) -> None:
        self._background.close(2000)
        super().closeEvent(event)
        if not self._let_in:
            self.given_up.emit()
