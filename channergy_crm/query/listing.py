"""Long lists, read a window at a time: the first rows at once, the whole order behind the scroll bar soon after."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from functools import reduce
from operator import and_
from typing import TYPE_CHECKING, Any, NamedTuple

import peewee

from channergy_crm import access, hidden
from channergy_crm.query import conditions, tagged, words
from channergy_crm.query.order import HeldOrder, Order, TableOrder
from channergy_crm.query.syntax import FilterMistake
from channergy_crm.store import letters
from channergy_crm.work import key_field
from channergy_crm.work.record import newest_where_empty, time_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from channergy_crm.store.reader import Reader
    from channergy_crm.store.reader import Row as Stored
    from channergy_crm.work.record import Extra, Record

FIRST = 200


@dataclass(frozen=True)
class ListQuery:
    """Which rows of a record type, in which order, showing which columns (python names of fields or extras)."""

    record: type[Record]
    columns: Sequence[str]
    condition: Any = None
    text: str = ""
    order: Sequence[tuple[str, bool]] = ()
    colours: Sequence[tuple[str, str]] = ()
    """typed filters and the colour, by meaning, of the rows they find; the first that fits counts"""
    by: str = ""
    """the operator who looks"""
    beside: Sequence[str] = ()
    """columns that are read with every row, behind the others, and not shown by themselves"""
    parts: Sequence[Any] = ()
    """the conditions of its sections, each row in the first that it fulfils; they come one after the other"""
    along: str = ""
    """the column whose values rise from section to section: in its order the sections come by themselves"""
    prepared: bool = False
    """every row is known to have its search text"""
    worn: bool = False
    """the tags that must be worn are asked for in the condition already"""
    known: tuple[Any, frozenset[str]] | None = field(default=None, compare=False)
    """what whoever asks may see, and the columns that are hidden, once that was asked"""

    def select(self, *what: object) -> peewee.ModelSelect[Record]:
        """The query for these rows, not yet ordered: of those that whoever asks may see."""
        query = self.seen(*what)
        typed = conditions.condition(self.record, self.text, self.by, prepared=self.prepared, worn=self.worn)
        wanted = [part for part in (self.condition, typed) if part is not None]
        return query.where(*wanted) if wanted else query

    def seen(self, *what: object) -> peewee.ModelSelect[Record]:
        """The query for every row of that type whoever asks may see."""
        query, reached = self.record.select(*what), self._reached()
        return query if reached is None else query.where(reached)

    def _reached(self) -> Any:
        if self.known is not None:
            return self.known[0]
        return access.seen(self.record, self.by) if self.by else None

    def hidden(self) -> frozenset[str]:
        """The columns that whoever asks is not shown: they stay empty, and nothing is put in order by them (VT-96)."""
        if self.known is not None:
            return self.known[1]
        return hidden.of(self.by, self.record) if self.by else hidden.NOTHING

    def asked(self) -> ListQuery:
        """The same, with what whoever asks may see asked now, once, on the connection of this thread."""
        return replace(self, known=(self._reached(), self.hidden()))

    def ordered(self, query: peewee.ModelSelect[Record], *, sorting: bool = False) -> peewee.ModelSelect[Record]:
        """The same in order; the record number decides between equals, so that the order never wavers.

        With `sorting` no index is used for the order: for few rows out of many, found in the order they are stored in.
        """
        keys: list[peewee.Node] = []
        if kept := self.hidden().intersection(name for name, _descending in self.order):
            shown = [(name, descending) for name, descending in self.order if name not in kept]
            return replace(self, order=shown).ordered(query, sorting=sorting)
        for name, descending in self._with_times():
            falling = descending != self._runs_backwards(name)
            key = self._sort_key(name, by_index=not sorting)
            if sorting and name not in self.record.extras():
                key = peewee.NodeList((peewee.SQL("+"), key))  # an index over the mere column would be taken as well
            keys += _direction(key, falling, nullable=self._may_be_null(name), apart=self._apart(name, sorting=sorting))
        if self.parts:
            keys.insert(self.rises(), self._part())
        return query.order_by(*keys, self._between_equals())

    def _between_equals(self) -> peewee.Node:
        """The number of the record; of those that have no value at all the newest comes first."""
        number = key_field(self.record)
        name, descending = self.order[-1] if self.order else ("", False)
        if descending or not name:
            return number.desc() if descending else number
        if number.numeric and self._may_be_null(name) and name not in self.record.extras():
            return newest_where_empty(self.record.kind(name), number)
        return number

    def _with_times(self) -> list[tuple[str, bool]]:
        """What it is ordered by: after a day the time of that day."""
        named, found = {name for name, _ in self.order}, []
        for name, descending in self.order:
            at = time_of(self.record, name)
            found += [(name, descending), *([(at, descending)] if at and at not in named else [])]
        return found

    def rises(self) -> bool:
        """Whether an index may put the rows in order, for the sections follow the first column of it."""
        return bool(self.order) and tuple(self.order[0]) == (self.along, False)

    def _part(self) -> peewee.Case:
        """The section a row is in, as a number."""
        return peewee.Case(None, [(part, number) for number, part in enumerate(self.parts)], len(self.parts))

    def _sort_key(self, name: str, *, by_index: bool) -> peewee.Node:
        extra = self.record.extras().get(name)
        if extra is not None:
            held = extra.asked_by(self.by)
            return held if extra.numeric else letters.folded(held)
        key: peewee.Node = self.record.kind(name).sort_key(by_index=by_index)
        return key

    def _runs_backwards(self, name: str) -> bool:
        extra = self.record.extras().get(name)
        return extra is not None and extra.backwards

    def _apart(self, name: str, *, sorting: bool) -> bool:
        """What is worked out is not worked out twice, no index is wanted for few rows, and sections have theirs."""
        return not sorting and not self.parts and name not in self.record.extras()

    def _may_be_null(self, name: str) -> bool:
        return name in self.record.extras() or self.record.kind(name).empty is None

    def sources(self) -> list[peewee.Node]:
        """What is selected for each column."""
        extras, kept = self.record.extras(), self.hidden()
        found = [extras[name].asked_by(self.by) if name in extras else self.record.kind(name) for name in self._read()]
        return [peewee.SQL("NULL") if name in kept else node for name, node in zip(self._read(), found, strict=True)]

    def _read(self) -> list[str]:
        return [*self.columns, *self.beside]

    def converters(self) -> list[Callable[[Any], object]]:
        """What turns the stored value of each column into the value people work with."""
        extras = self.record.extras()
        return [
            extras[name].convert if name in extras else self.record.kind(name).python_value for name in self._read()
        ]


class Row(NamedTuple):
    """One row of a list: the record's number and the values of the columns."""

    key: object
    values: tuple[object, ...]
    ink: str = ""


