"""The bell: rings when somebody else has written into the office's store. What was done is read in the journal.

One file: SQLite counts what other connections have written. A server: whoever writes sends a note along. A note can be
lost with a line, so there the journal is looked at every second anyway; both cost next to nothing.
"""

from __future__ import annotations

import select
import socket
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

import peewee

from channergy_crm.store.complaints import translated
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


class Bell(Reader):
    """A connection of its own that hears others write. For one thread; only `wake` is called from another."""

    def __init__(self, url: str, path: Path | None, patience: Patience) -> None:
        self._waking, self._woken = socket.socketpair()
        super().__init__(url, path, patience)
        self._heard = self._count()
        self.rang = False
        """something was written into the file since it was listened to last"""

    def _connect(self) -> object:
        line: Any = super()._connect()
        if not self._path:
            line.execute(f"LISTEN {CHANNEL}")  # sql: a constant
        return line

    def wait(self, seconds: float | None = None) -> bool:
        """Wait until something was written or that time has passed; whether it is time to look into the journal."""
        server = [] if self._path else [self._raw]
        select.select([self._woken, *server], [], [], PATIENCE[self.engine] if seconds is None else seconds)
        if self._path:
            self.rang = self._count() != self._heard
            return self.rang
        with translated():
            for _note in self._raw.notifies(timeout=0):
                pass
        return True

    @contextmanager
    def moment(self) -> Iterator[None]:
        """What is read within is of one moment, and what was written until then has been heard."""
        if not self._path:
            yield
            return
        self._execute("BEGIN", ())
        try:
            yield
            self._heard = self._count()  # frozen at this moment
        finally:
            self.rang = False
            self._execute("COMMIT", ())

    def _count(self) -> int:
        return int(self.rows("PRAGMA data_version")[0][0]) if self._path else 0

    def wake(self) -> None:
        """Let it wait no longer: the window is going."""
        with suppress(OSError):
            self._waking.send(b".")

    def close(self) -> None:
        """Give the connection back."""
        super().close()
        self._waking.close()
        self._woken.close()
