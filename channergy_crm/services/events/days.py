"""A day that comes near or has passed, once or every year, and how long a deal has stood in a stage.

Every year: the 29th of February is kept on the 28th where a year has none.
"""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from typing import TYPE_CHECKING

import peewee

from channergy_crm.records import Opportunity, lookups
from channergy_crm.services.events.about import Sql, day_of, floor, length, said, within
from channergy_crm.services.events.triggers import record_of
from channergy_crm.store import database

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from channergy_crm.records.events import Event

YEAR = 366
LEAP = "02-29"


def watched(event: Event) -> Sql:
    """The field with the day."""
    return Opportunity.stage_since if event.trigger == "in_stage" else record_of(event).kind(event.field)


def edge(event: Event, today: date) -> date:
    """The last of the days that count on this day."""
    return length(event, today, -1 if event.trigger == "in_stage" else 1)


def falls_under(event: Event, now: datetime) -> Sql:
    """The condition for the records whose day is near, or has passed, now."""
    today = now.date()
    if event.yearly:
        return on_days(watched(event), _near(event, today))
    last = edge(event, today)
    if _comes(event):
        return within(watched(event), today, last)
    return _filled(event) & within(watched(event), date.min, last)


def came(event: Event, begin: date, now: datetime) -> Sql:
    """The condition for those whose day has come since, the day it `begins` excluded; None where no day has passed.

    Where the clock was set back, it is for those whose day comes near once more: what was written while it was ahead.
    """
    if begin > now.date():
        return _once_more(event, now)
    after, last = edge(event, begin), edge(event, now.date())
    if after >= last:
        return None
    if event.yearly:
        return on_days(watched(event), days_between(after, last))
    return _filled(event) & within(watched(event), after + timedelta(days=1), last)


def _once_more(event: Event, now: datetime) -> Sql:
    least = floor(event, now)
    if not _comes(event) or (least is not None and event.yearly):
        return None
    near = falls_under(event, now)
    return near if least is None else near & (watched(event) > edge(event, least))


def counts(event: Event, now: datetime) -> Sql:
    """The condition for those that count though nothing but the field itself has changed."""
    least = floor(event, now)
    if least is None or event.yearly or _comes(event):
        return falls_under(event, now)
    return falls_under(event, now) & (watched(event) > edge(event, least))


def occurrence(event: Event, day: object, stage: str, begin: date, now: datetime) -> str | None:
    """Which time it was; None for a day before the record's own first one."""
    if event.trigger == "in_stage":
        return f"{stage[:48]}@{said(day)}"
    if not event.yearly:
        return said(day)
    first = date.fromisoformat(said(day))
    days = _near(event, now.date()) + days_between(edge(event, begin), edge(event, now.date()))
    years = [each.year for each in days if kept_on(first, each.year) == each and each.year >= first.year]
    return str(max(years)) if years else None


def on_days(kind: Sql, days: Iterable[date]) -> Sql:
    """The condition for the records that keep one of these days every year."""
    names = {f"{day:%m-%d}" for day in days}
    if "02-28" in names and any(not calendar.isleap(day.year) for day in days if (day.month, day.day) == (2, 28)):
        names.add(LEAP)
    if database.on_server():
        return peewee.fn.TO_CHAR(kind, "MM-DD").in_(sorted(names))
    return peewee.Cast(peewee.fn.SUBSTR(kind, 6, 5), "TEXT").in_(sorted(names))


def days_between(after: date, last: date) -> list[date]:
    """The days behind the first up to the last; of more than a year the latest."""
    count = min((last - after).days, YEAR)
    return [last - timedelta(days=number) for number in range(count)]


def shown(event: Event) -> Sql:
    """The day as it is read out of the store."""
    return day_of(watched(event))


def _near(event: Event, today: date) -> list[date]:
    last = edge(event, today)
    return days_between(today - timedelta(days=1), last) if _comes(event) else [last]


def _comes(event: Event) -> bool:
    """Whether it is told before the day, and not after it."""
    return event.trigger == "date" and (event.amount or 0) >= 0


def _filled(event: Event) -> Sql:
    if event.trigger != "in_stage":
        return watched(event).is_null(False)
    if not event.value:
        return Opportunity.stage != ""
    return Opportunity.kind("stage").compare("=", event.value, lookups.choices)


def kept_on(first: date, year: int) -> date:
    """The day on which a day is kept in a year."""
    day = 28 if (first.month, first.day) == (2, 29) and not calendar.isleap(year) else first.day
    return date(year, first.month, day)
