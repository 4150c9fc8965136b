"""The screens of leads, accounts, customers and contacts."""

from __future__ import annotations

from channergy_crm.language import N_
from channergy_crm.records import Account, Contact, Customer, Lead
from ui.screen import Command, Screen, Section
from ui.screens import actions

LEADS = Screen(
    Lead,
    "leads",
    columns=["last_name", "first_name", "phone", "local_time", "call_code", "reminder_date", "company", "description"],
    sections=[
        Section("", ["description"], across=True),
        Section("Person", ["first_name", "last_name", "title", "company"]),
        Section("Reach", ["phone", "time_zone", "email", "website"], beside=True),
        Section("Call", ["call_try", "call_date", "call_code", "call_status", "reminder_date", "reminder_time",
                         "in_calendar", "do_not_call", "sms_opt_out", "email_opt_out"]),
        Section("Notes", ["notes", "objection"], beside=True),
        Section("Lead", ["type", "lead_source"]),
        Section("", ["owner", "project"], beside=True),
        Section("Fax and address", ["fax", "other_phone", "more_phones", "address", "city", "state", "postal_code",
                                    "country"], folded=True),
        Section("Numbers", ["number", "created_on", "created_by", "account", "customer", "opportunity",
                            "imported"], folded=True, beside=True),
    ],
    commands=[
        Command("create", "Create Lead", actions.create, "add", "Ctrl+N", role="list"),
        Command("start_calling", "Start calling", actions.nothing, "play", "Ctrl+F9", role="foot"),
        Command("call_lists", "Call through several lists…", actions.nothing, "lookups", "Ctrl+Alt+F9", role="foot"),
        Command("save", "Save Changes", actions.save, "save", "Ctrl+S", actions.edited),
        Command("cancel", "Cancel Changes", actions.cancel, "cancel", "Esc", actions.edited),
        Command("save_and_next", "Save and Next", actions.save_and_next, "save_next", "Ctrl+Return or Ctrl+Enter",
                actions.shown),
        Command("convert", "Convert To Opportunity", actions.convert, "convert", "Ctrl+Shift+O", actions.convertible),
        Command("open_opportunity", "Open Opportunity", actions.open_opportunity, "opportunity", "", actions.converted),
        Command("restore", "Bring Back", actions.restore_lead, "restore", "", actions.restorable, "danger"),
        Command("remove", "Remove", actions.remove_lead, "remove", "", actions.removable, "danger"),
        Command("dial", "Dial Phone", actions.dial, "phone", "F9", actions.callable_lead, "strip"),
        Command("dial_other", "Dial another number…", actions.dial_other, "phone", "Shift+F9",
                actions.other_numbers_of_lead, "beside:more_phones"),
        Command("log_call", "Log a call", actions.log_call, "note", "Ctrl+Shift+L", actions.shown, "beside:call_date"),
        Command("send_email", "Email", actions.send_email, "email", "",
                actions.has("email", N_("There is no e-mail address.")), "beside:email"),
        Command("open_website", "Open the website", actions.open_website, "website", "",
                actions.has("website", N_("There is no web address.")), "beside:website"),
        Command("locate", "Locate Map", actions.locate, "map", "", actions.shown, "beside:address"),
    ],
    order=("reminder_date", False),
    empty="No leads yet. The leads assigned to you are listed here.",
)  # fmt: skip

ACCOUNTS = Screen(
    Account,
    "accounts",
    columns=["name", "phone", "local_time", "type", "next_reminder", "open_opportunities", "description", "email",
             "industry", "number"],
    sections=[
        Section("Account", ["name", "description", "type", "industry", "previous_system", "owner", "project"]),
        Section("Reach", ["phone", "fax", "email", "website"], beside=True),
        Section("Size", ["employees", "annual_revenue", "order_volume", "number", "customer", "originating_lead"],
                beside=True),
        Section("Billing address", ["bill_address", "bill_city", "bill_state", "bill_postal_code", "bill_country"],
                folded=True),
        Section("Other numbers", ["other_phone", "more_phones", "imported"], folded=True, beside=True),
    ],
    commands=[
        Command("create", "Create Account", actions.nothing, "add", "Ctrl+N", role="list"),
        Command("save", "Save Changes", actions.save, "save", "Ctrl+S", actions.edited),
        Command("cancel", "Cancel Changes", actions.cancel, "cancel", "Esc", actions.edited),
        Command("create_lead", "Create Lead for Account", actions.create_lead_for_account, "add", "", actions.shown),
        Command("create_quote", "Create Quote", actions.create_quote, "quote", "", actions.quotable),
        Command("open_lead", "Open Lead", actions.open_lead_of_account, "lead", "", actions.shown),
        Command("dial", "Dial Phone", actions.dial, "phone", "F9", actions.has("phone", actions.NO_PHONE), "strip"),
        Command("dial_other", "Dial another number…", actions.dial_other, "phone", "Shift+F9", actions.several_numbers,
                "beside:more_phones"),
        Command("log_call", "Log a call", actions.log_call, "note", "Ctrl+Shift+L", actions.shown, "beside:phone"),
        Command("send_email", "Email", actions.send_email, "email", "",
                actions.has("email", N_("There is no e-mail address.")), "beside:email"),
        Command("open_website", "Open the website", actions.open_website, "website", "",
                actions.has("website", N_("There is no web address.")), "beside:website"),
        Command("locate", "Locate Map", actions.locate, "map", "", actions.shown, "beside:bill_address"),
    ],
    order=("name", False),
    empty="No accounts yet. An account is made when a lead is converted to an opportunity.",
)  # fmt: skip

CUSTOMERS = Screen(
    Customer,
    "customers",
    columns=["number", "company", "first_name", "last_name", "phone", "email"],
    sections=[
        Section("Customer", ["company", "first_name", "last_name", "number", "created_on", "imported"]),
        Section("Reach", ["phone", "other_phone", "fax", "email", "website", "more_phones", "do_not_call",
                          "sms_opt_out"], beside=True),
        Section("Billing address", ["address", "city", "state", "postal_code", "country"], beside=True),
        Section("Notes", ["notes"], across=True),
    ],
    commands=[
        Command("save", "Save Changes", actions.save, "save", "Ctrl+S", actions.edited),
        Command("cancel", "Cancel Changes", actions.cancel, "cancel", "Esc", actions.edited),
        Command("locate", "Locate Map", actions.locate, "map", "", actions.shown, "beside:address"),
    ],
    empty="No customers yet.",
)  # fmt: skip

CONTACTS = Screen(
    Contact,
    "contacts",
    columns=["image", "last_name", "first_name", "phone", "local_time", "account_name", "title", "email"],
    order=("last_name", False),
    empty="No contacts yet. Contacts are added in their account.",
)

ACCOUNT_CONTACTS = Screen(
    Contact,
    "accounts.contacts",
    columns=["customer", "number", "image", "first_name", "last_name", "title", "phone", "other_phone", "fax", "email",
             "notes", "more_phones", "do_not_call", "sms_opt_out", "email_opt_out", "portal", "notify_owner",
             "reference", "reports_to", "assigned_to"],
    order=("number", False),
    empty="No contacts yet. Press the plus below to add the first.",
)  # fmt: skip
