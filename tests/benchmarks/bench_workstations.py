"""Many workstations, each a process of its own, work in one office at once: nothing is lost, nobody waits.

They edit the same 200 leads, convert, close and put off reminders, make tasks, import, change many at once and take
back, through the ordinary services and without a window. Each thinks 0.2 to 1 second within every step, between opening
and saving, so that the others come between. The server forces everything to the disk, like an office's own.

Run it: python -m tests.benchmarks.bench_workstations [minutes] [postgresql|sqlite] [count]
For a short one: [--url ADDRESS] fills an empty office that is there, [--steps N] ends after so many, without a thought.
"""

from __future__ import annotations

import argparse
import multiprocessing
import statistics
import sys
import tempfile
import time
from collections import Counter
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from channergy_crm import phones
from channergy_crm.records import Lead
from channergy_crm.services import checking_office
from channergy_crm.store import database
from tests import postgres
from tests.benchmarks import measure, office, proofs
from tests.benchmarks.workstation import Person, Report, Shift, longest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from multiprocessing.connection import Connection
    from multiprocessing.synchronize import Barrier

SHARED = 200
LIMIT, STANDS = 50.0, 15_000.0
"""milliseconds: of a save at the 95th percentile; of anything, at most"""
THOUGHT = (0.2, 1.0)
USUAL = {"postgresql": 20, "sqlite": 4}
LOCKS = "SELECT count(*) FROM pg_locks WHERE NOT granted"
SESSIONS = """SELECT count(*) FROM pg_stat_activity
    WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()"""
DEADLOCKS = "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"


def workstation(url: str, number: int, shift: Shift, together: Barrier, pipe: Connection) -> None:
    """One of them, from opening the office until it goes home."""
    opened = database.open_database(url)
    together.wait()
    pipe.send(Person(number, shift).work())
    opened.close()


def at_work(url: str, count: int, shift: Shift) -> tuple[list[Report], int]:
    """So many at once; what they report, and how many have not come back."""
    forking = multiprocessing.get_context("fork")
    together, people = forking.Barrier(count, timeout=60), []
    for number in range(count):
        hears, says = forking.Pipe(duplex=False)
        person = forking.Process(target=workstation, args=(url, number, shift, together, says))
        person.start()
        says.close()
        people.append((person, hears))
    ends = time.monotonic() + shift.seconds + STANDS / 1000 + 60
    reports = []
    for person, hears in people:
        try:
            if hears.poll(max(0, ends - time.monotonic())):
                reports.append(hears.recv())
        except EOFError:
            pass
        person.join(1 if hears.closed else 5)
        person.kill()
    return reports, count - len(reports)


