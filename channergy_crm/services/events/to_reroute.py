"""Whose work may be rerouted, and what of it: the most urgent first (VS-15, VS-21)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import peewee

from channergy_crm import access, clock
from channergy_crm.records import Task
from channergy_crm.records.events import Event, FollowUp, Rerouting
from channergy_crm.records.operators import Operator
from channergy_crm.records.preferences import Absence
from channergy_crm.services import reminders, rights
from channergy_crm.services.events import lent
from channergy_crm.services.events.status_rows import customers_of, shown_of

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date, time

    from peewee import ColumnBase

HIGH = "High"  # unsaid: a value of the list
SHOWN = 200
"""rows that are read at once"""


class Giver(NamedTuple):
    """Somebody with open work: who, until when they are away (None while they are here), how many tasks are open, how
    many of them are overdue, whether they are at work in this office at all.
    """

    id: str
    name: str
    away_until: date | None
    open: int
    late: int
    active: bool


class Found(NamedTuple):
    """The tasks of somebody by number, the most urgent first; and how many more there are that may not be changed."""

    numbers: list[int]
    left_out: int


class Row(NamedTuple):
    """A task: its number, what is to be done, for whom, until when and how it stands, its priority, by which event it
    was made ("" for none). Of one that was rerouted also who has it, until which day, and what was noted.
    """

    task: int
    action: str
    customer: str
    due: date | None
    at: time | None
    standing: str
    priority: str
    event: str
    receiver: str = ""
    until: date | None = None
    note: str = ""


def open_work(giver: str) -> ColumnBase:
    """The condition for what somebody has to do: open tasks with a reminder, and open follow-ups of events."""
    return (Task.owner == giver) & _work()


def _work() -> ColumnBase:
    made = FollowUp.select(peewee.SQL("1")).where(FollowUp.task == Task.number)
    return Task.is_crm & ~Task.closed & (Task.reminder_date.is_null(False) | peewee.fn.EXISTS(made))


def givers(by: str) -> list[Giver]:
    """Who has open work: who is away today comes first, then by ID; who is retired, then groups."""
    rights.require_events(by)
    rights.require(by, "count", Task)
    late = reminders.conditions(Task)[0]
    sums = peewee.fn.COUNT(Task.number), peewee.fn.SUM(peewee.Case(None, [(late, 1)], 0))
    found: Any = (
        rights.rows(Task, by, Task.owner, *sums)
        .where(_work() & Task.owner.is_null(False))
        .group_by(Task.owner)
        .tuples()
    )
    counts = {owner: (int(many), int(few or 0)) for owner, many, few in found}
    away = _away_until()
    held = [
        Giver(each.id, each.caption(), away.get(each.id), *counts.get(each.id, (0, 0)), bool(each.active))
        for each in Operator.select() if each.id in counts or (each.active and not each.group)
    ]  # fmt: skip
    groups = {each.id for each in Operator.select(Operator.id).where(Operator.group)}
    return sorted(held, key=lambda one: (one.away_until is None, one.id in groups, not one.active, one.id))


def receivers(giver: str, by: str) -> list[tuple[Operator, date | None]]:
    """Who may get somebody's work, and until when they are away themselves: nobody who is retired, nor the giver."""
    rights.require_events(by)
    away = _away_until()
    return [(each, away.get(each.id)) for each in access.owners() if each.id != giver]


def _away_until() -> dict[str, date]:
    """Who is away today, and until when."""
    today = clock.today()
    held: Any = Absence.select(Absence.operator, Absence.last).where((Absence.first <= today) & (Absence.last >= today))
    until: dict[str, date] = {}
    for operator, last in held.tuples():
        until[operator] = max(until.get(operator, last), last)
    return until


def find(giver: str, by: str) -> Found:
    """What may be rerouted of somebody's: overdue first, then of high priority, then due today, then by day."""
    rights.require_events(by)
    rights.require(by, "see", Task)
    late, today, _later, _none = reminders.conditions(Task)
    urgency = peewee.Case(None, [(late, 0), (Task.priority == HIGH, 1), (today, 2)], 3)
    order = urgency, peewee.fn.COALESCE(Task.reminder_date.cast("TEXT"), "9"), Task.reminder_time, Task.number
    numbers = list(rights.rows(Task, by, Task.number).where(open_work(giver)).order_by(*order).scalars())
    every = len(numbers) if rights.seen(Task, by) is None else Task.select().where(open_work(giver)).count()
    beyond = rights.beyond(Task, numbers, by)
    mine = [number for number in numbers if number not in beyond]
    return Found(mine, every - len(mine))


def find_lent(giver: str, by: str) -> Found:
    """What was rerouted from somebody and has not come back: what comes back first, then what went for good."""
    rights.require_events(by)
    rights.require(by, "see", Task)
    held = sorted(lent.away_from(giver), key=lambda each: (each.until is None, str(each.until or ""), each.number))
    numbers = list(dict.fromkeys(each.__data__["task"] for each in held))
    reached = rights.seen(Task, by)
    seen = set(numbers) if reached is None else {
        number for start in range(0, len(numbers), SHOWN)
        for number in rights.rows(Task, by, Task.number).where(Task.number.in_(numbers[start:start + SHOWN])).scalars()
    }  # fmt: skip
    beyond = rights.beyond(Task, numbers, by)
    mine = [number for number in numbers if number in seen and number not in beyond]
    return Found(mine, len(numbers) - len(mine))


def rows(numbers: Sequence[int], giver: str, by: str) -> list[Row]:
    """These tasks as they are listed, in this order; those that are gone are left out."""
    rights.require_events(by)
    rights.require(by, "see", Task)
    if not numbers:
        return []
    held = {each.number: each for each in rights.rows(Task, by).where(Task.number.in_(list(numbers)))}
    made: Any = (FollowUp.select(FollowUp.task, Event.name).join(Event, on=(FollowUp.event == Event.number))
                 .where(FollowUp.task.in_(list(numbers))).tuples())  # fmt: skip
    events, customers = dict(made), customers_of(held.values(), by)
    away: dict[int, Rerouting] = {each.__data__["task"]: each for each in lent.away_from(giver, list(numbers))}
    kept = rights.hidden(Task, by)
    return [_row(held[number], kept, customers, events, away.get(number)) for number in numbers if number in held]


def _row(
    task: Task, kept: Collection[str], customers: dict[int, str], events: dict[int, str], away: Rerouting | None
) -> Row:
    said = shown_of(task, kept)
    row = Row(task.number, said.action, customers.get(task.number, ""), said.due, said.at,
              reminders.standing(said.due, said.at), said.priority, events.get(task.number, ""))  # fmt: skip
    if away is None:
        return row
    return row._replace(receiver=away.__data__["receiver"], until=away.until, note=away.note or "")
