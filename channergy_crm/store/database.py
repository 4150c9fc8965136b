"""Opening the office's store: one SQLite file, or PostgreSQL when several workstations share one office."""

from __future__ import annotations

import logging
import threading
import urllib.parse
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import peewee

from channergy_crm.errors import Mistake, Surroundings
from channergy_crm.language import _
from channergy_crm.resources import data
from channergy_crm.settings import home
from channergy_crm.store import driver, letters, trigrams
from channergy_crm.store.complaints import translated
from channergy_crm.store.reader import BUSY_SECONDS, Reader

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

log = logging.getLogger(__name__)

APPLICATION_ID = 0x4348434D  # "CHCM" in the head of the file says that it is ours
PATIENCE_SECONDS = 5
SLOW_SECONDS = 0.25
FIRST_STEP = "0001_initial"
STREAMED = 50  # rows for which a stream is worth its beginning
NETWORK_FILE_SYSTEMS = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "9p", "fuse.sshfs", "davfs"}

proxy = peewee.DatabaseProxy()
_region = "US"
when_made: list[Callable[[], None]] = []  # what a new office gets beside its tables
when_opened: list[Callable[[], None]] = []  # what is held of the office before must be forgotten
_writing = threading.local()


class OutsideUnit(RuntimeError):
    """Something tried to write past the unit of work: a bug, whoever did it."""


@contextmanager
def writing() -> Iterator[None]:
    """Let this thread write; only the unit of work, migrations and restores come this way."""
    before = getattr(_writing, "allowed", False)
    _writing.allowed = True
    try:
        yield
    finally:
        _writing.allowed = before


def _guard(sql: str) -> None:
    if not getattr(_writing, "allowed", False) and sql[:6].upper() in ("INSERT", "UPDATE", "DELETE", "REPLAC"):
        raise OutsideUnit(f"a write outside a unit of work: {sql[:80]}")


class _Sqlite(peewee.SqliteDatabase):
    def execute_sql(self, sql: str, params: object = None) -> Any:
        _guard(sql)
        with translated():
            return super().execute_sql(sql, params)  # type: ignore[no-untyped-call]


class _Postgres(peewee.PostgresqlDatabase):
    def execute_sql(self, sql: str, params: object = None) -> Any:
        _guard(sql)
        with translated():
            self.connect_again_if_lost()
            return super().execute_sql(sql, params)  # type: ignore[no-untyped-call]

    def connect_again_if_lost(self) -> None:
        """The server was gone and may be back: outside a transaction a lost connection is simply made anew."""
        if not self.is_closed() and not self.in_transaction() and not self.is_connection_usable():
            self.close()
            self.connect()


class Office:
    """The opened store of one office."""

    def __init__(self, url: str, database: peewee.Database, path: Path | None) -> None:
        self.url = url
        self.database = database
        self.path = path
        self.engine: Literal["sqlite", "postgresql"] = "sqlite" if path else "postgresql"
        self.warning = ""

    def close(self) -> None:
        """Close this thread's connection."""
        if not self.database.is_closed():
            self.database.close()

    def reader(self) -> Reader:
        """A connection of its own for reading lists, to be used by one thread at a time."""
        return Reader(self.url, self.path)

    @contextmanager
    def borrowed(self) -> Iterator[None]:
        """A connection for a worker thread: taken when the store is first asked, given back at the end."""
        try:
            yield
        finally:
            self.database.close()

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
    return f"sqlite:///{home() / 'office.db'}"


def sqlite_path(url: str) -> Path | None:
    """The file behind a `sqlite:///…` address or a plain path; None for PostgreSQL."""
    if url.startswith(("postgresql://", "postgres://")):
        return None
    if url.startswith("sqlite://"):
        rest = url.removeprefix("sqlite://")
        return Path(urllib.parse.unquote(rest[1:] if rest.startswith("/") else rest)).expanduser()
    if "://" in url:
        raise Mistake(_("A database is a file, sqlite:///path/to/file, or postgresql://user@host/name."))
    return Path(url).expanduser()


def open_database(url: str) -> Office:
    """Open the office's store, make it when it is not there, and bring its tables up to date."""
    path = sqlite_path(url)
    database = _open_sqlite(path) if path else _open_postgres(url)
    office = Office(url, database, path)
    if path and (file_system := _network_file_system(path)):
        office.warning = _(
            "The office's file lies on a network drive ({file_system}); several workstations should use PostgreSQL."
        ).format(file_system=file_system)
    proxy.initialize(database)
    database.query_hooks.append(_log_slow)
    with translated():
        database.connect()
        _recognise(office)
        new = FIRST_STEP in migrate(office)
        letters.ensure(database)
        with writing():
            trigrams.ensure(database)
        held = database.execute_sql('SELECT "Value" FROM "CRMSettings" WHERE "Name" = \'region\'').fetchone()
    set_region(held[0] if held else "US")
    for settle in [*(when_made if new else ()), *when_opened]:
        settle()
    return office


