"""Numbers that were given once are not given again, though SQLite would: a deleted record's stays its own (F-70).

PostgreSQL counts on by itself. On SQLite the highest number that was deleted from each table is kept by the table
itself, whoever deletes; whatever gives out new numbers asks here.
"""

from __future__ import annotations

import peewee

KEPT = """CREATE TABLE IF NOT EXISTS "CRMNumbers" ("TableName" TEXT PRIMARY KEY, "LastNo" INTEGER NOT NULL)
    WITHOUT ROWID"""
MISSING = """SELECT m.name, k.name FROM sqlite_master AS m
    JOIN pragma_table_info(m.name) AS k ON k.pk = 1 AND k.type = 'INTEGER'
    WHERE m.type = 'table' AND m.sql LIKE '%"RowVersion"%'
    AND m.name || '_numbers' NOT IN (SELECT name FROM sqlite_master WHERE type = 'trigger')"""
# {table} and {key} are names out of the database's own list of tables.
TRIGGER = """CREATE TRIGGER IF NOT EXISTS "{table}_numbers" AFTER DELETE ON "{table}" BEGIN
        INSERT INTO "CRMNumbers" ("TableName", "LastNo") VALUES ('{table}', old."{key}")
            ON CONFLICT ("TableName") DO UPDATE SET "LastNo" = max("LastNo", excluded."LastNo");
    END"""
LAST = """SELECT "LastNo" FROM "CRMNumbers" WHERE "TableName" = ?"""


def ensure(database: peewee.Database) -> None:
    """Have every table keep its highest deleted number; one that a migration has rebuilt, again."""
    if isinstance(database, peewee.PostgresqlDatabase):
        return
    database.execute_sql(KEPT)
    for table, key in database.execute_sql(MISSING).fetchall():
        database.execute_sql(TRIGGER.format(table=table, key=key))  # sql: names out of the list of tables


def last_deleted(database: peewee.Database, table: str) -> int:
    """The highest number that was deleted from a table; 0 where none was, or where the database counts on by itself."""
    if isinstance(database, peewee.PostgresqlDatabase):
        return 0
    held = database.execute_sql(LAST, (table,)).fetchone()
    return int(held[0]) if held else 0
