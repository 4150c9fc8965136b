"""The values of one list: a grid edited in place, what can be done to them, and a line for a new one."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QTimer, Signal

from channergy_crm.language import _
from channergy_crm.records.lookups import CustomLookup
from channergy_crm.services import lookups
from channergy_crm.services.rights import Program
from ui.editors.base import LineEditor
from ui.session.background import Background
from ui.session.beside import Beside
from ui.setup.rename_question import RenameQuestion
from ui.widgets.dialog import Plain, Remark, named, offer
from ui.widgets.editable_grid import Cells
from ui.widgets.grid_panel import GridPanel

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from channergy_crm.errors import CRMError
    from channergy_crm.store.database import Office

T = TypeVar("T")

COLUMNS = ("value", "description", "sort", "retired")
WIDTHS = (170, 200, 100, 70)
MANY = 500  # rows; from there on they are changed beside the window


class Values(GridPanel[CustomLookup]):
    """The values of one list as a grid; a cell is saved as soon as it is left, but a value rows hold is asked about."""

    waiting = Signal(bool)
    """A rename waits for its answer, or rows are being changed: nothing else can be done."""

    def __init__(self, by: str, office: Office | None, parent: QWidget) -> None:
        super().__init__("lookups", _("Values of the list"), parent)
        self._by, self._office = by, office
        self._work = Beside(Background(self), office, lambda told: self._say(told.text))
        self._key = ("", "")
        self._renamed: CustomLookup | None = None
        self.busy = False
        self._title = Plain("", self, bold=True)
        self._where = Remark("", self)
        self._cells = Cells(CustomLookup, COLUMNS, self._store, self._grid, faded=lambda entry: entry.retired)
        self._verbs = self._verbs_under_the_grid()
        self._question = RenameQuestion(self)
        self._line = self._line_for_a_new_value()
        self._put_together(
            WIDTHS, 1, self._title, self._where, self._grid, self._verbs, self._question, self._said, self._line
        )
        self.setContentsMargins(12, 0, 0, 0)
        self._question.answered.connect(self._answer)
        self._question.taken_back.connect(self.take_back)

    def open(self, table: str, field: str, label: str) -> None:
        """Show one list."""
        self._key = (table, field)
        self._title.setText(label)
        self._where.setText(
            _("{table} / {field}: upper and lower case count, in values too.").format(table=table, field=field)
        )
        self._start()

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
        up, down = self._up_and_down(
            _("The list gets sort numbers (Alt+Up)"), _("The list gets sort numbers (Alt+Down)")
        )
        button = self._button
        self._sort = button(
            "alphabetical", _("Sort A to Z"), _("By description, without sort numbers"), self._alphabetical
        )
        self._back = button("bring_back", _("Bring back"), _("Offer the retired value again"), self._bring_back)
        self._out = button("remove", _("Remove"), _("Deleted, or retired when rows hold it (Del)"), self._remove)
        return self._strip(up, down, self._sort, None, self._back, self._out)

    def _line_for_a_new_value(self) -> QWidget:
        self._value = named(LineEditor(self), "lookups.new_value", _("New value"))
        self._value.setPlaceholderText(_("New value"))
        self._description = named(LineEditor(self), "lookups.new_description", _("Description of the new value"))
        self._description.setPlaceholderText(_("Description, if it differs"))
        return self._new_line(_("Add the value to the list (Enter)"), (self._value, 2), (self._description, 3))

    # ---------------------------------------------------------------- what is shown

    def _entries(self) -> list[CustomLookup]:
        return lookups.entries(*self._key, Program.ITSELF)

    def _offer(self) -> None:
        entry, rows = self._grid.current(), self._cells.rows
        self._offer_moving()
        numbered = any(row.sort is not None for row in rows)
        offer(self._sort, "" if numbered else _("The list has no sort numbers; it stands in this order already."))
        offer(self._back, "" if entry and entry.retired else _("Only a retired value can be brought back."))
        offer(self._out, "" if entry is not None else _("Choose a value first."))

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
            self._say(_("Saved."))
            self._reload()

    def _answer(self, change_rows: bool) -> None:
        entry = self._renamed
        if entry is None:
            return
        self._question.hide()
        here = not change_rows or self._count < MANY or self._office is None
        if not here:
            self.busy = True
            self._say(_("Changing {count:,} rows…").format(count=self._count))
        self._work(
            lambda _progress: lookups.save(entry, self._by, change_rows=change_rows), label=_("Change the rows"),
            told=lambda _done: _("Saved."), done=lambda _done: self._settle(), failed=self._give_up, at_once=here,
        )  # fmt: skip

    def _give_up(self, error: CRMError) -> None:
        self._settle()
        self._refuse(error)

    def _settle(self) -> None:
        self._renamed, self.busy = None, False
        self._question.hide()
        self._wait(False)
        self._reload()
        self._grid.setFocus()

    def _wait(self, on: bool) -> None:
        self._cells.locked = on
        self._verbs.setEnabled(not on)
        self._line.setEnabled(not on)
        self.waiting.emit(on)

    def _add(self) -> None:
        value = self._value.value()
        if not value:
            self._say(_("Type the value to add first."), "overdue")
            self._value.setFocus()
            return
        added = self._attempt(lambda: lookups.add(*self._key, value, self._by, description=self._description.value()))
        if added is not None:
            self._reload(added.key, 0)
            self._say(_("“{value}” is in the list.").format(value=value))
            self._value.clear()
            self._description.clear()
        self._value.setFocus()

    def _reorder(self, rows: list[CustomLookup]) -> None:
        lookups.reorder([row.number for row in rows], self._by)

    def _alphabetical(self) -> None:
        self._attempt(lambda: lookups.alphabetical(*self._key, self._by))
        self._reload()

    def _bring_back(self) -> None:
        entry = self._grid.current()
        if entry is not None and self._attempt(lambda: lookups.bring_back(entry.number, self._by)) is not None:
            self._say(_("{name} is offered again.").format(name=entry.caption()))
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
