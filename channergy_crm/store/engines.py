"""The two engines under an office, as peewee knows them: who may write, how long they wait, whether they are ours."""

from __future__ import annotations

import math
import os
import sqlite3
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import peewee

from channergy_crm.errors import Surroundings
from channergy_crm.language import N_, _
from channergy_crm.store.addresses import existing, shown
from channergy_crm.store.complaints import reaching, say, translated

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BUSY_SECONDS = 15
TRIES = 20
BRIEF_SECONDS = 0.3
LOOK_SECONDS = 1.0  # a server is another trip away: it is not asked anew by what follows at once
WRITES = ("INSERT", "UPDATE", "DELETE", "REPLAC")
SERVER_DEFAULTS = {
    "client_encoding": "utf8", "connect_timeout": "5",
    "keepalives_idle": "10", "keepalives_interval": "5", "keepalives_count": "3", "tcp_user_timeout": "15000",
}  # fmt: skip
"""so that a server that is gone is missed within seconds, not minutes; an address may say otherwise"""
AT_HAND = "SET jit = off; SET random_page_cost = 1.1; SET work_mem = '64MB'"  # unsaid: SQL
"""how a server is to answer people who wait: it compiles nothing for a single question, takes an office to lie in its
memory, and has room there for the order of a million rows"""
NEWER = N_("A newer version of the program has changed this office. Nothing was saved; update this workstation.")
OTHER = N_("This office was put back or changed by another version. Nothing was saved; close it and open it again.")

_writing = threading.local()


class OutsideUnit(RuntimeError):
    """Something tried to write past the unit of work: a bug, whoever did it."""


@contextmanager
def writing() -> Iterator[None]:
    """Let this thread write: the unit of work, migrations and restores, and what the program notes of its own jobs."""
    before = getattr(_writing, "allowed", False)
    _writing.allowed = True
    try:
        yield
    finally:
        _writing.allowed = before


def guard(sql: str) -> None:
    """Refuse a write outside a unit of work."""
    if not getattr(_writing, "allowed", False) and sql[:6].upper() in WRITES:
        raise OutsideUnit(f"a write outside a unit of work: {sql[:80]}")


class Patience:
    """How long to wait while another program holds the office: briefly where a window would stand still meanwhile."""

    def __init__(self) -> None:
        self._window: int | None = None

    def window_is_here(self) -> None:
        """This thread draws the window and hears the keyboard."""
        self._window = threading.get_ident()

    @property
    def at_the_window(self) -> bool:
        """Whether this is the thread of the window."""
        return threading.get_ident() == self._window

    @property
    def seconds(self) -> float:
        """How long this thread may wait."""
        return BRIEF_SECONDS if self.at_the_window else BUSY_SECONDS


class _Rows(sqlite3.Cursor):
    """SQLite reads while rows are fetched: what is damaged is found out only then, and said like all the rest."""

    def fetchone(self) -> Any:
        try:
            return super().fetchone()
        except sqlite3.DatabaseError as error:
            say(error)

    def fetchmany(self, size: int | None = 1) -> list[Any]:
        try:
            return super().fetchmany(size)
        except sqlite3.DatabaseError as error:
            say(error)

    def fetchall(self) -> list[Any]:
        try:
            return super().fetchall()
        except sqlite3.DatabaseError as error:
            say(error)

    def __next__(self) -> Any:
        try:
            return super().__next__()
        except sqlite3.DatabaseError as error:
            say(error)


