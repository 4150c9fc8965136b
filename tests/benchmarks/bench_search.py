"""Looking for words and digits among many leads: the box over everything and the filter of the list.

`python -m tests.benchmarks.bench_search [TIMES]` prints JSON. The office has 100,000 leads, TIMES as many when asked;
the floor is the bare driver going through the same rows with LIKE.
"""

from __future__ import annotations

import sqlite3
import sys
from typing import TYPE_CHECKING, Any

from channergy_crm.query.listing import Listing, ListQuery
from channergy_crm.records import Lead
from channergy_crm.services import global_search
from channergy_crm.store import database
from tests.benchmarks import office
from tests.benchmarks.measure import figure, show, timed

if TYPE_CHECKING:
    from channergy_crm.store.reader import Reader

WORDS = {
    "up to 1,000 hits": (60, ["thistle dental 55", "kofi hausler wil", "juniper bakery 12", "nakagawa@lantern"]),
    "a fifth of all": (500, ["price list", "call about", "austin", "wil"]),
    "digits of a phone": (60, ["5551", "39737", "4748", "2123 44"]),
}
ROUNDS = 20
SCAN = 'SELECT COUNT(*) FROM "CRMLeads" WHERE "SearchText" LIKE \'%hausler%\''
COPY = """INSERT INTO "CRMLeads" ({columns}) SELECT {values} FROM "CRMLeads" WHERE "LeadNo" <= 100000"""


def many_times(url: str, times: int) -> None:
    """As many leads once more, with other phone numbers."""
    held = database.open_database(url)
    names = [field.column_name for field in Lead._meta.sorted_fields]
    with database.writing(), held.database.atomic():
        for number in range(1, times):
            values = {name: f'"{name}"' for name in names}
            values["LeadNo"] = f'"LeadNo" + {100_000 * number}'
            other = "printf('%010d', abs(random()) % 10000000000)"
            values["SearchText"] = f'replace("SearchText", "PhoneDigits", {other})'
            columns = ", ".join(f'"{name}"' for name in names)
            held.database.execute_sql(
                COPY.format(columns=columns, values=", ".join(values.values()))
            )  # sql: our columns
    held.close()


def p95(times: list[float]) -> float:
    """What nineteen of twenty stay below."""
    return sorted(times)[int(len(times) * 0.95) - 1]


def first_found(reader: Reader, word: str) -> list[global_search.Group]:
    """What the box shows first."""
    return next(iter(global_search.find(reader, word, office.ANN)))


def listed(listing: Listing, word: str) -> Any:
    """The first rows of ANN's leads with that filter."""
    return listing.first(
        ListQuery(Lead, ["last_name", "company"], Lead.owner == office.ANN, word, [("last_name", False)])
    )


def main() -> int:
    """Take every word many times."""
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 1
    figures = []
    with office.copied() as url:
        if times > 1:
            many_times(url, times)
        held = database.open_database(url)
        reader, listing = held.reader(), Listing(held.reader())
        bare = sqlite3.connect(str(held.path))
        floor = timed(
            lambda: bare.execute('SELECT COUNT(*) FROM "CRMLeads" WHERE "SearchText" LIKE \'%hausler%\'').fetchone()
        )
        for name, (limit, words) in WORDS.items():
            taken = [timed(lambda word=word: first_found(reader, word)) for _ in range(ROUNDS) for word in words]
            figures.append(figure(f"box: {name}", p95(taken), limit, floor))
            taken = [timed(lambda word=word: listed(listing, word)) for _ in range(3) for word in words]
            figures.append(figure(f"list: {name}", p95(taken), 500, floor))
        bare.close()
        reader.close()
        listing.close()
        held.close()
    return show("search", figures, leads=100_000 * times)


if __name__ == "__main__":
    sys.exit(main())
