"""How long ago one was in touch, who is too old to be kept, touching, consents, wishes (SI-39, SI-41, DP-2, DP-9)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from channergy_crm import clock, commands, work
from channergy_crm.errors import Mistake
from channergy_crm.records import Account, Contact, Customer, Lead, PhoneCall
from channergy_crm.records.do_not_call import STOPPED
from channergy_crm.records.privacy import Channel
from channergy_crm.services import leads, notes, register, saving
from channergy_crm.services.privacy import age, anonymising, consents, optouts, retention
from channergy_crm.services.privacy.age_order import Somebody, Wanted
from tests.factories import BY

if TYPE_CHECKING:
    from pathlib import Path

    from channergy_crm.store.database import Office

NOW = datetime(2026, 11, 23, 10)


def made(name: str, years: int, **values: Any) -> Lead:
    """A lead that came in so many years ago."""
    with clock.fixed(NOW - timedelta(days=365 * years)):
        return leads.create({"description": name, **values}, BY)


def ages(**wanted: Any) -> dict[str, int]:
    found = age.find(Wanted(**wanted), BY)
    people = age.read(found, 0, 100, BY)
    assert len(people) == len(found)
    return {one.name: one.days // 365 for one in people}


def test_si39_everybody_has_the_age_since_one_was_last_in_touch(office: Office, fixed_clock: datetime) -> None:
    quiet, called, noted = made("quiet", 5), made("called", 5), made("noted", 5)
    with work.unit("Meet them", by=BY):
        PhoneCall.create(lead=called.key, operator=BY, direction="outgoing", started=NOW - timedelta(days=400))
        customer = Customer.create(company="Acme", created_on=(NOW - timedelta(days=800)).date())
        account = Account.create(customer=customer.key, name="Acme", owner=BY)
        Contact.create(customer=customer.key, last_name="Lee")
    with clock.fixed(NOW - timedelta(days=800)):
        notes.add(Lead, noted.key, "rang", BY)
    assert ages() == {"quiet": 5, "called": 1, "noted": 2, "Acme": 2, "Lee": 2}
    assert list(ages(record=Lead, months=20)) == ["quiet", "noted"]
    assert list(ages(words="acm")) == ["Acme"]
    assert age.touch([Somebody(Lead, quiet.key), Somebody(Account, account.key)], "asked to be kept", BY).records == 2
    assert ages(record=Lead)["quiet"] == 0 and ages(record=Account)["Acme"] == 0
    entry = saving.undoable(BY)
    assert entry is not None and entry.name == "Touch records (2): asked to be kept"
    saving.reverse(entry.number, BY)
    assert ages(record=Lead)["quiet"] == 5
    with pytest.raises(Mistake, match="Say why they stay"):
        age.touch([Somebody(Lead, quiet.key)], " ", BY)
    anonymising.anonymise(Lead, quiet.key, "too old", BY)
    assert list(ages(record=Lead)) == ["noted", "called"]


def test_dp2_who_is_older_than_the_office_keeps_them_is_proposed_and_nothing_more(
    office: Office, fixed_clock: datetime
) -> None:
    made("lost", 2, call_status="Lost"), made("open", 2, call_status="Open"), made("old", 4, call_status="Open")
    assert age.proposed(BY) == 0
    retention.keep(Lead, "", 36, BY)
    assert list(ages(too_old=True)) == ["old"]
    retention.keep(Lead, "Lost", 12, BY)
    assert list(ages(too_old=True)) == ["old", "lost"] and age.proposed(BY) == 2
    assert [(rule.status, rule.months) for rule in retention.rules(BY)] == [("", 36), ("Lost", 12)]
    retention.keep(Lead, "", None, BY)
    assert list(ages(too_old=True)) == ["lost"]
    assert Lead.select().count() == 3
    with pytest.raises(Mistake, match="Type a number from 1"):
        retention.keep(Lead, "", 0, BY)


def test_dp10_consent_has_a_purpose_a_source_a_date_and_is_withdrawn(office: Office, fixed_clock: datetime) -> None:
    lead = made("somebody", 1)
    given = consents.give(Lead, lead.key, "newsletter", "trade fair", BY)
    assert consents.holds(Lead, lead.key, "newsletter", BY) and not consents.holds(Lead, lead.key, "calls", BY)
    consents.withdraw(given.number, BY)
    held = consents.of(Lead, lead.key, BY)
    assert not consents.holds(Lead, lead.key, "newsletter", BY)
    assert [(row.source, row.given, row.withdrawn) for row in held] == [("trade fair", NOW.date(), NOW.date())]
    with pytest.raises(Mistake, match="Source is required"):
        consents.give(Lead, lead.key, "newsletter", " ", BY)


def test_dp9_what_somebody_does_not_want_is_in_one_place(office: Office) -> None:
    lead = made("somebody", 1, phone="650-253-7777", email="ann@acme.example", do_not_call=True)
    optouts.refuse(Channel.EMAIL, "ANN@acme.example", "unsubscribed", BY)
    register.stop("(650) 253-7777", "STOP", BY)
    register.add("650-253-7777", "asked", BY)
    found = {(wish.channel, wish.source) for wish in consents.wishes(lead, BY)}
    assert found == {("phone", "Do Not Call"), ("phone", "own"), ("email", "unsubscribed"), ("sms", STOPPED)}


@pytest.mark.engines("sqlite")
def test_dp15_an_export_without_personal_data_says_nobody_s_name(office: Office, tmp_path: Path) -> None:
    made("A secret word", 1, last_name="Zqname", phone="650-253-7777", notes="Zqnote", city="Rome")
    target = tmp_path / "out.csv"
    command = ["--database", office.url, "export", "leads", str(target), "--without-personal-data"]
    assert commands.run(command, lambda url, operator: 1) == 0
    text = target.read_text("utf-8-sig")
    assert "Rome" in text and "Lead Source" in text
    assert not [word for word in ("Zq", "secret", "650", "Phone", "Last Name", "Notes") if word in text]
    assert commands.run([*command[:-2], str(tmp_path / "out.vcf"), command[-1]], lambda url, operator: 1) == 1
