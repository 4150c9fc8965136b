"""What it costs to write the calendar file of 1,000 reminders, beside building as many bare events; and to look whether
it says something else, with 1,000,000 leads in the office that stand in no calendar.

Run it: python -m tests.benchmarks.bench_calendar [leads] [sqlite|postgresql]
"""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar, Event

from channergy_crm import work
from channergy_crm.records import Task
from channergy_crm.services import office as office_settings
from channergy_crm.services import operators
from channergy_crm.settings import TIME_ZONE, Station
from channergy_crm.store import database
from channergy_crm.transfer.calendars import feed
from tests.benchmarks import measure
from tests.benchmarks.bench_due import fill
from tests.benchmarks.bench_queue import offices

EVENTS, EACH = 1_000, 7
MOST_TIMES, QUIET_MS = 2.5, 150.0
"""so many times a bare build the whole file may take; and how long a look may, after which nothing is written"""
FIRST = date(2026, 12, 1)


def main(leads: int, engine: str) -> int:
    """Fill an office, write the file again and again, then only look."""
    with offices(engine) as url, TemporaryDirectory() as folder:
        here = database.open_database(url)
        operators.add("ANN", "Ann Lee", "ADMIN")
        office_settings.choose(TIME_ZONE, "Europe/Berlin", "ADMIN")
        fill(leads, "DATE" if engine == "postgresql" else "TEXT")
        with work.unit("Tasks", by="ADMIN"):
            for number in range(EVENTS):
                day = FIRST + timedelta(days=number % 300)
                Task.create(action=f"Ring number {number}", owner="ADMIN", is_crm=True, in_calendar=True,
                            reminder_date=day, reminder_time=time(9, 30), notes="What was said " * 5)  # fmt: skip
        bare(), feed.write("ADMIN", Path(folder) / "warm.ics")
        floors = [measure.timed(bare) for _ in range(EACH)]
        whole = [measure.timed(lambda: feed.write("ADMIN", Path(folder) / "feed.ics")) for _ in range(EACH)]
        station = Station(Path(folder) / "station.json")
        station.set(feed.folder_of(here, "ADMIN"), folder)
        keeper = feed.Keeper(here, station)
        keeper.keep("ADMIN")
        quiet = [measure.timed(lambda: keeper.keep("ADMIN")) for _ in range(EACH)]
        here.close()
    floor = measure.median(floors)
    figures = [
        measure.figure("1,000 events written", measure.median(whole), floor * MOST_TIMES, floor, engine=engine),
        measure.figure("looked, nothing to write", measure.median(quiet), QUIET_MS, floor, engine=engine),
    ]
    return measure.show("calendar", figures)


def bare() -> bytes:
    """As many events, with nothing around them."""
    whole, zone = Calendar(), ZoneInfo("Europe/Berlin")
    stamp = datetime(2026, 11, 27, tzinfo=UTC)
    for number in range(EVENTS):
        event, alarm = Event(), Alarm()
        start = datetime.combine(FIRST + timedelta(days=number % 300), time(9, 30), zone)
        parts = (("uid", f"CustServ-{number}@office"), ("dtstamp", stamp), ("sequence", 0), ("dtstart", start),
                 ("summary", f"Ring number {number}"), ("description", "What was said " * 5))  # fmt: skip
        for name, value in parts:
            event.add(name, value)
        for name, value in (("action", "DISPLAY"), ("description", "Ring"), ("trigger", timedelta())):
            alarm.add(name, value)
        event.add_component(alarm)
        whole.add_component(event)
    return whole.to_ical()


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000, sys.argv[2] if len(sys.argv) > 2 else "sqlite"))
