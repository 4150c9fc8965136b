"""The bell: rings when somebody else has written into the office's store. What was done is read in the journal.

One file: SQLite counts what other connections have written. A server: whoever writes sends a note along. A note can be
lost with a line, so there the journal is looked at every second anyway; both cost next to nothing.
"""

from __future__ import annotations

import select
import socket
import sqlite3
import threading
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

import peewee

from channergy_crm.store.addresses import read_only
from channergy_crm.store.complaints import translated
from channergy_crm.store.engines import BUSY_SECONDS
from channergy_crm.store.reader import Reader

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from channergy_crm.store.engines import Patience

CHANNEL = "channergy_crm"
PATIENCE = {"sqlite": 0.5, "postgresql": 1.0}
"""seconds between two looks"""


def ring(database: peewee.Database, number: int) -> None:
    """Within a unit: when it is written, everybody at this server hears that there is something new."""
    if isinstance(database, peewee.PostgresqlDatabase):
        database.execute_sql("SELECT pg_notify(%s, %s)", (CHANNEL, str(number)))


@contextmanager
def ours(database: peewee.Database) -> Iterator[None]:
    """Around what this program writes into the file: nothing to be told of.

    From when nobody else can write until all of it is there, and that can be long after others see it: what is much is
    still moved from the log into the file.
    """
    bells = list(_bells) if isinstance(database, peewee.SqliteDatabase) else []
    for bell in bells:
        bell.begin_ours()
    written = False
    try:
        yield
        written = True
    finally:
        for bell in bells:
            bell.end_ours(written=written)


_bells: list[Bell] = []


class Bell(Reader):
    """Connections of its own that hear others write. For one thread; what is about our own writing comes from any."""

    def __init__(self, url: str, path: Path | None, patience: Patience) -> None:
        self._waking, self._woken = socket.socketpair()
        super().__init__(url, path, patience)
        self.rang = False
        """something was written into the file by others since that was asked last"""
        self._one_at_a_time = threading.Lock()
        self._ours = 0
        self._tally = self._read_only(0) if path else None
        self._heard = self._count()
        _bells.append(self)

    def _connect(self) -> object:
        line: Any = self._read_only(BUSY_SECONDS) if self._path else super()._connect()
        if not self._path:
            line.execute(f"LISTEN {CHANNEL}")  # sql: a constant
        return line

    def _read_only(self, patience: float) -> sqlite3.Connection:
        assert self._path is not None  # noqa: S101  a server is listened to
        place = read_only(self._path)
        return sqlite3.connect(place, uri=True, check_same_thread=False, timeout=patience, isolation_level=None)

    def wait(self) -> bool:
        """Wait until others have written or some time has passed; whether it is time to look into the journal."""
        server = [] if self._path else [self._raw]
        select.select([self._woken, *server], [], [], PATIENCE[self.engine])
        if self._path:
            self.note_others()
            return self.rang
        with translated():
            for _note in self._raw.notifies(timeout=0):
                pass
        return True

    def note_others(self) -> bool:
        """Whether something was written since; if so it was by others, for what is ours is heeded at once."""
        with self._one_at_a_time:
            if self._ours:
                return False
            before, self._heard = self._heard, self._count()
            new = before != self._heard
            self.rang = self.rang or new
        return new

    def begin_ours(self) -> None:
        """What is new now was not from here; what comes next is."""
        self.note_others()
        with self._one_at_a_time:
            self._ours += 1

    def end_ours(self, *, written: bool) -> None:
        """What has been written until now is known; unless nothing was."""
        with self._one_at_a_time:
            self._ours -= 1
            if written:
                self._heard = self._count()

    def _count(self) -> int:
        """Another number as soon as another connection has written."""
        if self._tally is None:
            return 0
        try:
            return int(self._tally.execute("PRAGMA data_version").fetchone()[0])
        except sqlite3.Error:  # somebody writes just now, or the file is gone: the next look tells
            return self._heard

    def wake(self) -> None:
        """Let it wait no longer: the window is going."""
        with suppress(OSError):
            self._waking.send(b".")

    def close(self) -> None:
        """Give the connections back."""
        _bells.remove(self)
        super().close()
        with self._one_at_a_time:
            if self._tally is not None:
                self._tally.close()
                self._tally = None
        self._waking.close()
        self._woken.close()
