"""A list on the screen: the search line, the grid, what is said when it is empty, and everything it remembers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QContextMenuEvent, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QHBoxLayout,
    QMenu,
    QVBoxLayout,
    QWidget,
)  # fmt: skip

from channergy_crm.errors import CRMError
from channergy_crm.language import _
from channergy_crm.query.listing import all_fit
from ui.lists import row_menu as menus
from ui.lists.arranged_list import ArrangedList
from ui.lists.loaded_list import MARKED
from ui.look import theme
from ui.look.icons import icon
from ui.look.plain import as_tip

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from channergy_crm.settings import Station
    from channergy_crm.store.database import Office
    from channergy_crm.work.record import Record
    from ui.lists.columns import Order
    from ui.screen import Command

AROUND = (12, 8, 12, 0)
"""pixels around what stands over the rows; the rows go from edge to edge"""
ALONE, BESIDE = 420, 320
"""pixels of the filter, the most"""


class RecordTable(ArrangedList):
    """A list somebody works in: sorted, filtered, moved through, edited cell by cell when `write_with` was told."""

    resized = Signal()
    chosen = Signal(object)
    """somebody moved to this record (its number), or to none"""
    opened = Signal(object)
    """double-click or Enter on this record"""
    add_requested = Signal(object, object, str)
    """field, number of the record and what was typed: a new value for the list behind a cell"""

    def __init__(
        self, name: str, record: type[Record], columns: Sequence[str], *, office: Office, station: Station,
        condition: Callable[[], object], order: Order, empty: str, parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(
            name, record, columns, office=office, station=station, condition=condition, order=order, empty=empty,
            parent=parent,
        )  # fmt: skip
        self._click_moved = False
        self._menu: QMenu | None = None
        self.tools = QHBoxLayout()
        self._build()
        self._connect()

    def _build(self) -> None:
        theme.stand_on(self, "side")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self.search.said.setContentsMargins(AROUND[0], 0, AROUND[2], 0)
        column.addLayout(self.tools)
        self.tools.setContentsMargins(*AROUND)
        self.tools.setSpacing(8)
        self.tools.addWidget(self.search, 100)
        self.tools.addStretch(1)
        column.addWidget(self.search.said)
        column.addWidget(self.stack, 1)
        self._arrange()

    def _connect(self) -> None:
        self.search.textChanged.connect(lambda: self._pause.start())
        self.search.installEventFilter(self)
        self.grid.installEventFilter(self)  # for the key of the menu
        self.grid.viewport().installEventFilter(self)
        self.grid.clicked.connect(self._clicked)
        self.grid.typed.connect(self.search.begin)
        self.grid.opened.connect(self._open_current)
        self.grid.refused.connect(self.refused)
        self.grid.doubleClicked.connect(self._double_clicked)
        self.grid.selectionModel().currentRowChanged.connect(self._moved)
        self.grid.selectionModel().selectionChanged.connect(lambda: self._count_marks())
        self.grid.customContextMenuRequested.connect(self._row_menu)
        self.watch_header()

    def write_with(self, write: Callable[[object, str, object, object], None], *, asked: bool = False) -> None:
        """Make the cells editable; `write` saves one. The row stays where it is until the list is read again.

        With `asked` a cell opens only when `edit_cell` is called: typing still filters, and a double click opens.
        """

        def writing(key: object, name: str, old: object, new: object) -> None:
            self._writing = True
            try:
                write(key, name, old, new)
                self._read_what_was_written()
            except CRMError:
                self._stale = True  # what stands there now is read as soon as the cell is closed
                raise
            finally:
                self._writing = False

        from ui.lists.cell_delegate import CellDelegate

        delegate = CellDelegate(self.grid, lambda: self.by())
        delegate.closeEditor.connect(lambda: self._after_typing.start())
        delegate.add_requested.connect(self.add_requested)
        self.grid.setItemDelegate(delegate)
        self.model.write_with(writing, ticking=not asked)
        self.look_at_rights()
        self.grid.rows.shows_cell = True
        if asked:
            return
        self._room.stays_wide()
        triggers = QAbstractItemView.EditTrigger
        self.grid.setEditTriggers(
            triggers.DoubleClicked | triggers.EditKeyPressed | triggers.AnyKeyPressed | triggers.SelectedClicked
        )
        self.grid.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)

    def edit_cell(self, key: object, name: str) -> None:
        """Open one cell for typing."""
        place = self.model.number_of(key)
        if place >= 0 and name in self.model.columns:
            index = self.model.index(place, self.model.columns.index(name))
            self.grid.setFocus()
            self.grid.stand_on(index)
            self.grid.edit(index)

    def finish_editing(self) -> bool:
        """Take over what stands in an open cell; False when it cannot be read, which is said."""
        if self.is_editing:
            self.grid.setFocus()
        cell: Any = self.grid.indexWidget(self.grid.currentIndex()) if self.is_editing else None
        if cell is not None and not cell.text_problem():  # the keyboard was never in it: the list is folded away
            self.grid.commitData(cell)
            self.grid.closeEditor(cell, QAbstractItemDelegate.EndEditHint.NoHint)
        return not self.is_editing

    # Where somebody is

    def go_to(self, key: object) -> bool:
        """Move to a record; when the filter hides it, the filter is cleared. False while it is still being read."""
        self._wanted, self._returned = key, ()
        place = self.model.number_of(key) if not self._stale else -1
        if place >= 0:
            self._wanted = None
            self._quiet = True
            self.grid.stand_on(self.model.index(place, self._first_shown()))
            self._quiet = False
            return True
        if self.search.text():
            self.search.clear()
            self._pause.stop()
            self.remarked.emit(_("The filter was cleared to show it."))
        self.refresh()
        return False

    def come_back_to(self, keys: Sequence[object]) -> None:
        """Undo has brought these back: who looks at the list sees them marked and stands on the first (F-6)."""
        looked_at = self.isVisible() and not self.is_editing and self.may_move()
        if looked_at and 0 < len(keys) <= MARKED and all_fit(self.record, keys, self._condition()):
            self._wanted, self._returned = keys[0], keys
            self.refresh()

    def go_nowhere(self) -> None:
        """Stand on no record: the one at work is not in the list now."""
        self._quiet = True
        self.grid.selectionModel().clear()
        self._quiet = False

    def step(self, by: int) -> None:
        """The next or the previous record of the list."""
        parts, row = self.model.parts, self.grid.currentIndex().row() + by
        if parts.head(row) >= 0:
            row += by
        self.go_to_row(max(0, min(row, self.model.rowCount() - 1)))

    def go_to_row(self, row: int) -> None:
        """The record in that row, as if somebody had moved there."""
        row = self.model.parts.nearest(row) if 0 <= row < self.model.rowCount() else -1
        if row >= 0:
            column = max(0, self.grid.currentIndex().column()) if self.grid.currentIndex().isValid() else 0
            self.grid.stand_on(self.model.index(row, column or self._first_shown()))

    def _moved(self, current: QModelIndex, _: QModelIndex) -> None:
        self._click_moved = True
        if not self._quiet:
            self.chosen.emit(self.model.key(current.row()) if current.isValid() else None)

    def _clicked(self, index: QModelIndex) -> None:
        """A click on the row one is on already: perhaps a new record is open, and this is the way back."""
        if not self._click_moved:
            self.chosen.emit(self.model.key(index.row()))

    def _double_clicked(self, index: QModelIndex) -> None:
        if not self.is_typed_into or not self.model.editable(index.column()):
            self._open_current()

    def _open_current(self) -> None:
        if (key := self.current()) is not None:
            self.opened.emit(key)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.MouseButtonPress and watched is self.grid.viewport():
            self._click_moved = False
        if watched is self.grid and isinstance(event, QContextMenuEvent):  # the mouse asks the viewport
            self._row_menu(self.grid.visualRect(self.grid.currentIndex()).center())
            return True
        if watched is self.search and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.grid.setFocus()
                if not self.grid.currentIndex().isValid():
                    self.go_to_row(0)
                return True
            if event.key() == Qt.Key.Key_Escape and self.search.text():
                self.search.clear()
                return True
        return super().eventFilter(watched, event)

    def add_command(self, command: Command, *, here: bool = False) -> QAction:
        """Give the list a command such as `leads.merge`, by menu and key; `here`: the key counts in the list only."""
        action = QAction(icon(command.icon, self), command.label, self)
        action.setObjectName(f"{self._name}.{command.name}")
        action.setShortcut(QKeySequence(command.key))
        if here:
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.triggered.connect(lambda: command.run(self))
        self.addAction(action)
        self._allow(action)
        return action

    def _allow(self, action: QAction) -> None:
        if action.isEnabled() == bool(why_not := self.why_refused(action.objectName().rpartition(".")[2])):
            action.setEnabled(not why_not)
            action.setToolTip(as_tip(why_not or action.text()))

    def look_at_rights(self) -> None:
        """Somebody may do other things than before."""
        for action in self.actions():
            self._allow(action)
        self.model.locked = bool(self.why_refused("edit_cell"))
        self.refit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()

    def add_bar(self, bar: QWidget) -> None:
        """A bar between the filter line and the grid."""
        column = self.layout()
        assert isinstance(column, QVBoxLayout)  # noqa: S101  made so in _build
        bar.setContentsMargins(AROUND[0], 0, AROUND[2], 0)
        column.insertWidget(2, bar)

    def add_foot(self, *verbs: QWidget) -> None:
        """What is done with all that is listed, below the rows."""
        column, foot = self.layout(), QHBoxLayout()
        assert isinstance(column, QVBoxLayout)  # noqa: S101  made so in _build
        column.addLayout(foot)
        foot.setContentsMargins(AROUND[0], 4, AROUND[2], 8)
        for place, verb in enumerate(verbs):
            foot.addWidget(verb, 0 if place else 1)

    def stand_beside_filter(self, line: QWidget | None) -> None:
        """Over a wide list there is room for more in the line of the filter."""
        self.search.setMaximumWidth(theme.px(BESIDE if line is not None else ALONE, self))
        if line is not None:
            self.tools.insertWidget(1, line, 100)

    def page_menu(self) -> QMenu:
        """What can be done with the list as a whole, for a button that stands beside it."""
        return menus.page_menu(self)

    def _row_menu(self, at: QPoint) -> None:
        """What can be done with the row; below the rows, with the list."""
        if self._menu is not None:
            self._menu.deleteLater()
        self._menu = menus.row_menu(self) if self.grid.indexAt(at).isValid() else self.page_menu()
        self._menu.popup(self.grid.viewport().mapToGlobal(at))
