"""Warns before a time limit of a ticket passes: once, whoever it belongs to (VT-173)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import peewee

from channergy_crm import clock, work
from channergy_crm.language import N_, _
from channergy_crm.records import Ticket
from channergy_crm.records.team_notices import TeamNotice, Told
from channergy_crm.records.tickets import TicketNewsRow
from channergy_crm.services import office, rights
from channergy_crm.services.rights import Program
from channergy_crm.services.tickets import limits
from channergy_crm.settings import TICKET_WARN_MINUTES
from channergy_crm.store import database
from channergy_crm.text.written import written_day

if TYPE_CHECKING:
    from datetime import datetime

LONG_AGO = timedelta(days=3)
"""nobody is warned of what passed longer ago: a file may bring a thousand tickets of last year"""
TOGETHER = 100
"""tickets that are warned of in one round"""


def is_wanted() -> bool:
    """Whether a limit passes soon, or has passed, that nobody was warned of."""
    return bool(_due().exists())


def warn(by: Program) -> int:
    """Tell whoever the tickets belong to; how many."""
    rights.require(by, "see", Ticket)
    some = list(_due().limit(TOGETHER))
    for ticket in some:
        limit = limits.next_limit(ticket)
        if limit is None:
            continue
        words = _("Answer due {when}: {ticket}") if limit == ticket.due else _("Solution due {when}: {ticket}")
        notice = TeamNotice(
            what=Told.NOTICE.value, text=words.format(when=written_day(limit), ticket=ticket.caption())[:500],
            sender=by.value, to=ticket.__data__["owner"], made=clock.now(),
            until=clock.now() + timedelta(days=1), table=Ticket._meta.table_name, record=ticket.number,
        )  # fmt: skip
        with work.unit(N_("Warn of a time limit"), by=by):
            notice.save()
            _keep(ticket, limit)
    return len(some)


def _due() -> peewee.ModelSelect[Ticket]:
    """What passes soon, or has just passed, and was not warned of; the limit that is kept first counts."""
    until = clock.now() + timedelta(minutes=office.whole(TICKET_WARN_MINUTES, Program.ITSELF))
    answer_first = Ticket.solve_due.is_null() | (Ticket.due <= Ticket.solve_due)
    first = peewee.Case(None, [(Ticket.due.is_null(), Ticket.solve_due), (answer_first, Ticket.due)], Ticket.solve_due)
    known = (TicketNewsRow.ticket == Ticket.number) & (TicketNewsRow.warned == first)
    told = peewee.fn.EXISTS(TicketNewsRow.select(TicketNewsRow.ticket).where(known))
    return (
        Ticket.select()
        .where(~Ticket.closed & (first <= until) & (first > clock.now() - LONG_AGO) & ~told)
        .order_by(Ticket.number)
    )


def _keep(ticket: Ticket, limit: datetime) -> None:
    with database.writing():
        TicketNewsRow.insert(ticket=ticket.number, status=ticket.status or "", warned=limit).on_conflict(
            conflict_target=[TicketNewsRow.ticket], update={TicketNewsRow.warned: limit}
        ).execute()
