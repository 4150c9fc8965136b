"""The deals behind a figure: what somebody sees who presses a bar (BX-24)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from channergy_crm.language import _
from channergy_crm.records import Account, Opportunity
from channergy_crm.records.lookups import describe
from channergy_crm.records.projects import Means
from channergy_crm.services import pipeline, pipeline_deals, pipeline_stages, rights

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from channergy_crm.services.chosen import Chosen
    from channergy_crm.services.pipeline_deals import Asked, Deal

SHOWN = 200
"""rows that are read at once"""


class Row(NamedTuple):
    """A deal: its number, name and customer, its stage in words and percent, its day, whose, the amount in cents."""

    number: int
    name: str
    customer: str
    stage: str
    day: date | None
    owner: str
    amount: int | None
    reason: str


def read(asked: Asked, chosen: Chosen, by: str, *, limit: int = SHOWN, after: int = 0) -> list[Row]:
    """The rows of what was chosen, by their days, some at a time.

    Nothing chosen is every deal; a month is (its first day, the first day of the last one or None); the other parts go
    by their key.
    """
    rights.require(by, "count", Opportunity)
    return rows(behind(pipeline_deals.read(asked, by), chosen)[after : after + limit], by)


def behind(counted: Sequence[Deal], chosen: Chosen) -> list[Deal]:
    """Those of these deals that were counted for a bar."""
    if chosen.part == "came":
        return pipeline_stages.came(counted, chosen.key)
    if chosen.part == "days":
        return pipeline_stages.left(counted, chosen.key)
    if chosen.part == "month":
        first, last = chosen.key
        held = pipeline.groups(counted, "month")
        return [deal for month, some in held.items() for deal in some
                if month == first or (month and last and first <= month <= last)]  # fmt: skip
    held = pipeline.groups(counted, chosen.part)
    if chosen.part == "rotten" and chosen.key is None:
        return [deal for some in held.values() for deal in some]
    return held.get(chosen.key, [])


def rows(counted: Sequence[Deal], by: str) -> list[Row]:
    """These deals as they are listed."""
    rights.require(by, "count", Opportunity)
    customers = {} if rights.may(by, "see", Account) else _customers({deal.account for deal in counted}, by)
    kind, hidden = Opportunity.kind("stage"), rights.hidden(Opportunity, by)
    return [
        Row(deal.number, deal.name or _("Opportunity {number}").format(number=deal.number),
            customers.get(deal.account, ""), _stage(describe(kind, deal.stage), deal), deal.day, deal.owner,
            None if "amount" in hidden else _amount(deal), deal.reason)
        for deal in counted
    ]  # fmt: skip


def _amount(deal: Deal) -> int:
    """What it may bring; of a won one what it brought."""
    return deal.actual if deal.means is Means.WON else deal.amount


def _stage(said: str, deal: Deal) -> str:
    """Where it stands, with its chance while it is open."""
    if deal.means is not Means.OPEN:
        return said
    return _("{stage} {percent} %").format(stage=said or "–", percent=deal.probability)


def _customers(numbers: set[int], by: str) -> dict[int, str]:
    """What those accounts are called that this one may see."""
    found = rights.rows(Account, by, Account.number, Account.name).where(Account.number.in_(list(numbers)))
    return {number: name or "" for number, name in found.tuples().execute()}
