"""One reminder of the pop-up: what, who, the number and their time there; dialed, opened, done or put off (BX-15)."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QRect, QSize, Qt, Signal, SignalInstance
from PySide6.QtGui import QIcon, QPalette
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from channergy_crm import clock
from channergy_crm.language import _
from channergy_crm.services import due
from ui.look import paint, theme
from ui.look.icons import LineIcon, icon
from ui.look.plain import Label, as_tip
from ui.look.turned import place_of, straight
from ui.look.wording import day_in_words, short_weekday
from ui.pages.call.words import Words
from ui.pages.reminder_rows import how_late
from ui.pages.snooze import MORNING
from ui.shell.reminders.other import OtherTime, in_minutes
from ui.widgets.controls import Button, Pill
from ui.widgets.dialog import named

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QResizeEvent

    from channergy_crm.services.due import Reminder

HIGH, AROUND, BESIDE, SIGN, GAP = 162, 16, 40, 14, 7


class Quick(NamedTuple):
    """A quick way to put it off: its name, its words, and until when."""

    name: str
    words: str
    moment: datetime


def quick(now: datetime) -> list[Quick]:
    """Ten minutes, an hour, nine o'clock on the next working day."""
    day = due.next_working_day(now.date())
    called = _("Tomorrow") if day - now.date() == timedelta(days=1) else short_weekday(day)
    return [
        Quick("minutes", _("10 min"), in_minutes(now, 10)), Quick("hour", _("1 h"), in_minutes(now, 60)),
        Quick("day", _("{day} 9:00").format(day=called), datetime.combine(day, MORNING)),
    ]  # fmt: skip


def when(reminder: Reminder, now: datetime) -> tuple[str, str]:
    """When it is due and how late that is, and the meaning of its colour."""
    day, at = reminder.due.date(), f"{reminder.due:%H:%M}" if reminder.at else ""
    if day != now.date():
        at = " ".join(part for part in (day_in_words(day), at) if part)
    said = " · ".join(part for part in (at, how_late(day, reminder.due.time())) if part)
    return said, "overdue" if reminder.due < now.replace(second=0, microsecond=0) else "soon"


