"""How document lines are drawn: rows one types into, group heads, sums, the sign that there is too little (VT-142)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPalette
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from channergy_crm.language import _
from ui.look import paint, theme
from ui.look.icons import icon
from ui.pages.sales import cells
from ui.pages.sales.cells import CODE, GRIP, NAME, PLACE, STOCK, TOTAL
from ui.pages.sales.lines import ADD, LINE, SUM
from ui.pages.sales.product_cell import ProductLine
from ui.pages.sales.view import PADDING
from ui.widgets.fields import LineField
from ui.widgets.views import LEFT, RIGHT

if TYPE_CHECKING:
    from ui.pages.sales.model import AnyIndex, LinesModel
    from ui.pages.sales.view import LinesView

BAR, DOT = 4, 2
QUIET = {PLACE, CODE, STOCK}
GOES = {
    Qt.Key.Key_Tab: "next", Qt.Key.Key_Backtab: "back", Qt.Key.Key_Return: "below", Qt.Key.Key_Enter: "below",
}  # fmt: skip
NO_KEYPAD = ~Qt.KeyboardModifier.KeypadModifier


class LinesPainter(QStyledItemDelegate):
    """Draws the cells and opens their editors."""

    def __init__(self, grid: LinesView) -> None:
        super().__init__(grid)
        self._grid = grid
        self._inks: dict[str, QColor] = {}
        self._bold = grid.font()

    def begin(self) -> None:
        """The grid is drawn anew: in the colours and letters of the moment."""
        self._inks.clear()
        self._bold = theme.strong(self._grid.font())

    def _ink(self, name: str) -> QColor:
        if name not in self._inks:
            self._inks[name] = theme.colour(self._grid, name)
        return self._inks[name]

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        model, grid = self._grid.cells, self._grid
        row, column, room = model.row(index), index.column(), option.rect
        chosen = bool(option.state & QStyle.StateFlag.State_Selected) and row.kind != ADD
        painter.save()
        self._ground(painter, model, index.row(), room, chosen=chosen)
        if chosen and column == PLACE:
            bar = QRect(room.left(), room.top(), BAR, room.height())
            painter.fillRect(bar, self._ink("accent" if grid.hasFocus() else "border"))
        if row.kind == ADD:
            self._draw_add(painter, column, room)
        elif row.kind == SUM:
            self._draw_sum(painter, model, index.row(), column, room)
        else:
            self._draw_line(painter, model, index.row(), column, room)
        if option.state & QStyle.StateFlag.State_HasFocus and grid.hasFocus() and row.kind == LINE:
            painter.setPen(self._ink("accent"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(room.adjusted(0, 0, -1, -1))
        painter.restore()

    def _ground(self, painter: QPainter, model: LinesModel, row: int, room: QRect, *, chosen: bool) -> None:
        held, grid = model.row(row), self._grid
        line = model.line(row)
        if chosen:
            painter.fillRect(room, self._ink("soft" if grid.hasFocus() else "idle"))
        elif line is not None and line.is_heading:
            painter.fillRect(room, self._ink("side"))
        strong = held.kind != "line" or (row + 1 < model.rowCount() and model.row(row + 1).kind == ADD)
        hair = QRect(room.left(), room.bottom(), room.width(), 1)
        painter.fillRect(hair, self._ink("line" if strong else "hair"))

    def _draw_add(self, painter: QPainter, column: int, room: QRect) -> None:
        grid = self._grid
        if column == PLACE:
            return  # a button stands there
        wide = grid.span(room, CODE, GRIP)
        wide.setRight(grid.ways_begin() - PADDING)
        self._wide(painter, room, wide, _("Type a product, a code or a sentence"), "muted", LEFT)

    def _draw_sum(self, painter: QPainter, model: LinesModel, row: int, column: int, room: QRect) -> None:
        if column == TOTAL:
            painter.setFont(self._bold)
            painter.setPen(self._ink("text"))
            self._words(painter, room, model.text(row, TOTAL), RIGHT)
        elif column != GRIP:
            wide = self._grid.span(room, NAME, TOTAL)
            self._wide(painter, room, wide, model.text(row, NAME), "muted", RIGHT)

    def _draw_line(self, painter: QPainter, model: LinesModel, row: int, column: int, room: QRect) -> None:
        line, grid = model.line(row), self._grid
        assert line is not None  # noqa: S101  a row of a line
        if column == GRIP:
            if not model.lines.locked:
                self._draw_grip(painter, room)
        elif column == PLACE and line.is_heading:
            self._draw_fold(painter, room, folded=line.id in model.lines.folded)
        elif line.is_item or column == PLACE:
            self._draw_cell(painter, model, row, column, room)
        elif column >= (CODE if line.is_heading else NAME) and not (column == TOTAL and line.is_heading):
            if line.is_heading:
                painter.setFont(self._bold)
            ink = "overdue" if model.wrong(row, NAME) else "text"
            wide = grid.span(room, CODE, TOTAL) if line.is_heading else grid.span(room, NAME, GRIP)
            self._wide(painter, room, wide, model.text(row, NAME), ink, LEFT)
        elif column == TOTAL:
            painter.setFont(self._bold)
            self._draw_cell(painter, model, row, column, room)

    def _draw_cell(self, painter: QPainter, model: LinesModel, row: int, column: int, room: QRect) -> None:
        line, grid = model.line(row), self._grid
        ink = "overdue" if model.wrong(row, column) else "muted" if column in QUIET else "text"
        text = model.text(row, column)
        if column == STOCK and line is not None and model.is_short(line):
            ink = "soon"
            words = QFontMetrics(grid.font()).horizontalAdvance(text)
            sign = QRect(room.right() - PADDING - words - 20, room.center().y() - 6, 14, 14)
            icon("warning", inked(grid, "soon")).paint(painter, sign)
        painter.setPen(self._ink(ink))
        self._words(painter, room, text, RIGHT if column in cells.RIGHT else LEFT)

    def _wide(self, painter: QPainter, room: QRect, wide: QRect, text: str, ink: str, side: Qt.AlignmentFlag) -> None:
        """Words across several cells: each draws its part, so that it does not matter which of them is drawn anew."""
        painter.setClipRect(room, Qt.ClipOperation.IntersectClip)
        painter.setPen(self._ink(ink))
        self._words(painter, wide, text, side)

    def _words(self, painter: QPainter, room: QRect, text: str, side: Qt.AlignmentFlag) -> None:
        if not text:
            return
        inside = room.adjusted(PADDING, 0, -PADDING, 0)
        letters = painter.fontMetrics()
        if letters.horizontalAdvance(text) > inside.width():
            text = letters.elidedText(text, Qt.TextElideMode.ElideRight, inside.width())
        painter.drawText(inside, side, text)

    def _draw_fold(self, painter: QPainter, room: QRect, *, folded: bool) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle, ink = QRectF(room).center(), self._ink("text")
        if folded:
            painter.translate(middle)
            painter.rotate(-90)
            paint.chevron(painter, QRectF(0, 0, 0, 0).center(), ink)
        else:
            paint.chevron(painter, middle, ink)

    def _draw_grip(self, painter: QPainter, room: QRect) -> None:
        ink, middle = self._ink("faint"), room.center()
        for across in (-3, 2):
            for down in (-5, -1, 3):
                painter.fillRect(QRect(middle.x() + across, middle.y() + down, DOT, DOT), ink)

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
        room, row = QRect(option.rect), self._grid.cells.row(index)
        line = self._grid.cells.line(index)
        if row.kind == ADD:
            room = self._grid.span(room, CODE, GRIP)
            room.setRight(self._grid.ways_begin() - PADDING)
        elif index.column() == NAME and line is not None and not line.is_item:
            room = self._grid.span(room, CODE if line.is_heading else NAME, TOTAL)
        editor.setGeometry(room)

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
