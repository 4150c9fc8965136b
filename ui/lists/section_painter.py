"""How a list in sections is painted: the heads, and the rows of reminders under them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt

from ui.look import paint, theme

if TYPE_CHECKING:
    from PySide6.QtGui import QColor, QPainter

    from ui.lists.parts import Head
    from ui.lists.row_ink import Ink
    from ui.lists.row_words import Entry

WHEN, PHONE, TIME, KIND, SIDE, GAP = 134, 134, 128, 126, 16, 16
"""how wide the parts of a row are; what it is about takes the rest"""
CRAMPED = 740
MIDDLE = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


def columns(width: int) -> tuple[int, int, int]:
    """Where the number, their time and what it is begin, in a row of this width."""
    squeeze = 1.0 if width >= theme.px(CRAMPED) else 0.75
    kind = width - theme.px(KIND * squeeze) - SIDE
    there = kind - theme.px(TIME * squeeze)
    return there - theme.px(PHONE * squeeze), there, kind


def hair(width: int) -> tuple[int, int]:
    """Where the line between two reminders begins, and how long it is: the days stand free of it."""
    left = SIDE + theme.px(WHEN)
    return left, width - left - SIDE


def paint_head(
    painter: QPainter, rect: QRect, ink: Ink, head: tuple[Head, int, bool], titles: tuple[str, str, str]
) -> None:
    """Chevron, sign, name and count in the colour of the meaning; on the first one the titles of the columns."""
    section, count, folded = head
    painter.fillRect(rect, ink.colours["side"])
    painter.fillRect(QRect(0, rect.bottom(), rect.width(), 1), ink.colours["line"])
    painter.setRenderHint(painter.RenderHint.Antialiasing)
    _chevron(painter, QPointF(SIDE + 4, rect.center().y() + 0.5), ink, folded=folded)
    painter.setRenderHint(painter.RenderHint.Antialiasing, False)
    left = SIDE + 18
    if section.drawing:
        picture = ink.drawing(section.drawing, section.ink)
        painter.drawPixmap(left, rect.center().y() - 6, picture)
        left += 22
    painter.setFont(ink.fonts["strong"])
    painter.setPen(ink.colours[section.ink or "text"])
    painter.drawText(QRect(left, rect.top(), rect.width(), rect.height()), MIDDLE, section.title)
    left += ink.measure("strong", section.title) + 8
    if not section.ink:
        painter.setFont(ink.fonts["normal"])
        painter.setPen(ink.colours["muted"])
    painter.drawText(QRect(left, rect.top(), rect.width(), rect.height()), MIDDLE, f"{count:n}")
    painter.setFont(ink.fonts["small"])
    painter.setPen(ink.colours["muted"])
    for at, title in zip(columns(rect.width()), titles, strict=True):
        painter.drawText(QRect(at, rect.top(), rect.width(), rect.height()), MIDDLE, title)


def _chevron(painter: QPainter, centre: QPointF, ink: Ink, *, folded: bool) -> None:
    if not folded:
        paint.chevron(painter, centre, ink.colours["text"])
        return
    painter.save()
    painter.translate(centre)
    painter.rotate(-90)
    paint.chevron(painter, QPointF(0, 0), ink.colours["text"])
    painter.restore()


def paint_entry(painter: QPainter, rect: QRect, ink: Ink, entry: Entry, *, here: bool, marked: bool) -> None:
    """When and how late · what about whom · the number · their time · what it is."""
    phone, there, kind = columns(rect.width())
    day = theme.px(WHEN)
    what = SIDE + day
    colour = ink.colours[entry.ink or "text"]
    _pair(painter, QRect(SIDE, rect.top(), day - GAP // 2, rect.height()), ink, (entry.when, entry.late),
          ("normal", colour, colour))  # fmt: skip
    if marked:
        ink.check(painter, QPoint(what, rect.center().y()), checked=True)
        what += 26
    _pair(painter, QRect(what, rect.top(), phone - GAP - what, rect.height()), ink, (entry.name, entry.second),
          ("name", ink.colours["text"], ink.colours["muted"]))  # fmt: skip
    painter.setFont(ink.fonts["normal"])
    painter.setPen(ink.colours["text"])
    painter.drawText(QRect(phone, rect.top(), there - phone, rect.height()), MIDDLE, entry.phone)
    painter.drawText(QRect(there, rect.top(), kind - there, rect.height()), MIDDLE, entry.there)
    if entry.kind:
        _kind(painter, QRect(kind, rect.top(), rect.width() - kind - 4, rect.height()), ink, entry, here=here)


def _kind(painter: QPainter, room: QRect, ink: Ink, entry: Entry, *, here: bool) -> None:
    words = ink.shortened("small", entry.kind, room.width() - 12)
    if entry.tag:
        box = QRectF(room.left(), room.center().y() - 10, ink.measure("small", words) + 12, 20)
        painter.setRenderHint(painter.RenderHint.Antialiasing)
        paint.box(painter, box, ground=ink.colours["base" if here else "chip"], round_by=paint.TAG)
        painter.setRenderHint(painter.RenderHint.Antialiasing, False)
    painter.setFont(ink.fonts["small"])
    painter.setPen(ink.colours["chip_text" if entry.tag else "muted"])
    painter.drawText(room.adjusted(6, 0, 0, 0), MIDDLE, words)


def _pair(painter: QPainter, room: QRect, ink: Ink, said: tuple[str, str], looks: tuple[str, QColor, QColor]) -> None:
    """Two lines one over the other; a single one stands in the middle."""
    font, above, below = looks
    first, second = said
    high = ink.metrics[font].height()
    middle = room.top() + (room.height() * 32 // 100 if second else room.height() // 2)
    painter.setFont(ink.fonts[font])
    painter.setPen(above)
    painter.drawText(QRect(room.left(), middle - high // 2, room.width(), high), MIDDLE,
                     ink.shortened(font, first, room.width()))  # fmt: skip
    if second:
        high = ink.metrics["small"].height()
        painter.setFont(ink.fonts["small"])
        painter.setPen(below)
        painter.drawText(QRect(room.left(), room.top() + room.height() * 72 // 100 - high // 2, room.width(), high),
                         MIDDLE, ink.shortened("small", second, room.width()))  # fmt: skip
