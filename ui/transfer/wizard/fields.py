"""The columns of a file and the fields they leave empty, as tables to choose and to type in."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from channergy_crm.language import N_, _, one
from channergy_crm.records import lookups
from channergy_crm.services import linking
from channergy_crm.text.folding import fold
from channergy_crm.text.vocabulary import FULL_NAME
from channergy_crm.transfer.importing import mapping
from channergy_crm.transfer.importing.needs import default_problem, needed
from channergy_crm.work.record import assigning
from ui.editors.choices import ChoiceEditor
from ui.editors.for_kind import lookup_choices
from ui.editors.record_picker import RecordPicker, picks
from ui.look.icons import icon
from ui.look.plain import as_tip
from ui.look.theme import colour
from ui.widgets.dialog import named
from ui.widgets.editable_grid import CellDelegate

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter
    from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

    from channergy_crm.work.record import Record
    from ui.transfer.wizard.setup import Setup

AnyIndex = QModelIndex | QPersistentModelIndex
ROLE, FLAG = Qt.ItemDataRole, Qt.ItemFlag
NOWHERE = "-"
ANSWERS = [("1", N_("Yes")), ("0", N_("No"))]
LEFT_OUT = N_("Nowhere: left out")


def label_of(record: type[Record], name: str) -> str:
    """What a field is called here; one that points at another record takes that one's name as well."""
    if name == FULL_NAME:
        return _("Full name (first and last)")
    kind = record.kinds().get(name)
    if kind is None:
        return mapping.targets(record)[name]
    if kind.linked_to is not None and kind is not assigning(record):
        return _("{field} ({record} by number or name)").format(field=kind.label, record=one(kind.linked_to))
    return kind.label


class Columns(QAbstractTableModel):
    """The columns of the file: title, examples, and the field each goes to."""

    said = Signal()
    TITLES = (N_("Column in the file"), N_("Examples"), N_("Goes to"))

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._view = parent
        self.setup: Setup | None = None

    def show(self, setup: Setup) -> None:
        """Show this file's."""
        self.beginResetModel()
        self.setup = setup
        self.endResetModel()

    def choices(self, index: AnyIndex) -> list[tuple[str, str]]:
        """Where a column can go."""
        if self.setup is None:
            return []
        plan = self.setup.ready
        taken = {name: place for place, name in plan.columns.items()}
        found = []
        for name in mapping.targets(plan.record):
            text = label_of(plan.record, name)
            if self._elsewhere(taken, name, index):
                text = _("{field}  · now from {column}").format(field=text, column=plan.title(taken[name]))
            found.append((name, text))
        return [(NOWHERE, _(LEFT_OUT)), *sorted(found, key=lambda pair: fold(pair[1]))]

    @staticmethod
    def _elsewhere(taken: dict[str, int], name: str, index: AnyIndex) -> bool:
        return name in taken and taken[name] != index.row() and name not in mapping.JOINED

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:
        return 0 if parent.isValid() or self.setup is None else len(self.setup.ready.source.header)

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:
        return 0 if parent.isValid() else 3

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = ROLE.DisplayRole) -> Any:
        across = orientation == Qt.Orientation.Horizontal
        return _(self.TITLES[section]) if across and role == ROLE.DisplayRole else None

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        able = FLAG.ItemIsSelectable | FLAG.ItemIsEnabled
        return able | FLAG.ItemIsEditable if index.column() == 2 else able

    def data(self, index: AnyIndex, role: int = ROLE.DisplayRole) -> Any:
        if self.setup is None or self.setup.look is None:
            return None
        plan, place = self.setup.ready, index.row()
        name = plan.columns.get(place, "")
        if role in (ROLE.DisplayRole, ROLE.ToolTipRole):
            shown = ", ".join(" ".join(text.split()) for text in self.setup.look.samples(place))
            nowhere = _("Choose: who must not be called?") if place in plan.unanswered else _(LEFT_OUT)
            target = label_of(self.setup.record, name) if name else nowhere
            text = (plan.title(place), shown, target)[index.column()]
            return as_tip(text) if role == ROLE.ToolTipRole else text
        if role == ROLE.EditRole:
            return name or NOWHERE
        if role == ROLE.ForegroundRole and (index.column() == 1 or not name):
            return colour(self._view, "muted")
        return None

    def setData(self, index: AnyIndex, value: object, role: int = ROLE.EditRole) -> bool:
        if self.setup is None:
            return False
        if index.data(ROLE.EditRole) == value and index.row() not in self.setup.ready.unanswered:
            return False
        self.setup.plan = self.setup.ready.placed(index.row(), "" if value == NOWHERE else str(value))
        self.dataChanged.emit(self.index(0, 2), self.index(self.rowCount() - 1, 2))
        self.said.emit()
        return True


