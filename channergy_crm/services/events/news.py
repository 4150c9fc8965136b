"""What the journal tells since the events have looked last, read once for all of them.

What was taken back again is no news, and what was done again is what it was: the unit that did it first.
"""

from __future__ import annotations

import json
from collections import defaultdict
from functools import cached_property, reduce
from operator import or_
from typing import TYPE_CHECKING, NamedTuple

import peewee

from channergy_crm.language import N_
from channergy_crm.records import BY_TABLE
from channergy_crm.services.events.about import one_of
from channergy_crm.services.rights import Program
from channergy_crm.work import ChangeRow, UnitRow, key_field

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from channergy_crm.services.events.about import Sql

MAKING = N_("Follow-ups of {event}")
"""the units in which follow-ups are made: what stands in them is no news"""
LATE = 600
"""seconds for which a number that was left out is waited for: on a server a later unit may be written earlier"""
LEFT_OUT = 100
"""so far below the highest number of a table another program may still write one"""


_FIELDS = (
    UnitRow.number, UnitRow.mode, UnitRow.reverses, UnitRow.reversed_by, UnitRow.by, UnitRow.name, UnitRow.done,
)  # fmt: skip


class Took(NamedTuple):
    """That a field of a record has changed: in which unit, and what it held before and after, as journals keep it."""

    unit: int
    key: int
    before: object
    after: object


class _Unit(NamedTuple):
    mode: str
    reverses: int | None
    reversed_by: int | None
    by: str
    name: str
    done: datetime

    @property
    def is_news(self) -> bool:
        """Whether it is not just the program that has made follow-ups."""
        return (self.by, self.mode, self.name) != (Program.EVENTS.value, "do", MAKING)


