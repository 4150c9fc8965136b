"""The fields of one record type: a grid edited in place, what can be done to them, and a line for a new one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QPushButton,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from channergy_crm.errors import CRMError
from channergy_crm.fields import Lookup
from channergy_crm.records.custom_fields import KINDS, CustomField
from channergy_crm.services import custom_fields
from ui.editors.base import LineEditor
from ui.editors.choices import ChoiceEditor
from ui.widgets.dialog import Plain, Remark, named
from ui.widgets.editable_grid import CellDelegate, CellGrid, Cells

if TYPE_CHECKING:
    from collections.abc import Callable

    from channergy_crm.services.custom_fields import Described
    from channergy_crm.settings import Station
    from channergy_crm.store.database import Office
    from channergy_crm.work.record import Record

T = TypeVar("T")
AnyIndex = QModelIndex | QPersistentModelIndex

COLUMNS = ("label", "kind_name", "hint", "off_form", "retired")
WIDTHS = (190, 110, 170, 100, 70)
CHOICES = [(name, kind.caption) for name, kind in KINDS.items()]
ABOUT = (
    "Names and what is hidden hold for the whole office. A retired field is no longer offered anywhere; what it holds "
    "can still be read. What is built in is grey."
)


class FieldCells(Cells):
    """The fields as cells: of built-in ones only the name, and whether they are seen, can be changed."""

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        field: Described = self.rows[index.row()]
        name = COLUMNS[index.column()]
        fixed = (not field.own and name in ("kind_name", "hint")) or (field.needed and name in ("off_form", "retired"))
        return Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled if fixed else super().flags(index)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        field: Described = self.rows[index.row()]
        if COLUMNS[index.column()] == "kind_name" and role in (
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.ToolTipRole,
        ):
            return KINDS[field.kind_name].caption if field.own else field.kind_name
        if role == Qt.ItemDataRole.CheckStateRole and field.needed:
            return None
        return super().data(index, role)


class FieldDelegate(CellDelegate):
    """What a field holds is chosen from a list."""

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: AnyIndex) -> QWidget:
        if COLUMNS[index.column()] != "kind_name":
            return super().createEditor(parent, option, index)
        box = QComboBox(parent)
        box.setObjectName(f"{self._name}.kind")
        box.setAccessibleName("Kind")
        for name, caption in CHOICES:
            box.addItem(caption, name)
        return box

    def setEditorData(self, editor: QWidget, index: AnyIndex) -> None:
        if isinstance(editor, QComboBox):
            editor.setCurrentIndex(editor.findData(index.data(Qt.ItemDataRole.EditRole)))
        else:
            super().setEditorData(editor, index)

    def setModelData(self, editor: QWidget, model: Any, index: AnyIndex) -> None:
        if isinstance(editor, QComboBox):
            model.setData(index, editor.currentData())
        else:
            super().setModelData(editor, model, index)


class FieldsOfRecord(QWidget):
    """Every cell is saved as soon as it is left."""

    def __init__(self, station: Station, by: str, office: Office | None, parent: QWidget) -> None:
        super().__init__(parent)
        self._station, self._by, self._office = station, by, office
        self._record: type[Record] = custom_fields.records()[0]
        self._title = Plain("", self, bold=True)
        self._grid = CellGrid("fields.grid", "Fields of the records", self)
        self._grid.setItemDelegate(FieldDelegate("fields.grid", self._grid))
        self._cells = FieldCells(
            CustomField, COLUMNS, self._store, self._grid, faded=lambda it: it.retired or not it.own
        )
        self._verbs = self._verbs_under_the_grid()
        self._said = named(Remark("", self), "fields.said", "What happened")
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 0, 0, 0)
        column.setSpacing(8)
        for part in (self._title, Remark(ABOUT, self), self._grid, self._verbs, self._said):
            column.addWidget(part)
        column.addLayout(self._line_for_a_new_field())
        self._grid.edit_with(self._cells, WIDTHS, 0)
        self._cells.refused.connect(self._refuse)
        self._cells.stored.connect(self._saved)
        self._grid.removed.connect(self._remove)
        self._grid.moved.connect(self._offer)

    def open(self, record: type[Record]) -> None:
        """Show the fields of one record type."""
        self._record = record
        self._title.setText(f"Fields of {record.plural.lower()}")
        self._say("")
        self._cells.forget_typed()
        self._reload()
        self._grid.go_to(None)

    # ---------------------------------------------------------------- how it is built

    def _verbs_under_the_grid(self) -> QWidget:
        verbs = QWidget(self)
        row = QHBoxLayout(verbs)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self._up = self._button("up", "Move up", "Earlier in forms and lists (Alt+Up)", lambda: self._move(-1))
        self._down = self._button("down", "Move down", "Later in forms and lists (Alt+Down)", lambda: self._move(1))
        self._list = self._button("values", "Values…", "The list behind this field", self._values)
        self._out = self._button(
            "remove", "Remove", "Deleted, or retired when records hold a value (Del)", self._remove
        )
        row.addWidget(self._up)
        row.addWidget(self._down)
        row.addWidget(self._list)
        row.addStretch(1)
        row.addWidget(self._out)
        QShortcut(QKeySequence("Alt+Up"), self, self._up.click)
        QShortcut(QKeySequence("Alt+Down"), self, self._down.click)
        return verbs

    def _line_for_a_new_field(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        self._label = named(LineEditor(self), "fields.new_label", "Name of the new field")
        self._label.setPlaceholderText("Name of the new field")
        self._kind = named(ChoiceEditor(CHOICES, self, allow_empty=False), "fields.new_kind", "What it holds")
        self._kind.set_value("text")
        self._hint = named(LineEditor(self), "fields.new_hint", "Hint for the new field")
        self._hint.setPlaceholderText("Hint, or the unit of a number")
        for line in (self._label, self._hint):
            line.returnPressed.connect(self._add)
        row.addWidget(self._label, 3)
        row.addWidget(self._kind, 2)
        row.addWidget(self._hint, 3)
        row.addWidget(self._button("add", "Add", "Add the field (Enter)", self._add))
        return row

    def _button(self, word: str, text: str, tip: str, deed: Callable[[], object]) -> QPushButton:
        button = named(QPushButton(text, self), f"fields.{word}", text)
        button.setToolTip(tip)
        button.clicked.connect(lambda: deed())
        return button

    # ---------------------------------------------------------------- what is shown

    def _reload(self, column_name: str = "") -> None:
        current: Described | None = self._grid.current()
        column = max(self._grid.currentIndex().column(), 0)
        fields = custom_fields.of(self._record)
        self._cells.show(sorted(fields, key=lambda field: not field.own))  # the office's own ones first
        self._grid.go_to(column_name or (current.key if current else None), column)
        self._offer()

    def _own(self) -> list[Described]:
        return [field for field in self._cells.rows if field.own]

    def _offer(self) -> None:
        field: Described | None = self._grid.current()
        own = self._own()
        place = own.index(field) if field in own else -1
        self._up.setEnabled(place > 0)
        self._down.setEnabled(0 <= place < len(own) - 1)
        self._list.setEnabled(field is not None and isinstance(field.kind, Lookup))
        self._out.setEnabled(place >= 0)

    def _say(self, text: str, ink: str = "muted") -> None:
        self._said.say(text, ink)

    def _refuse(self, error: CRMError) -> None:
        self._say(error.message, "overdue")

    def _attempt(self, deed: Callable[[], T]) -> T | None:
        try:
            return deed()
        except CRMError as error:
            self._refuse(error)
            return None

    # ---------------------------------------------------------------- what is done

    def _store(self, field: Described, name: str) -> None:
        custom_fields.save(field, self._by)

    def _saved(self) -> None:
        self._say("Saved.")
        row = self._grid.currentIndex().row()
        self._reload()
        if 0 <= row < len(self._cells.rows):
            self._grid.go_to(self._cells.rows[row].key, self._grid.currentIndex().column())

    def _add(self) -> None:
        if not self._label.value():
            self._say("Type the name of the new field first.", "overdue")
            self._label.setFocus()
            return
        label, kind_name, hint = self._label.value(), self._kind.value(), self._hint.value()
        added = self._attempt(lambda: custom_fields.add(self._record, label, kind_name, self._by, hint=hint))
        if added is not None:
            self._reload(added.key)
            self._say(f"{added.caption} is there now: in forms, lists, filters, import and export.")
            self._label.clear()
            self._hint.clear()
        self._label.setFocus()

    def _move(self, by: int) -> None:
        field, own = self._grid.current(), self._own()
        place = own.index(field)
        columns = [one.column for one in own]
        columns.insert(place + by, columns.pop(place))
        self._attempt(lambda: custom_fields.reorder(self._record, columns, self._by))
        self._reload()

    def _values(self) -> None:
        from ui.setup.lookups_dialog import LookupsDialog

        field: Described = self._grid.current()
        kind = field.kind
        if isinstance(kind, Lookup):
            LookupsDialog(self._station, self._by, self, *kind.list_key, office=self._office).exec()

    def _remove(self) -> None:
        field: Described | None = self._grid.current()
        if field is None:
            return
        said = self._attempt(lambda: custom_fields.remove(field, self._by))
        if said is not None:
            self._reload()
            self._say(said)
        self._grid.setFocus()
