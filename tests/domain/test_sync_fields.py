"""The table of fields that go to the Viper site and come back, row by row as the documents give it (VP-28…VP-58)."""

from __future__ import annotations

import json
from datetime import date

import pytest

from channergy_crm import clock, work
from channergy_crm.errors import Mistake
from channergy_crm.records import Account, Contact, CustomLookup, Opportunity
from channergy_crm.records.sync import SyncLink, SyncPerson
from channergy_crm.services import groups, office
from channergy_crm.settings import VIPER_STAGES
from channergy_crm.store import database
from channergy_crm.sync import fields, stage_names
from channergy_crm.sync.fields import BACK, BOTH, FIRST, MAP
from tests import made

ROWS = [
    ("VP-29", Account, "name", "Account Name", BOTH, "Acme"),
    ("VP-30", Account, "phone", "Phone", BOTH, "(504) 621-8927"),
    ("VP-31", Account, "fax", "Fax", BOTH, "504 621 8928"),
    ("VP-32", Account, "other_phone", "Other Phone", BOTH, "+1 504 845 1427"),
    ("VP-33", Account, "bill_address", "Billing Address", BOTH, "6649 N Blue Gum St"),
    ("VP-34", Account, "bill_city", "Billing City", BOTH, "New Orleans"),
    ("VP-35", Account, "bill_state", "Billing State", BOTH, "LA"),
    ("VP-36", Account, "bill_country", "Billing Country", BOTH, "USA"),
    ("VP-37", Account, "bill_postal_code", "Bill Postal Code", BOTH, "70116"),
    ("VP-39", Contact, "first_name", "First Name", BOTH, "Ann"),
    ("VP-40", Contact, "last_name", "Last Name", BOTH, "Lee"),
    ("VP-41", Contact, "mailing_address", "Mailing Address", BOTH, "4 B Blue Ridge Blvd"),
    ("VP-42", Contact, "mailing_city", "Mailing City", BOTH, "Brighton"),
    ("VP-43", Contact, "mailing_state", "Mailing State", BOTH, "MI"),
    ("VP-44", Contact, "mailing_country", "Mailing Country", BOTH, "USA"),
    ("VP-45", Contact, "mailing_postal_code", "Mailing Postal Code", BOTH, "48116"),
    ("VP-47", Opportunity, "name", "Opportunity Name", FIRST, "Gala"),
    ("VP-48", Opportunity, "account", "Related To", FIRST, "c-7"),
    ("VP-49", Opportunity, "stage", "Sales Stage", FIRST, "Draft"),
    ("VP-50", Opportunity, "arrival", "Preferred Arrival", FIRST, "2026-12-01"),
    ("VP-51", Opportunity, "departure", "Preferred Departure", FIRST, "2026-12-04"),
    ("VP-52", Opportunity, "amount", "Amount (Estimated Value)", FIRST, "12345.60"),
    ("VP-53", Opportunity, "probability", "Probability", FIRST, 20),
    ("VP-54", Opportunity, "lead_source", "Lead Source", FIRST, "Trade Show"),
    ("VP-55", Opportunity, "due", "Due Date", FIRST, "2026-11-30"),
    ("VP-56", Opportunity, "description", "Description", FIRST, "For 200 people"),
    ("VP-57", Opportunity, "probability", "Probability", BACK, 20),
    ("VP-58", Opportunity, "stage", "Sales Stage", BACK, "Draft"),
]
NEEDED = {"VP-15", "VP-17", "VP-18", "VP-20", "VP-21"}
"""sent once because the site needs them: whose it is, whose contact, and the e-mail address (K12)"""


@pytest.fixture
def clients(office, operator, fixed_clock):
    made.colleague()
    acme = made.account(
        "Acme", "BEN", phone="(504) 621-8927", fax="504 621 8928", other_phone="+1 504 845 1427",
        bill_address="6649 N Blue Gum St", bill_city="New Orleans", bill_state="LA", bill_country="USA",
        bill_postal_code="70116",
    )  # fmt: skip
    ann = made.contact(
        acme, "Ann", "Lee", email="ann@acme.example", mailing_address="4 B Blue Ridge Blvd", mailing_city="Brighton",
        mailing_state="MI", mailing_country="USA", mailing_postal_code="48116",
    )  # fmt: skip
    gala = made.opportunity(
        acme, "Gala", stage="Draft", arrival=date(2026, 12, 1), departure=date(2026, 12, 4), amount=1_234_560,
        probability=20, lead_source="Trade Show", due=date(2026, 11, 30), description="For 200 people",
    )  # fmt: skip
    with database.writing():
        SyncLink.create(table="CRMAccounts", key=str(acme.key), remote="c-7", synced=clock.now())
        SyncPerson.create(owner="BEN", remote="u-3", name="Ben Ortiz")
    return {Account: acme, Contact: ann, Opportunity: gala}


def test_vp28_to_vp58_every_row_of_the_documents_is_in_the_table_once():
    mapped = [each.row for each in MAP]
    assert sorted(mapped) == sorted({*mapped})
    assert {*mapped, *fields.RULES} == {f"VP-{row}" for row in range(28, 59)} | NEEDED
    assert {each[0] for each in ROWS} == set(mapped) - NEEDED
    assert set(fields.RULES) == {"VP-28", "VP-38", "VP-46"}


