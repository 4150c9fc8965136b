"""Importing 100,000 leads with matching, journal, phone keys and time zones, beside bare `csv` and `executemany`.

`python -m tests.benchmarks.bench_import [ROWS] [ROUNDS] [HELD]` prints JSON: the best round of each, taken in turns,
into an empty office and into one of HELD leads; and how long rejecting takes beside importing.
"""

from __future__ import annotations

import csv
import random
import resource
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from channergy_crm.records import Lead
from channergy_crm.services import imports
from channergy_crm.store.database import open_database
from channergy_crm.transfer.importing.run import import_leads
from tests.benchmarks import floor
from tests.benchmarks.measure import figure, show
from tests.benchmarks.office import CITIES, FIRST, LAST, NAMED, NOTE, TRADES

ROWS, ROUNDS, HELD = 100_000, 3, 1_000_000
TIMES_FLOOR, ROWS_PER_SECOND = 8, 6_000
HEADER = "first,last,company,title,phone,email,city,state,notes".split(",")  # noqa: SIM905


def write(path: Path, count: int, seed: int = 7) -> None:
    """A file of leads, the same at every run."""
    dice = random.Random(seed)
    first, last, named, trades = FIRST.split(), LAST.split(), NAMED.split(), TRADES.split()
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        for number in range(count):
            who, name = dice.choice(first), dice.choice(last)
            city, state, _ = dice.choice(CITIES)
            company = f"{dice.choice(named)} {dice.choice(trades)} {number // 3:05d}"
            phone = f"+1{dice.choice(('512', '212', '303'))}{dice.randrange(2_000_000, 9_999_999)}"
            email = f"{who}.{name}.{number}@mail{seed}.example".lower()
            writer.writerow([who, name, company, "Buyer", phone, email, city, state, NOTE[:60].strip()])


def ours(table: Path, path: Path, count: int) -> tuple[float, float]:
    """The seconds our import needs into an office, and those its rejection needs."""
    office = open_database(str(path))
    held = Lead.select().count()
    began = time.perf_counter()
    outcome = import_leads(table, operator="ADMIN")
    imported = time.perf_counter()
    imports.reject(outcome.run)
    rejected = time.perf_counter()
    left = Lead.select().count()
    office.close()
    assert (outcome.taken, left) == (count, held)
    return imported - began, rejected - imported


def office_of(folder: Path, held: int) -> Path:
    """An office with so many leads, closed."""
    path, table = folder / f"office{held}.db", folder / "held.csv"
    write(table, held, seed=8)
    office = open_database(str(path))
    if held:
        import_leads(table, operator="ADMIN")
    office.close()
    return path


def measured(folder: Path, table: Path, count: int, rounds: int, held: int) -> list[dict[str, Any]]:
    """Take turns, and the best of each."""
    base, copy = office_of(folder, held), folder / "copy.db"
    least, taken, back = [], [], []
    for _ in range(rounds):
        shutil.copyfile(base, copy)
        least.append(floor.import_leads(table, copy))
        shutil.copyfile(base, copy)
        seconds, rejecting = ours(table, copy, count)
        taken.append(seconds)
        back.append(rejecting)
        for used in folder.glob("copy.db*"):
            used.unlink()
    best, fastest = min(taken), min(least)
    limit = min(TIMES_FLOOR * fastest, count / ROWS_PER_SECOND)
    where = f"into {held:,}"
    return [
        figure(f"import {count:,} leads {where}", best * 1000, limit * 1000, fastest * 1000,
               rows_per_second=round(count / best), floor_rows_per_second=round(count / fastest)),
        figure(f"reject {count:,} leads {where}", min(back) * 1000, best * 1000, fastest * 1000),
    ]  # fmt: skip


def main() -> int:
    """An empty office, and one that is full."""
    given = [int(word) for word in sys.argv[1:]]
    count, rounds, held = (*given, *(ROWS, ROUNDS, HELD)[len(given) :])
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        table = folder / "leads.csv"
        write(table, count)
        figures = [each for size in (0, held) for each in measured(folder, table, count, rounds, size)]
    peak = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    return show("import", figures, peak_megabytes=peak)


if __name__ == "__main__":
    sys.exit(main())