class ReminderRow(QWidget):
    """A reminder with all that can be done with it; nothing in it takes the keys when it is clicked."""

    dialed = Signal(object)
    opened = Signal(object)
    done = Signal(object)
    snoozed = Signal(object, object)
    """the reminder, and until when"""
    typing = Signal()
    """somebody wants to type a time: the keys are wanted here"""

    def __init__(self, place: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.reminder: Reminder | None = None
        self._first, self._ink, self._name = place == 0, "soon", f"reminder.{place + 1}"
        self.title, self.when = Words("", self), Words("", self, ink="soon")
        self.who = Words("", self, ink="muted")
        self.phone, self.there = Label("", self), Words("", self, ink="muted")
        self._buttons = [
            self._button("dial", _("Dial Phone"), "phone"), self._button("open", _("Open"), "goto"),
            self._button("done", _("Done"), "check"),
        ]  # fmt: skip
        for button, signal in zip(self._buttons, (self.dialed, self.opened, self.done), strict=True):
            button.clicked.connect(partial(self._tell, signal))
        self._buttons[0].loud(self._first)
        self._pills: list[Pill] = []
        self._other = OtherTime(self._name, self)
        self._other.chosen.connect(self._put)
        self._other.left.connect(lambda: self._turn(0))
        self._lay_out()

    def _button(self, word: str, text: str, sign: str) -> Button:
        button = named(Button(text, self), f"{self._name}.{word}", text)
        button.setIcon(icon(sign, button))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def _lay_out(self) -> None:
        for words, name in ((self.title, "title"), (self.when, "when"), (self.who, "who"), (self.phone, "phone")):
            words.setObjectName(f"{self._name}.{name}")
        self.title.setFont(theme.section(self.font()))
        self.phone.setFont(theme.fact(self.font()))
        self.setFixedHeight(theme.px(HIGH, self))
        column = QVBoxLayout(self)
        column.setContentsMargins(BESIDE, 14, AROUND, 10)
        column.setSpacing(4)
        for parts, gap in (((self.title, self.when), 12), ((self.who,), 0), ((self.phone, self.there), 10)):
            column.addLayout(self._line(parts, gap))
        column.addStretch(1)
        column.addLayout(self._line(self._buttons, 8))
        column.addSpacing(4)
        self._ways = QStackedLayout()
        self._ways.addWidget(self._quick_ways())
        self._ways.addWidget(self._other)
        column.addLayout(self._ways)

    def _line(self, parts: tuple[QWidget, ...] | list[Button], gap: int) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(gap)
        for part in parts:
            row.addWidget(part, 1 if part in (self.title, self.who) else 0)
        if parts[0] not in (self.title, self.who):
            row.addStretch(1)
        return row

    def _quick_ways(self) -> QWidget:
        room = QWidget(self)
        row = QHBoxLayout(room)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        self._said = Label(_("Snooze"), room)
        self._said.muted()
        row.addWidget(self._said)
        row.addStretch(1)
        for place, name in enumerate(("minutes", "hour", "day", "other")):
            pill = named(Pill("", room), f"{self._name}.snooze_{name}", "")
            pill.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            pill.clicked.connect(partial(self._quickly, place))
            row.addWidget(pill)
            self._pills.append(pill)
        return room

    def show_reminder(self, reminder: Reminder) -> None:
        """Be about this one from now on; what somebody is typing for the same one stays."""
        if self.reminder is None or (self.reminder.record, self.reminder.number) != (reminder.record, reminder.number):
            self._turn(0)
        self.reminder = reminder
        now = clock.now()
        said, self._ink = when(reminder, now)
        self.title.setText(reminder.title)
        self.title.setToolTip(as_tip(reminder.title))
        self.when.ink = self._ink
        self.when.setText(said)
        self.who.setText(reminder.who)
        self.phone.setText(reminder.phone or _("No phone number"))
        self.phone.setFont((theme.fact if reminder.phone else theme.normal)(self.font()))
        self.phone.muted(not reminder.phone)
        self._buttons[0].setToolTip("" if reminder.phone else as_tip(_("There is no phone number to dial.")))
        self.there.setText(_("{time} there").format(time=reminder.there) if reminder.there else "")
        self._buttons[0].setEnabled(bool(reminder.phone))
        for pill, words in zip(self._pills, [*(way.words for way in quick(now)), _("Other…")], strict=True):
            pill.setText(words)
            pill.setAccessibleName(_("Snooze to {day}").format(day=words.rstrip("…")))
            pill.updateGeometry()
        self.setAccessibleName(f"{reminder.title}, {said}")
        self._fit()
        self.update()

    def _fit(self) -> None:
        """Where there is little room for the times the word before them goes: their names say it, too."""
        wanted = sum(each.sizeHint().width() for each in (self._said, *self._pills)) + GAP * (len(self._pills) + 1)
        self._said.setVisible(wanted <= self.width() - BESIDE - AROUND)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def first(self) -> QWidget:
        """What the keys come to first."""
        return next(button for button in self._buttons if button.isEnabled())

    def _tell(self, signal: SignalInstance, _checked: bool = False) -> None:
        if self.reminder is not None:
            signal.emit(self.reminder)

    def _quickly(self, place: int, _checked: bool = False) -> None:
        ways = quick(clock.now())
        if place < len(ways):
            self._put(ways[place].moment)
            return
        self._turn(1)
        self.typing.emit()
        self._other.take_keys()

    def _put(self, moment: datetime) -> None:
        if self.reminder is not None:
            self.snoozed.emit(self.reminder, moment)

    def _turn(self, place: int) -> None:
        self._ways.setCurrentIndex(place)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), theme.px(HIGH, self))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The sign in its colour, and a line under the one above."""
        painter, inked = paint.begin_turned(self), QPalette(self.palette())
        inked.setColor(QPalette.ColorRole.ButtonText, theme.colour(self, self._ink))
        side = theme.px(SIGN, self)
        place = QRect(AROUND, self.title.geometry().center().y() - side // 2 + 1, side, side)
        drawing = LineIcon("warning" if self._ink == "overdue" else "clock", inked)
        drawing.paint(
            straight(painter), place_of(painter, place.toRectF()).toRect(), QIcon.Mode.Normal, QIcon.State.Off
        )
        if not self._first:
            painter.fillRect(AROUND, 0, self.width() - 2 * AROUND, 1, theme.colour(self, "line"))
