"""The order of a long list: which record stands in which row, laid down once and asked for a window at a time.

In a file it is a temporary table of the list's own connection. A server's lists share one connection, which may be made
anew at any moment, so there the numbers of the records are held here: four bytes each.
"""

from __future__ import annotations

import sys
from array import array
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from channergy_crm.store.reader import Reader

FETCHED = 5_000
PACKED = "SELECT string_agg(int4send(k::integer), '') FROM ({asked}) AS listed"
"""all the numbers in one value, in the order they are listed in: a row for each takes ten times as long"""


class Order(Protocol):
    """Which record stands in which row."""

    def lay_down(self, sql: str, params: Sequence[object], *, numeric: bool) -> int:
        """Take the numbers of the records as this query gives them; how many there are."""
        ...

    def keys(self, start: int, limit: int) -> list[object]:
        """The numbers of the records in a part of the order."""
        ...

    def position(self, key: object) -> int | None:
        """The row a record stands in, from 0."""
        ...

    def positions(self, keys: Sequence[object]) -> list[int]:
        """The rows these records stand in, those that are in the order."""
        ...


class TableOrder:
    """The order in a temporary table of a connection that is the list's own."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._numeric = True

    def lay_down(self, sql: str, params: Sequence[object], *, numeric: bool) -> int:
        """Take the numbers of the records as this query gives them; how many there are."""
        self._numeric = numeric
        self._reader.run("DROP TABLE IF EXISTS listed")
        self._reader.run(f"CREATE TEMP TABLE listed AS {sql}", params)  # sql: compiled by peewee
        return int(self._reader.rows("SELECT coalesce(max(rowid), 0) FROM listed")[0][0])

    def keys(self, start: int, limit: int) -> list[object]:
        """The numbers of the records in a part of the order."""
        asked = "SELECT k FROM listed WHERE rowid > ? AND rowid <= ? ORDER BY rowid"
        found = self._reader.rows(asked, (start, start + limit))
        return [int(row[0]) if self._numeric else row[0] for row in found]

    def position(self, key: object) -> int | None:
        """The row a record stands in, from 0."""
        found = self._reader.rows("SELECT rowid FROM listed WHERE k = ? LIMIT 1", (key,))
        return int(found[0][0]) - 1 if found else None

    def positions(self, keys: Sequence[object]) -> list[int]:
        """The rows these records stand in, those that are in the order."""
        marks = ", ".join("?" * len(keys))
        asked = f"SELECT rowid FROM listed WHERE k IN ({marks})"  # noqa: S608  # sql: marks only
        return [int(row[0]) - 1 for row in self._reader.rows(asked, list(keys))] if keys else []


class HeldOrder:
    """The order held here; a connection is needed only while it is laid down."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._keys: array[int] | list[Any] = []

    def lay_down(self, sql: str, params: Sequence[object], *, numeric: bool) -> int:
        """Take the numbers of the records as this query gives them; how many there are."""
        if numeric:
            self._keys = _unpacked(self._reader.packed(PACKED.format(asked=sql), params))  # sql: compiled by peewee
        else:
            self._keys = [row[0] for rows in self._reader.stream(sql, params, size=FETCHED) for row in rows]
        return len(self._keys)

    def keys(self, start: int, limit: int) -> list[object]:
        """The numbers of the records in a part of the order."""
        return list(self._keys[start : start + limit])

    def position(self, key: object) -> int | None:
        """The row a record stands in, from 0."""
        if isinstance(self._keys, array):
            return _place(self._keys, key)
        try:
            return self._keys.index(key)
        except ValueError:
            return None

    def positions(self, keys: Sequence[object]) -> list[int]:
        """The rows these records stand in, those that are in the order."""
        wanted = set(keys)
        return [place for place, key in enumerate(self._keys) if key in wanted] if wanted else []


def _unpacked(numbers: bytes) -> array[int]:
    held = array("i", numbers)
    if sys.byteorder == "little":
        held.byteswap()  # a server writes the greatest byte first
    return held


def _place(numbers: array[int], number: Any) -> int | None:
    """Where a number stands, looked for byte by byte: comparing a million numbers would hold up every thread."""
    try:
        wanted = array("i", [number]).tobytes()
    except (TypeError, OverflowError):  # nothing, or greater than any number of a record
        return None
    packed, at = numbers.tobytes(), 0
    while (at := packed.find(wanted, at)) >= 0 and at % numbers.itemsize:
        at += 1
    return at // numbers.itemsize if at >= 0 else None
