"""The order of a long list: which record stands in which row, laid down once and asked for a window at a time.

In a file it is a temporary table of the list's own connection. A server's lists share one connection, which may be made
anew at any moment, so there the numbers of the records are held here: eight bytes each.
"""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import MutableSequence, Sequence

    from channergy_crm.store.reader import Reader

FETCHED = 5_000


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
        self._keys: MutableSequence[Any] = []

    def lay_down(self, sql: str, params: Sequence[object], *, numeric: bool) -> int:
        """Take the numbers of the records as this query gives them; how many there are."""
        keys: MutableSequence[Any] = array("q") if numeric else []
        for rows in self._reader.stream(sql, params, size=FETCHED):
            keys.extend(row[0] for row in rows)
        self._keys = keys
        return len(keys)

    def keys(self, start: int, limit: int) -> list[object]:
        """The numbers of the records in a part of the order."""
        return list(self._keys[start : start + limit])

    def position(self, key: object) -> int | None:
        """The row a record stands in, from 0."""
        try:
            return self._keys.index(key)
        except ValueError:
            return None

    def positions(self, keys: Sequence[object]) -> list[int]:
        """The rows these records stand in, those that are in the order."""
        wanted = set(keys)
        return [place for place, key in enumerate(self._keys) if key in wanted] if wanted else []
