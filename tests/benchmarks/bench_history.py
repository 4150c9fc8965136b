"""The journal of an office that has worked for years: a million units; history, audit trail, Removed and pruning.

`python -m tests.benchmarks.bench_history [postgresql] [UNITS]`: by hand, it takes some minutes.
"""

from __future__ import annotations

import json
import random
import sys
import tempfile
import time
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from channergy_crm.records import Contact, Customer, Lead
from channergy_crm.services import audit, history, pruning, removed, saving
from channergy_crm.services.audit import Asked
from channergy_crm.store import database
from channergy_crm.work import bulk, unit
from tests import postgres
from tests.benchmarks import measure

if TYPE_CHECKING:
    from collections.abc import Iterator

NOW = datetime(2026, 11, 23, 10)
UNITS, LEADS, GONE = 1_000_000, 100_000, 50_000
FIRST_ROWS, WHOLE, ONE_RECORD, STEP = 150.0, 1_000.0, 50.0, 150.0
"""milliseconds that were promised; a step of pruning keeps others waiting"""
WHO = ["ADMIN", "ANN", "BEN"]


@contextmanager
def made(engine: str) -> Iterator[str]:
    """An empty office."""
    if engine == "postgresql":
        with postgres.running() as cluster, cluster.database("template0") as url:
            yield url
        return
    with tempfile.TemporaryDirectory(prefix="channergy-history-") as folder:
        yield f"sqlite:///{Path(folder) / 'office.db'}"


def fill(url: str, units: int) -> Any:
    """Leads that were changed about ten times each over three years, and contacts that were deleted."""
    office = database.open_database(url)
    many = bulk.Many(Lead)
    row = many.row({"description": "Wants a price list", "last_name": "Kessler", "owner": "ADMIN"})
    with unit("Import {count} leads", by="ADMIN", count=LEADS) as done:
        many.insert(done, [row] * LEADS, bulk.reserve(Lead, LEADS))
    dice, begin = random.Random(2026), datetime(2023, 11, 23)
    step = (NOW - begin) / units
    columns = ("Name", "Parameters", "OperatorID", "DoneDt", "Kind")
    changes = ("UnitNo", "TableName", "RecordNo", "Verb", "Before", "After")
    with database.writing():
        for start in range(0, units, 20_000):
            count = min(20_000, units - start)
            with office.database.atomic():
                database.insert_many("CRMUnits", columns, [
                    ("Delete {name}" if place % 20 == 0 else "Save {record} {name}",
                     json.dumps({"record": {"noun": "lead"}, "name": f"Kessler{place % 5_000}"}),
                     dice.choice(WHO), str(begin + step * place)[:19], "do")
                    for place in range(start, start + count)
                ])  # fmt: skip
                database.insert_many(
                    "CRMChanges", changes, [_change(dice, place) for place in range(start, start + count)]
                )
            print(f"{start + count:,} units", file=sys.stderr)
    office.database.execute_sql("ANALYZE")
    return office


def _change(dice: random.Random, place: int) -> tuple[object, ...]:
    number = place + 2  # the import came first
    if place % 20 == 0:
        held = {"customer": 1, "last_name": "Gone", "first_name": "Long", "notes": "x" * 200}
        return number, Contact._meta.table_name, str(10**6 + place), "delete", json.dumps(held), None
    before, after = {"title": "Owner", "phone": "504-621-8927"}, {"title": "Buyer", "phone": "504-621-8928"}
    key = str(dice.randrange(1, LEADS + 1))
    return number, Lead._meta.table_name, key, "update", json.dumps(before), json.dumps(after)


def ask(office: Any) -> Iterator[tuple[str, float, list[float]]]:
    """What somebody looks at, and how long it takes."""
    last = date(2024, 6, 3)
    asked = {
        "audit trail": Asked(), "by who": Asked(who="BEN"), "by record type": Asked(table="CRMLeads"),
        "by a rare type": Asked(table=Customer._meta.table_name), "by day": Asked(first=last, last=last),
        "by a year": Asked(first=date(2024, 1, 1), last=date(2024, 12, 31)), "by a word": Asked(words="kessler77"),
        "by words of the action": Asked(words="delete"),
    }  # fmt: skip
    audit.trail(Asked(words="x"), "ADMIN", limit=1)
    nowhere = [measure.timed(lambda: audit.trail(Asked(words="nobody"), "ADMIN")) for _turn in range(3)]
    yield "looked through for a word that is nowhere", WHOLE, nowhere
    for name, each in asked.items():
        yield name, FIRST_ROWS, [measure.timed(lambda each=each: audit.trail(each, "ADMIN")) for _turn in range(5)]
    keys = range(1, 50)
    yield (
        "history of a lead",
        ONE_RECORD,
        [measure.timed(lambda key=key: history.of([(Lead, key)], "ADMIN")) for key in keys],
    )
    yield "Removed", FIRST_ROWS, [measure.timed(lambda: removed.items(Asked(), "ADMIN")) for _turn in range(3)]


def prune(office: Any) -> tuple[list[float], float, Any]:
    """How long each step kept others waiting, how long all of it took, and what went."""
    steps: list[float] = []
    began = at = time.perf_counter()

    def tell(_step: int) -> None:
        nonlocal at
        now = time.perf_counter()
        steps.append((now - at) * 1000)
        at = now

    done = pruning.prune(NOW, tell=tell)
    return steps, time.perf_counter() - began, done


def main(engine: str, units: int) -> int:
    """Measure and print."""
    with made(engine) as url:
        office = fill(url, units)
        figures = [measure.figure(name, measure.median(times), limit, 0.0, worst=round(max(times), 1))
                   for name, limit, times in ask(office)]  # fmt: skip
        steps, seconds, done = prune(office)
        figures.append(
            measure.figure("a step of pruning", measure.median(steps), STEP, 0.0, worst=round(max(steps), 1))
        )
        lead = Lead.find(1)
        assert lead is not None
        lead.title = "Owner"
        figures.append(
            measure.figure("saving a lead afterwards", measure.timed(lambda: saving.save(lead, "ADMIN")), 50, 0)
        )
        again = measure.timed(lambda: pruning.prune(NOW))
        office.close()
    return measure.show("history", figures, engine=engine, units=units, pruning_s=round(seconds, 1), steps=len(steps),
                        pruned=done._asdict(), pruning_again_ms=round(again))  # fmt: skip


if __name__ == "__main__":
    numbers = [int(word) for word in sys.argv[1:] if word.isdigit()]
    sys.exit(main("postgresql" if "postgresql" in sys.argv else "sqlite", numbers[0] if numbers else UNITS))
