"""What lies in an office's file: its tables and their rows, what is damaged, and whether the search index fits.

The file is only read, by a connection of its own, so a copy nobody has opened yet can be looked into as well.
"""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from channergy_crm.errors import Mistake
from channergy_crm.language import _
from channergy_crm.store import tables
from channergy_crm.store.addresses import read_only
from channergy_crm.store.copies import refuse_newer, verify
from channergy_crm.store.engines import BUSY_SECONDS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlite_utils import Database

ENOUGH = 20
"""differences of one kind that are told; more say nothing new"""

EXPECTED = """CREATE VIRTUAL TABLE temp.expected
    USING fts5 (words, content = '', tokenize = 'trigram', detail = none, columnsize = 0)"""
# {table} and {key} are names out of the file's own list of tables.
FILL = """INSERT INTO temp.expected (rowid, words) SELECT "{key}", ' ' || "SearchText" || ' ' FROM main."{table}"
    WHERE "SearchText" IS NOT NULL"""
VOCABULARIES = (
    """CREATE VIRTUAL TABLE temp.held USING fts5vocab (main, "{table}_words", row)""",
    """CREATE VIRTUAL TABLE temp.wanted USING fts5vocab (temp, expected, row)""",
    """CREATE VIRTUAL TABLE temp.held_rows USING fts5vocab (main, "{table}_words", instance)""",
    """CREATE VIRTUAL TABLE temp.wanted_rows USING fts5vocab (temp, expected, instance)""",
)
TERMS = """SELECT DISTINCT term FROM (
    SELECT * FROM (SELECT term, doc FROM temp.held EXCEPT SELECT term, doc FROM temp.wanted)
    UNION SELECT * FROM (SELECT term, doc FROM temp.wanted EXCEPT SELECT term, doc FROM temp.held)) LIMIT ?"""
ROWS = """SELECT doc FROM temp.{some} WHERE term = ? EXCEPT SELECT doc FROM temp.{others} WHERE term = ?"""


class Contents(NamedTuple):
    """What a file holds: the rows of each of its tables, and when something was last done in it."""

    rows: dict[str, int]
    last: datetime | None


def contents(path: Path) -> Contents:
    """Look into an office's file or a backup of one; a file that is neither, or is damaged, is refused."""
    if not path.is_file():
        raise Mistake(_("There is no file {file}.").format(file=path))
    with _read_only(path) as file:
        verify(file.conn)
        refuse_newer(file.conn)
        own = _own_tables(file)
        last = file.execute('SELECT max("DoneDt") FROM "CRMUnits"').fetchone()[0] if "CRMUnits" in own else None
        return Contents({name: file.table(name).count for name in own}, datetime.fromisoformat(last) if last else None)


def damage(path: Path) -> list[str]:
    """What SQLite itself finds wrong with the file, in its words: pages, rows, indexes, links between tables."""
    with _read_only(path) as file:
        try:
            said = [row[0] for row in file.execute("PRAGMA integrity_check (20)").fetchall()]
            tables.of_file(file.conn)  # how they are declared is nothing SQLite looks at
        except (sqlite3.DatabaseError, UnicodeError, TypeError) as error:
            said = [str(error)]
        return [
            _("The file is damaged: {reason}.").format(reason=line)
            for text in said
            for line in text.splitlines()
            if line != "ok"
        ]


def searched_tables(path: Path) -> list[str]:
    """The tables a search index lies beside."""
    with _read_only(path) as file:
        return [name.removesuffix("_words") for name in file.table_names() if _is_index(file, name)]


def search_index(path: Path, table: str) -> list[int] | None:
    """The rows the search index does not fit: what it knows of them is missing, old or too much. Some of them.

    None when it is damaged: SQLite does not look into it when it looks through a file.
    """
    try:
        return _strayed(path, table)
    except sqlite3.DatabaseError:
        return None


def _strayed(path: Path, table: str) -> list[int]:
    with _read_only(path) as file:
        names = {"table": table, "key": file.table(table).pks[0]}
        file.execute(EXPECTED)
        for statement in (FILL, *VOCABULARIES):
            file.execute(statement.format(**names))  # sql: names out of the file's own list of tables
        strayed: set[int] = set()
        for (term,) in file.execute(TERMS, [ENOUGH]).fetchall():
            for some, others in (("held_rows", "wanted_rows"), ("wanted_rows", "held_rows")):
                statement = ROWS.format(some=some, others=others)
                strayed.update(row[0] for row in file.execute(statement, [term, term]).fetchall())
        return sorted(strayed)


def _own_tables(file: Database) -> list[str]:
    """The tables without the search index, which SQLite keeps in tables of its own."""
    indexes = tuple(name for name in file.table_names() if _is_index(file, name))
    return [name for name in file.table_names() if not name.startswith((*indexes, "sqlite_"))]


def _is_index(file: Database, name: str) -> bool:
    return name.endswith("_words") and file.table(name).virtual_table_using == "FTS5"


@contextmanager
def _read_only(path: Path) -> Iterator[Database]:
    import sqlite_utils

    connection = sqlite3.connect(read_only(path), uri=True, timeout=BUSY_SECONDS, isolation_level=None)
    try:
        yield sqlite_utils.Database(connection)
    finally:
        connection.close()
