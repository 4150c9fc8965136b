"""Where tasks come from: the event, from whom they were rerouted, until when, and what was noted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm.records import Operator, Task
from channergy_crm.records.origins import Origin
from channergy_crm.services import rights
from channergy_crm.services.events import counts, overriding

if TYPE_CHECKING:
    from collections.abc import Collection

MOST = 5
"""open tasks of a lead that are looked at"""


def said(tasks: Collection[int], by: str) -> dict[int, Origin]:
    """Where each of these tasks comes from that were made by an event or rerouted; the others are left out."""
    rights.require(by, "see", Task)
    if not tasks:
        return {}
    events, lent = counts.events_of(tasks, by), overriding.from_whom(tasks, by)
    givers = {each.giver for each in lent.values()}
    names = {each.id: each.name for each in Operator.select().where(Operator.id.in_(givers))} if givers else {}
    found = {}
    for task in {*events, *lent}:
        came = lent.get(task)
        giver = names.get(came.giver, came.giver) if came is not None else ""
        until, note = (came.until, came.note) if came is not None else (None, "")
        found[task] = Origin(events.get(task, ""), giver, until, note)
    return found


def of_lead(lead: int, by: str) -> tuple[str, str]:
    """The open follow-up of a lead that is due first: what is to be done, and where it comes from; "" for none."""
    rights.require(by, "see", Task)
    open_ones = rights.rows(Task, by).where(Task.is_crm & ~Task.closed & (Task.lead == lead))
    for task in open_ones.order_by(Task.reminder_date.is_null(), Task.reminder_date, Task.number).limit(MOST):
        if line := said([task.number], by).get(task.number):
            return task.caption(), line.in_a_line
    return "", ""
