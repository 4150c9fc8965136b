"""Rerouting: somebody else does what an operator had to do, until a day or for good (VS-15, VS-16, VS-21)."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from channergy_crm import access, clock, work
from channergy_crm.errors import Mistake
from channergy_crm.language import N_, _, counted
from channergy_crm.records import Task
from channergy_crm.records.events import Rerouting
from channergy_crm.records.operators import Operator
from channergy_crm.services import bulk_changes, rights
from channergy_crm.services.events import lent
from channergy_crm.services.events.to_reroute import open_work
from channergy_crm.work import bulk

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date, datetime

    from channergy_crm.work.undo import Progress

MOST_NOTED = 250
"""characters of a note"""


class Rerouted(NamedTuple):
    """From whom a task came by rerouting, until which day (None for good), and what was noted."""

    giver: str
    until: date | None
    note: str


class Done(NamedTuple):
    """How many were rerouted or taken back, by which unit (0 when none was), and how many could not be: they are done
    meanwhile, somebody else's by now, or not this one's to change.
    """

    tasks: int
    unit: int
    left_out: int


# ---------------------------------------------------------------- giving


def reroute(
    numbers: Sequence[int], giver: str, receivers: Sequence[str], by: str, until: date | None = None, note: str = "",
    progress: Progress | None = None,
) -> Done:  # fmt: skip
    """Give these open tasks of somebody to one or several others in turn, in one step that undo takes back.

    With a day they come home on the day after it, unless they were done meanwhile; without one they went for good.
    """
    rights.require_events(by)
    rights.require(by, "edit", Task)
    name = _check(giver, receivers, until, note)
    mine = _still_theirs(numbers, giver, by)
    turns = bulk_changes.in_turn(dict.fromkeys(receivers, 1), len(mine))
    with work.unit("Reroute follow-ups of {name}", by=by, name=name) as unit:
        dealt: dict[object, str] = dict(zip(mine, turns, strict=True))
        changed = bulk_changes.give(Task, dealt, by, progress).records if dealt else 0
        if dealt:
            _note(unit, dealt, giver, until, note.strip())
    return Done(changed, unit.number, len(set(numbers)) - len(mine))


def _check(giver: str, receivers: Sequence[str], until: date | None, note: str) -> str:
    """What the giver is called; `Mistake` beside the field that is wrong."""
    held = Operator.find(giver)
    if held is None:
        raise Mistake(_("There is no operator {id}.").format(id=giver), "from")
    if not receivers:
        raise Mistake(_("Choose who gets them."), "to")
    if giver in receivers:
        raise Mistake(_("{name} has them now and cannot get them.").format(name=held.caption()), "to")
    known = {each.id for each in access.owners()}
    if strange := [each for each in receivers if each not in known]:
        raise Mistake(_("There is no active operator {operator}.").format(operator=strange[0]), "to")
    if until is not None and until < clock.today():
        raise Mistake(_("That day is over. Choose today or a later one, or none for good."), "until")
    if len(note) > MOST_NOTED:
        raise Mistake(_("The note has more than {most} characters.").format(most=MOST_NOTED), "note")
    return str(held.caption())


def _still_theirs(numbers: Sequence[int], giver: str, by: str) -> list[int]:
    """Those of these that are open and the giver's still, as far as this one may change them; in the same order."""
    wanted, held = list(dict.fromkeys(numbers)), set[int]()
    for start in range(0, len(wanted), bulk_changes.CHUNK):
        some = wanted[start : start + bulk_changes.CHUNK]
        held.update(rights.rows(Task, by, Task.number).where(Task.number.in_(some) & open_work(giver)).scalars())
    beyond = rights.beyond(Task, list(held), by)
    return [number for number in wanted if number in held and number not in beyond]


def _note(unit: work.Unit, dealt: Mapping[object, str], giver: str, until: date | None, note: str) -> None:
    """Put down from whom to whom."""
    many, now = bulk.Many(Rerouting), clock.now()
    rows = [
        many.row({"task": task, "giver": giver, "receiver": receiver, "until": until, "note": note, "made": now})
        for task, receiver in dealt.items()
    ]
    many.insert(unit, rows, bulk.reserve(Rerouting, len(rows)))


def preview(count: int, receivers: Sequence[str], by: str) -> dict[str, int]:
    """How many of so many tasks each would get, by ID; nothing is given yet."""
    rights.require_events(by)
    return dict(sorted(Counter(bulk_changes.in_turn(dict.fromkeys(receivers, 1), count)).items()))


# ---------------------------------------------------------------- from whom


def from_whom(numbers: Iterable[int], by: str) -> dict[int, Rerouted]:
    """From whom these tasks came, by their number: those that were rerouted and stay with whoever got them.

    Whoever has such a task is told, whatever their role is.
    """
    rights.require(by, "see", Task)
    found: dict[int, Rerouted] = {}
    wanted = list(numbers)
    for start in range(0, len(wanted), bulk_changes.CHUNK):
        some = wanted[start : start + bulk_changes.CHUNK]
        query = Rerouting.select().join(Task, on=(Rerouting.task == Task.number)).order_by(Rerouting.number)
        reached = rights.seen(Task, by)
        query = query.where(lent.still_there() & Rerouting.task.in_(some))
        for each in query if reached is None else query.where(reached):
            found[each.__data__["task"]] = Rerouted(each.__data__["giver"], each.until, each.note or "")
    return found


# ---------------------------------------------------------------- coming back


def is_due(now: datetime) -> bool:
    """Whether something was lent until a day that is over."""
    return bool(lent.over(now.date()))


def bring_back(now: datetime) -> int:
    """What was lent until a day that is over goes home, unless it was done meanwhile; how many. The program does it.

    Where the day ended of somebody who had lent it on, it goes to whom it belongs once that day is over, too.
    """
    by = rights.Program.EVENTS
    rights.require_events(by)
    due = lent.over(now.date())
    if not due:
        return 0
    with work.unit("Bring back what was rerouted", by=by) as unit:
        changed = lent.send_home(due, now)
        unit.say(N_("Bring back {records} that were rerouted"), records=counted(Task, changed))
    return changed


def take_back(numbers: Sequence[int], giver: str, by: str) -> Done:
    """Give these tasks back to whom they were rerouted from, before their day or although they went for good; in one
    step that undo takes back.
    """
    rights.require_events(by)
    rights.require(by, "edit", Task)
    held = Operator.find(giver)
    if held is None or not held.active:
        raise Mistake(_("There is no active operator {operator}.").format(operator=giver), "from")
    wanted = list(dict.fromkeys(numbers))
    rows = lent.away_from(giver, wanted)
    seen = set[object]()
    for start in range(0, len(wanted), bulk_changes.CHUNK):
        some = wanted[start : start + bulk_changes.CHUNK]
        seen.update(rights.rows(Task, by, Task.number).where(Task.number.in_(some)).scalars())
    beyond = rights.beyond(Task, [each.__data__["task"] for each in rows], by)
    mine = [each for each in rows if each.__data__["task"] in seen - beyond]
    with work.unit("Take back follow-ups of {name}", by=by, name=held.caption()) as unit:
        changed = lent.send_home(mine, clock.now()) if mine else 0
    return Done(changed, unit.number, len(wanted) - len(mine))
