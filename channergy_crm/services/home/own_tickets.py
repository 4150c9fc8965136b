"""The tickets somebody has open, those that are due first on top, and the answers they wrote of late (VT-20, VT-28)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import peewee

from channergy_crm import clock
from channergy_crm.query.listing import ListQuery
from channergy_crm.records import FAQ, Ticket
from channergy_crm.services import rights
from channergy_crm.services.home.lines import ROWS, Content, Line, Said, first_and_all

if TYPE_CHECKING:
    from datetime import datetime

COLUMNS = ("title", "account_name", "status", "priority", "due", "solve_due")


def own_tickets(by: str) -> Content:
    """The open tickets of this operator and of their groups: what waits for them before what waits for the customer."""
    rights.require(by, "see", Ticket)
    rights.require_shown(Ticket, ("due", "status"), by)
    mine: Any = rights.visible(Ticket, by) & ~Ticket.closed
    first: Any = peewee.fn.COALESCE(Ticket.due, Ticket.solve_due)
    query = ListQuery(Ticket, COLUMNS, mine, by=by)
    found, many = first_and_all(query, ROWS, Ticket.waiting, first.is_null(), first, Ticket.number)
    return Content(tuple(_line(number, values) for number, values in found), many)


def recent_answers(by: str) -> Content:
    """The answers to what is asked often that this operator has written or changed last (VT-28)."""
    rights.require(by, "see", FAQ)
    rights.require_shown(FAQ, ("status",), by)
    mine: Any = FAQ.owned_by(by)
    query = ListQuery(FAQ, ("question", "status", "last_activity"), mine, by=by)
    newest: Any = peewee.fn.COALESCE(FAQ.last_activity, FAQ.created_on)
    found, many = first_and_all(query, ROWS, newest.desc(), FAQ.number.desc())
    return Content(tuple(_answer(number, values) for number, values in found), many)


def _answer(number: int, values: dict[str, Any]) -> Line:
    changed: datetime | None = values["last_activity"]
    said = (Said(FAQ.kind("status"), values["status"]),)
    return Line(("faq", number), values["question"] or "", said, day=changed.date() if changed is not None else None)


def there_are_answers(by: str) -> bool:
    """Whether there is any answer this operator may see."""
    rights.require(by, "see")
    return rights.may(by, "see", FAQ) is None and rights.rows(FAQ, by, FAQ.number).exists()


def office_has_some(by: str) -> bool:
    """Whether there is any ticket this operator may see."""
    rights.require(by, "see")
    return rights.may(by, "see", Ticket) is None and rights.rows(Ticket, by, Ticket.number).exists()


def _line(number: int, values: dict[str, Any]) -> Line:
    due: datetime | None = values["due"] or values["solve_due"]
    said = (Said(None, values["account_name"] or ""), Said(Ticket.kind("status"), values["status"]))
    at = due.time() if due is not None and due.date() == clock.today() else None
    return Line(("ticket", number), values["title"] or "", said, day=due.date() if due is not None else None, at=at)
