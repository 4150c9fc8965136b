"""Right to left: what paints its own parts paints as ever; where the language is written leftwards that is turned.

Whoever paints thinks from left to right. In a window that is laid out from right to left the painter it is given puts
every rectangle, line and drawing at the other side of its room; words and drawings themselves are not turned round.
Rectangles that Qt tells (of a tab, a column, a child) are at their place already: `across` takes them back first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast
from unicodedata import bidirectional

from PySide6.QtCore import QLine, QLineF, QPoint, QPointF, QRect, QRectF
from PySide6.QtGui import QPainter, QPainterPath, QTransform

if TYPE_CHECKING:
    from PySide6.QtGui import QIcon, QTextLayout
    from PySide6.QtWidgets import QWidget

LTR_BEGINS, ISOLATE_ENDS = "\u2066", "\u2069"
LEFTWARDS = {"R", "AL"}
"""kinds of letters, as Unicode calls them"""
Told = Any
"""what a painter of Qt's is told, in one of its many ways"""


def across(widget: QWidget, rect: QRect) -> QRect:
    """A rectangle of Qt's in a widget as whoever paints it thinks of it, or the other way round."""
    return _mirrored(rect, widget.width()) if widget.isRightToLeft() else rect


def _mirrored(rect: QRect, width: int) -> QRect:
    return QRect(width - rect.x() - rect.width(), rect.y(), rect.width(), rect.height())


def turned_point(widget: QWidget, at: QPointF) -> QPointF:
    """A point in a widget as whoever paints it thinks of it: where a hand is, in what is painted turned."""
    return QPointF(widget.width() - at.x(), at.y()) if widget.isRightToLeft() else at


def in_row(text: str) -> str:
    """A number, a date or a code: its parts stay in their order also among words from right to left."""
    return f"{LTR_BEGINS}{text}{ISOLATE_ENDS}" if text else text


def kept_in_row(text: str) -> str:
    """The same; without a letter written leftwards it is a number, a date, a code, or a name in other letters."""
    return text if not text or any(bidirectional(sign) in LEFTWARDS for sign in text) else in_row(text)


def turned(painter: QPainter, widget: QWidget, within: QRect | None = None) -> QPainter:
    """The painter, or in a window from right to left one that puts everything at the other side of the room: that of
    the widget, or the one it paints `within`.
    """
    if not widget.isRightToLeft() or isinstance(painter, Turned):
        return painter
    room = within if within is not None else widget.rect()
    return cast("QPainter", Turned(painter, room.left() + room.right() + 1))


def straight(painter: QPainter) -> QPainter:
    """Qt's own painter, for what Qt paints by itself."""
    return painter.real if isinstance(painter, Turned) else painter


def place_of(painter: QPainter, rect: QRectF) -> QRectF:
    """Where a rectangle comes to stand with this painter."""
    return painter.moved(rect) if isinstance(painter, Turned) else rect


def draw_icon(painter: QPainter, icon: QIcon, rect: QRect, *told: Told) -> None:
    """Paint a drawing into a room."""
    icon.paint(straight(painter), place_of(painter, QRectF(rect)).toRect(), *told)


def draw_layout(painter: QPainter, layout: QTextLayout, at: QPointF) -> None:
    """Paint laid-out words from there on."""
    place = place_of(painter, QRectF(at.x(), at.y(), layout.boundingRect().width(), 1))
    layout.draw(straight(painter), QPointF(place.x(), at.y()))


class Turned:
    """Qt's painter, but at the other side: `width` is the left and the right end of the room together."""

    def __init__(self, real: QPainter, width: float) -> None:
        self.real, self._width, self._held = real, width, list[float]()

    def __getattr__(self, name: str) -> Told:
        return getattr(self.real, name)

    def moved(self, rect: QRectF) -> QRectF:
        """The same at the other side."""
        return QRectF(self._width - rect.x() - rect.width(), rect.y(), rect.width(), rect.height())

    def _there(self, what: Told) -> Told:
        """What is told, at the other side, if it is a place."""
        if isinstance(what, QRectF):
            return self.moved(what)
        if isinstance(what, QRect):
            return _mirrored(what, round(self._width))
        if isinstance(what, QPoint | QPointF):
            return QPointF(self._width - what.x(), what.y())
        if isinstance(what, QLine | QLineF):
            return QLineF(self._there(QPointF(what.p1())), self._there(QPointF(what.p2())))
        if isinstance(what, QPainterPath):
            return QTransform(-1, 0, 0, 1, self._width, 0).map(what)
        return what

    def _rect_of(self, told: tuple[Told, ...]) -> tuple[Told, ...]:
        if len(told) >= 4 and all(isinstance(each, int | float) for each in told[:4]):
            return self.moved(QRectF(*told[:4])), *told[4:]
        return self._there(told[0]), *told[1:]

    def save(self) -> None:
        """Keep how things stand."""
        self._held.append(self._width)
        self.real.save()

    def restore(self) -> None:
        """As things stood."""
        self._width = self._held.pop()
        self.real.restore()

    def translate(self, *told: Told) -> None:
        """Count from there."""
        at = told[0] if len(told) == 1 else QPointF(*told)
        self.real.translate(self._width - at.x(), at.y())
        self._width = 0.0

    def rotate(self, angle: float) -> None:
        """Turn the other way."""
        self.real.rotate(-angle)

    def fillRect(self, *told: Told) -> None:
        """At the other side."""
        self.real.fillRect(*self._rect_of(told))

    def drawRect(self, *told: Told) -> None:
        """At the other side."""
        self.real.drawRect(*self._rect_of(told))

    def drawRoundedRect(self, *told: Told) -> None:
        """At the other side."""
        self.real.drawRoundedRect(*self._rect_of(told))

    def drawEllipse(self, *told: Told) -> None:
        """At the other side."""
        if isinstance(told[0], QPoint | QPointF):
            self.real.drawEllipse(self._there(told[0]), *told[1:])
        else:
            self.real.drawEllipse(*self._rect_of(told))

    def drawText(self, *told: Told) -> None:
        """At the other side of its room; Qt turns what stands at its left to the right."""
        words: tuple[Told, ...] = tuple(kept_in_row(each) if isinstance(each, str) else each for each in told)
        self.real.drawText(*self._rect_of(words))

    def drawPixmap(self, *told: Told) -> None:
        """At the other side, as it is."""
        if isinstance(told[0], QPoint | QPointF):
            told = (told[0].x(), told[0].y(), told[1])
        if isinstance(told[0], int | float) and len(told) == 3:
            x, y, picture = told
            wide = picture.width() / picture.devicePixelRatio()
            self.real.drawPixmap(QPointF(self._width - x - wide, y), picture)
        else:
            self.real.drawPixmap(*self._rect_of(told))

    def drawImage(self, *told: Told) -> None:
        """At the other side, as it is."""
        self.real.drawImage(self._there(told[0]), *told[1:])

    def drawPath(self, path: QPainterPath) -> None:
        """Turned round."""
        self.real.drawPath(self._there(path))

    def fillPath(self, path: QPainterPath, *told: Told) -> None:
        """Turned round."""
        self.real.fillPath(self._there(path), *told)

    def setClipPath(self, path: QPainterPath, *told: Told) -> None:
        """Turned round."""
        self.real.setClipPath(self._there(path), *told)

    def setClipRect(self, *told: Told) -> None:
        """At the other side."""
        self.real.setClipRect(*self._rect_of(told))

    def drawLine(self, *told: Told) -> None:
        """At the other side."""
        if len(told) == 4:
            told = (QLineF(*told),)
        self.real.drawLine(*(self._there(each) for each in told))
