"""What other programs write past the journal is noticed by the tables themselves, whoever writes (F-8).

A unit of work says that it is ours what is being written; all the rest is another program's. On one file the tables
count it, so that nothing is missed; on a server they send a note along, which everybody hears when it is written.
"""

from __future__ import annotations

import logging

import peewee

from channergy_crm.errors import CRMError

log = logging.getLogger(__name__)

CHANNEL = "channergy_crm"
NOTE = "foreign"
LOCK = 0x43484650  # the name of the lock under which one workstation makes the triggers on PostgreSQL

COUNTED = 'SELECT f."WrittenNo" FROM "CRMForeign" AS f'  # of the table: SQLite takes an unknown name alone for a text
SQLITE_KEPT = (
    """CREATE TABLE IF NOT EXISTS "CRMForeign" ("One" INTEGER PRIMARY KEY CHECK ("One" = 1), "IsOurs" INTEGER NOT NULL,
        "WrittenNo" INTEGER NOT NULL)""",
    """INSERT OR IGNORE INTO "CRMForeign" VALUES (1, 0, 0)""",
)
SQLITE_MISSING = """SELECT t.name, v.value FROM sqlite_master AS t, json_each('["INSERT", "UPDATE", "DELETE"]') AS v
    WHERE t.type = 'table' AND t.sql LIKE '%"RowVersion"%'
    AND t.name || '_foreign_' || lower(v.value) NOT IN (SELECT name FROM sqlite_master WHERE type = 'trigger')"""
# {table} is a name out of the database's own list of tables, {verb} one of the three above.
SQLITE_TRIGGER = """CREATE TRIGGER IF NOT EXISTS "{table}_foreign_{small}" AFTER {verb} ON "{table}"
    WHEN NOT (SELECT "IsOurs" FROM "CRMForeign") BEGIN
        UPDATE "CRMForeign" SET "WrittenNo" = "WrittenNo" + 1;
    END"""
SQLITE_OURS = """UPDATE "CRMForeign" SET "IsOurs" = ?"""

POSTGRES_MISSING = """SELECT c.relname FROM pg_class AS c
    JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attname = 'RowVersion'
    WHERE c.relkind = 'r' AND pg_table_is_visible(c.oid)
    AND NOT EXISTS (SELECT FROM pg_trigger AS t WHERE t.tgrelid = c.oid AND t.tgname = c.relname || '_foreign')"""
POSTGRES_NOTE = f"""CREATE OR REPLACE FUNCTION crm_written_by_another() RETURNS trigger AS
    'BEGIN PERFORM pg_notify(''{CHANNEL}'', ''{NOTE}''); RETURN NULL; END' LANGUAGE plpgsql"""
POSTGRES_TRIGGER = """CREATE TRIGGER "{table}_foreign" AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON "{table}"
    FOR EACH STATEMENT WHEN (current_setting('channergy_crm.ours', true) IS DISTINCT FROM 'yes')
    EXECUTE FUNCTION crm_written_by_another()"""
POSTGRES_OURS = "SELECT set_config('channergy_crm.ours', 'yes', true)"


def ensure(database: peewee.Database) -> None:
    """Have every table notice who writes; one that is new, or that a migration has rebuilt, again.

    On a server that is for the owner of the tables; where nobody else has come before, the journal tells all there is.
    """
    if not isinstance(database, peewee.PostgresqlDatabase):
        _ensure_sqlite(database)
        return
    try:
        _ensure_postgres(database)
    except (CRMError, peewee.DatabaseError) as error:
        log.info("What other programs write is not followed: %s", str(error).strip().splitlines()[0])


def _ensure_sqlite(database: peewee.Database) -> None:
    missing = database.execute_sql(SQLITE_MISSING).fetchall()
    if not missing:
        return
    with database.atomic():
        for statement in SQLITE_KEPT:
            database.execute_sql(statement)
        for table, verb in missing:
            database.execute_sql(
                SQLITE_TRIGGER.format(table=table, verb=verb, small=verb.lower())  # sql: names out of the list above
            )


def _ensure_postgres(database: peewee.Database) -> None:
    if not database.execute_sql(POSTGRES_MISSING).fetchall():
        return
    with database.atomic():
        database.execute_sql("SET LOCAL lock_timeout = '5s'")  # somebody may be at a long import: next time then
        database.execute_sql("SELECT pg_advisory_xact_lock(%s)", (LOCK,))
        database.execute_sql(POSTGRES_NOTE)
        for (table,) in database.execute_sql(POSTGRES_MISSING).fetchall():
            database.execute_sql(POSTGRES_TRIGGER.format(table=table))  # sql: a name out of the list of tables


def begin_ours(database: peewee.Database) -> None:
    """Within a transaction: what is written from here on is ours, and stands in the journal when it ends."""
    if isinstance(database, peewee.PostgresqlDatabase):
        database.execute_sql(POSTGRES_OURS)
    else:
        database.execute_sql(SQLITE_OURS, (1,))


def end_ours(database: peewee.Database) -> None:
    """Everything is written. A server forgets by itself with the transaction."""
    if not isinstance(database, peewee.PostgresqlDatabase):
        database.execute_sql(SQLITE_OURS, (0,))


def counted(database: peewee.Database) -> int | None:
    """Another number as soon as another program has written into the file; None on a server, which sends notes."""
    if isinstance(database, peewee.PostgresqlDatabase):
        return None
    return int(database.execute_sql(COUNTED).fetchone()[0])
