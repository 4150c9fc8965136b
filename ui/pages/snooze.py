"""Putting a reminder off: one press for the usual days, *Other…* for any (F-51)."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QLocale, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from channergy_crm import clock
from channergy_crm.language import _
from channergy_crm.records import Task
from ui.editors.for_kind import editor_for
from ui.look.icons import icon
from ui.look.plain import Label, as_tip
from ui.widgets.controls import Pill
from ui.widgets.dialog import Dialog, Plain, Remark

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from channergy_crm.settings import Station

MORNING = time(9)
MONDAY, FRIDAY = 0, 4
GAP, SIGN = 8, 16


class Put(NamedTuple):
    """A day to put it off to, and the time there; without one each keeps its own."""

    text: str
    day: date
    at: time | None


def offered(now: datetime) -> list[Put]:
    """In an hour, tomorrow at nine, and the two next Fridays or Mondays after that."""
    hour, tomorrow = now + timedelta(hours=1), now.date() + timedelta(days=1)
    locale = QLocale()
    puts = [
        Put(_("In 1 h"), hour.date(), hour.time().replace(second=0)), Put(_("Tomorrow 9:00"), tomorrow, MORNING),
    ]  # fmt: skip
    days = (tomorrow + timedelta(days=count) for count in range(1, 8))
    for day in [day for day in days if day.weekday() in (MONDAY, FRIDAY)][:2]:
        name = locale.dayName(day.isoweekday(), QLocale.FormatType.ShortFormat)
        puts.append(Put(f"{name} {day.day}", day, None))
    return puts


class SnoozeRow(QWidget):
    """*Snooze to*, and a pill for each of the usual days."""

    chosen = Signal(object)
    """what somebody wants; None to ask for another day"""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        sign = Label(parent=self)
        sign.setPixmap(icon("clock", self).pixmap(SIGN, SIGN))
        row.addWidget(sign)
        self._said = Label(_("Snooze to"), self)
        row.addWidget(self._said)
        self._pills: list[Pill] = []
        for word in ("hour", "tomorrow", "day_1", "day_2", "other"):
            pill = Pill("", self)
            pill.setObjectName(f"{name}.snooze_{word}")
            row.addWidget(pill)
            self._pills.append(pill)
        row.addStretch(1)
        for place, pill in enumerate(self._pills[:-1]):
            pill.clicked.connect(lambda _checked=False, place=place: self.chosen.emit(offered(clock.now())[place]))
        self._pills[-1].clicked.connect(lambda: self.chosen.emit(None))
        self.tell()

    def tell(self) -> None:
        """The days of the pills are those of now."""
        texts = [put.text for put in offered(clock.now())]
        for pill, text in zip(self._pills, [*texts, _("Other…")], strict=True):
            pill.setText(text)
            pill.setAccessibleName(_("Snooze to {day}").format(day=text.rstrip("…")))
            pill.updateGeometry()
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """What has no room goes, from the right; *Other…* stays."""
        *days, other = self._pills
        room = self.width() - sum(part.sizeHint().width() + GAP for part in (self._said, other)) - SIGN - GAP
        for pill in days:
            room -= pill.sizeHint().width() + GAP
            pill.setVisible(room >= 0)

    def offer(self, why_not: str | None) -> None:
        """Whether there is something to put off; otherwise the tip says why not."""
        for pill in self._pills:
            pill.setEnabled(why_not is None)
            pill.setToolTip(as_tip(why_not or pill.accessibleName()))


class SnoozeDialog(Dialog):
    """Asks for any day and time."""

    def __init__(self, what: str, by: str, parent: QWidget, station: Station) -> None:
        title = _("Snooze {records}").format(records=what)
        super().__init__("snooze", title, parent, station, size=(480, 200))
        self._day = self.named(editor_for(Task.kind("reminder_date"), self, by=lambda: by), "day", _("Day"))
        self._time = self.named(editor_for(Task.kind("reminder_time"), self, by=lambda: by), "time", _("Time"))
        self._day.goes_with(self._time)
        grid = QGridLayout()
        grid.setColumnStretch(1, 1)
        for place, (label, editor) in enumerate(((_("Day"), self._day), (_("Time"), self._time))):
            grid.addWidget(Plain(label, self), place, 0)
            grid.addWidget(editor, place, 1)
        self.body.addLayout(grid)
        self._problem = self.named(Remark(_("Without a time each keeps its own."), self), "said", _("What is missing"))
        self.body.addWidget(self._problem)
        self.body.addStretch(1)
        self.finish_with(self.button("snooze", _("Snooze")), self.button("cancel", _("Cancel")))
        self._day.set_value(clock.today() + timedelta(days=1))
        self._day.setFocus()

    def chosen(self) -> Put:
        """The day, and the time if one was given."""
        return Put("", self._day.value(), self._time.value())

    def accept(self) -> None:
        """Only with a day that can be read."""
        problem = self._day.text_problem() or self._time.text_problem()
        if problem or self._day.value() is None:
            self._problem.say(problem or _("Choose a day."), "overdue")
            return
        super().accept()
