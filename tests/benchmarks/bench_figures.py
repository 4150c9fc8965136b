"""The figures of an office that has called a million times within a year: a month of it, the year, the rows of a cell.

`python -m tests.benchmarks.bench_figures [postgresql] [CALLS]`: by hand, it takes some minutes.
"""

from __future__ import annotations

import random
import sys
from datetime import date, datetime, timedelta
from typing import Any

from channergy_crm import clock
from channergy_crm.records import Lead
from channergy_crm.records.operators import Operator
from channergy_crm.services import figure_rows, figures, goals, useful
from channergy_crm.services.chosen import Chosen
from channergy_crm.services.figures import EVERYBODY, Asked
from channergy_crm.store import database
from channergy_crm.work import bulk, unit
from tests.benchmarks import measure
from tests.benchmarks.bench_history import made

NOW = datetime(2026, 11, 23, 15)
CALLS, LEADS = 1_000_000, 100_000
LIMIT = 300.0
"""milliseconds that were promised"""
CODES = [("N", 0), ("N", 0), ("B", 0), ("A", 0), ("CALLBK", 1), ("NI", 1), ("WP", 1), ("SALE", 1)]
ZONES = ["America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles", ""]
COLUMNS = ("LeadNo", "OperatorID", "Direction", "StartDt", "Seconds", "IsMeasured", "CallCode", "IsReached", "ListName",
           "TimeZone")  # fmt: skip


def fill(url: str, calls: int) -> Any:
    """Twelve operators call on working days from eight to six."""
    office = database.open_database(url)
    many = bulk.Many(Lead)
    row = many.row({"description": "Wants a price list", "last_name": "Kessler", "owner": "ADMIN"})
    with unit("Import", by="ADMIN") as done:
        for number in range(12):
            Operator.create(id=f"OP{number}", name=f"Operator {number}")
        many.insert(done, [row] * LEADS, bulk.reserve(Lead, LEADS))
    dice = random.Random(2026)
    flag = bool if office.engine == "postgresql" else int
    with database.writing():
        for start in range(0, calls, 20_000):
            count = min(20_000, calls - start)
            with office.database.atomic():
                database.insert_many("CRMCalls", COLUMNS, [_call(dice, place / calls, flag)
                                                           for place in range(start, start + count)])  # fmt: skip
            print(f"{start + count:,} calls", file=sys.stderr)
    if office.engine == "postgresql":
        _vacuum(office)
    office.database.execute_sql("ANALYZE")
    return office


def _vacuum(office: Any) -> None:
    """A server does so by itself within a minute."""
    import psycopg

    with psycopg.connect(office.address(), autocommit=True) as line:
        line.execute('VACUUM ANALYZE "CRMCalls"')


def _call(dice: random.Random, share: float, flag: Any) -> tuple[object, ...]:
    day = NOW - timedelta(days=int(365 * (1 - share)))
    at = day.replace(hour=dice.randrange(8, 18), minute=dice.randrange(60), second=dice.randrange(60))
    code, reached = dice.choice(CODES)
    return (dice.randrange(1, LEADS), f"OP{dice.randrange(12)}", "outgoing", str(at), dice.randrange(600),
            flag(dice.random() < 0.5), code, flag(reached), dice.choice(["Fair", "Spring", ""]),
            dice.choice(ZONES))  # fmt: skip


def main(engine: str, calls: int) -> int:
    """Measure each of them five times."""
    month = Asked(date(2026, 10, 24), date(2026, 11, 23), EVERYBODY)
    year = Asked(date(2025, 11, 1), date(2026, 11, 30), EVERYBODY)
    mine = Asked(month.first, month.last, "OP3", "Fair")
    with made(engine) as url:
        office = fill(url, calls)
        with clock.fixed(NOW):
            tries = {
                "a month": lambda: figures.read(month, "ADMIN"),
                "a month of one operator and list": lambda: figures.read(mine, "ADMIN"),
                "the whole year": lambda: figures.read(year, "ADMIN"),
                "rows of an hour, a month": lambda: figure_rows.read(month, Chosen("cell", (2, 11)), "ADMIN"),
                "rows of an hour, the year": lambda: figure_rows.read(year, Chosen("cell", (2, 11)), "ADMIN"),
                "goals of today": lambda: goals.today("OP3"),
                "something to do": lambda: useful.groups("ADMIN"),
            }
            told = [measure.figure(name, measure.median(measure.timed(what) for _time in range(5)), LIMIT, 0.0)
                    for name, what in tries.items()]  # fmt: skip
        office.close()
    return measure.show("figures", told, engine=engine, calls=calls)


if __name__ == "__main__":
    asked = sys.argv[1:]
    numbers = [int(each.replace("_", "")) for each in asked if each[:1].isdigit()]
    sys.exit(main("postgresql" if "postgresql" in asked else "sqlite", (numbers or [CALLS])[0]))
