"""Who was anonymised is not brought back by an older backup: it is noted in it, and done again at the next opening."""
# unsaid file: SQL

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from typing import TYPE_CHECKING, Any

from channergy_crm.store import database
from channergy_crm.store.addresses import existing, sqlite_path

if TYPE_CHECKING:
    from pathlib import Path

READ = 'SELECT "TableName", "RecordNo", "ErasedDt", "OperatorID", "Why" FROM "CRMErasures" ORDER BY "ErasureNo"'
KEY = {"sqlite": "INTEGER NOT NULL PRIMARY KEY", "postgresql": "SERIAL NOT NULL PRIMARY KEY"}
MOMENT = {"sqlite": "DATETIME", "postgresql": "TIMESTAMP"}
# {key} and {moment} are types of the engine: the table as the step 0046 makes it, for a backup that is older.
MADE = """CREATE TABLE IF NOT EXISTS "CRMErasures" ("ErasureNo" {key}, "TableName" VARCHAR(60) NOT NULL,
    "RecordNo" VARCHAR(60) NOT NULL, "ErasedDt" {moment} NOT NULL, "OperatorID" VARCHAR(40) NOT NULL,
    "Why" TEXT NOT NULL, "IsToDoAgain" BOOLEAN NOT NULL, "CleanedDt" {moment})"""
WRITE = """INSERT INTO "CRMErasures" ("TableName", "RecordNo", "ErasedDt", "OperatorID", "Why", "IsToDoAgain")
    VALUES ({marks}, {yes})"""


def waiting() -> bool:
    """Whether somebody is to be anonymised again in the office that is open, because an older backup was put back."""
    asked = 'SELECT 1 FROM "CRMErasures" WHERE "IsToDoAgain" LIMIT 1'
    return database.proxy.obj.execute_sql(asked).fetchone() is not None


def carry(kept: Path | None, url: str) -> int:
    """Note in the office at `url` who was anonymised in the one that was `kept`, and is not in it; how many records."""
    rows = _read(kept) if kept is not None else []
    if not rows:
        return 0
    path = sqlite_path(url)
    return _carry_into_file(path, rows) if path else _carry_to_server(url, rows)


def _read(kept: Path) -> list[tuple[Any, ...]]:
    with suppress(sqlite3.Error, UnicodeError), closing(sqlite3.connect(existing(kept), uri=True)) as file:  # damaged
        return file.execute(READ).fetchall()
    return []  # a ruin, or of an office that had no such table


def _carry_into_file(path: Path, rows: list[tuple[Any, ...]]) -> int:
    with closing(sqlite3.connect(existing(path), uri=True, timeout=15)) as file, file:
        file.execute(MADE.format(key=KEY["sqlite"], moment=MOMENT["sqlite"]))  # sql: our own types
        known = {(row[0], row[1], str(row[2])) for row in file.execute(READ)}
        new = [row for row in rows if (row[0], row[1], str(row[2])) not in known]
        file.executemany(WRITE.format(marks="?, ?, ?, ?, ?", yes="1"), new)  # sql: marks
    return len(new)


def _carry_to_server(url: str, rows: list[tuple[Any, ...]]) -> int:
    held = database.server(url)
    try:
        with database.writing(), held.atomic():
            held.execute_sql(MADE.format(key=KEY["postgresql"], moment=MOMENT["postgresql"]))  # sql: our own types
            known = {(row[0], row[1], str(row[2])) for row in held.execute_sql(READ).fetchall()}
            new = [row for row in rows if (row[0], row[1], str(row[2])) not in known]
            for row in new:
                held.execute_sql(WRITE.format(marks="%s, %s, %s, %s, %s", yes="TRUE"), row)  # sql: marks
    finally:
        held.close()
    return len(new)
