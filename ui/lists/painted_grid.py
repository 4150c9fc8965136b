"""How a list looks: rows of one height, a table or two lines, painted here; nothing of it ever scrolls sideways."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from channergy_crm.language import _
from ui.lists.headings import Headings
from ui.lists.row_painter import RowPainter
from ui.lists.table_model import RecordModel
from ui.look import theme
from ui.widgets.controls import ScrollBar

ROW_HEIGHT, LINES_HEIGHT, HEAD_HEIGHT = 28, 44, 32
"""of a row in a table, of one with two lines, of the head of a section; for letters of 12 pixels"""
ENSURE_VISIBLE = QAbstractItemView.ScrollHint.EnsureVisible


class PaintedGrid(QTableView):
    """Paints its rows itself. Where it is narrow one column is left, and every row says in two lines what it holds."""

    resized = Signal()
    """there is more or less room for columns, or letters are of another size"""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows = RowPainter(self)
        self._heads: list[int] = []
        self.setViewport(QWidget(self))  # Qt's own makes Python look through every kind of widget to see what it is
        self.setObjectName(name)
        self.setAccessibleName(_("List"))
        self.setShowGrid(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBar(ScrollBar(Qt.Orientation.Vertical, self))
        self.setMouseTracking(True)
        self.setWordWrap(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setSortingEnabled(False)
        self.setTabKeyNavigation(False)  # Tab leaves the list; in an open cell it goes on to the next
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        vertical = self.verticalHeader()
        vertical.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        vertical.hide()
        vertical.setMinimumSectionSize(4)
        self.headings = Headings(self)
        self.setHorizontalHeader(self.headings)
        self.fit_height()
        self.entered.connect(lambda index: self._point_at(index.row()))
        self.viewportEntered.connect(lambda: self._point_at(-1))

    def setModel(self, model: QAbstractItemModel | None) -> None:
        """Show this list. The titles are no part of what is marked: else each would ask every marked row about itself
        before it is painted.
        """
        super().setModel(model)
        if model is not None:
            self.horizontalHeader().setSelectionModel(QItemSelectionModel(model, self))

    def records(self) -> RecordModel | None:
        """The list it shows."""
        held = self.model()
        return held if isinstance(held, RecordModel) else None

    # How it looks

    def show_two_lines(self, on: bool) -> None:
        """Show every row in two lines, or as a table."""
        self.rows.in_two_lines = on
        self.horizontalHeader().setVisible(not on)
        self.fit_height()

    def fit_height(self) -> None:
        """Let rows be as high as their letters want."""
        wanted = theme.px(LINES_HEIGHT if self.rows.in_two_lines else ROW_HEIGHT, self)
        if self.verticalHeader().defaultSectionSize() != wanted:
            self.verticalHeader().setDefaultSectionSize(wanted)
        model = self.records()
        for row in self._heads:
            self.setRowHeight(row, wanted)
        self._heads = model.parts.heads() if model is not None else []
        for row in self._heads:
            self.setRowHeight(row, theme.px(HEAD_HEIGHT, self))

    def paintEvent(self, event: QPaintEvent) -> None:
        model = self.records()
        if model is None:
            super().paintEvent(event)
            return
        painter = QPainter(self.viewport())
        try:
            self.rows.paint(painter, model, event.rect(), self.shown_marks())
        finally:
            painter.end()  # whatever went wrong: Qt does not survive one that is left open

    def shown_marks(self) -> list[range]:
        """The rows that bear a check; who stands on a single row has marked none."""
        marked = self.marked()
        return marked if sum(len(run) for run in marked) > 1 else []

    def measure(self, text: str) -> int:
        """How wide a text is in a cell."""
        return self.rows.ink.measure("normal", text)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.PaletteChange, QEvent.Type.StyleChange):
            self.rows.renew()
            self.viewport().update()
            if event.type() == QEvent.Type.FontChange:
                self.fit_height()
                self.resized.emit()

    def _point_at(self, row: int) -> None:
        for each in {self.rows.pointed, row}:
            self.viewport().update(0, self.rowViewportPosition(each), self.viewport().width(), self.rowHeight(each))
        self.rows.pointed = row

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._point_at(-1)

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """The bar, and the checks of marked rows, stand in other rows now."""
        super().selectionChanged(selected, deselected)
        self.viewport().update()

    def visualRect(self, index: QModelIndex | QPersistentModelIndex) -> QRect:
        """Where a cell is; of a column that is not shown, where its row is."""
        return super().visualRect(self._seen(index))

    def scrollTo(
        self, index: QModelIndex | QPersistentModelIndex, hint: QAbstractItemView.ScrollHint = ENSURE_VISIBLE
    ) -> None:
        """Bring a cell into sight; of a column that is not shown, its row."""
        super().scrollTo(self._seen(index), hint)

    def _seen(self, index: QModelIndex | QPersistentModelIndex) -> QModelIndex | QPersistentModelIndex:
        if not index.isValid() or not self.isColumnHidden(index.column()):
            return index
        header = self.horizontalHeader()
        shown = [header.logicalIndex(place) for place in range(header.count())]
        last = [place for place in shown if not header.isSectionHidden(place)]
        return self.model().index(index.row(), last[-1]) if last else index

    def marked(self) -> list[range]:
        """The marked rows, run by run from top to bottom, however many."""
        parts: Any = self.selectionModel().selection()
        found: list[range] = []
        for part in sorted((range(part.top(), part.bottom() + 1) for part in parts), key=lambda run: run.start):
            if found and part.start <= found[-1].stop:  # a row marked cell by cell comes once
                found[-1] = range(found[-1].start, max(found[-1].stop, part.stop))
            else:
                found.append(part)
        return self._without_heads(found)

    def _without_heads(self, runs: list[range]) -> list[range]:
        """Heads of sections are never marked, though they lie between rows that are."""
        model = self.records()
        for head in model.parts.heads() if model is not None else ():
            runs = [each for run in runs for each in (range(run.start, min(run.stop, head)),
                                                      range(max(run.start, head + 1), run.stop)) if each]  # fmt: skip
        return runs

    def marked_count(self) -> int:
        """How many rows are marked."""
        return sum(len(run) for run in self.marked())
