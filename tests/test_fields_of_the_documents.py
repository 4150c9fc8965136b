"""Every field the documents list, one by one: its words, what kind of thing it holds, and where somebody meets it.

That each is typed, saved and read back in the window is proved in `tests/ui`; here each row stands by itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from channergy_crm.fields import (
    Date,
    Email,
    Flag,
    Kind,
    Link,
    LongText,
    Lookup,
    Moment,
    Money,
    Number,
    Percent,
    Phone,
    RecordNumber,
    Reference,
    Text,
    Time,
    Website,
)  # fmt: skip
from channergy_crm.records import Account, Contact, Lead, Opportunity, Task
from ui.screens import people, sales

if TYPE_CHECKING:
    from ui.screen import Screen


class Listed(NamedTuple):
    """A field as its document lists it."""

    name: str
    label: str
    kind: type[Kind[Any]]
    of: str = ""
    """the table and field its values stand under in CustomLookup"""
    required: bool = False
    system: bool = False
    """written by the program, never by hand"""


LEADS = {
    "CH-19": Listed("type", "Type", Text),
    "CH-20": Listed("lead_source", "Lead Source", Text),
    "CH-21": Listed("description", "Description", Text, required=True),
    "CH-22": Listed("first_name", "First Name", Text),
    "CH-23": Listed("last_name", "Last Name", Text),
    "CH-24": Listed("company", "Company", Text),
    "CH-25": Listed("title", "Title", Text),
    "CH-26": Listed("phone", "Phone", Phone),
    "CH-27": Listed("time_zone", "Time Zone", Lookup, "All.TimeZone"),
    "CH-28": Listed("email", "Email", Email),
    "CH-30": Listed("website", "Website", Website),
    "CH-31": Listed("notes", "Notes", LongText),
    "CH-32": Listed("objection", "Objection", LongText),
    "CH-33": Listed("call_try", "Call Try", Lookup, "CRMLeads.CallTry"),
    "CH-34": Listed("call_date", "Call Dt", Date),
    "CH-35": Listed("call_code", "Call Code", Lookup, "CRMLeads.CallCode"),
    "CH-36": Listed("call_status", "Call Status", Lookup, "CRMLeads.CallStatus"),
    "CH-37": Listed("reminder_date", "Reminder Dt", Date),
    "CH-38": Listed("reminder_time", "Reminder Time", Time),
    "CH-39": Listed("owner", "Assign Account To", Link, required=True),
}
ACCOUNTS = {
    "CH-55": Listed("number", "CRM Account #", RecordNumber, system=True),
    "CH-56": Listed("customer", "Customer #", Link, system=True),
    "CH-57": Listed("originating_lead", "Originating Lead #", Reference, system=True),
    "CH-58": Listed("name", "Account Name", Text, required=True),
    "CH-59": Listed("description", "Account Description", Text),
    "CH-60": Listed("type", "Type", Lookup, "CRMAccounts.Type"),
    "CH-61": Listed("industry", "Industry", Lookup, "CRMAccounts.Industry"),
    "CH-62": Listed("employees", "Employees", Number),
    "CH-63": Listed("annual_revenue", "Annual Revenue", Money),
    "CH-64": Listed("order_volume", "Order Volume", Number),
    "CH-65": Listed("previous_system", "Previous System", Lookup, "CRMAccounts.PreviousSystem"),
    "CH-66": Listed("phone", "Phone", Phone),
    "CH-67": Listed("fax", "Fax", Phone),
    "CH-68": Listed("email", "Email", Email),
    "CH-69": Listed("website", "Website", Website),
}
OPPORTUNITIES = {
    "CH-86": Listed("number", "Opportunity #", RecordNumber, system=True),
    "CH-87": Listed("created_on", "Create Dt", Date, system=True),
    "CH-88": Listed("created_by", "Create ID", Text, system=True),
    "CH-89": Listed("originating_lead", "Originating Lead #", Reference, system=True),
    "CH-90": Listed("updated_on", "Last Update Dt", Date),
    "CH-91": Listed("updated_by", "Last Update ID", Link),
    "CH-92": Listed("last_activity", "Last Activity Dt", Moment, system=True),
    "CH-93": Listed("name", "Name", Text, required=True),
    "CH-94": Listed("description", "Description", LongText),
    "CH-95": Listed("lead_source", "Lead Source", Lookup, "CRMOpportunities.LeadSource"),
    "CH-96": Listed("partner", "Partner", Lookup, "CRMOpportunities.Partner"),
    "CH-97": Listed("type", "Type", Lookup, "CRMOpportunities.Type"),
    "CH-98": Listed("amount", "Amount", Money),
    "CH-99": Listed("budget", "Budget", Money),
    "CH-100": Listed("cost_conscious", "Cost Conscious", Flag),
    "CH-101": Listed("close_date_1", "Close Dt 1", Date),
    "CH-102": Listed("close_date_2", "Close Dt 2", Date),
    "CH-104": Listed("closed", "Closed", Flag),
    "CH-105": Listed("next_step", "Next Step", Lookup, "CRMOpportunities.NextStep"),
    "CH-106": Listed("stage", "Stage", Lookup, "CRMOpportunities.Stage"),
    "CH-107": Listed("stage_duration", "Stage Duration", Number),
    "CH-108": Listed("interest_level", "Interest Level", Lookup, "CRMOpportunities.InterestLevel"),
    "CH-109": Listed("probability", "Probability %", Percent),
    "CH-110": Listed("objection", "Objection", LongText),
    "CH-111": Listed("outcome", "Lost/Won", Lookup, "CRMOpportunities.LostWon"),
    "CH-112": Listed("outcome_reason", "Lost/Won Reason", Text),
    "CH-113": Listed("decision_maker", "Decision Maker Name", Text),
}
TASKS = {
    "CH-120": Listed("action", "Action", Text, required=True),
    "CH-121": Listed("reminder_date", "Reminder Dt", Date),
    "CH-122": Listed("reminder_time", "Reminder Time", Time),
    "CH-123": Listed("notes", "Notes", LongText),
    "CH-124": Listed("priority", "Priority", Lookup, "CustServ.Priority"),
    "CH-125": Listed("status", "Status", Lookup, "CustServ.Status"),
    "CH-126": Listed("closed", "Closed", Flag),
}
CONTACTS = {
    "CH-77": Listed("customer", "Customer #", Link, required=True, system=True),
    "CH-78": Listed("number", "Contact #", RecordNumber, system=True),
    "CH-83": Listed("phone", "Phone", Phone),
    "VT-98": Listed("email_opt_out", "Email Opt Out", Flag),
    "VT-99": Listed("reports_to", "Reports To", Link),
    "VT-100": Listed("do_not_call", "Do Not Call", Flag),
    "VT-101": Listed("reference", "Reference", Flag),
    "VT-102": Listed("notify_owner", "Notify Owner", Flag),
}


def as_listed(record: Any, listed: Listed, met: list[str]) -> None:
    kind = record.kind(listed.name)
    assert kind.label == listed.label
    assert isinstance(kind, listed.kind)
    assert not listed.of or ".".join(kind.list_key) == listed.of
    assert bool(kind.required) is listed.required
    assert bool(kind.system or isinstance(kind, RecordNumber)) is listed.system
    assert listed.name in met, "nobody sees it"


def on_form(screen: Screen) -> list[str]:
    return [name for section in screen.sections for name in section.fields]


@pytest.mark.parametrize("row", LEADS)
def test_a_field_of_a_lead(row: str) -> None:
    as_listed(Lead, LEADS[row], on_form(people.LEADS))


def test_ch21_ch39_only_the_description_and_whose_it_is_must_be_filled_in_a_lead() -> None:
    """The other is filled with who makes it."""
    assert [kind.name for kind in Lead.kinds().values() if kind.required] == ["description", "owner"]


@pytest.mark.parametrize("row", ACCOUNTS)
def test_ch54_a_field_of_an_account_stands_on_its_account_information(row: str) -> None:
    as_listed(Account, ACCOUNTS[row], on_form(people.ACCOUNTS))


@pytest.mark.parametrize("row", OPPORTUNITIES)
def test_a_field_of_an_opportunity(row: str) -> None:
    as_listed(Opportunity, OPPORTUNITIES[row], on_form(sales.ACCOUNT_OPPORTUNITIES))


@pytest.mark.parametrize("row", TASKS)
@pytest.mark.parametrize("screen", [sales.TASKS, sales.ACCOUNT_TASKS], ids=lambda screen: screen.name)
def test_ch119_a_field_of_a_task_is_filled_in_the_grid(row: str, screen: Screen) -> None:
    as_listed(Task, TASKS[row], screen.columns)


@pytest.mark.parametrize("row", CONTACTS)
def test_a_field_of_a_contact(row: str) -> None:
    as_listed(Contact, CONTACTS[row], people.ACCOUNT_CONTACTS.columns)
