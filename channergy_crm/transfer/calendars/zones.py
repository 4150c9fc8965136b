"""The clocks of a place, as calendar files describe them: when they were set forward and back, and by which rule."""

from __future__ import annotations

from calendar import monthrange
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from channergy_crm.language import _

if TYPE_CHECKING:
    from collections.abc import Sequence
    from zoneinfo import ZoneInfo

    from icalendar import Component, Timezone

WEEK, MINUTE = timedelta(days=7), timedelta(minutes=1)
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
LONGEST = 60


class Turn(NamedTuple):
    """The clocks are set: at which moment by the clock before, from which distance to UTC to which."""

    at: datetime
    before: timedelta
    after: timedelta
    name: str


def known(name: str) -> ZoneInfo | None:
    """The zone of this name, such as Europe/Berlin; None where there is none."""
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        return ZoneInfo(name) if name and len(name) <= LONGEST else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def here() -> str:
    """The name of the zone this machine stands in; "" where the system does not say."""
    import tzlocal

    try:
        name: str = tzlocal.get_localzone_name() or ""
    except (LookupError, ValueError, OSError):
        return ""
    return name if known(name) else ""


def problem(name: str | None) -> str | None:
    """A sentence when there is no zone of this name; none at all is that of the workstation."""
    if not name or known(name.strip()):
        return None
    return _("There is no time zone “{name}”. Type one such as Europe/Berlin or America/New_York.").format(name=name)


@lru_cache(maxsize=8)
def turns(zone: ZoneInfo, first: int, last: int) -> tuple[Turn, ...]:
    """Every time the clocks are set in these years, the first and the last included."""
    found = []
    at, end = datetime(first, 1, 1, tzinfo=UTC), datetime(last + 1, 1, 1, tzinfo=UTC)
    while at < end:
        if _distance(at, zone) != _distance(at + WEEK, zone):
            found.append(_turn(at, zone))
        at += WEEK
    return tuple(found)


def _distance(at: datetime, zone: ZoneInfo) -> timedelta:
    return at.astimezone(zone).utcoffset() or timedelta()


def _turn(start: datetime, zone: ZoneInfo) -> Turn:
    """The minute within the week after `start`."""
    before, low, high = _distance(start, zone), start, start + WEEK
    while high - low > MINUTE:
        middle = (low + (high - low) / 2).replace(second=0, microsecond=0)
        low, high = (middle, high) if _distance(middle, zone) == before else (low, middle)
    return Turn(
        (high + before).replace(tzinfo=None), before, _distance(high, zone), high.astimezone(zone).tzname() or ""
    )


def described(name: str, zone: ZoneInfo, first: int, last: int) -> Timezone:
    """The zone as a part of a calendar file, good for these years; for all later ones too where a rule holds."""
    from icalendar import Timezone

    whole = Timezone()
    whole.add("tzid", name)
    held = turns(zone, first, last)
    begins = datetime(first, 1, 1)
    if not held or held[0].at.year > first:
        at = _distance(begins.replace(tzinfo=UTC), zone)
        whole.add_component(
            _part([Turn(begins, at, at, begins.replace(tzinfo=zone).tzname() or name)], last, plain=True)
        )
    kinds = dict.fromkeys((turn.before, turn.after, turn.name) for turn in held)
    for kind in kinds:
        whole.add_component(_part([turn for turn in held if turn[1:] == kind], last))
    return whole


def _part(same: Sequence[Turn], last: int, *, plain: bool = False) -> Component:
    from icalendar import TimezoneDaylight, TimezoneStandard, vRecur

    first = same[0]
    part = TimezoneDaylight() if first.after > first.before else TimezoneStandard()
    part.add("dtstart", first.at)
    part.add("tzoffsetfrom", first.before)
    part.add("tzoffsetto", first.after)
    part.add("tzname", first.name)
    rule = "" if plain else _rule(same, last)
    if rule:
        part.add("rrule", vRecur.from_ical(rule))
    else:
        for turn in same[1:]:
            part.add("rdate", turn.at)
    return part


def _rule(same: Sequence[Turn], last: int) -> str:
    """The rule that gives these moments, once a year until the last year; "" where there is none."""
    first, years = same[0].at, [turn.at.year for turn in same]
    if years != list(range(years[0], last + 1)) or len(years) < 2:
        return ""
    for place in (lambda day: -1 if _is_last(day) else 0, lambda day: (day.day - 1) // 7 + 1):
        places = {(turn.at.month, place(turn.at), turn.at.weekday(), turn.at.time()) for turn in same}
        month, which, _weekday, _at = next(iter(places))
        if len(places) == 1 and which:
            return f"FREQ=YEARLY;BYMONTH={month};BYDAY={which}{DAYS[first.weekday()]}"
    return ""


def _is_last(day: datetime) -> bool:
    return day.day + 7 > monthrange(day.year, day.month)[1]
