"""What a client must have before it is sent to the Viper site (VP-2, VP-13…VP-27, K15, K21)."""

from __future__ import annotations

import json
import random
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from channergy_crm import clock, work
from channergy_crm.records import Account, Contact, Customer, Operator, Opportunity
from channergy_crm.records.sync import Outgoing, SyncLink, SyncPerson
from channergy_crm.services import groups, office
from channergy_crm.settings import VIPER
from channergy_crm.store import database
from channergy_crm.sync import chips, fields, outbox, ready
from channergy_crm.text.folding import fold
from tests import made
from tests.domain.secured import Secured

if TYPE_CHECKING:
    from collections.abc import Iterable

DAY = date(2026, 12, 1)
GOOD = {"arrival": DAY, "departure": DAY, "stage": "Draft", "probability": 5}


def stands_for(*owners: str) -> None:
    """Somebody on the site stands for each of these."""
    with database.writing():
        for owner in owners:
            SyncPerson.create(owner=owner, remote=f"u-{owner}")


def link(record: Any, base: str = "{}") -> None:
    """It is on the site already."""
    with database.writing():
        SyncLink.create(
            table=record._meta.table_name, key=str(record.key), remote=f"r{record.key}", base=base, synced=clock.now()
        )


@pytest.fixture
def on(office, operator, fixed_clock):
    """The sync is on, and Ben stands for somebody there."""
    switch_on()
    made.colleague()
    stands_for("BEN")


def switch_on() -> None:
    office.choose(VIPER, "on", "ADMIN")


@pytest.fixture
def acme(on):
    return made.account("Acme", "BEN")


@pytest.fixture
def ann(acme):
    return made.contact(acme, "Ann", "Lee", email="ann@acme.example")


@pytest.fixture
def gala(acme, ann):
    return made.opportunity(acme, "Gala", **GOOD)


def changed(record: Any, **values: Any) -> Any:
    with work.unit("Change", by="ADMIN"):
        for name, value in values.items():
            setattr(record, name, value)
        record.save()
    return record


def lacking(record: Any) -> tuple[str, str] | None:
    found = ready.lacks(type(record).find(record.key))
    return found and (found.name, found.sentence)


def emptied(record: Any, name: str) -> Any:
    """A field without anything in it, as other programs of the suite may leave it."""
    with database.writing():
        kind = type(record).kind(name)
        type(record).update({kind: None if kind.null else ""}).where(
            work.key_field(type(record)) == record.key
        ).execute()
    return record


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
    named = {row for each in ready.OF_TABLE.values() for one in each for row in one.rows.split(", ")}
    assert named == {"VP-10", *(f"VP-{row}" for row in range(13, 28))}


# ---------------------------------------------------------------- the store and an independent reading agree


def model(accounts: list, contacts: list, deals: list, people: set[str], linked: set) -> dict[tuple[str, int], str]:
    """What each lacks first, by the words of the documents and without the store."""
    by_customer = {each.customer: each for each in accounts}
    by_number = {each.number: each for each in accounts}

    def assigned(owner: str | None) -> str:
        if not owner:
            return "owner"
        return "admin" if owner.upper() == "ADMIN" else "" if owner in people else "unknown"

    def account(one: Any) -> str:
        return assigned(one.owner) or ("" if (one.name or "").strip() else "name")

    def alone(one: Any) -> str:
        of = by_customer.get(one.customer)
        if of is None:
            return "account"
        if said := assigned(one.assigned_to or of.owner):
            return said
        if not (one.last_name or "").strip():
            return "last_name"
        return "" if (one.email or "").strip() else "email"

    def contact(one: Any) -> str:
        if said := alone(one):
            return said
        same = [each for each in contacts if each is not one and fold(each.email or "") == fold(one.email)]
        fits = [each for each in same if each.number < one.number and not alone(each) and not account_of(each)]
        if ("c", one.number) not in linked and (fits or any(("c", each.number) in linked for each in same)):
            return "email_twice"
        return "account_held" if account_of(one) else ""

    def account_of(one: Any) -> str:
        of = by_customer.get(one.customer)
        return "account" if of is None else account(of)

    def deal(one: Any) -> str:
        of = by_number[one.account]
        if said := assigned(one.owner):
            return said
        if not (one.name or "").strip():
            return "name"
        if account(of):
            return "account_held"
        if not any(each.customer == of.customer and not contact(each) for each in contacts):
            return "no_contact"
        empty = [name for name in ("arrival", "departure") if getattr(one, name) is None]
        early = ["early"] if not empty and one.departure < one.arrival else []
        rest = [name for name in ("stage", "probability") if getattr(one, name) in (None, "")]
        return next(iter([*empty, *early, *rest]), "")

    found = {("CRMAccounts", each.number): account(each) for each in accounts}
    found |= {("CustomerContacts", each.number): contact(each) for each in contacts}
    return found | {("CRMOpportunities", each.number): deal(each) for each in deals}


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
    wanted = model(accounts, contacts, deals, {"BEN", "EVE"}, {("c", each.number) for each in linked})
    assert len(set(wanted.values())) >= 11, "the dice must have met most requirements"
    assert {(each._meta.table_name, each.key): ready.missing(each) for each in [*accounts, *contacts, *deals]} == wanted
    outbox.sort_out()
    assert held() == {key: name for key, name in wanted.items() if name}


