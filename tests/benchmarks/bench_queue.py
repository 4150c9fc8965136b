"""Several operators, each a process of its own, call through one list: nobody is called twice, nobody is left over.

Run it: python -m tests.benchmarks.bench_queue [leads] [operators] [sqlite|postgresql] [seconds of a call]

Without the last figure nobody pauses: the hardest test of who gets whom, on as many cores as there are. With one, such
as 1.0, every call takes that long, which is still far shorter than people talk.
"""

from __future__ import annotations

import datetime as dt
import multiprocessing
import statistics
import sys
import tempfile
import threading
import time
from collections import Counter
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from channergy_crm import clock
from channergy_crm.records import CallingHours, Lead
from channergy_crm.records.call_log import DialRow
from channergy_crm.services import calls, leads, queue
from channergy_crm.services.calling_round import Feed, Round
from channergy_crm.services.calls import Call
from channergy_crm.store import database
from tests import postgres
from tests.benchmarks import measure

if TYPE_CHECKING:
    from collections.abc import Iterator
    from multiprocessing.connection import Connection
    from multiprocessing.synchronize import Barrier

LIMIT = 50.0
"""milliseconds until the next one is there, at the 95th percentile, while all the others ask too"""
BY = "ADMIN"


def operator(url: str, number: int, keys: list[int], talk: float, together: Barrier, pipe: Connection) -> None:
    """One of them: takes, calls, notes, gives back, until nobody is left."""
    opened = database.open_database(url)
    together.wait()
    called, waits = [], []
    calling = Round([Feed("All", keys)], BY, f"window {number}", clock.now())
    while True:
        began = time.perf_counter()
        taken = calling.take()
        if taken is None:
            break
        waits.append((time.perf_counter() - began) * 1000)
        lead = taken[0]
        called.append(lead.number)
        threading.Event().wait(talk)  # somebody is on the line
        with database.writing():
            DialRow.insert(key=f"+1{lead.number:010}", dialed=clock.now(), by=BY, lead=lead.number).execute()
        calls.write_call(lead, Call("N", next_try=datetime.now() + timedelta(days=1)), BY)
        queue.release(BY, calling.holder, lead.number)
    pipe.send((called, waits))
    opened.close()


@contextmanager
def offices(engine: str) -> Iterator[str]:
    """The address of an empty office."""
    if engine == "postgresql":
        with postgres.running() as cluster, cluster.database("template0") as url:
            yield url
        return
    with tempfile.TemporaryDirectory() as folder:
        yield f"sqlite:///{Path(folder) / 'office.db'}"


def around_the_clock() -> None:
    """Whenever this is run, people may be called."""
    with database.writing():
        CallingHours.update(days="1234567", begins=dt.time(0), ends=dt.time(23, 59)).execute()


def filled(url: str, count: int) -> list[int]:
    """So many leads with numbers, of everybody."""
    opened = database.open_database(url)
    around_the_clock()
    keys = []
    for place in range(count):
        values: dict[str, Any] = {"description": f"Lead {place}", "phone": f"212-555-{place:04}"}
        keys.append(int(leads.create(values, BY).number))
    opened.close()
    return keys


def main(count: int, operators: int, engine: str, talk: float) -> int:
    """Measure and print."""
    with offices(engine) as url:
        keys = filled(url, count)
        forking = multiprocessing.get_context("fork")
        together, people = forking.Barrier(operators, timeout=60), []
        for number in range(operators):
            hears, says = forking.Pipe(duplex=False)
            person = forking.Process(target=operator, args=(url, number, keys, talk, together, says))
            person.start()
            says.close()
            people.append((person, hears))
        found = [hears.recv() for _person, hears in people]
        for person, _hears in people:
            person.join()
        called = Counter(key for theirs, _waits in found for key in theirs)
        assert called, "nobody was called at all"
        waits = sorted(wait for _theirs, theirs in found for wait in theirs)
        opened = database.open_database(url)
        left_over = Lead.select().where(Lead.call_date.is_null()).count()
        opened.close()
    twice = sum(times - 1 for times in called.values())
    figures = [
        measure.figure("the next one, p95", waits[int(len(waits) * 0.95)], LIMIT, 0.0),
        measure.figure("called twice", float(twice), 0.0, 0.0),
        measure.figure("left over", float(left_over), 0.0, 0.0),
    ]
    each = [len(theirs) for theirs, _waits in found]
    return measure.show(
        "queue", figures, engine=engine, leads=count, operators=operators, calls_of_each=each, seconds_of_a_call=talk,
        median_ms=round(statistics.median(waits), 2), longest_ms=round(waits[-1], 1),
    )  # fmt: skip


if __name__ == "__main__":
    numbers = [int(word) for word in sys.argv[1:] if word.isdigit()]
    wanted = "sqlite" if "sqlite" in sys.argv else "postgresql"
    seconds = next((float(word) for word in sys.argv[1:] if "." in word), 0.0)
    sys.exit(main(*(numbers + [5000, 8][len(numbers) :])[:2], wanted, seconds))
