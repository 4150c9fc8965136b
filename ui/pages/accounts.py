"""The Accounts page: the list above, the record below, the blue line between them (CH-47…CH-118)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from channergy_crm.language import N_, _
from channergy_crm.records import Account, Contact, Customer, Opportunity, Task
from channergy_crm.services import accounts, leads
from ui.forms.new_linked import make_linked
from ui.forms.record_panel import RecordPanel
from ui.lists.bulk_commands import offer_changes
from ui.lists.empty_word import Way
from ui.lists.record_stepper import Steps
from ui.lists.view_bar import ViewBar
from ui.look import theme
from ui.look.plain import titled
from ui.look.wording import shown
from ui.pages import facts
from ui.pages.account_grids import ContactsGrid, TasksGrid
from ui.pages.call.of_accounts import CALLED, AccountCalling
from ui.pages.list_for import list_for, offer_cell
from ui.pages.open_work import OpenWork
from ui.pages.opportunities import OpportunitiesPanel
from ui.pages.page import ListPage, come_back
from ui.pages.ways import account_first, new_account, offer_account, to_leads
from ui.screens.people import ACCOUNTS, CUSTOMERS
from ui.session.allowed import concerns_rights, uses
from ui.session.within import mine, project_name
from ui.widgets.splitter import BlueLine
from ui.widgets.summary import Summary
from ui.widgets.tab_bars import ROOMY, Parts

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from channergy_crm.work import Done
    from ui.session.session import Session

INFORMATION, CUSTOMER, CONTACTS, OPPORTUNITIES, TASKS = range(5)
RECORDS = {CONTACTS: Contact, OPPORTUNITIES: Opportunity, TASKS: Task}
PART_OF = {"customer": CUSTOMER, "contact": CONTACTS, "opportunity": OPPORTUNITIES, "account_task": TASKS}
ADDED = {"new_contact": CONTACTS, "new_opportunity": OPPORTUNITIES, "new_task": TASKS}
LEAST_OF_LIST = 190
"""pixels: the tools, the titles and four accounts"""
FORMS = (N_("Account Information"), N_("Customer Information"), N_("Opportunities"))


class AccountsPage(ListPage):
    """The operator's accounts and everything that hangs on the one that is open."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.account: Account | None = None
        self.table = list_for(ACCOUNTS, session, lambda: mine(session, Account), self, keeps_place=True)
        self.table.within = lambda: project_name(session)
        offer_cell(self.table, session, accounts.save, self.leave)
        offer_changes(self.table, session)
        self.table.add_bar(ViewBar(self.table, session, self.table))
        self.table.offer_ways(to_leads(session), Way(_("Create Account"), self.new_account, "add"))
        self.information = RecordPanel(
            ACCOUNTS, session, save=accounts.save, summary=self._summary, nothing=_("No account is open."), parent=self
        )
        self.customer = RecordPanel(
            CUSTOMERS, session, save=self._save_customer, prefix="accounts.customer", parent=self
        )
        self.contacts = ContactsGrid(session, lambda: self.account, self)
        self.opportunities = OpportunitiesPanel(session, lambda: self.account, self)
        self.tasks = TasksGrid(session, lambda: self.account, self)
        self.open_work = OpenWork("accounts.open_work", self.information)
        self.information.form.columns.stand_below(self.open_work)
        self.information.past.also = lambda account: [(Customer, account.customer)] if account.customer else []
        self.open_work.wanted.connect(self.show_target)
        self.tabs = self._tabs()
        self._over = QVBoxLayout()
        self.line = BlueLine("accounts.line", Qt.Orientation.Vertical, session.station, self._list_height)
        self.line.hold(self.table, self._under_the_strip())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.line)
        self.calling = AccountCalling(self, self._over)
        self.opportunities.card.turned.connect(self.information.tell)
        self.contacts.dial, self.contacts.log_call = self.calling.call, self.calling.log
        self._connect()

    def _list_height(self, page: int) -> int:
        """So many accounts that the open one has most of the room."""
        return max(theme.px(LEAST_OF_LIST, self), page * 3 // 10)

    def _tabs(self) -> Parts:
        tabs = Parts("accounts.tabs", _("Parts of the account"), self)
        for part, title in (
            (self.information, FORMS[0]), (self.customer, FORMS[1]), (self.contacts, N_("Contacts")),
            (self.opportunities, FORMS[2]), (self.tasks, N_("Tasks")),
        ):  # fmt: skip
            tabs.addTab(part, _(title))
        self._steps = Steps(self.table, tabs)
        self._corner = QWidget(tabs)
        row = QHBoxLayout(self._corner)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._steps)
        tabs.stand_beside(self._corner)
        return tabs

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The pager stands beside the parts; where they need the room, at the right of the strip."""
        strip, roomy = self.information.strip, event.size().width() >= theme.px(ROOMY, self)
        corner = self._corner.layout()
        if strip is not None and corner is not None and roomy == (self._steps.parentWidget() is not self._corner):
            (corner if roomy else strip.buttons).addWidget(self._steps)
        super().resizeEvent(event)

    def _under_the_strip(self) -> QWidget:
        """The strip says whose all the parts are, whichever is looked at (F-4)."""
        side = QWidget(self)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        assert self.information.strip is not None  # noqa: S101  it has a summary
        column.addWidget(self.information.strip)
        column.addLayout(self._over)
        column.addWidget(self.tabs, 1)
        return side

    def _connect(self) -> None:
        self.information.commands.take_over("create", self.new_account)
        for command in self.information.commands.having("list"):
            self.table.tools.addWidget(self.information.commands.button(command, self.table, small=True))
        self.information.commands.reach_from(self.table)
        self.table.chosen.connect(self._chosen)
        self.table.settled.connect(self._settled)
        self.table.opened.connect(lambda _: self._enter_part())
        show_parts(self.tabs, self.session)
        self.tabs.currentChanged.connect(lambda _: self._show_part())
        self.tabs.currentChanged.connect(lambda _: self.information.tell())
        for panel in self.panels():
            panel.asked_back.connect(partial(self.take_up, panel))
            if panel is not self.opportunities.panel:
                panel.linked_wanted.connect(partial(make_linked, self.session, self))
        self.session.operator_changed.connect(lambda: self._open(None))
        self.session.done.connect(self._something_done)
        for part, panel in zip((INFORMATION, CUSTOMER, OPPORTUNITIES), self.panels(), strict=True):
            panel.stuck.connect(partial(self.tabs.setCurrentIndex, part))
            panel.form.edited.connect(self._mark_unsaved)
            panel.commands.named("save").changed.connect(self._mark_unsaved)

    def _mark_unsaved(self) -> None:
        """A dot on each part that holds something unsaved: it waits there while another part is looked at."""
        for place, title, panel in zip((INFORMATION, CUSTOMER, OPPORTUNITIES), FORMS, self.panels(), strict=True):
            self.tabs.setTabText(place, f"{_(title)} •" if panel.is_edited else _(title))
            self.tabs.setTabToolTip(place, _("Not saved yet") if panel.is_edited else "")

    def _tell_counts(self) -> None:
        """Behind the parts: how much hangs on the account; tasks that are late in the colour of that."""
        held = self.account
        found = self.session.attempt(lambda: accounts.counts(held, self.session.by)) if held is not None else None
        told = found or {"contacts": 0, "opportunities": 0, "tasks": 0, "late": 0}
        for part, name in ((CONTACTS, "contacts"), (OPPORTUNITIES, "opportunities")):
            self.tabs.tray.set_count(part, told[name])
        self.tabs.tray.set_count(TASKS, told["tasks"], "overdue" if told["late"] else "")
        first = self.session.attempt(partial(accounts.open_work, held, self.session.by)) if held else None
        self.open_work.show_work(*(first or ([], [])), (told["opportunities"], told["tasks"]))

    def tick(self) -> None:
        """A minute has gone by: their clock shows another time, and a task may be late."""
        super().tick()
        if self.isVisible():
            self.information.tell()
            self.opportunities.card.tick()
            self._tell_counts()

    # Moving

    def leave(self) -> bool:
        """Whether this account may be left: what was typed into any part is settled; a part that stays is shown."""
        parts = (self.information, self.customer, self.opportunities)
        if not (super().leave() and all(part.leave() for part in parts)):
            return False
        told = [panel.told for panel in self.panels() if panel.told is not None]
        if len(told) > 1:
            self.session.tell_together(told)
        return True

    def take_up(self, panel: RecordPanel, key: object, values: dict[str, object]) -> None:
        """Go on with a draft: its account first, then the part it belongs to."""
        if key is None and panel is self.opportunities.panel:
            self.show_target("account", values.get("account"))
            self.tabs.setCurrentIndex(OPPORTUNITIES)
            panel.take_up(None, values)
            return
        what = {self.opportunities.panel: "opportunity", self.customer: "customer"}.get(panel, "account")
        self.show_target(what, key)
        if panel.record is not None and panel.record.key == key:
            self.session.drafts.take(panel.prefix)
            panel.form.put(values)

    def panels(self) -> list[RecordPanel]:
        """The parts that can hold unsaved input."""
        return [self.information, self.customer, self.opportunities.panel]

    def _chosen(self, key: object) -> None:
        if self.account is not None and self.account.number == key:
            return
        if self.leave():
            self._open(key)
        elif self.account is not None:
            come_back(self.table, self.account.number)

    def _settled(self, key: object) -> None:
        held = self.account.number if self.account is not None else None
        if key is None:
            if held is None:
                self.table.go_to_row(0)
        elif key != held and not any(panel.is_edited or panel.following.is_over for panel in self.panels()):
            self._open(key)
        elif key != held:
            self.table.go_nowhere()

    def _open(self, key: object) -> None:
        """Show this account in the part that is open."""
        self.account = self.found(Account, key)
        self.information.show_record(self.account)
        self._tell_counts()
        whose = f" – {self.account.name}" if self.account is not None else ""
        for inside in (self.contacts, self.opportunities, self.tasks):
            inside.table.setWindowTitle(titled(f"{inside.table.record.plural}{whose}"))  # so it is called on paper
        self.customer.show_record(None)
        self.opportunities.forget()
        for grid in (self.contacts, self.tasks):
            grid.table.set_stale()
            grid.bar.commands.refresh()
        for table in (self.contacts.table, self.opportunities.table, self.tasks.table):
            table.look_at_ways()
        self._show_part()

    def _enter_part(self) -> None:
        """Enter in the list: go on in the part that is open."""
        part = self.tabs.currentIndex()
        if part in (INFORMATION, CUSTOMER):
            panel, first = (self.information, "name") if part == INFORMATION else (self.customer, "company")
            panel.form.focus(first)
        else:
            table = (self.contacts, self.opportunities, self.tasks)[part - CONTACTS].table
            table.grid.setFocus()

    def _show_part(self) -> None:
        part = self.tabs.currentIndex()
        self.table.counted.emit()  # the status line tells of another part
        if part == CUSTOMER and self.customer.record is None and self.account is not None:
            self.customer.show_record(accounts.customer_of(self.account, self.session.by) or Customer())
        elif part == OPPORTUNITIES:
            self.opportunities.activate()
        elif part in (CONTACTS, TASKS):
            table = (self.contacts if part == CONTACTS else self.tasks).table
            if table.is_stale:
                table.refresh_now()

    def show_target(self, what: str, key: object) -> None:
        """Come here from another page: to an account, or to a contact, opportunity or task inside its account."""
        if what in ADDED:
            self._add(what)
            return
        if what == "new_account":
            self.new_account()
            return
        if what in CALLED:
            self.calling.call_from_elsewhere(what, key)
            return
        number = accounts.account_of(what, key, self.session.by)
        if number is None:
            _say_without(self.session, what, key)
            return
        if self.account is None or self.account.number != number:
            if not self.leave():
                return
            self._open(number)
        self.table.go_to(number)
        self.tabs.setCurrentIndex(PART_OF.get(what, INFORMATION))
        if what == "contact":
            self.contacts.show_row(key)
        elif what == "opportunity":
            self.opportunities.show_row(key)
        elif what == "account_task":
            self.tasks.show_row(key)

    def _add(self, what: str) -> None:
        """A new contact, opportunity or task in the account that is open (VT-45)."""
        if self.account is None:
            self.table.refresh_now()  # somebody came straight here: the list may not have been read yet
        if self.account is None:
            account_first(self.session, self, what)
            return
        part = ADDED[what]
        self.tabs.setCurrentIndex(part)
        if part == OPPORTUNITIES:
            self.opportunities.panel.new()
        elif self.leave():
            (self.contacts if part == CONTACTS else self.tasks).add()

    # What happens

    def _save_customer(self, customer: Customer, by: str) -> Customer:
        assert self.account is not None  # noqa: S101  the part is only open with an account
        return accounts.save_customer(customer, self.account, by)

    def activate(self) -> None:
        """Somebody looks at this page."""
        super().activate()
        self._tell_counts()

    def _something_done(self, done: Done) -> None:
        if concerns_rights(done):
            show_parts(self.tabs, self.session)
        if self.isVisible():
            self._tell_counts()
        if self.account is not None and done.touches("CRMAccounts", self.account.number):
            fresh = self.found(Account, self.account.number)
            if fresh is not None:
                self.account = fresh
            elif not done.elsewhere:
                self._open(None)

    def standing(self) -> str:
        """Of the opportunities of an account: whose they are, how many, and what they amount to."""
        if self.account is None or self.tabs.currentIndex() != OPPORTUNITIES:
            return super().standing()
        company = self.account.name.partition("; ")[0]
        return " · ".join(part for part in (company, *self.opportunities.told()) if part)

    def new_account(self) -> None:
        """A new account without a lead, in a window of its own (VT-85, VT-89)."""
        if self.leave():
            new_account(self.session, self)

    def _summary(self, account: Account) -> Summary:
        number, by = account.number, self.session.by
        first = self.opportunities.whom()
        dialed = first.phone if first is not None else account.phone
        fact = facts.phone(dialed, "", whose=first.name) if first is not None else facts.phone(dialed)
        told = [fact, facts.their_time(leads.zone_shown(dialed, by), number=dialed),
                facts.next_reminder(*accounts.next_reminder(number, by))]  # fmt: skip
        company, _sign, person = account.name.partition("; ")
        kinds = [shown(Account.kind("type"), account.type), shown(Account.kind("industry"), account.industry)]
        line = [person, _("account {number}").format(number=number), ", ".join(kind for kind in kinds if kind)]
        return Summary(company, " · ".join(part for part in line if part),
                       facts=[fact for fact in told if fact is not None])  # fmt: skip


def show_parts(tabs: Parts, session: Session) -> None:
    """The parts of an account whose records this operator does not use are absent (VT-66)."""
    for place, record in RECORDS.items():
        tabs.setTabVisible(place, uses(session, record))


def _say_without(session: Session, what: str, key: object) -> None:
    """Nothing is shown outside an account: a contact of the suite gets one, where somebody wants it."""
    stray = session.find(Contact, key) if what == "contact" else None
    if stray is not None:
        offer_account(session, stray)
    else:
        session.notices.warn(_("That record belongs to no account any more."))