def held(rows: Iterable[Outgoing] | None = None) -> dict[tuple[str, int], str]:
    """What is held, and what for; everything else waits."""
    return {(row.table, int(row.key)): row.reason for row in rows or Outgoing.select() if row.state == "held"}


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
    stands_for("EVE")
    outbox.sort_out()
    assert held() == {}


def test_vp4_a_deal_that_is_there_waits_no_longer(gala):
    link(gala)
    outbox.sort_out()
    assert ("CRMOpportunities", gala.key) not in states()
    assert len(states()) == 2


# ---------------------------------------------------------------- what is said beside a record, and of all that wait


def said(record: Any, by: str = "ADMIN") -> str:
    found = chips.chip(record._meta.table_name, record.key, by)
    return found.text if found else ""


def test_the_chip_says_synced_waits_or_what_is_missing(acme, ann, gala):
    assert said(acme) == "waits"
    link(acme)
    with database.writing():
        Outgoing.delete().execute()
    assert said(acme) == "synced 10:00"
    changed(ann, email="")
    assert said(ann) == "not synced: the e-mail address is missing"
    assert chips.chip("CustomerContacts", ann.key, "ADMIN").lack.field == "email"
    changed(acme, owner="ADMIN")
    assert said(acme) == "not synced: it is assigned to ADMIN, and what is ADMIN’s is not sent to Viper"
    with database.writing():
        SyncLink.update({SyncLink.met: "deleted there"}).execute()
    assert said(acme) == "deleted in Viper"
    office.choose(VIPER, "off", "ADMIN")
    assert said(acme) == said(ann) == ""


def test_k12_vp46_what_is_not_sent_again_is_told_behind_the_chip(acme, ann, gala):
    for each in (acme, ann, gala):
        link(each, json.dumps(fields.values(each, fields.names([each]), new=True)))
    changed(ann, email="lee@acme.example")
    emptied(changed(gala, name="Winter gala"), "arrival")
    with database.writing():
        Outgoing.delete().execute()
    for record, words in ((ann, "Email Address"), (gala, "Opportunity Name, Preferred Arrival")):
        told = chips.chip(record._meta.table_name, record.key, "ADMIN")
        assert (told.state, told.tip) == ("synced", f"Changed here since, and not sent again: {words}.")


def test_all_that_wait_are_listed_with_what_they_lack_as_far_as_one_may_see_them(acme, ann, gala):
    changed(ann, email="")
    admins = made.account("Zulu", "ADMIN")
    for _again in range(2):
        outbox.sort_out()
    found = chips.waiting("ADMIN")
    assert [(each.caption, each.lack.name, each.lack.field) for each in found] == [
        ("Zulu", "admin", "owner"), ("Ann Lee", "email", "email"), ("Gala", "no_contact", ""),
    ]  # fmt: skip
    assert chips.counts("ADMIN") == {"admin": 1, "email": 1, "no_contact": 1}
    assert [each.key for each in chips.waiting("ADMIN", "email")] == [ann.key]
    assert [each.caption for each in chips.waiting("ADMIN", start=1, count=1)] == ["Ann Lee"]
    assert admins.key == chips.waiting("ADMIN", count=1)[0].key
    secured = Secured()
    secured.let({"use": "all", "view": "own", "edit": "all"}, Account, Contact, Opportunity)
    stands_for("ANN")
    hers = made.account("Hers", "ANN")
    made.contact(hers, "Cy", "Orr")
    outbox.sort_out()
    assert [each.caption for each in chips.waiting("ANN")] == ["Cy Orr"]
    assert chips.counts("ANN") == {"email": 1}
    assert chips.chip("CRMAccounts", admins.key, "ANN") is None


def test_vp20_a_contact_one_may_not_see_is_not_named(acme, ann):
    Secured().let({"use": "all", "view": "own", "edit": "all"}, Account, Contact)
    stands_for("ANN")
    hers = made.account("Hers", "ANN")
    twin = made.contact(hers, "Cy", "Orr", email="ann@acme.example")
    assert said(twin, "ANN") == "not synced: another record has the same e-mail address"
    assert said(twin) == "not synced: Ann Lee has the same e-mail address"
