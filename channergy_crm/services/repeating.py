"""What follows when a task is done: the next one of those that come again, or the next step somebody says (BX-21)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm import clock
from channergy_crm.records import Task
from channergy_crm.services import rights
from channergy_crm.text import series

if TYPE_CHECKING:
    from datetime import date

COPIED = (
    "action", "notes", "priority", "account", "opportunity", "lead", "customer", "owner", "is_crm", "reminder_time",
    "in_calendar", "activity", "minutes", "place",
)  # fmt: skip
"""what the next one has of this one; it begins without a status"""


def make_next(task: Task, by: str) -> Task | None:
    """The next one of a task that has just been done, within the unit that closes it; None where none follows, also
    because the series has come to its end.

    Its time on the office's wall clock stays, also across a change of the clocks.
    """
    rights.require(by, "edit", task)
    if not task.repeats or not task.closed:
        return None
    today, but = clock.today(), series.left_out(task.left_out or "")
    try:
        found = series.following(task.repeats, task.planned_on or task.reminder_date or today, today, but)
    except ValueError:  # a turn of twelve months that wants another month: it never comes
        found = None
    if found is None:
        return None
    day, rule = found
    return like(task, reminder_date=day, planned_on=day, repeats=rule, left_out=_still(task, day))


def make_step(task: Task, day: date, by: str, action: str = "") -> Task:
    """The next step after a task that has just been done, on the day somebody has said, within the unit that closes it.

    It is like the task, but for what is to be done where that is said; of one that comes again it is the next one.
    """
    rights.require(by, "edit", task)
    notes, rule = task.notes if not action or action == task.action else "", task.repeats or ""
    begun, (_plain, ends) = task.planned_on or task.reminder_date, series.apart(rule)
    if series.is_by_rule(rule) and begun is not None:
        rule = "" if ends.until is not None and day > ends.until else series.going_on(rule, begun, day)
    return like(task, action=action or task.action, notes=notes, reminder_date=day, planned_on=day if rule else None,
                repeats=rule, left_out=_still(task, day))  # fmt: skip


def _still(task: Task, day: date) -> str:
    """The days left out that are still to come."""
    return series.kept(each for each in series.left_out(task.left_out or "") if each > day)


def like(task: Task, **other: object) -> Task:
    """Another one like this task, with the same guests, within a unit; what comes again is said anew."""
    from channergy_crm.records import Guest

    own = [kind.name for kind in Task.own_fields()]
    values = {name: task.__data__.get(name) for name in (*COPIED, *own)}
    made = Task(**{**values, **other}, created_on=clock.now())
    made.save()
    for guest in Guest.select().where(Guest.task == task.number).order_by(Guest.number):
        Guest.create(task=made.number, table=guest.table, of=guest.of, answer="")
    return made
