"""Exporting 100,000 leads to CSV, beside bare `csv.writer` over bare `sqlite3` with the same columns in the same run.

`python -m tests.benchmarks.bench_export [ROUNDS]` prints JSON: the best round of each, taken in turns.
"""

from __future__ import annotations

import csv
import resource
import sqlite3
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from channergy_crm.query.listing import ListQuery
from channergy_crm.records import Lead
from channergy_crm.store import database
from channergy_crm.transfer.exporting.run import Wanted, export
from tests.benchmarks.measure import figure, show
from tests.benchmarks.office import copied

if TYPE_CHECKING:
    from collections.abc import Sequence

    from channergy_crm.store.database import Office

ROUNDS = 3
TIMES_FLOOR, SORTED_TIMES_FLOOR, GROWTH_MEGABYTES = 2, 3, 8
FEW = 25_000  # rows that fill what SQLite keeps in memory of its file
LISTED = ["last_name", "first_name", "company", "phone", "call_code", "reminder_date", "description"]


def bare(path: Path, target: Path, names: Sequence[str], order: str = "") -> float:
    """The seconds the bare driver and the bare writer need."""
    columns = ", ".join(f'"{Lead.kind(name).column_name}"' for name in names)
    began = time.perf_counter()
    connection = sqlite3.connect(path)
    with target.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(names)
        sql = f'SELECT {columns} FROM "CRMLeads" ORDER BY {order or "LeadNo"}'
        writer.writerows(connection.execute(sql))  # sql: names of our own columns
    connection.close()
    return time.perf_counter() - began


def ours(office: Office, target: Path, names: Sequence[str], order: Sequence[tuple[str, bool]] = ()) -> float:
    """The seconds our export needs, its line in the log and the wait for the disk with it."""
    began = time.perf_counter()
    export(office, Wanted(ListQuery(Lead, tuple(names), order=order)), target, by="ANN", progress=lambda *_: None)
    return time.perf_counter() - began


def peak() -> float:
    """The most memory this process ever took, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> int:
    """Measure, print, and fail when the limit is passed."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS
    cases = {
        "the list's columns": (LISTED, [], ""),
        "all fields": (list(Lead.kinds()), [], ""),
        "the list's columns, by last name": (LISTED, [("last_name", False)], "LOWER(LastName), LeadNo"),
    }
    figures = []
    with copied() as url, tempfile.TemporaryDirectory(prefix="channergy-benchmark-") as folder:
        office, target = database.open_database(url), Path(folder) / "leads.csv"
        path = office.path
        assert path is not None
        few = ListQuery(Lead, tuple(Lead.kinds()), Lead.number <= FEW)
        export(office, Wanted(few), target, by="ANN")
        before = peak()
        times = {name: [(bare(path, target, names, sql), ours(office, target, names, order)) for _ in range(rounds)]
                 for name, (names, order, sql) in cases.items()}  # fmt: skip
        growth = peak() - before
        office.close()
    for name, pairs in times.items():
        floor, best = (min(column) for column in zip(*pairs, strict=True))
        limit = (SORTED_TIMES_FLOOR if cases[name][1] else TIMES_FLOOR) * floor
        figures.append(figure(f"100,000 leads, {name}", best * 1000, limit * 1000, floor * 1000,
                              rows_per_second=round(100_000 / best)))  # fmt: skip
    steady = {"figure": "memory, megabytes more than for 25,000", "passes": growth <= GROWTH_MEGABYTES,
              "megabytes": round(growth, 1), "limit_megabytes": GROWTH_MEGABYTES}  # fmt: skip
    return show("export", [*figures, steady])


if __name__ == "__main__":
    sys.exit(main())
