"""How document lines are drawn: rows one types into, group heads, sums, the sign that there is too little (VT-142)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPalette
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from channergy_crm.language import _
from ui.look import paint, theme
from ui.look.icons import icon
from ui.look.turned import across, draw_icon
from ui.pages.sales import cells
from ui.pages.sales.cells import CODE, GRIP, NAME, PLACE, STOCK, TOTAL
from ui.pages.sales.lines import ADD, LINE
from ui.pages.sales.product_cell import ProductLine
from ui.pages.sales.view import PADDING
from ui.widgets.fields import LineField
from ui.widgets.views import LEFT, RIGHT

if TYPE_CHECKING:
    from ui.pages.sales.lines import Line
    from ui.pages.sales.model import AnyIndex, LinesModel
    from ui.pages.sales.view import LinesView

DOT, LEAST_MORE, MORE = 2, 60, 24
"""pixels: beside a chosen line, of the grip, what is worth a longer text, the button for it"""
QUIET = {PLACE, CODE, STOCK}
GOES = {
    Qt.Key.Key_Tab: "next", Qt.Key.Key_Backtab: "back", Qt.Key.Key_Return: "below", Qt.Key.Key_Enter: "below",
}  # fmt: skip
ENTERS = {Qt.Key.Key_Return, Qt.Key.Key_Enter}
NO_KEYPAD = ~Qt.KeyboardModifier.KeypadModifier


class LinesPainter(QStyledItemDelegate):
    """Draws the rows and opens the editors of their cells.

    A row is drawn as a whole: asked cell by cell, a screen full of them would take longer than a key may (VT-142).
    """

    def __init__(self, grid: LinesView) -> None:
        super().__init__(grid)
        self._grid = grid
        self._inks: dict[str, QColor] = {}
        self._plain = self._bold = grid.font()
        self._letter = 1
        self._columns: list[tuple[int, int, int]] = []
        self._active = False

    def draw(self, painter: QPainter, room: QRect) -> None:
        """The rows in this part of the grid, in the colours and letters of the moment."""
        grid, model = self._grid, self._grid.cells
        last = model.rowCount() - 1
        first, ends = grid.rowAt(room.top()), grid.rowAt(room.bottom())
        if last < 0 or first < 0:
            return
        self._inks.clear()
        self._plain, self._bold, self._active = grid.font(), theme.strong(grid.font()), grid.hasFocus()
        self._letter = max(QFontMetrics(self._bold).horizontalAdvance("W"), 1)
        self._columns = [(column, grid.begins(column), grid.columnWidth(column))
                         for column in range(model.columnCount()) if not grid.isColumnHidden(column)]  # fmt: skip
        picked = grid.selectionModel()
        current, wide = grid.currentIndex(), grid.viewport().width()
        for row in range(first, (ends if ends >= 0 else last) + 1):
            whole = QRect(0, grid.rowViewportPosition(row), wide, grid.rowHeight(row))
            self._draw_row(painter, model, row, whole, chosen=picked.isRowSelected(row))
            if self._active and row == current.row() and model.row(row).kind == LINE:
                painter.setPen(self._ink("accent"))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRect(across(grid.viewport(), grid.visualRect(current)).adjusted(0, 0, -1, -1))

    def _ink(self, name: str) -> QColor:
        if name not in self._inks:
            self._inks[name] = theme.colour(self._grid, name)
        return self._inks[name]

    def _cell(self, whole: QRect, column: int) -> QRect:
        grid = self._grid
        return QRect(grid.begins(column), whole.top(), grid.columnWidth(column), whole.height())

    def _draw_row(self, painter: QPainter, model: LinesModel, row: int, whole: QRect, *, chosen: bool) -> None:
        held, line = model.row(row), model.line(row)
        chosen = chosen and held.kind != ADD
        self._ground(painter, model, row, whole, chosen=chosen)
        painter.setFont(self._plain)
        if held.kind == ADD:
            words = self._grid.span(whole, CODE, GRIP)
            words.setRight(self._grid.ways_begin() - PADDING)
            self._say(painter, words, _("Type a product, a code or a sentence"), "muted", LEFT)
        elif line is None:
            self._draw_sum(painter, model, row, whole)
        elif line.is_item:
            self._draw_item(painter, model, row, line, whole)
        else:
            self._draw_words(painter, model, row, line, whole)
        if line is not None and not model.lines.locked:
            self._draw_grip(painter, self._cell(whole, GRIP))

    def _ground(self, painter: QPainter, model: LinesModel, row: int, whole: QRect, *, chosen: bool) -> None:
        line = model.line(row)
        if chosen:
            paint.cursor(painter, self._grid, whole, focus=self._active)
        elif line is not None and line.is_heading:
            painter.fillRect(whole, self._ink("side"))
        strong = line is None or (row + 1 < model.rowCount() and model.row(row + 1).kind == ADD)
        hair = QRect(whole.left(), whole.bottom(), whole.width(), 1)
        painter.fillRect(hair, self._ink("line" if strong else "hair"))

    def _draw_sum(self, painter: QPainter, model: LinesModel, row: int, whole: QRect) -> None:
        self._say(painter, self._grid.span(whole, NAME, TOTAL), model.text(row, NAME), "muted", RIGHT)
        painter.setFont(self._bold)
        self._say(painter, self._grid.span(whole, TOTAL, GRIP), model.text(row, TOTAL), "text", RIGHT)

    def _draw_words(self, painter: QPainter, model: LinesModel, row: int, line: Line, whole: QRect) -> None:
        grid = self._grid
        if line.is_heading:
            self._draw_fold(painter, self._cell(whole, PLACE), folded=line.id in model.lines.folded)
            painter.setFont(self._bold)
            self._say(painter, grid.span(whole, TOTAL, GRIP), model.text(row, TOTAL), "text", RIGHT)
        room = grid.span(whole, CODE, TOTAL) if line.is_heading else grid.span(whole, NAME, GRIP)
        self._draw_name(painter, model, row, line, room)

    def _draw_item(self, painter: QPainter, model: LinesModel, row: int, line: Line, whole: QRect) -> None:
        wrong, current = model.lines.wrong, self._grid.currentIndex().row()
        for column, left, wide in self._columns:
            room = QRect(left, whole.top(), wide, whole.height())
            if column == NAME:
                room.setRight(room.right() - (MORE if row == current else 0))
                self._draw_name(painter, model, row, line, room)
            elif column != GRIP and (text := model.text(row, column)):
                ink = "muted" if column in QUIET else "text"
                if wrong and model.wrong(row, column):
                    ink = "overdue"
                if column == STOCK and model.is_short(line):
                    ink = "soon"
                    self._draw_short(painter, room, text)
                self._say(painter, room, text, ink, RIGHT if column in cells.RIGHT else LEFT)

    def _draw_short(self, painter: QPainter, room: QRect, text: str) -> None:
        words = QFontMetrics(self._plain).horizontalAdvance(text)
        sign = QRect(room.right() - PADDING - words - 20, room.center().y() - 6, 14, 14)
        draw_icon(painter, icon("warning", inked(self._grid, "soon")), sign)

    def _draw_name(self, painter: QPainter, model: LinesModel, row: int, line: Line, room: QRect) -> None:
        """What it is called, and as much of the longer text as there is room for."""
        text = model.text(row, NAME)
        self._say(painter, room, text, "overdue" if model.lines.wrong and model.wrong(row, NAME) else "text", LEFT)
        if not line.description:
            return
        taken = painter.fontMetrics().horizontalAdvance(text) + (2 * PADDING if text else 0)
        if room.width() - taken > LEAST_MORE:
            painter.setFont(theme.small(self._plain))
            more = " ".join(line.description.split())
            self._say(painter, room.adjusted(taken, 0, 0, 0), more, "muted", LEFT)
            painter.setFont(self._plain)

    def _say(self, painter: QPainter, room: QRect, text: str, ink: str, side: Qt.AlignmentFlag) -> None:
        if not text:
            return
        inside = room.adjusted(PADDING, 0, -PADDING, 0)
        if len(text) * self._letter > inside.width():
            letters = painter.fontMetrics()
            if letters.horizontalAdvance(text) > inside.width():
                text = letters.elidedText(text, Qt.TextElideMode.ElideRight, inside.width())
        painter.setPen(self._ink(ink))
        painter.drawText(inside, side, text)

    def _draw_fold(self, painter: QPainter, room: QRect, *, folded: bool) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle, ink = QRectF(room).center(), self._ink("text")
        if folded:
            painter.translate(middle)
            painter.rotate(-90)
            paint.chevron(painter, QRectF(0, 0, 0, 0).center(), ink)
        else:
            paint.chevron(painter, middle, ink)
        painter.restore()

    def _draw_grip(self, painter: QPainter, room: QRect) -> None:
        ink, middle = self._ink("faint"), room.center()
        for aside in (-3, 2):
            for down in (-5, -1, 3):
                painter.fillRect(QRect(middle.x() + aside, middle.y() + down, DOT, DOT), ink)

    # Typing

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: AnyIndex) -> QWidget:
        grid, column = self._grid, index.column()
        row = grid.cells.row(index)
        line = grid.cells.line(index)
        products = column == NAME and (row.kind == ADD or (line is not None and line.is_item))
        editor = ProductLine(grid.products, parent) if products else LineField(parent)
        editor.setObjectName(f"{grid.objectName()}.editor")
        editor.setAccessibleName(_(cells.SAID[column]))
        if column in cells.RIGHT:
            editor.setAlignment(RIGHT)
        if isinstance(editor, ProductLine):
            editor.taken.connect(lambda number: grid.take_product(number))
        return editor

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """As wide as its cell; the name of what costs nothing, and of what is new, as wide as there is room."""
        viewport = self._grid.viewport()
        room, row = across(viewport, QRect(option.rect)), self._grid.cells.row(index)
        line = self._grid.cells.line(index)
        if row.kind == ADD:
            room = self._grid.span(room, CODE, GRIP)
            room.setRight(self._grid.ways_begin() - PADDING)
        elif index.column() == NAME and line is not None and not line.is_item:
            room = self._grid.span(room, CODE if line.is_heading else NAME, TOTAL)
        editor.setGeometry(across(viewport, room))

    def setEditorData(self, editor: Any, index: AnyIndex) -> None:
        editor.setText(self._grid.cells.text(index.row(), index.column()))
        editor.selectAll()

    def setModelData(self, editor: Any, model: Any, index: AnyIndex) -> None:
        if not (isinstance(editor, ProductLine) and editor.is_taken):
            model.setData(index, editor.text())

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """Tab and Enter go on to the next cell; the list of products has its keys first."""
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress or not isinstance(editor, QWidget):
            return super().eventFilter(editor, event)
        if isinstance(editor, ProductLine) and editor.took(event):
            return True
        if event.key() in ENTERS and event.modifiers() & NO_KEYPAD == Qt.KeyboardModifier.ShiftModifier:
            self._grid.text_wanted.emit()
            return True
        way = GOES.get(Qt.Key(event.key()))
        held = event.modifiers() & NO_KEYPAD & ~Qt.KeyboardModifier.ShiftModifier
        if way is None or held:
            return super().eventFilter(editor, event)
        self._grid.go_on(editor, way)
        return True


def inked(widget: QWidget, ink: str) -> QPalette:
    """The palette of a widget, whose signs are drawn in this ink."""
    palette = QPalette(widget.palette())
    palette.setColor(QPalette.ColorRole.ButtonText, theme.colour(widget, ink))
    return palette
