"""What a client must have before it is sent to the Viper site (VP-2, VP-13…VP-27, K15, K21)."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

import pytest

from channergy_crm import work
from channergy_crm.records import Contact, Customer, Operator, Opportunity
from channergy_crm.records.sync import Outgoing
from channergy_crm.services import groups
from channergy_crm.store import database
from channergy_crm.sync import outbox, people, ready
from tests import made
from tests.domain.synced import Documents, changed, emptied, held, link, stands_for, switch_on

DAY = date(2026, 12, 1)
GOOD = {"arrival": DAY, "departure": DAY, "stage": "Draft", "probability": 5}


@pytest.fixture
def on(office, operator, fixed_clock):
    """The sync is on, and Ben stands for somebody there."""
    switch_on()
    made.colleague()
    stands_for("BEN")


@pytest.fixture
def acme(on):
    return made.account("Acme", "BEN")


@pytest.fixture
def ann(acme):
    return made.contact(acme, "Ann", "Lee", email="ann@acme.example")


@pytest.fixture
def gala(acme, ann):
    return made.opportunity(acme, "Gala", **GOOD)


def lacking(record: Any) -> tuple[str, str] | None:
    found = ready.lacks(type(record).find(record.key))
    return found and (found.name, found.sentence)


def test_vp15_vp16_vp18_vp19_vp22_what_has_everything_is_sent(gala, ann, acme):
    assert [ready.lacks(each) for each in (acme, ann, gala)] == [None, None, None]


def test_vp13_vp15_what_is_assigned_to_nobody_is_held(acme):
    assert lacking(emptied(acme, "owner")) == ("owner", "it is assigned to nobody")


def test_vp14_k15_admin_is_one_operator_however_it_is_written(on):
    with work.unit("Make", by="ADMIN"):
        Operator.create(id="admin", name="Other admin")
    stands_for("ADMIN", "admin")
    said = "it is assigned to {owner}, and what is ADMIN’s is not sent to Viper"
    for owner in ("ADMIN", "admin"):
        assert lacking(made.account("Acme", owner)) == ("admin", said.format(owner=owner))


def test_vp14_another_administrator_is_no_admin(acme):
    changed(Operator.find("BEN"), administrator=True)
    assert lacking(acme) is None


def test_vp10_whoever_nobody_stands_for_is_said(on):
    made.colleague("EVE", "Eve Kim")
    assert lacking(made.account("Acme", "EVE")) == ("unknown", "nobody on the Viper site stands for EVE")


def test_vp13_an_office_may_own_what_is_sent(on):
    groups.create("OFFICE", "Office Berlin", "ADMIN")
    stands_for("OFFICE")
    assert lacking(made.account("Acme", "OFFICE")) is None


def test_vp17_k21_a_contact_is_its_accounts_owners_unless_it_is_given_to_somebody(acme, ann):
    made.colleague("EVE", "Eve Kim")
    assert lacking(changed(ann, assigned_to="EVE"))[0] == "unknown"
    changed(acme, owner="EVE")
    assert lacking(changed(ann, assigned_to=None))[0] == "unknown"
    assert lacking(changed(ann, assigned_to="BEN"))[0] == "account_held"


def test_vp18_a_contact_of_no_account_is_held_and_one_of_a_held_account(on, acme, ann):
    with work.unit("Make", by="BEN"):
        alone = Contact.create(customer=Customer.create(company="Hotel").number, last_name="Ray", email="ray@h.example")
    assert lacking(alone) == ("account", "it belongs to no account")
    changed(acme, owner="ADMIN")
    changed(ann, assigned_to="BEN")
    found = ready.lacks(Contact.find(ann.key))
    assert found.sentence == ("its account Acme is not synced itself: "
                              "it is assigned to ADMIN, and what is ADMIN’s is not sent to Viper")  # fmt: skip
    assert (found.table, found.key, found.field) == ("CRMAccounts", acme.key, "owner")


def test_vp19_last_name_and_vp20_email_are_needed(ann):
    assert lacking(changed(ann, email="")) == ("email", "the e-mail address is missing")
    assert lacking(changed(ann, last_name=" ")) == ("last_name", "the last name is missing")


def test_vp20_the_email_address_is_unique_among_contacts_that_sync(acme, ann):
    bob = made.contact(acme, "Bob", "Ray", email="ANN@acme.example")
    assert lacking(bob) == ("email_twice", "Ann Lee has the same e-mail address")
    assert lacking(ann) is None
    changed(ann, last_name="")
    assert lacking(bob) is None
    link(bob)
    changed(ann, last_name="Lee")
    assert lacking(ann) == ("email_twice", "Bob Ray has the same e-mail address")
    assert lacking(bob) is None


def test_vp23_a_deal_needs_an_account_that_is_sent_with_a_contact_that_is(acme, ann, gala):
    changed(ann, email="")
    found = ready.lacks(gala)
    assert found[:3] == ("no_contact", "", "its account Acme has no contact that can be synced")
    assert (found.table, found.key) == ("CRMAccounts", acme.key)
    changed(acme, owner="ADMIN")
    assert lacking(gala)[0] == "account_held"


@pytest.mark.parametrize(
    ("row", "name"),
    [("VP-24", "arrival"), ("VP-25", "departure"), ("VP-26", "stage"), ("VP-27", "probability"), ("VP-22", "name"),
     ("VP-16", "name"), ("VP-21", "owner")],
)  # fmt: skip
def test_vp_row_every_field_a_deal_and_its_account_need(gala, acme, row, name):
    record = emptied(acme if row == "VP-16" else gala, name)
    found = ready.lacks(type(record).find(record.key))
    assert (found.name, found.field) == (name, name)
    assert row in next(each.rows for each in ready.OF_TABLE[record._meta.table_name] if each.name == name)


def test_vp25_nobody_departs_before_they_arrive(gala):
    with database.writing():
        Opportunity.update({Opportunity.departure: DAY - timedelta(days=1)}).execute()
    assert lacking(gala) == ("early", "the departure comes before the arrival")


def test_every_required_row_is_among_the_requirements():
    named = {row for each in ready.OF_TABLE.values() for one in each for row in one.rows.split(", ") if row}
    assert named == {"VP-10", *(f"VP-{row}" for row in range(13, 28))}


# ---------------------------------------------------------------- the store and an independent reading agree


def test_vp13_to_vp27_what_the_store_says_is_what_the_documents_say(on):
    """120 random clients: in one question for each table, one by one, and read anew."""
    dice = random.Random(13)
    made.colleague("EVE", "Eve Kim")
    stands_for("EVE")
    made.colleague("TOM", "Tom Orr")
    owners = ["BEN", "BEN", "EVE", "EVE", "TOM", "ADMIN"]
    emails = ["", *(f"p{number}@x.example" for number in range(9))]
    accounts = [made.account(f"Account {number}", dice.choice(owners)) for number in range(30)]
    contacts = [
        made.contact(dice.choice(accounts), "Pat", dice.choice(["Lee", "Lee", "Lee", ""]), email=dice.choice(emails),
                     assigned_to=dice.choice([None, None, *owners]))
        for _number in range(60)
    ]  # fmt: skip
    deals = [
        made.opportunity(
            dice.choice(accounts), f"Deal {number}", dice.choice(owners), arrival=dice.choice([None, DAY, DAY, DAY]),
            departure=dice.choice([None, DAY, DAY + timedelta(days=2)]), stage=dice.choice(["Draft", "Draft", ""]),
            probability=dice.choice([None, 5, 60]),
        )
        for number in range(60)
    ]  # fmt: skip
    linked = dice.sample(contacts, 6)
    for each in linked:
        link(each)
    wanted = Documents(accounts, contacts, deals, {"BEN", "EVE"}, {each.number for each in linked}).lacking()
    assert len(set(wanted.values())) >= 11, "the dice must have met most requirements"
    assert {(each._meta.table_name, each.key): ready.missing(each) for each in [*accounts, *contacts, *deals]} == wanted
    outbox.sort_out()
    assert held() == {key: name for key, name in wanted.items() if name}


# ---------------------------------------------------------------- held, and waiting again


def states() -> dict[tuple[str, int], str]:
    return {(row.table, int(row.key)): row.reason or row.state for row in Outgoing.select()}


def test_vp20_what_is_held_waits_again_when_another_record_gives_way(acme, ann, gala):
    bob = made.contact(acme, "Bob", "Ray", email="ann@acme.example")
    outbox.sort_out()
    assert held() == {("CustomerContacts", bob.key): "email_twice"}
    with work.unit("Delete", by="ADMIN"):
        Contact.find(ann.key).delete_instance()
    outbox.sort_out()
    assert held() == {}


def test_vp23_a_contact_makes_the_deals_of_its_account_wait_again_and_an_account_its_contacts(acme, ann, gala):
    changed(acme, owner="ADMIN")
    changed(ann, email="")
    outbox.sort_out()
    keys = {("CRMAccounts", acme.key), ("CustomerContacts", ann.key), ("CRMOpportunities", gala.key)}
    assert held().keys() == keys
    changed(acme, owner="BEN")
    outbox.sort_out()
    assert held() == {("CustomerContacts", ann.key): "email", ("CRMOpportunities", gala.key): "no_contact"}
    changed(ann, email="ann@acme.example")
    outbox.sort_out()
    assert held() == {}


def test_vp10_what_waits_for_somebody_to_stand_for_its_owner_waits_again(on):
    made.colleague("EVE", "Eve Kim")
    account = made.account("Acme", "EVE")
    contact = made.contact(account, "Ann", "Lee", email="a@x.example")
    outbox.sort_out()
    assert held() == {("CRMAccounts", account.key): "unknown", ("CustomerContacts", contact.key): "unknown"}
    people.keep_person("EVE", "u-EVE", "ADMIN")
    outbox.sort_out()
    assert held() == {}


def test_vp4_a_deal_that_is_there_waits_no_longer(gala):
    link(gala)
    outbox.sort_out()
    assert ("CRMOpportunities", gala.key) not in states()
    assert len(states()) == 2
