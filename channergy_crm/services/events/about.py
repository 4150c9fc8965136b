"""Which records an event is about, and how days and lengths of time are said to either store."""

from __future__ import annotations

import json
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any, TypeVar

import peewee

from channergy_crm.query import conditions
from channergy_crm.records import Opportunity
from channergy_crm.records.events import EventState
from channergy_crm.services.events.triggers import record_of
from channergy_crm.store import database
from channergy_crm.text.periods import moved
from channergy_crm.work import key_field

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from datetime import date

    from channergy_crm.records.events import Event

Sql = Any
"""a condition, an expression or a question, as they are put together of fields"""
Table = Any
"""a record type whose fields are asked for by name"""
K = TypeVar("K")

CHUNK = 5_000
"""numbers of records in one question"""
OPEN_ONLY = frozenset({"no_contact", "no_change", "in_stage"})
"""of deals that have ended nobody expects that anything happens to them"""
NEVER = "0001-01-01"


def meant(event: Event, by: str = "") -> Sql:
    """The condition for the records an event is about: those in working lists that its filter finds.

    “Me” in a filter is whoever wrote the event.
    """
    record = record_of(event)
    found: Sql = key_field(record).is_null(False)
    if (listed := record.listed()) is not None:
        found &= listed
    if record is Opportunity and event.trigger in OPEN_ONLY:
        found &= ~Opportunity.closed
    reader = str(event.__data__.get("written_by") or by)
    typed = conditions.condition(record, event.filter_text or "", reader)
    return found if typed is None else found & typed


def among(event: Event, keys: Collection[object]) -> Iterator[Sql]:
    """The condition for some of them, so many at a time as a question holds."""
    key = key_field(record_of(event))
    for part in chunks(sorted(keys, key=str)):
        yield one_of(key, part)


def chunks(keys: Sequence[K]) -> Iterator[list[K]]:
    """Many numbers, so many at a time as a question holds."""
    for start in range(0, len(keys), CHUNK):
        yield list(keys[start : start + CHUNK])


def one_of(kind: Sql, keys: Iterable[object]) -> Sql:
    """The condition for the rows in which one of many numbers, or texts, stands: they go along as one value."""
    held = list(keys)
    if database.on_server():
        return kind == peewee.fn.ANY(peewee.Value(held, converter=False, unpack=False))
    values = peewee.fn.json_each(peewee.Value(json.dumps(held), converter=False))
    return kind.in_(peewee.Select(from_list=[values], columns=[peewee.SQL("value")]))


def day_of(moment: Sql) -> Sql:
    """The day of a day or a moment."""
    if database.on_server():
        return peewee.Cast(moment, "DATE")
    return peewee.Cast(peewee.fn.SUBSTR(moment, 1, 10), "TEXT")


def bound(day: date | str) -> Sql:
    """A day to compare such a one with."""
    value = peewee.Value(str(day), converter=False)
    return peewee.Cast(value, "DATE") if database.on_server() else value


def greatest(*days: Sql) -> Sql:
    """The latest of some days, each perhaps none; NEVER where all are none."""
    filled = [peewee.fn.COALESCE(day, bound(NEVER)) for day in days]
    if len(filled) == 1:
        return filled[0]
    return peewee.fn.GREATEST(*filled) if database.on_server() else peewee.fn.MAX(*filled)


def said(day: object) -> str:
    """A day as occurrences say it, however the store gives it."""
    return str(day)[:10]


def length(event: Event, day: date, sign: int) -> date:
    """The event's length of time after this day (1) or before it (-1)."""
    return moved(day, sign * (event.amount or 0), event.unit or "day")


def floor(event: Event, now: datetime) -> date | None:
    """The day before which nothing counts: that of its activation, where existing records do not; None where all do.

    A clock that was ahead then makes nobody wait until it is that late.
    """
    if event.existing or event.state != EventState.ACTIVE.value or event.changed_on is None:
        return None
    day: date = min(event.changed_on.date(), moved(now.date(), -1, "day"))
    return day


def within(kind: Sql, first: date, last: date) -> Sql:
    """The records in which a day or a moment lies within these days, so said that an index may be used."""
    if not isinstance(kind, peewee.DateTimeField):
        return kind.between(first, last)
    return (kind >= datetime.combine(first, time())) & (kind < datetime.combine(last + timedelta(days=1), time()))
