"""Tickets opened and saved: with whom they are about, their first stage, and until when somebody answers (VT-181)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

import peewee

from channergy_crm import clock
from channergy_crm.errors import Mistake
from channergy_crm.language import _
from channergy_crm.records import Account, Contact, Ticket
from channergy_crm.records.tickets import OPEN, CameBy
from channergy_crm.services import rights, saving
from channergy_crm.services.tickets import limits

if TYPE_CHECKING:
    from channergy_crm.access import Deed


def start(by: str, account: int | None = None, contact: int | None = None, product: int | None = None) -> Ticket:
    """A new one, not saved yet: open, of the usual priority, about whoever is at hand; a contact brings its account."""
    held = saving.start(Ticket, by)
    held.status, held.priority, held.came_by = OPEN, limits.usual_priority(), CameBy.PHONE.value
    if account is None and contact is not None:
        account = account_of(contact)
    held.account, held.contact, held.product = account, contact, product
    return held


def account_of(contact: int) -> int | None:
    """The account of a contact, by its customer; None where the customer is no account yet."""
    asked = Account.select(Account.number).join(Contact, on=(Account.customer == Contact.customer))
    found: int | None = asked.where(Contact.number == contact).order_by(Account.number).limit(1).scalar()
    return found


def save(record: Ticket, by: str) -> Ticket:
    """Keep a ticket. Its limits follow from its priority and its stage (`records.ticket_limits`)."""
    record.title = " ".join((record.title or "").split())
    return saving.save(record, by)


class Counts(NamedTuple):
    """How many tickets are open, of those how many are late, and how many will be within the hour."""

    open: int
    late: int
    soon: int


def counts(by: str, whose: str = "") -> Counts:
    """The open tickets of an operator, their groups' too."""
    rights.require(by, "count", Ticket)
    wanted: Any = rights.visible(Ticket, whose or by) & ~Ticket.closed
    shown = rights.seen(Ticket, by)
    wanted = wanted if shown is None else wanted & shown
    now = clock.now()
    first: Any = peewee.fn.COALESCE(Ticket.due, Ticket.solve_due)
    late, soon = first <= now, (first > now) & (first <= now + timedelta(hours=1))
    summed = [peewee.fn.SUM(peewee.Case(None, [(each, 1)], 0)) for each in (late, soon)]
    asked: Any = Ticket.select(peewee.fn.COUNT(Ticket.number), *summed).where(wanted).tuples().get()
    return Counts(*(int(each or 0) for each in asked))


def same_product(number: int, by: str, limit: int = 5) -> list[Ticket]:
    """Other tickets about the product of this one, the latest first: what was asked of it, and how it ended."""
    held = require(number, by, "see")
    if (product := held.__data__["product"]) is None:
        return []
    wanted = (Ticket.product == product) & (Ticket.number != number)
    shown = rights.seen(Ticket, by)
    wanted = wanted if shown is None else wanted & shown
    latest = peewee.fn.COALESCE(Ticket.closed_on, Ticket.last_said, Ticket.created_on).desc()
    return list(Ticket.select().where(wanted).order_by(latest, Ticket.number.desc()).limit(limit))


def require(number: int, by: str, deed: Deed = "edit") -> Ticket:
    """The ticket as it stands, for whoever may do that; `Mistake` where it is not there any more."""
    held = Ticket.find(number)
    if held is None:
        rights.require(by, deed, Ticket)
        raise Mistake(_("That ticket is not there any more."))
    rights.require(by, deed, held)
    return held
