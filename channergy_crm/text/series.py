"""The days of what comes again: by a rule as calendars write it, until it ends, without the days that are left out.

A rule may end: `FREQ=WEEKLY;UNTIL=20261224` with a day, `FREQ=DAILY;COUNT=5` after so many, the first one counted.
Everything here is about days; the hour is what hangs on the office's wall, before and after the clocks are set.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from channergy_crm.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

LATEST = date(2126, 1, 1)
"""what first comes again in a hundred years does not come again"""
_ENDS = pattern(r"(?P<rule>.*?)(?:;UNTIL=(?P<until>\d{8})|;COUNT=(?P<count>[1-9]\d{0,2}))?", re.ASCII)
_AFTER = pattern(r"AFTER=(\d+)([DWMY])", re.ASCII)
_STEP = pattern(r"FREQ=(DAILY|WEEKLY)(?:.*;INTERVAL=(\d+))?", re.ASCII)


class Ends(NamedTuple):
    """When a series ends: with this day, or after so many; neither where it goes on."""

    until: date | None = None
    times: int = 0


def apart(rule: str) -> tuple[str, Ends]:
    """A rule without its end, and its end."""
    found = _ENDS.fullmatch(rule)
    if found is None or (found["until"] and not _is_day(found["until"])):
        return rule, Ends()
    until = date.fromisoformat(found["until"]) if found["until"] else None
    return found["rule"], Ends(until, int(found["count"] or 0))


def _is_day(figures: str) -> bool:
    try:
        return date.fromisoformat(figures) > date.min
    except ValueError:
        return False


def joined(rule: str, ends: Ends) -> str:
    """The rule with this end."""
    if ends.until is not None:
        return f"{rule};UNTIL={ends.until:%Y%m%d}"
    return f"{rule};COUNT={ends.times}" if ends.times else rule


def is_by_rule(rule: str) -> bool:
    """Whether its days are known before any of them is done."""
    return rule.startswith("FREQ=")


def days(rule: str, begun: date, since: date | None = None) -> Iterator[date]:
    """The days of a series in their order, `begun` being its first one, until it ends, which it may never do.

    With `since`, days before it may be passed over, so that nobody counts through the years of a long one.
    """
    if since is None or since <= begun:
        yield begun
    if not is_by_rule(rule):
        return
    plain, (until, count) = apart(rule)
    start = begun if count or since is None else _nearer(plain, begun, since)
    after = (day for day in _by_rule(plain, start, begun) if day > begun)
    for day in islice(after, count - 1) if count else after:
        if until is not None and day > until:
            return
        yield day


def _by_rule(plain: str, start: date, begun: date) -> Iterator[date]:
    from dateutil.rrule import rrulestr

    turns = rrulestr(with_last_days(plain, begun), dtstart=datetime.combine(start, time()))
    return (turn.date() for turn in turns)


def _nearer(plain: str, begun: date, since: date) -> date:
    """A day from which the same days are counted: whole turns later, and still before the one that is asked for."""
    step = _STEP.match(plain)
    if step is None:
        return begun
    length = int(step[2] or 1) * (7 if step[1] == "WEEKLY" else 1)
    whole = (since - begun).days // length - 1
    return begun + timedelta(days=whole * length) if whole > 0 else begun


@lru_cache(maxsize=4_096)
def _between(rule: str, begun: date, first: date, last: date) -> tuple[date, ...]:
    found = []
    for day in days(rule, begun, first):
        if day > last:
            break
        if first <= day and day > begun:
            found.append(day)
    return tuple(found)


def coming(rule: str, begun: date, first: date, last: date, but: Collection[date] = ()) -> list[date]:
    """The days from `first` to `last` on which it comes again after `begun`, without those that are left out."""
    return [day for day in _between(rule, begun, max(first, begun), last) if day not in but]


def following(rule: str, planned: date, today: date, but: Collection[date] = ()) -> tuple[date, str] | None:
    """The day of the next one, when the one that was planned for `planned` is done today, and the rule by which it goes
    on from there; None where it has ended.

    By a rule the next day of it after that one that has not gone by and is not left out; so long after it was done,
    counted from today. It stays as the rule says, also on a weekend. The last day stands for a day that a month does
    not have.
    """
    if found := _AFTER.fullmatch(rule):
        return _later(today, int(found[1]), found[2]), rule
    return on_or_after(rule, planned, max(today, planned + timedelta(days=1)), but)


def on_or_after(rule: str, begun: date, day: date, but: Collection[date] = ()) -> tuple[date, str] | None:
    """The first day of a series from that one on that is not left out, and the rule by which it goes on from there;
    None where it has ended by then.
    """
    plain, ends = apart(rule)
    for passed, each in enumerate(days(rule, begun, None if ends.times else day)):
        if each > LATEST:
            return None
        if each >= day and each not in but:
            return each, joined(plain, ends._replace(times=ends.times - passed if ends.times else 0))
    return None


def _later(today: date, count: int, unit: str) -> date:
    if unit in "DW":
        return today + timedelta(days=count * (7 if unit == "W" else 1))
    from dateutil.relativedelta import relativedelta

    then: date = today + (relativedelta(months=count) if unit == "M" else relativedelta(years=count))
    return then


def next_day(rule: str, planned: date, today: date) -> date:
    """The day of the next one; `ValueError` where no day comes."""
    found = following(rule, planned, today)
    if found is None:
        raise ValueError(rule)
    return found[0]


def ending_before(rule: str, day: date) -> str:
    """The same series, with nothing of it on that day or later."""
    return joined(apart(rule)[0], Ends(day - timedelta(days=1)))


def going_on(rule: str, begun: date, day: date) -> str:
    """The rule of what is left of a series from one of its days on."""
    plain, ends = apart(rule)
    if not ends.times:
        return rule
    passed = sum(1 for _each in _until(days(rule, begun), day))
    return joined(plain, Ends(times=max(1, ends.times - passed)))


def _until(found: Iterable[date], day: date) -> Iterator[date]:
    for each in found:
        if each >= day:
            return
        yield each


def falls_on(rule: str, day: date) -> bool:
    """Whether a rule that is counted from this day on gives that very day first."""
    return next(_by_rule(apart(rule)[0], day, day), None) == day


def with_last_days(rule: str, planned: date) -> str:
    """A rule as calendars understand it: the 31st is the last day where a month has no 31st."""
    rule, ends = apart(rule)
    if "BY" not in rule and planned.day >= 29:
        those = ",".join(str(day) for day in range(28, planned.day + 1))
        if rule.startswith("FREQ=MONTHLY"):
            rule = f"{rule};BYMONTHDAY={those};BYSETPOS=-1"
        elif rule.startswith("FREQ=YEARLY") and planned.month == 2:
            rule = f"{rule};BYMONTH=2;BYMONTHDAY=28,29;BYSETPOS=-1"
    return joined(rule, ends)


@lru_cache(maxsize=1_024)
def left_out(held: str) -> frozenset[date]:
    """The days that are left out of a series, as they are kept: "2026-12-01,2026-12-08"."""
    return frozenset(date.fromisoformat(day) for day in held.split(",") if day)


def kept(those: Iterable[date]) -> str:
    """Days as they are kept."""
    return ",".join(day.isoformat() for day in sorted(set(those)))
