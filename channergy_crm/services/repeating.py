"""What follows when a task is done: the next one of those that come again, or the next step somebody says (BX-21)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm import clock
from channergy_crm.records import Task
from channergy_crm.services import rights
from channergy_crm.text.repeats import next_day

if TYPE_CHECKING:
    from datetime import date

COPIED = (
    "action", "notes", "priority", "account", "opportunity", "lead", "customer", "owner", "is_crm", "reminder_time",
    "repeats", "in_calendar",
)  # fmt: skip
"""what the next one has of this one; it begins without a status"""


def make_next(task: Task, by: str) -> Task | None:
    """The next one of a task that has just been done, within the unit that closes it; None where none follows.

    Its time on the office's wall clock stays, also across a change of the clocks.
    """
    rights.require(by, "edit", task)
    if not task.repeats or not task.closed:
        return None
    today = clock.today()
    try:
        day = next_day(task.repeats, task.planned_on or task.reminder_date or today, today)
    except ValueError:  # a turn of twelve months that wants another month: it never comes
        return None
    return _made(task, reminder_date=day, planned_on=day)


def make_step(task: Task, day: date, by: str, action: str = "") -> Task:
    """The next step after a task that has just been done, on the day somebody has said, within the unit that closes it.

    It is like the task, but for what is to be done where that is said; of one that comes again it is the next one.
    """
    rights.require(by, "edit", task)
    notes = task.notes if not action or action == task.action else ""
    return _made(task, action=action or task.action, notes=notes, reminder_date=day, planned_on=day)


def _made(task: Task, **other: object) -> Task:
    own = [kind.name for kind in Task.own_fields()]
    values = {name: task.__data__.get(name) for name in (*COPIED, *own)}
    made = Task(**{**values, **other}, created_on=clock.now())
    made.save()
    return made
