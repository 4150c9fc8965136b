"""The floors: what the bare driver needs for the same rows in the same tables with the same indices."""

from __future__ import annotations

import csv
import sqlite3
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PRAGMAS = ("journal_mode = wal", "synchronous = full", "foreign_keys = 1", "cache_size = -32000", "temp_store = memory")
COLUMNS = (
    "LeadNo", "FirstName", "LastName", "Company", "Title", "Phone", "Email", "City", "State", "Notes", "Description",
    "PhoneDigits", "PhoneE164", "TimeZone", "SearchText", "OwnerOperatorID", "CreateDt", "CreateID",
)  # fmt: skip
LEAD = f'INSERT INTO "CRMLeads" ({", ".join(COLUMNS)}) VALUES ({", ".join("?" * len(COLUMNS))})'
MOMENT = "2026-11-23 10:00:00"
CHANGE = 'INSERT INTO "CRMChanges" ("UnitNo", "TableName", "RecordNo", "Verb") VALUES (?, ?, ?, ?)'


def connect(path: Path) -> sqlite3.Connection:
    """A bare connection with the settings the office has."""
    connection = sqlite3.connect(path, isolation_level=None)
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")  # sql: the constants above
    return connection


def import_leads(table: Path, path: Path) -> float:
    """The seconds `csv` and `executemany` need for a table file into the office at `path`, with journal rows."""
    connection = connect(path)
    began = time.perf_counter()
    connection.execute("BEGIN IMMEDIATE")
    held = connection.execute('SELECT COALESCE(MAX("LeadNo"), 0) FROM "CRMLeads"').fetchone()[0]
    connection.executemany(LEAD, _leads(table, held))
    last = connection.execute('SELECT MAX("LeadNo") FROM "CRMLeads"').fetchone()[0]
    unit = connection.execute(
        'INSERT INTO "CRMUnits" ("Name", "OperatorID", "DoneDt", "Kind") VALUES (?, ?, ?, ?)',
        ("Import", "ADMIN", "2026-11-23 10:00:00", "do"),
    ).lastrowid
    connection.executemany(CHANGE, ((unit, "CRMLeads", str(number), "insert") for number in range(held + 1, last + 1)))
    connection.execute("COMMIT")
    seconds = time.perf_counter() - began
    connection.close()
    return seconds


def _leads(table: Path, held: int) -> Iterator[tuple[object, ...]]:
    with table.open(newline="", encoding="utf-8") as file:
        rows = csv.reader(file)
        next(rows)
        for number, row in enumerate(rows, held + 1):
            first, last, company, title, phone, email, *_ = row
            found = f"{company} {first} {last} {company} {title} {phone} {phone[1:]} {email}"
            yield (
                number, *row, company, phone[1:], phone, "America/Chicago", found,
                "ADMIN", MOMENT, "ADMIN",
            )  # fmt: skip
