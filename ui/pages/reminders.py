"""The Reminders page: what is overdue, due today and coming (CH-10…CH-16, F-51)."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from channergy_crm import phones
from channergy_crm.errors import Surroundings
from channergy_crm.language import N_, _, counted, ngettext
from channergy_crm.records import Lead, Task
from channergy_crm.services import reading, reminders
from ui.lists.folding import Folding
from ui.lists.row_words import joined
from ui.look import theme
from ui.look.plain import as_tip, titled
from ui.pages.away_offer import AwayOffer
from ui.pages.list_for import close_tasks, list_for
from ui.pages.page import ListPage
from ui.pages.reminder_pane import ReminderPane, width_of
from ui.pages.reminder_rows import in_sections
from ui.pages.snooze import Put, SnoozeRow
from ui.pages.ways import (
    call_due,
    call_for_task,
    call_from_leads,
    create_task,
    give_a_lead_a_date,
    nobody_due,
    to_something,
)
from ui.screen import Command
from ui.screens.activities import LEAD_REMINDERS, OPEN_TASKS, TASK_REMINDERS
from ui.session.within import project_name
from ui.widgets.command_bar import Commands
from ui.widgets.controls import Button
from ui.widgets.tab_bars import Parts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QResizeEvent

    from ui.lists.table import RecordTable
    from ui.session.background import Job
    from ui.session.session import Session


def _a_reminder(page: Any) -> str | None:
    return None if page.table.current() is not None else _("Choose a reminder first.")


COMMANDS = [
    Command("dial", "Dial Phone", lambda page: page.dial(), "phone", "F9",
            lambda page: _a_reminder(page) or page.why_not_dialed()),
    Command("go_to", "Go To", lambda page: page.go_to(), "goto", "Ctrl+G", _a_reminder),
    Command("start_calling", "Start calling", lambda page: call_due(page.session, page.table), "play", "Ctrl+F9",
            lambda page: nobody_due(page.counts.get(LEADS))),
    Command("close", "Close", lambda page: page.close_reminder(), "check", "Ctrl+D", _a_reminder),
]  # fmt: skip
KINDS = (
    (TASK_REMINDERS, reminders.task_reminders, N_("Task Reminders")),
    (OPEN_TASKS, reminders.open_tasks, N_("All Open Tasks")),
    (LEAD_REMINDERS, reminders.lead_reminders, N_("Lead Reminders")),
)
"""the three lists: how they look, whose rows they show, what they are called"""
FILTER_WIDTH = 250
LEADS = 2
"""the place of the reminders of leads"""


class RemindersPage(ListPage):
    """Three lists of one operator; it opens first, so only the first of them is made at once."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.commands = Commands("reminders", COMMANDS, self)
        self._rows: list[QHBoxLayout] = []
        self._counting: Job | None = None
        self.counts: dict[int, int] = {}
        """how many each list has, as far as they were counted"""
        self._filters = QStackedWidget(self)
        self._filters.setMaximumWidth(FILTER_WIDTH)
        self.leads: RecordTable | None = None
        self.table = self._list(0)
        self._lists = [self.table]
        self.tabs = Parts("reminders.tabs", _("Kinds of reminders"), self)
        self.tabs.tray.INDENT = 16  # as what stands below it
        theme.stand_on(self, "side")
        self.tabs.stand_beside(self._filters)
        for _screen, _mine, title in KINDS:
            room = QWidget(self.tabs)
            column = QVBoxLayout(room)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(0)
            self._rows.append(row := QHBoxLayout())
            row.setSpacing(0)
            column.addLayout(row, 1)
            self.tabs.addTab(room, _(title))
        self._add(0)
        self._tools = self._tool_row()
        self.pane = ReminderPane(session, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.away = AwayOffer(session, self)
        column.addWidget(self.away)
        column.addWidget(self.tabs, 1)
        self._put_tools()
        self.tabs.currentChanged.connect(self._turned_to)
        self.commands.refresh()

    def lists(self) -> Sequence[RecordTable]:
        """The three lists, in their order."""
        for place in range(len(self._lists), len(KINDS)):
            self._lists.append(self._list(place))
            self._add(place)
            before, table = self._lists[-2:]
            QWidget.setTabOrder(before.grid, table.search)
            QWidget.setTabOrder(table.search, table.grid)
        return self._lists

    def _list(self, place: int) -> RecordTable:
        """A list of one kind; its rows are those of this operator."""
        screen, mine, title = KINDS[place]
        table = list_for(screen, self.session, lambda: mine(self.session.shown, self.session.project), self)
        table.within = lambda: project_name(self.session)
        Folding(table, in_sections(Lead if screen is LEAD_REMINDERS else Task), self.session.station)
        self._filters.addWidget(table.search)
        table.tools.setContentsMargins(0, 0, 0, 0)
        table.setWindowTitle(titled(_(title)))  # so it is called on paper
        return table

    def _add(self, place: int) -> None:
        table = self._lists[place]
        self._rows[place].insertWidget(0, table, 1)
        if table.record is Lead:
            self.leads, begin = table, give_a_lead_a_date(self.session)
        else:
            begin = call_from_leads(self.session)
        table.offer_ways(begin, create_task(self.session), to_something(self.session, self))
        self.commands.reach_from(table)
        table.opened.connect(lambda _: self.go_to())
        table.chosen.connect(lambda _: self._offer())
        table.settled.connect(self._settled)
        table.counted.connect(self._count)

    def _tool_row(self) -> QWidget:
        """Dial, Go To, Close, and the days to put it off to; it stands over the list that is looked at."""
        bar = QWidget(self)
        theme.stand_on(bar, "side")
        row = QHBoxLayout(bar)
        row.setContentsMargins(16, 8, 16, 10)
        row.setSpacing(8)
        for command in COMMANDS:
            button = self.commands.button(command, bar, small=command.name == "start_calling")
            row.addWidget(button)
            if isinstance(button, Button) and command.name == "dial":
                button.loud()
        row.addSpacing(12)
        self.snooze_row = SnoozeRow("reminders", bar)
        self.snooze_row.chosen.connect(self.snooze)
        row.addWidget(self.snooze_row, 1)
        return bar

    def _put_tools(self) -> None:
        room = self.tabs.currentWidget().layout()
        assert isinstance(room, QVBoxLayout)  # noqa: S101  made so in _add
        room.insertWidget(0, self._tools)
        self._tools.show()
        self._rows[self.tabs.currentIndex()].addWidget(self.pane)
        self._fit()
        self._filters.setCurrentWidget(self.table.search)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """The pane is there where there is room for it."""
        wide = width_of(self.width())
        self.pane.setVisible(wide > 0)
        if wide:
            self.pane.setFixedWidth(wide)
            self._tell_pane()

    def _tell_pane(self) -> None:
        key = self.table.current()
        held = self.found(Lead, key) if self.table is self.leads else self.found(Task, key)
        self.pane.show_reminder(held)

    def _turned_to(self, place: int) -> None:
        self.table = self.lists()[place]
        self._put_tools()
        self.activate()

    def activate(self) -> None:
        """Somebody looks at this page."""
        super().activate()
        self.away.look()
        self._offer()
        if not self.table.is_reading:  # otherwise it is counted at the end of that
            self.table.counted.emit()

    def _offer(self) -> None:
        self.commands.refresh()
        self.snooze_row.offer(_a_reminder(self))
        if not self.pane.isHidden():
            self._tell_pane()

    def _count(self) -> None:
        """How many each sub-tab has; what has not been read is counted beside the window."""
        read, unread, by = {}, {}, self.session.by
        for place, table in enumerate(self.lists()):
            if self._is_unread(place):
                unread[place] = table.query_for("")
            else:
                read[place] = table.model.parts.records
                self.tabs.setTabToolTip(place, as_tip(" · ".join(filter(None, _told(table)))))
        self._tell_counts(read)
        if self._counting is not None:
            self._counting.cancel()
        self._counting = self.session.work(
            lambda _progress: reading.counts(unread, by), label=_("Counting"),
            done=lambda found: self._tell_counts({place: found[place] for place in found if self._is_unread(place)}),
            failed=lambda _error: None, progress=False,  # nobody asked, so nobody is told
            at_once=not self.isVisible(),
        )  # fmt: skip

    def _is_unread(self, place: int) -> bool:
        table = self.lists()[place]
        return table.is_stale or bool(table.search.text().strip())

    def _tell_counts(self, counts: dict[int, int]) -> None:
        self.counts |= counts
        self.commands.refresh()
        for place, count in counts.items():
            before = self.tabs.tray.count_of(place)
            self.tabs.tray.set_count(place, count)
            if self.tabs.tray.count_of(place) != before:
                self.tabs.setTabText(place, self.tabs.tabText(place))  # Qt lays the tabs out anew only then

    def standing(self) -> str:
        """How many there are, whose they are, and how many of them are due."""
        if self.table.search.text().strip() or self.table.marks:
            return super().standing()
        records, due = _told(self.table)
        return " · ".join(part for part in (records, _("mine"), project_name(self.session), due) if part)

    def tick(self) -> None:
        """A minute has gone by: show how the reminders stand now, and what other workstations wrote."""
        self.snooze_row.tell()
        self.away.look()
        for table in self.lists():
            table.grid.viewport().update()
            table.set_stale()

    def _settled(self, key: object) -> None:
        if key is None and self.table.model.parts.records:
            self.table.go_to_row(0)  # whoever is come to is offered then
        if key is not None or self.table.current() is None:
            self._offer()

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
        if self.table.grid.several:
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

    def snooze(self, put: Put | None) -> None:
        """Put the reminder off, or all that are marked; the cursor goes on to the next one (F-51)."""
        keys, by = self.table.marked() or [self.table.current()], self.session.by
        record = Lead if self.table is self.leads else Task
        if put is None:
            from ui.pages.snooze_dialog import SnoozeDialog

            dialog = SnoozeDialog(str(counted(record, len(keys))), by, self, self.session.station)
            put = dialog.chosen() if dialog.exec() else None
        if put is None:
            return
        day, at = put.day, put.at
        self.table.go_past(keys)
        if count := self.session.attempt(lambda: reminders.snooze(record, keys, day, by, at)):
            what = str(counted(record, count))
            if count == 1 and (held := self.session.attempt(lambda: reading.find(record, keys[0], by))):
                what = held.caption()
            when = joined(day, at, inside=True)
            self.session.say_done(_("{name} snoozed to {when}.").format(name=what, when=when))

    def phone(self) -> str:
        """The number behind the chosen reminder: the lead's, or that of the task's account."""
        key = self.table.current()
        record = Lead if self.table is self.leads else Task
        return reminders.phone_behind(record, key, self.session.by) if key is not None else ""

    def why_not_dialed(self) -> str | None:
        """Why the number in the row is not dialed: there is none, or somebody who has it asked for it (BX-6)."""
        number = str(self.table.model.value(self.table.grid.currentIndex().row(), "phone") or "")
        if not number:
            return _("There is no phone number to dial.")
        if phones.waits():  # it is looked at again as soon as the window has been painted
            return None
        from channergy_crm.services import calls

        with suppress(Surroundings):  # said by the list; a number somebody sees is dialed without a server, too
            return calls.refused(number, self.session.by) or None
        return None

    def dial(self) -> None:
        """Dial the number behind the reminder, on the page where the call is noted (BX-1)."""
        key = self.table.current()
        if self.table is self.leads and key is not None:
            self.session.go_to("call_lead", key)
        elif (task := self.found(Task, key)) is not None:
            call_for_task(self.session, task)


def _told(table: RecordTable) -> tuple[str, str]:
    """How many there are, and how many of them are due."""
    parts = table.model.parts
    late, today = (parts.counts[:2]) if len(parts.counts) > 1 else (0, 0)
    due = _("{late:,} overdue, {today:,} more today").format(late=late, today=today)
    return str(counted(table.called, parts.records)), due if parts.records else ""
