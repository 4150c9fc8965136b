"""The campaigns somebody has under way: whom they reach, who has responded, how long they last (VT-141)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import peewee

from channergy_crm import clock
from channergy_crm.language import _, ngettext
from channergy_crm.records import Campaign, CampaignMember
from channergy_crm.records.campaigns import Status
from channergy_crm.services import rights
from channergy_crm.services.campaigns import members
from channergy_crm.services.campaigns.keeping import OVER
from channergy_crm.services.home.lines import ROWS, Content, Line, Said

if TYPE_CHECKING:
    from datetime import date


def own_campaigns(by: str) -> Content:
    """The campaigns of this operator that are not over, the one that ends first on top: how many members and responses
    each has, and how many days are left of it.
    """
    rights.require(by, "see", Campaign)
    rights.require_shown(Campaign, ("status", "closes"), by)
    responded = peewee.Case(None, [(CampaignMember.status == Status.RESPONDED.value, 1)], 0)
    counted = peewee.fn.COALESCE(peewee.fn.SUM(responded), 0)
    every = peewee.NodeList((peewee.fn.COUNT(Campaign.number), peewee.SQL("OVER ()")))
    told = Campaign.actual_responses
    responses = counted if "actual_responses" in rights.hidden(Campaign, by) else peewee.fn.COALESCE(told, counted)
    asked: Any = rights.rows(
        Campaign, by, Campaign.number, Campaign.name, Campaign.begins, Campaign.closes,
        peewee.fn.COUNT(CampaignMember.number), responses, every,
    )  # fmt: skip
    theirs = (CampaignMember.campaign == Campaign.number) & members.shown(by)
    mine = Campaign.owned_by(by) & ~peewee.fn.COALESCE(Campaign.status, "").in_(OVER)
    asked = asked.join(CampaignMember, peewee.JOIN.LEFT_OUTER, on=theirs).where(mine).group_by(Campaign.number)
    found = list(asked.order_by(Campaign.closes.is_null(), Campaign.closes, Campaign.number).limit(ROWS).tuples())
    return Content(tuple(_line(*row[:6]) for row in found), int(found[0][6]) if found else 0)


def office_has_some(by: str) -> bool:
    """Whether there is any campaign this operator may see."""
    rights.require(by, "see")
    return rights.may(by, "see", Campaign) is None and rights.rows(Campaign, by, Campaign.number).exists()


def _line(number: int, name: str, begins: date | None, closes: date | None, reached: int, responses: int) -> Line:
    said = (Said(None, ""), Said(None, _answered(reached, responses)), Said(None, _days(begins, closes)))
    return Line(("campaign", number), name or _("Campaign {number}").format(number=number), said)


def _answered(reached: int, responses: int) -> str:
    if responses > reached:  # typed by somebody who counted otherwise
        return ngettext("{count:,} response", "{count:,} responses", responses).format(count=responses)
    if not reached:
        return _("no members yet")
    return _("{responses:,} of {members:,} responded").format(responses=responses, members=reached)


def _days(begins: date | None, closes: date | None) -> str:
    today = clock.today()
    if begins is not None and begins > today:
        days = (begins - today).days
        return ngettext("begins in {count:,} day", "begins in {count:,} days", days).format(count=days)
    if closes is None:
        return ""
    days = (closes - today).days
    if days < 0:
        return ngettext("over for {count:,} day", "over for {count:,} days", -days).format(count=-days)
    return ngettext("{count:,} day left", "{count:,} days left", days).format(count=days) if days else _("ends today")
