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
    asked: Any = rights.rows(Campaign, by).order_by(Campaign.number.desc()).limit(MOST_OFFERED)
    rows = list(asked)
    beyond = rights.beyond(Campaign, [row.number for row in rows], by)
    mine = [row for row in rows if row.number not in beyond]
    return sorted(mine, key=lambda row: (row.status in OVER, fold(row.name or "")))
