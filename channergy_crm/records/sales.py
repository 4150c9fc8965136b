"""What the office hopes to sell: opportunities."""

from __future__ import annotations

from typing import TYPE_CHECKING

import peewee

from channergy_crm.clock import today
from channergy_crm.fields import (
    Date,
    Flag,
    Imported,
    Link,
    LongText,
    Lookup,
    Moment,
    Money,
    Number,
    RecordNumber,
    Reference,
    SearchText,
    Text,
)  # fmt: skip
from channergy_crm.language import N_, _
from channergy_crm.records import deal_form
from channergy_crm.records.campaigns import Campaign
from channergy_crm.records.fixed_labels import Subject, Weight
from channergy_crm.records.operators import Operator
from channergy_crm.records.people import Account
from channergy_crm.records.projects import InProject, OwnerOfCustomer, course, course_of, projects
from channergy_crm.records.stages import StageOfDeal, StagePath
from channergy_crm.work.about import About, Lines
from channergy_crm.work.record import Extra, Record, add_extra

if TYPE_CHECKING:
    from datetime import date


class DepartureDate(Date):
    """When a program ends: never before it begins (VP-25)."""

    minds = ("arrival",)
    disagrees = staticmethod(lambda kind, values: _before_arrival(values.get("arrival"), values.get(kind.name)))


def _before_arrival(arrival: object, departure: object) -> str | None:
    if arrival is None or departure is None or departure >= arrival:  # type: ignore[operator]
        return None
    return _("The departure comes before the arrival.")


class Opportunity(Record):
    """A possible sale to an account (CH-86…CH-114, CH-143)."""

    number = RecordNumber("Opportunity #", column_name="OpportunityNo")
    account = Link(Account, "CRM Account #", column_name="CRMAccountNo", required=True, system=True, width=10)
    created_on = Date("Create Dt", column_name="CreateDt", system=True)
    created_by = Text("Create ID", column_name="CreateID", system=True, width=10)
    originating_lead = Reference("Lead", "Originating Lead #", column_name="OriginatingLeadNo")
    updated_on = Date("Last Update Dt", column_name="LastUpdateDt")
    updated_by = Link(Operator, "Last Update ID", column_name="LastUpdateID", width=10)
    last_activity = Moment("Last Activity Dt", column_name="LastActivityDt", touched=True)
    name = Subject(
        "Name", column_name="Name", searched=True, required=True, width=40, limit=2000,
        synonyms="opportunity, opportunity name, deal, deal name, potential name, potential, subject, product, "
        "Verkaufschance, opportunité, oportunidad",
    )  # fmt: skip
    description = LongText("Description", column_name="Description", personal=True)
    lead_source = Lookup("Lead Source", column_name="LeadSource")
    campaign = Link(Campaign, "Campaign", column_name="CampaignNo", index=True)
    partner = Lookup("Partner", column_name="Partner")
    type = Lookup("Type", column_name="Type")
    amount = Money("Amount", column_name="Amount", synonyms="close value, amount, total")
    actual_amount = Money("Actual Amount", column_name="ActualAmount", synonyms="actual value, order value")
    budget = Money("Budget", column_name="Budget")
    cost_conscious = Flag("Cost Conscious", column_name="CostConscious")
    close_date_1 = Date("Close Dt 1", column_name="CloseDt1")
    close_date_2 = Date("Close Dt 2", column_name="CloseDt2")
    arrival = Date("Arrival Date", column_name="ArrivalDt")
    departure = DepartureDate("Departure Date", column_name="DepartureDt")
    due = Date("Due Date", column_name="DueDt")
    closed = Flag("Closed", column_name="Closed")
    next_step = Lookup("Next Step", column_name="NextStep")
    stage = StageOfDeal("Stage", column_name="Stage")
    stage_since = Date("Stage Since", column_name="StageDt", past=True, system=True)
    stage_path = StagePath(column_name="StagePath")
    stage_duration = Number("Stage Duration", column_name="StageDuration", hint="days", most=10_000)
    interest_level = Lookup("Interest Level", column_name="InterestLevel")
    probability = Weight("Probability %", column_name="Probability")
    objection = LongText("Objection", column_name="Objection", personal=True)
    outcome = Lookup("Lost/Won", column_name="LostWon")
    outcome_reason = Text("Lost/Won Reason", column_name="LostWonReason", personal=True, width=40, suggested=True)
    decision_maker = Text("Decision Maker Name", column_name="DecisionMakerName", searched=True, personal=True)
    custom_1 = Text("Custom 1", column_name="Custom1")
    custom_2 = Text("Custom 2", column_name="Custom2")
    custom_3 = Text("Custom 3", column_name="Custom3")
    custom_4 = Text("Custom 4", column_name="Custom4")
    owner = OwnerOfCustomer(Operator, "Assign Account To", column_name="OwnerOperatorID", required=True)
    project = InProject()
    imported = Imported(
        "Imported #",
        synonyms="opportunity id, opportunity number, deal id, deal no, deal number, "
        "potential id, potential no, record id deal",
    )
    search_text = SearchText()

    singular = "Opportunity"
    plural = "Opportunities"
    about = About(
        icon="opportunity", title=("name",), detail=("decision_maker",), standing=("closed",), target="opportunity",
        screen="opportunities", known_by=("name", "account"), by_all=True,
        usually="Name and account, and that nothing else differs", extendable=True, documents=True,
        lines=Lines("amount", ("stage", "probability"), "close_date_1", "closes {day}"), rank=40,
        won={"outcome": "Won"}, in_form=deal_form.FORM, fill_in=deal_form.begin,
    )  # fmt: skip

    class Meta:
        table_name = "CRMOpportunities"

    def caption(self) -> str:
        return self.name or _("Opportunity {number}").format(number=self.number)

    @property
    def age(self) -> int | None:
        """Days since it was created (CH-103); none before it is saved."""
        return days_since(self.created_on)

    @classmethod
    def following(cls, process: int) -> peewee.ColumnBase:
        """The condition for the deals that go through the stages of a process: those of its projects, and those of
        none where it is the standard.
        """
        theirs = [each.number for each in projects() if (held := course_of(each.number)) and held.number == process]
        standard = course(None)
        found: peewee.ColumnBase = cls.project.in_(theirs)
        return found | cls.project.is_null() if standard is not None and standard.number == process else found

    @classmethod
    def declared_extras(cls) -> dict[str, Extra]:
        name = Account.select(Account.name).where(Account.number == cls.account)
        return {
            "account_name": Extra("Account", name, width=36),
            "age": Extra(
                "Age", cls.created_on, lambda value: days_since(cls.created_on.python_value(value)), 8, True, True
            ),
        }


Opportunity.add_index(Opportunity.originating_lead, name="CRMOpportunities_of_lead")
# Since when a deal is there, and in its stage: what events look for (VS-3).
Opportunity.add_index(Opportunity.created_on, name="CRMOpportunities_came")
Opportunity.add_index(Opportunity.stage_since, name="CRMOpportunities_in_stage")


def days_since(day: date | None) -> int | None:
    """Whole days from `day` to today on the office's calendar."""
    return (today() - day).days if day else None


def _open_ones() -> Extra:
    """How many open opportunities an account has; nothing where it has none."""
    of_it = (Opportunity.account == Account.number) & ~Opportunity.closed
    count = Opportunity.select(peewee.fn.COUNT(Opportunity.number)).where(of_it)
    return Extra(N_("Open Opportunities"), count, lambda held: held or None, 8, numeric=True)


add_extra(Account, "open_opportunities", _open_ones())
