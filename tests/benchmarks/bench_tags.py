"""A million leads with 100,000 taggings: the first rows of a list asked for a tag, beside those of the list without it,
and beside what the bare driver needs for the first rows of that; the cloud; a tag put on 10,000 leads (BX-40).

Run it: python -m tests.benchmarks.bench_tags [rounds] [a file to work on, instead of a copy of the usual office]
"""

from __future__ import annotations

import sqlite3
import statistics
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from channergy_crm.query.listing import Listing, ListQuery
from channergy_crm.records import Lead, Tagging
from channergy_crm.services import tags
from channergy_crm.store import database
from tests.benchmarks import office

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

LEADS = 1_000_000
WORN = {"everywhere": 60_000, "often": 25_000, "now and then": 10_000, "seldom": 4_980, "hardly": 20}
ENOUGH = 30.0
"""milliseconds of work until the first rows of one tag; without it an index gives them in the order of the list"""
BY = office.ANN
COLUMNS = ("last_name", "first_name", "company", "phone", "call_code", "reminder_date", "description")
ORDER = [("reminder_date", False)]


@contextmanager
def worked_on(path: str) -> Iterator[Path]:
    """The file named, or a copy of the usual office, with the tags on it."""
    if path:
        yield Path(path)
        return
    with office.copied(one_owner=True, leads=LEADS) as held:
        yield held


def put_on() -> None:
    """100,000 taggings, spread over all leads."""
    if Tagging.select().exists():
        return
    keys = list(Lead.select(Lead.number).order_by(Lead.number).scalars())
    for place, (name, count) in enumerate(WORN.items()):
        step = len(keys) // count
        began = time.process_time()
        tags.put_on(Lead, keys[place * 7 :: step][:count], name, BY)
        print(f"put on {count:>7,} leads: {time.process_time() - began:6.1f} s")


def median(what: Callable[[], object], rounds: int) -> float:
    """Milliseconds of work; what others do on the machine meanwhile does not count."""
    what()
    found = []
    for _round in range(rounds):
        began = time.process_time()
        what()
        found.append((time.process_time() - began) * 1000)
    return statistics.median(found)


def main(rounds: int, path: str) -> int:
    """Say it; 1 where a list with a tag takes too long."""
    with worked_on(path) as file:
        opened = database.open_database(f"sqlite:///{file}")
        put_on()
        own = (Lead.owner == BY) & Lead.listed() & Lead.working()
        listing, worst = Listing(opened.list_reader()), 0.0
        plain = ListQuery(Lead, COLUMNS, own, "", ORDER, by=BY)
        sql, params = plain.ordered(plain.select(Lead.number, *plain.sources())).limit(200).sql()
        bare = sqlite3.connect(file)
        floor = median(lambda: bare.execute(sql, params).fetchall(), rounds)
        without = median(lambda: listing.first(plain), rounds)
        print(f"{'first rows, bare sqlite3, no tag':<42}{floor:8.1f} ms")
        print(f"{'first rows, no tag':<42}{without:8.1f} ms  {without / floor:5.2f} x bare")
        for text in (*(f'tag:"{name}"' for name in WORN), "tag:", "-tag:everywhere", "tag:often tag:everywhere"):
            asked = ListQuery(Lead, COLUMNS, own, text, ORDER, by=BY)
            took = median(lambda asked=asked: listing.first(asked), rounds)  # type: ignore[misc]
            worst = max(worst, took) if text.count("tag:") == 1 else worst
            beside = f"{took / without:5.2f} x without, {took / floor:5.2f} x bare"
            print(f"{f'first rows, {text}':<42}{took:8.1f} ms  {beside}")
        print(f"{'the cloud':<42}{median(lambda: tags.cloud(BY), rounds):8.1f} ms")
        shown = ListQuery(Lead, (*COLUMNS, "tags"), own, "", ORDER, by=BY)
        print(f"{'first rows, with the column Tags':<42}{median(lambda: listing.first(shown), rounds):8.1f} ms")
        listing.close()
        opened.close()
    print(f"one tag: at most {worst:.1f} ms; {ENOUGH} allowed")
    return int(worst > ENOUGH)


if __name__ == "__main__":
    given = sys.argv[1:]
    sys.exit(main(int(given[0]) if given else 7, given[1] if len(given) > 1 else ""))
