"""The figures of ten thousand deals that have come a long way: all of them, those of a year, the deals behind a bar.

`python -m tests.benchmarks.bench_pipeline [postgresql] [DEALS]`. The floor is the store itself, summing
them up by month.
"""

from __future__ import annotations

import random
import sys
from datetime import date, datetime, timedelta
from typing import Any

from channergy_crm import clock, work
from channergy_crm.records import Account, Operator
from channergy_crm.services import pipeline, pipeline_rows
from channergy_crm.services.chosen import Chosen
from channergy_crm.services.figures import EVERYBODY
from channergy_crm.services.pipeline_deals import Asked
from channergy_crm.store import database
from tests.benchmarks import measure
from tests.benchmarks.bench_history import made

NOW = datetime(2026, 11, 23, 15)
DEALS = 10_000
LIMIT = 200.0
"""milliseconds that were promised"""
COLUMNS = ("Name", "CRMAccountNo", "OwnerOperatorID", "LeadSource", "Stage", "Amount", "Probability", "ActualAmount",
           "CloseDt1", "CloseDt2", "StageDt", "CreateDt", "StagePath", "LostWonReason")  # fmt: skip
BARE = """SELECT SUBSTR(CAST(COALESCE("CloseDt2", "CloseDt1") AS TEXT), 1, 7), COUNT(*),
    SUM(CASE WHEN "Stage" IN ('Prospect', 'Offer') THEN "Amount" ELSE 0 END),
    SUM(CASE WHEN "Stage" IN ('Prospect', 'Offer') THEN "Amount" * "Probability" ELSE 0 END),
    SUM(CASE WHEN "Stage" = 'Order' THEN "ActualAmount" ELSE 0 END) FROM "CRMOpportunities" GROUP BY 1"""


def fill(url: str, deals: int) -> Any:
    """Twelve operators have sold for two years."""
    office = database.open_database(url)
    with work.unit("Make", by="ADMIN"):
        for number in range(12):
            Operator.create(id=f"OP{number}", name=f"Operator {number}")
        account = Account.create(name="Acme", owner="ADMIN").number
    dice = random.Random(2026)
    with database.writing(), office.database.atomic():
        database.insert_many("CRMOpportunities", COLUMNS, [_deal(dice, account) for _deal_ in range(deals)])
    office.database.execute_sql("ANALYZE")
    return office


def _deal(dice: random.Random, account: int) -> tuple[object, ...]:
    begun = NOW.date() - timedelta(days=dice.randrange(700))
    ways = (("Prospect",), ("Prospect", "Offer"), ("Prospect", "Offer", "Order"), ("Prospect", "Offer", "Lost"))
    day, path = begun, []
    for stage in (way := dice.choice(ways)):
        path.append(f"{stage}@{day}")
        day += timedelta(days=dice.randrange(40))
    amount = dice.randrange(10**7)
    ended = len(way) == 3
    return ("A deal", account, f"OP{dice.randrange(12)}", dice.choice(["Web Site", "Trade Show", ""]), way[-1], amount,
            dice.choice([20, 50, 80]), amount if way[-1] == "Order" else None, str(day), str(day) if ended else None,
            path[-1].partition("@")[2], str(begun), "|".join(path),
            dice.choice(["price", "time", ""]) if way[-1] == "Lost" else "")  # fmt: skip


def main(engine: str, deals: int) -> int:
    """Measure each of them eleven times."""
    every, year = Asked(EVERYBODY), Asked(EVERYBODY, date(2026, 1, 1), date(2026, 12, 31))
    month = date(2026, 12, 1)
    with made(engine) as url:
        office = fill(url, deals)
        with clock.fixed(NOW):
            floor = measure.median(
                measure.timed(lambda: office.database.execute_sql(BARE).fetchall()) for _time in range(11)
            )
            tries = {
                "every deal": lambda: pipeline.read(every, "ADMIN"),
                "the deals of a year": lambda: pipeline.read(year, "ADMIN"),
                "the rows of a month": lambda: pipeline_rows.read(every, Chosen("month", (month, None)), "ADMIN"),
                "the rows of a stage": lambda: pipeline_rows.read(every, Chosen("came", (1, "Offer")), "ADMIN"),
            }  # fmt: skip
            told = [measure.figure_of(name, [measure.worked(what) for _time in range(11)], LIMIT, floor)
                    for name, what in tries.items()]  # fmt: skip
        office.close()
    return measure.show("pipeline", told, engine=engine, deals=deals)


if __name__ == "__main__":
    asked = sys.argv[1:]
    numbers = [int(each.replace("_", "")) for each in asked if each[:1].isdigit()]
    sys.exit(main("postgresql" if "postgresql" in asked else "sqlite", (numbers or [DEALS])[0]))
