"""The Accounts page: the list above, the record below, the blue line between them (CH-47…CH-118)."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QTabWidget, QVBoxLayout, QWidget

from channergy_crm import access
from channergy_crm.records import Account, Contact, Customer, Lead, Opportunity, Task
from channergy_crm.services import accounts
from ui.blue_line import BlueLine
from ui.desk import Desk
from ui.icons import icon
from ui.pages.account_grids import ContactsGrid, TasksGrid
from ui.pages.lists import list_for
from ui.pages.opportunities import OpportunitiesPanel
from ui.record_panel import RecordPanel
from ui.screens.people import ACCOUNTS, CUSTOMERS
from ui.summary import Fact, Summary

INFORMATION, CUSTOMER, CONTACTS, OPPORTUNITIES, TASKS = range(5)


class AccountsPage(QWidget):
    """The operator's accounts and everything that hangs on the one that is open."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.account: Account | None = None
        self.table = list_for(ACCOUNTS, desk, lambda: access.visible(Account, desk.by), self)
        self.table.setContentsMargins(12, 8, 12, 4)
        self.information = RecordPanel(
            ACCOUNTS, desk, save=accounts.save, summary=self._summary, nothing="No account is open.", parent=self
        )
        self.customer = RecordPanel(CUSTOMERS, desk, save=self._save_customer, prefix="accounts.customer", parent=self)
        self.contacts = ContactsGrid(desk, lambda: self.account, self)
        self.opportunities = OpportunitiesPanel(desk, lambda: self.account, self)
        self.tasks = TasksGrid(desk, lambda: self.account, self)
        self.tabs = self._tabs()
        self._add_leads_button()
        self.line = BlueLine("accounts.line", Qt.Orientation.Vertical, desk.station, (1, 2))
        self.line.hold(self.table, self.tabs)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.line)
        self._connect()

    def _tabs(self) -> QTabWidget:
        tabs = QTabWidget(self)
        tabs.setObjectName("accounts.tabs")
        tabs.setAccessibleName("Parts of the account")
        tabs.setDocumentMode(True)
        for part, title, sign in (
            (self.information, "Account Information", "account"), (self.customer, "Customer Information", "operator"),
            (self.contacts, "Contacts", "contact"), (self.opportunities, "Opportunities", "opportunity"),
            (self.tasks, "Tasks", "task"),
        ):  # fmt: skip
            tabs.addTab(part, icon(sign, tabs), title)
        return tabs

    def _add_leads_button(self) -> None:
        corner = QWidget(self.tabs)
        row = QHBoxLayout(corner)
        row.setContentsMargins(4, 0, 12, 2)
        for name, text, sign, what in (
            ("open_lead", "Open Lead", "lead", self._open_lead),
            ("create_lead", "Create Lead for Account", "add", self._create_lead),
        ):
            button = QPushButton(icon(sign, corner), text, corner)
            button.setObjectName(f"accounts.{name}")
            button.setAccessibleName(text)
            button.clicked.connect(what)
            row.addWidget(button)
        self.tabs.setCornerWidget(corner)

    def _connect(self) -> None:
        self.information.commands.reach_from(self.table)
        self.table.chosen.connect(self._chosen)
        self.table.settled.connect(self._settled)
        self.table.opened.connect(lambda _: self.information.form.focus("name"))
        self.tabs.currentChanged.connect(lambda _: self._show_part())
        self.desk.operator_changed.connect(lambda: self._open(None))
        self.desk.done.connect(self._something_done)

    # Moving

    def activate(self) -> None:
        """Somebody looks at this page."""
        if self.table.is_stale:
            self.table.refresh()

    def leave(self) -> bool:
        """Whether this account may be left: unsaved changes in any part are settled."""
        return self.information.leave() and self.customer.leave() and self.opportunities.panel.leave()

    def take_up(self, panel: RecordPanel, key: Any, values: dict[str, Any]) -> None:
        """Go on with a draft: its account first, then the part it belongs to."""
        if panel is self.opportunities.panel:
            if key is not None:
                self.show_target("opportunity", key)
        elif panel is self.customer:
            number = Account.select(Account.number).where(Account.customer == key).scalar()
            if number is not None:
                self.show_target("account", number)
                self.tabs.setCurrentIndex(CUSTOMER)
        elif key is not None:
            self.show_target("account", key)
        if panel.record is not None and panel.record.key == key:
            panel.form.put(values)

    def panels(self) -> list[RecordPanel]:
        """The parts that can hold unsaved input."""
        return [self.information, self.customer, self.opportunities.panel]

    def _chosen(self, key: Any) -> None:
        if self.account is not None and self.account.number == key:
            return
        if self.leave():
            self._open(key)
        elif self.account is not None:
            self.table.go_to(self.account.number)

    def _settled(self, key: Any) -> None:
        if any(panel.is_edited for panel in self.panels()) or self.account is not None:
            return
        if key is None:
            self.table.go_to_row(0)
        else:
            self._open(key)

    def _open(self, key: Any) -> None:
        """Show this account in the part that is open."""
        self.account = Account.find(key) if key is not None else None
        self.information.show_record(self.account)
        self.customer.show_record(None)
        self.opportunities.forget()
        for grid in (self.contacts, self.tasks):
            grid.table.set_stale()
        self._show_part()

    def _show_part(self) -> None:
        part = self.tabs.currentIndex()
        if part == CUSTOMER and self.customer.record is None and self.account is not None:
            self.customer.show_record(accounts.customer_of(self.account) or Customer())
        elif part == OPPORTUNITIES:
            self.opportunities.activate()
        elif part in (CONTACTS, TASKS):
            table = (self.contacts if part == CONTACTS else self.tasks).table
            if table.is_stale:
                table.refresh_now()

    def show_target(self, what: str, key: Any) -> None:
        """Come here from another page: to an account, or to a contact, opportunity or task inside its account."""
        number = _account_of(what, key)
        if number is None:
            self.desk.notices.say("That record belongs to no account any more.", level="warning")
            return
        if self.account is None or self.account.number != number:
            if not self.leave():
                return
            self._open(number)
        self.table.go_to(number)
        part = {"contact": CONTACTS, "opportunity": OPPORTUNITIES, "account_task": TASKS}.get(what, INFORMATION)
        self.tabs.setCurrentIndex(part)
        if what == "contact":
            self.contacts.show_row(key)
        elif what == "opportunity":
            self.opportunities.show_row(key)
        elif what == "account_task":
            self.tasks.show_row(key)

    # What happens

    def _save_customer(self, customer: Customer, by: str) -> Customer:
        assert self.account is not None  # noqa: S101  the part is only open with an account
        return accounts.save_customer(customer, self.account, by)

    def _something_done(self, done: Any) -> None:
        if self.account is not None and self.account.number in done.keys("CRMAccounts"):
            self.account = Account.find(self.account.number)
            if self.account is None:
                self._open(None)

    def _create_lead(self) -> None:
        if self.account is not None:
            self.desk.go_to("new_lead", self.account.number)

    def _open_lead(self) -> None:
        found = accounts.leads_of(self.account.number) if self.account is not None else []
        number = found[0].number if found else self.account.originating_lead if self.account is not None else None
        if number is None:
            self.desk.notices.say("This account has no lead.")
        else:
            self.desk.go_to("lead", number)

    def _summary(self, account: Account) -> Summary:
        open_ones = Opportunity.select().where((Opportunity.account == account.number) & ~Opportunity.closed).count()
        to_do = Task.select().where(Task.is_crm & (Task.account == account.number) & ~Task.closed).count()
        lead = Lead.find(account.originating_lead) if account.originating_lead else None
        facts = [
            Fact("Account", str(account.number)), Fact("Open opportunities", str(open_ones)),
            Fact("Open tasks", str(to_do)), Fact("From lead", lead.caption() if lead else ""),
        ]  # fmt: skip
        return Summary(account.name, account.description, account.phone, facts)


def _account_of(what: str, key: Any) -> int | None:
    """The account a record is shown in."""
    if what == "account":
        return int(key)
    if what == "contact":
        contact = Contact.find(key)
        found: int | None = (
            Account.select(Account.number).where(Account.customer == contact.customer).scalar() if contact else None
        )
        return found
    held = Opportunity.find(key) if what == "opportunity" else Task.find(key)
    return held.account if held is not None else None
