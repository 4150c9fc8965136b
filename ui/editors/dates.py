"""Editors of a day and of a time of day: a line to type in, and a calendar or two small buttons for the mouse."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QLocale, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QGuiApplication, QKeyEvent, QResizeEvent, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QFrame, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from channergy_crm import clock
from channergy_crm.errors import Mistake
from channergy_crm.language import _
from channergy_crm.text import clocks
from channergy_crm.text import days as typed_dates
from ui.editors.base import ReadLine, pass_name_on
from ui.look.icons import icon
from ui.look.plain import as_tip
from ui.widgets.controls import Button, IconButton
from ui.widgets.fields import INSIDE

if TYPE_CHECKING:
    from collections.abc import Callable

QUARTER = timedelta(minutes=15)
HOUR = timedelta(hours=1)
DAY_STEPS = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1, Qt.Key.Key_PageUp: 7, Qt.Key.Key_PageDown: -7}


def date_format(locale: QLocale) -> str:
    """The locale's short date with the whole year: dd.MM.yyyy."""
    short = locale.dateFormat(QLocale.FormatType.ShortFormat)
    return short if "yyyy" in short else short.replace("yy", "yyyy")


def written_date(day: date, locale: QLocale) -> str:
    """A day as a form shows it, with its weekday: Mon 11/23/2026."""
    shown = QDate(day.year, day.month, day.day)
    return locale.toString(shown, f"ddd {date_format(locale)}")  # unsaid: a pattern


def date_order(locale: QLocale) -> typed_dates.Order:
    """Whether people of that place write the day, the month or the year first."""
    letters = date_format(locale)
    first = min("dMy", key=letters.index)
    orders: dict[str, typed_dates.Order] = {"d": "DMY", "M": "MDY", "y": "YMD"}
    return orders[first]


def typed_moment(
    text: str, now: datetime, locale: QLocale, *, past: bool = False
) -> tuple[date | None, time | None]:  # fmt: skip
    """The day somebody of that place typed, of what happened or of what is to come, and the time if there is one beside
    it. Raises Mistake when it cannot be read.
    """
    return typed_dates.read_moment(_named(text, locale), now, date_order(locale), _languages(locale), past=past)


def typed_date(text: str, today: date, locale: QLocale, *, past: bool = False) -> date | None:
    """The day alone: a time beside it is a Mistake as well."""
    return typed_dates.read_date(_named(text, locale), today, date_order(locale), _languages(locale), past=past)


def _languages(locale: QLocale) -> list[str]:
    return list(dict.fromkeys(["en", QLocale.languageToCode(locale.language()) or "en"]))


def _named(text: str, locale: QLocale) -> str:
    """The text with the weekday it begins or ends with in English."""
    formats = (QLocale.FormatType.ShortFormat, QLocale.FormatType.LongFormat)
    names = {locale.dayName(day, form).lower().strip(".,"): day for day in range(1, 8) for form in formats}
    words = text.split()
    for place in {0, len(words) - 1} if words else ():
        if (day := names.get(words[place].lower().strip(".,"))) is not None:
            words[place] = typed_dates.WEEKDAYS[day - 1]
    return " ".join(words)


