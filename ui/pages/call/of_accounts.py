"""The flow of a call on the page of accounts: to the account, to one of its contacts, about an opportunity (BX-1)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol, cast

from channergy_crm.errors import CRMError, Surroundings
from channergy_crm.language import _
from channergy_crm.records import Account, Contact, Opportunity, Task
from channergy_crm.services import accounts, calls_to, deal_people, gate, reading
from ui.look import theme
from ui.pages.call.flow import CallFlow, CallTo

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QVBoxLayout

    from channergy_crm.records.call_log import Called
    from channergy_crm.services.calls import Call
    from ui.forms.record_panel import RecordPanel
    from ui.lists.table import RecordTable
    from ui.pages.account_grids import ContactsGrid
    from ui.pages.opportunities import OpportunitiesPanel
    from ui.pages.page import ListPage


ROOMY = 860
"""so high must the window be that the list, the bar and the parts stand below each other"""
CALLED: dict[str, type[Any]] = {
    "call_account": Account, "call_contact": Contact, "call_opportunity": Opportunity, "call_task": Task,
}  # fmt: skip
"""who is called from another page"""
OF = {
    "call_account": "account",
    "call_contact": "contact",
    "call_opportunity": "opportunity",
    "call_task": "account_task",
}  # unsaid: targets


class OfAccounts(Protocol):
    """The page, as a call needs it."""

    account: Account | None
    table: RecordTable
    contacts: ContactsGrid
    opportunities: OpportunitiesPanel

    def panels(self) -> list[RecordPanel]:
        """The parts whose commands stand back during a call."""

    def show_target(self, what: str, key: object) -> None:
        """Come to an account, or to something of it."""


class AccountCalling(CallFlow):
    """Calls an account or one of its contacts; the bar stands over all parts of the account."""

    def __init__(self, page: OfAccounts, over: QVBoxLayout) -> None:
        self._accounts = page
        self._no_number = next(each.offered for each in page.panels()[0].commands.all if each.name == "dial")
        self.about: Opportunity | None = None
        """the opportunity the call is about"""
        super().__init__(cast("ListPage", page), page.panels(), over)
        self._panel.dial = self._dial
        self._own_dial = self._panel.commands.take_over("dial", self._dial_first, self._why_not)
        page.opportunities.card.contacts.dialed.connect(self._dial_contact)
        self._panel.log_call = lambda: self.log(page.account, page.account.phone if page.account else "")

    def _dial(self, number: str) -> None:
        if self._accounts.account is not None:
            self.call(self._accounts.account, number)

    def _dial_first(self) -> None:
        """F9: the first contact of the deal somebody looks at, otherwise the account (SI-29)."""
        first = self._accounts.opportunities.whom()
        if first is not None:
            self._dial_contact(first.key)
        else:
            self._own_dial(self._panel)

    def _why_not(self) -> str | None:
        return None if self._accounts.opportunities.whom() is not None else self._no_number(self._panel)

    def _dial_contact(self, key: object) -> None:
        held = self._session.find(Contact, key)
        if held is not None:
            self.call(held, gate.first_number(held))

    def call(self, called: Called, number: str, about: Opportunity | None = None) -> None:
        """Dial this number; the call is about this opportunity, or the one somebody looks at."""
        part = self._accounts.opportunities
        shown = part.panel.record if part.isVisible() else None
        self.about = about or (None if shown is None or shown.is_new else shown)
        super().call(called, number)

    def call_from_elsewhere(self, what: str, key: object) -> None:
        """Call from another page: the call is noted here, and somebody is back there afterwards."""
        to, by, came_from = key if isinstance(key, CallTo) else CallTo(key), self._session.by, self._session.came_from
        held = reading.find(CALLED[what], to.key, by)
        self._accounts.show_target(OF[what], to.key)
        account = self._accounts.account
        if held is None or account is None or accounts.account_of(OF[what], to.key, by) != account.number:
            return
        called = held if isinstance(held, Contact) else account
        if isinstance(held, Opportunity) and to.logged is None and not to.number:
            called = deal_people.first_contact(held.number, by) or account
        if to.logged is not None:
            self.about = None
            self.answer(called, to)
            return
        self.back = "" if to.number or came_from == "accounts" else came_from
        first = gate.first_number(called) if isinstance(called, Contact) else account.phone
        deal = reading.find(Opportunity, held.opportunity, by) if isinstance(held, Task) else held
        self.call(called, to.number or first, deal if isinstance(deal, Opportunity) else None)

    def opened(self, on: bool) -> None:
        """In a low window the list of accounts makes room for the bar."""
        self._accounts.table.setVisible(not (on and self._page.window().height() < theme.px(ROOMY, self._page)))

    def verb(self) -> str:
        """What saving does."""
        if self.back or self.about is not None:
            return _("Save call")
        return _("Save call, next contact") if isinstance(self._called, Contact) else _("Save call, next account")

    # Whom the page shows

    def shows(self, called: Called) -> Called | None:
        """The account that is open, or a contact of it."""
        account = self._accounts.account
        if account is None:
            return None
        if isinstance(called, Account):
            return account if account.key == called.key else None
        held = reading.find(Contact, called.key, self._session.by)
        return held if held is not None and held.customer == account.customer else None

    def show_again(self, called: Called) -> Called | None:
        """Open the account again, and its contact."""
        self._accounts.show_target(type(called).about.target, called.key)
        return self.shows(called)

    # Saving

    def save_and_next(self) -> None:
        """Save the call, and on to the next row of the list the call was begun in."""
        stays, called = bool(self.back or self.about), self._called
        table = self._accounts.contacts.table if isinstance(called, Contact) else self._accounts.table
        looked_at = table is self._accounts.table or table.isVisible()
        row = table.grid.currentIndex().row() if looked_at else -1
        if not self.write(self.save_and_next) or stays or row < 0:
            return
        if row < table.model.rowCount() - 1:
            table.go_to_row(row + 1)
        else:
            self._session.notices.add(_("That was the last one of the list."))

    def store(self, call: Call, again: Callable[[], object]) -> bool:
        """Write the call down; what was typed into the account is saved by itself."""
        called = self._called
        assert called is not None  # noqa: S101  the bar is open for somebody
        try:
            calls_to.write(called, call, self._session.by, self.about)
        except CRMError as error:
            self._session.notices.warn(error.message, again if isinstance(error, Surroundings) else None)
            return False
        return True
