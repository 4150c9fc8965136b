"""Which follow-ups are meant by what somebody asked for: those of a period, of somebody, of a project (VS-12)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

import peewee

from channergy_crm.records import BY_TABLE, Task
from channergy_crm.records.belonging import in_project
from channergy_crm.records.events import Event, FollowUp
from channergy_crm.records.roles import GroupMember
from channergy_crm.services import reminders, rights
from channergy_crm.services.figures import EVERYBODY
from channergy_crm.store import database
from channergy_crm.work import key_field

if TYPE_CHECKING:
    from peewee import ColumnBase, ModelSelect

    from channergy_crm.services.events.spans import Span

OPEN, LATE, CLOSED, WAITING = range(4)
"""how a follow-up stands; one that waits is nobody's task yet"""


@dataclass(frozen=True)
class Asked:
    """What is wanted: the first day and the last, None for an end that is open; whose follow-ups (an operator's, a
    group's with its members', EVERYBODY's); to customers of which project, by its number.
    """

    first: date | None
    last: date | None
    whose: str = EVERYBODY
    project: int | None = None


def made_ones(by: str, *fields: object, tasks_first: bool = False) -> ModelSelect[FollowUp]:
    """The question for follow-ups somebody has, with their tasks; everything this one may see of them.

    With `tasks_first` a file looks up the follow-ups of those tasks that fit, which an index gives it alone, instead of
    looking up the wide rows of the tasks of all follow-ups. A server decides that by itself.
    """
    rights.require_events(by)
    task: ColumnBase = Task.number
    if tasks_first and not database.on_server():
        task = peewee.NodeList((peewee.SQL("+"), task))
    query: ModelSelect[FollowUp] = FollowUp.select(*fields).join(Task, on=(FollowUp.task == task))
    reached = rights.seen(Task, by)
    return query if reached is None else query.where(reached)


def condition(asked: Asked) -> ColumnBase:
    """Open ones that were made before the period ended, and those closed in it; of whoever is asked for."""
    return still_open(asked) | done_in(asked) | done_some_day(asked)


def still_open(asked: Asked) -> ColumnBase:
    """Those that are open and were made before the period ended."""
    _begin, end = moments(asked)
    return _whose(asked, ~Task.closed if end is None else ~Task.closed & (FollowUp.made < end))


def done_in(asked: Asked) -> ColumnBase:
    """Those that were closed in the period."""
    return _whose(asked, Task.closed & Task.closed_on.is_null(False) & within(Task.closed_on, asked))


def done_some_day(asked: Asked) -> ColumnBase:
    """Those that are closed and do not say when, for the suite has closed them: they go by the day they were made."""
    return _whose(asked, Task.closed & Task.closed_on.is_null() & within(FollowUp.made, asked))


def has_task() -> ColumnBase:
    """Those that are somebody's task, and do not wait."""
    return FollowUp.task.is_null(False)


def within(moment: ColumnBase, asked: Asked) -> ColumnBase:
    """The condition that something was in the period."""
    begin, end = moments(asked)
    found = peewee.SQL("TRUE") if begin is None else moment >= begin
    return found if end is None else found & (moment < end)


def made_in(asked: Asked, span: Span | None = None) -> ColumnBase:
    """Those that were made in the period, or within some days of it."""
    days = asked if span is None else Asked(span.first, span.last)
    return _whose(asked, has_task() & within(FollowUp.made, days))


def _whose(asked: Asked, wanted: ColumnBase) -> ColumnBase:
    if asked.whose != EVERYBODY:
        wanted = wanted & Task.owner.in_(_with_members(asked.whose))
    here = in_project(Task, asked.project)
    return wanted if here is None else wanted & here


def _with_members(whose: str) -> list[str]:
    members = GroupMember.select(GroupMember.operator).where(GroupMember.group == whose)
    return [whose, *members.scalars()]


def moments(asked: Asked) -> tuple[datetime | None, datetime | None]:
    """When the period begins, and when it has ended."""
    begin = datetime.combine(asked.first, time()) if asked.first else None
    return begin, datetime.combine(asked.last + timedelta(days=1), time()) if asked.last else None


def late() -> ColumnBase:
    """The tasks whose reminder has come and gone."""
    return reminders.conditions(Task)[0]


def state() -> ColumnBase:
    """How the task of a follow-up stands: OPEN, LATE or CLOSED."""
    return peewee.Case(None, [(Task.closed, CLOSED), (late(), LATE)], OPEN)


def fell() -> ColumnBase:
    """Whether it came to somebody else, because nobody was there for it."""
    return peewee.Case(None, [((FollowUp.fell != ""), 1)], 0)


def waits(asked: Asked, by: str) -> ColumnBase:
    """The condition for follow-ups that wait until whoever gets them has room, of records this one may see."""
    rights.require_events(by)
    _begin, end = moments(asked)
    wanted = FollowUp.task.is_null()
    if end is not None:
        wanted &= FollowUp.made.is_null() | (FollowUp.made < end)
    if asked.whose != EVERYBODY:
        wanted &= FollowUp.receiver.in_(_with_members(asked.whose))
    if asked.project is not None:
        wanted &= FollowUp.number.is_null()  # a task belongs to a project, and there is none yet
    for record in {BY_TABLE[table] for table in _tables() if table in BY_TABLE}:
        if rights.seen(record, by) is not None:
            seen = rights.rows(record, by, key_field(record).cast("TEXT"))
            wanted &= (FollowUp.table != record._meta.table_name) | FollowUp.of.in_(seen)
    return wanted


def _tables() -> list[str]:
    return [table for table in Event.select(Event.table).distinct().scalars() if table]
