"""The status of a hundred thousand follow-ups: everybody's of a year, one month's, one group's, the rows of a number;
the open work of somebody whose follow-ups are to be rerouted.

`python -m tests.benchmarks.bench_follow_ups [postgresql] [FOLLOW-UPS]`. The floor is the store itself, counting
follow-ups by event beside their tasks.
"""

from __future__ import annotations

import random
import sys
from datetime import date, datetime, timedelta
from typing import Any

from channergy_crm import clock, work
from channergy_crm.records import Operator
from channergy_crm.records.events import Event, EventState, EventType
from channergy_crm.services.chosen import Chosen
from channergy_crm.services.events import status, status_rows, to_reroute
from channergy_crm.services.events.which import Asked
from channergy_crm.services.figures import EVERYBODY
from channergy_crm.store import database
from tests.benchmarks import measure
from tests.benchmarks.bench_history import made

NOW = datetime(2026, 11, 23, 15)
FOLLOW_UPS, EVENTS, OPERATORS = 100_000, 50, 12
TIMES = {"everybody's of a year": 6.0, "everybody's of a month": 2.5, "one operator's of a year": 2.5}
"""how many times the floor each may cost, the others once: on a machine of its own that is less than 150 ms"""
OF_TASKS = ("CustServNo", "Action", "IsCRM", "Closed", "ReminderDt", "ReminderTime", "OwnerOperatorID", "ClosedDt",
            "Notes", "Priority")  # fmt: skip
OF_FOLLOW_UPS = ("FollowUpNo", "EventNo", "TableName", "RecordNo", "Occurrence", "CustServNo", "MadeDt")
BARE = """SELECT f."EventNo", t."Closed", COUNT(*) FROM "CRMFollowUps" f JOIN "CustServ" t
    ON t."CustServNo" = f."CustServNo" GROUP BY f."EventNo", t."Closed" """


def fill(url: str, count: int) -> Any:
    """Twelve operators have done what fifty events made within a year."""
    office = database.open_database(url)
    with work.unit("Make", by="ADMIN"):
        for number in range(OPERATORS):
            Operator.create(id=f"OP{number}", name=f"Operator {number}")
        for number in range(EVENTS):
            Event.create(name=f"Event {number}", type=list(EventType)[number % 2].value, trigger="created",
                         state=EventState.ACTIVE.value, table="CRMAccounts", action="Call them")  # fmt: skip
    dice = random.Random(2026)
    with database.writing(), office.database.atomic():
        for start in range(1, count + 1, 20_000):
            pairs = [_pair(dice, number) for number in range(start, min(start + 20_000, count + 1))]
            database.insert_many("CustServ", OF_TASKS, [task for task, _follow_up in pairs])
            database.insert_many("CRMFollowUps", OF_FOLLOW_UPS, [follow_up for _task, follow_up in pairs])
    office.database.execute_sql("ANALYZE")
    return office


def _pair(dice: random.Random, number: int) -> tuple[tuple[object, ...], tuple[object, ...]]:
    begun = NOW - timedelta(days=365 * (1 - number / FOLLOW_UPS), minutes=dice.randrange(300))
    closed = dice.random() < 0.9
    done = min(begun + timedelta(days=dice.randrange(20)), NOW) if closed else None
    due = begun.date() + timedelta(days=dice.randrange(40))
    task = (number, "Call them: no order since spring", True, closed, str(due), "", f"OP{dice.randrange(OPERATORS)}",
            done and f"{done:%Y-%m-%d %H:%M:%S}", "They had asked for a price list. " * 6,
            dice.choice(["", "", "High"]))  # fmt: skip
    return task, (number, dice.randrange(1, EVENTS + 1), "CRMAccounts", str(number), "1", number,
                  f"{begun:%Y-%m-%d %H:%M:%S}")  # fmt: skip


def main(engine: str, count: int) -> int:
    """Measure each of them eleven times."""
    year, month = (Asked(date(2026, first, 1), date(2026, 12, 31), EVERYBODY) for first in (1, 11))
    own = Asked(date(2026, 1, 1), date(2026, 12, 31), "OP3")
    with made(engine) as url:
        office = fill(url, count)
        with clock.fixed(NOW):
            floor = measure.median(
                measure.timed(lambda: office.database.execute_sql(BARE).fetchall()) for _time in range(11)
            )
            tries = {
                "everybody's of a year": lambda: status.read(year, "ADMIN"),
                "everybody's of a month": lambda: status.read(month, "ADMIN"),
                "one operator's of a year": lambda: status.read(own, "ADMIN"),
                "the rows of a number": lambda: status_rows.read(year, Chosen("event", (7, "late")), "ADMIN"),
                "open work of one operator": lambda: to_reroute.find("OP3", "ADMIN"),
            }  # fmt: skip
            told = []
            for name, what in tries.items():
                times = [measure.worked(what) for _time in range(11)]
                told.append(measure.figure_of(name, times, TIMES.get(name, 1) * floor, floor))
        office.close()
    return measure.show("follow_ups", told, engine=engine, follow_ups=count)


if __name__ == "__main__":
    asked = sys.argv[1:]
    numbers = [int(each.replace("_", "")) for each in asked if each[:1].isdigit()]
    sys.exit(main("postgresql" if "postgresql" in asked else "sqlite", (numbers or [FOLLOW_UPS])[0]))