def _open_sqlite(path: Path) -> peewee.Database:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Surroundings(
            _("The folder {folder} cannot be made. Choose another place for the office's file.").format(
                folder=path.parent
            )
        ) from error
    journal = "delete" if _network_file_system(path) else "wal"
    pragmas = [
        ("busy_timeout", BUSY_SECONDS * 1000), ("journal_mode", journal), ("synchronous", "full"),
        ("foreign_keys", 1), ("cache_size", -32000), ("temp_store", "memory"),
    ]  # fmt: skip
    return _Sqlite(str(path), pragmas=pragmas, timeout=BUSY_SECONDS, lock_type="IMMEDIATE")


def _open_postgres(url: str) -> peewee.Database:
    try:
        driver.fetch()
    except ImportError as error:
        raise Surroundings(_("PostgreSQL needs one more package: pip install 'channergy-crm[postgres]'.")) from error
    return _Postgres(url, prefer_psycopg3=True)


def _network_file_system(path: Path) -> str:
    """The name of the network file system `path` lies on, or ''. WAL does not work on one."""
    text = str(path)
    if text.startswith(("\\\\", "//")):
        return _("network share")
    try:
        mounts = Path("/proc/mounts").read_text("utf-8", "replace").splitlines()
    except OSError:
        return ""
    real = str(path.parent.resolve())
    best, found = "", ""
    for line in mounts:
        _device, place, file_system, *_options = line.split(" ")
        if (real == place or real.startswith(place.rstrip("/") + "/")) and len(place) >= len(best):
            best, found = place, file_system
    return found if found in NETWORK_FILE_SYSTEMS else ""


def _log_slow(event: peewee.QueryEvent) -> None:
    if event.duration > SLOW_SECONDS:
        log.info("slow query, %.0f ms: %s", event.duration * 1000, event.sql[:300])


def _recognise(office: Office) -> None:
    """Refuse to put our tables into some other program's file."""
    if not office.path:
        return
    mark = office.database.execute_sql("PRAGMA application_id").fetchone()[0]
    if mark == APPLICATION_ID:
        return
    if office.database.get_tables():
        office.database.close()
        raise Mistake(
            _("{file} is the file of another program. Choose another file for the office.").format(file=office.path)
        )
    office.database.execute_sql(f"PRAGMA application_id = {APPLICATION_ID}")


def migrate(office: Office) -> list[str]:
    """Bring the tables up to date; the names of the steps that were taken. A newer office is refused."""
    known = sorted(path.stem for path in data("migrations").glob("[0-9]*.py"))
    done = _migrations_done(office.database)
    newer = sorted(set(done) - set(known))
    if newer:
        raise Mistake(_("This office was made by a newer version of the program. Update this workstation first."))
    if done == set(known):
        return []
    from playhouse.migrations import Runner

    with writing():
        taken: list[str] = Runner(office.database, directory=str(data("migrations"))).up()
    return taken


def _migrations_done(database: peewee.Database) -> set[str]:
    try:
        return {row[0] for row in database.execute_sql("SELECT name FROM schema_migration").fetchall()}
    except (Surroundings, peewee.ProgrammingError):
        return set()


def executemany(sql: str, rows: Iterable[Sequence[object]]) -> None:
    """Write many rows through the driver itself, inside a unit: three to ten times as fast as row by row."""
    _guard(sql)
    database = proxy.obj
    with _cursor(database) as cursor:
        cursor.executemany(sql.replace("?", "%s") if isinstance(database, _Postgres) else sql, rows)


def insert_many(table: str, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Write many new rows, inside a unit; PostgreSQL takes them as one stream. The names are our own tables'."""
    names = ", ".join(f'"{column}"' for column in columns)
    if not isinstance(proxy.obj, _Postgres) or len(rows) < STREAMED:
        marks = ", ".join("?" * len(columns))
        executemany(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', rows)  # noqa: S608  # sql: our own names
        return
    _guard("INSERT")
    with _cursor(proxy.obj) as cursor, cursor.copy(f'COPY "{table}" ({names}) FROM STDIN') as stream:  # sql: the same
        for row in rows:
            stream.write_row(row)


def add_column(table: str, column: str, column_type: str) -> None:
    """Another column, inside a unit; all names are ours. On a server that waits until nobody reads or writes there."""
    statement = f'ALTER TABLE "{table}" ADD COLUMN "{column}" {column_type}'
    if not isinstance(proxy.obj, _Postgres):
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
