"""The rows of *More information*: each group with its count, under it the first of what is linked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from channergy_crm.language import _
from ui.look.plain import as_tip
from ui.look.wording import shown, whole_money
from ui.widgets.entries_view import ROW

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QObject

    from channergy_crm.services.linked.reading import Group
    from channergy_crm.services.linked.reading import Row as Linked

AnyIndex = QModelIndex | QPersistentModelIndex
ROLE = Qt.ItemDataRole
CHOOSABLE = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class All(NamedTuple):
    """That there is more in a group than is shown."""

    said: str


class Row(NamedTuple):
    """One row: something linked, that there is more, or, without an entry, the head of a group."""

    group: Group
    entry: Linked | All | None = None


def facts(linked: Linked) -> str:
    """What is told beside its name."""
    said = [shown(kind, value) for kind, value in linked.facts]
    return " · ".join(part for part in said if part)


def how_many(group: Group) -> str:
    """How many there are; of orders also what they come to."""
    count = f"{group.total:n}" if group.total else _("none")
    if group.sum is None or not group.total:
        return count
    return _("{count} · {sum}").format(count=count, sum=whole_money(group.sum))


def counted(group: Group) -> str:
    """The head of a group in words: “Tasks 3”, “Notes none”."""
    return _("{records} {count}").format(records=group.title, count=how_many(group))


class Rows(QAbstractListModel):
    """What is linked, group by group."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: list[Row] = []
        self.whole: dict[str, Sequence[Linked]] = {}
        """the groups of which all is shown"""

    def show(self, groups: Sequence[Group]) -> None:
        """Show these and nothing else."""
        self.beginResetModel()
        self.rows = []
        for group in groups:
            self.rows.append(Row(group))
            linked = self.whole.get(group.name, group.rows)
            self.rows += [Row(group, each) for each in linked]
            if group.total > len(linked):
                self.rows.append(Row(group, All(_("All {count:n}").format(count=group.total))))
        self.endResetModel()

    def heads(self) -> list[tuple[int, Group]]:
        """Where each group begins."""
        return [(place, row.group) for place, row in enumerate(self.rows) if row.entry is None]

    def row_of(self, held: Row | None) -> int:
        """Where that stands; where it is gone, the first one of its group or of all; -1 where there is none."""
        entries = [(place, row) for place, row in enumerate(self.rows) if row.entry is not None]
        if held is not None:
            key = getattr(held.entry, "key", None)
            for place, row in entries:
                if row.group.name == held.group.name and getattr(row.entry, "key", None) == key:
                    return place
            of_group = [place for place, row in entries if row.group.name == held.group.name]
            if of_group:
                return of_group[0]
        return entries[0][0] if entries else -1

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
            return said(row)
        if role == ROLE.ToolTipRole and row.entry is not None:
            return as_tip(said(row))
        return None


def said(row: Row) -> str:
    """All a row says."""
    if row.entry is None:
        return counted(row.group)
    if isinstance(row.entry, All):
        return row.entry.said
    return " · ".join(part for part in (row.entry.said, facts(row.entry)) if part)
