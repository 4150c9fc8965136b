"""The rows a calendar is made of, read for one who asks: as few questions as can be, and nothing that is hidden."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, time, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

import peewee

from channergy_crm import clock
from channergy_crm.records import Account, Guest, Lead, Operator, Task, lookups
from channergy_crm.records.activities import coming_again
from channergy_crm.records.belonging import in_project
from channergy_crm.services import rights
from channergy_crm.store import database
from channergy_crm.text.activities import LONGEST
from channergy_crm.text.names import person_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from channergy_crm.fields.lists import Choice

A_DAY = 24 * 60
MOST_LEFT_OVER = 500
"""overdue ones, and ones without a day, that are shown beside a calendar"""


class Row(NamedTuple):
    """A task as a calendar needs it. `mine` is False of what one is only invited to."""

    number: int
    day: date | None
    at: time | None
    minutes: int
    kind: str
    title: str
    place: str
    owner: str
    closed: bool
    repeats: str
    planned: date | None
    left_out: str
    about: str
    guests: int
    mine: bool = True


class Invited(NamedTuple):
    """The rows somebody is invited to; who of those asked for, and what each has answered, by number."""

    rows: list[Row]
    of: dict[int, dict[str, str]]


def known_kinds() -> list[Choice]:
    """The office's list of kinds."""
    return lookups.choices(Task._meta.table_name, Task.activity.column_name)


