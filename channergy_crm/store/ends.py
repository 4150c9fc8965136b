"""The two ends of a move: an office that is read as it stands at one moment, and a new one that is filled.

A new file gets its name, and a new database on a server its tables, only when everything is there: a move that is
ended half-way leaves nothing behind.
"""

from __future__ import annotations

from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Any, Protocol

from channergy_crm.errors import Mistake
from channergy_crm.language import _
from channergy_crm.resources import data
from channergy_crm.store import copies, database, foreign, numbers, tables, trigrams
from channergy_crm.store.addresses import complete, shown, sqlite_path
from channergy_crm.store.complaints import reaching, translated
from channergy_crm.store.engines import Patience, server_options, writing
from channergy_crm.store.tables import quoted

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    import peewee

    from channergy_crm.store.engines import PostgresStore
    from channergy_crm.store.tables import Table

    Row = tuple[Any, ...]

AT_ONCE, LARGE_AT_ONCE = 2_000, 4
"""rows that are on their way together; of those that hold whole megabytes, few"""
FILLED_QUICKLY = ("journal_mode = off", "synchronous = off", "cache_size = -64000", "temp_store = memory")
"""nobody else sees the file before it is whole and on the disk"""

SQLITE_INDEXES = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
SQLITE_LAST = 'SELECT "TableName", "LastNo" FROM "CRMNumbers"'
POSTGRES_INDEXES = """SELECT i.relname, pg_get_indexdef(i.oid) FROM pg_index AS x
    JOIN pg_class AS i ON i.oid = x.indexrelid AND i.relnamespace = current_schema()::regnamespace
    WHERE NOT EXISTS (SELECT FROM pg_constraint AS c WHERE c.conindid = i.oid)"""
POSTGRES_LINKS = """SELECT c.relname, k.conname, pg_get_constraintdef(k.oid) FROM pg_constraint AS k
    JOIN pg_class AS c ON c.oid = k.conrelid AND c.relnamespace = current_schema()::regnamespace
    WHERE k.contype = 'f'"""
POSTGRES_THERE = """SELECT count(*) FROM pg_class
    WHERE relkind IN ('r', 'p', 'v', 'm') AND relnamespace = current_schema()::regnamespace"""
POSTGRES_SEQUENCE = "SELECT pg_get_serial_sequence(quote_ident(current_schema()) || '.' || quote_ident(%s), %s)"


class Source(Protocol):
    """An office as it stood when it began to be read."""

    def tables(self) -> dict[str, Table]:
        """What it holds."""

    def count(self, table: str) -> int:
        """How many rows a table has."""

    def rows(self, table: Table) -> Iterator[list[Row]]:
        """All rows, some at a time."""

    def last_numbers(self) -> dict[str, int]:
        """The highest number that was given out in each table that counts, gone records included."""


class FileSource(Source):
    """A file."""

    engine = "sqlite"

    def __init__(self, file: sqlite3.Connection) -> None:
        self._file = file

    def tables(self) -> dict[str, Table]:
        return tables.of_file(self._file)

    def count(self, table: str) -> int:
        return int(self._file.execute(_count(table)).fetchone()[0])  # sql: a name out of the store's own list

    def rows(self, table: Table) -> Iterator[list[Row]]:
        cursor = self._file.execute(tables.select(table, self.engine))
        while rows := cursor.fetchmany(at_once(table)):
            yield rows

    def last_numbers(self) -> dict[str, int]:
        there = self._file.execute("SELECT 1 FROM sqlite_master WHERE name = 'CRMNumbers'").fetchone()
        return dict(self._file.execute(SQLITE_LAST).fetchall()) if there else {}


class ServerSource(Source):
    """A database on a server."""

    engine = "postgresql"

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    def tables(self) -> dict[str, Table]:
        return tables.of_server(self._connection)

    def count(self, table: str) -> int:
        return int(self._connection.execute(_count(table)).fetchone()[0])  # sql: a name out of the store's own list

    def rows(self, table: Table) -> Iterator[list[Row]]:
        with self._connection.cursor("moved") as cursor:
            cursor.execute(tables.select(table, self.engine))
            while rows := cursor.fetchmany(at_once(table)):
                yield rows

    def last_numbers(self) -> dict[str, int]:
        held = {}
        for table in self.tables().values():
            if sequence := _sequence(self._connection, table):
                last = self._connection.execute("SELECT pg_sequence_last_value(%s::regclass)", (sequence,)).fetchone()
                held[table.name] = int(last[0] or 0)
        return held


@contextmanager
def reading(url: str) -> Iterator[Source]:
    """An office that is there, from the one to the other end as it is now, whoever goes on working in it."""
    path = sqlite_path(url)
    database.require(url)
    with translated():
        if path:
            with closing(copies.open_to_read(path)) as file:
                copies.verify(file)
                yield FileSource(file)
            return
        import psycopg

        with reaching(url):
            connection: Any = psycopg.connect(complete(url), **server_options(url))
        with closing(connection):
            connection.isolation_level, connection.read_only = psycopg.IsolationLevel.REPEATABLE_READ, True
            yield ServerSource(connection)


