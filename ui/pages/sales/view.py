"""The table of document lines: where somebody stands in it, and how they go from cell to cell (VT-142)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, QRect, Qt, Signal
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QHeaderView, QTableView, QWidget

from channergy_crm.language import _
from ui.look import theme
from ui.look.turned import across
from ui.pages.sales.cells import GRIP, NAME, QUANTITY, TYPED
from ui.pages.sales.lines import LINE
from ui.widgets.views import Titles, calm

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QFocusEvent

    from ui.pages.sales.model import LinesModel
    from ui.pages.sales.product_cell import Products

ROW_HEIGHT, PADDING = 28, 8
"""pixels: a row, and what is left free beside the words of a cell"""
ONLY = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
ALSO = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
"""said, since Qt would look which key is still down"""


class LinesView(QTableView):
    """The lines as cells; Tab and Enter go on from one to the next."""

    product_taken = Signal(int, int)
    """the place of a line (-1: a new one) and the number of the product it shall be"""
    moved = Signal()
    """another cell is the current one"""
    looked_at = Signal(QRect)
    """a part of the grid somebody has come to: it shall be seen"""
    text_wanted = Signal()
    """the longer text of the current line is wanted"""
    verbs: QWidget | None = None
    """what stands at the end of the last row"""

    def __init__(self, name: str, cells_: LinesModel, products: Products, parent: QWidget) -> None:
        super().__init__(parent)
        self.cells, self.products = cells_, products
        self.setObjectName(name)
        self.setAccessibleName(_("Lines"))
        self.setModel(cells_)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        trigger = QAbstractItemView.EditTrigger
        self.setEditTriggers(trigger.AnyKeyPressed | trigger.DoubleClicked)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setShowGrid(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        calm(self)
        theme.stand_on(self.viewport(), "base")
        self._heads()
        self.selectionModel().currentChanged.connect(lambda *_: self._come())

    def _heads(self) -> None:
        down, across = self.verticalHeader(), Titles(self)
        down.hide()
        down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        down.setMinimumSectionSize(1)
        down.setDefaultSectionSize(theme.px(ROW_HEIGHT, self))
        across.padding = PADDING
        self.setHorizontalHeader(across)
        across.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        across.setMinimumSectionSize(1)

    def begins(self, column: int) -> int:
        """Where a column begins, thought from left to right."""
        place = QRect(self.columnViewportPosition(column), 0, self.columnWidth(column), 0)
        return across(self.viewport(), place).x()

    def span(self, room: QRect, first: int, last: int) -> QRect:
        """From where a column begins to where another one begins, in the row of this cell."""
        begins, ends = self.begins(first), self.begins(last)
        if self.isColumnHidden(first):
            begins = self.begins(NAME)
        return QRect(begins, room.top(), max(ends - begins, 0), room.height())

    def ways_begin(self) -> int:
        """Where the verbs of the last row begin."""
        shown = self.verbs is not None and self.verbs.isVisibleTo(self)
        if self.verbs is None or not shown:
            return self.begins(GRIP)
        return across(self.viewport(), self.verbs.geometry()).x()

    def places(self) -> list[int]:
        """The lines that are chosen, by their places; the current one where none is."""
        rows = {index.row() for index in self.selectionModel().selectedRows()}
        current = self.currentIndex()
        rows |= {current.row()} if current.isValid() and not rows else set()
        held = [self.cells.row(row) for row in sorted(rows) if row < self.cells.rowCount()]
        return [row.place for row in held if row.kind == LINE]

    def current_place(self) -> int:
        """The place of the current line; that of a new one in the last row; -1 for none."""
        index = self.currentIndex()
        if not index.isValid() or index.row() >= len(self.cells.lines.rows):
            return -1
        return self.cells.row(index).place

    def go_to(self, place: int, column: int = NAME, *, edit: bool = False) -> None:
        """Stand on a line; behind the last one stands the row where more is typed."""
        rows = self.cells.lines.rows
        row = len(rows) - 1 if place >= len(self.cells.lines.lines) else self.cells.lines.row_of(place)
        if not 0 <= row < self.cells.rowCount():
            return
        column = column if self.cells.can_type(row, column) else NAME
        index = self.cells.index(row, column)
        self.selectionModel().setCurrentIndex(index, ONLY)
        if edit:
            self.setFocus()
            self.edit(index)

    def choose(self, places: Sequence[int]) -> None:
        """Choose these lines; the first is the current one."""
        lines = self.cells.lines
        rows = sorted({row for place in places if (row := lines.row_of(place)) >= 0})
        if not rows:
            return
        self.selectionModel().setCurrentIndex(self.cells.index(rows[0], NAME), ONLY)
        for row in rows[1:]:
            self.selectionModel().select(self.cells.index(row, NAME), ALSO)

    def _come(self) -> None:
        self.moved.emit()
        if self.hasFocus() or self.is_typing:
            self.looked_at.emit(self._seen_at())

    def _seen_at(self) -> QRect:
        room = self.visualRect(self.currentIndex())
        return room.translated(self.viewport().pos()).adjusted(0, 0, 0, room.height())

    @property
    def is_typing(self) -> bool:
        """Whether a cell is open."""
        return self.state() == QAbstractItemView.State.EditingState

    def settle(self) -> None:
        """What stands in an open cell is taken."""
        if self.is_typing and (editor := self.viewport().focusWidget() or self.indexWidget(self.currentIndex())):
            self.commitData(editor)
            self.closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint)

    def go_on(self, editor: QWidget, way: str) -> None:
        """What is typed is taken, and the next cell is opened."""
        index = self.currentIndex()
        column, line = index.column(), self.cells.line(index)
        place, empty = self.current_place(), not getattr(editor, "text", str)().strip()
        self.commitData(editor)
        self.closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint)
        if line is None:
            self._after_new(place, way, empty=empty)
        else:
            self._step(self.cells.lines.place_of(line.id), column, way)

    def _after_new(self, place: int, way: str, *, empty: bool) -> None:
        if way == "back":
            self._step(place, NAME, way)
        elif not empty and place < len(self.cells.lines.lines):
            self.go_to(*((place, QUANTITY) if way == "next" else (place + 1, NAME)), edit=True)
        elif way == "next":
            self.focusNextPrevChild(True)
        else:
            self.setFocus()

    def _step(self, place: int, column: int, way: str) -> None:
        count = len(self.cells.lines.lines)
        if way == "below":
            self.go_to(place + 1, column, edit=True)
            return
        steps = [(at, each) for at in range(max(place - 1, 0), min(place + 2, count + 1)) for each in TYPED
                 if self._can_stand(at, each)]  # fmt: skip
        later = [each for each in steps if each > (place, column)]
        sooner = [each for each in steps if each < (place, column)]
        if way == "next" and later:
            self.go_to(*later[0], edit=True)
        elif way == "back" and sooner:
            self.go_to(*sooner[-1], edit=True)
        else:
            self.focusNextPrevChild(way == "next")

    def _can_stand(self, place: int, column: int) -> bool:
        lines = self.cells.lines
        if place >= len(lines.lines):
            return column == NAME
        row = lines.row_of(place)
        return lines.rows[row].place == place and self.cells.can_type(row, column)

    def take_product(self, number: int) -> None:
        """A product was chosen for the cell that is open; 0: the words stand as they are."""
        index = self.currentIndex()
        editor = self.viewport().focusWidget()
        if number == 0:
            if editor is not None:
                self.go_on(editor, "next")
            return
        line = self.cells.line(index)
        place = self.current_place() if line is not None else -1
        if editor is not None:
            self.closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint)
        self.product_taken.emit(place, number)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """There is always a current line."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid():
            self.go_to(0)
        self.viewport().update()
        self.looked_at.emit(self._seen_at())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()
