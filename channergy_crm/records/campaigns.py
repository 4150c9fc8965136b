"""Campaigns: what the office does to win customers, whom it reaches by that, and what comes of it (VT-139…VT-141)."""

from __future__ import annotations

from enum import StrEnum

import peewee

from channergy_crm.fields import (
    Date,
    Link,
    LongText,
    Lookup,
    Moment,
    Money,
    Number,
    OneOf,
    Owner,
    RecordNumber,
    SearchText,
    Text,
)
from channergy_crm.language import N_, _, quoted
from channergy_crm.records.operators import Operator
from channergy_crm.records.people import Contact, Customer, Lead
from channergy_crm.work.about import About, Lines
from channergy_crm.work.record import Extra, Record

LONGEST = 80
"""letters of a name: a list of calls is called by it"""


class ClosingDate(Date):
    """When a campaign is to be over: never before it begins."""

    minds = ("begins",)
    disagrees = staticmethod(lambda kind, values: _before(values.get("begins"), values.get(kind.name)))


def _before(begins: object, closes: object) -> str | None:
    if begins is None or closes is None or closes >= begins:  # type: ignore[operator]
        return None
    return _("The campaign would close before it begins.")


class Campaign(Record):
    """A fair, a mailing, a round of calls: what it costs, what is hoped for, and who is reached by it (VT-139)."""

    number = RecordNumber("Campaign #", column_name="CampaignNo")
    name = Text("Campaign Name", column_name="CampaignName", required=True, searched=True, limit=LONGEST, width=32,
                synonyms="campaign, campaign name, Kampagne")  # fmt: skip
    type = Lookup("Campaign Type", column_name="CampaignType")
    status = Lookup("Campaign Status", column_name="CampaignStatus")
    product = Text("Product", column_name="Product", searched=True, suggested=True, limit=LONGEST)
    audience = Text("Target Audience", column_name="TargetAudience", searched=True, suggested=True, limit=200)
    sponsor = Text("Sponsor", column_name="Sponsor", suggested=True, limit=LONGEST)
    begins = Date("Start Date", column_name="StartDt")
    closes = ClosingDate("Expected Close Date", column_name="CloseDt")
    budget = Money("Budget", column_name="Budget", negative=False)
    expected_cost = Money("Expected Cost", column_name="ExpectedCost", negative=False)
    actual_cost = Money("Actual Cost", column_name="ActualCost", negative=False)
    expected_revenue = Money("Expected Revenue", column_name="ExpectedRevenue", negative=False)
    expected_responses = Number("Expected Responses", column_name="ExpectedResponses")
    actual_responses = Number("Actual Responses", column_name="ActualResponses", hint="where not counted by members")
    notes = LongText("Notes", column_name="Notes")
    owner = Owner(Operator, "Assigned To", column_name="OwnerOperatorID", required=True)
    created_on = Date("Create Dt", column_name="CreateDt", past=True, system=True)
    last_activity = Moment("Last Activity Dt", column_name="LastActivityDt", touched=True)
    search_text = SearchText()

    singular = "Campaign"
    plural = "Campaigns"
    about = About(
        icon="campaign", title=("name",), detail=("type", "status"), target="campaign", screen="campaigns", page=True,
        known_by=("name",), usually="Name", extendable=True, documents=True, rank=45,
        lines=Lines("status", ("type", "product"), "closes", "closes {day}"),
    )  # fmt: skip

    class Meta:
        table_name = "CRMCampaigns"

    def caption(self) -> str:
        return self.name or _("Campaign {number}").format(number=self.number)

    @classmethod
    def declared_extras(cls) -> dict[str, Extra]:
        count = CampaignMember.select(peewee.fn.COUNT(CampaignMember.number))
        count = count.where(CampaignMember.campaign == cls.number)
        return {"members": Extra("Members", count, lambda held: held or None, 8, numeric=True)}


class Status(StrEnum):
    """How it stands with a member: only what the office knows of itself, or was told."""

    PLANNED = N_("Planned")
    WRITTEN = N_("Written to")
    CALLED = N_("Called")
    RESPONDED = N_("Responded")
    REFUSED = N_("Not interested")


