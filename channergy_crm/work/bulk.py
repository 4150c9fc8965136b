"""Many new records of one type at once: checked, derived and written like a saved one, without an object for each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import peewee

from channergy_crm import work
from channergy_crm.store import database, numbers

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from channergy_crm.fields import Kind
    from channergy_crm.work.record import Record

CHUNK = 2_000
ONE_AT_A_TIME = 0x4348434D  # the name of the lock on PostgreSQL; SQLite lets one write at a time anyway


class Many:
    """Turns the values of new records, by python names, into rows, and writes the rows."""

    def __init__(self, record: type[Record]) -> None:
        key = work.key_field(record).name
        fields = [field for field in record._meta.sorted_fields if field.name != key]
        self.record = record
        self.names = [key, *(field.name for field in fields)]
        self._empty = {field.name: _empty(field) for field in fields}
        self._stored = {field.name: field.db_value for field in fields if not field.textual}
        self._deriving = record.deriving()
        self._last: dict[str, tuple[object, object]] = {}

    def complete(self, values: Mapping[str, object]) -> dict[str, object]:
        """All columns of one new record but its number, in the order of the row."""
        held = {**self._empty, **values}
        for kind in self._deriving:
            held.update(kind.derive(held, values))
        for name in values:
            if (value := held[name]) is not None and name in self._stored:
                held[name] = self._in_store(name, value)
        return held

    def _in_store(self, name: str, value: object) -> object:
        """A value as the store keeps it; of many at once most have the very one that came last."""
        last = self._last.get(name)
        if last is None or last[0] is not value:
            last = self._last[name] = (value, self._stored[name](value))
        return last[1]

    def row(self, values: Mapping[str, object]) -> tuple[object, ...]:
        """The row of one new record, without its number."""
        return tuple(self.complete(values).values())

    def insert(
        self, unit: work.Unit, rows: Sequence[tuple[object, ...]], numbers: Sequence[int],
        progress: Callable[[int], None] | None = None,
    ) -> None:  # fmt: skip
        """Write rows under reserved numbers within a unit. `progress` is told how many are written."""
        for start in range(0, len(rows), CHUNK):
            if progress:
                progress(start)
            pairs = zip(numbers[start : start + CHUNK], rows[start : start + CHUNK], strict=True)
            unit.insert_many(self.record, self.names, [(number, *row) for number, row in pairs])


def _empty(field: Kind[Any]) -> object:
    if field.default is not None:
        return field.default() if callable(field.default) else field.default
    return field.empty


def reserve(record: type[Record], count: int) -> Sequence[int]:
    """Numbers for new records, within a unit. Nobody else gets them."""
    key = work.key_field(record)
    if not database.on_server():
        there = record.select(peewee.fn.MAX(key)).scalar() or 0
        first = max(there, numbers.last_deleted(database.proxy.obj, record._meta.table_name)) + 1
        return range(first, first + count)
    drawn = database.proxy.execute_sql(
        # asked for its name once, and not for every number
        "SELECT nextval(CAST((SELECT pg_get_serial_sequence(%s, %s)) AS regclass)) FROM generate_series(1, %s::int)",
        (f'"{record._meta.table_name}"', key.column_name, count),
    )
    return [row[0] for row in drawn.fetchall()]


def alone(name: int = ONE_AT_A_TIME) -> None:
    """Let only one at a time go on from here until its unit ends, such as imports: two never take the same row twice.

    Those who name another lock do not wait for imports.
    """
    if database.on_server():
        database.proxy.execute_sql("SELECT pg_advisory_xact_lock(%s)", (name,))
