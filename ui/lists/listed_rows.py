"""The rows of a list: a window of 256 at a time, whatever the length; perhaps in sections."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Signal

from channergy_crm.errors import CRMError
from channergy_crm.work.record import time_of
from ui.lists.blocks import Blocks
from ui.lists.parts import Head, Parts
from ui.lists.row_words import Entry, TwoLines, Words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from channergy_crm.query.listing import Listing, ListQuery, Row
    from channergy_crm.work.record import Record

AnyIndex = QModelIndex | QPersistentModelIndex


class Sectioning(NamedTuple):
    """The sections of a list: their heads, to which a row belongs by its values, and the conditions of each."""

    heads: Sequence[Head]
    which: Callable[[Mapping[str, Any]], int]
    conditions: Callable[[], Sequence[object]]
    along: str
    """the field whose values rise from section to section"""
    shows: Sequence[str] = ()
    """fields that are read with every row though no column shows them"""
    entry: Callable[[Mapping[str, Any]], Entry] = lambda values: Entry()
    """what a row says, by its values"""
    titles: tuple[str, str, str] = ("", "", "")
    """what stands over the numbers, the times and the kinds"""


class ListedRows(QAbstractTableModel):
    """The records of a list, row by row. Where it has sections a head without flags stands above each."""

    lost = Signal(str)
    """the rows of the list cannot be read any more: told once, however often Qt asks for them"""

    def __init__(self, record: type[Record], columns: Sequence[str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.record = record
        self.columns = list(columns)
        self.two_lines: TwoLines | None = None
        """what it says where it is narrow; None where it never is"""
        self.sectioning: Sectioning | None = None
        self.folded: set[str] = set()
        """the names of the sections that are folded"""
        self.parts = Parts([0])
        self._query: ListQuery | None = None
        self._listing: Listing | None = None
        self._first: list[Row] = []
        self._blocks = Blocks(self.lost.emit)

    def divide(self, sectioning: Sectioning, folded: set[str]) -> None:
        """Show the list in sections from now on."""
        self.sectioning, self.folded = sectioning, folded
        self._find_sources()

    def sectioned(self) -> Sectioning:
        """Its sections; only asked for where it has them."""
        assert self.sectioning is not None  # noqa: S101
        return self.sectioning

    def _find_sources(self) -> None:
        self.words = Words(self.record, self.columns, self.beside())

    def beside(self) -> list[str]:
        """What is read with every row beside its columns: the times of days, what two lines and sections say."""
        wanted = [time_of(self.record, name) for name in self.columns]
        wanted += self.two_lines.reads() if self.two_lines is not None else []
        wanted += self.sectioning.shows if self.sectioning is not None else []
        return [name for name in dict.fromkeys(wanted) if name and name not in self.columns]

    # What is shown

    def show_first(self, query: ListQuery, rows: list[Row]) -> None:
        """Show the first rows while the rest is being counted."""
        self._take(query, None)
        self._first = rows
        self._divide(len(rows))
        self.endResetModel()

    def shows(self, text: str, order: Sequence[tuple[str, bool]]) -> bool:
        """Whether what is shown was found by this filter and stands in this order."""
        return self._query is not None and (self._query.text, self._query.order) == (text, order)

    def show_all(self, query: ListQuery, listing: Listing) -> None:
        """Show the whole list. When the first rows stand already, only the length grows."""
        grows = self._listing is None and self._query is query and listing.count >= len(self._first)
        first = self._first if grows else []
        if first and self.sectioning is None:
            added = listing.count - len(self._first)
            if added:
                self.beginInsertRows(QModelIndex(), len(self._first), listing.count - 1)
            self._listing = listing
            self._divide(listing.count)
            self._blocks.begin()
            if added:
                self.endInsertRows()
            return
        self._take(query, listing)
        self._first = first
        self._divide(listing.count)
        self.endResetModel()

    def show_anew(self) -> None:
        """Show the same rows; other sections are folded now."""
        self.beginResetModel()
        self._divide(self.parts.records)
        self.endResetModel()

    def _take(self, query: ListQuery, listing: Listing | None) -> None:
        self.beginResetModel()
        self._query, self._listing = query, listing
        self.columns = list(query.columns)
        self._find_sources()
        self._first = []
        self._blocks.begin()

    def _divide(self, count: int) -> None:
        if self.sectioning is None:
            self.parts = Parts([count])
            return
        heads = self.sectioning.heads
        if self._listing is not None:
            counts = list(self._listing.parts)
        else:
            counts = [0] * len(heads)
            for row in self._first:
                counts[self.sectioning.which(self.words.values(row))] += 1
        self.parts = Parts(counts, [head.name in self.folded for head in heads], headed=True)

    def read_again(self) -> None:
        """What the rows show may be older than the minute: read them as soon as they are looked at."""
        if self._listing is not None:
            self._first = []
            self._blocks.begin()

    # One row

    def row(self, number: int) -> Row | None:
        """One row, read with its neighbours when it is not held yet; None for the head of a section."""
        place = self.parts.place(number)
        if place < 0:
            return None
        if self._listing is None or place < len(self._first):
            return self._first[place] if place < len(self._first) else None
        assert self._query is not None  # noqa: S101  a listing is only ever taken with its query
        return self._blocks.row(place, self._listing, self._query)

    def head(self, number: int) -> tuple[Head, int, bool] | None:
        """The head of a section that stands in a row, how many records it has, and whether it is folded."""
        section = self.parts.head(number)
        if section < 0 or self.sectioning is None:
            return None
        head = self.sectioning.heads[section]
        return head, self.parts.counts[section], head.name in self.folded

    def key(self, number: int) -> object:
        """The record's number in a row."""
        row = self.row(number)
        return row.key if row else None

    def keys(self, start: int, count: int) -> list[object]:
        """The records' numbers in a run of rows."""
        found: list[object] = []
        for place, many in self.parts.runs(start, count):
            if self._listing is None or self._query is None:
                found += [row.key for row in self._first[place : place + many]]
            else:
                found += self._listing.keys(self._query, place, many)
        return found

    def number_of(self, key: object) -> int:
        """The row a record stands in, or -1."""
        for place, row in enumerate(self._first):
            if row.key == key:
                return self.parts.row(place)
        if self._listing is None:
            return -1
        try:
            place_in_list = self._listing.position(key)
        except CRMError as error:
            self._blocks.lose(error)
            return -1
        return -1 if place_in_list is None else self.parts.row(place_in_list)

    def numbers_of(self, keys: Sequence[object]) -> list[int]:
        """The rows these records stand in, those that are here."""
        if self._listing is not None:
            places = self._listing.positions(keys)
        else:
            wanted = set(keys)
            places = [place for place, row in enumerate(self._first) if row.key in wanted]
        return [row for row in map(self.parts.row, places) if row >= 0]

    def value(self, number: int, name: str) -> object:
        """The value of one column in a row."""
        row = self.row(number)
        return self.words.value(row, name) if row else None

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:
        return 0 if parent.isValid() else self.parts.rows

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.columns)

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
        place = self.parts.place(number)
        if place < len(self._first):
            self._first[place] = row
        else:
            self._blocks.put(place, row)
