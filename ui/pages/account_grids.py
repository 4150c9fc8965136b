"""The grids inside an account: its contacts and its tasks, edited in place (CH-73…CH-83, CH-119…CH-129)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from channergy_crm.language import N_, _, one
from channergy_crm.records import Account, Contact, Task
from channergy_crm.services import accounts, gate, saving, tasks
from channergy_crm.services.duplicates import look_alikes
from ui.forms.looks_like import LookAlikes
from ui.forms.synced import SyncedLine
from ui.lists.bulk_commands import offer_changes
from ui.lists.empty_word import Way
from ui.lists.grid_bar import GridBar, a_row
from ui.pages.list_for import cell_writer, close_tasks, list_for, offer_documents
from ui.pages.page import ListPage
from ui.screen import Command, Screen
from ui.screens.people import ACCOUNT_CONTACTS
from ui.screens.sales import ACCOUNT_TASKS
from ui.widgets.controls import CheckBox
from ui.widgets.timers import later

if TYPE_CHECKING:
    from collections.abc import Callable

    from channergy_crm.work.record import Record
    from ui.lists.table import RecordTable
    from ui.session.session import Session


LEAST = 28
"""pixels: a row; large letters in a small window take the room of the others, not that of what can be pressed"""


class AccountGrid(ListPage):
    """A grid of what belongs to the account that is open, with its tool bar below."""

    save: Callable[[Any, str], object] = staticmethod(saving.save)
    """how a changed row is written"""

    def __init__(
        self, session: Session, account: Callable[[], Account | None], screen: Screen, parent: QWidget
    ) -> None:
        super().__init__(session, parent)
        self.account = account
        self.table = list_for(screen, session, self.condition, self)
        self._write = cell_writer(screen.record, self.save, session)
        self.table.write_with(self.write)
        offer_changes(self.table, session)
        self.bar = GridBar(screen.name, self.table, self.made_commands(), self)
        self.table.offer_ways(Way(_("Add {record}").format(record=one(screen.record)), self.add, "add", self.why_none))
        self.table.grid.removed.connect(self.delete)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 0)
        column.setSpacing(0)
        self.table.grid.setMinimumHeight(LEAST)
        column.addWidget(self.table, 1)
        self.column = column
        column.addWidget(self.bar)
        self.table.opened.connect(lambda _: self._open_cell())
        self.bar.commands.refresh()

    def condition(self) -> object:
        """Which rows belong to the open account."""
        raise TypeError("each grid says which rows are its own")

    def write(self, key: object, name: str, old: object, new: object) -> None:
        """Save one cell."""
        self._write(key, name, old, new)

    def made_commands(self) -> list[Command]:
        """The commands of the tool bar."""
        return []

    def start(self, account: Account) -> Record:
        """A new row for this account."""
        raise TypeError("each grid says how its rows start")

    def add(self) -> None:
        """Plus: a new row, there at once, its first cell open for typing (CH-75, CH-76)."""
        account = self.account()
        if account is None:
            self.session.notices.warn(_("Choose an account in the list first."))
            return
        made = self.session.attempt(lambda: saving.save(self.start(account), self.session.by))
        if made is not None:
            self.table.search.clear()
            self.table.refresh_now()
            self.table.go_to(made.key)
            self.table.edit_cell(made.key, self.first_cell)

    def why_none(self) -> str | None:
        """Nothing is added to nobody (F-4)."""
        return None if self.account() is not None else _("Choose an account in the list first.")

    first_cell = ""

    def _open_cell(self) -> None:
        """Enter: type into the cell somebody is on."""
        index = self.table.grid.currentIndex()
        if index.flags() & Qt.ItemFlag.ItemIsEditable:
            self.table.grid.edit(index)

    def delete(self) -> None:
        """Delete the selected rows; undo brings them back (CH-81)."""
        found = [self.found(self.table.record, key) for key in self.table.marked()]
        held = [record for record in found if record is not None]
        if held and (what := self.session.attempt(lambda: saving.delete_all(held, self.session.by))):
            self.session.say_done(_("Deleted {records}.").format(records=what))

    def show_row(self, key: object) -> None:
        """Come to one row."""
        self.table.refresh_now()
        self.table.go_to(key)
        self.table.grid.setFocus()


def _add(bar: GridBar) -> None:
    _grid_of(bar).add()


def _delete(bar: GridBar) -> None:
    _grid_of(bar).delete()


def _somebody(bar: GridBar) -> str | None:
    return _grid_of(bar).why_none()


def _grid_of(bar: GridBar) -> AccountGrid:
    grid = bar.parentWidget()
    assert isinstance(grid, AccountGrid)  # noqa: S101  the bar is only ever built inside one
    return grid


class ContactsGrid(AccountGrid):
    """The contacts of the account; Customer # and Contact # fill themselves."""

    first_cell = "first_name"

    def __init__(self, session: Session, account: Callable[[], Account | None], parent: QWidget) -> None:
        super().__init__(session, account, ACCOUNT_CONTACTS, parent)
        offer_documents(self.table, session)
        self.dial: Callable[[Contact, str], object] = lambda held, number: session.dial(number, record=held)
        """what dials a contact"""
        self.log_call: Callable[[Contact, str], object] = lambda held, number: None
        """what notes a call that was made elsewhere"""
        self._line = LookAlikes(self.table.name, session, self)
        self.column.insertWidget(1, self._line)
        self.table.chosen.connect(lambda _: self._line.say_nothing())
        self.synced = SyncedLine(self.table.name, session, self)
        self.synced.stand_at_edge()
        self.column.insertWidget(2, self.synced)
        self.synced.wanted.connect(lambda name: self.table.edit_cell(self.table.current(), name))
        table = Contact._meta.table_name
        stands = later(self, lambda: self.synced.look_at(table, self.table.current()), 0)
        for turned in (self.table.chosen, self.table.settled):  # the cursor is put where it belongs just after
            turned.connect(lambda _key: stands.start())

    def write(self, key: object, name: str, old: object, new: object) -> None:
        super().write(key, name, old, new)
        held = self.found(Contact, key)
        if held is not None and name in look_alikes.Signs(Contact).names:
            self._line.look(Contact(customer=held.customer, number=key), {**held.__data__})

    def condition(self) -> object:
        account = self.account()
        return Contact.customer == (account.customer if account is not None and account.customer is not None else -1)

    def start(self, account: Account) -> Contact:
        return accounts.start_contact(account, self.session.by)

    def made_commands(self) -> list[Command]:
        return [
            Command("create", N_("Add contact"), _add, "add", "Ctrl+N", _somebody),
            Command("delete", N_("Delete Record"), _delete, "remove", "", a_row, "danger"),
            Command("dial", N_("Dial Phone"), self._dial, "phone", "F9", self._has_phone, "labelled"),
            Command("log_call", N_("Log a call"), self._log, "note", "Ctrl+Shift+L", a_row, "labelled"),
            Command("timeline", N_("Timeline"), self._timeline, "note", "", a_row, "labelled"),
        ]

    def _log(self, bar: GridBar) -> None:
        held = self.found(Contact, bar.table.current())
        if held is not None:
            self.log_call(held, gate.first_number(held))

    def _timeline(self, bar: GridBar) -> None:
        from ui.timeline.timeline_dialog import open_timeline

        open_timeline(Contact, bar.table.current(), self.session, self)

    def _dial(self, bar: GridBar) -> None:
        held = self.found(Contact, bar.table.current())
        if held is not None:
            self.dial(held, gate.first_number(held))

    def _has_phone(self, bar: GridBar) -> str | None:
        if bar.table.current() is None:
            return _("Choose a contact in the list first.")
        return None if self._phone(bar.table) else _("This contact has no phone number.")

    def _phone(self, table: RecordTable) -> str:
        key = table.current()
        held = self.found(Contact, key)
        return gate.first_number(held) if held else ""


