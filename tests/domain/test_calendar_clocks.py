"""Times in calendar files: on the office's wall, across the changes of its clocks, and by rules (SI-31).

What is written is read back by other libraries than the one that writes it.
"""

from __future__ import annotations

from datetime import date, datetime, time
from itertools import product
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import vobject
from dateutil import rrule, tz

from channergy_crm.transfer.calendars import zones
from channergy_crm.transfer.calendars.writing import Event, Wall, written

DAY = date(2026, 12, 1)
BERLIN, NEW_YORK = Wall("Europe/Berlin", time(9)), Wall("America/New_York", time(9))


def one(event: Event, wall: Wall = BERLIN) -> tuple[Any, str]:
    """A file of one event as another library reads it, and as it is written."""
    said = written([event], "", wall)
    return vobject.readOne(said), said


def plain(day: date = DAY, at: time | None = time(9, 30), rule: str = "", planned: date | None = None) -> Event:
    """An event of which nothing but its time matters."""
    return Event("CustServ-1@x", 0, "Ring", "", day, at, rule, planned)


@pytest.mark.parametrize("wall", [BERLIN, NEW_YORK], ids=lambda wall: wall.zone)
def test_si31_a_time_is_what_hangs_on_the_wall_on_both_sides_of_both_changes(wall: Wall) -> None:
    """The zone in the file is read alone, as by a program that knows no zones."""
    for month, day in product(range(1, 13), (1, 8, 28)):
        moment = datetime(2026, month, day, 23, 59)
        whole, said = one(plain(moment.date(), moment.time()), wall)
        alone = tz.tzical(Unread(said)).get(wall.zone)
        assert moment.replace(tzinfo=alone).utcoffset() == moment.replace(tzinfo=ZoneInfo(wall.zone)).utcoffset()
        assert whole.vevent.dtstart.value.replace(tzinfo=None) == moment


class Unread:
    """A file that a library reads as one."""

    def __init__(self, said: str) -> None:
        self._said = said

    def read(self) -> str:
        return self._said


@pytest.mark.parametrize(
    ("wall", "hour_before", "hour_after"),
    [(BERLIN, datetime(2026, 3, 29, 1, 59), datetime(2026, 3, 29, 3, 1)),
     (BERLIN, datetime(2026, 10, 25, 1, 59), datetime(2026, 10, 25, 3, 1)),
     (NEW_YORK, datetime(2026, 3, 8, 1, 59), datetime(2026, 3, 8, 3, 1)),
     (NEW_YORK, datetime(2026, 11, 1, 0, 59), datetime(2026, 11, 1, 2, 1))],
)  # fmt: skip
def test_si31_the_night_of_a_change_is_right_to_the_minute(
    wall: Wall, hour_before: datetime, hour_after: datetime
) -> None:
    alone = tz.tzical(Unread(written([plain(hour_before.date())], "", wall))).get(wall.zone)
    for moment in (hour_before, hour_after):
        assert moment.replace(tzinfo=alone).utcoffset() == moment.replace(tzinfo=ZoneInfo(wall.zone)).utcoffset()
    assert hour_before.replace(tzinfo=alone).utcoffset() != hour_after.replace(tzinfo=alone).utcoffset()


def test_si31_a_zone_without_a_rule_names_every_change_and_one_without_changes_none() -> None:
    (morocco,) = [zones.described("Africa/Casablanca", ZoneInfo("Africa/Casablanca"), 2026, 2030)]
    assert b"RDATE" in morocco.to_ical() and b"RRULE" not in morocco.to_ical()
    india = zones.described("Asia/Kolkata", ZoneInfo("Asia/Kolkata"), 2026, 2030).to_ical()
    assert india.count(b"BEGIN:STANDARD") == 1 and b"+0530" in india


@pytest.mark.parametrize(
    ("day", "rule", "then"),
    [(date(2026, 1, 31), "FREQ=MONTHLY", [(1, 31), (2, 28), (3, 31), (4, 30)]),
     (date(2026, 1, 30), "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", [(1, 30), (2, 27), (3, 31), (4, 30)])],
)  # fmt: skip
def test_si31_the_last_day_is_the_last_day_in_short_months(day: date, rule: str, then: list[tuple[int, int]]) -> None:
    whole, _said = one(plain(day, time(9), rule))
    turns = rrule.rrulestr(whole.vevent.rrule.value, dtstart=datetime.combine(day, time(9)))
    assert [(turn.month, turn.day) for turn in turns[:4]] == then


def test_si31_one_that_was_put_off_is_the_only_one_on_another_day() -> None:
    whole, _said = one(plain(date(2026, 12, 3), time(9), "FREQ=WEEKLY", date(2026, 12, 1)))
    series, single = whole.vevent_list
    assert series.dtstart.value.date() == date(2026, 12, 1) and series.rrule.value == "FREQ=WEEKLY"
    assert single.recurrence_id.value.date() == date(2026, 12, 1) and single.dtstart.value.date() == date(2026, 12, 3)


@pytest.mark.parametrize("rule", ["AFTER=14D", "FREQ=WEEKLY;BYDAY=MO"])
def test_si31_what_no_calendar_can_count_stands_once(rule: str) -> None:
    """So long after it was done; or from a day on that is none of the rule."""
    whole, _said = one(plain(DAY, time(9), rule))
    assert not hasattr(whole.vevent, "rrule")


def test_si31_without_a_known_zone_the_time_is_what_any_wall_shows() -> None:
    whole, said = one(plain(), Wall("", time(9)))
    assert whole.vevent.dtstart.value.tzinfo is None and "VTIMEZONE" not in said


def test_si31_a_zone_that_is_none_is_told() -> None:
    assert zones.problem("Europe/Berlin") is zones.problem("") is None
    assert "There is no time zone “Berlin”" in str(zones.problem("Berlin"))
    assert "no time zone" in str(zones.problem("../../etc/passwd"))
