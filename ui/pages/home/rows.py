"""The rows of a block in words, and the model that hands them to its list."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from channergy_crm import clock
from channergy_crm.language import _
from channergy_crm.services import reminders
from ui.lists.row_words import joined
from ui.look.plain import as_tip, kept_to_itself
from ui.look.wording import day_in_words, shown, whole_money
from ui.pages.reminder_rows import INKS, how_late
from ui.widgets.entries_view import ROW

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import time

    from channergy_crm.services.home.lines import Line, Said

Index = QModelIndex | QPersistentModelIndex


class Row(NamedTuple):
    """What a row says: when it is promised and how late that is, in the colour of its meaning; its name; the cells
    behind it. A heading has no entry.
    """

    entry: Line | None
    name: str
    cells: tuple[str, ...] = ()
    when: str = ""
    late: str = ""
    ink: str = ""

    def said(self) -> str:
        """All of it, for ears and for a tip."""
        phone = self.entry.phone if self.entry is not None else ""
        return " · ".join(part for part in (self.when, self.late, self.name, *self.cells, phone) if part)


def row_of(line: Line) -> Row:
    """A line in words."""
    cells = tuple(_worded(each) for each in line.said)
    name = kept_to_itself(" ".join(line.name.split()))
    if line.day is None:
        return Row(line, name, cells)
    ink = INKS.get(reminders.standing(line.day, line.at), "")
    return Row(line, name, cells, when_said(line.day, line.at), how_late(line.day, line.at), ink)


def when_said(day: date, at: time | None) -> str:
    """When it is promised: of today the time alone, of a day that is over the day alone."""
    if day == clock.today() and at:
        return f"{at:%H:%M}"
    return joined(day, at if day > clock.today() else None)


def in_days(lines: Sequence[Line]) -> list[Row]:
    """Activities under their headings: what is pending, then day after day; under a day the time alone is said."""
    found, under = list[Row](), ""
    for line in lines:
        row = row_of(line)
        late = line.meaning == "overdue"
        head = _("Pending") if late or line.day is None else day_in_words(line.day)
        if head != under:
            found.append(Row(None, head, ink="overdue" if late else ""))
            under = head
        if not late:
            row = row._replace(when=f"{line.at:%H:%M}" if line.at is not None else _("all day"), ink="")
        found.append(row._replace(late="", cells=(*row.cells, "")))
    return found


def _worded(said: Said) -> str:
    value: Any = said.value
    if value is None or value == "":
        return ""
    if getattr(said.kind, "shown_as", "") == "money":
        return whole_money(value)
    if isinstance(value, date) and not isinstance(value, datetime):
        return day_in_words(value)
    return shown(said.kind, value)


class Rows(QAbstractListModel):
    """The rows of one block."""

    def __init__(self, parent: Any) -> None:
        super().__init__(parent)
        self.rows: list[Row] = []

    def show(self, rows: Iterable[Row]) -> None:
        """These from now on."""
        self.beginResetModel()
        self.rows = list(rows)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.rows[index.row()]
        if role == ROW:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return row.said()
        return as_tip(row.said()) if role == Qt.ItemDataRole.ToolTipRole and row.entry is not None else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        there = self.rows[index.row()].entry is not None
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable if there else Qt.ItemFlag.NoItemFlags
