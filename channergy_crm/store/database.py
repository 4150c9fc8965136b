"""Opening the office's store: one SQLite file, or PostgreSQL when several workstations share one office."""

from __future__ import annotations

import logging
import os
from contextlib import ExitStack, contextmanager, suppress
from typing import TYPE_CHECKING, Any, Literal

import peewee

from channergy_crm import kept
from channergy_crm.errors import CRMError, Mistake, Surroundings
from channergy_crm.language import _
from channergy_crm.resources import data
from channergy_crm.settings import home
from channergy_crm.store import driver, foreign, letters, numbers, trigrams
from channergy_crm.store.addresses import complete, shown, url_of
from channergy_crm.store.addresses import sqlite_path as sqlite_path
from channergy_crm.store.bell import Bell
from channergy_crm.store.complaints import DAMAGED, translated
from channergy_crm.store.engines import OutsideUnit as OutsideUnit
from channergy_crm.store.engines import Patience, PostgresStore, SqliteStore, guard
from channergy_crm.store.engines import writing as writing
from channergy_crm.store.network import network_file_system, sit_down
from channergy_crm.store.reader import Reader
from channergy_crm.store.sharing import HereReader, Line, SharedReader

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from channergy_crm.store.engines import Store
    from channergy_crm.store.reader import Row

log = logging.getLogger(__name__)

APPLICATION_ID = 0x4348434D  # "CHCM" in the head of the file says that it is ours
SIGNS = {"schema_migration", "CRMUnits", "CRMChanges", "CRMLeads"}  # a file with these is ours, whatever its head says
PATIENCE_SECONDS = 5
SLOW_SECONDS = 0.25
FIRST_STEP = "0001_initial"
PATIENCE_TO_UPDATE = 60
UPDATE_LOCK = 0x43484355  # the name of the lock under which one workstation takes the steps on PostgreSQL
STREAMED = 50  # rows for which a stream is worth its beginning

proxy = peewee.DatabaseProxy()
_region = "US"
when_made: list[Callable[[], None]] = []  # what a new office gets beside its tables
when_opened: list[Callable[[], None]] = []  # what is held of the office before must be forgotten


class Office:
    """The opened store of one office. Its address is known here without the password."""

    def __init__(self, url: str, database: Store, path: Path | None, patience: Patience) -> None:
        self.url = shown(url)
        self.database = database
        self.path = path
        self.engine: Literal["sqlite", "postgresql"] = "sqlite" if path else "postgresql"
        self.warning = ""
        self.patience = patience
        self.address: Callable[[], str] = lambda: url
        """its address with the password that may stand in it, for a driver and for nobody else"""
        self.reader: Callable[[], Reader] = lambda: Reader(url, path, patience)
        """a connection of its own for reading, to be used by one thread at a time"""
        self.bell: Callable[[], Bell] = lambda: Bell(url, path, patience)
        """a connection of its own that hears what others write"""
        self._line = Line(self.reader)

    def __repr__(self) -> str:
        return f"<Office {self.url}>"  # unsaid: for programmers

    def window_is_here(self) -> None:
        """This thread draws the window: it must not wait long while another program holds the office's file."""
        self.patience.window_is_here()
        if isinstance(self.database, SqliteStore) and not self.database.is_closed():
            self.database.wait_here(self.database.connection())

    def close(self) -> None:
        """Close this thread's connection."""
        if not self.database.is_closed():
            self.database.close()

    def list_reader(self) -> Reader:
        """What a list is read through beside the window: on a server all of them share one connection."""
        return self.reader() if self.path else SharedReader(self._line, self.patience, self._rows_here)

    def first_reader(self) -> Reader:
        """What the first rows of a list are read through in the window's own thread."""
        return HereReader(self._rows_here) if self.path else self.list_reader()

    def _rows_here(self, sql: str, params: Sequence[object]) -> list[Row]:
        return list(self.database.execute_sql(sql, params).fetchall())

    @contextmanager
    def borrowed(self) -> Iterator[None]:
        """A connection for a worker thread: taken when the store is first asked, given back at the end."""
        try:
            yield
        finally:
            self.database.close()

    def answers(self) -> bool:
        """Whether the store answers this thread. A line that was cut is made anew, for nothing hangs on it yet."""
        for _again in range(2):
            with suppress(Surroundings):
                self.database.execute_sql("SELECT 1")
                return True
        return False

    def engine_version(self) -> str:
        """What keeps the office and in which version: "SQLite 3.45.1", "PostgreSQL 15.4"."""
        held = self.database
        asked = "SHOW server_version" if self.path is None else "SELECT sqlite_version()"  # unsaid: SQL
        version = str(held.execute_sql(asked).fetchone()[0]).split()[0]  # sql: our own words
        return f"{'SQLite' if self.path is not None else 'PostgreSQL'} {version}"

    def check(self) -> str:
        """'ok', or what is wrong with the file."""
        if not self.path:
            return "ok"
        return str(self.database.execute_sql("PRAGMA integrity_check").fetchone()[0])


