"""A day or a week as a grid of hours: columns for days and people, a row for what has no time, the line of now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt

from channergy_crm import clock
from ui.look import paint, theme
from ui.pages.calendar import hours_ground, walking, words
from ui.pages.calendar.hour_grid import HourGrid
from ui.pages.calendar.ink import entry as draw_entry
from ui.pages.calendar.places import (
    DAY,
    STEP,
    USUAL,
    Slot,
    begins,
    goes_on,
    lasts,
    lengthened,
    minute_of,
    placed,
    spread,
    whole,
)
from ui.pages.calendar.view import Held

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QWheelEvent

    from channergy_crm.services.calendar.entries import Entry
    from ui.pages.calendar.ink import Ink

EDGE, NEAR = 6, 24
"""pixels: the lower edge of an entry, by which it is lengthened; how near to the edge the hours go on in a drag"""


class HoursView(HourGrid):
    """The grid, walked through by key, with entries that are dragged and lengthened by hand."""

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
            return super().take(entry, room, slot, at)
        begin, there = begins(entry), self.grid.slot_at(at.x(), at.y(), 1)
        ends = begin is not None and entry.after == goes_on(entry)
        how = "lengthen" if ends and self._on_edge(room, at) else "move"
        off = 0
        if there and there.minute is not None and entry.at is not None:
            off = entry.after * DAY + there.minute - minute_of(entry.at)
        return Held(entry, Slot(entry.day, begin, entry.owner), how, at, off)

    def _on_edge(self, room: QRectF, at: QPointF) -> bool:
        return at.y() >= room.bottom() - min(EDGE, room.height() / 3)

    def point(self, found: tuple[Entry, QRectF] | None, at: QPointF) -> None:
        edge = found is not None and found[0].at is not None and found[0].may_edit and self._on_edge(found[1], at)
        edge = edge and found is not None and found[0].after == goes_on(found[0])
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
            until = slot.minute if slot.minute is not None else begins(entry) or 0
            return whole(entry)._replace(minutes=lengthened(entry, slot.day, until))
        day, at_time = placed(entry, slot.day, slot.minute, held.off)
        return entry._replace(day=day, at=at_time, owner=slot.owner, after=0)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        at = self.hand(event)
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
            room = QRectF(self.grid.left, self.grid.top + 96, self.grid.width - self.grid.left, 2 * ink.line)
            hours_ground.draw_nothing(painter, room, ink, self.nothing)
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
        if ghost.owner not in self.owners:
            return
        if ghost.at is not None:
            self._clip(painter)
        for part in spread([ghost], self.days, ()):
            if part.day in self.days:
                room = self.grid.room(Slot(part.day, begins(part), part.owner), lasts(part))
                draw_entry(painter, room, part, ink, cursor="accent", before=words.at_first(part))

    def _draw_place(self, painter: QPainter, ink: Ink) -> None:
        slot = self.here
        if slot is None or self.key is not None or slot.owner not in self.owners or slot.day not in self.days:
            return
        if slot.minute is not None:
            edge = ink.colour("accent" if self.hasFocus() else "line")
            paint.box(painter, self.grid.room(slot, USUAL), edge=edge, width=ink.worn.ring)
