"""A short list edited in place: a cell is stored as soon as it is left; what cannot be stored stays and says why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from channergy_crm.errors import CRMError, Mistake
from channergy_crm.language import _
from ui.look import paint
from ui.look.plain import as_tip
from ui.look.theme import colour, theme_of
from ui.widgets.views import LEFT, RIGHT, Titles, calm

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from channergy_crm.work.record import Record

AnyIndex = QModelIndex | QPersistentModelIndex

ROLE, FLAG = Qt.ItemDataRole, Qt.ItemFlag
ROW_HEIGHT = 27
SHIFTS: dict[int, int] = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
TICK, BESIDE = 15, 14
"""pixels"""


class Row(Protocol):
    """What stands in a row: a record, or anything else with a key."""

    @property
    def key(self) -> object:
        """What it is told apart by."""


R = TypeVar("R", bound=Row)


class Cells(QAbstractTableModel, Generic[R]):
    """The rows of the list and what was typed into them.

    `store` is given a row and the name of its changed field; it raises a CRMError when that cannot be stored.
    """

    refused = Signal(object)
    """What went wrong with a cell."""
    stored = Signal()

    def __init__(
        self,
        record: type[Record],
        columns: Sequence[str],
        store: Callable[[R, str], object],
        view: QWidget,
        *,
        faded: Callable[[R], bool],
        fixed: Sequence[str] = (),
    ) -> None:
        super().__init__(view)
        self.table: str = record._meta.table_name
        self._kinds = [record.kind(name) for name in columns]
        self._store, self._faded, self._fixed, self._view = store, faded, fixed, view
        self._typed: dict[tuple[object, str], tuple[str, str]] = {}
        self.rows: list[R] = []
        self.locked = False
        """Nothing can be edited just now."""

    def show(self, rows: Sequence[R]) -> None:
        """Show these; when they are the same ones in another order, an open editor stays open."""
        places = {row.key: place for place, row in enumerate(rows)}
        if set(places) != {row.key for row in self.rows}:
            self.beginResetModel()
            self.rows = list(rows)
            self.endResetModel()
            return
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        after = [self.index(places[self.rows[index.row()].key], index.column()) for index in before]
        self.rows = list(rows)
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    def forget_typed(self) -> None:
        """Drop what could not be stored."""
        self._typed.clear()

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._kinds)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = ROLE.DisplayRole) -> object:
        across = orientation == Qt.Orientation.Horizontal
        if across and role == ROLE.TextAlignmentRole:
            return RIGHT if self._kinds[section].numeric else LEFT
        return self._kinds[section].label if across and role == ROLE.DisplayRole else None

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        able = FLAG.ItemIsSelectable | FLAG.ItemIsEnabled
        kind = self._kinds[index.column()]
        if self.locked or kind.name in self._fixed:
            return able
        return able | (FLAG.ItemIsUserCheckable if kind.edited_by == "tick" else FLAG.ItemIsEditable)

    def data(self, index: AnyIndex, role: int = ROLE.DisplayRole) -> object:  # noqa: PLR0911
        row, kind = self.rows[index.row()], self._kinds[index.column()]
        value = getattr(row, kind.name)
        text, problem = self._typed.get((row.key, kind.name), (kind.show(value), ""))
        if role == ROLE.CheckStateRole and kind.edited_by == "tick":
            return Qt.CheckState.Checked if value else Qt.CheckState.Unchecked
        if role in (ROLE.DisplayRole, ROLE.EditRole):
            return None if kind.edited_by == "tick" else text
        if role == ROLE.ToolTipRole:
            return as_tip(problem or text)
        if role == ROLE.AccessibleTextRole and kind.edited_by == "tick":
            return _("Yes") if value else _("No")
        if role == ROLE.ForegroundRole and (problem or self._faded(row)):
            return colour(self._view, "overdue" if problem else "muted")
        if role == ROLE.TextAlignmentRole and kind.numeric:
            return RIGHT
        return None

    def setData(self, index: AnyIndex, value: object, role: int = ROLE.EditRole) -> bool:
        row, kind = self.rows[index.row()], self._kinds[index.column()]
        place = (row.key, kind.name)
        before = getattr(row, kind.name)
        try:
            new = Qt.CheckState(value) == Qt.CheckState.Checked if kind.edited_by == "tick" else kind.read(str(value))
            wrong_before = self._typed.pop(place, None) is not None
            if new != before:
                setattr(row, kind.name, new)
                self._store(row, kind.name)
        except CRMError as error:
            setattr(row, kind.name, before)
            if isinstance(error, Mistake) and kind.edited_by != "tick":
                self._typed[place] = (str(value), error.message)
            self.refused.emit(error)
            return False
        if new != before or wrong_before:
            self.dataChanged.emit(self.index(index.row(), 0), self.index(index.row(), len(self._kinds) - 1))
            self.stored.emit()
        return True


class CellGrid(QTableView, Generic[R]):
    """The grid: one row current, Enter and F2 edit, Del removes, Tab leaves it."""

    removed = Signal()
    moved = Signal()
    """Another row is the current one."""
    shifted = Signal(int)
    """The current row shall stand that many rows further down."""
    shifts = False
    """Rows can be moved: Alt with an arrow does it."""

    def __init__(self, name: str, said: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(said)
        self.setItemDelegate(CellDelegate(name, self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setShowGrid(False)
        calm(self)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        self.setHorizontalHeader(Titles(self))

    def edit_with(self, cells: Cells[R], widths: Sequence[int], stretched: int) -> None:
        """Show these cells, in columns this wide; one takes the room that is left."""
        self.setModel(cells)
        for column, width in enumerate(widths):
            self.setColumnWidth(column, width)
        self.horizontalHeader().setSectionResizeMode(stretched, QHeaderView.ResizeMode.Stretch)
        self.selectionModel().currentRowChanged.connect(lambda *_: self.moved.emit())
        cells.modelReset.connect(self.moved)

    def showEvent(self, event: QShowEvent) -> None:
        """Headings are whole."""
        super().showEvent(event)
        self._widen()

    def changeEvent(self, event: QEvent) -> None:
        """Larger letters, wider columns."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._widen()

    def _widen(self) -> None:
        cells, letters = self.model(), self.fontMetrics()
        for column in range(cells.columnCount() if isinstance(cells, Cells) else 0):
            called = str(cells.headerData(column, Qt.Orientation.Horizontal) or "")
            needed = letters.horizontalAdvance(called) + BESIDE
            if self.columnWidth(column) < needed:
                self.setColumnWidth(column, needed)

    def current(self) -> R | None:
        """The record of the current row, or None."""
        index, cells = self.currentIndex(), self.model()
        return cells.rows[index.row()] if isinstance(cells, Cells) and index.isValid() else None

    def go_to(self, key: object, column: int = 0) -> None:
        """Make the row of this record the current one; the first when it is not there."""
        cells = self.model()
        if isinstance(cells, Cells) and cells.rows:
            row = next((place for place, row in enumerate(cells.rows) if row.key == key), 0)
            self.setCurrentIndex(cells.index(row, column))

    def event(self, event: QEvent) -> bool:
        """Alt with an arrow moves the row, before the window takes the key."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._shift(event):
            event.accept()
            return True
        return super().event(event)

    def _shift(self, event: QKeyEvent) -> int:
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        return SHIFTS.get(event.key(), 0) if self.shifts and held == Qt.KeyboardModifier.AltModifier else 0

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter edits the cell, Del removes the row."""
        editing = self.state() == QAbstractItemView.State.EditingState
        if by := self._shift(event):
            self.shifted.emit(by)
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not editing and self.currentIndex().isValid():
            self.edit(self.currentIndex())
        elif event.key() == Qt.Key.Key_Delete and not editing:
            self.removed.emit()
        else:
            super().keyPressEvent(event)


