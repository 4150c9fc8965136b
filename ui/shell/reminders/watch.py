"""Looks at the clock: what is due comes up at its minute, after sleep and changes of the clock as well (BX-15)."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING
from uuid import uuid4

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from channergy_crm import clock
from channergy_crm.language import _, ngettext
from channergy_crm.records import Lead, Task
from channergy_crm.services import due, reminders
from channergy_crm.settings import MINUTES_BEFORE, POP_UP, POP_UP_SOUND
from ui.lists.row_words import joined
from ui.pages.ways import call_for_task
from ui.session.beside import Told
from ui.shell.lock import Lock
from ui.shell.quiet_window import come_forward
from ui.shell.reminders.popup import PopUp
from ui.shell.reminders.tray import Tray
from ui.widgets.timers import later

if TYPE_CHECKING:
    from channergy_crm.services.bulk_changes import Changed
    from channergy_crm.services.due import Come, Reminder
    from ui.session.background import Job, Progress
    from ui.shell.window import MainWindow

LOOK_MS, FIRST_LOOK_MS, AFTER_CHANGES_MS = 20_000, 2_000, 300
JUMPED = timedelta(seconds=5)
"""by so much the wall clock goes off the other one when somebody sets it, or the machine has slept"""
AWAY_S = 600.0
"""seconds for which × puts the pop-up away"""
MINUTES = 10
IN_A_CALL = "call.panel"  # unsaid: the name of the call bar


class Watch(QObject):
    """For as long as the window is there."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window, self._session, self._holder = window, window.session, uuid4().hex
        self._looking: Job | None = None
        self._again = self._gone = False
        self._away_until = 0.0
        self.come = due.NOTHING
        """what stood there when it was looked last"""
        self._clocks = datetime.now(), monotonic()
        self.popup: PopUp | None = None
        self.tray = Tray(window)
        self.tray.reminders_wanted.connect(self.show_missed)
        self._timer, self._next = QTimer(self), later(self, self.look)
        self._timer.timeout.connect(self.tick)
        self._timer.start(LOOK_MS)
        self._soon = later(self, self.look, AFTER_CHANGES_MS)
        self._session.done.connect(lambda _done: self._soon.start())
        self._session.operator_changed.connect(self.look)
        self._session.closing.connect(self._stop)
        QTimer.singleShot(FIRST_LOOK_MS, self, self._begin)

    def _begin(self) -> None:
        by = self._session.by
        self._session.work(lambda _progress: due.prune(by), label="", progress=False, failed=lambda _error: None)
        self.look()

    def _stop(self) -> None:
        self._gone = True
        for timer in (self._timer, self._next, self._soon):
            timer.stop()
        self.tray.hide()
        if self.popup is not None:
            self.popup.hide()

    def tick(self) -> None:
        """Every twenty seconds; after sleep, or when the clock was set, everything is looked at anew."""
        before, (wall, steady) = self._clocks, (datetime.now(), monotonic())
        self._clocks = wall, steady
        if abs((wall - before[0]) - timedelta(seconds=steady - before[1])) > JUMPED:
            self._window.tick()
        self.look()

    def look(self) -> None:
        """Look beside the window what is due by now."""
        if self._gone:
            return
        if self._looking is not None:
            self._again = True
            return
        by, holder, before = self._session.by, self._holder, self._session.station.get(MINUTES_BEFORE)
        held_back = self._held_back()

        def ask(_progress: Progress) -> Come:
            return due.standing(by, holder) if held_back else due.come(by, holder, before)

        self._looking = self._session.work(
            ask, label="", progress=False, done=partial(self._heard, held_back), failed=lambda _error: self._looked(),
            cancelled=self._looked,
        )  # fmt: skip

    def _looked(self) -> None:
        self._looking = None
        if self._again:
            self._again = False
            self.look()

    def _held_back(self) -> bool:
        """Nothing comes up while the window is locked, while a call is noted, or where nobody wants it."""
        locked = self._window.findChild(Lock)
        if locked is not None:
            locked.destroyed.connect(self._unlocked)
            return True
        calling = any(bar.isVisible() for bar in self._window.findChildren(QWidget, IN_A_CALL))
        return calling or not self._session.station.get(POP_UP)

    def _unlocked(self) -> None:
        if not self._gone:
            self._soon.start()

    def _heard(self, held_back: bool, come: Come) -> None:
        if self._gone:
            return
        self.come = come
        if come.next is not None:
            left = come.next - clock.now() - timedelta(microseconds=datetime.now().microsecond)
            self._next.start(max(50, round(left.total_seconds() * 1000) + 20))
        self.tray.tell(come)
        if come.new and self._session.station.get(POP_UP_SOUND):
            QApplication.beep()
        if come.new:
            self._away_until = 0.0
        if come.here and not held_back and monotonic() >= self._away_until:
            self._show()
        elif self.popup is not None:
            self.popup.hide()
        self._looked()

    def _show(self) -> None:
        if self.popup is None:
            self.popup = self._made()
        self.popup.tell(self.come)
        self.popup.appear()

    def _made(self) -> PopUp:
        popup = PopUp(self._window)
        popup.hidden.connect(self.put_away)
        popup.all_snoozed.connect(self.snooze_all)
        popup.all_wanted.connect(self._open_list)
        for row in popup.rows:
            row.dialed.connect(self.dial)
            row.opened.connect(self.open)
            row.done.connect(self.close)
            row.snoozed.connect(self.snooze)
        return popup

    # ------------------------------------------------------------ answers

    def put_away(self) -> None:
        """×: it comes back in ten minutes; the number of missed ones stays."""
        self._away_until = monotonic() + AWAY_S
        QTimer.singleShot(round(AWAY_S * 1000) + 50, self, self.look)
        if self.popup is not None:
            if QApplication.activeWindow() is self.popup:
                self.popup.give_keys_back()
            self.popup.hide()

    def show_missed(self) -> None:
        """Bring what stands unanswered into the pop-up, wherever it came up, and put the keys into it."""
        self._away_until = 0.0
        by = self._session.by

        def gathered() -> Come:
            due.gather(by, self._holder)
            return due.standing(by, self._holder)

        held = self._session.attempt(gathered)
        if held is None:
            return
        if not held.here:
            self._session.notices.say(_("No reminder waits for an answer."))
            return
        self.come = held
        self._show()
        if self.popup is not None:
            self.popup.take_keys()

    def dial(self, reminder: Reminder) -> None:
        """Dial where the call is noted, in the main window; the reminder stays late until then."""
        self._answered(reminder)
        come_forward(self._window)
        if reminder.record is Lead:
            self._session.go_to("call_lead", reminder.number)
        elif (task := self._session.find(Task, reminder.number)) is not None:
            call_for_task(self._session, task)

    def open(self, reminder: Reminder) -> None:
        """Go to the record, in the main window."""
        self._answered(reminder)
        come_forward(self._window)
        if reminder.record is Lead:
            self._session.go_to("lead", reminder.number)
            return
        where = self._session.attempt(lambda: reminder.record.opened_at(reminder.number, reminder.title))
        if where is not None:
            self._session.go_to(*where)

    def _answered(self, reminder: Reminder) -> None:
        by = self._session.by
        self._session.attempt(lambda: due.answer(reminder.record, reminder.number, by))
        self.look()

    def close(self, reminder: Reminder) -> None:
        """*Done*: the task is closed, the reminder taken off the lead; with Undo (CH-15)."""
        by, of_lead = self._session.by, reminder.record is Lead

        def closed() -> bool:
            (reminders.close_lead if of_lead else reminders.close_task)(reminder.number, by)
            return True

        if self._session.attempt(closed):
            said = _("Reminder of {name} closed.").format(name=reminder.who or reminder.title)
            self._session.say_done(said if of_lead else _("Task closed."))
        self._soon.start()

    def snooze(self, reminder: Reminder, moment: datetime) -> None:
        """Put one off, with Undo."""
        by, record = self._session.by, reminder.record
        day, at = moment.date(), moment.time()
        if self._session.attempt(lambda: reminders.snooze(record, [reminder.number], day, by, at)):
            said = _("{name} snoozed to {when}.").format(name=reminder.title, when=joined(day, at, inside=True))
            self._session.say_done(said)
        self._soon.start()

    def snooze_all(self) -> None:
        """Put all that stand here off for ten minutes, in one step."""
        by, holder = self._session.by, self._holder
        until = (clock.now() + timedelta(minutes=MINUTES)).replace(second=0)
        when = joined(until.date(), until.time(), inside=True)

        def told(put: Changed) -> Told:
            said = ngettext(
                "{count:,} reminder snoozed to {when}.", "{count:,} reminders snoozed to {when}.", put.records
            )
            return Told(said.format(count=put.records, when=when), put.unit)

        self._session.work(
            lambda _progress: due.snooze_all(until, by, holder), label=_("Snoozing"), told=told,
            done=lambda _put: self._soon.start(),
        )  # fmt: skip

    def _open_list(self) -> None:
        self.put_away()
        self._window.raise_()
        self._window.activateWindow()
        self._session.go_to("reminders")
