"""The screens of opportunities and tasks."""

from __future__ import annotations

from channergy_crm.records import Opportunity, Task
from ui.screen import Command, Screen, Section
from ui.screens import actions

OPPORTUNITIES = Screen(
    Opportunity,
    "opportunities",
    columns=["name", "account_name", "stage", "amount", "probability", "close_date_1", "next_step", "age", "number"],
    empty="No opportunities yet. Convert a lead, or create one in its account.",
)

ACCOUNT_OPPORTUNITIES = Screen(
    Opportunity,
    "opportunities",
    columns=["name", "stage", "amount", "number", "created_on"],
    sections=[
        Section("Deal", ["name", "stage", "next_step", "lead_source", "campaign", "type", "partner", "owner", "project",
                         "description"]),
        Section("Value and dates", ["amount", "actual_amount", "budget", "probability", "interest_level",
                                    "close_date_1", "close_date_2", "stage_duration", "cost_conscious", "updated_on",
                                    "updated_by"], beside=True),
        Section("Outcome", ["decision_maker", "objection", "outcome", "outcome_reason", "closed"], beside=True),
        Section("Program", ["arrival", "departure", "due"], folded=True),
        Section("Dates and IDs", ["number", "originating_lead", "created_on", "created_by", "last_activity",
                                  "imported"], folded=True, beside=True),
        Section("More", ["custom_1", "custom_2", "custom_3", "custom_4"], folded=True, beside=True),
    ],
    commands=[
        Command("create", "Create Opportunity", actions.create, "add", "Ctrl+N", actions.startable, "list"),
        Command("create_task", "Create Task for Opportunity", actions.create_task, "task", "Ctrl+T", actions.saved,
                "first"),
        Command("create_quote", "Create Quote", actions.create_quote, "quote", "", actions.quotable, "first"),
        Command("save", "Save Changes", actions.save, "save", "Ctrl+S", actions.edited),
        Command("cancel", "Cancel", actions.cancel, "cancel", "Esc", actions.edited),
        Command("open_lead", "Open Lead", actions.open_lead, "lead", "", actions.came_from_a_lead),
    ],
    empty="No opportunities of this account yet. Create Opportunity makes the first.",
)  # fmt: skip

TASKS = Screen(
    Task,
    "tasks",
    columns=[
        "action",
        "reminder_date",
        "reminder_time",
        "priority",
        "status",
        "repeats",
        "in_calendar",
        "closed",
        "account_name",
        "origin",
        "notes",
    ],
    order=("reminder_date", False),
    empty="No open tasks. Everything is done.",
)

ACCOUNT_TASKS = Screen(
    Task,
    "accounts.tasks",
    columns=[
        "action",
        "reminder_date",
        "reminder_time",
        "priority",
        "status",
        "repeats",
        "in_calendar",
        "closed",
        "opportunity",
        "origin",
        "notes",
    ],
    order=("reminder_date", False),
    empty="No open tasks of this account. Press the plus below to add one.",
)
