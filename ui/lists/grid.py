"""The grid of a list: rows of one height, whole rows selected, copied as text; and what stands there when empty."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QKeyCombination,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QFocusEvent,
    QGuiApplication,
    QInputEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QWidget,
)

from channergy_crm.language import N_, _
from ui.lists.painted_grid import PaintedGrid

if TYPE_CHECKING:
    from collections.abc import Iterable


MOST_COPIED = 20_000
"""rows; more are written to a file by Export, beside the window"""
UPWARDS = {QAbstractItemView.CursorAction.MoveUp, QAbstractItemView.CursorAction.MovePageUp,
           QAbstractItemView.CursorAction.MoveEnd, QAbstractItemView.CursorAction.MovePrevious}  # fmt: skip
ENDS = {QAbstractItemView.CursorAction.MoveHome, QAbstractItemView.CursorAction.MoveEnd}
COPY_CELL = QKeyCombination(Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier, Qt.Key.Key_C)

MOVING = {Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}
KEYS = [
    (N_("Typing"), N_("Filter the list")),
    (N_("Space"), N_("Mark the row; Esc takes all marks off")),
    (N_("Enter"), N_("Open")),
    (N_("Del"), N_("Remove, with undo")),
    ("Ctrl+C", N_("Copy the rows")),
    ("Ctrl+Shift+C", N_("Copy the cell")),
]
"""what a list understands by itself, for the sheet of keys"""


class Grid(PaintedGrid):
    """The grid itself: where somebody is, what is marked, and what keys and clicks do."""

    typed = Signal(str)
    opened = Signal()
    removed = Signal()
    refused = Signal(str)
    folded = Signal(int, object)
    """the row somebody folds the section of, and whether it shall be open; None turns it round"""

    marks_stay = False
    """rows were marked with Space: they stay marked wherever somebody goes, until Esc or a click"""

    @property
    def several(self) -> bool:
        """Whether what is done is done to the marked rows; who stands on a single row has marked none."""
        return self.marks_stay or self.marked_count() > 1

    def stand_on(self, index: QModelIndex) -> None:
        """Where the program goes, that row alone is marked: Qt would ask which keys are held, those of Ctrl+G too.

        Marks set with Space stay.
        """
        if self.marks_stay:
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
            return
        alone = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.selectionModel().setCurrentIndex(index, alone)
        if self.currentIndex() == index:  # it may not be left: something is not saved
            self.selectionModel().select(index, alone)

    def selectionCommand(
        self, index: QModelIndex | QPersistentModelIndex, event: QEvent | None = None
    ) -> QItemSelectionModel.SelectionFlag:
        """With Ctrl the arrow keys mark on: where somebody is is always marked (F-1). Ctrl+Space takes a mark off."""
        if self.marks_stay and isinstance(event, QKeyEvent) and not event.modifiers() and event.key() in MOVING:
            return QItemSelectionModel.SelectionFlag.NoUpdate
        moves = isinstance(event, QKeyEvent) and event.key() != Qt.Key.Key_Space
        if moves and event.modifiers() == Qt.KeyboardModifier.ControlModifier:  # type: ignore[union-attr]
            return QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
        return super().selectionCommand(index, event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Coming to a list in which nobody stands moves nobody: beside a new record Qt would open the first one."""
        if self.currentIndex().isValid():
            super().focusInEvent(event)
        else:
            QWidget.focusInEvent(self, event)
            self.viewport().update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        row = self.rowAt(int(event.position().y()))
        if row in self._heads:
            self.folded.emit(row, None)
            return
        if not event.modifiers() and event.button() == Qt.MouseButton.LeftButton:
            self.marks_stay = False
        super().mousePressEvent(event)
        self._hold_together(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        self._hold_together(event)

    def _hold_together(self, event: QInputEvent) -> None:
        """After a key or a click the row somebody is on is marked, also when they may not come to another one."""
        here = self.currentIndex()
        if self.marks_stay and self.selectionModel().hasSelection():
            return
        self.marks_stay = False
        if not here.isValid():  # beside a new record that stays open
            self.selectionModel().clearSelection()
        elif event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.come_to_a_mark()
        elif not self.selectionModel().isRowSelected(here.row()):
            self.stand_on(here)

    def shown_marks(self) -> list[range]:
        return self.marked() if self.marks_stay else super().shown_marks()

    def turn_mark(self) -> None:
        """Space: mark the row somebody is on, or take its mark off; with the last one all is as it was."""
        here = self.currentIndex()
        if not here.isValid():
            return
        rows = QItemSelectionModel.SelectionFlag.Rows
        turn = QItemSelectionModel.SelectionFlag.Toggle if self.marks_stay else QItemSelectionModel.SelectionFlag.Select
        self.marks_stay = True
        self.selectionModel().select(here, turn | rows)
        if not self.selectionModel().hasSelection():
            self.take_marks_off()

    def take_marks_off(self) -> None:
        """Stand on one row alone again."""
        self.marks_stay = False
        self.stand_on(self.currentIndex())

    def come_to_a_mark(self) -> None:
        """The mark was taken off the row somebody is on: they are on the nearest one that is marked, or keep it."""
        here = self.currentIndex()
        if not here.isValid() or self.selectionModel().isRowSelected(here.row()):
            return
        nearest = (min(max(here.row(), run[0]), run[-1]) for run in self.marked())
        row = min(nearest, key=lambda row: abs(row - here.row()), default=here.row())
        also = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
        self.selectionModel().setCurrentIndex(self.model().index(row, here.column()), also)

    def mark(self, rows: Iterable[int]) -> None:
        """Mark these rows beside those that are marked."""
        model, chosen = self.model(), QItemSelection()
        for row in rows:
            chosen.select(model.index(row, 0), model.index(row, 0))
        marking = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
        self.selectionModel().select(chosen, marking)

    def moveCursor(self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """Tab goes on from an open cell to the next and ends at the last one, Shift+Tab at the first.

        Home and End lead to the first and the last row; where cells are typed into, of the row.
        """
        if action in ENDS and not self._typed_into():
            modifiers |= Qt.KeyboardModifier.ControlModifier
        index, here = super().moveCursor(action, modifiers), self.currentIndex()
        before = (index.row(), index.column()) < (here.row(), here.column())
        on, back = QAbstractItemView.CursorAction.MoveNext, QAbstractItemView.CursorAction.MovePrevious
        index = self._past_heads(index, down=action not in UPWARDS)
        around = here.isValid() and ((action == on and before) or (action == back and not before))
        return QModelIndex() if around else index

    def _past_heads(self, index: QModelIndex, *, down: bool) -> QModelIndex:
        """The cursor skips the heads of sections."""
        row = index.row()
        while row in self._heads:
            row += 1 if down else -1
        inside = 0 <= row < self.model().rowCount() if row != index.row() else True
        return index.siblingAtRow(row) if inside else self.currentIndex()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        editing = self.state() == QAbstractItemView.State.EditingState
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.keyCombination() == COPY_CELL:
            self.copy_cell()
        elif not editing and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.opened.emit()
        elif self._heads and not event.modifiers() and event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.folded.emit(self.currentIndex().row(), event.key() == Qt.Key.Key_Right)
        elif not editing and event.key() == Qt.Key.Key_Delete:
            self.removed.emit()
        elif not self._typed_into() and event.key() == Qt.Key.Key_Space and not event.modifiers():
            self.turn_mark()
        elif not editing and self.marks_stay and event.key() == Qt.Key.Key_Escape:
            self.take_marks_off()
        elif not editing and not self._typed_into() and _starts_search(event):
            self.typed.emit(event.text())
        else:
            super().keyPressEvent(event)
            self._hold_together(event)

    def _typed_into(self) -> bool:
        """Whether typing goes into the cell somebody is on."""
        return bool(self.editTriggers() & QAbstractItemView.EditTrigger.AnyKeyPressed)

    def copy_cell(self) -> None:
        """The cell somebody is on to the clipboard."""
        QGuiApplication.clipboard().setText(str(self.currentIndex().data() or ""))

    def copy(self) -> None:
        """The selected cells to the clipboard, a line a row, ready for a spreadsheet."""
        if (count := self.marked_count()) > MOST_COPIED:
            self.refused.emit(
                _("{count:,} rows are too many for the clipboard; export them, or mark up to {most_copied:,}.").format(
                    count=count, most_copied=MOST_COPIED
                )
            )
            return
        rows = [row for run in self.marked() for row in run]
        header = self.horizontalHeader()
        columns = [header.logicalIndex(place) for place in range(header.count())]
        model = self.model()
        lines = ["\t".join(str(model.index(row, column).data() or "") for column in columns) for row in rows]
        QGuiApplication.clipboard().setText("\n".join(lines))


def _starts_search(event: QKeyEvent) -> bool:
    held = event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
    return bool(event.text()) and event.text().isprintable() and event.text() != " " and not held
