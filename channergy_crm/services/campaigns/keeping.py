"""Campaigns begun, saved and offered (VT-139, VT-140)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm.records import Campaign
from channergy_crm.records.lookups import choices
from channergy_crm.services import rights, saving
from channergy_crm.text.folding import fold

if TYPE_CHECKING:
    from typing import Any

MOST_OFFERED = 500
OVER = ("Completed", "Cancelled", "Inactive")
"""the values of Campaign Status that say nothing more is done for it"""


def start(by: str) -> Campaign:
    """A new one, not saved yet, in the first status of the office's list (VT-140)."""
    held = saving.start(Campaign, by)
    offered = [choice.value for choice in choices("CRMCampaigns", "CampaignStatus") if not choice.retired]
    held.status = next(iter(offered), "")
    return held


def save(record: Campaign, by: str) -> Campaign:
    """Keep a campaign; its name without blanks around it."""
    record.name = " ".join((record.name or "").split())
    return saving.save(record, by)


def offered(by: str) -> list[Campaign]:
    """The campaigns this operator may put people into: those at work by name, then those that are over."""
    rights.require(by, "see", Campaign)
    asked = rights.rows(Campaign, by).order_by(Campaign.number.desc()).limit(MOST_OFFERED)
    return sorted(_changeable(asked, by), key=lambda row: (row.status in OVER, fold(row.name or "")))


def named(by: str) -> dict[str, int]:
    """The numbers of all campaigns this operator may put people into, by their folded names; of two that are called
    alike the one at work, else the newer.
    """
    rights.require(by, "see", Campaign)
    those = sorted(_changeable(rights.rows(Campaign, by), by), key=lambda row: (row.status not in OVER, row.number))
    return {fold(each.name or ""): each.number for each in those}


def _changeable(asked: Any, by: str) -> list[Campaign]:
    rows = list(asked)
    beyond = rights.beyond(Campaign, [row.number for row in rows], by)
    return [row for row in rows if row.number not in beyond]