class Defaults(QAbstractTableModel):
    """The fields no column goes to, and what they get in every new record; what is needed comes first."""

    said = Signal()
    TITLES = (N_("Field"), N_("Value for all new records"))

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._view = parent
        self.setup: Setup | None = None
        self.names: list[str] = []
        self.wrong: dict[str, str] = {}

    def show(self, setup: Setup) -> None:
        """Show those of this plan; nothing moves while the same fields are left."""
        record, mapped = setup.record, set(setup.ready.columns.values())
        if FULL_NAME in mapped:
            mapped |= {"first_name", "last_name"}
        wanted = needed(record)
        names = [
            name for name, kind in record.kinds().items()
            if name in mapping.targets(record) and name not in mapped and kind is not record.owner_kind()
            and not kind.counted and (not kind.system or name in wanted)
        ]  # fmt: skip
        names.sort(key=lambda name: name not in wanted)
        if (setup, names) != (self.setup, self.names):
            self.beginResetModel()
            self.setup, self.names = setup, names
            self.endResetModel()
        gone = set(setup.ready.defaults) - set(names) - {"owner"}
        if gone:
            kept = {name: text for name, text in setup.ready.defaults.items() if name not in gone}
            setup.plan = replace(setup.ready, defaults=kept)
        self.wrong = {name: text for name, text in self.wrong.items() if name in names}

    def choices(self, index: AnyIndex) -> list[tuple[str, str]]:
        """What can be chosen; nothing: it is typed."""
        kind: Any = self.setup.record.kind(self.names[index.row()]) if self.setup else None
        if self.setup is None or kind is None:
            return []
        if kind.list_key:
            return [("", ""), *lookup_choices(kind, self.setup.by)]
        if kind.edited_by == "few":
            return [("", ""), *((text, text) for _value, text in kind.offered())]
        return [("", ""), *((value, _(text)) for value, text in ANSWERS)] if kind.edited_by == "tick" else []

    def picker(self, index: AnyIndex, parent: QWidget) -> RecordPicker | None:
        """Where the field is a link: what its record is looked for with, by typing."""
        kind = self.setup.record.kind(self.names[index.row()]) if self.setup else None
        if self.setup is None or kind is None or kind.edited_by != "link" or not kind.numeric:
            return None
        picker, by = RecordPicker(kind, parent, bare=True), self.setup.by
        picker.by = lambda: by
        return picker

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.names)

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:
        return 0 if parent.isValid() else 2

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = ROLE.DisplayRole) -> Any:
        across = orientation == Qt.Orientation.Horizontal
        return _(self.TITLES[section]) if across and role == ROLE.DisplayRole else None

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        able = FLAG.ItemIsSelectable | FLAG.ItemIsEnabled
        return able | FLAG.ItemIsEditable if index.column() == 1 else able

    def data(self, index: AnyIndex, role: int = ROLE.DisplayRole) -> Any:  # noqa: PLR0911
        if self.setup is None:
            return None
        name = self.names[index.row()]
        kind, text = self.setup.record.kind(name), self.setup.ready.defaults.get(name, "")
        if role == ROLE.ToolTipRole:
            return as_tip(self.wrong.get(name) or (text if index.column() else "")) or None
        if role == ROLE.ForegroundRole and name in self.wrong:
            return colour(self._view, "overdue")
        if index.column() == 0:
            sign = " *" if name in needed(self.setup.record) else ""
            return f"{label_of(self.setup.record, name)}{sign}" if role == ROLE.DisplayRole else None
        if role == ROLE.DisplayRole and kind.list_key:
            return lookups.describe(kind, text)
        if role == ROLE.DisplayRole and kind.edited_by == "link" and kind.numeric and text.isdecimal():
            return linking.caption(kind.linked_to, int(text), self.setup.by)
        if role == ROLE.DisplayRole and kind.edited_by == "tick":
            answer = dict(ANSWERS).get(text, "")
            return _(answer)
        return text if role in (ROLE.DisplayRole, ROLE.EditRole) else None

    def setData(self, index: AnyIndex, value: object, role: int = ROLE.EditRole) -> bool:
        if self.setup is None:
            return False
        name, text = self.names[index.row()], str(value or "").strip()
        plan = self.setup.ready
        self.wrong.pop(name, None)
        if text and (sentence := default_problem(plan, name, text)):
            self.wrong[name] = sentence
        kept = {other: held for other, held in plan.defaults.items() if other != name}
        self.setup.plan = replace(plan, defaults={**kept, name: text} if text else kept)
        self.dataChanged.emit(self.index(index.row(), 0), index)
        self.said.emit()
        return True


class ChoiceDelegate(CellDelegate):
    """A cell with a drop-down where its model offers choices, a line to type into where it does not."""

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: AnyIndex) -> QWidget:
        model: Any = index.model()
        picker = model.picker(index, parent) if isinstance(model, Defaults) else None
        if picker is not None:
            return named(picker, f"{self._name}.editor", str(model.index(index.row(), 0).data()))
        choices = model.choices(index)
        if not choices:
            return super().createEditor(parent, option, index)
        title = str(model.index(index.row(), 0).data())
        editor = named(ChoiceEditor(choices, parent, allow_empty=False), f"{self._name}.editor", title)
        editor.activated.connect(lambda _place: self._chosen(editor))
        return editor

    def _chosen(self, editor: ChoiceEditor) -> None:
        self.commitData.emit(editor)
        self.closeEditor.emit(editor)

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        return picks(editor, event) or super().eventFilter(editor, event)

    def setEditorData(self, editor: QWidget, index: AnyIndex) -> None:
        if isinstance(editor, RecordPicker):
            text = str(index.data(ROLE.EditRole) or "")
            editor.set_value(int(text) if text.isdecimal() else None)
            if editor.value() is None:
                editor.setText(text)
        elif isinstance(editor, ChoiceEditor):
            editor.set_value(index.data(ROLE.EditRole))
        else:
            super().setEditorData(editor, index)

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: AnyIndex) -> None:
        if isinstance(editor, RecordPicker):
            wrong = editor.text_problem()  # a name the office does not know yet: the plan says what becomes of it
            model.setData(index, editor.text() if wrong else editor.value())
        elif isinstance(editor, ChoiceEditor):
            model.setData(index, editor.value())
        else:
            super().setModelData(editor, model, index)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """The cell, with the sign of a drop-down at its end."""
        super().paint(painter, option, index)
        model: Any = index.model()
        if index.flags() & FLAG.ItemIsEditable and model.choices(index):
            box = option.rect.adjusted(option.rect.width() - 20, 6, -6, -6)
            icon("chevron_down", option.palette).paint(painter, box)
