"""The bell: rings when something was written into the office's store. What was done is read in the journal.

One file: SQLite tells that other connections have written. A server: whoever writes sends a note along. A note can be
lost with a line, so there the journal is looked at now and then anyway, and with a new line it is taken for granted
that another program has written meanwhile.
"""

from __future__ import annotations

import itertools
import math
import select
import socket
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import peewee

from channergy_crm.store import foreign
from channergy_crm.store.complaints import translated
from channergy_crm.store.reader import Reader

if TYPE_CHECKING:
    from pathlib import Path

    from channergy_crm.store.engines import Patience

PATIENCE = {"sqlite": 0.5, "postgresql": 1.5}
"""seconds between two looks"""
_lines = itertools.count()


def ring(database: peewee.Database, number: int) -> None:
    """Within a unit: when it is written, everybody at this server hears that there is something new."""
    if isinstance(database, peewee.PostgresqlDatabase):
        database.execute_sql("SELECT pg_notify(%s, %s)", (foreign.CHANNEL, str(number)))


class Bell(Reader):
    """A connection of its own that hears what is written. For one thread, but for `wake`."""

    def __init__(self, url: str, path: Path | None, patience: Patience) -> None:
        self._waking, self._woken = socket.socketpair()
        super().__init__(url, path, patience)
        self._heard = self._written()

    def _connect(self) -> object:
        line: Any = super()._connect()
        if not self._path:
            self._line, self._notes = next(_lines), 0
            line.add_notify_handler(self._note)
            line.execute(f"LISTEN {foreign.CHANNEL}")  # sql: a constant
        return line

    def _note(self, note: Any) -> None:
        """A note of the server: it is taken in with what is asked next."""
        self._notes += note.payload == foreign.NOTE

    def wait(self, at_most: float = math.inf) -> bool:
        """Wait until something was written or some time has passed, `at_most` so many seconds; whether it is time to
        look into the journal.
        """
        server = [] if self._path else [self._raw]
        with translated():
            select.select([self._woken, *server], [], [], min(PATIENCE[self.engine], at_most))
        before, self._heard = self._heard, self._written()
        return not self._path or before != self._heard

    def foreign(self) -> object:
        """Something else when another program has written past the journal, or may have while no line stood.

        On a server that is as new as what was read last.
        """
        return int(self.rows(foreign.COUNTED)[0][0]) if self._path else (self._line, self._notes)

    def _written(self) -> int:
        """Another number as soon as another connection has written into the file."""
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