class News:
    """The changes since a unit, of the fields that were asked for when it was made: pairs of table and python name.
    What is written after the first question is told the next time.

    Those `beside` are told only where one of the others has changed with them.
    """

    def __init__(
        self, since: int, fields: Iterable[tuple[str, str]] = (), beside: Iterable[tuple[str, str]] = ()
    ) -> None:
        self.since = since
        self._fields, self._beside = defaultdict[str, set[str]](set), defaultdict[str, set[str]](set)
        for table, name in fields:
            self._fields[table].add(name)
        for table, name in beside:
            self._beside[table].add(name)
        self._newest: dict[str, int] = {}
        self._rows: dict[str, list[tuple[int, int, str]]] = {}

    def took(self, table: str, name: str, since: int) -> Iterator[Took]:
        """How a field of these records has changed since a unit, and stands: what was undone is left out."""
        for each in self._read.get((table, name), ()):
            if each.unit > since and self._stands(each.unit):
                yield each._replace(unit=self._first(each.unit))

    def changed(self, table: str, names: Iterable[str], since: int) -> set[int]:
        """The numbers of the records in which one of these fields has changed since a unit, whichever way."""
        found = (self._read.get((table, name), ()) for name in names)
        return {each.key for every in found for each in every if each.unit > since}

    def held(self, table: str, name: str, since: int) -> set[int]:
        """The numbers that stood in this link before or after, wherever something has changed since a unit."""
        changes = [each for each in self._read.get((table, name), ()) if each.unit > since]
        return {value for each in changes for value in (each.before, each.after) if isinstance(value, int)}

    def rows(self, table: str, since: int) -> set[int]:
        """The numbers of the records of this table that were made or changed since a unit."""
        return {key for unit, key, _verb in self._of_table(table) if unit > since}

    def made(self, table: str, since: int) -> set[int]:
        """The numbers of those that were made, or made again."""
        return {key for unit, key, verb in self._of_table(table) if unit > since and verb == "insert"}

    def by(self, unit: int) -> str:
        """Who did a unit."""
        return self._units[unit].by if unit in self._units else ""

    def newest(self, table: str) -> int:
        """The highest number there is in a table."""
        if table not in self._newest:
            record = BY_TABLE[table]
            self._newest[table] = record.select(peewee.fn.MAX(key_field(record))).scalar() or 0
        return self._newest[table]

    def reaches(self, since: int, now: datetime) -> int:
        """The unit up to which an event has seen all of it that will ever be: one that others may still be writing
        is looked for once more.
        """
        last = since
        for number in self._since:
            if number <= since:
                continue
            if number != last + 1 and abs((now - self._units[number].done).total_seconds()) < LATE:
                return last
            last = number
        return last

    def upto(self, table: str, last: int) -> int:
        """The number up to which all rows of a table are there that will ever be, seen from that number on."""
        newest = self.newest(table)
        first = max(last, newest - LEFT_OUT)
        key = key_field(BY_TABLE[table])
        there = set(BY_TABLE[table].select(key).where(key > first).scalars())
        return next((number - 1 for number in range(first + 1, newest + 1) if number not in there), newest)

    # ---------------------------------------------------------------- read once

    @cached_property
    def _units(self) -> dict[int, _Unit]:
        rows: Sql = UnitRow.select(*_FIELDS).where(UnitRow.number > self.since).order_by(UnitRow.number).tuples()
        return {number: _Unit(*rest) for number, *rest in rows}

    @cached_property
    def _since(self) -> list[int]:
        return list(self._units)

    @cached_property
    def _told(self) -> list[int]:
        """The units in which something may have been done that is asked for."""
        since = self._since
        return [number for number in since if self._units[number].is_news]

    @cached_property
    def _read(self) -> dict[tuple[str, str], list[Took]]:
        found = defaultdict[tuple[str, str], list[Took]](list)
        for table, names in self._fields.items():
            told = names | self._beside[table]
            for unit, key, before, after in self._changes(table, names):
                held, now = _unpacked(before), _unpacked(after)
                for name in told & (held.keys() | now.keys()):
                    found[table, name].append(Took(unit, key, held.get(name), now.get(name)))
        return found

    def _changes(self, table: str, names: set[str]) -> Iterator[tuple[int, int, str | None, str | None]]:
        """The changes in which one of these names stands, as they lie in the store."""
        if not self._told:
            return
        columns = (ChangeRow.before, ChangeRow.after)
        holds = reduce(or_, (column.contains(f'"{name}":') for name in sorted(names) for column in columns))
        here = (ChangeRow.table == table) & one_of(ChangeRow.unit, self._told) & holds
        fields = (ChangeRow.unit, ChangeRow.key, *columns)
        for unit, key, before, after in ChangeRow.select(*fields).where(here).tuples().iterator():
            yield unit, int(key), before, after

    def _of_table(self, table: str) -> list[tuple[int, int, str]]:
        if not self._told:
            return []
        if table not in self._rows:
            here = (ChangeRow.table == table) & one_of(ChangeRow.unit, self._told) & (ChangeRow.verb != "delete")
            rows = ChangeRow.select(ChangeRow.unit, ChangeRow.key, ChangeRow.verb).where(here).tuples().iterator()
            self._rows[table] = [(unit, int(key), verb) for unit, key, verb in rows]
        return self._rows[table]

    # ---------------------------------------------------------------- taken back, and done again

    def _stands(self, unit: int) -> bool:
        """Whether a unit does something that was not taken back since."""
        held = self._unit(unit)
        return held is None or (held.mode != "undo" and not self._is_reversed(held))

    def _is_reversed(self, held: _Unit) -> bool:
        if held.reversed_by is None:
            return False
        back = self._unit(held.reversed_by)
        return back is None or not self._is_reversed(back)

    def _first(self, unit: int) -> int:
        """The unit that did for the first time what this one does again."""
        held = self._unit(unit)
        while held is not None and held.reverses is not None:
            unit = held.reverses
            held = self._unit(unit)
        return unit

    def _unit(self, number: int) -> _Unit | None:
        if number not in self._units:
            row: Sql = UnitRow.select(*_FIELDS).where(UnitRow.number == number).tuples().first()
            if row is None:
                return None
            self._units[number] = _Unit(*row[1:])
        return self._units[number]


def _unpacked(text: str | None) -> dict[str, object]:
    return json.loads(text) if text else {}
