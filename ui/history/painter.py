"""How an entry of a history is painted: a sign, what was done, each field old → new, small when and by whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui.history import words
from ui.lists.row_ink import DRAWING, Ink
from ui.look import paint, theme
from ui.look.plain import kept_to_itself
from ui.look.turned import draw_layout, turned
from ui.widgets.entries_view import ROW

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ui.history.lines import Row

Index = QModelIndex | QPersistentModelIndex
HEAD, SIDE, COLUMN, BETWEEN = 26, 12, 24, 8
"""pixels: the head of a day, the edge, the column of signs, between two entries, the accent of the cursor"""


class EntryPainter(QStyledItemDelegate):
    """Paints headings and entries; what it lays out for a width it keeps."""

    def __init__(self, grid: QAbstractItemView) -> None:
        super().__init__(grid)
        self._grid = grid
        self._ink: Ink | None = None
        self._heights: dict[tuple[int, int, bool], int] = {}

    def renew(self) -> None:
        """Letters or colours are others now."""
        self._ink = None
        self._heights.clear()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        row: Row = index.data(ROW)
        width = self._grid.viewport().width()
        if row.entry is None:
            return QSize(width, theme.px(HEAD, self._grid))
        key = (row.entry.unit, width, row.entry.undone)
        if key not in self._heights:
            laid = self._laid_out(row, self._words_room(width))
            self._heights[key] = round(sum(_height(each) for each in laid)) + BETWEEN
        return QSize(width, self._heights[key])

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter = turned(painter, self._grid.viewport())
        row: Row = index.data(ROW)
        room, ink = QRect(option.rect), self._inks()
        painter.save()
        if row.entry is None:
            painter.setFont(self._bold_small())
            painter.setPen(ink.colours["muted"])
            side = Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft
            painter.drawText(room.adjusted(SIDE, 0, -SIDE, -3), side, row.day)
            painter.restore()
            return
        self._paint_ground(painter, option, room)
        sign = ink.drawing(words.SIGNS[row.entry.what], "muted")
        line = ink.metrics["normal"].height()
        at = QPoint(room.left() + SIDE, room.top() + BETWEEN // 2 + (line - DRAWING) // 2)
        painter.drawPixmap(at, sign)
        place = QPointF(room.left() + SIDE + COLUMN, room.top() + BETWEEN / 2)
        for layout in self._laid_out(row, self._words_room(room.width())):
            draw_layout(painter, layout, place)
            place += QPointF(0, _height(layout))
        painter.restore()

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, room: QRect) -> None:
        ink, states, focus = self._inks(), QStyle.StateFlag, self._grid.hasFocus()
        if option.state & states.State_Selected:
            paint.cursor(painter, self._grid, room, focus=focus)
        elif option.state & states.State_MouseOver:
            painter.fillRect(room, ink.colours["hover"])

    def _laid_out(self, row: Row, width: int) -> list[QTextLayout]:
        entry, ink = row.entry, self._inks()
        if entry is None:
            return []
        plain = "muted" if entry.undone else "text"
        lines: list[tuple[str, list[tuple[str, str]]]] = [("normal", [(entry.said, plain)])]
        if became := words.became(entry):
            lines.append(("normal", [(became, plain)]))
        for name, before, after in words.fields(entry):
            arrow = f" {words.ARROW} "
            lines.append(("normal", [(f"{name}  ", "muted"), (before, plain), (arrow, "muted"), (after, plain)]))
        lines.append(("small", [(words.when_and_who(entry), "muted")]))
        inked = [(font, [(text, ink.colours[name]) for text, name in pieces]) for font, pieces in lines]
        return [_layout(ink.fonts[font], pieces, width) for font, pieces in inked]

    def _words_room(self, width: int) -> int:
        return max(width - 2 * SIDE - COLUMN, 60)

    def _inks(self) -> Ink:
        if self._ink is None:
            self._ink = Ink(self._grid)
        return self._ink

    def _bold_small(self) -> QFont:
        font = QFont(self._inks().fonts["small"])
        font.setBold(True)
        return font


def _layout(font: QFont, pieces: Sequence[tuple[str, QColor]], width: int) -> QTextLayout:
    """Words in their inks, whole, in as many lines as they take."""
    text, formats = "", []
    for said, ink in pieces:
        clean = kept_to_itself(said)
        form = QTextCharFormat()
        form.setForeground(ink)
        part = QTextLayout.FormatRange()
        part.start, part.length, part.format = len(text), len(clean), form
        formats.append(part)
        text += clean
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    option.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute)
    layout.setTextOption(option)
    layout.setFormats(formats)
    layout.beginLayout()
    high = 0.0
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        line.setPosition(QPointF(0, high))
        high += line.height()
    layout.endLayout()
    return layout


def _height(layout: QTextLayout) -> float:
    return layout.boundingRect().height()
