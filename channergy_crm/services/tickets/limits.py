"""Time limits of tickets: until when somebody answers and solves, by priority, in working hours (VT-173)."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Literal

from channergy_crm import clock
from channergy_crm.records import Holiday, Ticket
from channergy_crm.records.lookups import choices
from channergy_crm.records.tickets import CLOSED
from channergy_crm.services import due, office
from channergy_crm.services.rights import Program
from channergy_crm.settings import (
    TICKET_ANSWER_HOURS,
    TICKET_SOLVE_HOURS,
    TICKET_WARN_MINUTES,
    TICKET_WORK_DAYS,
    TICKET_WORK_ENDS,
)
from channergy_crm.text.working_time import Work

if TYPE_CHECKING:
    from channergy_crm.settings import Setting

How = Literal["", "soon", "late"]
USUAL = "Normal"
"""the priority of a ticket that says none, where the list has it"""


def usual_priority() -> str:
    """What a new ticket begins with: Normal where the office has it, else nothing."""
    return USUAL if any(choice.value == USUAL for choice in choices("CRMTickets", "Priority")) else ""


def hours(setting: Setting[str]) -> dict[str, int]:
    """Hours by priority: what is written “Urgent=2; High=4”; one that is not named has no limit."""
    found = {}
    for part in office.get(setting, Program.ITSELF).split(";"):
        name, _sign, said = part.partition("=")
        if name.strip() and said.strip().isdigit():
            found[name.strip()] = int(said)
    return found


def working() -> Work:
    """When this office works."""
    by = Program.ITSELF
    said = office.get(TICKET_WORK_ENDS, by)
    try:
        ends = time.fromisoformat(said)
    except ValueError:
        ends = time(17)
    week = {int(each) - 1 for each in office.get(TICKET_WORK_DAYS, by).split(",") if each.strip() in set("1234567")}
    days = Holiday.select(Holiday.day).where((Holiday.country == office.region()) & (Holiday.state == ""))
    return Work(due.day_begins(by), ends, week, {each.day for each in days if each.day})


def put(ticket: Ticket, since: datetime | None = None) -> None:
    """The limits that hold for a ticket from this moment on; what is over has none."""
    if ticket.status in (CLOSED, ""):  # what it is from now on: whether it is over follows when it is saved
        ticket.due = ticket.solve_due = None
        return
    work, since = working(), since or clock.now()
    ticket.due = _after(work, since, hours(TICKET_ANSWER_HOURS).get(ticket.priority or USUAL))
    began = ticket.created_on or since
    ticket.solve_due = _after(work, began, hours(TICKET_SOLVE_HOURS).get(ticket.priority or USUAL))


def _after(work: Work, since: datetime, promised: int | None) -> datetime | None:
    return work.after(since, promised * 60) if promised else None


def next_limit(ticket: Ticket) -> datetime | None:
    """What has to be kept first: the answer, or the solution; None where nothing is waited for from us."""
    if ticket.closed:
        return None
    return min((each for each in (ticket.due, ticket.solve_due) if each is not None), default=None)


def warn_minutes() -> int:
    """So long before a limit it passes soon."""
    return office.whole(TICKET_WARN_MINUTES, Program.ITSELF)


def how(limit: datetime | None, now: datetime | None = None) -> How:
    """Whether a limit has passed, or passes soon."""
    now = now or clock.now()
    if limit is None or limit > now + timedelta(minutes=warn_minutes()):
        return ""
    return "late" if limit <= now else "soon"
