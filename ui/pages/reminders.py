"""The Reminders page: what is overdue, due today and coming (CH-10…CH-16)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from channergy_crm.language import _, ngettext
from channergy_crm.records import Lead, Task
from channergy_crm.services import reminders
from ui.pages.list_for import close_tasks, list_for
from ui.pages.page import ListPage
from ui.screen import Command
from ui.screens.activities import LEAD_REMINDERS, OPEN_TASKS, TASK_REMINDERS
from ui.widgets.command_bar import CommandBar, Commands

if TYPE_CHECKING:
    from ui.session.session import Session


def _a_reminder(page: Any) -> str | None:
    return None if page.table.current() is not None else _("Choose a reminder first.")


COMMANDS = [
    Command("go_to", "Go To", lambda page: page.go_to(), "goto", "Ctrl+G", _a_reminder),
    Command("close", "Close", lambda page: page.close_reminder(), "check", "Ctrl+D", _a_reminder),
    Command("dial", "Dial Phone", lambda page: page.dial(), "phone", "F9",
            lambda page: None if page.phone() else _("There is no phone number to dial.")),
]  # fmt: skip


class RemindersPage(ListPage):
    """Three lists of one operator; it opens first."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.commands = Commands("reminders", COMMANDS, self)
        self.tasks = list_for(TASK_REMINDERS, session, lambda: reminders.task_reminders(session.by), self)
        self.open_tasks = list_for(OPEN_TASKS, session, lambda: reminders.open_tasks(session.by), self)
        self.leads = list_for(LEAD_REMINDERS, session, lambda: reminders.lead_reminders(session.by), self)
        self.table = self.tasks
        self.tabs = QTabWidget(self)
        self.tabs.setObjectName("reminders.tabs")
        self.tabs.setAccessibleName(_("Kinds of reminders"))
        self.tabs.setDocumentMode(True)
        for table, title in (
            (self.tasks, _("Task Reminders")), (self.open_tasks, _("All Open Tasks")),
            (self.leads, _("Lead Reminders")),
        ):  # fmt: skip
            table.setContentsMargins(12, 8, 12, 8)
            self.tabs.addTab(table, title)
            self.commands.reach_from(table)
            table.opened.connect(lambda _: self.go_to())
            table.chosen.connect(lambda _: self.commands.refresh())
            table.settled.connect(self._settled)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(CommandBar(self.commands, self))
        column.addWidget(self.tabs, 1)
        self.tabs.currentChanged.connect(self._turned_to)
        self.commands.refresh()

    def _turned_to(self, place: int) -> None:
        self.table = (self.tasks, self.open_tasks, self.leads)[place]
        self.activate()

    def activate(self) -> None:
        """Somebody looks at this page."""
        super().activate()
        self.commands.refresh()
        self.table.counted.emit()

    def tick(self) -> None:
        """A minute has gone by: show how the reminders stand now, and what other workstations wrote."""
        for table in (self.tasks, self.open_tasks, self.leads):
            table.grid.viewport().update()
            table.set_stale()

    def _settled(self, key: object) -> None:
        if key is None and self.table.model.rowCount():
            self.table.go_to_row(0)
        self.commands.refresh()

    def go_to(self) -> None:
        """Go To: the very lead, or the very task inside its account (CH-14)."""
        key = self.table.current()
        if key is None:
            return
        if self.table is self.leads:
            self.session.go_to("lead", key)
            return
        task = self.found(Task, key)
        inside = task is not None and task.account is not None
        self.session.go_to("account_task" if inside else "task", key)

    def close_reminder(self) -> None:
        """Close: the task is closed, the lead's reminder taken off; Undo brings it back (CH-15)."""
        key = self.table.current()
        if key is None:
            return
        if self.table is not self.leads:
            close_tasks(self.session, self.table)
            return
        if self.table.grid.marked_count() > 1:
            self._close_marked_leads()
            return
        lead = self.found(Lead, key)

        def closed() -> bool:
            reminders.close_lead(key, self.session.by)
            return True

        if self.session.attempt(closed) and lead is not None:
            self.session.say_done(_("Reminder of {name} closed.").format(name=lead.caption()))
            self.table.set_stale()  # it may have been closed elsewhere already

    def _close_marked_leads(self) -> None:
        """All that are marked, as of tasks (F-68)."""
        keys, by = self.table.marked(), self.session.by
        if count := self.session.attempt(lambda: reminders.close_leads(keys, by)):
            said = ngettext("Reminder of {count} lead closed.", "Reminders of {count} leads closed.", count)
            self.session.say_done(said.format(count=count))
        self.table.set_stale()  # some may have been closed elsewhere already

    def phone(self) -> str:
        """The number behind the chosen reminder: the lead's, or that of the task's account."""
        key = self.table.current()
        record = Lead if self.table is self.leads else Task
        return reminders.phone_behind(record, key, self.session.by) if key is not None else ""

    def dial(self) -> None:
        """Dial the number behind the reminder."""
        self.session.dial(self.phone())