class TasksGrid(AccountGrid):
    """The tasks of the account."""

    first_cell = "action"
    save: Callable[[Any, str], object] = staticmethod(tasks.save)

    def __init__(self, session: Session, account: Callable[[], Account | None], parent: QWidget) -> None:
        self.closed_too = CheckBox(_("Closed tasks too"))
        super().__init__(session, account, ACCOUNT_TASKS, parent)
        self.closed_too.setObjectName("accounts.tasks.show_closed")
        self.closed_too.setAccessibleName(_("Show closed tasks too"))
        self.closed_too.toggled.connect(lambda: self.table.refresh())
        self.table.tools.addWidget(self.closed_too)

    def condition(self) -> object:
        account = self.account()
        own = Task.is_crm & (Task.account == (account.number if account is not None else -1))
        return own if self.closed_too.isChecked() else own & ~Task.closed

    def start(self, account: Account) -> Task:
        task = accounts.start_task(self.session.by, account=account)
        task.action = _("New task")
        return task

    def made_commands(self) -> list[Command]:
        return [
            Command("create", N_("Add task"), _add, "add", "Ctrl+N", _somebody),
            Command("close", N_("Close"), self._close, "check", "Ctrl+D", a_row, "labelled"),
            Command("delete", N_("Delete Record"), _delete, "remove", "", a_row, "danger"),
        ]

    def _close(self, bar: GridBar) -> None:
        close_tasks(self.session, bar.table)

    def show_row(self, key: object) -> None:
        held = self.found(Task, key)
        if held is not None and held.closed:
            self.closed_too.setChecked(True)
        super().show_row(key)
