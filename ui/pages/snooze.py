"""Putting a reminder off: one press for the usual days, *Other…* for any (F-51)."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QLocale, QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from channergy_crm import clock
from channergy_crm.language import _
from ui.look.icons import icon
from ui.look.plain import Label, as_tip
from ui.widgets.controls import Pill

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QResizeEvent

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

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room the words go first, then the later days."""
        super().resizeEvent(event)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        return QSize(self._needs([self._pills[0], self._pills[-1]]), super().minimumSizeHint().height())

    def _needs(self, parts: Sequence[QWidget]) -> int:
        return SIGN + sum(part.sizeHint().width() + GAP for part in parts)

    def _fit(self) -> None:
        shown: list[QWidget] = [self._said, *self._pills]
        for part in (self._said, self._pills[3], self._pills[2], self._pills[1]):
            if self._needs(shown) > self.width():
                shown.remove(part)
        every: list[QWidget] = [self._said, *self._pills]
        for each in every:
            if each.isHidden() == (each in shown):
                each.setVisible(each in shown)

    def tell(self) -> None:
        """The days of the pills are those of now."""
        texts = [put.text for put in offered(clock.now())]
        for pill, text in zip(self._pills, [*texts, _("Other…")], strict=True):
            pill.setText(text)
            pill.setAccessibleName(_("Snooze to {day}").format(day=text.rstrip("…")))
            pill.updateGeometry()
        self._fit()

    def offer(self, why_not: str | None) -> None:
        """Whether there is something to put off; otherwise the tip says why not."""
        for pill in self._pills:
            pill.setEnabled(why_not is None)
            pill.setToolTip(as_tip(why_not or pill.accessibleName()))
