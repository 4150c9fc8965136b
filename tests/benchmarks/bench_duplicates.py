"""Who looks alike among many leads: the whole list, and while somebody types.

`python -m tests.benchmarks.bench_duplicates [TIMES]` prints JSON. The office has 100,000 leads, TIMES as many when
asked; the floor is the bare driver reading the same columns.
"""

from __future__ import annotations

import sqlite3
import sys
from typing import TYPE_CHECKING, Any

from channergy_crm.records import Lead
from channergy_crm.services import leads
from channergy_crm.services.duplicates import groups, look_alikes
from channergy_crm.store import database
from tests.benchmarks import office
from tests.benchmarks.bench_search import many_times, p95
from tests.benchmarks.measure import figure, show, timed

if TYPE_CHECKING:
    from channergy_crm.store.reader import Reader

READ = 'SELECT "PhoneE164", "OtherPhoneE164", "Email", "FirstName", "LastName", "Company" FROM "CRMLeads"'
WHOLE_MS, TYPING_MS = 15_000, 300
ROUNDS = 10


def typed(reader: Reader, **values: Any) -> list[look_alikes.Match]:
    """Who looks like a new lead with these values."""
    return look_alikes.like(reader, Lead, look_alikes.asked(leads.start(office.ANN), values), office.ANN)


def main() -> int:
    """The whole list once; every kind of typing many times."""
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 1
    with office.copied() as url:
        if times > 1:
            many_times(url, times)
        held = database.open_database(url)
        reader = held.reader()
        bare = sqlite3.connect(str(held.path))
        floor = timed(lambda: bare.execute(READ).fetchall())
        found: list[groups.Group] = []
        whole = timed(lambda: found.extend(groups.groups(reader, Lead, "ADMIN")))
        figures = [figure("whole list", whole, WHOLE_MS * times, floor, groups=len(found))]
        some = Lead.get_by_id(5_000)
        for name, values in {
            "phone": {"phone": some.phone},
            "e-mail": {"email": some.email},
            "name and company": {
                "first_name": some.first_name, "last_name": f"{some.last_name}x", "company": some.company,
            },
        }.items():  # fmt: skip
            taken = [timed(lambda values=values: typed(reader, **values)) for _ in range(ROUNDS)]
            figures.append(figure(f"typing: {name}", p95(taken), TYPING_MS, floor))
        bare.close()
        reader.close()
        held.close()
    return show("duplicates", figures, leads=100_000 * times)


if __name__ == "__main__":
    sys.exit(main())
