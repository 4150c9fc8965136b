"""What stands in the calendar between two days, and what stands in none: tasks with their day and time."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

import peewee

from channergy_crm import clock
from channergy_crm.records import Account, Lead, Task
from channergy_crm.services import reminders, rights
from channergy_crm.text.repeats import next_day
from channergy_crm.work.record import is_one_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from datetime import time

MOST = 200
"""entries beside the days"""


class Entry(NamedTuple):
    """Something in the calendar: the number of its task, day, time (None: none), minutes (0: no length was said),
    "call", "meeting" or "task", what it is, who it is about, where, whose, "done", "overdue", "soon" or "".

    A `planned` one is a turn of a series that is no record of its own yet.
    """

    task: int
    day: date
    at: time | None
    minutes: int
    kind: str
    title: str
    about: str
    place: str
    owner: str
    state: str
    planned: bool
    guests: int
    may_edit: bool


NOWHEN = date.min
"""the day of what has none"""


def between(first: date, last: date, owners: Sequence[str], by: str, kinds: Collection[str] = ()) -> list[Entry]:
    """What stands on these days, both included, in the calendars of these; of all kinds or of some."""
    rights.require(by, "see", Task)
    begun = Task.reminder_date.between(first, last)
    series = (Task.repeats != "") & ~Task.closed & (Task.reminder_date <= last)
    found: list[Entry] = []
    for held in _read(begun | series, owners, by):
        one = _entry(held)
        if first <= one.day <= last:
            found.append(one)
        if held.repeats.startswith("FREQ") and not held.closed:
            found += _turns(one, held.repeats, first, last)
    return _sorted(one for one in found if not kinds or one.kind in kinds)


def _turns(one: Entry, rule: str, first: date, last: date) -> list[Entry]:
    found, day = list[Entry](), one.day
    while (day := next_day(rule, day, day)) <= last:
        if day >= first:
            found.append(one._replace(day=day, planned=True, state=""))
    return found


def not_in(owners: Sequence[str], by: str) -> list[Entry]:
    """What is open and overdue, or has no day."""
    rights.require(by, "see", Task)
    late = Task.reminder_date.is_null() | (Task.reminder_date < clock.today())
    return _sorted(_entry(held) for held in _read(late & ~Task.closed, owners, by).limit(MOST))


def _read(which: peewee.ColumnBase, owners: Sequence[str], by: str) -> peewee.ModelSelect[Task]:
    account = Account.select(Account.name).where(Account.number == Task.account)
    lead = Lead.select(Lead.description).where(Lead.number == Task.lead)
    about = peewee.fn.COALESCE(account, lead, "").alias("about_whom")
    whose = is_one_of(Task.owner, list(owners)) & Task.is_crm
    return rights.rows(Task, by, Task, about).where(whose & which)


def _entry(held: Any) -> Entry:
    state = "done" if held.closed else _state(held)
    return Entry(
        held.number, held.reminder_date or NOWHEN, held.reminder_time, 0, "task", held.action, held.about_whom, "",
        held.owner, state, False, 0, True,
    )  # fmt: skip


def _state(held: Task) -> str:
    standing = reminders.standing(held.reminder_date, held.reminder_time)
    return {"late": "overdue", "today": "soon"}.get(standing, "")


def _sorted(found: Iterable[Entry]) -> list[Entry]:
    return sorted(found, key=lambda one: (one.day, f"{one.at or ''}", one.task))
