"""The index people search by: three letters at a time, kept right by the database itself, whoever writes.

Everything a record is found by stands folded in its column SearchText. On SQLite an FTS5 table of trigrams lies beside
it, written by triggers; on PostgreSQL a `pg_trgm` index. The suite around the CRM writes into shared tables and knows
nothing of SearchText: what it changes loses its SearchText and is prepared anew (`services.search_text.prepare`).
A table that is rebuilt by a migration loses its triggers, so `ensure` looks after every migration and every opening.
"""

from __future__ import annotations

import logging
from contextlib import contextmanager
from typing import TYPE_CHECKING

import peewee

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

log = logging.getLogger(__name__)

LOCK = 0x43485358  # the name of the lock under which one workstation makes the indices on PostgreSQL
LETTERS = 3
MANY = 50
_indexed: set[str] = set()

SQLITE_TABLES = """SELECT m.name, p.name FROM sqlite_master AS m JOIN pragma_table_info(m.name) AS p ON p.pk = 1
    WHERE m.type = 'table' AND m.sql LIKE '%"SearchText"%' AND m.sql NOT LIKE 'CREATE VIRTUAL%'"""
SQLITE_PARTS = """SELECT name FROM sqlite_master WHERE name LIKE '%\\_words%' ESCAPE '\\'"""

RAW = "{table}_words_raw"
# {table} and {key} are names out of the database's own list of tables.
SQLITE = {
    "{table}_words": """CREATE VIRTUAL TABLE IF NOT EXISTS "{table}_words"
        USING fts5 (words, content = '', tokenize = 'trigram', detail = none, columnsize = 0)""",
    "{table}_words_in": """CREATE TRIGGER IF NOT EXISTS "{table}_words_in" AFTER INSERT ON "{table}"
        WHEN new."SearchText" IS NOT NULL BEGIN
            INSERT INTO "{table}_words" (rowid, words) VALUES (new."{key}", ' ' || new."SearchText" || ' ');
        END""",
    "{table}_words_out": """CREATE TRIGGER IF NOT EXISTS "{table}_words_out" AFTER DELETE ON "{table}"
        WHEN old."SearchText" IS NOT NULL BEGIN
            INSERT INTO "{table}_words" ("{table}_words", rowid, words)
                VALUES ('delete', old."{key}", ' ' || old."SearchText" || ' ');
        END""",
    "{table}_words_new": """CREATE TRIGGER IF NOT EXISTS "{table}_words_new" AFTER UPDATE OF "SearchText" ON "{table}"
        WHEN new."SearchText" IS NOT old."SearchText" BEGIN
            INSERT INTO "{table}_words" ("{table}_words", rowid, words)
                SELECT 'delete', old."{key}", ' ' || old."SearchText" || ' ' WHERE old."SearchText" IS NOT NULL;
            INSERT INTO "{table}_words" (rowid, words)
                SELECT new."{key}", ' ' || new."SearchText" || ' ' WHERE new."SearchText" IS NOT NULL;
        END""",
    # We count up RowVersion whenever we write; the suite does not.
    "{table}_words_raw": """CREATE TRIGGER IF NOT EXISTS "{table}_words_raw" AFTER UPDATE ON "{table}"
        WHEN new."RowVersion" IS old."RowVersion" AND new."SearchText" IS old."SearchText"
            AND new."SearchText" IS NOT NULL BEGIN
            UPDATE "{table}" SET "SearchText" = NULL WHERE "{key}" = new."{key}";
        END""",
}
SQLITE_FILL = (
    """INSERT INTO "{table}_words" ("{table}_words") VALUES ('delete-all')""",
    """INSERT INTO "{table}_words" (rowid, words) SELECT "{key}", ' ' || "SearchText" || ' ' FROM "{table}"
        WHERE "SearchText" IS NOT NULL""",
)

SQLITE_TEXTS = """SELECT "{key}", ' ' || "SearchText" || ' ' FROM "{table}"
    WHERE "{key}" IN ({marks}) AND "SearchText" IS NOT NULL"""
SQLITE_IN = """INSERT INTO "{table}_words" (rowid, words) VALUES (?, ?)"""
SQLITE_OUT = """INSERT INTO "{table}_words" ("{table}_words", rowid, words) VALUES ('delete', ?, ?)"""

POSTGRES_TABLES = """SELECT c.relname, c.relname || '_words' IN (SELECT indexname FROM pg_indexes)
    AND c.relname || '_words_raw' IN (SELECT tgname FROM pg_trigger)
    FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attname = 'SearchText'
    WHERE c.relkind = 'r' AND pg_table_is_visible(c.oid)"""
