"""The fields of one record type: a grid edited in place, what can be done to them, and a line for a new one."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import (
    QComboBox,
    QStyleOptionViewItem,
    QWidget,
)

from channergy_crm.language import N_, _, many
from channergy_crm.records.custom_fields import KINDS, CustomField
from channergy_crm.services import custom_fields
from channergy_crm.services.custom_fields import Described
from ui.editors.base import LineEditor
from ui.editors.choices import ChoiceEditor
from ui.look.plain import as_tip
from ui.widgets.dialog import Plain, Remark, named, offer
from ui.widgets.editable_grid import CellDelegate, Cells
from ui.widgets.fields import ComboBox
from ui.widgets.grid_panel import GridPanel

if TYPE_CHECKING:
    from channergy_crm.settings import Station
    from channergy_crm.store.database import Office
    from channergy_crm.work.record import Record

T = TypeVar("T")
AnyIndex = QModelIndex | QPersistentModelIndex

COLUMNS = ("label", "kind_name", "hint", "off_form", "retired")
WIDTHS = (190, 110, 170, 100, 70)
BUILT_IN = (
    N_("Date"), N_("Email"), N_("Flag"), N_("Link"), N_("Long text"), N_("Lookup"), N_("Moment"), N_("Money"),
    N_("More phones"), N_("Imported"), N_("In project"), N_("Multi lookup"), N_("Number"), N_("Owner"),
    N_("Owner of customer"), N_("Percent"), N_("Phone"),
    N_("Record number"), N_("Reference"), N_("Search text"), N_("Subject"), N_("Text"), N_("Time"), N_("Website"),
    N_("Weight"),
)  # fmt: skip
"""the kinds of built-in fields, as the service calls them"""
ABOUT = N_(
    "Names and what is hidden hold for the whole office. A retired field is no longer offered anywhere; what it holds "
    "can still be read. What is built in is grey."
)


def kinds_to_choose() -> list[tuple[str, str]]:
    """What a field of the office can hold, as a drop-down shows it."""
    return [(name, _(kind.caption)) for name, kind in KINDS.items()]


class FieldCells(Cells[Described]):
    """The fields as cells: of built-in ones only the name, and whether they are seen, can be changed."""

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        field = self.rows[index.row()]
        name = COLUMNS[index.column()]
        fixed = (not field.own and name in ("kind_name", "hint")) or (field.needed and name in ("off_form", "retired"))
        return Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled if fixed else super().flags(index)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        field = self.rows[index.row()]
        if COLUMNS[index.column()] == "kind_name" and role in (
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.ToolTipRole,
        ):
            caption = KINDS[field.kind_name].caption if field.own else field.kind_name
            return as_tip(_(caption)) if role == Qt.ItemDataRole.ToolTipRole else _(caption)
        if role == Qt.ItemDataRole.CheckStateRole and field.needed:
            return None
        return super().data(index, role)


class FieldDelegate(CellDelegate):
    """Opens the editor of a cell; what a field holds is chosen from a list."""

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: AnyIndex) -> QWidget:
        if COLUMNS[index.column()] != "kind_name":
            return super().createEditor(parent, option, index)
        box = ComboBox(parent)
        box.setObjectName(f"{self._name}.kind")
        box.setAccessibleName(_("Kind"))
        for name, caption in kinds_to_choose():
            box.addItem(caption, name)
        return box

    def setEditorData(self, editor: QWidget, index: AnyIndex) -> None:
        if isinstance(editor, QComboBox):
            editor.setCurrentIndex(editor.findData(index.data(Qt.ItemDataRole.EditRole)))
        else:
            super().setEditorData(editor, index)

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: AnyIndex) -> None:
        if isinstance(editor, QComboBox):
            model.setData(index, editor.currentData())
        else:
            super().setModelData(editor, model, index)


class FieldsOfRecord(GridPanel[Described]):
    """The fields of one record type as a grid; every cell is saved as soon as it is left."""

    def __init__(self, station: Station, by: str, office: Office | None, parent: QWidget) -> None:
        super().__init__("fields", _("Fields of the records"), parent)
        self._station, self._by, self._office = station, by, office
        self._record: type[Record] = custom_fields.records()[0]
        self._title = Plain("", self, bold=True)
        self._grid.setItemDelegate(FieldDelegate("fields.grid", self._grid))
        self._cells = FieldCells(
            CustomField, COLUMNS, self._store, self._grid, faded=lambda it: it.retired or not it.own
        )
        self._put_together(
            WIDTHS, 0, self._title, Remark(_(ABOUT), self), self._grid, self._verbs_under_the_grid(), self._said,
            self._line_for_a_new_field(),
        )  # fmt: skip
        self.setContentsMargins(12, 0, 0, 0)

    def open(self, record: type[Record]) -> None:
        """Show the fields of one record type."""
        self._record = record
        self._title.setText(_("Fields of {records}").format(records=many(record)))
        self._start()

    # ---------------------------------------------------------------- how it is built

    def _verbs_under_the_grid(self) -> QWidget:
        up, down = self._up_and_down(_("Earlier in forms and lists (Alt+Up)"), _("Later in forms and lists (Alt+Down)"))
        self._list = self._button("values", _("Values…"), _("The list behind this field"), self._values)
        self._out = self._button(
            "remove", _("Remove"), _("Deleted, or retired when records hold a value (Del)"), self._remove
        )
        return self._strip(up, down, self._list, None, self._out)

    def _line_for_a_new_field(self) -> QWidget:
        self._label = named(LineEditor(self), "fields.new_label", _("Name of the new field"))
        self._label.setPlaceholderText(_("Name of the new field"))
        self._kind = named(
            ChoiceEditor(kinds_to_choose(), self, allow_empty=False), "fields.new_kind", _("What it holds")
        )
        self._kind.set_value("text")
        self._hint = named(LineEditor(self), "fields.new_hint", _("Hint for the new field"))
        self._hint.setPlaceholderText(_("Hint, or the unit of a number"))
        return self._new_line(_("Add the field (Enter)"), (self._label, 3), (self._kind, 2), (self._hint, 3))

    # ---------------------------------------------------------------- what is shown

    def _entries(self) -> list[Described]:
        return sorted(
            custom_fields.of(self._record, self._by), key=lambda field: not field.own
        )  # the office's own ones first

    def _movable(self) -> list[Described]:
        return [field for field in self._cells.rows if field.own]

    def _offer(self) -> None:
        field = self._grid.current()
        self._offer_moving()
        listed = field is not None and field.kind.list_key is not None
        offer(self._list, "" if listed else _("There is no list behind this field."))
        offer(self._out, "" if field is not None and field.own else _("Only a field this office has added can go."))

    # ---------------------------------------------------------------- what is done

    def _store(self, field: Described, name: str) -> None:
        custom_fields.save(field, self._by)

    def _saved(self) -> None:
        self._say(_("Saved."))
        row = self._grid.currentIndex().row()
        self._reload()
        if 0 <= row < len(self._cells.rows):
            self._grid.go_to(self._cells.rows[row].key, self._grid.currentIndex().column())

    def _add(self) -> None:
        if not self._label.value():
            self._say(_("Type the name of the new field first."), "overdue")
            self._label.setFocus()
            return
        label, kind_name, hint = self._label.value(), self._kind.value(), self._hint.value()
        added = self._attempt(lambda: custom_fields.add(self._record, label, kind_name, self._by, hint=hint))
        if added is not None:
            self._reload(added.key)
            self._say(_("{name} is there now: in forms, lists, filters, import and export.").format(name=added.caption))
            self._label.clear()
            self._hint.clear()
        self._label.setFocus()

    def _reorder(self, rows: list[Described]) -> None:
        custom_fields.reorder(self._record, [row.column for row in rows], self._by)

    def _values(self) -> None:
        from ui.setup.lookups_dialog import LookupsDialog

        field = self._grid.current()
        kind = field.kind if field is not None else None
        if kind is not None and kind.list_key:
            LookupsDialog(self._station, self._by, self, *kind.list_key, office=self._office).exec()

    def _remove(self) -> None:
        field = self._grid.current()
        if field is None:
            return
        said = self._attempt(lambda: custom_fields.remove(field, self._by))
        if said is not None:
            self._reload()
            self._say(said)
        self._grid.setFocus()
