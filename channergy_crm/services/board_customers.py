"""The customers on the board, one row each with what their deals are worth (SI-23, SI-24)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from channergy_crm.records import Account, Lead, Opportunity
from channergy_crm.services import board, rights
from channergy_crm.services.board import Sums

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from channergy_crm.services.board import Asked, Card

TOGETHER = 500


class Row(NamedTuple):
    """A customer: what it is, its number, how to reach it, whose it is, how many deals, and their sums in cents."""

    record: str
    number: int
    name: str
    phone: str
    email: str
    owner: str
    deals: int
    sums: Sums


def read(asked: Asked, by: str) -> list[Row]:
    """The customers of every card that is shown, each once, by name; those without a deal too where they are shown."""
    rights.require(by, "see", Opportunity)
    cards = [card for column in board.read(asked, by).columns for card in column.cards]
    sums, counts = _by_account([card for card in cards if card.record == "opportunity"])
    bare = [card.number for card in cards if card.record == "account"]
    found = list(_accounts([*sums, *bare], sums, counts, by))
    found += _leads([card.number for card in cards if card.record == "lead"], by)
    return sorted(found, key=lambda row: (row.name.casefold(), row.number))


def _by_account(cards: Sequence[Card]) -> tuple[dict[int, Sums], dict[int, int]]:
    of: dict[int, int] = {}
    for start in range(0, len(cards), TOGETHER):
        some = [card.number for card in cards[start : start + TOGETHER]]
        asked = Opportunity.select(Opportunity.number, Opportunity.account).where(Opportunity.number.in_(some))
        of.update(asked.tuples().execute())
    sums: dict[int, Sums] = {}
    counts: dict[int, int] = {}
    for card in cards:
        account = of.get(card.number)
        if account is not None:
            sums.setdefault(account, Sums()).add(card)
            counts[account] = counts.get(account, 0) + 1
    return sums, counts


def _accounts(numbers: Sequence[int], sums: dict[int, Sums], counts: dict[int, int], by: str) -> Iterator[Row]:
    asked = (Account.number, Account.name, Account.phone, Account.email, Account.owner)
    for start in range(0, len(numbers), TOGETHER):
        some = list(numbers[start : start + TOGETHER])
        rows: Any = rights.rows(Account, by, *asked).where(Account.number.in_(some)).tuples()
        for number, name, phone, email, owner in rows:
            held = sums.get(number, Sums())
            yield Row("account", number, name, phone or "", email or "", owner or "", counts.get(number, 0), held)


def _leads(numbers: Sequence[int], by: str) -> Iterator[Row]:
    for start in range(0, len(numbers), TOGETHER):
        some = list(numbers[start : start + TOGETHER])
        for lead in rights.rows(Lead, by).where(Lead.number.in_(some)):
            owner = lead.__data__["owner"] or ""
            yield Row("lead", lead.number, lead.caption(), lead.phone or "", lead.email or "", owner, 0, Sums())