def region() -> str:
    """The country the office dials from: what a number without a country code belongs to."""
    return _region


def set_region(code: str) -> None:
    """Told by the office's settings when an office is opened or its country is changed."""
    global _region
    _region = code


def default_url() -> str:
    """The office's own file in the user's data folder."""
    return url_of(home() / "office.db")


def open_database(url: str, *, make: bool = True, before_update: Callable[[Office], object] | None = None) -> Office:
    """Open the office's store and bring its tables up to date. One not there is made; refused without `make`.

    `before_update` is called when the tables of an office that is there are about to be changed: to back it up.
    """
    path, url = sqlite_path(url), complete(url)
    if path and not make:
        require(url)
    patience = Patience()
    database: Store = _open_sqlite(path, patience) if path else server(url)
    office = Office(url, database, path, patience)
    if path and (file_system := network_file_system(path)):
        sit_down(path)
        office.warning = _(
            "The office's file lies on a network drive ({file_system}): one workstation at a time works in it, "
            "this one now. For several use PostgreSQL."
        ).format(file_system=file_system)
    proxy.initialize(database)
    database.query_hooks.append(_log_slow)
    try:
        with translated():
            _prepare(office, make, before_update)
    except BaseException as error:
        office.close()
        if isinstance(error, UnicodeDecodeError):  # not even the names of the tables can be read
            raise Surroundings(_(DAMAGED)) from error
        raise
    return office


def _prepare(office: Office, make: bool, before_update: Callable[[Office], object] | None) -> None:
    """Look whether it is an office, or make it one, and bring it up to date."""
    database = office.database
    database.connect()
    recognise(office)
    if not make:
        _require_tables(database, office.url)
    new = FIRST_STEP in migrate(office, before_update)
    letters.ensure(database)
    with writing():
        trigrams.ensure(database)
        numbers.ensure(database)
        foreign.ensure(database)
    held = database.execute_sql('SELECT "Value" FROM "CRMSettings" WHERE "Name" = \'region\'').fetchone()
    set_region(held[0] if held else "US")
    for settle in [*(when_made if new else ()), *when_opened]:
        settle()
    database.settle(known_steps())


def require(url: str) -> None:
    """Refuse a place where no office lies: a name that was mistyped makes none."""
    path = sqlite_path(url)
    if path and not (path.exists() and path.stat().st_size):
        raise Mistake(_("There is no office {file}. With --new one is made there.").format(file=path))
    if not path and not holds_office(url):
        raise _nothing(shown(url))


def holds_office(url: str) -> bool:
    """Whether a database on a server is an office."""
    held = server(url)
    try:
        with translated():
            held.connect()
            return bool(_steps_taken(held))
    finally:
        held.close()


def _require_tables(database: Store, where: str) -> None:
    if not _steps_taken(database):
        raise _nothing(where)


def _nothing(where: str) -> Mistake:
    return Mistake(_("{office} holds no office. With --new one is made there.").format(office=where))


def _open_sqlite(path: Path, patience: Patience) -> SqliteStore:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Surroundings(
            _("The folder {folder} cannot be made. Choose another place for the office's file.").format(
                folder=path.parent
            )
        ) from error
    with suppress(OSError):  # said when it is opened
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))  # for its owner alone, from the beginning
    journal = "delete" if network_file_system(path) else "wal"
    pragmas = [
        ("journal_mode", journal), ("synchronous", "full"), ("foreign_keys", 1), ("cache_size", -32000),
        ("temp_store", "memory"),
    ]  # fmt: skip
    return SqliteStore(path, patience, pragmas=pragmas, timeout=patience.seconds, lock_type="IMMEDIATE")


def server(url: str) -> PostgresStore:
    """A database on a server, not connected yet."""
    try:
        driver.fetch()
    except ImportError as error:
        raise Surroundings(_("PostgreSQL needs one more package: pip install 'channergy-crm[postgres]'.")) from error
    return PostgresStore(complete(url))


def _log_slow(event: peewee.QueryEvent) -> None:
    if event.duration > SLOW_SECONDS:
        log.info("slow query, %.0f ms: %s", event.duration * 1000, event.sql[:300])


def recognise(office: Office) -> None:
    """Refuse to put our tables into some other program's file, or letters into a store that cannot keep all of them."""
    database = office.database
    if isinstance(database, PostgresStore):
        encoding = database.connection().info.parameter_status("server_encoding")
        if encoding != "UTF8":
            database.close()
            said = _(
                "This database keeps letters as {encoding}, which lacks most of them: make one with createdb -E UTF8."
            )
            raise Mistake(said.format(encoding=encoding))
        return
    mark = database.execute_sql("PRAGMA application_id").fetchone()[0]
    if mark == APPLICATION_ID:
        return
    if held := set(database.get_tables()):
        database.close()
        if held >= SIGNS:
            raise Surroundings(_(DAMAGED))
        raise Mistake(
            _("{file} is the file of another program. Choose another file for the office.").format(file=office.path)
        )
    database.execute_sql(f"PRAGMA application_id = {APPLICATION_ID}")


