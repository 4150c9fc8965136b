"""The office's own lists behind the drop-downs, edited in place (CH-149…CH-154, C20)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from channergy_crm.database import Office
from channergy_crm.errors import Clash, CRMError
from channergy_crm.lookups import CustomLookup
from channergy_crm.services import lists
from channergy_crm.settings import Station
from ui.dialogs.cells import CellGrid, Cells
from ui.dialogs.dialog import Dialog, Plain, Remark
from ui.dialogs.list_of_lists import ListOfLists
from ui.dialogs.rename import RenameQuestion
from ui.editors import LineEditor
from ui.tasks import Tasks

COLUMNS = ("value", "description", "sort", "retired")
WIDTHS = (150, 200, 100, 70)
MANY = 500  # rows; from there on they are changed beside the window


class LookupsDialog(Dialog):
    """Left the lists, right the values of one; every cell is saved when it is left, and can be undone afterwards.

    With `table` and `field` it opens at that list, ready for a new value; `typed` is put there already. With the
    office at hand thousands of rows are changed beside the window.
    """

    def __init__(
        self,
        station: Station,
        by: str,
        parent: QWidget | None = None,
        table: str | None = None,
        field: str | None = None,
        *,
        typed: str = "",
        office: Office | None = None,
    ) -> None:
        super().__init__("lookups", "Lookups", parent, station, size=(900, 560))
        self._by, self._office, self._tasks = by, office, Tasks(self)
        self._key = ("", "")
        self._renamed: CustomLookup | None = None
        self._busy = False
        self._build()
        if table is not None and field is not None:
            self._left.go_to(table, field)
            self._value.set_value(typed)
            self._value.setFocus()
        else:
            self._left.setFocus()

    def reject(self) -> None:
        """Esc takes an open rename back first; while rows are being changed it waits."""
        if self._renamed is not None:
            self._take_back()
        elif not self._busy:
            super().reject()

    # ---------------------------------------------------------------- how it looks

    def _build(self) -> None:
        halves = QSplitter(self)
        halves.setObjectName("lookups.halves")
        halves.setChildrenCollapsible(False)
        self._left = ListOfLists(lists.fields(), self)
        self._right = QWidget(self)
        column = QVBoxLayout(self._right)
        column.setContentsMargins(12, 0, 0, 0)
        column.setSpacing(8)
        self._title = Plain("", self, bold=True)
        self._where = Remark("", self)
        self._said = Remark("", self)
        self._said.hide()
        self._question = RenameQuestion(self)
        self._question.answered.connect(self._answer)
        self._question.taken_back.connect(self._take_back)
        self._grid_of_values()
        for part in (self._title, self._where, self._grid):
            column.addWidget(part)
        self._verbs, self._line = self._verbs_under_the_grid(), self._line_for_a_new_value()
        for part in (self._verbs, self._question, self._said, self._line):
            column.addWidget(part)
        halves.addWidget(self._left)
        halves.addWidget(self._right)
        halves.setStretchFactor(1, 1)
        halves.setSizes([250, 650])
        self.body.addWidget(halves, 1)
        self.finish_with(None, self.button("close", "Close", "Everything is saved already (Esc)"))
        self._left.chosen.connect(self._open)
        self._left.setFocusProxy(self._left.findChild(QWidget, "lookups.filter"))
        self._left.announce()

    def _grid_of_values(self) -> None:
        self._grid = CellGrid("lookups.grid", "Values of the list", self)
        self._cells = Cells(CustomLookup, COLUMNS, self._store, self._grid, faded=lambda entry: entry.retired)
        self._grid.edit_with(self._cells, WIDTHS, 1)
        self._cells.refused.connect(self._refuse)
        self._cells.stored.connect(self._stored)
        self._grid.removed.connect(self._remove)
        self._grid.moved.connect(self._offer)

    def _verbs_under_the_grid(self) -> QWidget:
        verbs = QWidget(self)
        row = QHBoxLayout(verbs)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self._up = self.button("up", "Move up", "Move the value up; the list gets sort numbers (Alt+Up)")
        self._down = self.button("down", "Move down", "Move the value down; the list gets sort numbers (Alt+Down)")
        self._sort = self.button("alphabetical", "Sort A to Z", "Drop the sort numbers: sorted by description")
        self._back = self.button("bring_back", "Bring back", "Offer the retired value again")
        self._out = self.button("remove", "Remove", "Delete the value, or retire it when rows hold it (Del)")
        for button, deed in (
            (self._up, lambda: self._move(-1)), (self._down, lambda: self._move(1)), (self._sort, self._alphabetical),
            (self._back, self._bring_back), (self._out, self._remove),
        ):  # fmt: skip
            if button is self._back:
                row.addStretch(1)
            row.addWidget(button)
            button.clicked.connect(deed)
        QShortcut(QKeySequence("Alt+Up"), self, lambda: self._move(-1))
        QShortcut(QKeySequence("Alt+Down"), self, lambda: self._move(1))
        return verbs

    def _line_for_a_new_value(self) -> QWidget:
        line = QWidget(self)
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self._value = self.named(LineEditor(self), "new_value", "New value")
        self._value.setPlaceholderText("New value")
        self._description = self.named(LineEditor(self), "new_description", "Its description")
        self._description.setPlaceholderText("Description, if it differs")
        add = self.button("add", "Add", "Add the value to the list (Enter)")
        add.clicked.connect(self._add)
        for text in (self._value, self._description):
            text.returnPressed.connect(self._add)
        row.addWidget(self._value, 2)
        row.addWidget(self._description, 3)
        row.addWidget(add)
        return line

    # ---------------------------------------------------------------- one list

    def _open(self, table: str, field: str) -> None:
        self._key = (table, field)
        self._title.setText(self._left.label())
        self._where.setText(f"Kept as {table} / {field}. Upper and lower case count, in these names and in every value.")
        self._cells.forget_typed()
        self._say("")
        self._reload()
        self._grid.go_to(None)

    def _reload(self) -> None:
        current = self._grid.current()
        self._cells.show(lists.entries(*self._key))
        self._grid.go_to(current.key if current else None, max(self._grid.currentIndex().column(), 0))
        self._offer()

    def _offer(self) -> None:
        entry, rows = self._grid.current(), self._cells.rows
        place = rows.index(entry) if entry in rows else -1
        self._up.setEnabled(place > 0)
        self._down.setEnabled(0 <= place < len(rows) - 1)
        self._sort.setEnabled(any(row.sort is not None for row in rows))
        self._back.setEnabled(bool(entry and entry.retired))
        self._out.setEnabled(bool(entry and not entry.retired) or bool(entry and not lists.holders(entry, entry.value)))

    def _say(self, text: str, ink: str = "muted") -> None:
        self._said.say(text, ink)