class DateEditor(ReadLine):
    """A day: typed ("tomorrow", "fri", "+3", "23 nov") or picked from a calendar.

    Up and Down change it by a day, Page Up and Page Down by a week, Alt+Down or F4 opens the calendar.
    """

    def __init__(
        self, parent: QWidget | None = None, *, today: Callable[[], date] = clock.today, past: bool = False
    ) -> None:
        super().__init__(parent)
        self._today, self._past = today, past
        self._times: TimeEditor | None = None
        self._before: str | None = None  # what stood there before a time was typed here
        self._popup: CalendarPopup | None = None
        self._opener = QAction(icon("calendar", self), _("Open the calendar"), self)
        self._opener.setToolTip(_("Pick a day (Alt+Down)"))
        self._opener.triggered.connect(self.open_calendar)
        self.addAction(self._opener, ReadLine.ActionPosition.TrailingPosition)
        pass_name_on(self, self._opener, "calendar")
        for button in self.findChildren(QToolButton):
            button.setAccessibleName(_("Open the calendar"))
            pass_name_on(self, button, "calendar")

    def goes_with(self, times: TimeEditor | None) -> None:
        """A time typed beside the day goes there; without such a place it is said that only a day fits (F-37)."""
        self._times, self._before = times, None

    @property
    def times(self) -> TimeEditor | None:
        """Where the time of this day is."""
        return self._times

    def set_value(self, value: object) -> None:
        """Show this day."""
        self._before = None
        super().set_value(value)

    def tidy(self) -> None:
        """Write the day in full; the time stays where it went."""
        super().tidy()
        self._before = None

    def read_text(self, text: str) -> date | None:
        """The day that was typed."""
        if self._times is None:
            return typed_date(text, self._today(), self.locale(), past=self._past)
        now = datetime.combine(self._today(), clock.now().time())
        try:
            day, at = typed_moment(text, now, self.locale(), past=self._past)
        except Mistake:
            self._hand_on(None)
            raise
        self._hand_on(at)
        return day

    def _typed(self) -> None:
        super()._typed()
        if self._times is not None:
            self._read()  # the time shows at once

    def _hand_on(self, at: time | None) -> None:
        """Show the time where it belongs; when it is taken out of the text again, what stood there comes back."""
        if self._times is None or (at is None and self._before is None):
            return
        if at is None:
            before, self._before = self._before, None
            self._times.setText(before or "")
            return
        if self._before is None:
            self._before = self._times.text()
        self._times.step_to(at)

    def write_text(self, value: date) -> str:
        """The day with its weekday, as the locale writes it."""
        return written_date(value, self.locale())

    def set_read_only(self, on: bool) -> None:
        """Let it be read and copied, not changed."""
        super().set_read_only(on)
        self._opener.setVisible(not on)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Days and weeks by key, and the calendar."""
        key = Qt.Key(event.key())
        alt_down = key == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier
        if alt_down or (key == Qt.Key.Key_F4 and not event.modifiers()):
            self.open_calendar()
        elif key in DAY_STEPS and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self._step(DAY_STEPS[key])
        else:
            super().keyPressEvent(event)

    def open_calendar(self) -> None:
        """Show the calendar under the line, at the day that is set or today."""
        if self.isReadOnly():
            return
        if self._popup is None:
            self._popup = CalendarPopup(self)
            pass_name_on(self, self._popup, "calendar.popup")
            self._popup.picked.connect(self.step_to)
        self._popup.open_at(self.value(), self._today())

    def _step(self, days: int) -> None:
        day = self.value()
        try:
            self.step_to(self._today() if day is None else day + timedelta(days=days))
        except OverflowError:
            return


class CalendarPopup(QFrame):
    """A month to pick a day from, under the line it belongs to."""

    picked = Signal(object)

    def __init__(self, line: QWidget) -> None:
        super().__init__(line, Qt.WindowType.Popup)
        self._line = line
        self._shown_today = date.min
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setProperty("popup", True)
        self.setAccessibleName(_("Calendar"))
        self.days = QCalendarWidget(self)
        self.days.setFirstDayOfWeek(line.locale().firstDayOfWeek())
        self.days.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.days.setAccessibleName(_("Days of the month"))
        self.days.clicked.connect(self._pick)
        self.days.activated.connect(self._pick)
        self.today = Button(_("Today"), self)
        self.today.clicked.connect(lambda: self._give(self._shown_today))
        self.none = Button(_("No date"), self)
        self.none.clicked.connect(lambda: self._give(None))
        for part, name in ((self.days, "days"), (self.today, "today"), (self.none, "none")):
            pass_name_on(self, part, name)
        for button in (self.today, self.none):
            button.setAccessibleName(button.text())
        self._lay_out()

    def open_at(self, day: date | None, today: date) -> None:
        """Show the month of that day, or of today."""
        self._shown_today = today
        dress_month(self.days, today)
        shown = day or today
        self.days.setSelectedDate(QDate(shown.year, shown.month, shown.day))
        self.move(self._place())
        self.show()
        self.days.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc and F4 close it."""
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_F4):
            self.hide()
        else:
            super().keyPressEvent(event)

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.addWidget(self.today)
        buttons.addStretch()
        buttons.addWidget(self.none)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(8)
        column.addWidget(self.days)
        column.addLayout(buttons)

    def _place(self) -> QPoint:
        size, room = self.sizeHint(), self._line.screen().availableGeometry()
        below = self._line.mapToGlobal(QPoint(0, self._line.height() + 2))
        if below.y() + size.height() > room.bottom():
            below.setY(self._line.mapToGlobal(QPoint(0, 0)).y() - size.height() - 2)
        return QPoint(max(room.left(), min(below.x(), room.right() - size.width())), max(room.top(), below.y()))

    def _pick(self, day: QDate) -> None:
        self._give(date(day.year(), day.month(), day.day()))

    def _give(self, day: date | None) -> None:
        self.hide()
        self.picked.emit(day)


