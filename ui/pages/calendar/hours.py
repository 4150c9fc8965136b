"""A day or a week as a grid of hours: columns for days and people, a row for what has no time, the line of now."""

from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt

from channergy_crm import clock
from channergy_crm.language import _
from ui.look import paint, theme
from ui.pages.calendar import hours_ground, walking
from ui.pages.calendar.ink import entry as draw_entry
from ui.pages.calendar.places import (
    DAY,
    SHORTEST,
    STEP,
    USUAL,
    Hours,
    Slot,
    begins,
    clock_of,
    lasts,
    minute_of,
    shared,
    snapped,
)
from ui.pages.calendar.view import EntryView, Held
from ui.widgets.controls import ScrollBar

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QWheelEvent
    from PySide6.QtWidgets import QWidget

    from channergy_crm.services.calendar.entries import Entry
    from ui.pages.calendar.ink import Ink

LEFT, HEAD, ALONE, ROW, HOUR, EDGE, NEAR = 56, 48, 34, 28, 60, 6, 24
"""pixels: the hours, the names of days with people and without, a row without time, an hour, the lower edge of an entry
that is taken to lengthen it, how near to the edge the hours go on while something is dragged"""


class HoursView(EntryView):
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
        left, width = float(theme.px(LEFT, self)), float(self.width() - ScrollBar.WIDTH)
        self.bar.setGeometry(self.width() - ScrollBar.WIDTH, head + untimed, ScrollBar.WIDTH, body)
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
        return sorted(held, key=lambda each: (each.at is not None, each.at or time(), each.task))

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
                (each for each in held if each.at is not None), key=lambda each: (each.at or time(), each.task)
            )
            spans = [((begins(each) or 0), (begins(each) or 0) + lasts(each)) for each in timed]
            for each, share in zip(timed, shared(spans), strict=True):
                room = self.grid.room(Slot(day, begins(each), owner), lasts(each), share)
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

    # ---------------------------------------------------------------- walking

    def walk(self, across: int, down: int) -> None:
        place = self.place() or Slot(self.days[0], self.begins, self.owners[0])
        if across:
            self._aside(place, across)
            return
        column, here = self.column(place.day, place.owner), self.current() or place.minute
        gone = walking.down(column, here, self.begins) if down > 0 else walking.up(column, here)
        if gone is None or isinstance(gone, int):
            self.stand_at(Slot(place.day, gone, place.owner))
        else:
            self.stand_on(gone)

    def _aside(self, place: Slot, across: int) -> None:
        if place.day not in self.days or place.owner not in self.owners:
            return
        at = self.days.index(place.day) * len(self.owners) + self.owners.index(place.owner) + across
        if not 0 <= at < len(self.days) * len(self.owners):
            self.wanted.emit("turn", across, None)
            return
        day, owner = self.days[at // len(self.owners)], self.owners[at % len(self.owners)]
        held, minute = self.column(day, owner), place.minute
        for each in held:
            begin = begins(each)
            if begin == minute or (begin is not None and minute is not None and begin <= minute < begin + lasts(each)):
                self.stand_on(each)
                return
        self.stand_at(Slot(day, minute if minute is None else minute // USUAL * USUAL, owner))

    def stepped(self, entry: Entry, across: int, down: int) -> Slot | None:
        minute = begins(entry)
        if across:
            return Slot(self.day_after(entry.day, across), minute, entry.owner)
        if minute is None:
            return Slot(entry.day, self.begins, entry.owner) if down > 0 else None
        gone = minute + down * STEP
        return Slot(entry.day, gone, entry.owner) if 0 <= gone < DAY else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        place = self.place()
        if event.key() == Qt.Key.Key_Home and place is not None:
            held = self.column(place.day, place.owner)
            if held and held[0].at is None:
                self.stand_on(held[0])
            else:
                self.stand_at(Slot(place.day, None, place.owner))
        else:
            super().keyPressEvent(event)

    # ---------------------------------------------------------------- the mouse

    def take(self, entry: Entry, room: QRectF, slot: Slot | None, at: QPointF) -> Held | None:
        if not entry.may_edit:
            return None
        begin, there = begins(entry), self.grid.slot_at(at.x(), at.y(), 1)
        how = "lengthen" if begin is not None and self._on_edge(room, at) else "move"
        off = there.minute - begin if there and there.minute is not None and begin is not None else 0
        return Held(entry, Slot(entry.day, begin, entry.owner), how, at, off)

    def _on_edge(self, room: QRectF, at: QPointF) -> bool:
        return at.y() >= room.bottom() - min(EDGE, room.height() / 3)

    def point(self, found: tuple[Entry, QRectF] | None, at: QPointF) -> None:
        edge = found is not None and found[0].at is not None and found[0].may_edit and self._on_edge(found[1], at)
        if edge:
            self.setCursor(Qt.CursorShape.SizeVerCursor)
        else:
            super().point(found, at)

    def drag(self, held: Held, at: QPointF) -> None:
        self._go_on(at)
        slot = self.grid.slot_at(min(max(at.x(), self.grid.left), self.grid.width - 1), max(at.y(), self.grid.head), 1)
        ghost = None if slot is None else self._ghost(held, slot)
        if ghost is not None and ghost != self.ghost:
            self.ghost = ghost
            self.update()

    def _go_on(self, at: QPointF) -> None:
        near = theme.px(NEAR, self)
        if at.y() > self.height() - near:
            self.bar.setValue(self.bar.value() + 8)
        elif self.grid.top <= at.y() < self.grid.top + near:
            self.bar.setValue(self.bar.value() - 8)

    def _ghost(self, held: Held, slot: Slot) -> Entry | None:
        """What is held, as it would be here."""
        entry = held.entry
        if entry is None:
            return (
                None if held.slot.minute is None or slot.minute is None else hours_ground.drawn(held.slot, slot.minute)
            )
        if held.how == "lengthen":
            begin = begins(entry) or 0
            until = snapped(slot.minute or 0) if slot.minute is not None else begin
            return entry._replace(minutes=max(SHORTEST, until - begin))
        if slot.minute is None:
            return entry._replace(day=slot.day, at=None)
        return entry._replace(day=slot.day, at=clock_of(snapped(slot.minute - held.off)))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        at = event.position()
        for room, _count, day in self.more():
            if room.contains(at):
                self.wanted.emit("more", day, None)
                return
        super().mouseDoubleClickEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        self.bar.setValue(self.bar.value() - event.angleDelta().y() // 2)

    # ---------------------------------------------------------------- paint

    def draw(self, painter: QPainter, ink: Ink) -> None:
        painter.fillRect(self.rect(), ink.colour("base"))
        if not self.days or not self.owners:
            return
        painter.save()
        self._clip(painter)
        hours_ground.draw(painter, self.grid, self.height(), ink, self.begins, self.ends)
        self._draw(painter, ink, timed=True)
        self._draw_place(painter, ink)
        if not self.entries:
            hours_ground.draw_nothing(painter, self.grid, ink)
        now = clock.now()
        hours_ground.draw_now(painter, self.grid, ink, now, minute_of(now.time()))
        painter.restore()
        hours_ground.draw_head(painter, self.grid, ink, clock.today())
        self._draw(painter, ink, timed=False)
        for room, count, _day in self.more():
            hours_ground.draw_more(painter, room, count, ink)

    def _clip(self, painter: QPainter) -> None:
        painter.setClipRect(QRectF(0, self.grid.top, self.width(), self.height() - self.grid.top))

    def _draw(self, painter: QPainter, ink: Ink, *, timed: bool) -> None:
        for each, room in self.rooms():
            if (each.at is not None) == timed and not self.is_held(each):
                draw_entry(painter, room, each, ink, cursor=self.cursor_of(each))

    def draw_ghost(self, painter: QPainter, ghost: Entry, ink: Ink) -> None:
        if ghost.owner not in self.owners or ghost.day not in self.days:
            return
        if ghost.at is not None:
            self._clip(painter)
        room = self.grid.room(Slot(ghost.day, begins(ghost), ghost.owner), lasts(ghost))
        before = f"{ghost.at:%H:%M}" if ghost.at is not None else ""
        draw_entry(painter, room, ghost, ink, cursor="accent", before=before)

    def _draw_place(self, painter: QPainter, ink: Ink) -> None:
        slot = self.here
        if slot is None or self.key is not None or slot.owner not in self.owners or slot.day not in self.days:
            return
        if slot.minute is not None:
            edge = ink.colour("accent" if self.hasFocus() else "line")
            paint.box(painter, self.grid.room(slot, USUAL), edge=edge, width=2)
