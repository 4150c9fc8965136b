"""When to try again: typed as people say it, or one of a few pills; with the time it will be where they live."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QSize, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QToolButton, QWidget

from channergy_crm import clock
from channergy_crm.errors import Mistake
from channergy_crm.language import _
from channergy_crm.phones.there import there
from channergy_crm.services import calling_hours, retrying
from ui.editors.base import ReadLine, pass_name_on
from ui.editors.dates import CalendarPopup, typed_moment
from ui.look import theme
from ui.look.icons import icon
from ui.look.plain import as_tip
from ui.pages.call.words import Words
from ui.widgets.controls import Pill
from ui.widgets.dialog import named

if TYPE_CHECKING:
    from channergy_crm.services.calls import Proposal

USUAL = time(10)
"""a day without a time"""
EDITOR, GAP = 152, 8


def in_words(moment: datetime, now: datetime) -> str:
    """Thu 26 Nov 15:20; with the year when it is another one."""
    locale = QLocale()
    day = locale.dayName(moment.isoweekday(), QLocale.FormatType.ShortFormat)
    month = locale.monthName(moment.month, QLocale.FormatType.ShortFormat)
    year = f" {moment.year}" if moment.year != now.year else ""
    return f"{day} {moment.day} {month}{year} {moment:%H:%M}"


class MomentEditor(ReadLine):
    """A day and a time in one line: "fri 10", "+2d", "tmrw 9:30"; a calendar for the mouse."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._popup: CalendarPopup | None = None
        self._opener = QAction(icon("calendar", self), _("Open the calendar"), self)
        self._opener.setToolTip(_("Pick a day (Alt+Down)"))
        self._opener.triggered.connect(self._open_calendar)
        self.addAction(self._opener, ReadLine.ActionPosition.TrailingPosition)
        for button in self.findChildren(QToolButton):
            button.setAccessibleName(_("Open the calendar"))
            pass_name_on(self, button, "calendar")

    def read_text(self, text: str) -> datetime | None:
        """The moment that was typed; it lies ahead."""
        now = clock.now()
        day, at = typed_moment(text, now, self.locale())
        if day is None:
            return None
        moment = datetime.combine(day, at or USUAL)
        if moment <= now:
            raise Mistake(_("“{text}” is over already; the next try is still to come.").format(text=text.strip()))
        return moment

    def write_text(self, value: datetime) -> str:
        """The weekday, the day and the time."""
        return in_words(value, clock.now())

    def keyPressEvent(self, event: object) -> None:
        """The calendar by key."""
        if event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier:  # type: ignore[attr-defined]
            self._open_calendar()
        else:
            super().keyPressEvent(event)  # type: ignore[arg-type]

    def _open_calendar(self) -> None:
        if self._popup is None:
            self._popup = CalendarPopup(self)
            pass_name_on(self, self._popup, "calendar.popup")
            self._popup.picked.connect(self._pick)
        held = self.value()
        self._popup.open_at(held.date() if held else None, clock.today())

    def _pick(self, day: date | None) -> None:
        held = self.value()
        self.step_to(datetime.combine(day, held.time() if held else USUAL) if day else None)


def quick_choices(now: datetime) -> list[tuple[str, str, datetime | None]]:
    """The quick choices at this hour: the name, the words and the moment of each."""
    tomorrow = now.date() + timedelta(days=1)
    coming = [tomorrow + timedelta(days=days) for days in range(1, 8)]
    first, second = [day for day in coming if day.isoweekday() < 6][:2]
    locale = QLocale()

    def named_day(day: date) -> str:
        return f"{locale.dayName(day.isoweekday(), QLocale.FormatType.ShortFormat)} {day.day}"

    return [
        ("tomorrow", _("Tomorrow {time}").format(time=f"{USUAL:%H:%M}"), datetime.combine(tomorrow, USUAL)),
        ("hour", _("+1 h"), retrying.full(now + timedelta(hours=1))),
        ("day", named_day(first), datetime.combine(first, USUAL)),
        ("later", named_day(second), datetime.combine(second, USUAL)),
        ("none", _("None"), None),
    ]


