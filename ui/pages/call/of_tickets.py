"""The flow of a call on the page of tickets: to the contact of the open ticket, else to its account (VT-193)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from channergy_crm.errors import CRMError, Surroundings
from channergy_crm.language import _
from channergy_crm.services.tickets import calling
from ui.look import theme
from ui.pages.call.flow import CallFlow
from ui.pages.call.of_accounts import ROOMY

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QVBoxLayout

    from channergy_crm.records.call_log import Called
    from channergy_crm.services.calls import Call
    from ui.pages.record_page import RecordPage


class TicketCalling(CallFlow):
    """Calls whom a ticket is about; how it went stands with them and, with what was noted, at the ticket."""

    def __init__(self, page: RecordPage, over: QVBoxLayout) -> None:
        super().__init__(page, [page.panel], over)
        self._tickets: dict[tuple[type, object], int] = {}
        """by who is called, the ticket the call is about"""
        self._at: Any = page
        self._panel.dial = self._dial

    def _dial(self, number: str) -> None:
        ticket, whom = self._panel.record, self._at.panel.who()
        if ticket is None or whom is None:
            self._session.dial(number)
            return
        if self.is_open and self._ticket(self._called) != ticket.number and not self.settle():
            return
        self._tickets[type(whom), whom.key] = ticket.number
        self.call(whom, number)

    def _ticket(self, called: Called | None) -> int | None:
        return self._tickets.get((type(called), called.key)) if called is not None else None

    def opened(self, on: bool) -> None:
        """The bar stands in the place of the verbs; in a low window what is written makes room for it, too."""
        self._at.panel.command_bar.setVisible(not on)
        low = on and self._page.window().height() < theme.px(ROOMY, self._page)
        self._at.parts_.composer.setVisible(not low)
        self._at.answers.setMinimumHeight(1 if low else 0)

    def fill_dial(self, on: bool) -> None:
        """Dial is one of the others here: people come for what is sent below."""

    def verb(self) -> str:
        """What saving does."""
        return _("Save call")

    def shows(self, called: Called) -> Called | None:
        """Whom the ticket that is open is about, where it is the one the call is about."""
        held, whom = self._panel.record, self._at.panel.who()
        mine = held is not None and held.number == self._ticket(called)
        return whom if mine and type(whom) is type(called) and whom.key == called.key else None

    def show_again(self, called: Called) -> Called | None:
        """Open the ticket again."""
        self._at.show_target("ticket", self._ticket(called))
        return self.shows(called)

    def save_and_next(self) -> None:
        """Save the call; one stays at the ticket."""
        self.write(self.save_and_next)

    def store(self, call: Call, again: Callable[[], object]) -> bool:
        """Write the call down."""
        called = self._called
        ticket = self._ticket(called)
        assert called is not None and ticket is not None  # noqa: S101  the bar is open for somebody
        try:
            calling.write(ticket, called, call, self._session.by)
        except CRMError as error:
            self._session.notices.warn(error.message, again if isinstance(error, Surroundings) else None)
            return False
        return True
