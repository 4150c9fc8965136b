"""The rows of a list as Qt's views ask for them: a window of 256 rows at a time, whatever the length."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from channergy_crm.errors import CRMError
from channergy_crm.query.listing import Listing, ListQuery, Row, label
from ui.lists.blocks import Blocks
from ui.lists.row_words import NO_SIGN, Said, Sign, Signing, TwoLines, Words, partner
from ui.look.plain import as_tip
from ui.look.wording import right_aligned

if TYPE_CHECKING:
    from PySide6.QtGui import QColor

    from channergy_crm.work.record import Record

REMINDER = ("reminder_date", "reminder_time", "next_reminder")
READ = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
WRITTEN, TICKED = READ | Qt.ItemFlag.ItemIsEditable, READ | Qt.ItemFlag.ItemIsUserCheckable
AnyIndex = QModelIndex | QPersistentModelIndex
RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
CHECKED, UNCHECKED = Qt.CheckState.Checked, Qt.CheckState.Unchecked
LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


class WithMore(NamedTuple):
    """The new value of a cell, and what goes with it into other fields of the record: a day and its time."""

    value: object
    more: Mapping[str, object]


Write = Callable[[object, str, object, object], None]
"""number of the record, field, the value on the screen, the new value, perhaps `WithMore`"""


class RecordModel(QAbstractTableModel):
    """A list of records. `write` saves one cell; without it the list is read only."""

    refused = Signal(str)
    lost = Signal(str)
    """the rows of the list cannot be read any more: told once, however often Qt asks for them"""

    def __init__(self, record: type[Record], columns: Sequence[str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.record = record
        self.columns = list(columns)
        self.write: Write | None = None
        self._ticking = True
        self.sign: Signing | None = None
        self.two_lines: TwoLines | None = None
        """what it says where it is narrow; None where it never is"""
        self.ink: Callable[[str], QColor] | None = None
        self._query: ListQuery | None = None
        self._listing: Listing | None = None
        self._first: list[Row] = []
        self._blocks = Blocks(self.lost.emit)
        self._count = 0
        self._find_sources()

    def _find_sources(self) -> None:
        """What stands in each column, and what can be said of every one of its cells."""
        self.words = Words(self.record, self.columns, self.beside())
        self._sources = self.words.sources
        self._sides = [RIGHT if right_aligned(source) else LEFT for source in self._sources]
        self._flags = [self._flags_of(source) for source in self._sources]
        signed = [place for place, name in enumerate(self.columns) if name in REMINDER]
        self.signed = signed[0] if signed else -1
        """the column before which the sign of a reminder stands"""

    def beside(self) -> list[str]:
        """What is read with every row beside its columns: the times of days, and what two lines say."""
        wanted = [partner(self.record, name) for name in self.columns]
        wanted += self.two_lines.reads() if self.two_lines is not None else []
        return [name for name in dict.fromkeys(wanted) if name and name not in self.columns]

    def say_in_two_lines(self, two_lines: TwoLines) -> None:
        """Read also what two lines say."""
        self.two_lines = two_lines
        self._find_sources()

    def _flags_of(self, source: Any) -> Qt.ItemFlag:
        if self.write is None or getattr(source, "system", True):
            return READ
        if source.edited_by == "tick":
            return TICKED if self._ticking else READ
        return WRITTEN

    def write_with(self, write: Write, *, ticking: bool = True) -> None:
        """Let cells be written in place; `write` saves one. Without `ticking` a click never changes a yes or no."""
        self.write, self._ticking = write, ticking
        self._find_sources()

    def show_first(self, query: ListQuery, rows: list[Row]) -> None:
        """Show the first rows while the rest is being counted."""
        self._take(query, None, len(rows))
        self._first = rows
        self.endResetModel()

    def show_all(self, query: ListQuery, listing: Listing) -> None:
        """Show the whole list. When the first rows stand already, only the length grows."""
        grows = self._listing is None and self._query is query and self._first and listing.count >= len(self._first)
        if grows:
            added = listing.count - len(self._first)
            if added:
                self.beginInsertRows(QModelIndex(), len(self._first), listing.count - 1)
            self._listing, self._count = listing, listing.count
            self._blocks.begin()
            if added:
                self.endInsertRows()
            return
        self._take(query, listing, listing.count)
        self.endResetModel()

    def _take(self, query: ListQuery, listing: Listing | None, count: int) -> None:
        self.beginResetModel()
        self._query, self._listing, self._count = query, listing, count
        self.columns = list(query.columns)
        self._find_sources()
        self._first = []
        self._blocks.begin()

    def row(self, number: int) -> Row | None:
        """One row, read with its neighbours when it is not held yet."""
        if number < 0 or number >= self._count:
            return None
        if self._listing is None or number < len(self._first):
            return self._first[number] if number < len(self._first) else None
        assert self._query is not None  # noqa: S101  a listing is only ever taken with its query
        return self._blocks.row(number, self._listing, self._query)

    def key(self, number: int) -> object:
        """The record's number in a row."""
        row = self.row(number)
        return row.key if row else None

    def keys(self, start: int, count: int) -> list[object]:
        """The records' numbers in a run of rows."""
        if self._listing is None or self._query is None:
            return [row.key for row in self._first[start : start + count]]
        return self._listing.keys(self._query, start, count)

    def number_of(self, key: object) -> int:
        """The row a record stands in, or -1."""
        for place, row in enumerate(self._first):
            if row.key == key:
                return place
        if self._listing is None:
            return -1
        try:
            place_in_list = self._listing.position(key)
        except CRMError as error:
            self._blocks.lose(error)
            return -1
        return -1 if place_in_list is None else place_in_list

    def numbers_of(self, keys: Sequence[object]) -> list[int]:
        """The rows these records stand in, those that are here."""
        if self._listing is not None:
            return self._listing.positions(keys)
        wanted = set(keys)
        return [place for place, row in enumerate(self._first) if row.key in wanted]

    def value(self, number: int, name: str) -> object:
        """The value of one column in a row."""
        row = self.row(number)
        return self.words.value(row, name) if row else None

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:
        return 0 if parent.isValid() else self._count

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return label(self.record, self.columns[section])
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._sides[section]
        return None

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:  # noqa: PLR0911
        if role not in _ROLES:
            return None
        row = self.row(index.row())
        if row is None:
            return None
        column = index.column()
        value = row.values[column]
        if role == Qt.ItemDataRole.DisplayRole:
            return self.sign_of(row, column).before * (self.columns[column] != "reminder_time") + self.text(row, column)
        if role == Qt.ItemDataRole.EditRole:
            return value
        if role == Qt.ItemDataRole.CheckStateRole:
            return (CHECKED if value else UNCHECKED) if self._flags[column] is TICKED else None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._sides[column]
        if role == Qt.ItemDataRole.ForegroundRole:
            ink = self.sign_of(row, column).ink or row.ink
            return self.ink(ink) if ink and self.ink else None
        return as_tip(self.words.full(row, column)) or None

    def text(self, row: Row, column: int) -> str:
        """What a cell says."""
        return self.words.text(row, column)

    def said(self, row: Row) -> Said:
        """What two lines say of it."""
        assert self.two_lines is not None  # noqa: S101  only asked for where the list has them
        return self.two_lines.say(self.words.values(row), self.sign)

    def is_right(self, column: int) -> bool:
        """Whether a column stands right."""
        return self._sides[column] == RIGHT

    def is_ticked(self, column: int) -> bool:
        """Whether a column is a box to check."""
        return self._flags[column] is TICKED

    def sign_of(self, row: Row, column: int) -> Sign:
        """What stands before a cell: how its reminder stands."""
        if self.sign is None or self.columns[column] not in REMINDER:
            return NO_SIGN
        return self.sign(self.words.values(row))

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        return self._flags[index.column()]

    def editable(self, column: int) -> bool:
        """Whether a column can be written in place."""
        return self._flags[column] is not READ

    def setData(self, index: AnyIndex, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        row = self.row(index.row())
        if row is None or self.write is None or role not in (Qt.ItemDataRole.EditRole, Qt.ItemDataRole.CheckStateRole):
            return False
        column = index.column()
        if role == Qt.ItemDataRole.CheckStateRole:
            value = Qt.CheckState(value) == CHECKED
        new = {self.columns[column]: value.value, **value.more} if isinstance(value, WithMore) else {}
        if value == row.values[column]:
            return False
        try:
            self.write(row.key, self.columns[column], row.values[column], value)
        except CRMError as error:
            self.refused.emit(error.message)
            return False
        new = new or {self.columns[column]: value}
        values = tuple(new.get(name, held) for name, held in zip(self.words.places, row.values, strict=True))
        self._put(index.row(), replace(row, values=values))
        self.dataChanged.emit(self.index(index.row(), 0), self.index(index.row(), len(self.columns) - 1))
        return True

    def put(self, key: object, name: str, value: object) -> None:
        """Write one cell of the record with this number, wherever it stands now."""
        place = self.number_of(key)
        if place >= 0 and name in self.columns:
            self.setData(self.index(place, self.columns.index(name)), value)

    def look_again(self, keys: Sequence[object]) -> None:
        """Show these records as they are now, each where it stands."""
        if self._listing is None or self._query is None:
            return
        try:
            rows = self._listing.some(self._query, keys)
        except CRMError as error:
            self._blocks.lose(error)
            return
        for row in rows:
            place = self.number_of(row.key)
            self._put(place, row)
            self.dataChanged.emit(self.index(place, 0), self.index(place, len(self.columns) - 1))

    def _put(self, number: int, row: Row) -> None:
        if number < len(self._first):
            self._first[number] = row
        else:
            self._blocks.put(number, row)

    def kind(self, column: int) -> Any:
        """What stands in a column: a field's kind or an extra."""
        return self._sources[column]


_ROLES = frozenset(
    int(role)
    for role in (
        Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole, Qt.ItemDataRole.TextAlignmentRole,
        Qt.ItemDataRole.ForegroundRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.CheckStateRole,
    )
)  # fmt: skip
