"""Who is away, and whose reminders others may take over meanwhile (BX-39)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from channergy_crm import access, clock, work
from channergy_crm.errors import Mistake, Refused
from channergy_crm.language import _
from channergy_crm.records import Lead, Task
from channergy_crm.records.events import Rerouting
from channergy_crm.records.operators import Operator
from channergy_crm.records.preferences import Absence
from channergy_crm.services import bulk_changes, reminders, rights
from channergy_crm.services.events import lent
from channergy_crm.services.rights import Program

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime


class Away(NamedTuple):
    """Somebody who is away today: until when, and how many reminders of theirs are due and may be taken over."""

    operator: Operator
    until: date
    due: int


def of(id: str, by: str) -> list[Absence]:
    """When an operator is away, from today on."""
    rights.require(by, "see", Absence)
    to_come = (Absence.operator == id) & (Absence.last >= clock.today())
    return list(Absence.select().where(to_come).order_by(Absence.first))


def mark(
    id: str, first: date, last: date, by: str, why: str = "", receivers: Sequence[str] = ()
) -> Absence:  # fmt: skip
    """Say that somebody is away; oneself, or anybody for whoever may look after others.

    With receivers, by ID, what is due meanwhile goes to them in turn, and comes back (BX-39).
    """
    rights.require(by, "edit", Absence)
    _require_own(id, by)
    if last < first:
        raise Mistake(_("The last day comes before the first one."), "last")
    named = list(dict.fromkeys(receivers))
    _require_receivers(id, named)
    with work.unit("Mark {operator} away", by=by, operator=id):
        made: Absence = Absence.create(
            operator=id, first=first, last=last, note=why.strip(), reroutes_to=json.dumps(named) if named else ""
        )
    return made


def end(number: int, by: str) -> None:
    """Somebody is back, or stays after all: what was lent meanwhile comes home at once."""
    rights.require(by, "remove", Absence)
    held = Absence.find(number)
    if held is None:
        raise Mistake(_("That is not there any more."))
    _require_own(held.operator, by)
    with work.unit("Mark {operator} back", by=by, operator=held.operator):
        held.delete_instance()
    if held.reroutes_to and held.last is not None:
        _come_home(held.operator, held.last, clock.now())


def _come_home(id: str, until: date, now: datetime) -> None:
    """What was lent until that day goes home now, unless it was done meanwhile; also what was lent on from there."""
    theirs = {
        row.__data__["task"]: row.number
        for row in Rerouting.select().where(
            (Rerouting.giver == id) & (Rerouting.until == until) & Rerouting.back.is_null()
        )
    }
    further = Rerouting.task.in_(list(theirs)) & Rerouting.back.is_null()
    due = [row for row in Rerouting.select().where(further) if row.number >= theirs[row.__data__["task"]]]
    if not due:
        return
    held = Operator.find(id)
    with work.unit("Follow-ups of {name} come back", by=Program.EVENTS, name=held.name if held is not None else id):
        lent.send_home(due, now)


def receivers_offered(id: str, by: str) -> list[Operator]:
    """Who may get what is due while somebody is away: everybody else at work."""
    rights.require(by, "choose", Operator)
    return [each for each in access.operators() if each.id != id]


def _require_receivers(id: str, receivers: Sequence[str]) -> None:
    if id in receivers:
        raise Mistake(_("Whoever is away cannot get them."), "reroutes_to")
    at_work = {each.id for each in access.operators()}
    if strange := next((each for each in receivers if each not in at_work), None):
        raise Mistake(_("There is no active operator {operator}.").format(operator=strange), "reroutes_to")


def _require_own(id: str, by: str) -> None:
    if id != by and not access.has_job(by, "view_all"):
        raise Refused(_("Only {operator} or somebody who looks after all operators can say that.").format(operator=id))


def away(by: str) -> list[Away]:
    """Who else is away today, and how many of their reminders this operator may take over."""
    rights.require(by, "see", Absence)
    today = clock.today()
    held = Absence.select().where((Absence.first <= today) & (Absence.last >= today) & (Absence.operator != by))
    until: dict[str, date] = {}
    for each in held:
        until[each.operator] = max(until.get(each.operator, today), each.last or today)
    found = [operator for operator in access.operators() if operator.id in until]
    return [Away(operator, until[operator.id], sum(map(len, _due(operator.id, by)))) for operator in found]


def _due(id: str, by: str) -> tuple[list[int], list[int]]:
    """The tasks and leads of somebody whose reminder has come, up to where this operator may change them."""
    found = []
    for record, theirs in ((Task, reminders.task_reminders(id)), (Lead, reminders.lead_reminders(id))):
        late, today, *_later = reminders.conditions(record)
        numbers = list(record.select(record.number).where(theirs & (late | today)).scalars())
        beyond = rights.beyond(record, numbers, by)
        found.append([number for number in numbers if number not in beyond])
    return found[0], found[1]


def take_over(id: str, by: str) -> bulk_changes.Changed:
    """Make the due reminders of somebody who is away one's own, in one step that undo takes back."""
    rights.require(by, "edit", Task)
    if not any(each.operator.id == id for each in away(by)):
        raise Mistake(_("{operator} is not away today.").format(operator=id))
    tasks, leads = _due(id, by)
    with work.unit("Take over the reminders of {operator}", by=by, operator=id) as unit:
        changed = 0
        for record, numbers in ((Task, tasks), (Lead, leads)):
            if numbers:
                changed += bulk_changes.reassign(record, numbers, by, by).records
    return bulk_changes.Changed(changed, unit.number)
