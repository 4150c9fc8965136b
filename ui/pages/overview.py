"""The lists at the top: contacts and opportunities, read only (CH-130…CH-135), and the open tasks (K8)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from channergy_crm.language import N_, _
from channergy_crm.records import Account, Contact, Opportunity, Task
from channergy_crm.services import accounts, deal_people, gate, reminders, tasks
from channergy_crm.services.portal import access
from ui.lists.bulk_commands import offer_changes
from ui.lists.grid_bar import GridBar, a_row
from ui.lists.view_bar import ViewBar
from ui.pages.list_for import cell_writer, close_tasks, list_for, offer_documents
from ui.pages.page import ListPage
from ui.pages.ways import call_for_task, call_from_leads, create_task, to_accounts, to_leads
from ui.screen import Command, Screen
from ui.screens.people import CONTACTS
from ui.screens.sales import OPPORTUNITIES, TASKS
from ui.session.allowed import refused
from ui.session.within import mine, project_name

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ui.lists.empty_word import Way
    from ui.session.session import Session

PART = "part"
SHOWN = (("all", N_("All opportunities")), (PART, N_("Deals I take part in")))
IN_PORTAL = "portal"  # unsaid: a part of the list
CONTACTS_SHOWN = (("all", N_("All contacts")), (IN_PORTAL, N_("With access to the portal")))
NO_ACCESS = N_(
    "Nobody has access to the portal yet. Tick “Customer Portal access” on a contact with an e-mail address."
)
NO_PART = N_("You take part in no deal of anybody else. Whoever owns one links you to it in its account.")


class OverviewPage(ListPage):
    """A list of the operator's own records; *Open In Account* leads to where they are worked on."""

    only_read = True
    """whether nothing is changed here"""
    shows: Sequence[tuple[str, str]] = ()
    """the parts of the list that can be shown: a word and what it is called; all of it unless the page says more"""

    def __init__(self, screen: Screen, target: str, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._target = target
        self.table = list_for(screen, session, self._condition, self, read_only=self.only_read)
        self.view_bar = ViewBar(self.table, session, self.table, self.shows)
        self.table.add_bar(self.view_bar)
        self.table.within = lambda: project_name(session)
        self.bar = GridBar(screen.name, self.table, self._commands(), self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.table, 1)
        self.bar.setContentsMargins(12, 0, 12, 0)
        column.addWidget(self.bar)
        self.table.opened.connect(self._open)
        self.table.offer_ways(*self._ways())

    def _shown(self) -> object:
        """Which part of the list is shown."""
        bar = getattr(self, "view_bar", None)  # the list is made before what stands over it
        return bar.which.currentData() if bar is not None else None

    def _ways(self) -> list[Way]:
        """Where the rows of this list come from."""
        return [to_accounts(self.session)]

    def _condition(self) -> object:
        return mine(self.session, self.table.record)

    def _commands(self) -> list[Command]:
        return [
            Command("open_in_account", N_("Open In Account"), lambda bar: self._open(bar.table.current()), "open", "",
                    a_row, "labelled"),
        ]  # fmt: skip

    def _open(self, key: object) -> None:
        if key is not None:
            self.session.go_to(self._target, key)


class ContactsPage(OverviewPage):
    """The contacts of the operator's accounts, or all who come into the Customer Portal (VT-104)."""

    shows = CONTACTS_SHOWN

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(CONTACTS, "contact", session, parent)
        offer_documents(self.table, session)
        self.view_bar.which.currentIndexChanged.connect(lambda _: self._which_turned())

    def _which_turned(self) -> None:
        self.table.say_when_empty(_(NO_ACCESS) if self._shown() == IN_PORTAL else CONTACTS.empty)
        self.table.refresh()

    def _condition(self) -> object:
        return access.those(self.session.by) if self._shown() == IN_PORTAL else super()._condition()

    def show_target(self, what: str, key: object) -> None:
        """Come here from Settings: to those who have access to the portal."""
        self.view_bar.choose(None)
        self.view_bar.show_base(IN_PORTAL)
        self._which_turned()
        self.table.search.setText("")
        self.table.grid.setFocus()

    def _commands(self) -> list[Command]:
        create = Command("new", N_("Create Contact"), self._create, "add", "Ctrl+N", self._why_no_new, "labelled")
        return [create, *super()._commands(), _dialing(self._dial, self._has_phone)]

    def _why_no_new(self, _bar: GridBar) -> str | None:
        return refused(self.session, "create", Contact) or None

    def _create(self, _bar: GridBar) -> None:
        """The account is asked for first, and made where it is not there yet (VT-90, VT-95)."""
        from ui.pages.whose import new_contact

        new_contact(self.session, self)

    def _dial(self) -> None:
        """In their account, where the call is noted; whoever belongs to none is only dialed (BX-1)."""
        held = self.found(Contact, self.table.current())
        if held is None:
            return
        if accounts.account_of("contact", held.key, self.session.by) is None:
            self.session.dial(gate.first_number(held), record=held, noted=False)
        else:
            self.session.go_to("call_contact", held.key)

    def _has_phone(self, bar: GridBar) -> str | None:
        if bar.table.current() is None:
            return _("Choose a contact in the list first.")
        held = self.found(Contact, self.table.current())
        return None if held is not None and gate.first_number(held) else _("This contact has no phone number.")


class OpportunitiesPage(OverviewPage):
    """The operator's opportunities, or the deals of others they take part in (SI-30)."""

    shows = SHOWN

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(OPPORTUNITIES, "opportunity", session, parent)
        self.view_bar.which.currentIndexChanged.connect(lambda _: self._which_turned())

    def _which_turned(self) -> None:
        self.table.say_when_empty(_(NO_PART) if self._shows_part() else OPPORTUNITIES.empty)
        self.table.refresh()

    def _shows_part(self) -> bool:
        return self._shown() == PART

    def _commands(self) -> list[Command]:
        return [*super()._commands(), _dialing(self._dial, self._has_phone)]

    def _dial(self) -> None:
        self.session.go_to("call_opportunity", self.table.current())

    def _has_phone(self, bar: GridBar) -> str | None:
        held = self.found(Opportunity, bar.table.current())
        if held is None:
            return _("Choose a row first.")
        if self.session.attempt(lambda: deal_people.first_contact(held.number, self.session.by)) is not None:
            return None
        account = self.found(Account, held.account)
        return None if account is not None and account.phone else _("There is no phone number to dial.")

    def _condition(self) -> object:
        if not self._shows_part():
            return super()._condition()
        return deal_people.part_of(Opportunity, self.session.shown, self.session.by)

    def _ways(self) -> list[Way]:
        return [to_leads(self.session), to_accounts(self.session)]


class TasksPage(OverviewPage):
    """The operator's open tasks, edited in place (K8)."""

    only_read = False

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(TASKS, "account_task", session, parent)
        self.table.write_with(cell_writer(Task, tasks.save, session))
        offer_changes(self.table, session)
        self.table.grid.removed.connect(lambda: close_tasks(session, self.table))

    def _ways(self) -> list[Way]:
        return [create_task(self.session), call_from_leads(self.session)]

    def _condition(self) -> object:
        return reminders.open_tasks(self.session.shown, self.session.project)

    def _open(self, key: object) -> None:
        task = self.found(Task, key)
        if task is not None and task.account is None and task.lead is not None:
            self.session.go_to("lead", task.lead)
        else:
            super()._open(key)

    def _commands(self) -> list[Command]:
        return [
            Command("go_to", N_("Go To"), lambda bar: self._open(bar.table.current()), "goto", "Ctrl+G", a_row,
                    "labelled"),
            Command("close", N_("Close"), lambda bar: close_tasks(self.session, bar.table), "check", "Ctrl+D", a_row,
                    "labelled"),
            _dialing(self._dial, self._has_phone),
        ]  # fmt: skip

    def _dial(self) -> None:
        task = self.found(Task, self.table.current())
        if task is not None:
            call_for_task(self.session, task)

    def _has_phone(self, bar: GridBar) -> str | None:
        key = bar.table.current()
        if key is None:
            return _("Choose a row first.")
        return None if reminders.phone_behind(Task, key, self.session.by) else _("There is no phone number to dial.")


def _dialing(dial: Callable[[], object], has_phone: Callable[[GridBar], str | None]) -> Command:
    return Command("dial", N_("Dial Phone"), lambda bar: dial(), "phone", "F9", has_phone, "labelled")
