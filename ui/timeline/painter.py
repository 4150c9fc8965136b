"""How an entry of a timeline is painted: a sign, what it says, whole; small when, how long and who; the pin."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui.lists.row_ink import DRAWING, Ink
from ui.look import paint, theme
from ui.look.plain import kept_to_itself
from ui.look.turned import draw_layout, turned
from ui.timeline import words
from ui.timeline.note_text import INDENT, Line, Piece
from ui.widgets.entries_view import ROW

if TYPE_CHECKING:
    from collections.abc import Sequence

    from channergy_crm.services.timeline.sources import Entry
    from ui.timeline.rows import Row

Index = QModelIndex | QPersistentModelIndex
HEAD, SIDE, COLUMN, BETWEEN, PIN = 22, 12, 24, 8, 28
"""pixels: a heading, the edge, the column of signs, between two entries, the accent of the cursor, room of the pin"""


class EntryPainter(QStyledItemDelegate):
    """Paints headings and entries; how high one is at a width it keeps."""

    def __init__(self, grid: QAbstractItemView) -> None:
        super().__init__(grid)
        self._grid = grid
        self.side = SIDE
        """pixels at either side; 0 where the list itself is moved in"""
        self._ink: Ink | None = None
        self._heights: dict[tuple[object, ...], int] = {}

    def renew(self) -> None:
        """Letters or colours are others now."""
        self._ink = None
        self._heights.clear()

    def forget(self) -> None:
        """Entries say something else now."""
        self._heights.clear()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        row: Row = index.data(ROW)
        width = self._grid.viewport().width()
        if row.entry is None:
            return QSize(width, theme.px(HEAD, self._grid) + (BETWEEN // 2 if index.row() else 0))
        key = (row.entry.kind, row.entry.number, row.pinned, width)
        if key not in self._heights:
            self._heights[key] = round(sum(map(_height, self._laid_out(row, width)))) + BETWEEN
        return QSize(width, self._heights[key])

    def pin_room(self, room: QRect) -> QRect:
        """Where the pin of an entry is pressed."""
        return QRect(room.right() - PIN, room.top(), PIN, min(PIN, room.height()))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter = turned(painter, self._grid.viewport())
        row: Row = index.data(ROW)
        room = QRect(option.rect)
        painter.save()
        if row.entry is None:
            self._paint_heading(painter, room, row)
        else:
            self._paint_entry(painter, option, room, row, row.entry)
        painter.restore()

    def _paint_heading(self, painter: QPainter, room: QRect, row: Row) -> None:
        ink = self._inks()
        left = room.left() + self.side
        painter.setFont(_bold(ink.fonts["small"]))
        painter.setPen(ink.colours["muted"])
        if row.pinned:
            painter.drawPixmap(QPoint(left, room.bottom() - DRAWING - 2), ink.drawing("pin", "muted"))
            left += COLUMN
        side = Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft
        painter.drawText(QRect(left, room.top(), room.right() - left, room.height() - 3), side, row.heading)

    def _paint_entry(
        self, painter: QPainter, option: QStyleOptionViewItem, room: QRect, row: Row, entry: Entry
    ) -> None:
        ink, states, focus = self._inks(), QStyle.StateFlag, self._grid.hasFocus()
        chosen, over = option.state & states.State_Selected, option.state & states.State_MouseOver
        if chosen:
            paint.cursor(painter, self._grid, room, focus=focus)
        elif over:
            painter.fillRect(room, ink.colours["hover"])
        line = ink.metrics["normal"].height()
        at = QPoint(room.left() + self.side, room.top() + BETWEEN // 2 + (line - DRAWING) // 2)
        painter.drawPixmap(at, ink.drawing(words.sign(entry), "done" if entry.done else "muted"))
        if entry.kind == "note" and (entry.pinned or chosen or over):
            pin = self.pin_room(room)
            place = QPoint(pin.left() + (PIN - DRAWING) // 2, at.y())
            painter.drawPixmap(place, ink.drawing("pin", "text" if entry.pinned else "muted"))
        place_f = QPointF(room.left() + self.side + COLUMN, room.top() + BETWEEN / 2)
        for layout in self._laid_out(row, room.width()):
            draw_layout(painter, layout, place_f)
            place_f += QPointF(0, _height(layout))

    def _laid_out(self, row: Row, width: int) -> list[QTextLayout]:
        """What stands below one another."""
        entry, ink = row.entry, self._inks()
        if entry is None:
            return []
        room = max(width - 2 * self.side - COLUMN - (PIN - self.side if entry.kind == "note" else 0), 60)
        undone = entry.step is not None and entry.step.undone
        laid = []
        for line, quiet in words.lines(entry):
            colour = ink.colours["muted" if quiet or undone else "text"]
            laid.append(_layout(ink.fonts["normal"], line, colour, room))
        small = Line([Piece(words.small(entry, with_day=row.pinned))])
        return [*laid, _layout(ink.fonts["small"], small, ink.colours["muted"], room)]

    def _inks(self) -> Ink:
        if self._ink is None:
            self._ink = Ink(self._grid)
        return self._ink


def _bold(font: QFont) -> QFont:
    bold = QFont(font)
    bold.setBold(True)
    return bold


def _layout(font: QFont, line: Line, ink: QColor, width: int) -> QTextLayout:
    """The words of a line, whole, in as many lines as they take; those of a list stand behind its sign."""
    pieces = [Piece(f"{line.sign}  "), *line.pieces] if line.sign else line.pieces
    text, formats = _put_together(pieces, ink)
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    option.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute)
    layout.setTextOption(option)
    layout.setFormats(formats)
    layout.beginLayout()
    high = 0.0
    while (row := layout.createLine()).isValid():
        inside = INDENT if line.sign and high else 0
        row.setLineWidth(width - inside)
        row.setPosition(QPointF(inside, high))
        high += row.height()
    layout.endLayout()
    return layout


def _put_together(pieces: Sequence[Piece], ink: QColor) -> tuple[str, list[QTextLayout.FormatRange]]:
    text, formats = "", []
    for piece in pieces:
        clean = kept_to_itself(piece.text)
        form = QTextCharFormat()
        form.setForeground(ink)
        if piece.bold:
            form.setFontWeight(QFont.Weight.Bold)
        form.setFontItalic(piece.italic)
        part = QTextLayout.FormatRange()
        part.start, part.length, part.format = len(text), len(clean), form
        formats.append(part)
        text += clean
    return text, formats


def _height(layout: QTextLayout) -> float:
    return layout.boundingRect().height()