POSTGRES_RAW = (
    """CREATE OR REPLACE FUNCTION crm_words_are_old() RETURNS trigger AS
        'BEGIN NEW."SearchText" := NULL; RETURN NEW; END' LANGUAGE plpgsql""",
    """DROP TRIGGER IF EXISTS "{table}_words_raw" ON "{table}" """,
    """CREATE TRIGGER "{table}_words_raw" BEFORE UPDATE ON "{table}" FOR EACH ROW
        WHEN (NEW."RowVersion" = OLD."RowVersion" AND NEW."SearchText" IS NOT DISTINCT FROM OLD."SearchText")
        EXECUTE FUNCTION crm_words_are_old()""",
)
POSTGRES_INDEX = (
    "CREATE EXTENSION IF NOT EXISTS pg_trgm",
    """CREATE INDEX IF NOT EXISTS "{table}_words" ON "{table}" USING gin ("SearchText" gin_trgm_ops)""",
)


def ensure(database: peewee.Database) -> None:
    """The same for the office that is opened: it is searched by what is there."""
    _indexed.clear()
    _indexed.update(make(database))


def make(database: peewee.Database) -> set[str]:
    """Make what is missing of the index and fill it anew; the tables of a file that have one.

    An office that cannot have one is searched without.
    """
    indexed: set[str] = set()
    try:
        if isinstance(database, peewee.PostgresqlDatabase):
            _ensure_postgres(database)
        else:
            _ensure_sqlite(database, indexed)
    except Exception as error:  # noqa: BLE001  a server without the extension, a library without FTS5, tables that are not ours
        log.warning("The office is searched without an index: %s", str(error).strip().splitlines()[0])
    return indexed


def _ensure_postgres(database: peewee.Database) -> None:
    tables = [table for table, complete in database.execute_sql(POSTGRES_TABLES).fetchall() if not complete]
    for statements in (POSTGRES_RAW, POSTGRES_INDEX) if tables else ():
        with database.atomic():
            database.execute_sql("SELECT pg_advisory_xact_lock(%s)", (LOCK,))
            for table in tables:
                for statement in statements:
                    database.execute_sql(statement.format(table=table))  # sql: a name out of the list of tables


def _ensure_sqlite(database: peewee.Database, indexed: set[str]) -> None:
    there = {row[0] for row in database.execute_sql(SQLITE_PARTS).fetchall()}
    for table, key in database.execute_sql(SQLITE_TABLES).fetchall():
        names = {"table": table, "key": key}
        missing = {name for name in SQLITE if name.format(**names) not in there}
        if missing:
            # Without the trigger on raw writes alone, as after a migration, what is in the index is right.
            fill = SQLITE_FILL if missing != {RAW} else ()
            with database.atomic():
                for statement in (*SQLITE.values(), *fill):
                    database.execute_sql(statement.format(**names))  # sql: names out of the list of tables
        indexed.add(table)


@contextmanager
def in_bulk(database: peewee.Database, table: str, key: str, keys: Sequence[int]) -> Iterator[None]:
    """While many rows are written within a transaction: index them in one go instead of by a trigger for each, which
    would have FTS5 put every row on the disk by itself. `keys` are the rows that come, change or go.
    """
    if table not in _indexed or len(keys) < MANY:
        yield
        return
    names = {"table": table, "key": key}
    triggers = [name for name in SQLITE if name.endswith(("_in", "_out", "_new"))]
    _index(database, names, keys, gone=True)
    for name in triggers:
        database.execute_sql(f'DROP TRIGGER "{name.format(**names)}"')  # sql: our own names
    try:
        yield
    finally:
        for name in triggers:
            database.execute_sql(SQLITE[name].format(**names))  # sql: our own names
        _index(database, names, keys, gone=False)


def _index(database: peewee.Database, names: dict[str, str], keys: Sequence[int], *, gone: bool) -> None:
    """Put what is in these rows into the index, or take it out."""
    rows: list[tuple[int, str]] = []
    for start in range(0, len(keys), 900):
        some = keys[start : start + 900]
        sql = SQLITE_TEXTS.format(**names, marks=", ".join("?" * len(some)))
        rows += database.execute_sql(sql, tuple(some)).fetchall()
    cursor = database.cursor()
    cursor.executemany((SQLITE_OUT if gone else SQLITE_IN).format(**names), rows)  # sql: our own names
    cursor.close()


def words_table(table: str) -> str | None:
    """The FTS5 table that lies beside this one; None where the office has no such index."""
    return f"{table}_words" if table in _indexed else None


def matching(terms: Iterable[Sequence[str]]) -> str:
    """What FTS5 is asked for: of each term one of its spellings. Folded texts; what is found must still be looked at,
    because the index knows which three letters stand in a record, not in which order. '' when it cannot help.

    Two letters are looked for where a word starts.
    """
    asked = []
    for spellings in terms:
        ways = [_letters(spelling) for spelling in spellings]
        if all(ways):
            asked.append(" OR ".join(f"({way})" for way in ways))
    return " AND ".join(f"({part})" for part in asked)


def _letters(text: str) -> str:
    if len(text) == LETTERS - 1:
        text = f" {text}"
    last = len(text) - LETTERS
    # Every second trigram: the others tell next to nothing more.
    pieces = [text[start : start + LETTERS] for start in sorted({*range(0, last + 1, 2), last}) if start >= 0]
    return " AND ".join('"{}"'.format(piece.replace('"', '""')) for piece in dict.fromkeys(pieces))