class NextTry(QWidget):
    """The line of the next try; what has no room leaves it, the pills from the right."""

    changed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.shows_there = True
        """whether there is room for the time where they live"""
        self.touched = False
        """somebody has chosen it: it is not proposed anew"""
        self._zone, self._why, self._settled, self._is_left = "", "", False, False
        self._where = calling_hours.at_home()
        self.label = Words(_("Next try"), self, ink="muted")
        self.editor = named(MomentEditor(self), "call.next_try", _("Next try"))
        self.editor.setPlaceholderText(_("None"))
        self.there = Words("", self, ink="muted", small=True)
        self.there.setObjectName("call.there")
        self._pills: list[tuple[Pill, datetime | None]] = []
        self.anyone = named(Pill(_("Anyone"), self), "call.anyone", _("Anyone may call back"))
        self.anyone.setCheckable(True)
        self.anyone.setToolTip(as_tip(_("Whoever is free calls back; otherwise you do.")))
        self.anyone.clicked.connect(self.changed)
        self.anyone.hide()
        self._offers_anyone = False
        self.editor.changed.connect(self._typed)
        self.editor.editingFinished.connect(self.say_problem)
        self.label_width = 0

    @property
    def pills(self) -> list[Pill]:
        """The quick choices, from the left."""
        return [pill for pill, _moment in self._pills]

    def begin(self, zone: str, where: calling_hours.Place) -> None:
        """For a new call to somebody who lives there: nothing is planned, the pills are those of this hour."""
        self._where = where
        self._zone, self._why, self.touched, self._settled, self._is_left = zone, "", False, False, False
        for pill, _moment in self._pills:
            pill.setParent(None)
            pill.deleteLater()
        self._pills = []
        self.anyone.setChecked(False)
        self.offer_anyone(False)
        for name, words, moment in quick_choices(clock.now()):
            pill = named(Pill(words, self), f"call.pill.{name}", _("Next try: {when}").format(when=words))
            pill.setCheckable(True)
            pill.clicked.connect(lambda _on=False, moment=moment: self._take(moment))
            self._pills.append((pill, moment))
        self.editor.set_value(None)
        self._tell()

    def propose(self, proposal: Proposal) -> None:
        """Propose this, unless somebody has chosen another time."""
        if not self.touched:
            self._why, self._settled = proposal.why, True
            self.editor.set_value(proposal.at)
            self._tell()

    def put(self, moment: datetime | None, *, touched: bool) -> None:
        """As it stood before."""
        self.touched = touched
        self.editor.set_value(moment)
        self._tell()

    def value(self) -> datetime | None:
        """When the next try is planned; None for not at all."""
        moment: datetime | None = self.editor.value()
        return moment

    @property
    def is_for_anyone(self) -> bool:
        """Whether whoever is free calls back (BX-44)."""
        return self._offers_anyone and self.anyone.isChecked()

    def offer_anyone(self, on: bool) -> None:
        """A call-back is promised by one, or by all."""
        self._offers_anyone = on
        self.arrange()

    def beside_the_line(self) -> int:
        """Pixels that are wanted right of the line: those of *Anyone*, where it is offered."""
        return self.anyone.sizeHint().width() + GAP if self._offers_anyone else 0

    def take_keys(self) -> None:
        """The cursor into the line, over all that stands there."""
        self.editor.setFocus()
        self.editor.selectAll()

    def say_problem(self) -> None:
        """Say beside the line what is wrong with what stands there, now that it is typed."""
        self._is_left = True
        self._tell()

    def step(self, by: int) -> None:
        """The next pill, or the one before; from none of them to the first or the last."""
        here = next((place for place, (pill, _moment) in enumerate(self._pills) if pill.isChecked()), None)
        place = (0 if by > 0 else len(self._pills) - 1) if here is None else (here + by) % len(self._pills)
        self._take(self._pills[place][1])

    def _take(self, moment: datetime | None) -> None:
        self.editor.set_value(moment)
        self._typed()

    def _typed(self) -> None:
        self.touched, self._why, self._is_left = True, "", False
        self._tell()
        self.changed.emit()

    def _tell(self) -> None:
        problem = self.editor.text_problem()
        moment, readable = self.value(), problem is None
        for pill, meant in self._pills:
            pill.setChecked(readable and moment == meant and (meant is not None or self.touched or self._settled))
        theme.mark(self.editor, "problem", not readable)
        local = there(moment, self._zone) if moment and readable else None
        wrong = problem if self._is_left and problem else ""
        shut = local is not None and moment is not None and calling_hours.closed(self._where, moment) is not None
        self.there.ink = "overdue" if wrong else "soon" if shut else "muted"
        said = _("{time} there").format(time=f"{local:%H:%M}") if local and self.shows_there else ""
        self.there.setText(wrong or said or ("" if moment else self._why))
        self.editor.setToolTip(as_tip(self.there.text()))
        self.arrange()

    def resizeEvent(self, event: object) -> None:
        self.arrange()

    def sizeHint(self) -> QSize:
        return QSize(self.label_width + theme.px(EDITOR, self), theme.px(32, self))

    def arrange(self) -> None:
        """From the left: the word, the line, the time there, as many pills as have room."""
        middle, at = self.height() // 2, self.label_width
        self.label.setGeometry(0, 0, self.label_width, self.height())
        width, height = min(theme.px(EDITOR, self), max(0, self.width() - at)), self.editor.sizeHint().height()
        self.editor.setGeometry(at, middle - height // 2, width, height)
        at += width + GAP
        words = self.there.sizeHint()
        if self.there.ink == "overdue":  # what is wrong is said as far as there is room, the tip says it whole
            words.setWidth(min(words.width(), max(0, self.width() - at)))
        self.there.setVisible(bool(self.there.text()) and at + words.width() <= self.width())
        if not self.there.isHidden():
            self.there.setGeometry(at, middle - words.height() // 2, words.width(), words.height())
            at += words.width() + GAP
        wrong = self.there.ink == "overdue" and not self.there.isHidden()
        self.anyone.setVisible(self._offers_anyone and not wrong)
        if not self.anyone.isHidden():
            size = self.anyone.sizeHint()
            self.anyone.setGeometry(at, middle - size.height() // 2, size.width(), size.height())
            at += size.width() + GAP
        room = True
        for pill, _moment in self._pills:
            size = pill.sizeHint()
            room = room and at + size.width() <= self.width()
            pill.setVisible(room)
            if room:
                pill.setGeometry(at, middle - size.height() // 2, size.width(), size.height())
                at += size.width() + GAP
