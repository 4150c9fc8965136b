"""The screens of campaigns and their members (VT-139…VT-141)."""

from __future__ import annotations

from channergy_crm.language import N_
from channergy_crm.records import CampaignMember, Contact, Lead
from channergy_crm.records.campaigns import Campaign
from ui.screen import Command, Screen, Section
from ui.screens import actions

CAMPAIGNS = Screen(
    Campaign,
    "campaigns",
    columns=["name", "status", "type", "members", "begins", "closes", "expected_revenue", "product"],
    sections=[
        Section("Campaign", ["name", "type", "status", "product", "audience", "sponsor", "begins", "closes", "owner",
                             "notes"]),
        Section("Expected and actual", ["budget", "expected_cost", "actual_cost", "expected_revenue",
                                        "expected_responses", "actual_responses"], beside=True),
        Section("Dates and IDs", ["number", "created_on", "last_activity"], folded=True),
    ],
    commands=[
        Command("create", "Create Campaign", actions.create, "add", "Ctrl+N", actions.startable, "list"),
        Command("save", "Save Changes", actions.save, "save", "Ctrl+S", actions.edited),
        Command("save_and_next", "Save and Next", actions.save_and_next, "save_next", "Ctrl+Return or Ctrl+Enter",
                actions.shown),
        Command("cancel", "Cancel Changes", actions.cancel, "cancel", "Esc", actions.edited),
        Command("remove", "Remove", actions.remove, "remove", "", actions.stored, "danger"),
    ],
    empty=N_("No campaigns yet. Create Campaign makes the first: a fair, a mailing, a round of calls."),
)  # fmt: skip

MEMBERS = Screen(
    CampaignMember,
    "campaigns.members",
    columns=["name", "company", "kind", "status", "responded_on", "phone", "email", "note"],
    order=("name", False),
    empty=N_("Nobody is in this campaign yet. Add members, or mark rows in Leads or Contacts and add them from there."),
)

TO_ADD = (
    Screen(Lead, "campaign_add.leads", columns=["last_name", "first_name", "company", "phone", "city", "lead_source"],
           order=("last_name", False), empty=N_("No leads here.")),
    Screen(Contact, "campaign_add.contacts", columns=["last_name", "first_name", "account_name", "title", "phone"],
           order=("last_name", False), empty=N_("No contacts here.")),
)  # fmt: skip
"""whom one chooses members from"""
