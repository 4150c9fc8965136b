"""The values of one list: a grid edited in place, what can be done to them, and a line for a new one."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from channergy_crm.errors import Clash, CRMError
from channergy_crm.records.lookups import CustomLookup
from channergy_crm.services import lookups
from channergy_crm.services.rights import Program
from ui.editors.base import LineEditor
from ui.session.background import Background
from ui.setup.rename_question import RenameQuestion
from ui.widgets.dialog import Plain, Remark, named
from ui.widgets.editable_grid import CellGrid, Cells

if TYPE_CHECKING:
    from collections.abc import Callable

    from channergy_crm.store.database import Office

T = TypeVar("T")

COLUMNS = ("value", "description", "sort", "retired")
WIDTHS = (170, 200, 100, 70)
MANY = 500  # rows; from there on they are changed beside the window


class Values(QWidget):
    """Every cell is saved as soon as it is left. A renamed value that rows hold is asked about first."""

    waiting = Signal(bool)
    """A rename waits for its answer, or rows are being changed: nothing else can be done."""

    def __init__(self, by: str, office: Office | None, parent: QWidget) -> None:
        super().__init__(parent)
        self._by, self._office, self._background = by, office, Background(self)
        self._key = ("", "")
        self._renamed: CustomLookup | None = None
        self.busy = False
        self._title = Plain("", self, bold=True)
        self._where = Remark("", self)
        self._grid = CellGrid("lookups.grid", "Values of the list", self)
        self._cells = Cells(CustomLookup, COLUMNS, self._store, self._grid, faded=lambda entry: entry.retired)
        self._verbs = self._verbs_under_the_grid()
        self._question = RenameQuestion(self)
        self._said = named(Remark("", self), "lookups.said", "What happened")
        self._line = self._line_for_a_new_value()
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 0, 0, 0)
        column.setSpacing(8)
        for part in (self._title, self._where, self._grid, self._verbs, self._question, self._said, self._line):
            column.addWidget(part)
        self._grid.edit_with(self._cells, WIDTHS, 1)
        self._cells.refused.connect(self._refuse)
        self._cells.stored.connect(self._saved)
        self._grid.removed.connect(self._remove)
        self._grid.moved.connect(self._offer)
        self._question.answered.connect(self._answer)
        self._question.taken_back.connect(self.take_back)

    def open(self, table: str, field: str, label: str) -> None:
        """Show one list."""
        self._key = (table, field)
        self._title.setText(label)
        self._where.setText(f"{table} / {field}: upper and lower case count, in values too.")
        self._say("")
        self._cells.forget_typed()
        self._reload()
        self._grid.go_to(None)

    def begin(self, typed: str) -> None:
        """Go to the line for a new value, with what was typed already."""
        self._value.set_value(typed)
        self._value.setFocus()

    def take_back(self) -> bool:
        """Forget a rename that waits for its answer; tells whether one did."""
        if self._renamed is None:
            return False
        self._settle()
        return True

    # ---------------------------------------------------------------- how it is built

    def _verbs_under_the_grid(self) -> QWidget:
        verbs = QWidget(self)
        row = QHBoxLayout(verbs)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        button = self._button
        self._up = button("up", "Move up", "The list gets sort numbers (Alt+Up)", lambda: self._move(-1))
        self._down = button("down", "Move down", "The list gets sort numbers (Alt+Down)", lambda: self._move(1))
        self._sort = button("alphabetical", "Sort A to Z", "By description, without sort numbers", self._alphabetical)
        self._back = button("bring_back", "Bring back", "Offer the retired value again", self._bring_back)
        self._out = button("remove", "Remove", "Deleted, or retired when rows hold it (Del)", self._remove)
        for one in (self._up, self._down, self._sort):
            row.addWidget(one)
        row.addStretch(1)
        row.addWidget(self._back)
        row.addWidget(self._out)
        QShortcut(QKeySequence("Alt+Up"), self, self._up.click)
        QShortcut(QKeySequence("Alt+Down"), self, self._down.click)
        return verbs

    def _line_for_a_new_value(self) -> QWidget:
        line = QWidget(self)
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self._value = named(LineEditor(self), "lookups.new_value", "New value")
        self._value.setPlaceholderText("New value")
        self._description = named(LineEditor(self), "lookups.new_description", "Description of the new value")
        self._description.setPlaceholderText("Description, if it differs")
        for text in (self._value, self._description):
            text.returnPressed.connect(self._add)
            row.addWidget(text, 2 if text is self._value else 3)
        row.addWidget(self._button("add", "Add", "Add the value to the list (Enter)", self._add))
        return line

    def _button(self, word: str, text: str, tip: str, deed: Callable[[], object]) -> QPushButton:
        button = named(QPushButton(text, self), f"lookups.{word}", text)
        button.setToolTip(tip)
        button.clicked.connect(lambda: deed())
        return button

    # ---------------------------------------------------------------- what is shown

    def _reload(self) -> None:
        current = self._grid.current()
        column = max(self._grid.currentIndex().column(), 0)
        self._cells.show(lookups.entries(*self._key, Program.ITSELF))
        self._grid.go_to(current.key if current else None, column)
        self._offer()

    def _offer(self) -> None:
        entry, rows = self._grid.current(), self._cells.rows
        place = rows.index(entry) if entry in rows else -1
        self._up.setEnabled(place > 0)
        self._down.setEnabled(0 <= place < len(rows) - 1)
        self._sort.setEnabled(any(row.sort is not None for row in rows))
        self._back.setEnabled(bool(entry and entry.retired))
        self._out.setEnabled(entry is not None)

    def _say(self, text: str, ink: str = "muted") -> None:
        self._said.say(text, ink)

    def _refuse(self, error: CRMError) -> None:
        self._say(error.message, "overdue")
        if isinstance(error, Clash):
            self._reload()

    def _attempt(self, deed: Callable[[], T]) -> T | None:
        try:
            return deed()
        except CRMError as error:
            self._refuse(error)
            return None

    # ---------------------------------------------------------------- what is done

    def _store(self, entry: CustomLookup, name: str) -> None:
        count = lookups.affected(entry, self._by) if name == "value" else 0
        if not count:
            lookups.save(entry, self._by)
            return
        self._renamed, self._count = entry, count
        self._wait(True)
        old, new = entry.changes()["value"]
        QTimer.singleShot(0, self, lambda: self._question.ask(old, new, count))  # once the cell is closed

    def _saved(self) -> None:
        if self._renamed is None:
            self._say("Saved.")
            self._reload()

    def _answer(self, change_rows: bool) -> None:
        entry = self._renamed
        if entry is None:
            return
        self._question.hide()
        if not change_rows or self._count < MANY or self._office is None:
            self._attempt(lambda: lookups.save(entry, self._by, change_rows=change_rows))
            self._settle()
            return
        office, self.busy = self._office, True
        self._say(f"Changing {self._count:,} rows…")

        def beside(_: object) -> None:
            with office.borrowed():
                lookups.save(entry, self._by, change_rows=True)

        self._background.run(
            beside, label="Change the rows", done=lambda _: self._settle("Saved."), failed=self._give_up
        )

    def _give_up(self, error: CRMError) -> None:
        self._settle()
        self._refuse(error)

    def _settle(self, said: str = "") -> None:
        self._renamed, self.busy = None, False
        self._question.hide()
        self._wait(False)
        self._reload()
        if said:
            self._say(said)
        self._grid.setFocus()

    def _wait(self, on: bool) -> None:
        self._cells.locked = on
        self._verbs.setEnabled(not on)
        self._line.setEnabled(not on)
        self.waiting.emit(on)

    def _add(self) -> None:
        value = self._value.value()
        if not value:
            self._say("Type the value to add first.", "overdue")
            self._value.setFocus()
            return
        added = self._attempt(lambda: lookups.add(*self._key, value, self._by, description=self._description.value()))
        if added is not None:
            self._reload()
            self._grid.go_to(added.number)
            self._say(f"“{value}” is in the list.")
            self._value.clear()
            self._description.clear()
        self._value.setFocus()

    def _move(self, by: int) -> None:
        entry, rows = self._grid.current(), self._cells.rows
        place = rows.index(entry)
        numbers = [row.number for row in rows]
        numbers.insert(place + by, numbers.pop(place))
        self._attempt(lambda: lookups.reorder(numbers, self._by))
        self._reload()

    def _alphabetical(self) -> None:
        self._attempt(lambda: lookups.alphabetical(*self._key, self._by))
        self._reload()

    def _bring_back(self) -> None:
        entry = self._grid.current()
        if entry is not None and self._attempt(lambda: lookups.bring_back(entry.number, self._by)) is not None:
            self._say(f"{entry.caption()} is offered again.")
            self._reload()
            self._grid.setFocus()

    def _remove(self) -> None:
        entry = self._grid.current()
        if entry is None or self._cells.locked:
            return
        place = self._cells.rows.index(entry)
        said = self._attempt(lambda: lookups.remove(entry.number, self._by))
        if said is not None:
            self._reload()
            if entry.key not in {row.key for row in self._cells.rows} and self._cells.rows:
                self._grid.go_to(self._cells.rows[min(place, len(self._cells.rows) - 1)].key)
            self._say(said)
