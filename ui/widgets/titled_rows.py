"""Rows under titles, as a table shows them: what every list without a store of its own is made of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from channergy_crm.language import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

AnyIndex = QModelIndex | QPersistentModelIndex
ROLE = Qt.ItemDataRole


class TitledRows(QAbstractTableModel):
    """What stands in a cell is said by each list; the titles are words that are not translated yet."""

    def __init__(self, titles: Sequence[str], view: QWidget) -> None:
        super().__init__(view)
        self._titles, self._view = titles, view
        self.rows: Sequence[Any] = ()

    def show_rows(self, rows: Sequence[Any]) -> None:
        """Show these in the place of what stood there."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._titles)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = ROLE.DisplayRole) -> Any:
        across = orientation == Qt.Orientation.Horizontal and role == ROLE.DisplayRole
        return _(self._titles[section]) if across and self._titles[section] else None