class SqliteStore(peewee.SqliteDatabase):
    """An office that is one file."""

    def __init__(self, path: Path, patience: Patience, **options: Any) -> None:
        super().__init__(str(path.absolute()), **options)
        self._path, self._patience = path.absolute(), patience
        self._identity: tuple[int, int] | None = None
        self._known: frozenset[str] = frozenset()
        self._cookie: object = None

    def settle(self, known: frozenset[str]) -> None:
        """The office is open: from now on it is this very file, with these steps taken, and none is made anew."""
        self._known, self._cookie = known, None
        self._identity = _identity(self._path)
        self.database = existing(self._path)
        self.connect_params["uri"] = True

    def _connect(self) -> Any:
        self.look_for_it()
        return super()._connect()  # type: ignore[misc]

    def _add_conn_hooks(self, connection: Any) -> None:
        """Two who open a file at the same moment: how its journal is kept is changed without waiting, so one is refused
        at once. It waits until the other has written and asks again.
        """
        for left in reversed(range(TRIES)):
            try:
                super()._add_conn_hooks(connection)  # type: ignore[misc]
                break
            except sqlite3.OperationalError as error:
                if not left or error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                    raise
                self.wait_here(connection)
                connection.execute("BEGIN IMMEDIATE")
                connection.execute("ROLLBACK")
        self.wait_here(connection)

    def wait_here(self, connection: Any) -> None:
        """How long this thread's connection waits for others."""
        connection.execute(f"PRAGMA busy_timeout = {round(self._patience.seconds * 1000)}")  # sql: a number

    def cursor(self, named_cursor: object = None) -> _Rows:
        """What a statement is run by, and its rows are read through."""
        return self.connection().cursor(_Rows)  # type: ignore[no-any-return]

    def execute_sql(self, sql: str, params: object = None) -> Any:
        """One statement; what goes wrong is said in a sentence."""
        guard(sql)
        with translated():
            if self.in_transaction() and not self.connection().in_transaction:
                return self._after_the_end(sql)
            return super().execute_sql(sql, params)  # type: ignore[no-untyped-call]

    def _after_the_end(self, sql: str) -> None:
        """SQLite itself has taken the transaction back, as on a full disk: nothing may be written now."""
        if not sql.startswith("ROLLBACK"):
            raise Surroundings(_("What was being saved had to be given up half-way. Nothing was saved; try again."))

    def rollback(self) -> None:
        """Take the transaction back, unless SQLite has done so by itself: a second complaint would hide its reason."""
        if self.connection().in_transaction:
            super().rollback()

    def look_for_it(self) -> None:
        """Refuse to write when the file is gone, or another one lies in its place."""
        if self._identity is None:
            return
        found = _identity(self._path)
        if found is None:
            said = _("The office's file {file} was moved or deleted. Nothing was saved; put it back and try again.")
            raise Surroundings(said.format(file=self._path))
        if found != self._identity:
            said = _("Another file was put in the place of {file}. Nothing was saved; close it and open it again.")
            raise Surroundings(said.format(file=self._path))

    def look_at_tables(self) -> None:
        """Refuse to write, within the transaction that would, when another version has changed the tables."""
        cookie = self.connection().execute("PRAGMA schema_version").fetchone()
        if cookie != self._cookie and self._known:
            _compare(self._known, _steps(self))
            self._cookie = cookie


class PostgresStore(peewee.PostgresqlDatabase):
    """An office on a server."""

    def __init__(self, url: str) -> None:
        super().__init__(url, prefer_psycopg3=True, **server_options(url))
        self._known: frozenset[str] = frozenset()
        self._looked = -math.inf

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {shown(self.database)}>"

    def settle(self, known: frozenset[str]) -> None:
        """The office is open, with these steps taken."""
        self._known = known

    def _connect(self) -> Any:
        with reaching(self.database):
            connection = super()._connect()  # type: ignore[misc]
        connection.execute(AT_HAND)
        return connection

    def execute_sql(self, sql: str, params: object = None) -> Any:
        """One statement; what goes wrong is said in a sentence."""
        guard(sql)
        with translated():
            self.look_for_it()
            return super().execute_sql(sql, params)  # type: ignore[no-untyped-call]

    def look_for_it(self) -> None:
        """The server was gone and may be back: outside a transaction a lost connection is simply made anew."""
        if not self.is_closed() and not self.in_transaction() and not self.is_connection_usable():
            self.close()
            self.connect()

    def look_at_tables(self) -> None:
        """Refuse to write, within the transaction that would, when another version has changed the tables."""
        if not self._known or time.monotonic() - self._looked < LOOK_SECONDS:
            return
        found = self.connection().execute("SELECT count(*), max(name) FROM schema_migration").fetchone()
        if found != (len(self._known), max(self._known)):
            _compare(self._known, _steps(self))
        self._looked = time.monotonic()


Store = SqliteStore | PostgresStore


def server_options(url: str) -> dict[str, Any]:
    """What a connection to a server is given beside its address, where the address does not say it itself."""
    from psycopg.conninfo import conninfo_to_dict

    with reaching(url):
        said = conninfo_to_dict(url)
    return {name: value for name, value in SERVER_DEFAULTS.items() if name not in said or name == "client_encoding"}


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        found = os.stat(path)  # noqa: PTH116  before every unit: without the detour
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _steps(store: Store) -> frozenset[str]:
    return frozenset(row[0] for row in store.execute_sql("SELECT name FROM schema_migration").fetchall())


def _compare(known: frozenset[str], found: frozenset[str]) -> None:
    if found - known:
        raise Surroundings(_(NEWER))
    if found != known:
        raise Surroundings(_(OTHER))
