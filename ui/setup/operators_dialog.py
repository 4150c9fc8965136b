"""The operators of the office: who works here, who did (CH-6, CH-7)."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Signal

from channergy_crm.language import _, closing
from channergy_crm.records.operators import Operator
from channergy_crm.services import operators
from ui.editors.base import LineEditor
from ui.widgets.dialog import Dialog, Remark, named, offer
from ui.widgets.editable_grid import Cells
from ui.widgets.grid_panel import GridPanel

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from channergy_crm.settings import Station

T = TypeVar("T")

COLUMNS = ("id", "name", "administrator", "active")
WIDTHS = (130, 240, 120, 80)
ID, NAME = 0, 1


class OperatorsDialog(Dialog):
    """Everybody, edited in place, and a line for somebody new. What is changed is saved at once."""

    def __init__(self, station: Station, by: str, parent: QWidget | None = None) -> None:
        super().__init__("operators", _("Operators"), parent, station, size=(560, 440))
        self.body.addWidget(
            Remark(
                _("Whoever owns records is retired, not deleted: no longer offered, still readable where named."), self
            )
        )
        everybody = Everybody(by, self)
        self.body.addWidget(everybody, 1)
        self.finish_with(None, self.button("close", closing(), _("Everything is saved already (Esc)")))
        everybody.setFocus()


class Everybody(GridPanel[Operator]):
    """The operators as a grid; their IDs stay, for records name them."""

    chosen = Signal(object)
    """another one is the current row, or the same one stands otherwise now"""

    def __init__(self, by: str, parent: QWidget) -> None:
        super().__init__("operators", _("Operators"), parent)
        self._by = by
        self._cells = Cells(Operator, COLUMNS, self._store, self._grid, faded=lambda who: not who.active, fixed=("id",))
        self._put_together(WIDTHS, NAME, self._grid, self._verbs(), self._said, self._line())
        self.setFocusProxy(self._grid)
        self._start()
        self._grid.go_to(by, NAME)

    # ---------------------------------------------------------------- how it is built

    def _verbs(self) -> QWidget:
        back, out = (
            _("Let the retired operator work again"),
            _("Delete, or retire when the operator owns records (Del)"),
        )
        self._back = self._button("bring_back", _("Bring back"), back, self._bring_back)
        self._out = self._button("remove", _("Remove"), out, self._remove)
        return self._strip(None, self._back, self._out)

    def _line(self) -> QWidget:
        self._id = named(LineEditor(self), "operators.new_id", _("ID of the new operator"))
        self._id.setPlaceholderText(_("ID, such as ANN"))
        self._name_line = named(LineEditor(self), "operators.new_name", _("Name of the new operator"))
        self._name_line.setPlaceholderText(_("Name"))
        return self._new_line(_("Add the operator (Enter)"), (self._id, 1), (self._name_line, 2))

    # ---------------------------------------------------------------- what is shown

    def _entries(self) -> list[Operator]:
        return operators.everybody(self._by, retired=True)

    def _offer(self) -> None:
        who = self._grid.current()
        offer(self._back, "" if who and not who.active else _("Only a retired operator can be brought back."))
        offer(self._out, "" if who is not None else _("Choose an operator first."))
        self.chosen.emit(who)

    def current(self) -> Operator | None:
        """The operator of the current row."""
        return self._grid.current()

    def look(self) -> None:
        """Everybody as they are now."""
        self._attempt(self._reload)

    # ---------------------------------------------------------------- what is done

    def _store(self, who: Operator, name: str) -> None:
        operators.save(who, self._by)

    def _add(self) -> None:
        added = self._attempt(lambda: operators.add(self._id.value(), self._name_line.value(), self._by))
        if added is None:
            (self._name_line if self._id.value() and not self._name_line.value() else self._id).setFocus()
            return
        self._reload(added.key, NAME)
        self._say(_("{name} can be chosen in the header now.").format(name=added.caption()))
        self._id.clear()
        self._name_line.clear()
        self._id.setFocus()

    def _bring_back(self) -> None:
        who = self._grid.current()
        if who is not None:
            who.active = True
            if self._attempt(lambda: operators.save(who, self._by)) is not None:
                self._say(_("{name} is back.").format(name=who.caption()))
            self._reload()
            self._grid.setFocus()

    def _remove(self) -> None:
        who = self._grid.current()
        said = self._attempt(lambda: operators.remove(who.id, self._by)) if who is not None else None
        if said is not None:
            self._reload()
            self._say(said)