ANSWERED = (Status.RESPONDED, Status.REFUSED)
"""somebody has said so: no mail and no call changes it"""


class CampaignMember(Record):
    """That a lead or a contact is reached by a campaign, and how it stands with them (VT-141).

    It is a part of the campaign and of the person: it goes with either, and comes back with it. Whoever sees the
    campaign and the person sees it, whoever may change the campaign changes it.
    """

    number = RecordNumber("Member #", column_name="MemberNo")
    campaign = Link(
        Campaign, "Campaign #", column_name="CampaignNo", required=True, system=True, index=False, along=True
    )
    lead = Link(Lead, "Lead #", column_name="LeadNo", system=True, index=True, along=True)
    contact = Link(Contact, "Contact #", column_name="ContactNo", system=True, index=True, along=True)
    status = OneOf("Status", column_name="MemberStatus", words={one.value: one.value for one in Status}, required=True,
                   unknown=N_("“{text}” is no status of a member; choose one of: {words}."))  # fmt: skip
    result = Lookup("Call Code", column_name="CallCode", table="CRMLeads", of="CallCode", system=True, tells=True)
    responded_on = Date("Responded On", column_name="RespondedDt")
    note = Text("Note", column_name="Note", limit=500, personal=True, width=30)
    since = Moment("Status Since", column_name="StatusDt", system=True)

    singular = "Member of a campaign"
    plural = "Members of campaigns"
    about = About(internal=True)

    class Meta:
        table_name = "CRMCampaignMembers"
        indexes = (
            (("campaign", "lead"), True),
            (("campaign", "contact"), True),
            (("campaign", "status", "lead"), False),
        )

    def caption(self) -> str:
        record, key = self.person
        held = record.find(key)
        return quoted(held.caption()) if held is not None else _("Member {number}").format(number=self.number)

    @property
    def person(self) -> tuple[type[Lead | Contact], int]:
        """Whom it is about, by type and number."""
        lead = self.__data__.get("lead")
        return (Lead, int(lead)) if lead is not None else (Contact, int(self.__data__.get("contact") or 0))

    @classmethod
    def declared_extras(cls) -> dict[str, Extra]:
        return {
            "name": Extra("Name", _of(_name(Lead), _name(Contact)), width=26),
            "company": Extra("Company", _of(Lead.company, _company()), width=28),
            "kind": Extra(
                "Kind", peewee.Case(None, [(cls.lead.is_null(False), "lead")], "contact"), _kind_said, 9, stored=False
            ),
            "phone": Extra("Phone", _of(Lead.phone, Contact.phone), width=16),
            "email": Extra("Email", _of(Lead.email, Contact.email), width=28),
            "city": Extra("City", _of(Lead.city, Contact.mailing_city), width=16),
        }


def _kind_said(held: object) -> str:
    return str(Lead.singular if held == "lead" else Contact.singular)


def _of(lead: peewee.Node, contact: peewee.Node) -> peewee.Node:
    """What is known of the person, whichever it is."""
    of_lead = Lead.select(lead).where(Lead.number == CampaignMember.lead)
    of_contact = Contact.select(contact).where(Contact.number == CampaignMember.contact)
    found: peewee.Node = peewee.fn.COALESCE(of_lead, of_contact, "")
    return found


def _name(record: type[Lead | Contact]) -> peewee.Node:
    """Last name first where there is one, so that they stand by it; the company where nobody is named."""
    last, first = (peewee.fn.COALESCE(each, "") for each in (record.last_name, record.first_name))
    both = peewee.fn.TRIM(peewee.Expression(peewee.Expression(last, "||", ", "), "||", first), ", ")
    if record is Contact:
        return both
    named: peewee.Node = peewee.fn.COALESCE(
        peewee.fn.NULLIF(both, ""), peewee.fn.NULLIF(Lead.company, ""), Lead.description
    )
    return named


def _company() -> peewee.Node:
    found: peewee.Node = Customer.select(Customer.company).where(Customer.number == Contact.customer)
    return found
