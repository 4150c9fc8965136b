"""What the results of a call mean to the office: their digits, the status they bring, when to try again (BX-2)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QComboBox, QStyleOptionViewItem, QWidget

from channergy_crm.language import N_, _, closing
from channergy_crm.records import CallRule
from channergy_crm.records.calls import Meaning
from channergy_crm.services import calls, lookups
from channergy_crm.services.rights import Program
from ui.look.plain import as_tip
from ui.look.wording import shown
from ui.setup.rule_part import RulePart
from ui.widgets.dialog import Dialog, Remark
from ui.widgets.editable_grid import CellDelegate, Cells
from ui.widgets.grid_panel import GridPanel

if TYPE_CHECKING:
    from collections.abc import Callable

    from channergy_crm.settings import Station

AnyIndex = QModelIndex | QPersistentModelIndex
COLUMNS = ("code", "digit", "meaning", "status", "delay", "most_tries")
WIDTHS = (150, 56, 118, 150, 192, 124)
ABOUT = N_(
    "Each result of a call with its digit on the call bar (1 to 9; 0 stands under “other”), what it means, the Call "
    "Status it brings, after how many minutes the next try is proposed and after how many tries no more. New results "
    "are added in Lookups, in the list Call Code."
)


class ResultRow:
    """One result as a row: known by its code, also before it has a rule of its own."""

    def __init__(self, rule: CallRule) -> None:
        self.__dict__["rule"] = rule

    @property
    def key(self) -> object:
        """Its code."""
        return self.__dict__["rule"].code

    def __getattr__(self, name: str) -> Any:
        return getattr(self.__dict__["rule"], name)

    def __setattr__(self, name: str, value: object) -> None:
        setattr(self.__dict__["rule"], name, value)


class ResultCells(Cells[ResultRow]):
    """The results as cells; what comes out of a list is shown as people read it."""

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        kind = CallRule.kind(COLUMNS[index.column()])
        if kind.name == "digit" and role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignCenter  # a key, no amount
        described = kind.list_key is not None and role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole)
        if not described:
            return super().data(index, role)
        text = shown(kind, getattr(self.rows[index.row()], kind.name))
        return as_tip(text) if role == Qt.ItemDataRole.ToolTipRole else text


def meanings() -> list[tuple[str, str]]:
    """What a result can mean, as a drop-down shows it."""
    return [(meaning.value, _(meaning.value)) for meaning in Meaning]


def statuses() -> list[tuple[str, str]]:
    """The office's Call Status, as a drop-down shows it."""
    table, field = CallRule.kind("status").list_key or ("", "")
    return [("", ""), *((each.value, each.description) for each in lookups.offered(table, field, Program.ITSELF))]


CHOICES: dict[str, Callable[[], list[tuple[str, str]]]] = {"meaning": meanings, "status": statuses}


class ResultDelegate(CellDelegate):
    """Opens the editor of a cell; what a result means and its status are chosen from a list."""

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: AnyIndex) -> QWidget:
        choices = CHOICES.get(COLUMNS[index.column()])
        if choices is None:
            return super().createEditor(parent, option, index)
        box = QComboBox(parent)
        box.setObjectName(f"{self._name}.editor")
        box.setAccessibleName(CallRule.kind(COLUMNS[index.column()]).label)
        for value, text in choices():
            box.addItem(text, value)
        return box

    def setEditorData(self, editor: QWidget, index: AnyIndex) -> None:
        if isinstance(editor, QComboBox):
            editor.setCurrentIndex(editor.findText(str(index.data(Qt.ItemDataRole.DisplayRole) or "")))
        else:
            super().setEditorData(editor, index)

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: AnyIndex) -> None:
        if isinstance(editor, QComboBox):
            model.setData(index, editor.currentData())
        else:
            super().setModelData(editor, model, index)


class Results(GridPanel[ResultRow]):
    """The results as a grid; a cell is saved as soon as it is left."""

    def __init__(self, by: str, parent: QWidget) -> None:
        super().__init__("results", _("Results of a call"), parent)
        self._by = by
        self._cells = ResultCells(
            CallRule, COLUMNS, self._store, self._grid, faded=lambda row: not row.digit, fixed=("code",)
        )
        self._grid.setItemDelegate(ResultDelegate("results.grid", self._grid))
        up, down = self._up_and_down(
            _("Earlier under “other” (Alt+Up)"), _("Later under “other” (Alt+Down)")
        )  # fmt: skip
        self._more = RulePart(statuses(), self)
        self._more.changed.connect(self._change)
        self._put_together(
            WIDTHS, 0, Remark(_(ABOUT), self), self._grid, self._strip(up, down, None), self._more, self._said
        )  # fmt: skip
        self._start()

    def _change(self, name: str, value: object) -> None:
        """What stands below the grid belongs to the row somebody is on."""
        row = self._grid.current()
        if row is not None:
            setattr(row, name, value)
            self._attempt(lambda: self._store(row, name))
            self._saved()

    def _entries(self) -> list[ResultRow]:
        return [ResultRow(rule) for rule in calls.entries(Program.ITSELF)]

    def _offer(self) -> None:
        self._offer_moving()
        row = self._grid.current()
        found = calls.results(Program.ITSELF) if row is not None else []
        result = next((each for each in found if row is not None and each.code == row.key), None)
        self._more.show_rule(row.rule if row is not None else None, result)

    def _movable(self) -> list[ResultRow]:
        """Those with a digit stand where it puts them."""
        return [row for row in self._cells.rows if not row.digit and not row.is_new]

    def _reorder(self, rows: list[ResultRow]) -> None:
        with_digit = [row for row in self._cells.rows if row.digit]
        calls.reorder([str(row.key) for row in (*with_digit, *rows)], self._by)

    def _remove(self) -> None:
        """Del: a result is taken away in its list."""
        self._say(_("Results are taken away in Lookups, in the list Call Code."), "muted")

    def _store(self, row: ResultRow, name: str) -> None:
        calls.save_rule(row.rule, self._by)

    def _saved(self) -> None:
        self._say(_("Saved."))
        self._reload()


class ResultsDialog(Dialog):
    """What the results of a call mean. What is changed is saved at once and can be undone afterwards."""

    def __init__(self, station: Station, by: str, parent: QWidget | None = None) -> None:
        super().__init__("results", _("Results of a call"), parent, station, size=(860, 640))
        self._results = Results(by, self)
        self.body.addWidget(self._results, 1)
        self.finish_with(None, self.button("close", closing(), _("Everything is saved already (Esc)")))
