"""What follows from the stage and the priority of a ticket, whatever way they got there: until when somebody answers
and solves, in working hours, and when it was closed (VT-173, VT-190).
"""

from __future__ import annotations

from datetime import datetime, time
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from channergy_crm import clock, work
from channergy_crm.errors import Mistake
from channergy_crm.records.calling_hours import Holiday, holidays
from channergy_crm.records.office import OfficeSetting
from channergy_crm.settings import (
    DAY_BEGINS,
    TICKET_ANSWER_HOURS,
    TICKET_SOLVE_HOURS,
    TICKET_WORK_DAYS,
    TICKET_WORK_ENDS,
)
from channergy_crm.store import database
from channergy_crm.text.working_time import Work

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from channergy_crm.settings import Setting

OPEN, WORKING, WAITING, CLOSED = "Open", "In Progress", "Wait For Response", "Closed"  # unsaid: values of a list
"""the stages a new office begins with (VT-190): what is waiting waits for the customer, what is closed is over"""
USUAL = "Normal"
"""the priority of a ticket that says none, where the list has it"""
FOLLOW = ("closed", "waiting", "closed_on", "due", "solve_due")
_DECIDE = {"status", "priority", "created_on", *FOLLOW}


class Terms(NamedTuple):
    """When the office works, and within how many hours it answers and solves, by priority."""

    work: Work
    answer: Mapping[str, int]
    solve: Mapping[str, int]

    def answered_by(self, priority: object, since: datetime) -> datetime | None:
        """Until when somebody answers what was said then."""
        return _after(self.work, since, self.answer.get(str(priority or USUAL)))

    def solved_by(self, priority: object, since: datetime) -> datetime | None:
        """Until when what began then is solved."""
        return _after(self.work, since, self.solve.get(str(priority or USUAL)))


def _after(work: Work, since: datetime, promised: int | None) -> datetime | None:
    return _counted(work, since, promised * 60) if promised else None


@lru_cache(4_096)
def _counted(work: Work, since: datetime, minutes: int) -> datetime | None:
    """Of the rows of one file most began at the same moment."""
    return work.after(since, minutes)


def follows(values: Mapping[str, object], changed: Collection[str]) -> dict[str, object]:
    """What becomes of the limits and of the day of closing, by python name, when the fields of `changed` have changed.

    What was said of the answer stands: whoever answers takes its limit away, whatever stage the ticket is brought to.
    """
    new = values.get("number") is None
    if not new and _DECIDE.isdisjoint(changed):
        return {}
    status = _begun(values, changed) if new else str(values.get("status") or "")
    found: dict[str, object] = {"closed": status == CLOSED, "waiting": status == WAITING}
    began = _moment(values.get("created_on")) or clock.now()
    found |= {"status": status, "created_on": began} if new else {}
    if status == CLOSED:
        return {**found, "closed_on": values.get("closed_on") or clock.now(), "due": None, "solve_due": None}
    held = terms()
    found |= {"closed_on": None, "solve_due": held.solved_by(values.get("priority"), began)}
    if status == WAITING:
        found["due"] = None
    elif "due" not in changed or new:
        since = _unanswered_since(values, began)
        found["due"] = held.answered_by(values.get("priority"), since) if since else None
    return found


def _begun(values: Mapping[str, object], changed: Collection[str]) -> str:
    """The stage of a new one: what says nothing but when it was closed is closed."""
    if values.get("closed_on") and "status" not in changed:
        return CLOSED
    return str(values.get("status") or OPEN)


def _unanswered_since(values: Mapping[str, object], began: datetime) -> datetime | None:
    """Since when the customer waits for an answer; None where we have answered last."""
    if values.get("closed") or values.get("waiting"):  # as it was before: it is open again
        return clock.now()
    if not values.get("answered_on"):
        return began
    return (_moment(values.get("last_said")) or clock.now()) if values.get("due") else None


def _moment(held: object) -> datetime | None:
    return held if isinstance(held, datetime) else datetime.fromisoformat(held) if isinstance(held, str) else None


# ---------------------------------------------------------------- what the office has set

_held: list[Terms] = []


def terms() -> Terms:
    """The terms of the office as they are now."""
    if not _held:
        _held.append(Terms(_working(), hours(_said(TICKET_ANSWER_HOURS)), hours(_said(TICKET_SOLVE_HOURS))))
    return _held[0]


def _said(setting: Setting[str]) -> str:
    value = OfficeSetting.select(OfficeSetting.value).where(OfficeSetting.name == setting.name).scalar()
    return setting.default if value is None else str(value)


def hours(said: str) -> dict[str, int]:
    """Hours by priority: what is written “Urgent=2; High=4”; one that is not named has no limit."""
    found = {}
    for part in said.split(";"):
        name, _sign, count = part.partition("=")
        if name.strip() and count.strip().isdecimal():
            found[name.strip()] = int(count)
    return found


def _working() -> Work:
    week = frozenset(int(each) - 1 for each in _said(TICKET_WORK_DAYS).split(",") if each.strip() in set("1234567"))
    here = (each for each in holidays() if each.country == database.region() and not each.state)
    begins = _hour(_said(DAY_BEGINS)) or time(9)
    return Work(
        begins, _hour(_said(TICKET_WORK_ENDS)) or time(17), week, frozenset(each.day for each in here if each.day)
    )


def _hour(said: str) -> time | None:
    from channergy_crm.text.clocks import read_time

    try:
        return read_time(said)
    except Mistake:
        return None


def forget() -> None:
    """Read them afresh: another office was opened, or somebody changed them."""
    _held.clear()


def _changed(done: work.Done) -> None:
    if {OfficeSetting._meta.table_name, Holiday._meta.table_name} & set(done.tables):
        forget()


work.listen(_changed)
database.when_made.append(forget)
database.when_opened.append(forget)
