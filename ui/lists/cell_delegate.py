"""Editing a cell of a grid with the editor of its kind."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from channergy_crm.errors import CRMError
from channergy_crm.services import linking, reading
from channergy_crm.work.record import time_of
from ui.editors.for_kind import chosen_from, editor_for, stored
from ui.editors.record_picker import RecordPicker, picks
from ui.lists.table_model import RecordModel, WithMore
from ui.look.wording import naming

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from channergy_crm.work.record import Record

AnyIndex = QModelIndex | QPersistentModelIndex
LEAVING = {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab, Qt.Key.Key_Backtab}


class CellDelegate(QStyledItemDelegate):
    """Gives each cell the editor a form would give its field. What cannot be read keeps the cell open."""

    add_requested = Signal(object, object, str)
    """field, number of the record and what was typed: a new value for the list behind a cell"""

    def __init__(self, parent: QObject, by: Callable[[], str]) -> None:
        super().__init__(parent)
        self._by = by

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: AnyIndex) -> QWidget | None:  # type: ignore[override]
        model = index.model()
        assert isinstance(model, RecordModel)  # noqa: S101
        kind = model.kind(index.column())
        if reason := self._why_only_read(model, index):
            model.refused.emit(reason)
            return None
        editor: Any = chosen_from(self._labels(model, index), kind, parent, by=self._by, in_grid=True)
        editor.setObjectName(f"cell.{model.columns[index.column()]}")
        editor.setAccessibleName(kind.label)
        if getattr(kind, "beside", "") and isinstance(editor, RecordPicker):
            held = self._record(model, index)
            editor.among = lambda: linking.alike(kind, held.__data__ if held is not None else {})
        if times := _time_of(model, kind):
            hidden: Any = editor_for(times, editor, by=self._by, in_grid=True)
            hidden.setObjectName(f"cell.{times.name}.typed")
            hidden.setAccessibleName(times.label)
            hidden.hide()
            editor.goes_with(hidden)
        if hasattr(editor, "add_requested"):
            key = model.key(index.row())
            editor.add_requested.connect(lambda typed: self._ask_later(kind, key, typed))
        return editor  # type: ignore[no-any-return]

    def _labels(self, model: RecordModel, index: AnyIndex) -> Sequence[tuple[object, str]]:
        """What alone may be chosen for a cell, as in the form of its record (SI-37)."""
        name, about = model.columns[index.column()], model.record.about
        held = self._record(model, index) if name in about.fixed_anywhere() else None
        return about.fixed(name, held.__data__) if held is not None else ()

    def _why_only_read(self, model: RecordModel, index: AnyIndex) -> str:
        """Why a cell opens for nobody: what is decided elsewhere is only read here (K23)."""
        name, about = model.columns[index.column()], model.record.about
        held = self._record(model, index) if about.may_be_led_there(name) else None
        return about.why_only_read(name, held.__data__) if held is not None else ""

    def _record(self, model: RecordModel, index: AnyIndex) -> Record | None:
        with suppress(CRMError):  # whoever cannot read it now cannot write it either, which is said then
            return reading.find(model.record, model.key(index.row()), self._by())
        return None

    def _ask_later(self, kind: object, key: object, typed: str) -> None:
        """The question takes the focus, which closes the cell: its editor must have finished by then."""
        QTimer.singleShot(0, self, lambda: self.add_requested.emit(kind, key, typed))

    def initStyleOption(self, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        super().initStyleOption(option, index)
        if option.features & QStyleOptionViewItem.ViewItemFeature.HasCheckIndicator:
            option.text = ""  # the box says it

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        super().paint(painter, option, index)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.save()
            painter.setPen(QPen(option.palette.highlightedText(), 1))
            painter.drawRect(option.rect.adjusted(1, 1, -2, -2))  # which cell F2 opens
            painter.restore()

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        if picks(editor, event):
            return True
        sentence = editor.text_problem() if _leaves(event) else None  # type: ignore[attr-defined]
        if not sentence:
            return super().eventFilter(editor, event)
        self._model().refused.emit(naming(editor.accessibleName(), sentence))  # type: ignore[attr-defined]
        return isinstance(event, QKeyEvent)

    def _model(self) -> RecordModel:
        grid = self.parent()
        assert isinstance(grid, QAbstractItemView)  # noqa: S101  made by the grid, for the grid
        model = grid.model()
        assert isinstance(model, RecordModel)  # noqa: S101
        return model

    def setEditorData(self, editor: Any, index: AnyIndex) -> None:
        editor.set_value(index.data(2))
        if hasattr(editor, "selectAll"):
            editor.selectAll()

    def setModelData(self, editor: Any, model: QAbstractItemModel, index: AnyIndex) -> None:
        assert isinstance(model, RecordModel)  # noqa: S101
        if sentence := editor.text_problem():
            model.refused.emit(naming(editor.accessibleName(), sentence))
            return
        kind = model.kind(index.column())
        value, times = stored(kind, editor.value()), _time_of(model, kind)
        at = editor.times.value() if times else None
        model.setData(index, WithMore(value, {times.name: at}) if times and at is not None else value)

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        return QSize(80, 27)


def _time_of(model: RecordModel, kind: Any) -> Any:
    """The field for the time of a day, or None."""
    name = time_of(model.record, kind.name)
    return model.record.kind(name) if name else None


def _leaves(event: QEvent) -> bool:
    """Whether a cell would be closed by this."""
    if isinstance(event, QKeyEvent):
        return event.type() == QEvent.Type.KeyPress and event.key() in LEAVING
    return (
        isinstance(event, QFocusEvent)
        and event.type() == QEvent.Type.FocusOut
        and event.reason() != Qt.FocusReason.PopupFocusReason
    )
