"""The rows of a timeline: what is pinned, then the days as headings, under each what happened on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from channergy_crm.language import _
from channergy_crm.services.timeline.sources import NO_DAY
from ui.look.plain import as_tip
from ui.look.wording import day_in_words
from ui.timeline import words
from ui.widgets.entries_view import ROW

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QObject

    from channergy_crm.services.timeline.sources import Entry

AnyIndex = QModelIndex | QPersistentModelIndex
ROLE = Qt.ItemDataRole
CHOOSABLE = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class Row(NamedTuple):
    """One row: an entry, or a heading where there is none."""

    heading: str
    entry: Entry | None = None
    pinned: bool = False


class Rows(QAbstractListModel):
    """What is shown; more is put below as it is read."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: list[Row] = []

    def show(self, pinned: Sequence[Entry], entries: Sequence[Entry]) -> None:
        """Show these and nothing else."""
        self.beginResetModel()
        head = [Row(_("Pinned"), pinned=True)] if pinned else []
        self.rows = [*head, *(Row("", each, pinned=True) for each in pinned), *_in_days(entries, "")]
        self.endResetModel()

    def add(self, entries: Sequence[Entry]) -> None:
        """Put older ones below."""
        rows = _in_days(entries, self.rows[-1].heading if self.rows else "")
        if rows:
            self.beginInsertRows(QModelIndex(), len(self.rows), len(self.rows) + len(rows) - 1)
            self.rows += rows
            self.endInsertRows()

    def row_of(self, entry: Entry | None) -> int:
        """Where that entry stands; where it is not there, the first one; -1 where there is none."""
        places = {(row.entry.kind, row.entry.number): at for at, row in enumerate(self.rows) if row.entry is not None}
        first = next(iter(places.values()), -1)
        return places.get((entry.kind, entry.number), first) if entry is not None else first

    def count(self) -> int:
        """How many entries are read, those that are pinned aside."""
        return sum(row.entry is not None and not row.pinned for row in self.rows)

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
            return words.whole(row.entry) if row.entry is not None else row.heading
        if role == ROLE.ToolTipRole and row.entry is not None:
            return as_tip(words.whole(row.entry))
        return None


def _in_days(entries: Sequence[Entry], day: str) -> list[Row]:
    rows: list[Row] = []
    for entry in entries:
        on = day_in_words(entry.at.date()) if entry.at > NO_DAY else _("No date")
        if on != day:
            rows.append(Row(on))
            day = on
        rows.append(Row(on, entry))
    return rows
