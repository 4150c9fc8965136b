"""What is said beside a record of how it stands with Viper, and the list of all that wait (VP-4, VP-20, K12)."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from channergy_crm.records import Account, Contact
from channergy_crm.records.sync import Outgoing, SyncLink, SyncPerson
from channergy_crm.services import office
from channergy_crm.settings import VIPER
from channergy_crm.store import database
from channergy_crm.sync import chips, fields
from tests import made
from tests.domain.secured import Secured
from tests.domain.synced import changed, emptied, link, stands_for, switch_on

DAY = date(2026, 12, 1)


@pytest.fixture
def acme(office, operator, fixed_clock):
    switch_on()
    made.colleague()
    stands_for("BEN")
    return made.account("Acme", "BEN")


@pytest.fixture
def ann(acme):
    return made.contact(acme, "Ann", "Lee", email="ann@acme.example")


@pytest.fixture
def gala(acme, ann):
    return made.opportunity(acme, "Gala", arrival=DAY, departure=DAY, stage="Draft", probability=5)


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


def test_of_a_record_one_may_not_see_nothing_is_said(acme):
    Secured().let({"use": "all", "view": "own", "edit": "all"}, Account)
    stands_for("ANN")
    assert said(made.account("Hers", "ANN"), "ANN") == "waits" and said(acme, "ANN") == ""


def test_vp20_a_contact_one_may_not_see_is_not_named(acme, ann):
    Secured().let({"use": "all", "view": "own", "edit": "all"}, Account, Contact)
    stands_for("ANN")
    hers = made.account("Hers", "ANN")
    twin = made.contact(hers, "Cy", "Orr", email="ann@acme.example")
    assert said(twin, "ANN") == "not synced: another record has the same e-mail address"
    assert said(twin) == "not synced: Ann Lee has the same e-mail address"


def test_vp10_whoever_sets_nothing_up_is_told_who_does(acme, gala):
    Secured().let({"use": "all", "view": "all", "edit": "all"}, Account)
    stands_for("ANN")
    changed(gala, owner="ANN")
    with database.writing():
        SyncPerson.delete().where(SyncPerson.owner == "BEN").execute()
    stranger = "not synced: nobody on the Viper site stands for BEN"
    assert (said(acme), said(acme, "ANN")) == (stranger, f"{stranger}; an administrator sets that in Settings > Viper")
    waits = chips.chip("CRMOpportunities", gala.key, "ADMIN").lack
    assert (waits.name, waits.in_settings) == ("account_held", True)
    assert not chips.chip("CRMAccounts", acme.key, "ANN").lack.in_settings
