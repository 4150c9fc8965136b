"""Killed at random moments of saving and converting: nothing that was committed is lost, nothing is half there.

`python -m tests.benchmarks.bench_kill [KILLS]` prints JSON. Each victim is a process of its own that opens the office,
creates, saves and converts leads, and reports every step through a pipe until `kill -9` ends it.
"""

from __future__ import annotations

import json
import os
import random
import select
import signal
import sqlite3
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, NoReturn

from channergy_crm import clock, phones, work
from channergy_crm.records import Lead
from channergy_crm.services import conversion, leads
from channergy_crm.store.database import open_database

KILLS = 200
LONGEST_LIFE = 0.25
TABLES = {
    "CRMLeads": "LeadNo", "CRMAccounts": "CRMAccountNo", "CRMOpportunities": "OpportunityNo", "Customers": "CustNo",
    "CustomerContacts": "ContactNo", "CustServ": "CustServNo",
}  # fmt: skip


# ---------------------------------------------------------------- the victim


def victim(path: Path, pipe: int, seed: int) -> NoReturn:
    """Work in the office until killed, and say what begins and what is committed."""

    def say(*what: object) -> None:
        os.write(pipe, (json.dumps(what) + "\n").encode())

    def committed(done: work.Done) -> None:
        say("done", done.number, [[change.table, change.key, change.verb] for change in done.changes])

    dice = random.Random(seed)
    open_database(str(path))
    work.listen(committed)
    while True:
        say("begin")
        step(dice)


def step(dice: random.Random) -> None:
    """Create, save or convert a lead."""
    open_leads = [number for (number,) in Lead.select(Lead.number).where(Lead.listed()).limit(50).tuples()]
    chosen = dice.choice(open_leads) if open_leads else 0
    what = dice.random() if chosen else 0.0
    if what < 0.4:
        number = dice.randrange(2_000_000, 9_999_999)
        values = {"description": f"Lead {number}", "company": f"Company {number}", "last_name": "Häusler",
                  "phone": f"+1512{number}", "reminder_date": clock.today()}  # fmt: skip
        leads.create(values, "ADMIN")
    elif what < 0.7:
        lead = Lead.get_by_id(chosen)
        lead.notes = f"{lead.notes} called again"[-2000:]
        leads.save(lead, "ADMIN")
    else:
        conversion.convert(chosen, "ADMIN")


# ---------------------------------------------------------------- the killer


def kill_one(path: Path, dice: random.Random) -> tuple[list[tuple[int, list[Any]]], bool]:
    """Start a victim and kill it; the units it reported, and whether it was in the middle of one."""
    reading, writing = os.pipe()
    pid = os.fork()
    if not pid:
        os.close(reading)
        try:
            victim(path, writing, dice.getrandbits(32))
        finally:
            os._exit(1)
    os.close(writing)
    heard = listen(reading, dice.uniform(0, LONGEST_LIFE))
    os.kill(pid, signal.SIGKILL)
    while more := os.read(reading, 1 << 16):
        heard += more
    os.close(reading)
    _, status = os.waitpid(pid, 0)
    assert os.WIFSIGNALED(status), f"the victim ended by itself: {heard[-300:]!r}"
    told = [json.loads(line) for line in heard.splitlines(keepends=True) if line.endswith(b"\n")]
    units = [(said[1], said[2]) for said in told if said[0] == "done"]
    return units, bool(told) and told[-1][0] == "begin"


def listen(pipe: int, seconds: float) -> bytes:
    """What comes through the pipe for so long, counted from the first word."""
    heard = os.read(pipe, 1 << 16) if select.select([pipe], [], [], 30 * (seconds > 0.05))[0] else b""
    end = time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0:
        if select.select([pipe], [], [], left)[0]:
            more = os.read(pipe, 1 << 16)
            if not more:
                break
            heard += more
    return heard


# ---------------------------------------------------------------- what is left


