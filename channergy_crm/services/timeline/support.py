"""What became of tickets, on the timelines of whom they are about: opened, closed, what the customer said (VT-174)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from channergy_crm.language import _
from channergy_crm.records import Ticket, TicketComment
from channergy_crm.services import rights

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    import peewee

    from channergy_crm.services.timeline.subjects import Subjects

    Asking = Callable[[Subjects, str], "Asked"]
    Telling = Callable[["Asked"], "Told"]

Asked = Any
"""a question for rows of the store, or one of its rows"""
Told = tuple[int, "datetime", str, str, str, tuple[object, ...], Ticket]
"""its number, when, its title, a note, who, the place, the ticket"""


def opened(subjects: Subjects, by: str) -> Asked:
    """The tickets about these, the question for them."""
    rights.require(by, "see")
    return _those(subjects, by).where(Ticket.created_on.is_null(False))


def tell_opened(held: Asked) -> Told:
    """A ticket was opened."""
    said = _("Ticket opened: {title}").format(title=held.caption())
    return (held.number, held.created_on, said, held.description or "", held.__data__["owner"] or "",
            (held.created_on, held.number), held)  # fmt: skip


def closed(subjects: Subjects, by: str) -> Asked:
    """Those that are closed."""
    rights.require(by, "see")
    return _those(subjects, by).where(Ticket.closed_on.is_null(False))


def tell_closed(held: Asked) -> Told:
    """A ticket was closed; what solved it."""
    said = _("Ticket closed: {title}").format(title=held.caption())
    return (held.number, held.closed_on, said, held.solution or "", held.__data__["owner"] or "",
            (held.closed_on, held.number), held)  # fmt: skip


def said(subjects: Subjects, by: str) -> Asked:
    """What the customers said about them, each with its ticket."""
    rights.require(by, "see")
    if subjects.tickets is None:
        return TicketComment.select().where(TicketComment.number.is_null())
    asked: Asked = TicketComment.select(TicketComment, Ticket).join(Ticket, on=TicketComment.ticket)
    asked = asked.where(subjects.tickets & TicketComment.author.is_null() & TicketComment.said_on.is_null(False))
    seen = rights.seen(Ticket, by)
    return asked if seen is None else asked.where(seen)


def tell_said(held: Asked) -> Told:
    """The customer said something about a ticket."""
    ticket = held.ticket
    title = _("About ticket {title}").format(title=ticket.caption())
    return held.number, held.said_on, title, held.words(), "", (held.said_on, held.number), ticket


def _those(subjects: Subjects, by: str) -> Asked:
    query: Asked = rights.rows(Ticket, by)
    return query.where(subjects.tickets if subjects.tickets is not None else Ticket.number.is_null())


OF_TICKETS: dict[str, tuple[Asking, Telling, tuple[peewee.Field, peewee.Field]]] = {
    "ticket": (opened, tell_opened, (Ticket.created_on, Ticket.number)),
    "ticket_closed": (closed, tell_closed, (Ticket.closed_on, Ticket.number)),
    "ticket_said": (said, tell_said, (TicketComment.said_on, TicketComment.number)),
}
"""the question, how one of its rows is told, and what they are ordered by"""
