"""While somebody is away, what becomes due goes to those they have named, in turn, and comes back by itself (BX-39).

It is lent as by the override page: a task the receiver sees from whom, with the last day of the absence as its end.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import peewee

from channergy_crm import access, clock, work
from channergy_crm.language import N_, _, counted
from channergy_crm.records import Operator, Task
from channergy_crm.records.events import Rerouting
from channergy_crm.records.preferences import Absence
from channergy_crm.services import rights
from channergy_crm.services.events import lent
from channergy_crm.services.rights import Program

if TYPE_CHECKING:
    from datetime import date, datetime

NOTED = N_("away")
"""what stands as the note of what is lent"""


class _Away(NamedTuple):
    """Somebody who is away today, the last day of it, and who gets what is theirs, in turn."""

    operator: str
    until: date
    receivers: tuple[str, ...]


def is_wanted() -> bool:
    """Whether somebody who is away today has named receivers, or the day is over until which something was lent:
    otherwise nobody needs to look.
    """
    today = clock.today()
    return bool(_away(today) or lent.over(today))


def reroute(now: datetime, by: str = Program.EVENTS) -> int:
    """Lend what is due, up to the end of their absence, of everybody who is away today and has said who gets it.

    A step for each of them; how many tasks. A receiver who is away as well, or works here no more, is passed over.
    """
    rights.require(by, "edit", Task)
    if not isinstance(by, Program):
        rights.require(by, "administer")
    return sum(_lend(each, now) for each in _away(now.date()))


def _away(today: date) -> list[_Away]:
    """Who is away and has named receivers of whom somebody is there."""
    held = list(Absence.select().where((Absence.first <= today) & (Absence.last >= today)).order_by(Absence.number))
    if not any(each.reroutes_to for each in held):
        return []
    away = {each.operator for each in held}
    there = {each.id for each in access.operators()} - away
    found = []
    for id in sorted(away):
        theirs = [each for each in held if each.operator == id]
        named = dict.fromkeys(receiver for each in theirs for receiver in each.receivers() if receiver in there)
        if named:
            found.append(_Away(id, max(each.last or today for each in theirs), tuple(named)))
    return found


def _lend(away: _Away, now: datetime) -> int:
    due = (Task.owner == away.operator) & Task.is_crm & ~Task.closed & (Task.reminder_date <= away.until)
    if not Task.select(Task.number).where(due).exists():
        return 0
    message = N_("Lend {records} of {name}, who is away")
    with work.unit(message, by=Program.EVENTS, records="", name=_name(away.operator)) as unit:
        tasks = sorted(work.locked(Task, due), key=lambda task: (task.reminder_date, task.number))
        for task, receiver in zip(tasks, _in_turn(away, len(tasks)), strict=True):
            task.owner = receiver
            Rerouting.create(
                task=task.number, giver=away.operator, receiver=receiver, until=away.until, note=_(NOTED), made=now
            )
        unit.say(message, records=counted(Task, len(tasks)), name=_name(away.operator))
        return unit.save_many(tasks)


def _in_turn(away: _Away, count: int) -> list[str]:
    """Who gets each of so many: whoever has had the fewest of this absence, also in the rounds before."""
    lent = (Rerouting.giver == away.operator) & (Rerouting.until == away.until)
    counting: Any = Rerouting.select(Rerouting.receiver, peewee.fn.COUNT(Rerouting.number)).where(lent)
    had = dict.fromkeys(away.receivers, 0)
    had.update({id: many for id, many in counting.group_by(Rerouting.receiver).tuples() if id in had})
    dealt = []
    for _turn in range(count):
        receiver = min(had, key=had.__getitem__)
        had[receiver] += 1
        dealt.append(receiver)
    return dealt


def _name(id: str) -> str:
    held = Operator.find(id)
    return held.name if held is not None else id