def dated(owners: Sequence[str], first: date, last: date, by: str, project: int | None = None) -> Iterable[Row]:
    """Those with a day within that time, and those that began before it and may last until then."""
    if not owners:
        return ()
    before = first - timedelta(days=LONGEST // A_DAY)
    long = (Task.reminder_date >= first - timedelta(days=1)) | (Task.minutes >= A_DAY)
    # Said so that the index over owner, closed and day is used from its beginning to its end.
    either = Task.closed.in_([False, True])
    there = Task.owner.in_(list(owners)) & either & Task.reminder_date.between(before, last) & long
    return _read(_here(there & Task.is_crm, project), by)


def repeating(owners: Sequence[str], last: date, by: str, project: int | None = None) -> Iterable[Row]:
    """Open ones that come again and have begun by then."""
    if not owners:
        return ()
    begun = peewee.fn.COALESCE(Task.planned_on, Task.reminder_date) <= last
    return _read(_here(coming_again() & Task.owner.in_(list(owners)) & Task.is_crm & begun, project), by)


def invited(owners: Sequence[str], first: date, last: date, by: str, project: int | None = None) -> Invited:
    """What these operators are invited to within that time, also where they do not come. Of what somebody may not see
    as a record they are told the title, the place and the time of what they themselves are invited to.
    """
    if not owners:
        return Invited([], {})
    them = (Guest.table == Operator._meta.table_name) & Guest.of.in_(list(owners))
    within = (Task.reminder_date <= last) & ((Task.reminder_date >= first - timedelta(days=LONGEST // A_DAY))
                                             | ((Task.repeats != "") & ~Task.closed))  # fmt: skip
    seen = rights.seen(Task, by) if rights.may(by, "see", Task) is None else Task.number.is_null()
    shown = peewee.Value(1) if seen is None else peewee.Case(None, [(seen, 1)], 0)
    query = _select(by, Guest.of, Guest.answer, shown).join(Guest, on=Guest.task == Task.number).switch(Task)
    found: dict[int, Row] = {}
    whom: dict[int, dict[str, str]] = {}
    asked = query.where(_here(them & within & Task.is_crm, project)).order_by(Task.number, Guest.of)
    hidden = rights.hidden(Task, by)
    for *values, who, answer, is_seen in _fetched(asked):
        row = _row(values, hidden)
        if not is_seen:
            if who != by:
                continue
            row = row._replace(about="", guests=0, mine=False)
        found[row.number] = row
        whom.setdefault(row.number, {})[str(who)] = str(answer or "")
    return Invited(list(found.values()), whom)


def left_over(owners: Sequence[str], by: str) -> list[Row]:
    """Open ones of an earlier day, and those without one."""
    mine = Task.owner.in_(list(owners)) & ~Task.closed & Task.is_crm
    late = list(_read(mine & (Task.reminder_date < clock.today()), by, MOST_LEFT_OVER, Task.reminder_date))
    return late + list(_read(mine & Task.reminder_date.is_null(), by, MOST_LEFT_OVER, Task.number.desc()))


def overdue(owners: Sequence[str], by: str, limit: int, project: int | None = None) -> Iterator[Row]:
    """Open ones of an earlier day, or whose minute has come today, the oldest first."""
    now = clock.now()
    come = (Task.reminder_date == now.date()) & (Task.reminder_time <= f"{now:%H:%M}") & (Task.reminder_time != "")
    late = (Task.reminder_date <= now.date()) & ((Task.reminder_date < now.date()) | come)
    mine = Task.owner.in_(list(owners)) & ~Task.closed & Task.is_crm
    return _read(_here(mine & late, project), by, limit * 2, Task.reminder_date, Task.reminder_time, Task.number)


def coming(
    owners: Sequence[str], first: date, last: date, by: str, limit: int, project: int | None = None
) -> Iterator[Row]:  # fmt: skip
    """Open ones within that time that are not over yet today, the first first; some more than that, for what lasts."""
    if not owners:
        return iter(())
    now = clock.now()
    at, lasts = peewee.fn.COALESCE(Task.reminder_time, ""), peewee.fn.COALESCE(Task.minutes, 0)
    over = (Task.reminder_date == now.date()) & (at <= f"{now:%H:%M}") & (at != "") & (lasts == 0)
    mine = Task.owner.in_(list(owners)) & ~Task.closed & Task.is_crm & Task.reminder_date.between(first, last)
    order = Task.reminder_date, Task.reminder_time, Task.number
    return _read(_here(mine & ~over, project), by, limit * 2, *order)


def linked(link: str, key: int, by: str) -> Iterator[Row]:
    """Those of a record, by the name of its link."""
    return _read((Task.kind(link) == key) & Task.is_crm, by)


def of_number(task: int, by: str) -> Iterator[Row]:
    """The one with this number."""
    return _read((Task.number == task) & Task.is_crm, by)


def _here(condition: Any, project: int | None) -> Any:
    """With a project, by its number, only what belongs to it (SI-8)."""
    here = in_project(Task, project)
    return condition if here is None else condition & here


def _read(condition: Any, by: str, limit: int | None = None, *order: Any) -> Iterator[Row]:
    if rights.may(by, "see", Task) is not None:
        return
    hidden, seen, query = rights.hidden(Task, by), rights.seen(Task, by), _select(by).where(condition)
    query = query if seen is None else query.where(seen)
    query = query.order_by(*order).limit(limit) if order else query
    for values in _fetched(query):
        yield _row(values, hidden)


def _fetched(query: Any) -> Any:
    """The rows as the store gives them: a month has thousands, and only days and times are to be turned into some."""
    sql, values = query.sql()
    return database.proxy.obj.execute_sql(sql, values).fetchall()  # sql: put together by peewee


def _select(by: str, *more: Any) -> Any:
    """A question for tasks with the names of the account and the lead they are about, as far as these may be seen."""
    guests = Guest.select(peewee.fn.COUNT(Guest.number)).where(Guest.task == Task.number)
    account, lead = _link(Account, Task.account, by), _link(Lead, Task.lead, by)
    return (
        Task.select(
            Task.number, Task.reminder_date, Task.reminder_time, Task.minutes, Task.activity, Task.action, Task.place,
            Task.owner, Task.closed, Task.repeats, Task.planned_on, Task.left_out, Account.name, Lead.first_name,
            Lead.last_name, Lead.company, Lead.description, guests, *more,
        )
        .join(Account, peewee.JOIN.LEFT_OUTER, on=account)
        .switch(Task)
        .join(Lead, peewee.JOIN.LEFT_OUTER, on=lead)
        .switch(Task)
    )  # fmt: skip


def _link(record: type[Account] | type[Lead], link: Any, by: str) -> Any:
    on = link == record.number
    if rights.may(by, "see", record) is not None:
        return on & record.number.is_null()
    seen = rights.seen(record, by)
    return on if seen is None else on & seen


@lru_cache(maxsize=10_000)
def _day(held: str | date | None) -> date | None:
    if isinstance(held, str):
        return date.fromisoformat(held[:10]) if held else None
    return held


@lru_cache(maxsize=2_000)
def _time(held: str | None) -> time | None:
    """Another program may have written anything."""
    with suppress(ValueError, TypeError):
        return time.fromisoformat(held[:5]) if held else None
    return None


def _row(values: Sequence[Any], hidden: frozenset[str]) -> Row:
    (number, day, at, minutes, kind, title, place, owner, closed, repeats, planned, left_out, account, first, last,
     company, description, guests) = values  # fmt: skip
    about = account or (person_name(first or "", last or "") if first or last else "") or company or description or ""
    said = Row(
        number, _day(day), _time(at), minutes or 0, kind or "", title or "", place or "", owner or "", bool(closed),
        repeats or "", _day(planned), left_out or "", about, guests,
    )  # fmt: skip
    return _without(said, hidden) if hidden else said


def _without(row: Row, hidden: frozenset[str]) -> Row:
    """What a role does not show of tasks is not told here either (VT-96)."""
    return row._replace(
        minutes=0 if "minutes" in hidden else row.minutes, kind="" if "activity" in hidden else row.kind,
        place="" if "place" in hidden else row.place,
    )  # fmt: skip
