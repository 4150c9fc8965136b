"""Where the entries stand in a grid of hours: its measures, its columns, the row for what has no time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QRectF, Qt

from channergy_crm.language import _
from ui.look import theme
from ui.look.turned import across
from ui.pages.calendar.hours_ground import room_for_no_time
from ui.pages.calendar.places import USUAL, Hours, Slot, begins, lasts, shared
from ui.pages.calendar.view import EntryView
from ui.widgets.controls import ScrollBar

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from PySide6.QtWidgets import QWidget

    from channergy_crm.services.calendar.entries import Entry

LEFT, HEAD, ALONE, ROW, HOUR = 56, 48, 34, 28, 60
"""pixels: the hours, the names of days with people and without, a row without time, an hour"""


class HourGrid(EntryView):
    """The grid. `begins` and `ends` are the minutes between which the office works; `rows` how many entries without a
    time stand under each other at most.
    """

    def __init__(self, name: str, said: str, parent: QWidget, *, rows: int = 3) -> None:
        super().__init__(name, said, parent)
        self._rows = rows
        self.begins, self.ends = 9 * 60, 17 * 60 + 30
        self.grid = Hours((), (), 0, 1, 0, 0, HOUR)
        self.bar = ScrollBar(Qt.Orientation.Vertical, self)
        self.bar.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.bar.setObjectName(f"{name}.scroll")
        self.bar.setAccessibleName(_("Hours of the day"))
        self.bar.valueChanged.connect(lambda _value: self._scrolled())
        self._rooms: list[tuple[Entry, QRectF]] | None = None
        self._looked = False

    # ---------------------------------------------------------------- measures

    def laid_out(self) -> None:
        self._rooms = None
        head = theme.px(HEAD if len(self.owners) > 1 else ALONE, self)
        most = max((len(each) for each in self._untimed().values()), default=0)
        untimed = theme.px(ROW, self) * max(1, min(most, self._rows))
        body = max(1, self.height() - head - untimed)
        hour = max(float(theme.px(HOUR, self)), body / 11)
        left = max(float(theme.px(LEFT, self)), room_for_no_time(self))
        width = float(self.width() - ScrollBar.WIDTH)
        beside = QRect(self.width() - ScrollBar.WIDTH, head + untimed, ScrollBar.WIDTH, body)
        self.bar.setGeometry(across(self, beside))
        self.bar.setRange(0, max(0, round(24 * hour - body)))
        self.bar.setPageStep(body)
        self.bar.setSingleStep(round(hour / 2))
        self.grid = Hours(self.days, self.owners, left, width, head, untimed, hour, self.bar.value())
        if not self._looked and self.days and self.height() > head + untimed + hour:
            self._looked = True
            self.bar.setValue(round((self.begins - 60) * hour / 60))
        self.update()

    def _scrolled(self) -> None:
        self._rooms = None
        self.grid = self.grid._replace(scrolled=self.bar.value())
        self.anew()

    def column(self, day: date, owner: str) -> list[Entry]:
        """What stands in a column: without a time first, then by time."""
        held = [each for each in self.entries if each.day == day and each.owner == owner]
        return sorted(held, key=lambda each: (each.at is not None, begins(each) or 0, each.task))

    def _untimed(self) -> dict[tuple[date, str], list[Entry]]:
        found: dict[tuple[date, str], list[Entry]] = {}
        for each in self.entries:
            if each.at is None:
                found.setdefault((each.day, each.owner), []).append(each)
        return found

    def rooms(self) -> Sequence[tuple[Entry, QRectF]]:
        if self._rooms is None:
            self._rooms = self._placed()
        return self._rooms

    def _placed(self) -> list[tuple[Entry, QRectF]]:
        columns: dict[tuple[date, str], list[Entry]] = {}
        for each in self.entries:
            if each.day in self.days and each.owner in self.owners:
                columns.setdefault((each.day, each.owner), []).append(each)
        placed: list[tuple[Entry, QRectF]] = []
        for (day, owner), held in columns.items():
            placed += self._stacked(day, owner, [each for each in held if each.at is None])
            timed = sorted(
                ((begins(each) or 0, each.task, each) for each in held if each.at is not None), key=lambda of: of[:2]
            )
            spans = [(begin, begin + lasts(each)) for begin, _task, each in timed]
            for (begin, _task, each), share in zip(timed, shared(spans), strict=True):
                room = self.grid.room(Slot(day, begin, owner), lasts(each), share)
                if room.bottom() > self.grid.top and room.top() < self.height():
                    placed.append((each, room))
        return placed

    def _stacked(self, day: date, owner: str, held: list[Entry]) -> list[tuple[Entry, QRectF]]:
        room, row = self.grid.room(Slot(day, None, owner), 0), float(theme.px(ROW, self))
        fits = len(held) if len(held) <= self._rows else self._rows - 1
        return [(each, QRectF(room.left() + 1, self.grid.head + 2 + place * row, room.width() - 1, row - 4))
                for place, each in enumerate(held[:fits])]  # fmt: skip

    def more(self) -> list[tuple[QRectF, int, date]]:
        """Where it is said how many more have no time, how many, and on which day."""
        row, found = float(theme.px(ROW, self)), []
        for (day, owner), held in self._untimed().items():
            if len(held) > self._rows and day in self.days and owner in self.owners:
                room = self.grid.room(Slot(day, None, owner), 0)
                top = self.grid.head + (self._rows - 1) * row
                found.append((QRectF(room.left() + 4, top, room.width() - 4, row), len(held) - self._rows + 1, day))
        return found

    def slot_at(self, at: QPointF) -> Slot | None:
        return self.grid.slot_at(at.x(), at.y(), USUAL)

    def reveal(self) -> None:
        place = self.place()
        if place is None or place.minute is None or not self.days:
            return
        entry = self.current()
        top = place.minute * self.grid.hour / 60
        high = (lasts(entry) if entry is not None else USUAL) * self.grid.hour / 60
        body = self.height() - self.grid.top
        if top < self.bar.value():
            self.bar.setValue(round(top - 8))
        elif top + min(high, body) > self.bar.value() + body:
            self.bar.setValue(round(top + min(high, body) - body + 8))