# ---------------------------------------------------------------- the new one


class Target(Protocol):
    """A new office while it is being filled."""

    def tables(self) -> dict[str, Table]:
        """What it holds."""

    def write(self, table: Table, batches: Iterable[list[Row]]) -> None:
        """Fill one table."""

    def rows(self, table: Table) -> Iterator[list[Row]]:
        """What was written."""

    def count(self, table: str) -> int:
        """How much of it."""

    def finish(self, last: dict[str, int]) -> None:
        """Everything is there: make what it is found by, and count on from these numbers."""


class FileTarget(FileSource, Target):
    """A file that has no name yet."""

    def __init__(self, file: sqlite3.Connection, store: peewee.Database) -> None:
        super().__init__(file)
        self._store = store
        self._indexes = file.execute(SQLITE_INDEXES).fetchall()
        for name, _statement in self._indexes:
            file.execute(f"DROP INDEX {quoted(name)}")  # sql: a name out of the file's own list

    def write(self, table: Table, batches: Iterable[list[Row]]) -> None:
        statement = _insert(table)
        for rows in batches:
            self._file.executemany(statement, rows)

    def finish(self, last: dict[str, int]) -> None:
        for _name, statement in self._indexes:
            self._file.execute(statement)
        trigrams.make(self._store)
        numbers.ensure(self._store)
        foreign.ensure(self._store)
        highest = [(name, number) for name, number in last.items() if number > self._highest(name)]
        self._file.executemany('INSERT INTO "CRMNumbers" VALUES (?, ?)', highest)

    def _highest(self, name: str) -> int:
        table = self.tables().get(name)
        if table is None or len(table.keys) != 1:
            return 0
        asked = f"SELECT max({quoted(table.keys[0])}) FROM {quoted(name)}"  # noqa: S608
        return int(self._file.execute(asked).fetchone()[0] or 0)  # sql: names out of the file's own list


class ServerTarget(ServerSource, Target):
    """A database in a transaction that has not been ended yet."""

    def __init__(self, store: PostgresStore) -> None:
        super().__init__(store.connection())
        self._store = store
        self._links = self._connection.execute(POSTGRES_LINKS).fetchall()
        for table, name, _definition in self._links:
            self._run(f"ALTER TABLE {quoted(table)} DROP CONSTRAINT {quoted(name)}")
        self._indexes = self._connection.execute(POSTGRES_INDEXES).fetchall()
        for name, _statement in self._indexes:
            self._run(f"DROP INDEX {quoted(name)}")

    def _run(self, statement: str) -> None:
        self._connection.execute(statement)  # sql: names out of the server's own lists

    def write(self, table: Table, batches: Iterable[list[Row]]) -> None:
        names = ", ".join(quoted(column.name) for column in table.columns)
        copying = f"COPY {quoted(table.name)} ({names}) FROM STDIN"  # unsaid: SQL
        with self._connection.cursor() as cursor, cursor.copy(copying) as stream:  # sql: out of the server's own list
            for rows in batches:
                for row in rows:
                    stream.write_row(row)

    def finish(self, last: dict[str, int]) -> None:
        for _name, statement in self._indexes:
            self._run(statement)
        for table, name, definition in self._links:
            self._run(f"ALTER TABLE {quoted(table)} ADD CONSTRAINT {quoted(name)} {definition}")
        for held in self.tables().values():
            self._count_on(held, last.get(held.name, 0))
        with writing():
            trigrams.make(self._store)
            foreign.ensure(self._store)
        self._look_at_what_is_there()

    def _look_at_what_is_there(self) -> None:
        """Let the server count its tables, but none that is empty: it would rely on that when many rows have come."""
        for held in self.tables().values():
            name = quoted(held.name)
            asked = f"SELECT EXISTS (SELECT 1 FROM {name})"  # noqa: S608
            if self._connection.execute(asked).fetchone()[0]:  # sql: names out of the server's own list
                self._run(f"ANALYZE {name}")  # unsaid: SQL

    def _count_on(self, table: Table, last: int) -> None:
        sequence = _sequence(self._connection, table)
        if sequence is None:
            return
        asked = f"SELECT max({quoted(table.keys[0])}) FROM {quoted(table.name)}"  # noqa: S608
        highest = self._connection.execute(asked).fetchone()[0] or 0  # sql: names out of the server's own list
        number = max(highest, last)
        self._connection.execute("SELECT setval(%s::regclass, %s, %s)", (sequence, max(1, number), number > 0))


