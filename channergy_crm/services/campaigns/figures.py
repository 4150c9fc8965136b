"""What a campaign has come to: members, responses, deals, money (VT-141)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import peewee

from channergy_crm.records import Campaign, CampaignMember, Opportunity
from channergy_crm.records.campaigns import Status
from channergy_crm.services import reading, rights
from channergy_crm.services.campaigns import members

if TYPE_CHECKING:
    from collections.abc import Mapping


class Figures(NamedTuple):
    """The figures of one campaign; money in cents. What cannot be told, such as a cost nobody has written, is None."""

    members: int
    by_status: Mapping[Status, int]
    responses: int
    deals: int
    open_deals: int
    won_deals: int
    expected: int
    """what the open deals may bring"""
    revenue: int
    """what the won ones have brought"""
    cost: int | None
    budget: int | None
    expected_cost: int | None
    expected_revenue: int | None
    expected_responses: int | None

    @property
    def rate(self) -> float | None:
        """Responses of a hundred members."""
        return 100 * self.responses / self.members if self.members else None

    @property
    def per_response(self) -> int | None:
        """What a response has cost."""
        return _each(self.cost, self.responses)

    @property
    def per_deal(self) -> int | None:
        """What a deal has cost."""
        return _each(self.cost, self.deals)

    @property
    def roi(self) -> float | None:
        """What came back of a hundred spent, beyond these: (revenue − cost) / cost."""
        return 100 * (self.revenue - self.cost) / self.cost if self.cost else None


def _each(cost: int | None, count: int) -> int | None:
    return round(cost / count) if cost is not None and count else None


def of(campaign: int, by: str) -> Figures | None:
    """The figures of a campaign this operator sees; None where it is not there. Of its members and deals those count
    that they are shown, and nobody who was removed.
    """
    rights.require(by, "see", Campaign)
    held = reading.find(Campaign, campaign, by)
    if held is None:
        return None
    by_status = _by_status(campaign, by)
    deals, won, expected, revenue = _deals(campaign, by)
    counted = by_status.get(Status.RESPONDED, 0)
    return Figures(
        sum(by_status.values()), by_status, held.actual_responses if held.actual_responses is not None else counted,
        deals[0], deals[1], won, expected, revenue, held.actual_cost, held.budget, held.expected_cost,
        held.expected_revenue, held.expected_responses,
    )  # fmt: skip


def _by_status(campaign: int, by: str) -> dict[Status, int]:
    here, count = members.condition(campaign, by), peewee.fn.COUNT(CampaignMember.number)
    rows: Any = CampaignMember.select(CampaignMember.status, count).where(here).group_by(CampaignMember.status)
    held = {str(status): int(number) for status, number in rows.tuples()}
    return {each: held[each.value] for each in Status if each.value in held}


def _deals(campaign: int, by: str) -> tuple[tuple[int, int], int, int, int]:
    """All and open ones, won ones, what open ones may bring, what won ones brought."""
    if rights.may(by, "count", Opportunity) is not None:
        return (0, 0), 0, 0, 0
    won = peewee.fn.COALESCE(Opportunity.outcome, "") == Opportunity.about.won["outcome"]
    is_open = ~(won | Opportunity.closed)
    brought = peewee.fn.COALESCE(Opportunity.actual_amount, Opportunity.amount, 0)
    sums = [
        peewee.fn.COUNT(Opportunity.number),
        _sum(is_open, 1), _sum(won, 1), _sum(is_open, peewee.fn.COALESCE(Opportunity.amount, 0)), _sum(won, brought),
    ]  # fmt: skip
    rows: Any = rights.rows(Opportunity, by, *sums).where(Opportunity.campaign == campaign)
    every, opened, sold, expected, revenue = (int(each or 0) for each in rows.tuples().get())
    return (every, opened), sold, expected, revenue


def _sum(fits: Any, what: Any) -> Any:
    return peewee.fn.SUM(peewee.Case(None, [(fits, what)], 0))
