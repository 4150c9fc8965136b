"""What can still be read in a damaged file, into a new office: every row that is whole, whatever lies beside it.

Rows are read by their number, from the front and from the end, and between the two damaged places one by one; indexes
are not asked, for they may lead into what is damaged.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any, NamedTuple

from channergy_crm.errors import Mistake
from channergy_crm.language import _
from channergy_crm.store import copies, ends, tables
from channergy_crm.store.addresses import url_of
from channergy_crm.store.database import known_steps

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator
    from pathlib import Path

    from channergy_crm.store.tables import Table

    Row = tuple[Any, ...]

PROBED = 200_000
"""numbers between two damaged places that are tried one by one"""
FORWARD, BACKWARD = ("> ?", "ASC"), ("< ?", "DESC")


class Saved(NamedTuple):
    """One table: how many rows could be read, and how many numbers could not, each of which may have been a row."""

    table: str
    rows: int
    lost: int


class _Damaged:
    """Reads around what is damaged."""

    def __init__(self, file: sqlite3.Connection) -> None:
        self._file = file
        self.lost = 0

    def rows(self, table: Table) -> Iterator[list[Row]]:
        """All rows that are whole, some at a time."""
        self.lost = 0
        front, whole = yield from self._from(table, -(1 << 63), FORWARD)
        if whole:
            return
        end, _whole = yield from self._from(table, (1 << 63) - 1, BACKWARD, front)
        if end - front > PROBED:
            self.lost += end - front - 1
            return
        for number in range(front + 1, end):
            yield from self._one(table, number)

    def _from(
        self, table: Table, start: int, way: tuple[str, str], until: int | None = None
    ) -> Generator[list[Row], None, tuple[int, bool]]:
        """From one end as far as can be read; gives the last number that could be, and whether that was all."""
        at = start
        sign, order = way
        together = ends.at_once(table)
        asked = tables.select(table, "sqlite").replace("SELECT ", "SELECT rowid, ", 1)
        statement = f"{asked} NOT INDEXED WHERE rowid {sign} ORDER BY rowid {order}"  # unsaid: SQL
        batch: list[Row] = []
        try:
            for number, *row in self._file.execute(statement, (start,)):  # sql: names out of the file's own list
                if until is not None and number <= until:
                    break
                at = number
                batch.append(tuple(row))
                if len(batch) >= together:
                    yield batch
                    batch = []
        except sqlite3.DatabaseError:
            yield batch
            return at, False
        yield batch
        return at, True

    def _one(self, table: Table, number: int) -> Iterator[list[Row]]:
        statement = f"{tables.select(table, 'sqlite')} NOT INDEXED WHERE rowid = ?"  # unsaid: SQL
        try:
            found = self._file.execute(statement, (number,)).fetchall()  # sql: names out of the file's own list
        except sqlite3.DatabaseError:
            self.lost += 1
            return
        if found:
            yield found


def salvage(path: Path, target: Path) -> list[Saved]:
    """Make a new office of all that can be read in a damaged one, which stays as it is."""
    saved: list[Saved] = []
    with closing(copies.open_to_read(path)) as file:
        try:
            found = tables.of_file(file)
            if "schema_migration" not in found:
                raise Mistake(_("Nothing can be saved out of this file: it does not say any more what it holds."))
            damaged = _Damaged(file)
            asked = found["schema_migration"].narrowed(["name"])
            steps = frozenset(str(row[0]) for rows in damaged.rows(asked) for row in rows) & known_steps()
        except sqlite3.DatabaseError as error:
            said = _("Nothing can be saved out of this file: it does not say any more what it holds.")
            raise Mistake(said) from error
        with ends.making(url_of(target), _all_up_to(steps), found) as new:
            there = new.tables()
            for table in found.values():
                fitting = there[table.name].narrowed(column.name for column in table.columns)
                new.write(fitting, damaged.rows(table))
                saved.append(Saved(table.name, new.count(table.name), damaged.lost))
            new.finish({})
    return saved


def _all_up_to(steps: frozenset[str]) -> frozenset[str]:
    """The steps of an office, also where the list of them is damaged."""
    last = max(steps, default=max(known_steps()))
    return frozenset(step for step in known_steps() if step <= last)
