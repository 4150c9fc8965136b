"""Editing a cell of a grid with the editor of its kind."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, QSize
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from channergy_crm.fields import Flag
from ui.field_editors import editor_for, stored
from ui.table_model import RecordModel

AnyIndex = QModelIndex | QPersistentModelIndex


class CellDelegate(QStyledItemDelegate):
    """Gives each cell the editor a form would give its field. What cannot be read keeps the cell open."""

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: AnyIndex) -> QWidget:
        model = index.model()
        assert isinstance(model, RecordModel)  # noqa: S101
        kind = model.kind(index.column())
        editor: Any = editor_for(kind, parent, in_grid=True)
        editor.setObjectName(f"cell.{model.columns[index.column()]}")
        editor.setAccessibleName(kind.label)
        if isinstance(kind, Flag):
            editor.setAutoFillBackground(True)
        return editor  # type: ignore[no-any-return]

    def setEditorData(self, editor: Any, index: AnyIndex) -> None:
        editor.set_value(index.data(2))
        if hasattr(editor, "selectAll"):
            editor.selectAll()

    def setModelData(self, editor: Any, model: QAbstractItemModel, index: AnyIndex) -> None:
        assert isinstance(model, RecordModel)  # noqa: S101
        if sentence := editor.text_problem():
            model.refused.emit(sentence)
            return
        model.setData(index, stored(model.kind(index.column()), editor.value()))

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        return QSize(80, 27)