def dress_month(days: QCalendarWidget, today: date) -> None:
    """Have a month look like the rest of the program, with today marked."""
    for arrow, drawing, said in (("prev", "previous", _("Previous month")), ("next", "next", _("Next month"))):
        button = days.findChild(QToolButton, f"qt_calendar_{arrow}month")
        if button is not None:  # Qt's own arrows are black on dark
            button.setIcon(icon(drawing, days))
            button.setAccessibleName(said)
    weekday = QTextCharFormat()
    weekday.setForeground(days.palette().text())
    for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
        days.setWeekdayTextFormat(day, weekday)  # red is kept for what is overdue
    bold = QTextCharFormat()
    bold.setFontWeight(700)
    bold.setFontUnderline(True)
    days.setDateTextFormat(QDate(), QTextCharFormat())
    days.setDateTextFormat(QDate(today.year, today.month, today.day), bold)


class TimeEditor(ReadLine):
    """A time of day on the 24-hour clock, or none: typed ("930", "2 pm") or stepped in quarters of an hour.

    Up and Down and the two small buttons go to the next quarter, with Shift by an hour.
    """

    def __init__(self, parent: QWidget | None = None, *, starts_at: time = time(9)) -> None:
        super().__init__(parent)
        self._starts_at = starts_at
        self._later = self._button(Qt.ArrowType.UpArrow, "later", _("A quarter of an hour later (Up)"), 1)
        self._earlier = self._button(Qt.ArrowType.DownArrow, "earlier", _("A quarter of an hour earlier (Down)"), -1)
        self.setTextMargins(INSIDE, 0, 22, 0)

    def read_text(self, text: str) -> time | None:
        """The time that was typed."""
        return clocks.read_time(text)

    def write_text(self, value: time) -> str:
        """Hours and minutes."""
        return f"{value:%H:%M}"

    def set_read_only(self, on: bool) -> None:
        """Let it be read and copied, not changed."""
        super().set_read_only(on)
        self._later.setHidden(on)
        self._earlier.setHidden(on)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Quarters of an hour by key."""
        direction = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()))
        shift = Qt.KeyboardModifier.ShiftModifier
        if direction is None or event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | shift):
            super().keyPressEvent(event)
        else:
            self.step(direction, HOUR if event.modifiers() & shift else QUARTER)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the two buttons at the right edge."""
        super().resizeEvent(event)
        half = (self.height() - 4) // 2
        self._later.setGeometry(self.width() - 20, 2, 18, half)
        self._earlier.setGeometry(self.width() - 20, 2 + half, 18, half)

    def step(self, direction: int, by: timedelta) -> None:
        """Go on to the next full quarter, or by a whole hour; past midnight it starts again."""
        now = self.value()
        if now is None:
            return self.step_to(self._starts_at)
        minutes = now.hour * 60 + now.minute
        if by == QUARTER:
            minutes = (minutes // 15 + direction) * 15 if direction > 0 or minutes % 15 == 0 else minutes // 15 * 15
        else:
            minutes += direction * int(by.total_seconds() // 60)
        return self.step_to((datetime.min + timedelta(days=1, minutes=minutes)).time())

    def _button(self, arrow: Qt.ArrowType, name: str, said: str, direction: int) -> QToolButton:
        button = IconButton(self)
        button.setArrowType(arrow)
        button.setAutoRaise(True)
        button.setAutoRepeat(True)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.setCursor(Qt.CursorShape.ArrowCursor)
        button.setToolTip(as_tip(_("{deed}; with Shift an hour").format(deed=said)))
        button.setAccessibleName(said)
        button.clicked.connect(lambda: self.step(direction, HOUR if self._shift_down() else QUARTER))
        pass_name_on(self, button, name)
        return button

    def _shift_down(self) -> bool:
        return bool(QGuiApplication.keyboardModifiers() & Qt.KeyboardModifier.ShiftModifier)
