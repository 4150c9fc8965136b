"""A connection that only reads: lists come through it, off the window's thread."""

from __future__ import annotations

import math
import sqlite3
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, Literal

from channergy_crm.errors import Surroundings
from channergy_crm.patterns import pattern
from channergy_crm.store import letters
from channergy_crm.store.addresses import read_only
from channergy_crm.store.complaints import reaching, translated
from channergy_crm.store.engines import AT_HAND, server_options

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from channergy_crm.store.engines import Patience

EACH_BY_ITSELF = "SET plan_cache_mode = force_custom_plan"  # unsaid: SQL
"""what is looked for decides on the way to it"""
STEPS = 20_000  # of SQLite's machine between two looks at the clock: well under a millisecond

SORTS = pattern(r" *->  Sort\b")  # in the plan of a server

Row = tuple[Any, ...]
"""one row as the store gives it: what stands in a column is for its field to say"""


class Reader:
    """A second connection that only reads and may be interrupted: lists are read through it off the window's thread."""

    def __init__(self, url: str, path: Path | None, patience: Patience) -> None:
        self.engine: Literal["sqlite", "postgresql"] = "sqlite" if path else "postgresql"
        self._url, self._path, self._patience, self._waits = url, path, patience, patience.seconds
        with translated():
            self._raw: Any = self._connect()

    def __repr__(self) -> str:
        return f"<Reader {self.engine}>"  # unsaid: for programmers; its address may hold a password

    def _connect(self) -> object:
        if not self._path:
            import psycopg

            with reaching(self._url):
                connection = psycopg.connect(self._url, autocommit=True, **server_options(self._url))
            connection.execute(f"{AT_HAND}; {EACH_BY_ITSELF}")  # sql: constants
            return connection
        raw = sqlite3.connect(
            read_only(self._path), uri=True, check_same_thread=False, timeout=self._waits, isolation_level=None
        )
        letters.teach(raw)
        raw.execute("PRAGMA temp_store = memory")
        raw.execute("PRAGMA cache_size = -16000")
        return raw

    def _execute(self, sql: str, params: Sequence[object]) -> Any:
        with translated():
            self._ready()
            if self.engine == "sqlite" and self._waits != self._patience.seconds:
                self._waits = self._patience.seconds
                self._raw.execute(f"PRAGMA busy_timeout = {round(self._waits * 1000)}")  # sql: a number
            return self._raw.execute(sql, params)

    @property
    def is_lost(self) -> bool:
        """Whether the server has ended this connection; the next query makes it anew."""
        return self.engine == "postgresql" and bool(self._raw.closed)

    def _ready(self) -> None:
        """The line stands, and nothing is left on it of what was interrupted."""
        if self.is_lost:
            self._raw = self._connect()
        elif self.engine == "postgresql" and self._raw.info.transaction_status.name == "INERROR":
            self._raw.rollback()

    def rows(self, sql: str, params: Sequence[object] = ()) -> list[Row]:
        """All rows of one query."""
        cursor = self._execute(sql, params)
        with translated():
            return list(cursor.fetchall())

    def rows_soon(self, sql: str, params: Sequence[object], seconds: float) -> list[Row] | None:
        """All rows of one query, or None when it takes longer."""
        if math.isinf(seconds):
            return self.rows(sql, params)
        ends = time.monotonic() + seconds
        try:
            if self.engine == "sqlite":
                return self._rows_until(sql, params, ends)
            return self._rows_of_server(sql, params, seconds)
        except Surroundings:
            if time.monotonic() > ends:
                return None
            raise

    def _rows_until(self, sql: str, params: Sequence[object], ends: float) -> list[Row]:
        self._raw.set_progress_handler(lambda: time.monotonic() > ends, STEPS)
        try:
            return self.rows(sql, params)
        finally:
            self._raw.set_progress_handler(None, 0)

    def _rows_of_server(self, sql: str, params: Sequence[object], seconds: float) -> list[Row]:
        with translated(), self._transaction():
            self._raw.execute(f"SET LOCAL statement_timeout = {round(seconds * 1000)}")  # sql: a number
            return list(self._raw.execute(sql, params).fetchall())

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        """What belongs together at a server. The driver's own block never begins another one after an interrupt has met
        its beginning: no list would be read on that line again.
        """
        self._ready()
        try:
            self._raw.execute("BEGIN")  # unsaid: SQL
            yield
        finally:
            if not self.is_lost:
                self._raw.rollback()  # nothing was written

    def must_sort(self, sql: str, params: Sequence[object]) -> bool:
        """Whether a server has to find and sort all rows of a query before it gives the first."""
        if self.engine == "sqlite":
            return False
        plan = self.rows(f"EXPLAIN {sql}", params)  # sql: compiled by peewee  # unsaid: SQL
        return any(SORTS.match(row[0]) for row in plan)

    def packed(self, sql: str, params: Sequence[object] = ()) -> bytes:
        """The one value of a server's query, byte by byte as it is, however long; none is empty."""
        with translated():
            self._ready()
            return self._raw.execute(sql, params, binary=True).fetchone()[0] or b""

    def stream(self, sql: str, params: Sequence[object] = (), size: int = 2_000) -> Iterator[list[Row]]:
        """The rows of one query, `size` at a time, so that no list is too long for the memory."""
        if self.engine == "sqlite":
            yield from _batches(self._execute(sql, params), size)
            return
        with translated(), self._transaction(), self._raw.cursor("streamed") as cursor:
            cursor.execute(sql, params)
            yield from _batches(cursor, size)

    def run(self, sql: str, params: Sequence[object] = ()) -> int:
        """Run a statement (temporary tables only); the number of rows it touched."""
        return int(self._execute(sql, params).rowcount)

    def interrupt(self) -> None:
        """Stop what runs on this connection now; it raises `Surroundings` where it ran. Callable from any thread."""
        if self.engine == "sqlite":
            self._raw.interrupt()
        else:
            with suppress(Exception):  # one that cannot be stopped goes on to its end
                self._raw.cancel()

    def close(self) -> None:
        """Give the connection back."""
        self._raw.close()


def _batches(cursor: Any, size: int) -> Iterator[list[Row]]:
    with translated():
        while rows := cursor.fetchmany(size):
            yield rows
