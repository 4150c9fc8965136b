"""What other programs tell this window: it comes forward, says who rings, or asks whether to dial (BX-7)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence

from channergy_crm.language import _
from channergy_crm.records import Account, Contact, Customer, Lead
from channergy_crm.services import accounts, callers
from channergy_crm.services.callers import Ring
from channergy_crm.store import addresses
from channergy_crm.text.links import number_of
from ui.pages.call.flow import CallTo
from ui.pages.ways import offer_account
from ui.shell.incoming.popup import CallPopUp
from ui.shell.lock import Lock
from ui.shell.quiet_window import come_forward

if TYPE_CHECKING:
    from channergy_crm import running
    from channergy_crm.errors import CRMError
    from channergy_crm.services.callers import Caller
    from ui.session.background import Progress
    from ui.session.listening import Listening
    from ui.shell.window import MainWindow

KEY = "Ctrl+Shift+F9"
MOST_WAITING = 9
TARGETS = {Lead: "call_lead", Contact: "call_contact", Account: "call_account"}


class Calls(QObject):
    """For as long as the window is there."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window, self._session = window, window.session
        self._rings: list[Ring] = []
        self._asked: Ring | None = None
        self.popup: CallPopUp | None = None
        self.listening: Listening | None = None
        action = QAction(_("To the call that comes in"), window)
        action.setObjectName("incoming.focus")
        action.setShortcut(QKeySequence(KEY))
        action.triggered.connect(self.take_keys)
        window.addAction(action)
        self._session.closing.connect(self.close)

    def listen(self) -> None:
        """Hear from now on what other programs of this user tell the window."""
        from ui.session.listening import Listening

        self.listening = Listening(addresses.known_as(self._session.office.address()), self)
        self.listening.told.connect(self.told)

    def close(self) -> None:
        """The window goes."""
        if self.listening is not None:
            self.listening.close()
        if self.popup is not None:
            self.popup.hide()

    def told(self, verb: running.Verb, text: str) -> None:
        """Another program says something."""
        if verb == "show":
            come_forward(self._window)
        elif verb == "dial":
            self._ask(text)
        else:
            self.ring(text)

    # Somebody rings

    def ring(self, text: str) -> None:
        """Somebody rings: it is written down, and said who it may be."""
        by = self._session.by

        def ask(_progress: Progress) -> Ring:
            return callers.come_in(text, by)

        self._session.work(ask, label=_("Who rings?"), progress=False, done=self._rang, failed=self._failed)

    def _failed(self, error: CRMError) -> None:
        self._session.notices.warn(error.message)

    def _rang(self, ring: Ring) -> None:
        self._rings = [*[each for each in self._rings if each.logged != ring.logged], ring][-MOST_WAITING:]
        self._show()

    def _show(self) -> None:
        """Nobody is named while the window is locked."""
        locked = self._window.findChild(Lock)
        if locked is not None:
            locked.destroyed.connect(self._show)
            return
        ring = self._asked or (self._rings[-1] if self._rings else None)
        if ring is None:
            if self.popup is not None:
                self.popup.hide()
            return
        popup = self._made()
        popup.tell(ring, len(self._rings) - (self._asked is None), asks=self._asked is not None)
        popup.appear()

    def _made(self) -> CallPopUp:
        if self.popup is None:
            self.popup = CallPopUp(self._window)
            self.popup.opened.connect(self._open)
            self.popup.new_lead_wanted.connect(self._new_lead)
            self.popup.dial_wanted.connect(self._dial)
            self.popup.closed.connect(self._put_away)
        return self.popup

    def take_keys(self) -> None:
        """The keys go to the call that comes in."""
        if self.popup is not None and self.popup.isVisible():
            self.popup.take_keys()

    def _answered(self) -> Ring | None:
        """The call that is shown is dealt with; the one before it comes up again."""
        ring = self._asked or (self._rings.pop() if self._rings else None)
        self._asked = None
        self._show()
        return ring

    def _put_away(self) -> None:
        asked, ring = self._asked, self._answered()
        if asked is None and ring is not None and ring.number:
            said = _("The call from {number} was not taken here.").format(number=ring.number)
            back = (_("Call back"), lambda: self._ask(ring.number))
            self._session.notices.say(said, action=back, level="news")

    def _open(self, caller: Caller) -> None:
        asks, ring = self._asked is not None, self._answered()
        if ring is None:
            return
        self.call(caller, ring.number, None if asks else ring.logged)

    def call(self, caller: Caller, number: str, logged: int | None = None) -> None:
        """Call them with this number where the call is noted; or open them for a call that has its row already."""
        come_forward(self._window)
        record = caller.record
        target, key = TARGETS.get(type(record), ""), record.key
        if isinstance(record, Contact | Customer):
            of = "contact" if isinstance(record, Contact) else "customer"
            account = accounts.account_of(of, record.key, self._session.by)
            if account is None:
                self._session.notices.dismiss()
                offer_account(self._session, record, CallTo(key, number, logged))
                return
            target, key = ("call_contact", key) if of == "contact" else ("call_account", account)
        self._session.go_to(target, CallTo(key, number, logged))

    def _new_lead(self) -> None:
        ring = self._answered()
        if ring is not None:
            come_forward(self._window)
            self._session.go_to("new_lead", {"phone": ring.number})

    # Somebody pressed a link

    def _ask(self, text: str) -> None:
        """Whether to dial this: a link that somebody else wrote does not ring by itself."""
        number, by = number_of(text), self._session.by
        if not number:
            return

        def ask(_progress: Progress) -> Ring:
            return Ring(number, 0, callers.who(number, by))

        self._session.work(ask, label=_("Who is that?"), progress=False, done=self._asked_whether, failed=self._failed)

    def _asked_whether(self, ring: Ring) -> None:
        self._asked = ring
        come_forward(self._window)
        self._show()
        self.take_keys()

    def _dial(self) -> None:
        ring = self._answered()
        if ring is not None:
            self._session.dial(ring.number, noted=False)
