"""The map of fields as a table one can read: what goes to the site, and what comes back (VP-28…VP-58)."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QVBoxLayout, QWidget

from channergy_crm.language import N_, _, label
from channergy_crm.sync import fields
from ui.look import theme
from ui.look.plain import as_tip
from ui.setup.settings_rows import Words
from ui.widgets.controls import ScrollBar
from ui.widgets.dialog import Remark, named
from ui.widgets.editable_grid import ROW_HEIGHT
from ui.widgets.titled_rows import TitledRows
from ui.widgets.views import Titles, calm

AnyIndex = QModelIndex | QPersistentModelIndex
ROLE = Qt.ItemDataRole
TITLES = (N_("Record"), N_("Field here"), N_("In Viper"), N_("Which way"))
WIDTHS = (92, 148, 172, 200)


class MapRows(TitledRows):
    """A line for each field of the map."""

    def data(self, index: AnyIndex, role: int = ROLE.DisplayRole) -> object:
        if role not in (ROLE.DisplayRole, ROLE.ToolTipRole):
            return None
        said = self.rows[index.row()][index.column()]
        return as_tip(said) if role == ROLE.ToolTipRole else said


class FieldsTable(QWidget):
    """The table, whole: the page scrolls, not the table."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(8)
        lines.addWidget(Words(_("Which field goes which way"), self, theme.section))
        for sentence in (fields.TERMS, *fields.RULES.values()):
            lines.addWidget(Remark(_(sentence), self))
        self.grid = named(QTableView(self), "sync.map", _("Which field goes which way"))
        self.grid.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.grid.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.grid.setTabKeyNavigation(False)
        self.grid.setShowGrid(False)
        self.grid.setWordWrap(False)
        calm(self.grid)
        self.grid.setVerticalScrollBar(ScrollBar(Qt.Orientation.Vertical, self.grid))
        for policy in (self.grid.setHorizontalScrollBarPolicy, self.grid.setVerticalScrollBarPolicy):
            policy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.grid.verticalHeader().hide()
        self.grid.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.grid.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        self.grid.setHorizontalHeader(Titles(self.grid))
        rows = MapRows(TITLES, self.grid)
        self.grid.setModel(rows)
        rows.show_rows([_said(mapped) for mapped in fields.MAP])
        for place, width in enumerate(WIDTHS):
            self.grid.setColumnWidth(place, theme.px(width, self))
        self.grid.horizontalHeader().setSectionResizeMode(3, QHeaderView.ResizeMode.Stretch)
        self.grid.setFixedHeight((len(fields.MAP) + 1) * ROW_HEIGHT + 10)
        lines.addWidget(self.grid)


def _said(mapped: fields.Mapped) -> tuple[str, ...]:
    here = mapped.record.kind(mapped.name).label
    return (label(mapped.record, "singular"), here, _(mapped.label), _(mapped.direction.value))
