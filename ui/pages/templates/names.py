"""The list of templates: the name, and under it what is made from it, in which language, and whose it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from channergy_crm.language import _
from channergy_crm.records.templates import SAID
from ui.look import theme
from ui.setup.rights.two_lines import HIGH, KEY, UNDER, TwoLinePainter
from ui.widgets.dialog import named
from ui.widgets.views import calm

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QItemSelection
    from PySide6.QtWidgets import QWidget


class Names(QTableView):
    """Templates to choose one of, two lines each; the one chosen stays while it is filled anew."""

    chosen = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        named(self, "templates.grid", _("Templates"))
        self._rows = QStandardItemModel(0, 1, self)
        self.setModel(self._rows)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setShowGrid(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setItemDelegate(TwoLinePainter(self))
        self.horizontalHeader().setVisible(False)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().setVisible(False)
        self.verticalHeader().setDefaultSectionSize(theme.px(HIGH, self))
        theme.stand_on(self.viewport(), "side")
        calm(self)

    def fill(self, rows: Sequence[Any], by: str) -> None:
        """Show these templates."""
        held = self.key()
        before = self.blockSignals(True)
        self._rows.removeRows(0, self._rows.rowCount())
        for row in rows:
            item = QStandardItem(row.name or _("(new)"))
            under = _under(row, by)
            item.setData(row.number, KEY)
            item.setData(under, UNDER)
            item.setData(f"{item.text()}, {under}", Qt.ItemDataRole.AccessibleTextRole)
            self._rows.appendRow(item)
        self.choose(held)
        self.blockSignals(before)

    def key(self) -> object:
        """The number of the one that is chosen, None for the new one; "" when there is none."""
        index = self.currentIndex()
        return index.data(KEY) if index.isValid() else ""

    def choose(self, key: object) -> None:
        """Choose the one of this number, or else the first."""
        places = [place for place in range(self._rows.rowCount()) if self._rows.item(place).data(KEY) == key]
        place = places[0] if places else 0
        self.setCurrentIndex(self._rows.index(place, 0))

    def selectionChanged(self, now: QItemSelection, before: QItemSelection) -> None:
        """Another one is chosen."""
        super().selectionChanged(now, before)
        if not self.signalsBlocked():
            self.chosen.emit()


def _under(row: Any, by: str) -> str:
    if row.number is None:
        return _("not saved yet")
    whose = _("for everybody") if row.shared else _("only for me") if row.operator == by else ""
    said = [_(SAID[kind]) for kind in SAID if kind == row.what]
    return " · ".join(part for part in (*said, row.language or "", whose) if part)
