"""The screens of support: tickets, and the answers to what is asked often (VT-176, VT-178, VT-189)."""

from __future__ import annotations

from channergy_crm.language import N_
from channergy_crm.records import FAQ, Ticket
from ui.screen import Command, Screen, Section
from ui.screens import actions, support_deeds

TICKETS = Screen(
    Ticket,
    "tickets",
    columns=["title", "account_name", "status", "priority", "severity", "category", "due", "product_name", "owner",
             "number"],
    sections=[
        Section("Ticket", ["title", "account", "contact", "product", "came_by", "description"]),
        Section("Weight and stage", ["status", "priority", "severity", "category", "owner", "quiet", "solution"],
                beside=True),
        Section("Dates and IDs", ["number", "created_on", "due", "solve_due", "answered_on", "last_said", "closed",
                                  "closed_on", "split_from", "last_activity", "imported"], folded=True),
    ],
    commands=[
        Command("create", "Create Ticket", actions.create, "add", "Ctrl+N", role="list"),
        Command("take_over", N_("Take over"), support_deeds.do("take_over"), "operator", "",
                support_deeds.open_ticket),
        Command("close_ticket", N_("Close Ticket"), support_deeds.do("close_ticket"), "check", "",
                support_deeds.open_ticket),
        Command("create_task", N_("Create Task"), support_deeds.do("create_task"), "task", "Ctrl+T", actions.stored),
        Command("merge", N_("Merge…"), actions.nothing, "merge", "Ctrl+M", actions.stored),
        Command("duplicate", N_("Duplicate…"), support_deeds.do("duplicate"), "copy", "", actions.stored),
        Command("to_faq", N_("Convert to FAQ"), support_deeds.do("to_faq"), "faq", "", actions.stored),
        Command("template", N_("Merge with a template…"), support_deeds.do("template"), "email", "",
                support_deeds.with_contact, "more"),
        Command("save", "Save Changes", actions.save, "save", "Ctrl+S", actions.edited, "fields"),
        Command("cancel", "Cancel Changes", actions.cancel, "cancel", "Esc", actions.edited, "fields"),
        Command("remove", "Remove", actions.remove, "remove", "", actions.stored, "more"),
        Command("dial", "Dial", support_deeds.do("dial"), "phone", "F9", support_deeds.with_phone, "strip"),
    ],
    order=("due", False),
    empty=N_("No open tickets. Create Ticket takes down what a customer asks for, a fault or a complaint."),
)  # fmt: skip

FAQS = Screen(
    FAQ,
    "faq",
    columns=["question", "status", "category", "product_name", "used", "used_on", "owner"],
    sections=[
        Section("", ["question", "answer"], across=True),
        Section("Answer", ["status", "category", "product", "owner"]),
        Section("Dates and IDs", ["number", "ticket", "used", "used_on", "created_on", "last_activity", "imported"],
                beside=True),
    ],
    commands=[
        Command("create", "Create FAQ", actions.create, "add", "Ctrl+N", role="list"),
        Command("publish", N_("Publish"), support_deeds.do("publish"), "send", "", support_deeds.not_yet("Published")),
        Command("reviewed", N_("Mark reviewed"), support_deeds.do("reviewed"), "check", "",
                support_deeds.not_yet("Reviewed")),
        Command("obsolete", N_("Obsolete"), support_deeds.do("obsolete"), "cancel", "",
                support_deeds.not_yet("Obsolete")),
        Command("copy_answer", N_("Copy the answer"), support_deeds.do("copy_answer"), "copy", "", actions.shown),
        Command("save", "Save Changes", actions.save, "save", "Ctrl+S", actions.edited),
        Command("cancel", "Cancel Changes", actions.cancel, "cancel", "Esc", actions.edited),
        Command("remove", "Remove", actions.remove, "remove", "", actions.stored, "danger"),
    ],
    order=("question", False),
    empty=N_("No answers yet. Create FAQ writes the first; Convert to FAQ makes one of a ticket."),
)  # fmt: skip
