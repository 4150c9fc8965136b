"""The rows of a list of documents, and what each of them says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from channergy_crm.language import ngettext
from channergy_crm.text.amounts import of_bytes
from channergy_crm.text.file_kinds import said, usual_ending
from channergy_crm.text.file_names import ending
from ui.look.plain import as_tip
from ui.look.wording import day_in_words
from ui.widgets.entries_view import ROW

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QObject
    from PySide6.QtGui import QImage

    from channergy_crm.records import Document
    from channergy_crm.services.timeline.documents import Shown

AnyIndex = QModelIndex | QPersistentModelIndex
ROLE = Qt.ItemDataRole
CHOOSABLE = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsDragEnabled
LONGEST_ON_A_TILE = 4


class Row(NamedTuple):
    """One row: a document and where it stands; every row is one."""

    entry: Shown


def what(document: Document) -> str:
    """What it is and how large: “PDF · 1.2 MB”."""
    return f"{said(document.type or '', document.name or '')} · {of_bytes(document.size or 0)}"


def small(shown: Shown) -> str:
    """The second line: what, how large, when, by whom, where, how often it was replaced, what is noted."""
    document = shown.document
    parts = [what(document)]
    if document.created is not None:
        parts.append(f"{day_in_words(document.created.date())} {document.created:%H:%M}")
    parts += [document.__data__.get("author") or "", shown.where]
    if shown.versions:
        older = ngettext("{count} older version", "{count} older versions", shown.versions)
        parts.append(older.format(count=shown.versions))
    parts.append(" ".join((document.note or "").split()))
    return " · ".join(part for part in parts if part)


def whole(shown: Shown) -> str:
    """All of it, to be heard, copied or read in a tip."""
    return f"{shown.document.caption()}\n{small(shown)}"


def on_tile(document: Document) -> str:
    """The few letters that stand for it where no picture of it is shown: “PDF”."""
    last = ending(document.name or "") or usual_ending(document.type or "")
    return last.upper() if len(last) <= LONGEST_ON_A_TILE else ""


class Rows(QAbstractListModel):
    """What is shown, and small pictures of it as they come."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: list[Row] = []
        self.pictures: dict[str, QImage | None] = {}
        """by content; None where there is none to be had"""

    def show(self, found: Sequence[Shown]) -> None:
        """Show these and nothing else."""
        self.beginResetModel()
        self.rows = [Row(each) for each in found]
        self.endResetModel()

    def row_of(self, number: int) -> int:
        """Where that document stands; the first row where it is not there, -1 where there is none."""
        places = (at for at, row in enumerate(self.rows) if row.entry.document.number == number)
        return next(places, 0 if self.rows else -1)

    def put_picture(self, hash: str, picture: QImage | None) -> None:
        """From now on this stands before the documents of that content."""
        self.pictures[hash] = picture
        for at, row in enumerate(self.rows):
            if row.entry.document.hash == hash:
                self.dataChanged.emit(self.index(at), self.index(at))

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        return CHOOSABLE if index.isValid() else Qt.ItemFlag.NoItemFlags

    def data(self, index: AnyIndex, role: int = ROLE.DisplayRole) -> Any:
        row = self.rows[index.row()]
        if role == ROW:
            return row
        if role in (ROLE.DisplayRole, ROLE.AccessibleTextRole):
            return whole(row.entry)
        if role == ROLE.ToolTipRole:
            return as_tip(whole(row.entry))
        return None
