"""What it costs to look whether reminders are due, among 1,000,000 leads; 10,000 come up at once, none twice.

Run it: python -m tests.benchmarks.bench_due [leads] [sqlite|postgresql]
"""

from __future__ import annotations

import sys
from datetime import datetime, timedelta

from channergy_crm import clock
from channergy_crm.records.shown_reminders import ShownRow
from channergy_crm.services import due, operators
from channergy_crm.store import database
from tests.benchmarks import measure
from tests.benchmarks.bench_queue import offices

LIMIT = 20.0
AT_ONCE, EACH = 10_000, 10
NOW = datetime(2026, 10, 25, 1, 0)
# One lead of every ten belongs to ADMIN; of those 10,000 are due between one and four in the night the clocks change.
FILL = """INSERT INTO "CRMLeads" ("Description", "FirstName", "LastName", "Phone", "OwnerOperatorID", "ReminderDt",
        "ReminderTime", "RowVersion", "SearchText", "LastNameFolded", "CompanyFolded")
    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {leads})
    SELECT 'Call about the offer', 'Ann', 'Lee ' || i, '512-555-0162',
        CASE MOD(i, 10) WHEN 0 THEN 'ADMIN' ELSE 'ANN' END,
        CAST(CASE WHEN MOD(i, 10) = 0 AND i / 10 <= {due} THEN '2026-10-25'
            WHEN MOD(i, 3) = 0 THEN '2027-01-02' END AS {day}),
        CASE WHEN MOD(i, 10) = 0 AND i / 10 <= {due} THEN '0' || CAST(1 + MOD(i / 10, 3) AS INTEGER)
            || ':' || SUBSTR(CAST(100 + CAST(MOD(i / 30, 60) AS INTEGER) AS TEXT), 2) END,
        1, 'ann lee', 'lee', '' FROM n"""


def main(leads: int, engine: str) -> int:
    """Fill an office, let them come up, and look on while nothing is due."""
    with offices(engine) as url:
        office = database.open_database(url)
        operators.add("ANN", "Ann Lee", "ADMIN")
        fill(leads, "DATE" if engine == "postgresql" else "TEXT")
        quiet = [looked(NOW - timedelta(hours=1)) for _ in range(EACH)]
        new, windows = 0, ("here", "there")
        # To three, back to two, then asleep until six; a second program looks as well.
        for place, minutes in enumerate([*range(0, 120, 7), *range(60, 120, 5), 300, 301]):
            with clock.fixed(NOW + timedelta(minutes=minutes)):
                new += due.come("ADMIN", windows[place % 2]).new
        shown = ShownRow.select().count()
        after = [looked(NOW + timedelta(hours=6)) for _ in range(EACH)]
        office.close()
    print(f"came up: {new:,}; written down: {shown:,}")
    figures = [
        measure.figure("looking while nothing is due", measure.median(quiet), LIMIT, 0.0, engine=engine),
        measure.figure("looking while 10,000 stand there", measure.median(after), LIMIT * 5, 0.0, engine=engine),
    ]
    return measure.show("due", figures) or int(not new == shown == AT_ONCE)


def fill(leads: int, day: str) -> None:
    """So many leads; `day` is what the engine calls a day."""
    with database.writing():
        database.proxy.execute_sql(FILL.format(leads=int(leads), due=AT_ONCE, day=day))
    database.proxy.execute_sql('ANALYZE "CRMLeads"')


def looked(moment: datetime) -> float:
    """Milliseconds for one look."""
    with clock.fixed(moment):
        return measure.timed(lambda: due.come("ADMIN", "here"))


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000, sys.argv[2] if len(sys.argv) > 2 else "sqlite"))
