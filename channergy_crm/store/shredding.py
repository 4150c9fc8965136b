"""What was deleted is not left lying in the office's file: overwritten at once, and gone from it and its log for good.

On a server that is the server's own matter: what a row held stays in its files until its own VACUUM.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from channergy_crm.errors import Surroundings
from channergy_crm.language import N_, _
from channergy_crm.store import database
from channergy_crm.store.complaints import translated
from channergy_crm.store.engines import SqliteStore, writing

if TYPE_CHECKING:
    from collections.abc import Iterator

BUSY = N_("Somebody is working in the office's file just now; it is cleared of what was deleted another time.")
STATISTICS = "SELECT name FROM sqlite_master WHERE name IN ('sqlite_stat1', 'sqlite_stat3', 'sqlite_stat4')"
PATIENCE_MS = 2_000


@contextmanager
def thoroughly() -> Iterator[None]:
    """What is deleted meanwhile is overwritten with zeros in the office's file."""
    store = database.proxy.obj
    if not isinstance(store, SqliteStore):
        yield
        return
    before = store.execute_sql("PRAGMA secure_delete").fetchone()[0]
    store.execute_sql("PRAGMA secure_delete = ON")
    try:
        yield
    finally:
        store.execute_sql(f"PRAGMA secure_delete = {int(before)}")  # sql: a number


def size() -> int:
    """The bytes of the office's file; 0 on a server, which clears itself."""
    store = database.proxy.obj
    if not isinstance(store, SqliteStore):
        return 0
    pages, each = (int(store.execute_sql(asked).fetchone()[0]) for asked in ("PRAGMA page_count", "PRAGMA page_size"))
    return pages * each


def clear() -> None:
    """Write the office's file anew, without what was ever deleted, and empty its log. Nothing may be under way in it.

    It takes as long as writing the file twice; others who write wait meanwhile. `Surroundings` when somebody reads in
    it all the time.
    """
    store = database.proxy.obj
    if not isinstance(store, SqliteStore):
        return
    with writing(), translated(), thoroughly():
        if store.execute_sql(STATISTICS).fetchone():  # they hold samples of what stands in the tables
            store.execute_sql("ANALYZE")
        for (table,) in store.execute_sql(WORDS).fetchall():
            store.execute_sql(MERGED.format(table=table))  # sql: a name out of the list of tables
        store.execute_sql("VACUUM")
        store.execute_sql(f"PRAGMA busy_timeout = {PATIENCE_MS}")  # sql: a number
        try:
            busy, *_pages = store.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        finally:
            store.wait_here(store.connection())
    if busy:
        raise Surroundings(_(BUSY))


WORDS = "SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL TABLE%fts5%'"  # unsaid: SQL
MERGED = """INSERT INTO "{table}" ("{table}") VALUES ('optimize')"""
"""the index of the search keeps what was taken out of it until its parts are merged"""
