"""By which fields operators search their lists, who may, and whether by a drop-down or by free text (SI-33…SI-35)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QFormLayout, QHeaderView, QTableView, QVBoxLayout, QWidget

from channergy_crm.language import N_, _, many
from channergy_crm.records import Account, Contact, Lead, Opportunity, Task
from channergy_crm.services import operators, search_lists
from channergy_crm.services.rights import Program
from channergy_crm.services.search_lists import Way
from channergy_crm.settings import SEARCH_LISTS
from ui.editors.base import LineEditor
from ui.editors.choices import ChoiceEditor
from ui.look import theme
from ui.look.plain import Label, as_tip
from ui.setup.settings_rows import Hint, SettingRow
from ui.widgets.controls import ScrollBar
from ui.widgets.dialog import Remark, named
from ui.widgets.editable_grid import ROW_HEIGHT, CellDelegate
from ui.widgets.titled_rows import TitledRows
from ui.widgets.views import Titles, calm

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QHideEvent, QKeyEvent

    from ui.session.chosen import Chosen

AnyIndex = QModelIndex | QPersistentModelIndex
ROLE = Qt.ItemDataRole
RECORDS = (Lead, Account, Contact, Opportunity, Task)
COLUMNS = (N_("Field"), N_("Drop-down"), N_("Free text"))
WIDTHS, HIGH, LONGEST, FIELD = (220, 104, 96), 9, 60, 300
"""pixels of the columns, rows that are seen at once, letters, pixels"""
ABOUT = N_(
    "“Search by a field…” in the menu of every list. A drop-down offers the values that stand in the field, free text "
    "finds any part of it; a field with neither is not offered."
)


class WayCells(TitledRows):
    """A field a row, and a tick for each way to search by it. `store` says whether that held."""

    def __init__(self, store: Callable[[str, Way], bool], view: QWidget) -> None:
        super().__init__(COLUMNS, view)
        self._store = store
        self.rows: list[tuple[str, str, Way]] = []
        self.locked = False

    def show(self, rows: list[tuple[str, str, Way]]) -> None:
        """Show these; the cursor stays where the fields are the same."""
        if [row[0] for row in rows] == [row[0] for row in self.rows]:
            self.rows = rows
            self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, len(COLUMNS) - 1))
            return
        self.show_rows(rows)

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        able = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled
        return able if self.locked or not index.column() else able | Qt.ItemFlag.ItemIsUserCheckable

    def data(self, index: AnyIndex, role: int = ROLE.DisplayRole) -> object:
        _name, label, way = self.rows[index.row()]
        if not index.column():
            return label if role == ROLE.DisplayRole else as_tip(label) if role == ROLE.ToolTipRole else None
        on = way[index.column() - 1]
        if role == ROLE.CheckStateRole:
            return Qt.CheckState.Checked if on else Qt.CheckState.Unchecked
        return (_("Yes") if on else _("No")) if role == ROLE.AccessibleTextRole else None

    def setData(self, index: AnyIndex, value: object, role: int = ROLE.EditRole) -> bool:
        if role != ROLE.CheckStateRole or not index.column():
            return False
        name, label, way = self.rows[index.row()]
        on = Qt.CheckState(value) == Qt.CheckState.Checked
        new = way._replace(**{Way._fields[index.column() - 1]: on})
        if not self._store(name, new):
            return False
        self.rows[index.row()] = (name, label, new)
        self.dataChanged.emit(index, index)
        return True


class WayGrid(QTableView):
    """The cursor is a cell; Space ticks it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        named(self, "search_fields.grid", _("Fields to search by"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setItemDelegate(CellDelegate("search_fields.grid", self))
        calm(self)
        self.setVerticalScrollBar(ScrollBar(Qt.Orientation.Vertical, self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        self.setHorizontalHeader(Titles(self))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space and Enter tick the cell."""
        model, index = self.model(), self.currentIndex()
        pressed = event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if pressed and model is not None and model.flags(index) & Qt.ItemFlag.ItemIsUserCheckable:
            on = model.data(index, ROLE.CheckStateRole) == Qt.CheckState.Checked
            model.setData(index, Qt.CheckState.Unchecked if on else Qt.CheckState.Checked, ROLE.CheckStateRole)
        else:
            super().keyPressEvent(event)


class Searching(QWidget):
    """Who searches by field, and for each type of record the fields."""

    def __init__(self, chosen: Chosen, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = chosen.session
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(Remark(_(ABOUT), self))
        self._who = LineEditor(self, max_length=LONGEST)
        named(self._who, "settings.search_lists", SEARCH_LISTS.label)
        self._who.setMaximumWidth(theme.px(FIELD, self))
        hint = Hint(_("Operators by ID, such as ANN, BEA; * for all of them, empty for nobody."), self)
        self.row = SettingRow(chosen, SEARCH_LISTS, self._who, hint, _operators_known)
        chosen.changed.connect(self.row.look)
        self._record = named(
            ChoiceEditor([(each, each.plural) for each in RECORDS], self, allow_empty=False), "search_fields.record",
            _("Records"),
        )  # fmt: skip
        self._record.set_value(Lead)
        self._record.setMaximumWidth(theme.px(FIELD, self))
        self._record.changed.connect(self.show_all)
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(4)
        for text, part in ((SEARCH_LISTS.label, self._who), ("", hint), (_("Records"), self._record)):
            words = Label(text, self)
            words.muted()
            form.addRow(words, part)
        column.addLayout(form)
        self.grid = WayGrid(self)
        self.cells = WayCells(self._store, self.grid)
        self.grid.setModel(self.cells)
        for place, width in enumerate(WIDTHS):
            self.grid.setColumnWidth(place, theme.px(width, self))
        self.grid.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.grid.setFixedHeight((HIGH + 1) * ROW_HEIGHT + 8)
        column.addWidget(self.grid)

    def lock(self, refused: str) -> None:
        """Whether whoever is here may change anything."""
        self.cells.locked = bool(refused)
        self.row.look()

    def show_all(self) -> None:
        """The fields of the records that are chosen."""
        record = self._record.value()
        found = self._session.attempt(lambda: search_lists.ways(record, self._session.by))
        if found is not None:
            self.cells.show(found)

    def _store(self, name: str, way: Way) -> bool:
        record = self._record.value()

        def let() -> bool:
            search_lists.let(record, name, way, self._session.by)
            return True

        held = bool(self._session.attempt(let))
        if held:
            said = _("{field} of {records}: {ways}.")
            ways = [_(text) for text, on in zip(COLUMNS[1:], way, strict=True) if on]
            self._session.say_done(said.format(field=record.kind(name).label, records=many(record),
                                               ways=", ".join(ways) or _("not searched")))  # fmt: skip
        return held

    def hideEvent(self, event: QHideEvent) -> None:
        """Whoever goes away has chosen."""
        super().hideEvent(event)
        self.row.finish()


def _operators_known(typed: str | None) -> str | None:
    known = {operator.id.upper() for operator in operators.everybody(Program.ITSELF)} | {"*", ""}
    unknown = [name.strip() for name in (typed or "").split(",") if name.strip().upper() not in known]
    return _("There is no active operator {unknown}.").format(unknown=unknown[0]) if unknown else None
