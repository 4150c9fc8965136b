"""How *More information* is painted: heads with their count, under them a sign, a name and a few facts at the right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QPainter  # noqa: TC002  as the other painters
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui.lists.row_ink import DRAWING, Ink
from ui.look import paint, theme
from ui.look.plain import kept_to_itself
from ui.look.turned import turned
from ui.more import rows
from ui.more.rows import All
from ui.widgets.entries_view import ROW

if TYPE_CHECKING:
    from ui.more.rows import Row

Index = QModelIndex | QPersistentModelIndex
HEAD, HIGH, SIDE, COLUMN, GAP = 32, 28, 12, 24, 12
"""pixels at 9 pt: a head, a row, the edge, the column of signs, the bar of the cursor, between name and facts"""
LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
SIGNS = {"note": "note", "document": "document", "message": "email"}


class LinkedPainter(QStyledItemDelegate):
    """Paints heads and rows; the verbs of a group stand in its head, as buttons of their own."""

    def __init__(self, grid: QAbstractItemView) -> None:
        super().__init__(grid)
        self._grid = grid
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
        room = QRect(option.rect)
        painter.save()
        if row.entry is None:
            self._paint_head(painter, room, row)
        else:
            self._paint_row(painter, option, room, row)
        painter.restore()

    def _paint_head(self, painter: QPainter, room: QRect, row: Row) -> None:
        ink, group = self._inks(), row.group
        painter.setFont(ink.fonts["strong"])
        painter.setPen(ink.colours["text"])
        words = QRect(room.left() + SIDE, room.top(), room.width() - 2 * SIDE, room.height())
        painter.drawText(words, LEFT, group.title)
        words.setLeft(words.left() + ink.measure("strong", group.title) + 8)
        painter.setFont(ink.fonts["small"])
        painter.setPen(ink.colours["muted"])
        painter.drawText(words, LEFT, rows.how_many(group))

    def _paint_row(self, painter: QPainter, option: QStyleOptionViewItem, room: QRect, row: Row) -> None:
        ink, states, focus = self._inks(), QStyle.StateFlag, self._grid.hasFocus()
        if option.state & states.State_Selected:
            paint.cursor(painter, self._grid, room, focus=focus)
        elif option.state & states.State_MouseOver:
            painter.fillRect(room, ink.colours["hover"])
        words = room.adjusted(SIDE + COLUMN, 0, -SIDE, 0)
        if isinstance(row.entry, All) or row.entry is None:
            painter.setFont(ink.fonts["normal"])
            painter.setPen(ink.colours["accent_text"])
            painter.drawText(words, LEFT, rows.said(row))
            return
        sign = SIGNS.get(row.group.name) or (row.group.record.about.icon if row.group.record is not None else "")
        if sign:
            at = room.center().y() - DRAWING // 2
            painter.drawPixmap(room.left() + SIDE, at, ink.drawing("check" if row.entry.done else sign, "muted"))
        told = kept_to_itself(rows.facts(row.entry))
        painter.setFont(ink.fonts["small"])
        painter.setPen(ink.colours["muted"])
        most = words.width() * 3 // 5
        short = ink.shortened("small", told, most)
        painter.drawText(words, RIGHT, short)
        words.setRight(words.right() - (ink.measure("small", short) + GAP if short else 0))
        painter.setFont(ink.fonts["normal"])
        painter.setPen(ink.colours["muted" if row.entry.done else "text"])
        painter.drawText(words, LEFT, ink.shortened("normal", kept_to_itself(row.entry.said), words.width()))

    def _inks(self) -> Ink:
        if self._ink is None:
            self._ink = Ink(self._grid)
        return self._ink
