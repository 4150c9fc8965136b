"""What the tests of conversion stand on: a lead with every field filled, all that is stored, a second workstation."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date, time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from channergy_crm.records import ALL

if TYPE_CHECKING:
    from collections.abc import Sequence

FULL: dict[str, Any] = {
    "type": "Referral", "lead_source": "A friend of Maria", "description": "Wants 12 parkas", "first_name": "Zoë",
    "last_name": "O'Neill", "company": "100% Wool, Inc.", "title": "Head of IT", "phone": "(504) 621-8927",
    "time_zone": "America/Chicago", "email": "Zoe@example.com", "website": "www.example.com", "notes": "One\nTwo",
    "objection": "Too dear", "call_try": "3", "call_date": date(2026, 11, 20), "call_code": "CALLBK",
    "call_status": "Reached", "fax": "504-621-0001", "other_phone": "504-845-1427",
    "more_phones": "Mobile: 504-555-0142", "address": "1 Main St", "city": "New Orleans",
    "state": "LA", "postal_code": "70116", "country": "USA",
}  # fmt: skip
REMINDER: dict[str, Any] = {"reminder_date": date(2026, 12, 1), "reminder_time": time(13, 5)}

CONVERT = """
import sys
from channergy_crm.store.database import open_database
from channergy_crm.errors import CRMError
from channergy_crm.services import conversion

office = open_database(sys.argv[1])
print("ready", flush=True)
sys.stdin.readline()
for number in sys.argv[3:]:
    try:
        print("made", number, conversion.convert(int(number), sys.argv[2]).opportunity.number)
    except CRMError as error:
        print("refused", number, error.message)
office.close()
"""


def everything() -> dict[str, list[dict[str, Any]]]:
    """All records of the office by table, without their versions: two of these are equal when nothing has changed."""
    return {
        record._meta.table_name: [
            {name: value for name, value in row.items() if name != "version"}
            for row in record.select().order_by(record._meta.primary_key).dicts()
        ]
        for record in ALL
    }


def numbers_of(made: dict[str, list[dict[str, Any]]]) -> dict[str, int]:
    """How many records each table holds."""
    return {table: len(rows) for table, rows in made.items()}


def both_at_once(url: str, operators: Sequence[str], leads: Sequence[int]) -> list[list[str]]:
    """Workstations, each a process of its own, convert the same leads from the same moment on: what each said."""
    surroundings = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])}
    stations = [
        subprocess.Popen(
            [sys.executable, "-c", CONVERT, url, operator, *map(str, leads)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=surroundings,
        )
        for operator in operators
    ]  # fmt: skip
    for station in stations:
        assert station.stdout is not None
        assert station.stdout.readline() == "ready\n"
    for station in stations:
        assert station.stdin is not None
        station.stdin.write("go\n")
        station.stdin.flush()
    said = [station.communicate(timeout=60)[0].splitlines() for station in stations]
    assert not any(station.returncode for station in stations)
    return said


def elsewhere(url: str, work: str) -> None:
    """Have another workstation do something in this office: `work` is said in Python, with the services at hand."""
    lines = [
        "import sys",
        "from datetime import date, time",
        "from channergy_crm.store.database import open_database",
        "from channergy_crm.records import *",
        "from channergy_crm.services import accounts, conversion, leads, reminders, saving, tasks",
        "office = open_database(sys.argv[1])",
        work,
        "office.close()",
    ]
    surroundings = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])}
    command = [sys.executable, "-c", "\n".join(lines), url]
    done = subprocess.run(command, env=surroundings, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