@pytest.mark.parametrize(("row", "record", "name", "label", "direction", "value"), ROWS, ids=[each[0] for each in ROWS])
def test_vp_row(clients, row, record, name, label, direction, value):
    """Which field it is, which way it goes, what the documents call it, and what is said of it over there."""
    (mapped,) = [each for each in MAP if each.row == row]
    assert (mapped.record, mapped.name, mapped.label, mapped.direction) == (record, name, label, direction)
    assert fields.said(mapped, clients[record]) == value
    if direction is not FIRST:
        new = record()
        assert fields.put(mapped, new, value)
        assert getattr(new, name) == getattr(clients[record], name)
        assert not fields.put(mapped, new, value)


def test_vp28_vp38_vp46_what_is_sent_first_and_what_later(clients):
    known = fields.names(list(clients.values()))
    sent = {
        (record, new): set(fields.values(clients[record], known, new=new))
        for record in clients
        for new in (True, False)
    }
    assert sent[Account, True] - sent[Account, False] == {"assigned_to"}
    assert sent[Contact, True] - sent[Contact, False] == {"assigned_to", "company_id", "email"}
    assert sent[Opportunity, False] == set()
    assert sent[Opportunity, True] == {each.remote for each in MAP if each.record is Opportunity}


def test_vp10_vp17_k21_assigned_to_is_who_stands_for_the_owner_over_there(clients):
    lines = {each.record: each for each in MAP if each.remote == "assigned_to"}
    assert [fields.said(lines[record], clients[record]) for record in clients] == ["u-3", "u-3", "u-3"]
    groups.create("OFFICE", "Office Berlin", "ADMIN")
    with database.writing():
        SyncPerson.create(owner="OFFICE", remote="o-1")
    with work.unit("Give", by="ADMIN"):
        clients[Contact].assigned_to = "OFFICE"
        clients[Contact].save()
    assert fields.said(lines[Contact], clients[Contact]) == "o-1"
    with pytest.raises(Mistake, match="decided here"):
        fields.put(lines[Account], clients[Account], "u-9")


def test_k12_an_email_address_that_is_changed_later_is_told_as_not_synced(clients):
    ann, gala = clients[Contact], clients[Opportunity]
    base = {**fields.values(ann, fields.names([ann]), new=True)}
    assert fields.not_sent(ann, base) == []
    ann.email, ann.last_name = "lee@acme.example", "Lee-Ray"
    assert [each.label for each in fields.not_sent(ann, base)] == ["Email Address"]
    base = fields.values(gala, fields.names([gala]), new=True)
    gala.name, gala.stage = "Winter gala", "Offer"
    assert [each.label for each in fields.not_sent(gala, base)] == ["Opportunity Name"], "a stage comes back"


def test_vp49_vp58_stages_are_mapped_and_otherwise_called_the_same(clients, operator):
    office.choose(VIPER_STAGES, json.dumps({"Draft": "Inquiry"}), operator)
    with work.unit("Rename", by=operator):
        CustomLookup.create(table="CRMOpportunities", field="Stage", value="S7", description="Site visit")
    out = next(each for each in MAP if each.row == "VP-49")
    assert fields.said(out, clients[Opportunity]) == "Inquiry"
    clients[Opportunity].stage = "S7"
    assert fields.said(out, clients[Opportunity]) == "S7", "as it is stored, in whatever language the office works"
    with pytest.raises(Mistake, match="called so there already"):
        stage_names.keep("Offer", "s7", operator)
    assert [fields.stage_here(each) for each in ("inquiry", "OFFER", "site visit", "S7", "Proposal Sent")] == [
        "Draft", "Offer", "S7", "S7", None,
    ]  # fmt: skip
    back = next(each for each in MAP if each.row == "VP-58")
    with pytest.raises(Mistake, match="Proposal Sent"):
        fields.put(back, clients[Opportunity], "Proposal Sent")


def test_vp54_a_lead_source_goes_as_people_read_it(clients, operator):
    with work.unit("Add", by=operator):
        CustomLookup.create(table="CRMOpportunities", field="LeadSource", value="TF", description="Trade fair")
    clients[Opportunity].lead_source = "TF"
    assert fields.said(next(each for each in MAP if each.row == "VP-54"), clients[Opportunity]) == "Trade fair"


@pytest.mark.parametrize("value", ["sixty", 120, -1, [], "1e999"])
def test_vp57_what_cannot_be_read_is_a_mistake_beside_its_field(clients, value):
    back = next(each for each in MAP if each.row == "VP-57")
    with pytest.raises(Mistake) as told:
        fields.put(back, clients[Opportunity], value)
    assert told.value.field == "probability"


@pytest.mark.parametrize(("value", "held"), [("60 %", 60), (60.0, 60), ("60", 60), (None, None), ("", None)])
def test_vp57_a_percentage_however_it_is_said(clients, value, held):
    fields.put(next(each for each in MAP if each.row == "VP-57"), clients[Opportunity], value)
    assert clients[Opportunity].probability == held


def test_what_says_nothing_is_the_same_as_an_empty_text():
    assert fields.same(None, "") and fields.same(" LA ", "LA") and not fields.same("LA", "la")


def test_names_are_asked_for_many_at_once(clients):
    heard = []
    database.proxy.obj.query_hooks.append(heard.append)
    many = [clients[Contact]] * 200
    known = fields.names(many)
    assert [fields.values(each, known, new=True)["company_id"] for each in many] == ["c-7"] * 200
    assert len(heard) == 4, "people, accounts, companies, stages"
