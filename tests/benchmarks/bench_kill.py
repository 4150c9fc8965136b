"""Killed at random moments of saving and converting: nothing that was committed is lost, nothing is half there.

`python -m tests.benchmarks.bench_kill [KILLS] [postgresql|ADDRESS]` prints JSON. Each victim is a process of its own
that opens the office, creates, saves and converts leads, and reports every step through a pipe until `kill -9` ends it.
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
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from channergy_crm import clock, phones, work
from channergy_crm.records import Lead
from channergy_crm.services import conversion, leads
from channergy_crm.store.database import open_database, sqlite_path
from tests import postgres

if TYPE_CHECKING:
    from collections.abc import Iterator

KILLS = 200
LONGEST_LIFE = 0.25
TABLES = {
    "CRMLeads": "LeadNo", "CRMAccounts": "CRMAccountNo", "CRMOpportunities": "OpportunityNo", "Customers": "CustNo",
    "CustomerContacts": "ContactNo", "CustServ": "CustServNo",
}  # fmt: skip


# ---------------------------------------------------------------- the victim


def victim(url: str, pipe: int, seed: int) -> NoReturn:
    """Work in the office until killed, and say what begins and what is committed."""

    def say(*what: object) -> None:
        os.write(pipe, (json.dumps(what) + "\n").encode())

    def committed(done: work.Done) -> None:
        say("done", done.number, [[change.table, change.key, change.verb] for change in done.changes])

    dice = random.Random(seed)
    open_database(url)
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


def kill_one(url: str, dice: random.Random) -> tuple[list[tuple[int, list[Any]]], bool]:
    """Start a victim and kill it; the units it reported, and whether it was in the middle of one."""
    reading, writing = os.pipe()
    pid = os.fork()
    if not pid:
        os.close(reading)
        try:
            victim(url, writing, dice.getrandbits(32))
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


def looking(url: str) -> Any:
    """A connection that reads the office as it stands at one moment, past everything of ours."""
    path = sqlite_path(url)
    if path:
        return closing(sqlite3.connect(path))
    import psycopg

    connection = psycopg.connect(url)
    connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
    return closing(connection)


def lost(connection: Any, reported: list[tuple[int, list[Any]]]) -> list[str]:
    """Committed units, or parts of them, that are not there any more."""
    held: dict[int, list[list[Any]]] = {}
    for unit, table, key, verb in connection.execute(
        'SELECT "UnitNo", "TableName", "RecordNo", "Verb" FROM "CRMChanges" ORDER BY "ChangeNo"'
    ):
        held.setdefault(unit, []).append([table, key, verb])
    said = [(unit, [[table, str(key), verb] for table, key, verb in changes]) for unit, changes in reported]
    return [f"unit {unit}" for unit, changes in said if held.get(unit) != changes]


def half_there(connection: Any) -> list[str]:
    """Rows without their journal, journal without its rows, conversions that lack a part."""
    found = []
    for table, key in TABLES.items():
        rows = {number for (number,) in connection.execute(f'SELECT "{key}" FROM "{table}"')}  # sql: our own names
        query = f"""SELECT "RecordNo" FROM "CRMChanges" WHERE "TableName" = '{table}' AND "Verb" = 'insert'"""
        noted = {int(number) for (number,) in connection.execute(query)}  # sql: our own names
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


def stale(connection: Any) -> list[str]:
    """Leads that do not hold what the journal says was saved last."""
    query = """SELECT "RecordNo", "After" FROM "CRMChanges"
               WHERE "TableName" = 'CRMLeads' AND "After" LIKE '%"notes"%' ORDER BY "ChangeNo" """
    latest = {int(number): json.loads(after)["notes"] for number, after in connection.execute(query)}
    notes = dict(connection.execute('SELECT "LeadNo", "Notes" FROM "CRMLeads"').fetchall())
    return [f"notes of lead {number}" for number, held in latest.items() if notes.get(number) != held]


@contextmanager
def office(engine: str) -> Iterator[str]:
    """Where victims work: a file that the first of them makes, or a database that has its tables already.

    Of an empty one on a server that is there its address may be given.
    """
    if engine.startswith("postgresql://"):
        open_database(engine).close()
        yield engine
        return
    if engine == "postgresql":
        with postgres.running(postgres.CAREFUL) as cluster, cluster.database("template0") as url:
            open_database(url).close()
            yield url
        return
    with tempfile.TemporaryDirectory() as folder:
        yield f"sqlite:///{Path(folder) / 'office.db'}"


def unsound(connection: Any) -> int:
    """Damage to a file that SQLite itself finds."""
    if not isinstance(connection, sqlite3.Connection):
        return 0
    damaged = connection.execute("PRAGMA integrity_check").fetchone()[0] != "ok"
    return damaged + bool(connection.execute("PRAGMA foreign_key_check").fetchall())


def is_made(url: str) -> bool:
    """Whether the first victim has lived long enough to make the office."""
    with looking(url) as connection:
        here = "sqlite_master WHERE name" if sqlite_path(url) else "pg_tables WHERE tablename"
        asked = f"SELECT 1 FROM {here} = 'schema_migration'"
        return bool(connection.execute(asked).fetchone())  # sql: constants


def killed(kills: int, engine: str = "sqlite") -> dict[str, Any]:
    """Kill again and again, looking after each time; what was found."""
    dice = random.Random(kills)
    phones.time_zone("+15122000000", "US")  # read here, so that victims spend their short lives on units
    reported: list[tuple[int, list[Any]]] = []
    missing: set[str] = set()
    halves: set[str] = set()
    damaged, busy = 0, 0
    with office(engine) as url:
        for _ in range(kills):
            units, in_the_middle = kill_one(url, dice)
            reported += units
            busy += in_the_middle
            made = is_made(url)
            with looking(url) as connection:
                if made:
                    missing.update(lost(connection, reported))
                    halves.update(half_there(connection))
                damaged += unsound(connection)
    return {
        "benchmark": "kill", "engine": engine.partition(":")[0], "kills": kills, "killed_while_working": busy,
        "units_committed": len(reported), "units_lost": sorted(missing), "half_there": sorted(halves),
        "unsound_files": damaged, "passes": not missing and not halves and not damaged,
    }  # fmt: skip


def main() -> int:
    """Print what was found."""
    given = [int(word) for word in sys.argv[1:] if word.isdigit()]
    told = killed(
        given[0] if given else KILLS, next((word for word in sys.argv if word.startswith("postgresql")), "sqlite")
    )
    print(json.dumps(told, indent=1))
    return 0 if told["passes"] else 1


if __name__ == "__main__":
    sys.exit(main())
