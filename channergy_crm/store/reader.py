"""A connection that only reads: lists come through it, off the window's thread."""

from __future__ import annotations

import sqlite3
import time
from typing import TYPE_CHECKING, Any, Literal

from channergy_crm.errors import Surroundings
from channergy_crm.store import letters
from channergy_crm.store.addresses import read_only
from channergy_crm.store.complaints import reaching, translated
from channergy_crm.store.engines import server_options

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from channergy_crm.store.engines import Patience

STEPS = 20_000  # of SQLite's machine between two looks at the clock: well under a millisecond

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
                return psycopg.connect(self._url, autocommit=True, **server_options(self._url))
        raw = sqlite3.connect(
            read_only(self._path), uri=True, check_same_thread=False, timeout=self._waits, isolation_level=None
        )
        letters.teach(raw)
        raw.execute("PRAGMA temp_store = memory")
        raw.execute("PRAGMA cache_size = -16000")
        return raw

    def _execute(self, sql: str, params: Sequence[object]) -> Any:
        with translated():
            self._connect_again_if_lost()
            if self.engine == "sqlite" and self._waits != self._patience.seconds:
                self._waits = self._patience.seconds
                self._raw.execute(f"PRAGMA busy_timeout = {round(self._waits * 1000)}")  # sql: a number
            return self._raw.execute(sql, params)

    @property
    def is_lost(self) -> bool:
        """Whether the server has ended this connection; the next query makes it anew."""
        return self.engine == "postgresql" and bool(self._raw.closed)

    def _connect_again_if_lost(self) -> None:
        if self.is_lost:
            self._raw = self._connect()

    def rows(self, sql: str, params: Sequence[object] = ()) -> list[Row]:
        """All rows of one query."""
        cursor = self._execute(sql, params)
        with translated():
            return list(cursor.fetchall())

    def rows_soon(self, sql: str, params: Sequence[object], seconds: float) -> list[Row] | None:
        """All rows of one query, or None when it takes longer. A server is given all the time it wants."""
        if self.engine != "sqlite":
            return self.rows(sql, params)
        ends = time.monotonic() + seconds
        self._raw.set_progress_handler(lambda: time.monotonic() > ends, STEPS)
        try:
            return self.rows(sql, params)
        except Surroundings:
            if time.monotonic() > ends:
                return None
            raise
        finally:
            self._raw.set_progress_handler(None, 0)

    def stream(self, sql: str, params: Sequence[object] = (), size: int = 2_000) -> Iterator[list[Row]]:
        """The rows of one query, `size` at a time, so that no list is too long for the memory."""
        if self.engine == "sqlite":
            yield from _batches(self._execute(sql, params), size)
            return
        with translated():
            self._connect_again_if_lost()
            with self._raw.transaction(), self._raw.cursor("streamed") as cursor:
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
            self._raw.cancel()

    def close(self) -> None:
        """Give the connection back."""
        self._raw.close()


def _batches(cursor: Any, size: int) -> Iterator[list[Row]]:
    with translated():
        while rows := cursor.fetchmany(size):
            yield rows
