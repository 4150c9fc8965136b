"""What a card of the board says beside its figures, read for those that are seen (SI-19, BX-25)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from channergy_crm.records import Account, Lead, Opportunity, Task
from channergy_crm.services import documents, rights

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, time

    from channergy_crm.services.board import Card


class Face(NamedTuple):
    """What stands on a card: what it is called, of which customer, whose, the next reminder, why it was lost."""

    subject: str
    customer: str = ""
    owner: str = ""
    reminder: tuple[date, time | None] | None = None
    reason: str = ""
    account: int | None = None
    documents: int = 0


def faces(cards: Sequence[Card], by: str) -> dict[tuple[str, int], Face]:
    """The faces of these cards, by what they are about and their numbers; what is gone has none."""
    rights.require(by, "see", Opportunity)
    found: dict[tuple[str, int], Face] = {}
    for record, read in (("opportunity", _deals), ("account", _accounts), ("lead", _leads)):
        numbers = [card.number for card in cards if card.record == record]
        if numbers:
            found |= {(record, number): face for number, face in read(numbers, by).items()}
    return found


def _deals(numbers: Sequence[int], by: str) -> dict[int, Face]:
    asked = (Opportunity.number, Opportunity.name, Opportunity.account, Account.name, Opportunity.owner,
             Opportunity.outcome_reason)  # fmt: skip
    query = rights.rows(Opportunity, by, *asked).join(Account, on=(Opportunity.account == Account.number))
    rows: Any = query.where(Opportunity.number.in_(list(numbers))).tuples()
    next_up, held = _reminders(numbers), documents.counts(Opportunity, numbers, by)
    return {
        number: Face(
            name or "", customer or "", owner or "", next_up.get(number), reason or "", account, held.get(number, 0)
        )
        for number, name, account, customer, owner, reason in rows
    }


def _reminders(numbers: Sequence[int]) -> dict[int, tuple[date, time | None]]:
    """When somebody is to be called next about these deals: the earliest reminder of their open tasks."""
    todo = Task.is_crm & ~Task.closed & Task.reminder_date.is_null(False) & Task.opportunity.in_(list(numbers))
    asked = (Task.opportunity, Task.reminder_date, Task.reminder_time)
    latest_first = Task.select(*asked).where(todo).order_by(Task.reminder_date.desc(), Task.reminder_time.desc())
    return {deal: (day, at) for deal, day, at in latest_first.tuples().execute()}


def _accounts(numbers: Sequence[int], by: str) -> dict[int, Face]:
    asked = (Account.number, Account.name, Account.description, Account.owner)
    rows: Any = rights.rows(Account, by, *asked).where(Account.number.in_(list(numbers))).tuples()
    return {number: Face(name or "", about or "", owner or "", account=number) for number, name, about, owner in rows}


def _leads(numbers: Sequence[int], by: str) -> dict[int, Face]:
    found = {}
    for lead in rights.rows(Lead, by).where(Lead.number.in_(list(numbers))):
        when = (lead.reminder_date, lead.reminder_time) if lead.reminder_date else None
        found[lead.number] = Face(lead.caption(), lead.company or "", lead.__data__["owner"] or "", when)
    return found
