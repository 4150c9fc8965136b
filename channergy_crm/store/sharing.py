"""One connection to a server for all that a window reads beside its work: the lists, the search box, the look-alikes.

A file has a connection for each of them; a server counts its connections. The window's own thread does not wait for
whoever reads on this one: it reads on the connection it works with.
"""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

from channergy_crm.errors import Surroundings
from channergy_crm.store.reader import Reader

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from channergy_crm.store.engines import Patience
    from channergy_crm.store.reader import Row

T = TypeVar("T")


class SharedLine(RuntimeError):
    """Something tried to leave a thing of its own on the connection all lists share: a bug, whoever did it."""


class Line:
    """The connection that is shared, opened when it is first read on and closed with the last who reads."""

    def __init__(self, connect: Callable[[], Reader]) -> None:
        self._connect = connect
        self._turns = threading.Lock()
        self._guard = threading.Lock()
        self._reader: Reader | None = None
        self._reading: object = None
        self._users = 0

    def join(self) -> None:
        """Somebody is going to read."""
        with self._guard:
            self._users += 1

    def leave(self) -> None:
        """Somebody is not going to read any more."""
        with self._guard:
            self._users -= 1
            unused, self._reader = (self._reader, None) if not self._users else (None, self._reader)
        if unused is not None:
            unused.close()

    @contextmanager
    def turn(self, who: object) -> Iterator[Reader]:
        """The connection, when nobody else reads on it."""
        with self._turns:
            if self._reader is None:
                self._reader = self._connect()
            with self._guard:
                self._reading = who
            try:
                yield self._reader
            finally:
                with self._guard:
                    self._reading = None

    def interrupt(self, who: object) -> None:
        """Stop what this one reads just now, and nobody else."""
        with self._guard:
            if self._reading is who and self._reader is not None:
                self._reader.interrupt()


class HereReader(Reader):
    """Reads a file on the connection that is open already: a new one reads the plan of all its tables first."""

    def __init__(self, here: Callable[[str, Sequence[object]], list[Row]]) -> None:
        self.engine = "sqlite"
        self._here = here

    def rows(self, sql: str, params: Sequence[object] = ()) -> list[Row]:
        """All rows of one query."""
        return self._here(sql, params)

    def rows_soon(self, sql: str, params: Sequence[object], seconds: float) -> list[Row]:
        """The same, however long it takes."""
        return self._here(sql, params)

    def close(self) -> None:
        """The connection is not its own."""


class SharedReader(Reader):
    """One who reads on the shared connection, in turn with others; like a connection of its own to whoever uses it."""

    def __init__(self, line: Line, patience: Patience, here: Callable[[str, Sequence[object]], list[Row]]) -> None:
        self.engine = "postgresql"
        self._line, self._patience, self._here = line, patience, here
        self._open = True
        line.join()

    def rows(self, sql: str, params: Sequence[object] = ()) -> list[Row]:
        """All rows of one query."""
        if self._patience.at_the_window:
            return self._here(sql, params)
        with self._line.turn(self) as reader:
            return _tried_twice(reader, lambda: reader.rows(sql, params))

    def rows_soon(self, sql: str, params: Sequence[object], seconds: float) -> list[Row] | None:
        """All rows of one query, or None when it takes longer; the window asks for nothing that it does not need."""
        if self._patience.at_the_window:
            return self._here(sql, params)
        with self._line.turn(self) as reader:
            return _tried_twice(reader, lambda: reader.rows_soon(sql, params, seconds))

    def packed(self, sql: str, params: Sequence[object] = ()) -> bytes:
        """The one value of a query, byte by byte as it is."""
        if self._patience.at_the_window:
            return self._here(sql, params)[0][0] or b""
        with self._line.turn(self) as reader:
            return _tried_twice(reader, lambda: reader.packed(sql, params))

    def stream(self, sql: str, params: Sequence[object] = (), size: int = 2_000) -> Iterator[list[Row]]:
        """The rows of one query, `size` at a time."""
        if self._patience.at_the_window:
            rows = self._here(sql, params)
            yield from (rows[start : start + size] for start in range(0, len(rows), size))
            return
        with self._line.turn(self) as reader:
            begun = False
            try:
                for rows in reader.stream(sql, params, size):
                    begun = True
                    yield rows
            except Surroundings:
                if begun or not reader.is_lost:
                    raise
                yield from reader.stream(sql, params, size)

    def run(self, sql: str, params: Sequence[object] = ()) -> int:
        """Nothing may hang on a connection that others read on."""
        raise SharedLine("nothing is written on a connection that others read on")  # unsaid: for programmers

    def interrupt(self) -> None:
        """Stop what is read here now; it raises `Surroundings` where it ran. Callable from any thread."""
        self._line.interrupt(self)

    def close(self) -> None:
        """Read no more."""
        if self._open:
            self._open = False
            self._line.leave()


def _tried_twice(reader: Reader, read: Callable[[], T]) -> T:
    """Nothing hangs on the line: one that was cut is made anew without a word."""
    try:
        return read()
    except Surroundings:
        if not reader.is_lost:
            raise
        return read()