@contextmanager
def making(
    url: str, steps: frozenset[str], wanted: dict[str, Table], instead: Callable[[], object] | None = None
) -> Iterator[Target]:
    """A new office with these tables, empty; gone again unless everything goes well within the block.

    `instead`: on a server it takes the place of the one that is there. It is called once nobody else can write into
    that one any more, and before anything is done to it.
    """
    path = sqlite_path(url)
    with translated():
        if path:
            with copies.said_of(path), _new_file(path, steps, wanted) as target:
                yield target
        else:
            with _new_database(url, steps, wanted, instead) as server:
                yield server


@contextmanager
def _new_file(path: Path, steps: frozenset[str], wanted: dict[str, Table]) -> Iterator[Target]:
    if path.exists() and path.stat().st_size:
        raise Mistake(_("{file} is there already. Name a file that is not.").format(file=path))
    import peewee

    with copies.unfinished(path) as part:
        store = peewee.SqliteDatabase(str(part), pragmas=[("foreign_keys", 0)])
        store.connect()
        try:
            file: sqlite3.Connection = store.connection()
            for pragma in (*FILLED_QUICKLY, f"application_id = {database.APPLICATION_ID}"):
                file.execute(f"PRAGMA {pragma}")  # sql: constants
            _take_steps(store, steps)
            _fit(file, "sqlite", tables.of_file(file), wanted)
            with store.atomic():
                yield FileTarget(file, store)
        finally:
            store.close()
        copies.settle_file(part)
        part.replace(path)
        copies.settle_folder(path.parent)


@contextmanager
def _new_database(
    url: str, steps: frozenset[str], wanted: dict[str, Table], instead: Callable[[], object] | None
) -> Iterator[Target]:
    store = database.server(url)
    try:
        store.connect()
        database.recognise(database.Office(url, store, None, Patience()))
        connection = store.connection()
        if instead is None and connection.execute(POSTGRES_THERE).fetchone()[0]:
            said = _("{office} is not empty. Make a new database with createdb -E UTF8 and name that.")
            raise Mistake(said.format(office=shown(url)))
        with store.atomic():
            if instead is not None:
                _make_room(connection, instead)
            with writing():
                _take_steps(store, steps)
            _fit(connection, "postgresql", tables.of_server(connection), wanted)
            yield ServerTarget(store)
    finally:
        store.close()


def _make_room(connection: Any, before: Callable[[], object]) -> None:
    """The office that is there goes: at the end, with everything else, or not at all."""
    names = ", ".join(map(quoted, tables.of_server(connection)))
    connection.execute("SET LOCAL lock_timeout = '5s'")
    if names:
        connection.execute(f"LOCK TABLE {names} IN EXCLUSIVE MODE")  # unsaid: SQL  # sql: the server's own list
    before()
    if names:
        connection.execute(f"DROP TABLE {names} CASCADE")  # unsaid: SQL  # sql: the server's own list


def _take_steps(store: peewee.Database, steps: frozenset[str]) -> None:
    from playhouse.migrations import Runner

    taken = Runner(store, directory=str(data("migrations"))).up(target=max(steps))
    if set(taken) != steps:
        raise Mistake(_("This office is of another version. Open it once with this version of the program first."))


def _fit(connection: Any, engine: str, there: dict[str, Table], wanted: dict[str, Table]) -> None:
    """Throw away what a new office starts with; add what this one has beside it."""
    for name in reversed(list(there)):
        connection.execute(f"DELETE FROM {quoted(name)}")  # noqa: S608  # sql: names out of the store's own list
    for table in wanted.values():
        if table.name not in there:
            connection.execute(tables.create(table, engine))
            continue
        known = {column.name for column in there[table.name].columns}
        for column in table.columns:
            if column.name not in known:
                connection.execute(
                    # sql: names out of the store's own list
                    f"ALTER TABLE {quoted(table.name)} ADD COLUMN {tables.declared(column, engine)}"
                )


def at_once(table: Table) -> int:
    """How many rows of a table are read together."""
    return LARGE_AT_ONCE if any(column.type.upper() in ("BLOB", "BYTEA") for column in table.columns) else AT_ONCE


def _count(table: str) -> str:
    return f"SELECT count(*) FROM {quoted(table)}"  # noqa: S608  # sql: a name out of the store's own list


def _insert(table: Table) -> str:
    names = ", ".join(quoted(column.name) for column in table.columns)
    marks = ", ".join("?" * len(table.columns))
    return f"INSERT INTO {quoted(table.name)} ({names}) VALUES ({marks})"  # noqa: S608  # sql: the same


def _sequence(connection: Any, table: Table) -> str | None:
    """What counts the numbers of a table on a server; None where nothing does."""
    if len(table.keys) != 1:
        return None
    found = connection.execute(POSTGRES_SEQUENCE, (table.name, table.keys[0])).fetchone()[0]
    return str(found) if found else None
