"""The grid of a list: rows of one height, whole rows selected, copied as text; and what stands there when empty."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QKeyCombination,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QGuiApplication, QInputEvent, QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from channergy_crm.language import N_, _
from ui.look import theme
from ui.look.plain import Label
from ui.widgets.controls import Button

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

ROW_HEIGHT = 27
MOST_COPIED = 20_000
"""rows; more are written to a file by Export, beside the window"""
COPY_CELL = QKeyCombination(Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier, Qt.Key.Key_C)

KEYS = [
    (N_("Typing"), N_("Filter the list")),
    (N_("Enter"), N_("Open")),
    (N_("Del"), N_("Remove, with undo")),
    ("Ctrl+C", N_("Copy the rows")),
    ("Ctrl+Shift+C", N_("Copy the cell")),
]
"""what a list understands by itself, for the sheet of keys"""


class Grid(QTableView):
    """The grid itself: rows of one height, whole rows selected, copied as text."""

    typed = Signal(str)
    opened = Signal()
    removed = Signal()
    refused = Signal(str)

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setViewport(QWidget(self))  # Qt's own makes Python look through every kind of widget to see what it is
        self.setObjectName(name)
        self.setAccessibleName(_("List"))
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
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
        vertical.setDefaultSectionSize(ROW_HEIGHT)
        vertical.hide()
        header = self.horizontalHeader()
        header.setSectionsMovable(True)
        header.setSectionsClickable(True)
        header.setHighlightSections(False)
        header.setSortIndicatorShown(True)
        header.setStretchLastSection(True)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)

    def setModel(self, model: QAbstractItemModel | None) -> None:
        """Show this list. The titles are no part of what is marked: else each would ask every marked row about itself
        before it is painted.
        """
        super().setModel(model)
        if model is not None:
            self.horizontalHeader().setSelectionModel(QItemSelectionModel(model, self))

    def stand_on(self, index: QModelIndex) -> None:
        """Where the program goes, that row alone is marked: Qt would ask which keys are held, those of Ctrl+G too."""
        alone = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.selectionModel().setCurrentIndex(index, alone)
        if self.currentIndex() == index:  # it may not be left: something is not saved
            self.selectionModel().select(index, alone)

    def selectionCommand(
        self, index: QModelIndex | QPersistentModelIndex, event: QEvent | None = None
    ) -> QItemSelectionModel.SelectionFlag:
        """With Ctrl the arrow keys mark on: where somebody is is always marked (F-1). Ctrl+Space takes a mark off."""
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
        super().mousePressEvent(event)
        self._hold_together(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        self._hold_together(event)

    def _hold_together(self, event: QInputEvent) -> None:
        """After a key or a click the row somebody is on is marked, also when they may not come to another one."""
        here = self.currentIndex()
        if not here.isValid():  # beside a new record that stays open
            self.selectionModel().clearSelection()
        elif event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.come_to_a_mark()
        elif not self.selectionModel().isRowSelected(here.row()):
            self.stand_on(here)

    def come_to_a_mark(self) -> None:
        """The mark was taken off the row somebody is on: they are on the nearest one that is marked, or keep it."""
        here = self.currentIndex()
        if not here.isValid() or self.selectionModel().isRowSelected(here.row()):
            return
        nearest = (min(max(here.row(), run[0]), run[-1]) for run in self.marked())
        row = min(nearest, key=lambda row: abs(row - here.row()), default=here.row())
        also = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
        self.selectionModel().setCurrentIndex(self.model().index(row, here.column()), also)

    def marked(self) -> list[range]:
        """The marked rows, run by run from top to bottom, however many."""
        parts: Any = self.selectionModel().selection()
        found: list[range] = []
        for part in sorted((range(part.top(), part.bottom() + 1) for part in parts), key=lambda run: run.start):
            if found and part.start <= found[-1].stop:  # a row marked cell by cell comes once
                found[-1] = range(found[-1].start, max(found[-1].stop, part.stop))
            else:
                found.append(part)
        return found

    def marked_count(self) -> int:
        """How many rows are marked."""
        return sum(len(run) for run in self.marked())

    def mark(self, rows: Iterable[int]) -> None:
        """Mark these rows beside those that are marked."""
        model, chosen = self.model(), QItemSelection()
        for row in rows:
            chosen.select(model.index(row, 0), model.index(row, 0))
        marking = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
        self.selectionModel().select(chosen, marking)

    def moveCursor(self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """Tab goes on from an open cell to the next and ends at the last one, Shift+Tab at the first."""
        index, here = super().moveCursor(action, modifiers), self.currentIndex()
        before = (index.row(), index.column()) < (here.row(), here.column())
        on, back = QAbstractItemView.CursorAction.MoveNext, QAbstractItemView.CursorAction.MovePrevious
        around = here.isValid() and ((action == on and before) or (action == back and not before))
        return QModelIndex() if around else index

    def keyPressEvent(self, event: QKeyEvent) -> None:
        editing = self.state() == QAbstractItemView.State.EditingState
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.keyCombination() == COPY_CELL:
            self.copy_cell()
        elif not editing and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.opened.emit()
        elif not editing and event.key() == Qt.Key.Key_Delete:
            self.removed.emit()
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


class EmptyWord(QWidget):
    """One sentence in the place of an empty grid, and the button that helps."""

    clear = Signal()
    again = Signal()

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._said = Label(parent=self)
        self._said.setObjectName(f"{name}.empty")
        self._said.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._said.setWordWrap(True)
        self._said.setTextFormat(Qt.TextFormat.PlainText)
        palette = self._said.palette()
        palette.setColor(self._said.foregroundRole(), theme.colour(self, "muted"))
        self._said.setPalette(palette)
        self._clear = self._button(f"{name}.clear_filter", _("Clear the filter"))
        self._clear.clicked.connect(self.clear)
        self._make = self._button(f"{name}.make_first", "")
        self._again = self._button(f"{name}.try_again", _("Try again"))
        self._again.clicked.connect(self.again)
        self._offers = False
        column = QVBoxLayout(self)
        column.addStretch(1)
        column.addWidget(self._said)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self._clear)
        buttons.addWidget(self._make)
        buttons.addWidget(self._again)
        buttons.addStretch(1)
        column.addLayout(buttons)
        column.addStretch(2)

    def _button(self, name: str, text: str) -> QPushButton:
        button = Button(text, self)
        button.setObjectName(name)
        button.setAccessibleName(text)
        button.hide()
        return button

    def offer(self, text: str, make: Callable[[], None]) -> None:
        """The button for an empty list that is not filtered."""
        self._make.setText(text)
        self._make.setAccessibleName(text)
        self._make.clicked.connect(lambda: make())
        self._offers = True

    def say(self, text: str, *, filtered: bool) -> None:
        """What is said, and which button stands under it."""
        self._said.setText(_("Nothing matches the filter.") if filtered else text)
        self._clear.setVisible(filtered)
        self._make.setVisible(self._offers and not filtered)
        self._again.hide()

    def say_trouble(self, text: str, *, keyboard: bool) -> None:
        """Why the list cannot be read, and the button that tries again; it gets the `keyboard` if the list had it."""
        self._said.setText(text)
        self._clear.hide()
        self._make.hide()
        self._again.show()
        if keyboard:
            self._again.setFocus()

    @property
    def has_keyboard(self) -> bool:
        """Whether one of its buttons has it."""
        return any(button.hasFocus() for button in (self._clear, self._make, self._again))
