"""A sheet of which several rows are marked at once, those not read yet among them (VS-15, SI-39)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QWidget

from ui.history.sheet import Column, Line, Sheet

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from PySide6.QtGui import QKeyEvent, QMouseEvent

FLAGS = QItemSelectionModel.SelectionFlag


class MarkingSheet(Sheet):
    """Space marks the row under the cursor, Ctrl+A all that were found; `marked_now` tells that others are marked.

    `of` says of what a line is about what is handed back when it is marked.
    """

    marked_now = Signal()

    def __init__(
        self, name: str, said: str, columns: Sequence[Column], parent: QWidget,
        of: Callable[[Any], Any] = lambda one: one,
    ) -> None:  # fmt: skip
        super().__init__(name, said, columns, parent)
        self._of = of
        self._found: Sequence[Any] = ()
        self._all = False
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)

    def begin(self, found: Sequence[Any], first: Sequence[Line], kept: Callable[[Any], bool], *, whole: bool) -> None:
        """Show the first lines of what was found; the others come as somebody scrolls. Marked are those that are
        `kept`, or the `whole` of it.
        """
        self._found, self._all = found, False
        self.show_lines(first)
        if whole:
            self.mark_all()
        elif rows := [place for place, line in enumerate(first) if kept(line.about)]:
            self._mark(rows, FLAGS.ClearAndSelect)

    def go_on(self, lines: Sequence[Line]) -> None:
        """Put these below; where all are marked they are too."""
        begun = self.rows.rowCount()
        self.show_lines(lines, more=True)
        if self._all and lines:
            self._mark(range(begun, self.rows.rowCount()), FLAGS.Select)

    def _mark(self, rows: Collection[int], how: QItemSelectionModel.SelectionFlag) -> None:
        marked, last = QItemSelection(), len(self.rows.columns) - 1
        for row in rows:
            marked.select(self.rows.index(row, 0), self.rows.index(row, last))
        self.selectionModel().select(marked, how)

    def marked(self) -> Sequence[Any]:
        """What is marked, in the order of the list: the rows that are, or all that was found, however many are read."""
        if self._all:
            return self._found
        return [self._of(self.rows.lines[row].about) for row in self._rows_marked()]

    def marks(self) -> int:
        """How many are marked."""
        return len(self._found) if self._all else len(self._rows_marked())

    @property
    def all_marked(self) -> bool:
        """Whether all that were found are marked."""
        return self._all and len(self._found) > 1

    def _rows_marked(self) -> list[int]:
        rows = {
            row for part in self.selectionModel().selection().toList() for row in range(part.top(), part.bottom() + 1)
        }
        return sorted(row for row in rows if row < len(self.rows.lines))

    def mark_all(self) -> None:
        """Mark all that were found."""
        self._all = False
        self.selectAll()
        self._all = True
        self.marked_now.emit()

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Other rows are marked; who takes one away from all has marked those that are left of what is read."""
        super().selectionChanged(selected, deselected)
        if not deselected.isEmpty():
            self._all = False
        self.marked_now.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click marks a row, and no longer all."""
        self._all = False
        super().mousePressEvent(event)
        self.marked_now.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space marks and goes on to the next row; Ctrl+A marks all."""
        if event.matches(QKeySequence.StandardKey.SelectAll):
            self.mark_all()
        elif event.key() == Qt.Key.Key_Space and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            here = self.currentIndex()
            self.selectionModel().select(here, FLAGS.Toggle | FLAGS.Rows)
            below = self.rows.index(min(here.row() + 1, self.rows.rowCount() - 1), 0)
            self.selectionModel().setCurrentIndex(below, FLAGS.NoUpdate)
        else:
            super().keyPressEvent(event)
