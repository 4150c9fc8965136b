"""The rows of a history: days as headings, under each what was done on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from ui.history import words
from ui.look.plain import as_tip
from ui.look.wording import day_in_words
from ui.widgets.entries_view import ROW

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QObject

    from channergy_crm.services.history import Entry

AnyIndex = QModelIndex | QPersistentModelIndex
ROLE = Qt.ItemDataRole
CHOOSABLE = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class Row(NamedTuple):
    """One row: an entry, or the heading of a day where there is none."""

    day: str
    entry: Entry | None = None


class Lines(QAbstractListModel):
    """What is shown; more is put below as it is read."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: list[Row] = []

    def show(self, entries: Sequence[Entry]) -> None:
        """Show these and nothing else."""
        self.beginResetModel()
        self.rows = _in_days(entries, "")
        self.endResetModel()

    def add(self, entries: Sequence[Entry]) -> None:
        """Put older ones below."""
        rows = _in_days(entries, self.rows[-1].day if self.rows else "")
        if rows:
            self.beginInsertRows(QModelIndex(), len(self.rows), len(self.rows) + len(rows) - 1)
            self.rows += rows
            self.endInsertRows()

    def row_of(self, unit: int | None) -> int:
        """Where that unit stands; where it is not there, the first entry; -1 where there is none."""
        units = {row.entry.unit: place for place, row in enumerate(self.rows) if row.entry is not None}
        return units.get(unit or 0, next(iter(units.values()), -1))

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        entry = index.isValid() and self.rows[index.row()].entry is not None
        return CHOOSABLE if entry else Qt.ItemFlag.NoItemFlags

    def data(self, index: AnyIndex, role: int = ROLE.DisplayRole) -> Any:
        row = self.rows[index.row()]
        if role == ROW:
            return row
        if role in (ROLE.DisplayRole, ROLE.AccessibleTextRole):
            return words.whole(row.entry, row.day) if row.entry is not None else row.day
        if role == ROLE.ToolTipRole and row.entry is not None:
            return as_tip(words.whole(row.entry, row.day))
        return None


def _in_days(entries: Sequence[Entry], day: str) -> list[Row]:
    rows: list[Row] = []
    for entry in entries:
        on = day_in_words(entry.done.date())
        if on != day:
            rows.append(Row(on))
            day = on
        rows.append(Row(on, entry))
    return rows
