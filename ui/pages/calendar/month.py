"""A month: a square for each day, what stands in it in lines, and how many more there are."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF

from channergy_crm import clock
from channergy_crm.language import ngettext
from ui.look import paint, theme
from ui.look.wording import short_weekday
from ui.pages.calendar import hours_ground, words
from ui.pages.calendar.ink import entry as draw_entry
from ui.pages.calendar.places import STEP, Month, Slot, begins, is_weekend
from ui.pages.calendar.view import EntryView
from ui.widgets.controls import CENTRE, LEFT

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from PySide6.QtGui import QMouseEvent, QPainter
    from PySide6.QtWidgets import QWidget

    from channergy_crm.services.calendar.entries import Entry
    from ui.pages.calendar.ink import Ink

HEAD, LINE = 26, 21


class MonthView(EntryView):
    """The squares; `month` is the one shown, by its first day."""

    def __init__(self, name: str, said: str, parent: QWidget) -> None:
        super().__init__(name, said, parent)
        self.month: date | None = None
        self.plan: Month | None = None
        self._by_day: dict[date, list[Entry]] = {}
        self._rooms: list[tuple[Entry, QRectF]] | None = None

    def laid_out(self) -> None:
        self._rooms, self._by_day = None, {}
        for each in sorted(self.entries, key=lambda each: (each.at is not None, begins(each) or 0, each.task)):
            self._by_day.setdefault(each.day, []).append(each)
        weeks = self.days[::7]
        shown = tuple(place for place in range(7) if self._is_shown(weeks, place))
        if weeks and shown:
            self.plan = Month(weeks, shown, self.width(), self.height(), theme.px(HEAD, self), theme.px(LINE, self))
        self.update()

    def _is_shown(self, weeks: Sequence[date], place: int) -> bool:
        days = [first + timedelta(days=place) for first in weeks]
        return any(not is_weekend(day) or day in self._by_day for day in days)

    def on(self, day: date) -> list[Entry]:
        """What stands on a day, without a time first."""
        return self._by_day.get(day, [])

    def rooms(self) -> Sequence[tuple[Entry, QRectF]]:
        if self._rooms is None:
            self._rooms = self._placed()
        return self._rooms

    def _placed(self) -> list[tuple[Entry, QRectF]]:
        plan, placed = self.plan, list[tuple["Entry", QRectF]]()
        for day, held in self._by_day.items() if plan is not None else ():
            for place, each in enumerate(held[: plan.fits(len(held))] if plan is not None else ()):
                room = plan.room(day, place) if plan is not None else None
                if room is not None:
                    placed.append((each, room))
        return placed

    def more(self) -> list[tuple[QRectF, int, date]]:
        """Where it is said that there are more, how many, and on which day."""
        found = []
        for day, held in self._by_day.items():
            fits = self.plan.fits(len(held)) if self.plan is not None else len(held)
            room = self.plan.room(day, fits) if self.plan is not None and fits < len(held) else None
            if room is not None:
                found.append((room, len(held) - fits, day))
        return found

    def slot_at(self, at: QPointF) -> Slot | None:
        day = self.plan.day_at(at.x(), at.y()) if self.plan is not None else None
        return None if day is None else Slot(day, None, self.owners[0] if self.owners else "")

    # ---------------------------------------------------------------- walking

    def walk(self, across: int, down: int) -> None:
        place = self.place() or Slot(clock.today(), None, self.owners[0] if self.owners else "")
        entry = self.current()
        if across:
            self._come_to(self._beside(place.day, across), 0)
            return
        held = self.on(place.day)
        at = held.index(entry) + down if entry in held else (0 if down > 0 else -1) if entry is None else 0
        if entry is None and down > 0 and held:
            self.stand_on(held[0])
        elif entry is not None and 0 <= at < len(held):
            self.stand_on(held[at])
        else:
            self._come_to(place.day + timedelta(days=7 * down), -1 if down < 0 else 0)

    def _beside(self, day: date, across: int) -> date:
        day += timedelta(days=across)
        while self.plan is not None and day in self.days and self.plan.square(day) is None:
            day += timedelta(days=across)
        return day

    def _come_to(self, day: date, place: int) -> None:
        if day not in self.days:
            self.wanted.emit("turn", 1 if self.days and day > self.days[-1] else -1, day)
            return
        held = self.on(day)
        if held:
            self.stand_on(held[place])
        else:
            self.stand_at(Slot(day, None, self.owners[0] if self.owners else ""))

    def stepped(self, entry: Entry, across: int, down: int) -> Slot | None:
        minute = begins(entry)
        if across:
            return Slot(entry.day + timedelta(days=across), minute, entry.owner)
        if minute is None:
            return Slot(entry.day + timedelta(days=7 * down), minute, entry.owner)
        return Slot(entry.day, max(0, minute + down * STEP), entry.owner)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        for room, _count, day in self.more():
            if room.contains(self.hand(event)):
                self.wanted.emit("more", day, None)
                return
        super().mousePressEvent(event)

    # ---------------------------------------------------------------- paint

    def draw(self, painter: QPainter, ink: Ink) -> None:
        painter.fillRect(self.rect(), ink.colour("base"))
        if self.plan is None:
            return
        self._draw_squares(painter, self.plan, ink)
        for each, room in self.rooms():
            if not self.is_held(each):
                draw_entry(painter, room, each, ink, cursor=self.cursor_of(each), before=words.at_first(each))
        if not self.entries:
            middle = QRectF(self.rect()).center().y()
            hours_ground.draw_nothing(painter, QRectF(24, middle, self.width() - 48, 3 * ink.line), ink, self.nothing)
        painter.setFont(ink.small)
        painter.setPen(ink.colour("muted"))
        for room, count, _day in self.more():
            said = ngettext("{count:,} more", "{count:,} more", count).format(count=count)
            painter.drawText(room.adjusted(6, 0, 0, 0), LEFT, said)

    def draw_ghost(self, painter: QPainter, ghost: Entry, ink: Ink) -> None:
        square = self.plan.square(ghost.day) if self.plan is not None else None
        if square is not None and self.plan is not None:
            inside, line = square.adjusted(1, 1, -2, -2), self.plan.line
            paint.box(painter, inside, ground=ink.colour("soft"), edge=ink.colour("accent"), width=ink.worn.ring)
            room = QRectF(square.left() + 4, square.top() + 4 + line, square.width() - 9, line)
            draw_entry(painter, room, ghost, ink, cursor="accent")

    def _draw_squares(self, painter: QPainter, plan: Month, worn: Ink) -> None:
        today, month = clock.today(), self.month.month if self.month is not None else 0
        for first in plan.weeks:
            for place in plan.shown:
                day = first + timedelta(days=place)
                square = plan.square(day)
                if square is not None:
                    self._draw_square(painter, square, day, worn, other=day.month != month, today=day == today)
        painter.setFont(worn.small)
        painter.setPen(worn.colour("muted"))
        for place in plan.shown:
            day = plan.weeks[0] + timedelta(days=place)
            square = plan.square(day)
            if square is not None:
                room = QRectF(square.left() + 8, 0, square.width() - 8, plan.head)
                painter.drawText(room, LEFT, short_weekday(day))

    def _draw_square(
        self, painter: QPainter, square: QRectF, day: date, worn: Ink, *, other: bool, today: bool
    ) -> None:  # fmt: skip
        if other or is_weekend(day):
            painter.fillRect(square, worn.colour("side"))
        painter.fillRect(QRectF(square.left(), square.top(), square.width(), 1), worn.colour("line"))
        painter.fillRect(QRectF(square.right() - 1, square.top(), 1, square.height()), worn.colour("hair"))
        line = self.plan.line if self.plan is not None else LINE
        spot = QRectF(square.left() + 6, square.top() + 3, 24, line - 2)
        painter.setFont(worn.small_strong if today else worn.small)
        painter.setPen(worn.colour("faint" if other else "text"))
        if today:
            paint.box(painter, spot, ground=worn.colour("accent"))
            painter.setPen(worn.colour("on_accent"))
        painter.drawText(spot, CENTRE if today else LEFT, str(day.day))
        here = self.here
        if here is not None and self.key is None and here.day == day:
            edge = worn.colour("accent" if self.hasFocus() else "line")
            paint.box(painter, square.adjusted(1, 1, -2, -1), edge=edge, width=worn.worn.ring)
