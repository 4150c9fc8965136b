"""The operators of the office: who works here, who did (CH-6, CH-7)."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from PySide6.QtWidgets import QHBoxLayout, QWidget

from channergy_crm.errors import Clash, CRMError
from channergy_crm.records.operators import Operator
from channergy_crm.services import operators
from channergy_crm.services.rights import Program
from ui.editors.base import LineEditor
from ui.widgets.dialog import Dialog, Remark
from ui.widgets.editable_grid import CellGrid, Cells

if TYPE_CHECKING:
    from collections.abc import Callable

    from channergy_crm.settings import Station

T = TypeVar("T")

COLUMNS = ("id", "name", "active")
WIDTHS = (130, 260, 80)
ID, NAME = 0, 1


class OperatorsDialog(Dialog):
    """A grid of everybody, edited in place, and a line for somebody new. What is changed is saved at once."""

    def __init__(self, station: Station, by: str, parent: QWidget | None = None) -> None:
        super().__init__("operators", "Operators", parent, station, size=(560, 440))
        self._by = by
        self._grid = CellGrid("operators.grid", "Operators", self)
        self._cells = Cells(Operator, COLUMNS, self._store, self._grid, faded=lambda who: not who.active, fixed=("id",))
        self._grid.edit_with(self._cells, WIDTHS, NAME)
        self._said = self.named(Remark("", self), "said", "What happened")
        self.body.addWidget(
            Remark("Whoever owns records is retired, not deleted: no longer offered, still readable where named.", self)
        )
        self.body.addWidget(self._grid, 1)
        self.body.addLayout(self._verbs())
        self.body.addWidget(self._said)
        self.body.addLayout(self._line())
        self.finish_with(None, self.button("close", "Close", "Everything is saved already (Esc)"))
        self._cells.refused.connect(self._refuse)
        self._cells.stored.connect(self._saved)
        self._grid.removed.connect(self._remove)
        self._grid.moved.connect(self._offer)
        self._say("")
        self._reload()
        self._grid.go_to(by, NAME)
        self._grid.setFocus()

    # ---------------------------------------------------------------- how it is built

    def _verbs(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        self._back = self.button("bring_back", "Bring back", "Let the retired operator work again")
        self._out = self.button("remove", "Remove", "Delete, or retire when the operator owns records (Del)")
        self._back.clicked.connect(self._bring_back)
        self._out.clicked.connect(self._remove)
        row.addWidget(self._back)
        row.addWidget(self._out)
        return row

    def _line(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        self._id = self.named(LineEditor(self), "new_id", "ID of the new operator")
        self._id.setPlaceholderText("ID, such as ANN")
        self._name_line = self.named(LineEditor(self), "new_name", "Name of the new operator")
        self._name_line.setPlaceholderText("Name")
        add = self.button("add", "Add", "Add the operator (Enter)")
        add.clicked.connect(self._add)
        for line, share in ((self._id, 1), (self._name_line, 2)):
            line.returnPressed.connect(self._add)
            row.addWidget(line, share)
        row.addWidget(add)
        return row

    # ---------------------------------------------------------------- what is shown

    def _reload(self) -> None:
        current = self._grid.current()
        column = max(self._grid.currentIndex().column(), 0)
        self._cells.show(operators.everybody(Program.ITSELF, retired=True))
        self._grid.go_to(current.key if current else None, column)
        self._offer()

    def _offer(self) -> None:
        who = self._grid.current()
        self._back.setEnabled(bool(who and not who.active))
        self._out.setEnabled(who is not None)

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

    def _store(self, who: Operator, name: str) -> None:
        operators.save(who, self._by)

    def _saved(self) -> None:
        self._say("Saved.")
        self._offer()

    def _add(self) -> None:
        added = self._attempt(lambda: operators.add(self._id.value(), self._name_line.value(), self._by))
        if added is None:
            (self._name_line if self._id.value() and not self._name_line.value() else self._id).setFocus()
            return
        self._reload()
        self._grid.go_to(added.id, NAME)
        self._say(f"{added.caption()} can be chosen in the header now.")
        self._id.clear()
        self._name_line.clear()
        self._id.setFocus()

    def _bring_back(self) -> None:
        who = self._grid.current()
        if who is not None:
            who.active = True
            if self._attempt(lambda: operators.save(who, self._by)) is not None:
                self._say(f"{who.caption()} is back.")
            self._reload()
            self._grid.setFocus()

    def _remove(self) -> None:
        who = self._grid.current()
        said = self._attempt(lambda: operators.remove(who.id, self._by)) if who is not None else None
        if said is not None:
            self._reload()
            self._say(said)
