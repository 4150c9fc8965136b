"""Time limits of tickets: until when somebody answers and solves, by priority, in working hours (VT-173)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Literal

from channergy_crm import clock
from channergy_crm.records import ticket_limits
from channergy_crm.records.lookups import choices
from channergy_crm.records.ticket_limits import USUAL
from channergy_crm.services import office
from channergy_crm.services.rights import Program
from channergy_crm.settings import TICKET_WARN_MINUTES

if TYPE_CHECKING:
    from datetime import datetime

    from channergy_crm.records import Ticket
    from channergy_crm.settings import Setting

How = Literal["", "soon", "late"]


def usual_priority() -> str:
    """What a new ticket begins with: Normal where the office has it, else nothing."""
    return USUAL if any(choice.value == USUAL for choice in choices("CRMTickets", "Priority")) else ""


def hours(setting: Setting[str]) -> dict[str, int]:
    """Hours by priority: what is written “Urgent=2; High=4”; one that is not named has no limit."""
    return ticket_limits.hours(office.get(setting, Program.ITSELF))


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
