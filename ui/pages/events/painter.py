"""How the list of rules is painted: heads of sections, and each rule in two lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui.lists.row_ink import DRAWING, Ink
from ui.lists.section_painter import paint_head
from ui.look import paint, theme
from ui.look.turned import turned
from ui.widgets.entries_view import ROW

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

    from ui.pages.events.rows import Line, Row

Index = QModelIndex | QPersistentModelIndex
HIGH, HEAD, SIDE, BAR, GAP, SIGN = 44, 32, 16, 4, 12, 18
LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight


class RulePainter(QStyledItemDelegate):
    """The name and what it makes open; smaller what it does and what of that is late."""

    def __init__(self, grid: QAbstractItemView) -> None:
        super().__init__(grid)
        self._grid = grid
        self.side = SIDE
        """pixels at either side"""
        self._ink: Ink | None = None

    def renew(self) -> None:
        """Letters or colours are others now."""
        self._ink = None

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        row: Row = index.data(ROW)
        return QSize(self._grid.viewport().width(), theme.px(HEAD if row.entry is None else HIGH, self._grid))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter = turned(painter, self._grid.viewport())
        row: Row = index.data(ROW)
        if self._ink is None:
            self._ink = Ink(self._grid)
        room = QRect(option.rect)
        painter.save()
        if row.entry is None and row.head is not None:
            paint_head(painter, room, self._ink, (row.head, row.below, row.folded), ("", "", ""))
        elif row.entry is not None:
            self._paint_ground(painter, option, room, self._ink)
            self._paint_rule(painter, room, self._ink, row.entry)
        painter.restore()

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, room: QRect, ink: Ink) -> None:
        focus = self._grid.hasFocus()
        if option.state & QStyle.StateFlag.State_Selected:
            paint.cursor(painter, self._grid, room, focus=focus)
            return
        if option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(room, ink.colours["hover"])
        hair = QRect(room.left() + self.side, room.bottom(), room.width() - 2 * self.side, 1)
        painter.fillRect(hair, ink.colours["hair"])

    def _paint_rule(self, painter: QPainter, room: QRect, ink: Ink, line: Line) -> None:
        side = self.side or BAR // 2 * 3
        upper = QRect(room.left() + side, room.top() + 4, room.width() - 2 * side, room.height() // 2 - 2)
        lower = QRect(upper.left(), room.top() + room.height() // 2, upper.width(), room.height() // 2 - 4)
        quiet = "muted" if line.off else "text"
        self._pair(painter, upper, ink, (line.name, line.aside), ("name", quiet, quiet))
        late = "overdue" if line.late else "muted"
        self._pair(painter, lower, ink, (line.sentence, line.below), ("small", "muted", late))
        if line.late:
            at = lower.right() - ink.measure("small", line.below) - SIGN
            painter.drawPixmap(at, lower.center().y() - DRAWING // 2 + 1, ink.drawing("warning", "overdue"))

    def _pair(
        self, painter: QPainter, room: QRect, ink: Ink, said: tuple[str, str], look: tuple[str, str, str]
    ) -> None:  # fmt: skip
        """What stands at the left gives way to what stands at the right."""
        (left, right), (font, ink_left, ink_right) = said, look
        aside = "normal" if font == "name" else font
        taken = ink.measure(aside, right) + GAP + (SIGN if ink_right == "overdue" else 0) if right else 0
        painter.setFont(ink.fonts[font])
        painter.setPen(ink.colours[ink_left])
        painter.drawText(room, LEFT, ink.shortened(font, left, room.width() - taken))
        painter.setFont(ink.fonts[aside])
        painter.setPen(ink.colours[ink_right])
        painter.drawText(room, RIGHT, right)
