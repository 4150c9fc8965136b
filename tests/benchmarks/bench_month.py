"""A month of 2,000 entries in an office with 100,000 tasks, read for the calendar, beside the bare file that gives the
same rows; and how the file is asked. What is judged is the processor's time: others may be at work on the machine.

Run it: python -m tests.benchmarks.bench_month [tasks] [sqlite|postgresql]
"""

from __future__ import annotations

import random
import sys
from datetime import date, datetime, time, timedelta
from typing import Any

from channergy_crm import clock, work
from channergy_crm.records import Account, Task
from channergy_crm.services import operators
from channergy_crm.services.calendar import entries
from channergy_crm.store import database
from channergy_crm.work import bulk
from tests.benchmarks import measure
from tests.benchmarks.bench_queue import offices

TASKS, MONTH, SERIES, EACH = 100_000, 2_000, 20, 15
LIMIT_MS = 30.0
FIRST, LAST = date(2026, 11, 1), date(2026, 11, 30)
PEOPLE = ("ANN", "BEN", "CY", "DEV", "EVA")
BARE = (
    'SELECT t."CustServNo", t."ReminderDt", t."ReminderTime", t."DurationMinutes", t."ActivityKind", t."Action", '
    't."Place", t."OwnerOperatorID", t."Closed", t."RepeatRule", t."RepeatAnchor", t."RepeatExcept", a."AccountName" '
    'FROM "CustServ" t LEFT JOIN "CRMAccounts" a ON a."CRMAccountNo" = t."CRMAccountNo" '
    "WHERE t.\"OwnerOperatorID\" IN ('ANN', 'BEN') AND t.\"ReminderDt\" BETWEEN '2026-11-01' AND '2026-11-30'"
)
"""what a program would ask that knows of nothing else"""


def main(tasks: int, engine: str) -> int:
    """Fill an office, then look at its month again and again."""
    with offices(engine) as url, clock.fixed(datetime(2026, 11, 23, 10)):
        here = database.open_database(url)
        fill(tasks)
        here.database.execute_sql("ANALYZE")
        found = look()
        asked = database.proxy.obj
        floors, whole, queries = [], [], count(asked, look)
        for _ in range(EACH):
            floors.append(measure.worked(lambda: asked.execute_sql(BARE).fetchall()))  # sql: the same rows, bare
            whole.append(measure.worked(look))
        plan = plans(here) if engine == "sqlite" else []
        here.close()
    took, floor = (measure.median(work for _wall, work in times) for times in (whole, floors))
    wall = measure.median(wall for wall, _work in whole)
    name = f"{len(found):,} entries of a month"
    figure = measure.figure(name, took, LIMIT_MS, floor, engine=engine, queries=queries, wall_ms=wall)
    return measure.show("month", [figure], plan=plan)


def look() -> list[entries.Entry]:
    """The month of two operators."""
    return entries.between(FIRST, LAST, ["ANN", "BEN"], "ANN")


def fill(tasks: int) -> None:
    """Five operators; two of them have 2,000 entries in November, all the others lie elsewhere."""
    dice = random.Random(14)
    for id in PEOPLE:
        operators.add(id, id.title(), "ADMIN")
    with work.unit("Fill", by="ADMIN"):
        accounts = [Account.create(name=f"Firm {number}", owner="ANN").number for number in range(200)]
        many, rows = bulk.Many(Task), []
        for number in range(tasks):
            inside = number < MONTH
            day = FIRST + timedelta(days=number % 30) if inside else date(2021, 1, 1) + timedelta(days=number % 2_000)
            rows.append({
                "action": f"Ring number {number}", "owner": PEOPLE[number % (2 if inside else 5)], "is_crm": True,
                "reminder_date": day, "reminder_time": time(8 + number % 9, 15 * (number % 4)), "minutes": 30,
                "activity": ("call", "meeting", "task")[number % 3], "account": dice.choice(accounts),
                "closed": not inside and number % 20 > 0,
                "repeats": "FREQ=WEEKLY" if inside and number % 100 == 0 else "",
            })  # fmt: skip
        many.insert(work.current(), [many.row(row) for row in rows], bulk.reserve(Task, len(rows)))


def count(asked: Any, what: Any) -> int:
    """How many questions it asks."""
    found, ask = [], asked.execute_sql
    asked.execute_sql = lambda *said, **more: (found.append(said), ask(*said, **more))[1]
    try:
        what()
    finally:
        del asked.execute_sql
    return len(found)


def plans(here: Any) -> list[str]:
    """How the file is asked for the month."""
    found: list[str] = []
    ask = here.database.execute_sql

    def told(sql: str, params: Any = None) -> Any:
        if '"CustServ"' in sql and sql.startswith("SELECT"):
            found.extend(str(row[3]) for row in ask(f"EXPLAIN QUERY PLAN {sql}", params).fetchall())  # sql: told only
        return ask(sql, params)

    here.database.execute_sql = told
    look()
    del here.database.execute_sql
    return found


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else TASKS, sys.argv[2] if len(sys.argv) > 2 else "sqlite"))