class CellDelegate(QStyledItemDelegate):
    """Opens the editor of a cell and gives it a name; ticks are drawn as they are everywhere."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._name = name

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        current, grid = bool(option.state & QStyle.StateFlag.State_HasFocus), option.widget
        if option.state & QStyle.StateFlag.State_Selected and index.data(ROLE.BackgroundRole) is None:
            paint.cursor(painter, grid, option.rect, focus=grid.hasFocus(), first=False, last=False)
            option.state &= ~QStyle.StateFlag.State_Selected
        option.state &= ~QStyle.StateFlag.State_HasFocus
        super().paint(painter, option, index)
        if current:  # which cell F2 opens
            worn = theme_of(grid)
            wide = worn.ring if worn.high else 1
            paint.box(painter, QRectF(option.rect), edge=colour(grid, "accent"), width=wide, round_by=0)
        held = index.data(ROLE.CheckStateRole)
        if held is None:
            return
        self.initStyleOption(option, index)
        view: QWidget = option.widget
        place = view.style().subElementRect(QStyle.SubElement.SE_ItemViewItemCheckIndicator, option, view)
        box, on = QRectF(0, 0, TICK, TICK), Qt.CheckState(held) == Qt.CheckState.Checked
        box.moveCenter(QRectF(place).center())
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground, edge = ("accent", "accent") if on else ("field", "border")
        paint.box(painter, box, ground=colour(view, ground), edge=colour(view, edge), round_by=paint.TAG)
        if on:
            paint.check(painter, box, colour(view, "on_accent"))
        painter.restore()

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: AnyIndex) -> QWidget:
        editor = super().createEditor(parent, option, index)
        model: QAbstractItemModel = index.model()
        editor.setObjectName(f"{self._name}.editor")
        editor.setAccessibleName(str(model.headerData(index.column(), Qt.Orientation.Horizontal)))
        return editor