class Listing:
    """One opened list. It belongs to one thread at a time; only `interrupt` may be called from another."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._order: Order = TableOrder(reader) if reader.engine == "sqlite" else HeldOrder(reader)
        self._kept: tuple[object, int | None] = (None, None)
        self.count = 0
        self.parts: list[int] = []
        """how many rows each section has"""

    def first(self, query: ListQuery, limit: int = FIRST) -> list[Row]:
        """The first rows, before anything is counted."""
        return self.first_within(query, math.inf, limit) or []

    def first_within(self, query: ListQuery, seconds: float, limit: int = FIRST) -> list[Row] | None:
        """The first rows, or None when they take longer than that: then all of them come about as soon."""
        key, (query, sorting) = key_field(query.record), self._narrowed(query)
        apart = query.parts and not query.rises()  # what is looked up is not wanted of all that must be sorted
        rows = query.select(key, *(() if apart else query.sources()))
        sql, params = query.ordered(rows, sorting=sorting).limit(limit).sql()
        if math.isfinite(seconds) and self._reader.must_sort(sql, params):
            return None
        found = self._reader.rows_soon(sql, params, seconds)
        if found is not None and apart:
            held = {row.key: row for row in self.some(query, [line[0] for line in found])}
            return [held[line[0]] for line in found if line[0] in held]
        return None if found is None else self._coloured(query, _rows(query, found))

    def build(self, query: ListQuery, keep: object = None) -> int:
        """Lay down the order of all rows; returns how many there are. Where record `keep` stands is known at once."""
        key, (query, _) = key_field(query.record), self._narrowed(query, whole=True)
        sorting = bool(query.text) and self._reader.engine == "sqlite"
        sql, params = query.ordered(query.select(key.alias("k")), sorting=sorting).sql()
        self.count = self._order.lay_down(sql, params, numeric=key_field(query.record).numeric)
        self._kept = (keep, self._order.position(keep) if keep is not None else None)
        self.parts = self._count_parts(query) if query.parts else []
        return self.count

    def _count_parts(self, query: ListQuery) -> list[int]:
        part = query._part()
        sql, params = query.select(part, peewee.fn.COUNT(peewee.SQL("1"))).group_by(peewee.SQL("1")).sql()
        found = {int(number): int(count) for number, count in self._reader.rows(sql, params)}
        counts = [found.get(number, 0) for number in range(len(query.parts))]
        counts[-1] += self.count - sum(counts)  # somebody wrote in between
        return counts

    def _narrowed(self, query: ListQuery, *, whole: bool = False) -> tuple[ListQuery, bool]:
        """Where the index knows which rows hold the words of the filter, the others need no look; and whether these are
        better sorted than met in the order of the list.
        """
        if self._reader.engine != "sqlite":
            prepared = bool(query.text) and words.all_prepared(query.record, self._reader.rows)
            return replace(query, prepared=prepared), False
        wear = tagged.narrowed(query.record, conditions.worn(query.record, query.text, query.by), self._reader.rows,
                               whole=whole)  # fmt: skip
        hold = words.narrowed(query.record, conditions.words(query.record, query.text), self._reader.rows, whole=whole)
        there = [query.condition, *(each.condition for each in (wear, hold) if each is not None)]
        wanted = reduce(and_, [part for part in there if part is not None]) if wear or hold else query.condition
        few = any(each.few for each in (wear, hold) if each is not None)
        return replace(query, condition=wanted, worn=wear is not None), few

    def rows(self, query: ListQuery, start: int, limit: int) -> list[Row | None]:
        """A window of the built order; None stands for a row that was deleted since."""
        keys = self.keys(query, start, limit)
        found = {row.key: row for row in self.some(query, keys)}
        return [found.get(value) for value in keys]

    def some(self, query: ListQuery, keys: Sequence[object]) -> list[Row]:
        """The rows of these records, in no order."""
        if not keys:
            return []
        key = key_field(query.record)
        sql, params = query.seen(key, *query.sources()).where(key.in_(list(keys))).sql()
        return self._coloured(query, _rows(query, self._reader.rows(sql, params)))

    def _coloured(self, query: ListQuery, rows: list[Row]) -> list[Row]:
        """The rows in the colours the list's rules give them."""
        key = key_field(query.record)
        inks: dict[object, str] = {}
        for text, ink in reversed(query.colours) if rows else ():
            try:
                wanted = conditions.condition(query.record, text, query.by)
            except FilterMistake:  # a rule by a field that whoever asks is not shown
                continue
            fits = key.in_([row.key for row in rows]) & wanted
            sql, params = query.record.select(key).where(fits).sql()
            inks.update((found[0], ink) for found in self._reader.rows(sql, params))
        return [row._replace(ink=inks[row.key]) if row.key in inks else row for row in rows] if inks else rows

    def keys(self, query: ListQuery, start: int, limit: int) -> list[object]:
        """The numbers of the records in a part of the built order, however long."""
        return self._order.keys(start, limit)

    def position(self, key: object) -> int | None:
        """Where a record stands in the built order."""
        return self._kept[1] if key == self._kept[0] else self._order.position(key)

    def positions(self, keys: Sequence[object]) -> list[int]:
        """Where those of the records stand that are in the built order."""
        return self._order.positions(keys)

    def interrupt(self) -> None:
        """Stop a query that is no longer wanted."""
        self._reader.interrupt()

    def close(self) -> None:
        """Give the connection back."""
        self._reader.close()


def _direction(key: peewee.Node, descending: bool, *, nullable: bool, apart: bool) -> list[peewee.Node]:
    """Empty values last in both directions; texts are never null. That it is empty can be a key `apart`, in the words
    in which an index holds it.
    """
    turned = peewee.Desc if descending else peewee.Asc
    if nullable and apart:
        return [peewee.Expression(key, peewee.OP.IS, None), turned(key)]
    return [turned(key, nulls="LAST" if nullable else None)]


def _rows(query: ListQuery, raw: list[Stored]) -> list[Row]:
    converters = query.converters()
    return [
        Row(line[0], tuple(convert(value) for convert, value in zip(converters, line[1:], strict=True))) for line in raw
    ]


def label(record: type[Record], name: str) -> str:
    """The heading of a column."""
    extra: Extra | None = record.extras().get(name)
    return extra.label if extra else record.kind(name).label


def all_fit(record: type[Record], keys: Sequence[object], condition: object) -> bool:
    """Whether all records with these numbers fulfil the condition of a list."""
    those = key_field(record).in_(list(keys))
    return bool(record.select().where(those & condition).count() == len(keys))
