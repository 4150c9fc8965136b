"""The stages of a process as cells: what is chosen from a list, and a sign in a stage's colour."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QComboBox, QStyleOptionViewItem, QWidget

from channergy_crm.language import _
from channergy_crm.records import ProcessStage
from channergy_crm.records.projects import COLOURS, LONGEST, Means
from channergy_crm.services import lookups
from channergy_crm.services.processes import STAGES
from channergy_crm.services.rights import Program
from ui.look import stage_colours
from ui.look.plain import as_tip
from ui.look.wording import shown
from ui.widgets.editable_grid import CellDelegate, Cells

if TYPE_CHECKING:
    from collections.abc import Callable

AnyIndex = QModelIndex | QPersistentModelIndex
ROLE = Qt.ItemDataRole
COLUMNS = ("stage", "meaning", "probability", "colour", "rotten_after")
SQUARE = 12


class StageCells(Cells[ProcessStage]):
    """The stages as cells; while `only_read` none can be written."""

    only_read = False

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        """Whoever may not change the office can walk through them."""
        flags = super().flags(index)
        return flags & ~Qt.ItemFlag.ItemIsEditable if self.only_read else flags

    def data(self, index: AnyIndex, role: int = ROLE.DisplayRole) -> object:
        """What people read for what is kept."""
        row, name = self.rows[index.row()], COLUMNS[index.column()]
        if name == "colour":
            return self._colour(row, role)
        if name != "stage" or role not in (ROLE.DisplayRole, ROLE.ToolTipRole):
            return super().data(index, role)
        text = shown(ProcessStage.kind(name), row.stage)
        return as_tip(text) if role == ROLE.ToolTipRole else text

    def _colour(self, row: ProcessStage, role: int) -> object:
        if role == ROLE.DecorationRole and row.colour:
            return square(self._view, row.colour)
        return _(row.colour) if role in (ROLE.DisplayRole, ROLE.EditRole) and row.colour else None


def square(widget: QWidget, colour: str) -> QIcon:
    """A small square in a stage's colour, which stays what it is where its row is chosen."""
    ratio = widget.devicePixelRatioF()
    drawn = QPixmap(QSize(SQUARE, SQUARE) * ratio)
    drawn.setDevicePixelRatio(ratio)
    drawn.fill(Qt.GlobalColor.transparent)
    with QPainter(drawn) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(stage_colours.colour(widget, colour))
        painter.drawRoundedRect(0, 0, SQUARE, SQUARE, 3, 3)
    sign = QIcon(drawn)
    sign.addPixmap(drawn, QIcon.Mode.Selected)
    return sign


def _stages() -> list[tuple[str, str]]:
    return [(each.value, each.description) for each in lookups.offered(*STAGES, Program.ITSELF)]


CHOICES: dict[str, Callable[[], list[tuple[str, str]]]] = {
    "stage": _stages,
    "meaning": lambda: [(means.value, _(means.value)) for means in Means],
    "colour": lambda: [("", _("none")), *((colour, _(colour)) for colour in COLOURS)],
}


class StageDelegate(CellDelegate):
    """Opens the editor of a cell: a drop-down where there is a list; a new stage can be typed."""

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: AnyIndex) -> QWidget:
        name = COLUMNS[index.column()]
        if name not in CHOICES:
            return super().createEditor(parent, option, index)
        box = QComboBox(parent)
        box.setObjectName(f"{self._name}.editor")
        box.setAccessibleName(ProcessStage.kind(name).label)
        for value, text in CHOICES[name]():
            box.addItem(text, value)
            if name == "colour" and value:
                box.setItemIcon(box.count() - 1, square(parent, value))
        if name == "stage":
            box.setEditable(True)
            line = box.lineEdit()
            if line is not None:
                line.setMaxLength(LONGEST)
        return box

    def setEditorData(self, editor: QWidget, index: AnyIndex) -> None:
        if not isinstance(editor, QComboBox):
            super().setEditorData(editor, index)
            return
        text = str(index.data(ROLE.DisplayRole) or "")
        editor.setCurrentIndex(max(editor.findText(text), 0))
        if editor.isEditable():
            editor.setEditText(text)

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: AnyIndex) -> None:
        if not isinstance(editor, QComboBox):
            super().setModelData(editor, model, index)
            return
        place: Any = editor.findText(editor.currentText(), Qt.MatchFlag.MatchFixedString)
        model.setData(index, editor.itemData(place) if place >= 0 else editor.currentText())
