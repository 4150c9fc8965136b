"""The tab Campaigns: it comes when somebody wants it, and goes when it is closed (VT-139, VT-140)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm.records import Campaign
from ui.screen import Command, Tab
from ui.shell.menu import MARKETING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ui.pages.page import Page
    from ui.session.session import Session


def _build(session: Session, parent: QWidget) -> Page:
    from ui.pages.campaigns.page import CampaignsPage

    return CampaignsPage(session, parent)


CAMPAIGNS: Tab[Page] = Tab(
    "campaigns", "Campaigns", "campaign", _build, targets=("campaign", "campaign_members", "new_campaign"),
    closable=True, records=(Campaign,),
)  # fmt: skip

CAMPAIGN_COMMANDS = [
    Command("campaigns", "Campaigns", lambda menu: menu.session.go_to("campaigns"), "campaign", group=MARKETING),
    Command("new_campaign", "New campaign", lambda menu: menu.session.go_to("new_campaign"), "campaign"),
]