def known_steps() -> frozenset[str]:
    """The steps this version of the program brings the tables up to date with."""
    return frozenset(path.stem for path in data("migrations").glob("[0-9]*.py"))


def migrate(office: Office, before: Callable[[Office], object] | None = None) -> list[str]:
    """Bring the tables up to date; the names of the steps that were taken. A newer office is refused.

    Of several workstations that have just been updated one does it, and the others wait for it. `before` is called
    when there is something to be done in an office that holds something.
    """
    if not _missing(office):
        return []
    from playhouse.migrations import Runner

    with _alone(office):
        if not (missing := _missing(office)):
            return []
        if before is not None and FIRST_STEP not in missing:
            before(office)
        with writing():
            taken: list[str] = Runner(office.database, directory=str(data("migrations"))).up()
    return taken


def _missing(office: Office) -> frozenset[str]:
    known, done = known_steps(), _steps_taken(office.database)
    if done - known:
        raise Mistake(_("This office was made by a newer version of the program. Update this workstation first."))
    return known - done


@contextmanager
def _alone(office: Office) -> Iterator[None]:
    """While the tables are brought up to date no other workstation does the same."""
    if office.path:
        lock = office.path.with_name(f"{office.path.name}.update")
        with ExitStack() as alone:
            with suppress(OSError):  # where none may be made the steps say why they cannot be taken either
                alone.enter_context(kept.held(lock, PATIENCE_TO_UPDATE))
            yield
        with suppress(OSError):
            lock.unlink(missing_ok=True)
        return
    office.database.execute_sql("SELECT pg_advisory_lock(%s)", (UPDATE_LOCK,))
    try:
        yield
    finally:
        with suppress(CRMError):
            office.database.execute_sql("SELECT pg_advisory_unlock(%s)", (UPDATE_LOCK,))


def _steps_taken(database: Store) -> frozenset[str]:
    if "schema_migration" not in database.get_tables():
        return frozenset()
    return frozenset(row[0] for row in database.execute_sql("SELECT name FROM schema_migration").fetchall())


def on_server() -> bool:
    """Whether the open office lies on a server; otherwise it is a file."""
    return isinstance(proxy.obj, peewee.PostgresqlDatabase)


def executemany(sql: str, rows: Iterable[Sequence[object]]) -> None:
    """Write many rows through the driver itself, inside a unit: three to ten times as fast as row by row."""
    guard(sql)
    database = proxy.obj
    with _cursor(database) as cursor:
        cursor.executemany(sql.replace("?", "%s") if isinstance(database, PostgresStore) else sql, rows)


def insert_many(table: str, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Write many new rows, inside a unit; PostgreSQL takes them as one stream. The names are our own tables'."""
    names = ", ".join(f'"{column}"' for column in columns)
    if not isinstance(proxy.obj, PostgresStore) or len(rows) < STREAMED:
        marks = ", ".join("?" * len(columns))
        executemany(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', rows)  # noqa: S608  # sql: our own names
        return
    guard("INSERT")
    with _cursor(proxy.obj) as cursor, cursor.copy(f'COPY "{table}" ({names}) FROM STDIN') as stream:  # sql: the same
        for row in rows:
            stream.write_row(row)


def look_over(*tables: str) -> None:
    """Within a long unit: a server is told how much lies in these tables of ours by now. It would see only afterwards
    by itself, and go through all of them for each question until then.
    """
    if isinstance(proxy.obj, PostgresStore):
        names = ", ".join(f'"{table}"' for table in tables)
        proxy.obj.execute_sql(f"ANALYZE {names}")  # sql: our own tables


def add_column(table: str, column: str, column_type: str) -> None:
    """Another column, inside a unit; all names are ours. On a server that waits until nobody reads or writes there."""
    statement = f'ALTER TABLE "{table}" ADD COLUMN "{column}" {column_type}'
    if not isinstance(proxy.obj, PostgresStore):
        proxy.obj.execute_sql(statement)
        return
    try:
        proxy.obj.execute_sql(f"SET LOCAL lock_timeout = '{PATIENCE_SECONDS}s'")  # sql: a constant
        proxy.obj.execute_sql(statement)
    except Surroundings as error:
        raise Surroundings(_("Somebody is working on many of these records. Nothing was saved; try again.")) from error


@contextmanager
def _cursor(database: peewee.Database) -> Iterator[Any]:
    """A cursor of the driver, whose complaints are said in peewee's words and ours."""
    cursor = database.cursor()
    try:
        with translated(), peewee.__exception_wrapper__:  # type: ignore[attr-defined]
            yield cursor
    finally:
        cursor.close()
