"""Importing 100,000 leads with journal, phone keys and time zones, beside bare `csv` and `executemany`.

`python -m tests.benchmarks.bench_import [ROWS] [ROUNDS]` prints JSON: the best round of each, taken in turns.
"""

from __future__ import annotations

import csv
import random
import resource
import sys
import tempfile
import time
from pathlib import Path

from channergy_crm.database import open_database
from channergy_crm.records import Lead
from channergy_crm.transfer.importing import import_leads
from tests.benchmarks import floor
from tests.benchmarks.measure import figure, show
from tests.benchmarks.office import CITIES, FIRST, LAST, NAMED, NOTE, TRADES

ROWS, ROUNDS = 100_000, 3
TIMES_FLOOR, ROWS_PER_SECOND = 8, 6_000
HEADER = "first,last,company,title,phone,email,city,state,notes".split(",")  # noqa: SIM905


def write(path: Path, count: int) -> None:
    """A file of leads, the same at every run."""
    dice = random.Random(7)
    first, last, named, trades = FIRST.split(), LAST.split(), NAMED.split(), TRADES.split()
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        for number in range(count):
            who, name = dice.choice(first), dice.choice(last)
            city, state, _ = dice.choice(CITIES)
            company = f"{dice.choice(named)} {dice.choice(trades)} {number // 3:05d}"
            phone = f"+1{dice.choice(('512', '212', '303'))}{dice.randrange(2_000_000, 9_999_999)}"
            email = f"{who}.{name}.{number}@mail.example".lower()
            writer.writerow([who, name, company, "Buyer", phone, email, city, state, NOTE[:60].strip()])


def ours(table: Path, path: Path, count: int) -> float:
    """The seconds our import needs into a new office."""
    office = open_database(str(path))
    began = time.perf_counter()
    outcome = import_leads(table, operator="ADMIN")
    seconds = time.perf_counter() - began
    zones = Lead.select().where(Lead.time_zone != "").count()
    office.close()
    assert outcome.taken == count
    assert zones > count * 0.9
    return seconds


def bare(table: Path, path: Path) -> float:
    """The seconds the bare driver needs into a new office."""
    open_database(str(path)).close()
    return floor.import_leads(table, path)


def main() -> int:
    """Take turns, and print the best of each."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else ROUNDS
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        table = folder / "leads.csv"
        write(table, count)
        least, taken = [], []
        for number in range(rounds):
            least.append(bare(table, folder / f"bare{number}.db"))
            taken.append(ours(table, folder / f"ours{number}.db", count))
            for used in folder.glob("*.db*"):
                used.unlink()
    best, fastest = min(taken), min(least)
    limit = min(TIMES_FLOOR * fastest, count / ROWS_PER_SECOND)
    return show(
        "import", [figure(f"import {count:,} leads", best * 1000, limit * 1000, fastest * 1000,
                          rows_per_second=round(count / best), floor_rows_per_second=round(count / fastest))],
        peak_megabytes=round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        seconds=[round(each, 2) for each in taken], floor_seconds=[round(each, 2) for each in least],
    )  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