def shift_for(seconds: float, steps: int, folder: Path) -> Shift:
    """The leads everybody edits, and those that wait to be converted."""
    waiting = Lead.select(Lead.number).where(Lead.listed()).order_by(Lead.number).limit(SHARED + 5_000)
    numbers = list(waiting.scalars())
    shared = numbers[: min(SHARED, len(numbers) // 2)]
    thought = THOUGHT if steps == 0 else (0.0, 0.0)
    return Shift(seconds, steps or 10**9, thought, shared, numbers[len(shared) :], folder)


def left_standing(opened: database.Office) -> dict[str, int]:
    """What waits in the database after everybody has gone home."""
    if opened.engine == "sqlite":
        opened.database.execute_sql("PRAGMA busy_timeout = 0")
        with database.writing(), opened.database.atomic():
            return {"waiting_for_a_lock": 0}
    names = ("waiting_for_a_lock", "sessions_left", "deadlocks_undone_by_the_server")
    held = (opened.database.execute_sql(sql).fetchone()[0] for sql in (LOCKS, SESSIONS, DEADLOCKS))
    return dict(zip(names, held, strict=True))


def joined(times: list[dict[str, list[float]]]) -> dict[str, list[float]]:
    """All times of all of them, by kind."""
    return {
        kind: [ms for each in times for ms in each.get(kind, [])]
        for kind in sorted({k for each in times for k in each})
    }


def percentile(times: list[float], share: int) -> float:
    """So many percent were faster."""
    return (
        round(statistics.quantiles(times, n=100, method="inclusive")[share - 1], 2)
        if len(times) > 1
        else round(max(times, default=0), 2)
    )


def spread(times: list[float]) -> dict[str, float]:
    """How long something took, in milliseconds."""
    return {
        "times": len(times),
        "median": measure.median(times),
        "p95": percentile(times, 95),
        "max": round(max(times), 2),
    }


def in_a_line(told: dict[str, float]) -> str:
    """The same, short."""
    return ", ".join(f"{name} {held}" for name, held in told.items())


def proofs_of(opened: database.Office, reports: list[Report], standing: int) -> tuple[dict[str, Any], dict[str, int]]:
    """What must be empty or nothing, and is not where something was lost."""
    replayed = proofs.replay(opened)
    tokens = [token for report in reports for token in report.tokens]
    return {
        "lost_updates": proofs.missing(tokens), "torn_entries": replayed.torn,
        "rows_unlike_the_journal": replayed.unlike, "half_converted": proofs.half_converted(),
        "workers_left_standing": standing,
        "findings": [finding.sentence for finding in checking_office.check(opened).wrong],
        "bugs": [bug for report in reports for bug in report.bugs], **left_standing(opened),
    }, {"tokens": len(tokens), "journal_entries": replayed.entries}  # fmt: skip


def main() -> int:
    """Let them work, look at what they left, and print."""
    asked = arguments()
    with in_office(asked) as url, tempfile.TemporaryDirectory() as folder:
        opened = database.open_database(url)
        shift = shift_for(asked.minutes * 60, asked.steps, Path(folder))
        phones.time_zone("+15122000000", "US")  # read once for all of them
        opened.close()
        began = time.monotonic()
        reports, standing = at_work(url, asked.count, shift)
        seconds = time.monotonic() - began
        opened = database.open_database(url)
        wrong, counted = proofs_of(opened, reports, standing)
        opened.close()
    saves = joined([report.saves for report in reports])
    every = [ms for times in saves.values() for ms in times]
    most = max(map(longest, reports), default=0.0)
    figures = [
        measure.figure("a save, p95", percentile(every, 95), LIMIT, 0.0, **spread(every)),
        measure.figure("the longest wait for anything", most, STANDS, 0.0),
    ]
    told = sum((report.told for report in reports), Counter())
    sound = not any(wrong.values())
    kinds = {**saves, **joined([report.many for report in reports])}
    code = measure.show(
        "workstations", figures, engine=opened.engine, workstations=asked.count, seconds=round(seconds), sound=sound,
        steps=sum(report.steps for report in reports), clashes_settled=sum(report.settled for report in reports),
        **counted, **{name: found[:20] if isinstance(found, list) else found for name, found in wrong.items()},
        told_to_the_user=dict(told.most_common()),
        kinds={kind: in_a_line(spread(times)) for kind, times in kinds.items()},
    )  # fmt: skip
    return code if sound else 1


@contextmanager
def in_office(asked: argparse.Namespace) -> Iterator[str]:
    """The office they work in, by its address."""
    if asked.url:
        office.build(asked.url, leads=80, accounts=10, tasks=10)
        yield asked.url
    elif asked.engine == "postgresql":
        with office.on_postgres(leads=asked.leads, options=postgres.CAREFUL) as url:
            yield url
    else:
        with office.copied(leads=asked.leads) as url:
            yield url


def arguments() -> argparse.Namespace:
    """What is asked for."""
    parser = argparse.ArgumentParser()
    parser.add_argument("minutes", type=float, nargs="?", default=10.0)
    parser.add_argument("engine", nargs="?", default="postgresql", choices=list(USUAL))
    parser.add_argument("count", type=int, nargs="?")
    parser.add_argument("--leads", type=int, default=office.LEADS)
    parser.add_argument("--steps", type=int, default=0)
    parser.add_argument("--url", default="")
    asked = parser.parse_args()
    asked.count = asked.count or USUAL[asked.engine]
    return asked


if __name__ == "__main__":
    sys.exit(main())
