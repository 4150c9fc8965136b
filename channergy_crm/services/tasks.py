"""Tasks: saved and closed, in the grid and from the reminders."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm import clock, work
from channergy_crm.errors import Mistake
from channergy_crm.language import N_, _, counted
from channergy_crm.records import Task
from channergy_crm.services import repeating, rights, saving

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date


def save(task: Task, by: str) -> Task:
    """Save a task. One that is closed with it and comes again makes the next one in the same step (BX-21)."""
    if task.is_new or not task.closed or not task.repeats or "closed" not in task.changes():
        return saving.save(task, by)
    rights.require(by, "edit", task)
    with work.unit(_deed(True, 1), by=by, name=task.caption()):
        saving.save(task, by)
        repeating.make_next(task, by)
    return task


def close(numbers: Iterable[int], by: str) -> int:
    """Close tasks that are done (CH-127); how many were still open. Of those that come again the next one is made in
    the same step (BX-21).
    """
    return _set_closed(numbers, by, closed=True)


def close_and_go_on(numbers: Iterable[int], day: date, by: str, action: str = "") -> int:
    """Close tasks that are done, and make the next step of each for that day, in one step; how many were open (BX-21).

    Without an `action` the same is to be done again.
    """
    rights.require(by, "edit", Task)
    if day < clock.today():
        raise Mistake(_("This day has passed; choose a later one."), "day")
    return _set_closed(numbers, by, closed=True, then=lambda task: repeating.make_step(task, day, by, action.strip()))


def reopen(numbers: Iterable[int], by: str) -> int:
    """Open closed tasks again."""
    return _set_closed(numbers, by, closed=False)


def _set_closed(
    numbers: Iterable[int], by: str, *, closed: bool, then: Callable[[Task], object] | None = None
) -> int:  # fmt: skip
    rights.require(by, "edit", Task)
    meant = Task.select().where(Task.number.in_(list(numbers))).order_by(Task.number)
    tasks = [task for task in meant if task.closed != closed]
    if not tasks:
        return 0
    if any(not task.is_crm for task in tasks):
        raise Mistake(_("That row belongs to the suite, not to the CRM."))
    with work.unit(_deed(closed, len(tasks)), by=by, name=tasks[0].caption(), records=counted(Task, len(tasks))):
        for task in tasks:
            task.closed = closed
            task.save()
            if then is None:
                repeating.make_next(task, by)
            else:
                then(task)
    return len(tasks)


def _deed(closed: bool, count: int) -> str:
    if count == 1:
        return N_("Close task {name}") if closed else N_("Reopen task {name}")
    return N_("Close {records}") if closed else N_("Reopen {records}")