def lost(connection: sqlite3.Connection, reported: list[tuple[int, list[Any]]]) -> list[str]:
    """Committed units, or parts of them, that are not there any more."""
    held: dict[int, list[list[Any]]] = {}
    for unit, table, key, verb in connection.execute(
        'SELECT "UnitNo", "TableName", "RecordNo", "Verb" FROM "CRMChanges" ORDER BY "ChangeNo"'
    ):
        held.setdefault(unit, []).append([table, int(key), verb])
    return [f"unit {unit}" for unit, changes in reported if held.get(unit) != changes]


def half_there(connection: sqlite3.Connection) -> list[str]:
    """Rows without their journal, journal without its rows, conversions that lack a part."""
    found = []
    for table, key in TABLES.items():
        rows = {number for (number,) in connection.execute(f'SELECT "{key}" FROM "{table}"')}  # sql: our own names
        query = 'SELECT "RecordNo" FROM "CRMChanges" WHERE "TableName" = ? AND "Verb" = \'insert\''
        noted = {int(number) for (number,) in connection.execute(query, (table,))}
        found += [f"{table} {number}" for number in rows ^ noted]
    for question in (
        'SELECT "UnitNo" FROM "CRMUnits" WHERE "UnitNo" NOT IN (SELECT "UnitNo" FROM "CRMChanges")',
        'SELECT "UnitNo" FROM "CRMChanges" WHERE "UnitNo" NOT IN (SELECT "UnitNo" FROM "CRMUnits")',
        'SELECT "LeadNo" FROM "CRMLeads" WHERE "IsConverted" AND ("CRMAccountNo" IS NULL OR "CustNo" IS NULL'
        ' OR "OpportunityNo" NOT IN (SELECT "OpportunityNo" FROM "CRMOpportunities"))',
        'SELECT "LeadNo" FROM "CRMLeads" WHERE NOT "IsConverted" AND "OpportunityNo" IS NOT NULL',
        'SELECT "OpportunityNo" FROM "CRMOpportunities" o WHERE NOT EXISTS (SELECT 1 FROM "CRMLeads" l'
        ' WHERE l."OpportunityNo" = o."OpportunityNo" AND l."LeadNo" = o."OriginatingLeadNo" AND l."IsConverted")',
    ):
        found += [f"{question}: {number}" for (number,) in connection.execute(question)]
    return found + stale(connection)


def stale(connection: sqlite3.Connection) -> list[str]:
    """Leads that do not hold what the journal says was saved last."""
    query = """SELECT "RecordNo", "After", MAX("ChangeNo") FROM "CRMChanges"
               WHERE "TableName" = 'CRMLeads' AND "After" LIKE '%"notes"%' GROUP BY "RecordNo" """
    found = []
    for number, after, _ in connection.execute(query):
        (notes,) = connection.execute('SELECT "Notes" FROM "CRMLeads" WHERE "LeadNo" = ?', (number,)).fetchone()
        if notes != json.loads(after)["notes"]:
            found.append(f"notes of lead {number}")
    return found


def main() -> int:
    """Kill again and again, looking after each time, and print what was found."""
    kills = int(sys.argv[1]) if len(sys.argv) > 1 else KILLS
    dice = random.Random(kills)
    phones.time_zone("+15122000000", "US")  # read here, so that victims spend their short lives on units
    reported: list[tuple[int, list[Any]]] = []
    missing: set[str] = set()
    halves: set[str] = set()
    unsound, busy = 0, 0
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "office.db"
        for _ in range(kills):
            units, in_the_middle = kill_one(path, dice)
            reported += units
            busy += in_the_middle
            connection = sqlite3.connect(path)
            if connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'schema_migration'").fetchone():
                missing.update(lost(connection, reported))
                halves.update(half_there(connection))
            unsound += connection.execute("PRAGMA integrity_check").fetchone()[0] != "ok"
            unsound += bool(connection.execute("PRAGMA foreign_key_check").fetchall())
            connection.close()
    passes = not missing and not halves and not unsound
    told = {
        "benchmark": "kill", "kills": kills, "killed_while_working": busy, "units_committed": len(reported),
        "units_lost": sorted(missing), "half_there": sorted(halves), "unsound_files": unsound, "passes": passes,
    }  # fmt: skip
    print(json.dumps(told, indent=1))
    return 0 if passes else 1


if __name__ == "__main__":
    sys.exit(main())
