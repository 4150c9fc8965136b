"""What stands behind the entries of a grid of hours: lines, names of days and people, hours, the line of now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetricsF

from channergy_crm.language import _, ngettext
from channergy_crm.services.calendar.entries import Entry
from ui.look import paint, theme
from ui.pages.calendar import words
from ui.pages.calendar.places import SHORTEST, Slot, clock_of, snapped
from ui.widgets.controls import CENTRE, LEFT, RIGHT

if TYPE_CHECKING:
    from datetime import date, datetime

    from PySide6.QtGui import QPainter
    from PySide6.QtWidgets import QWidget

    from ui.pages.calendar.ink import Ink
    from ui.pages.calendar.places import Hours

INSIDE = 12


def drawn(begun: Slot, minute: int) -> Entry:
    """An entry that is not there yet, drawn from one minute to another."""
    begin, until = sorted((begun.minute or 0, snapped(minute)))
    length = max(SHORTEST, until - begin)
    return Entry(
        0, begun.day, clock_of(begin), length, "task", _("New entry"), "", "", begun.owner, "", False, 0, True
    )  # fmt: skip


def draw(painter: QPainter, grid: Hours, height: float, ink: Ink, begins: int, ends: int) -> None:
    """The hours outside work, the lines of the hours and of the columns, and which hour it is."""
    wide, side = grid.width - grid.left, ink.colour("side")
    top, last = grid.y_of(0), grid.y_of(24 * 60)
    painter.fillRect(QRectF(grid.left, top, wide, grid.y_of(begins) - top), side)
    painter.fillRect(QRectF(grid.left, grid.y_of(ends), wide, last - grid.y_of(ends)), side)
    painter.setFont(ink.small)
    painter.setPen(ink.colour("muted"))
    for hour in range(24):
        y = grid.y_of(hour * 60)
        if grid.top - ink.line <= y <= height + ink.line:
            painter.fillRect(QRectF(grid.left, y, wide, 1), ink.colour("hair"))
            if y >= grid.top + ink.line / 2:
                painter.drawText(QRectF(0, y - ink.line, grid.left - 10, 2 * ink.line), RIGHT, f"{hour}:00")
    _columns(painter, grid, grid.top, height, ink)


def _columns(painter: QPainter, grid: Hours, top: float, bottom: float, ink: Ink) -> None:
    for day in grid.days:
        for place, owner in enumerate(grid.owners):
            left, _wide = grid.column(day, owner)
            painter.fillRect(QRectF(left - 1, top, 1, bottom - top), ink.colour("hair" if place else "line"))


def draw_now(painter: QPainter, grid: Hours, ink: Ink, now: datetime, minute: int) -> None:
    """The line of now: 2 pixels today, 1 before, the time at the left; none where today is not shown."""
    if now.date() not in grid.days:
        return
    y = grid.y_of(minute)
    begin, wide = grid.column(now.date(), grid.owners[0])
    accent = ink.colour("accent")
    painter.fillRect(QRectF(grid.left, y, begin - grid.left, 1), accent)
    painter.fillRect(QRectF(begin, y - 0.5, wide * len(grid.owners), 2), accent)
    room = QRectF(8, y - ink.line / 2 - 2, grid.left - 12, ink.line + 4)
    paint.box(painter, room, ground=accent)
    painter.setFont(ink.small_strong)
    painter.setPen(ink.colour("on_accent"))
    painter.drawText(room, CENTRE, f"{now:%H:%M}")


def room_for_no_time(view: QWidget) -> float:
    """Pixels at the left that the words for what has no time take in the language in use."""
    return QFontMetricsF(theme.small(view.font())).horizontalAdvance(_("no time")) + 10 + theme.STEP


def draw_head(painter: QPainter, grid: Hours, ink: Ink, today: date) -> None:
    """The names of the days and of the people, and the row for what has no time."""
    painter.fillRect(QRectF(0, 0, grid.width + 20, grid.top), ink.colour("base"))
    painter.fillRect(QRectF(0, grid.head - 1, grid.width + 20, 1), ink.colour("line"))
    painter.fillRect(QRectF(0, grid.top - 1, grid.width + 20, 1), ink.colour("line"))
    _columns(painter, grid, 0, grid.top, ink)
    painter.setFont(ink.small)
    painter.setPen(ink.colour("muted"))
    painter.drawText(QRectF(0, grid.head, grid.left - 10, min(grid.untimed, 28)), RIGHT, _("no time"))
    several = len(grid.owners) > 1
    high = grid.head * 0.62 if several else grid.head
    for day in grid.days:
        left, wide = grid.column(day, grid.owners[0])
        _name(painter, QRectF(left + INSIDE, 0, wide * len(grid.owners) - INSIDE, high), day, today, ink)
        if several:
            for owner in grid.owners:
                begin, each = grid.column(day, owner)
                painter.setFont(ink.small)
                painter.setPen(ink.colour("muted"))
                room = QRectF(begin + INSIDE, high - 4, each - INSIDE - 2, grid.head - high)
                painter.drawText(room, LEFT, ink.fitted(owner, int(room.width())))


def _name(painter: QPainter, room: QRectF, day: date, today: date, ink: Ink) -> None:
    text = words.head(day)
    painter.setFont(ink.section)
    if day == today:
        wide = painter.fontMetrics().horizontalAdvance(text) + 16
        high = ink.line + 6
        spot = QRectF(room.left() - 4, room.center().y() - high / 2, wide, high)
        paint.box(painter, spot, ground=ink.colour("accent"))
        painter.setPen(ink.colour("on_accent"))
        painter.drawText(spot, CENTRE, text)
        return
    painter.setPen(ink.colour("muted" if day < today else "text"))
    painter.drawText(room, LEFT, text)


def draw_more(painter: QPainter, room: QRectF, count: int, ink: Ink) -> None:
    """How many more there are than have room."""
    painter.setFont(ink.small)
    painter.setPen(ink.colour("muted"))
    said = ngettext("{count:,} more", "{count:,} more", count).format(count=count)
    painter.drawText(room, LEFT | Qt.AlignmentFlag.AlignVCenter, said)


def draw_nothing(painter: QPainter, room: QRectF, ink: Ink, said: str) -> None:
    """An empty calendar says what can be done."""
    painter.setFont(ink.base)
    painter.setPen(ink.colour("muted"))
    painter.drawText(room, CENTRE | Qt.TextFlag.TextWordWrap, said)
