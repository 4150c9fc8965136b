"""Days of series counted here and by an independent library, over both changes of the clocks; and how they are kept."""

from __future__ import annotations

import random
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest
import recurring_ical_events

from channergy_crm.text import repeats, series
from channergy_crm.transfer.calendars.writing import Event, Wall, written

pytestmark = pytest.mark.engines("sqlite")
CHANGES = {
    "Europe/Berlin": (date(2026, 3, 29), date(2026, 10, 25)),
    "America/New_York": (date(2026, 3, 8), date(2026, 11, 1)),
}
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
RULES = 60
"""for each of the two places"""


def drawn(dice: random.Random, day: date) -> str:
    """A rule as people or programs make them, with an end or without."""
    some = ",".join(sorted(dice.sample(DAYS, dice.randrange(1, 4)), key=DAYS.index))
    plain = dice.choice([
        "FREQ=DAILY", f"FREQ=DAILY;INTERVAL={dice.randrange(2, 9)}", "FREQ=WEEKLY",
        f"FREQ=WEEKLY;INTERVAL={dice.randrange(2, 5)}", f"FREQ=WEEKLY;BYDAY={some}",
        f"FREQ=WEEKLY;INTERVAL=2;BYDAY={some}", "FREQ=MONTHLY", repeats.LAST_DAY, repeats.LAST_WORKDAY,
        f"FREQ=MONTHLY;BYDAY={dice.choice((1, 2, 3, -1))}{dice.choice(DAYS)}", "FREQ=MONTHLY;INTERVAL=3", "FREQ=YEARLY",
        f"FREQ=DAILY;BYDAY={some}", "FREQ=YEARLY;BYMONTH=3,10;BYDAY=-1SU",
    ])  # fmt: skip
    until, times = day + timedelta(days=dice.randrange(400)), dice.randrange(1, 60)
    return series.joined(plain, dice.choice([series.Ends(), series.Ends(until), series.Ends(times=times)]))


@pytest.mark.parametrize("zone", CHANGES)
def test_k18_series_fall_on_the_days_and_hours_an_independent_library_says(zone: str) -> None:
    dice = random.Random(f"14 {zone}")
    for number in range(RULES):
        begun = date(2025, 11, 1) + timedelta(days=dice.randrange(360))
        rule, at = drawn(dice, begun), time(dice.choice((0, 1, 2, 3, 9, 23)), dice.choice((0, 30)))
        begun = series.next_day(series.apart(rule)[0], begun - timedelta(days=1), begun)
        soon = series.coming(rule, begun, begun, begun + timedelta(days=60))
        but = frozenset(day for day in soon if dice.random() < 0.1)
        first = dice.choice(CHANGES[zone]) - timedelta(days=dice.randrange(10, 40))
        last = first + timedelta(days=60)
        ours = series.coming(rule, begun, first, last, but)
        ours += [begun] if first <= begun <= last else []
        assert repeats.problem(rule) is None and repeats.read(repeats.words(rule)) == rule
        theirs = theirs_of(Event(str(number), 0, "Ring", "", begun, at, rule, None, left_out=but), zone, first, last)
        assert sorted(datetime.combine(day, at) for day in ours) == theirs, (rule, begun, first)


def theirs_of(event: Event, zone: str, first: date, last: date) -> list[datetime]:
    """What another library reads out of the file we write, on the wall of that place."""
    calendar: Any = icalendar.Calendar.from_ical(written([event], "", Wall(zone, time(9))))
    begins, ends = (datetime.combine(day, time(), ZoneInfo(zone)) for day in (first, last + timedelta(days=1)))
    found = [each["DTSTART"].dt for each in recurring_ical_events.of(calendar).between(begins, ends)]
    return sorted(moment.replace(tzinfo=None) for moment in found if first <= moment.date() <= last)


def test_a_series_of_years_is_not_counted_from_its_beginning() -> None:
    long_ago, far = date(1950, 1, 2), date(2090, 1, 2)
    found = next(series.days("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE", long_ago, far))
    assert far - timedelta(days=29) < found <= far
    assert series.coming("FREQ=WEEKLY", long_ago, far, far + timedelta(days=6)) == [date(2090, 1, 2)]


def test_days_left_out_and_rules_are_kept_as_text() -> None:
    those = [date(2026, 12, 8), date(2026, 12, 1), date(2026, 12, 8)]
    assert series.kept(those) == "2026-12-01,2026-12-08" and series.left_out("2026-12-08") == {date(2026, 12, 8)}
    assert series.ending_before("FREQ=DAILY;COUNT=9", date(2026, 12, 1)) == "FREQ=DAILY;UNTIL=20261130"
    assert series.going_on("FREQ=DAILY;COUNT=9", date(2026, 12, 1), date(2026, 12, 4)) == "FREQ=DAILY;COUNT=6"
