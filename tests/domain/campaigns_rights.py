"""Which rights campaigns need; which of them the rest needs, `test_campaigns.py` tries (VT-139…VT-141)."""

from __future__ import annotations

from typing import Any

from channergy_crm.records import Campaign, CampaignMember

PURE = {"transfer.importing.joining": "concerns"}
PARTS = {
    "services.campaigns.members": "put_in become",
    "services.campaigns.becoming": "called converted posted responded unite",
}
NEEDS = (
    " campaigns.keeping.start campaigns.keeping.save campaigns.keeping.offered campaigns.keeping.named"
    " campaigns.members.condition campaigns.members.gather campaigns.members.named campaigns.members.add"
    " campaigns.members.remove campaigns.members.set_status campaigns.members.save campaigns.members.shown"
    " campaigns.becoming.written_to campaigns.figures.of "
)
"""touches no records of the matrix, or asks for them by what the campaign and the person are"""
ARGUMENTS: dict[str, Any] = {
    "services.campaigns.keeping.save.record": Campaign(name="fair"),
    "services.campaigns.members.save.row": CampaignMember(campaign=1),
    "services.campaigns.members.set_status.status": "Responded",
    "services.campaigns.members.add.keys": (),
}
