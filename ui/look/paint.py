"""How the small things are painted: edges of fields, grounds of buttons, rings of the focus, tags."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from ui.look import theme
from ui.look.turned import place_of, straight, turned

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

TAG, FIELD, TILE, DIALOG = 3.0, 4.0, 6.0, 8.0
"""how round corners are"""
BAR = 4
"""pixels: the bar of the row somebody stands on"""
OFF, READ, TYPED = "off", "read", "typed"  # unsaid: states of a field


def begin(widget: QWidget) -> QPainter:
    """A painter on the widget, with smooth edges."""
    painter = QPainter(widget)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    return painter


def begin_turned(widget: QWidget) -> QPainter:
    """The same for whoever lays its parts out from the left by itself: at the other side where lines go leftwards."""
    return turned(begin(widget), widget)


def box(
    painter: QPainter, rect: QRectF, *, ground: QColor | None = None, edge: QColor | None = None, width: float = 1,
    round_by: float = FIELD,
) -> None:  # fmt: skip
    """A rectangle with round corners; its edge lies inside."""
    painter.setBrush(ground if ground is not None else Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(edge, width) if edge is not None else Qt.PenStyle.NoPen)
    inside = width / 2 if edge is not None else 0
    painter.drawRoundedRect(rect.adjusted(inside, inside, -inside, -inside), round_by, round_by)


def field(painter: QPainter, widget: QWidget, rect: QRect, state: str, *, focus: bool, wrong: bool) -> None:
    """Where something is typed: a hairline with a stronger lower edge, 2 px of accent with the focus."""
    worn = theme.theme_of(widget)
    room = QRectF(rect)
    if state != TYPED:
        box(painter, room, ground=QColor(worn.tile))
    else:
        box(painter, room, ground=QColor(worn.field), edge=QColor(worn.border if worn.high else worn.line))
    if wrong:
        box(painter, room, edge=QColor(worn.overdue), width=worn.ring if focus else worn.ring - 0.5)
    elif focus:
        box(painter, room, edge=QColor(worn.accent), width=worn.ring)
    elif state == TYPED:
        _lower_edge(painter, room, QColor(worn.border))


def _lower_edge(painter: QPainter, room: QRectF, ink: QColor) -> None:
    bottom, corner = room.bottom() - 0.5, FIELD
    path = QPainterPath(QPointF(room.left() + 0.8, bottom - corner / 2))
    path.quadTo(room.left() + 1, bottom, room.left() + corner, bottom)
    path.lineTo(room.right() - corner, bottom)
    path.quadTo(room.right() - 1, bottom, room.right() - 0.8, bottom - corner / 2)
    painter.setPen(QPen(ink, 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(path)


def ring(painter: QPainter, widget: QWidget, rect: QRectF, round_by: float) -> None:
    """The focus of what is pressed: 2 px of accent around it, 3 in high contrast."""
    worn = theme.theme_of(widget)
    box(painter, rect, edge=QColor(worn.accent), width=worn.ring, round_by=round_by)


def within_ring(widget: QWidget, room: QRectF) -> QRectF:
    """The room that the ring leaves, a pixel apart from it."""
    apart = theme.theme_of(widget).ring + 1
    return room.adjusted(apart, apart, -apart, -apart)


def cursor(
    painter: QPainter, widget: QWidget, room: QRect, *, focus: bool, first: bool = True, last: bool = True
) -> None:  # fmt: skip
    """The row somebody stands on: soft with a bar of accent; while the keys go elsewhere idle with a quiet bar. In high
    contrast the one with the focus has an edge all round. A row of cells has the bar before the `first` of them.
    """
    worn = theme.theme_of(widget)
    painter.fillRect(room, QColor(worn.soft if focus else worn.idle))
    ink = QColor(worn.accent if focus else worn.border)
    if first:
        painter.fillRect(QRect(room.left(), room.top(), BAR, room.height()), ink)
    if worn.high and focus:
        painter.fillRect(QRect(room.left(), room.top(), room.width(), worn.ring), ink)
        painter.fillRect(QRect(room.left(), room.bottom() + 1 - worn.ring, room.width(), worn.ring), ink)
        if last:
            painter.fillRect(QRect(room.right() + 1 - worn.ring, room.top(), worn.ring, room.height()), ink)


def chevron(painter: QPainter, centre: QPointF, ink: QColor, *, down: bool = True, size: float = 4) -> None:
    """The small angle of a drop-down."""
    turn = 1 if down else -1
    path = QPainterPath(centre + QPointF(-size, -turn * size / 2))
    path.lineTo(centre + QPointF(0, turn * size / 2))
    path.lineTo(centre + QPointF(size, -turn * size / 2))
    painter.setPen(QPen(ink, 1.5, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(path)


def check(painter: QPainter, rect: QRectF, ink: QColor) -> None:
    """The sign in a box that is checked."""
    painter, rect = straight(painter), place_of(painter, rect)
    path = QPainterPath(QPointF(rect.left() + rect.width() * 0.22, rect.top() + rect.height() * 0.52))
    path.lineTo(rect.left() + rect.width() * 0.43, rect.top() + rect.height() * 0.73)
    path.lineTo(rect.left() + rect.width() * 0.79, rect.top() + rect.height() * 0.29)
    painter.setPen(QPen(ink, 1.8, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(path)
