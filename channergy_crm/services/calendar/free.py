"""When everybody has time: what is free for all of some operators at once, within the hours of the office."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, NamedTuple

from channergy_crm import clock
from channergy_crm.records.guests import NO
from channergy_crm.records.preferences import Absence
from channergy_crm.services import calling_hours, due, rights
from channergy_crm.services.calendar import entries, whose
from channergy_crm.services.calling_hours import Why
from channergy_crm.text.activities import CALL, MEETING, TASK

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from channergy_crm.services.calendar.entries import Entry

WEEKS, QUARTER, EACH_DAY = 4, 15, 3
"""weeks that are looked through; minutes at which something begins; what is offered of one day at most"""
HOURS = timedelta(hours=8)
"""how long the office works where nobody says when it closes"""
NOON = time(12)
Span = tuple[datetime, datetime]


class Gap(NamedTuple):
    """Time that is free: on which day, from when, until when."""

    day: date
    at: time
    until: time


def free(
    owners: Sequence[str], first: date, last: date, minutes: int, by: str, begins: time | None = None,
    ends: time | None = None,
) -> list[Gap]:  # fmt: skip
    """The gaps of at least so many minutes from now on in which none of them has a call, a meeting or anything else
    that lasts, Saturdays, Sundays and holidays left out, and the days on which one of them is away.

    `begins` and `ends` are the hours of the office; without them its day begins as it is set and has eight hours.
    """
    rights.require(by, "see")
    begins = begins or due.day_begins(by)
    ends = ends or min(datetime.combine(first, begins) + HOURS, datetime.combine(first, time(23, 59))).time()
    known = whose.seen_of(owners, by) or [by]
    now, busy, away = clock.now(), _busy(known, first, last, by), _away(known, first, last)
    found: list[Span] = []
    for day in _working_days(first, last):
        if not any(start <= day <= end for start, end in away):
            opens = max(datetime.combine(day, begins), now if day == now.date() else datetime.combine(day, begins))
            found += _gaps(busy, (opens, datetime.combine(day, ends)), timedelta(minutes=minutes))
    return [Gap(start.date(), start.time(), end.time()) for start, end in found if end > now]


def next_free(owners: Sequence[str], first: date, minutes: int, by: str, count: int) -> list[Gap]:
    """The next times of so many minutes that all of them have, from that day on, within four weeks: some of each day,
    at full hours and quarters.
    """
    rights.require(by, "see")
    found: list[Gap] = []
    begun = max(first, clock.today())
    for week in range(WEEKS):
        monday = begun + timedelta(days=7 * week)
        gaps = free(owners, monday, monday + timedelta(days=6), minutes, by)
        for day in dict.fromkeys(gap.day for gap in gaps):
            begins = [each for gap in gaps if gap.day == day for each in _beginnings(gap, minutes)]
            found += [Gap(day, each.time(), (each + timedelta(minutes=minutes)).time()) for each in begins[:EACH_DAY]]
        if len(found) >= count:
            break
    return found[:count]


def not_known(owners: Sequence[str], by: str) -> list[str]:
    """Those of these whose calendar this one may not look into: whether they have time is not known."""
    rights.require(by, "see")
    known = whose.seen_of(owners, by)
    return [each for each in dict.fromkeys(owners) if each not in known and each != by]


def _beginnings(gap: Gap, minutes: int) -> Iterator[datetime]:
    """When something of this length may begin in a gap, one after the other."""
    begins = datetime.combine(gap.day, gap.at.replace(second=0, microsecond=0))
    over = begins.minute % QUARTER
    begins += timedelta(minutes=QUARTER - over if over else 0)
    if begins < datetime.combine(gap.day, gap.at):
        begins += timedelta(minutes=QUARTER)
    step = timedelta(minutes=max(minutes, 2 * QUARTER))
    while begins + timedelta(minutes=minutes) <= datetime.combine(gap.day, gap.until):
        yield begins
        begins += step


def _working_days(first: date, last: date) -> Iterator[date]:
    home = calling_hours.at_home()
    for ahead in range((last - max(first, clock.today())).days + 1):
        day = max(first, clock.today()) + timedelta(days=ahead)
        shut = calling_hours.closed(home, datetime.combine(day, NOON))
        if day.weekday() < 5 and (shut is None or shut.why is not Why.HOLIDAY):
            yield day


def _busy(owners: Sequence[str], first: date, last: date, by: str) -> list[Span]:
    """When one of them has something, the earliest first."""
    held = entries.between(first, last, owners, by)
    return sorted((entry.begins, entry.ends) for entry in held if _takes_time(entry))


def _takes_time(entry: Entry) -> bool:
    """A call that is due takes no time before it is made, unless somebody has said how long it takes; nor does what
    none of those who are invited come to.
    """
    if entry.guest and all(answer == NO for _who, answer in entry.answers):
        return False
    if entry.state == "done" or (entry.at is None and not entry.minutes):
        return False
    return entry.minutes > 0 or entry.kind in (CALL, MEETING) or entry.kind != TASK


def _away(owners: Sequence[str], first: date, last: date) -> list[tuple[date, date]]:
    there = Absence.operator.in_(list(owners)) & (Absence.first <= last) & (Absence.last >= first)
    return [(each.first, each.last) for each in Absence.select().where(there) if each.first and each.last]


def _gaps(busy: Sequence[Span], day: Span, wanted: timedelta) -> Iterator[Span]:
    free_from, closes = day
    for start, end in busy:
        if end <= free_from or start >= closes:
            continue
        if start - free_from >= wanted:
            yield free_from, start
        free_from = max(free_from, end)
    if closes - free_from >= wanted:
        yield free_from, closes
