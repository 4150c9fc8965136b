"""What went from one to another for a while: what is there still, what is over, and the way home (VS-15)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm import access, work
from channergy_crm.records import Task
from channergy_crm.records.events import Rerouting
from channergy_crm.services.bulk_changes import CHUNK

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from peewee import ColumnBase, ModelSelect


def still_there() -> ColumnBase:
    """The condition, beside its task, for a rerouting that holds: it has not come back, and whoever got the task has
    it still and has not done it.
    """
    return Rerouting.back.is_null() & ~Task.closed & (Task.owner == Rerouting.receiver)


def _joined() -> ModelSelect[Rerouting]:
    return Rerouting.select().join(Task, on=(Rerouting.task == Task.number))


def over(today: date) -> list[Rerouting]:
    """Those whose day is over and whose task is open, the latest first; a giver who is retired gets nothing back."""
    known = [each.id for each in access.owners()]
    ended = (Rerouting.until < today) & Rerouting.back.is_null() & ~Task.closed & Rerouting.giver.in_(known)
    return list(_joined().where(ended).order_by(Rerouting.number.desc()))


def away_from(giver: str, numbers: Sequence[int] | None = None) -> list[Rerouting]:
    """What was rerouted from somebody and holds, the latest first; of these tasks only, where they are given."""
    wanted = still_there() & (Rerouting.giver == giver)
    if numbers is None:
        return list(_joined().where(wanted).order_by(Rerouting.number.desc()))
    found: list[Rerouting] = []
    for start in range(0, len(numbers), CHUNK):
        some = list(numbers[start : start + CHUNK])
        found.extend(_joined().where(wanted & Rerouting.task.in_(some)).order_by(Rerouting.number.desc()))
    return found


def send_home(due: Sequence[Rerouting], now: datetime) -> int:
    """Within a unit: each task goes to its giver where the receiver has it still; how many tasks moved.

    Where the receiver has lent it on meanwhile, it comes home from there: that rerouting becomes the giver's.
    """
    unit, moved = work.current(), 0
    due = sorted(due, key=lambda each: -each.number)
    for start in range(0, len(due), CHUNK):
        some = {each.number for each in due[start : start + CHUNK]}
        held = sorted(work.locked(Rerouting, Rerouting.number.in_(list(some))), key=lambda each: -each.number)
        numbers = sorted({each.__data__["task"] for each in held})
        tasks = {each.number: each for each in work.locked(Task, Task.number.in_(numbers))}
        further = _further(numbers)
        for each in held:
            task = tasks.get(each.__data__["task"])
            if each.back is not None or task is None or task.closed:
                continue
            each.back = now
            if task.__data__["owner"] == each.__data__["receiver"]:
                task.owner = each.__data__["giver"]
            elif (later := further.get((task.number, each.__data__["receiver"]))) and later.number not in some:
                later.giver = each.__data__["giver"]
        moved += unit.save_many(list(tasks.values()))
        unit.save_many(held)
        unit.save_many(list(further.values()))
    return moved


def _further(numbers: Sequence[int]) -> dict[tuple[int, str], Rerouting]:
    """The reroutings of these tasks that hold, by task and giver."""
    held = _joined().where(still_there() & Rerouting.task.in_(list(numbers)))
    return {(each.__data__["task"], each.__data__["giver"]): each for each in held}
