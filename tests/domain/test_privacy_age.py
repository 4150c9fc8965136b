"""How long ago one was in touch, who is too old to be kept, touching, consents, wishes (SI-39, SI-41, DP-2, DP-9)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from channergy_crm import clock, commands, work
from channergy_crm.errors import Mistake, Refused
from channergy_crm.records import Account, Contact, Customer, Lead, Opportunity, PhoneCall, Task
from channergy_crm.records.do_not_call import STOPPED
from channergy_crm.records.privacy import ErasureRow, Touch
from channergy_crm.services import leads, notes, saving
from channergy_crm.services.privacy import age, anonymising, consents, forgetting, refusals, retention
from channergy_crm.services.privacy.age_order import AGE, KEPT, LAST, NAME, OWNER, RECORDS, STATUS, Somebody, Wanted
from channergy_crm.work import ChangeRow
from tests.domain.secured import ANN, CY, Secured
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


def test_si39_a_call_a_task_a_deal_and_nothing_of_somebody_else_make_one_younger(
    office: Office, fixed_clock: datetime
) -> None:
    made("noted", 5), made("dialed", 5, call_date=(NOW - timedelta(days=400)).date())
    helped, came, gone, unknown = made("helped", 5), made("came", 5), made("gone", 5), made("unknown", 5)
    with clock.fixed(NOW - timedelta(days=1500)), work.unit("Make them", by=BY):
        account = Account.create(customer=Customer.create(company="Acme").key, name="Acme", owner=BY)
        Account.create(customer=Customer.create(company="Books").key, name="Books", owner=BY)
    notes.add(Lead, account.key, "rang", BY)
    leads.remove(gone.key, BY)
    with work.unit("Meet them", by=BY):
        Task.create(action="Call", lead=helped.key, owner=BY, closed_on=NOW - timedelta(days=800))
        deal = Opportunity.create(account=account.key, name="Fair", owner=BY)
        Opportunity.update(last_activity=NOW - timedelta(days=1200)).where(Opportunity.number == deal.key).execute()
        Lead.update(created_on=NOW - timedelta(days=1200)).where(Lead.number == came.key).execute()
        Lead.update(created_on=None).where(Lead.number == unknown.key).execute()
        ChangeRow.delete().where((ChangeRow.table == "CRMLeads") & (ChangeRow.key == str(unknown.key))).execute()
    found = age.find(Wanted(), BY)
    people = {one.name: one.last and (NOW - one.last).days // 100 for one in age.read(found, 0, 9, BY)}
    assert people == {"unknown": None, "Books": 15, "Acme": 12, "came": 12, "helped": 8, "dialed": 4, "noted": 0}
    assert "unknown" in ages(months=12), "of whom nobody knows anything is older than whatever is asked for"


def test_si39_nobody_is_listed_or_touched_without_the_right_to_erase_nor_beyond_what_one_sees(
    office: Office, fixed_clock: datetime
) -> None:
    secured = Secured()
    secured.let({"use": "all", "view": "all", "edit": "all"})
    mine, foreign = made("mine", 5, owner=ANN), made("foreign", 5, owner=CY)
    everybody = age.find(Wanted(), BY)
    retention.keep(Lead, "", 12, BY)
    people = [Somebody(Lead, mine.key), Somebody(Lead, foreign.key)]
    for asked in (
        lambda: age.find(Wanted(), ANN), lambda: age.read(everybody, 0, 9, ANN), lambda: age.touch(people, "kept", ANN),
        lambda: forgetting.forget(people, "too old", ANN),
    ):  # fmt: skip
        with pytest.raises(Refused, match="erase personal data"):
            asked()
    assert (age.proposed(ANN), age.proposed(BY)) == (0, 2)
    secured.job("erase")
    secured.let({"use": "all", "view": "own", "edit": "own"})
    assert [one.name for one in age.read(everybody, 0, 9, ANN)] == ["mine"] and age.proposed(ANN) == 1
    secured.let({"use": "all", "view": "all", "edit": "own"})
    with pytest.raises(Refused):
        age.touch(people, "kept", ANN)
    assert not Touch.select().exists() and age.touch(people[:1], "kept", ANN).records == 1


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
    assert set(ages(words="OPEN")) == {"old", "open"} and len(ages(words=BY.lower())) == 3
    retention.keep(Lead, "Open", 60, BY)
    assert list(ages(too_old=True)) == ["lost"], "a rule of their own, however long, goes before that of all others"
    retention.keep(Lead, "Open", None, BY)
    retention.keep(Lead, "", None, BY)
    assert list(ages(too_old=True)) == ["lost"]
    assert Lead.select().count() == 3
    with pytest.raises(Mistake, match="Type a number from 1"):
        retention.keep(Lead, "", 0, BY)
    with clock.fixed(retention.before(NOW, 12)):
        leads.create({"description": "to the second", "call_status": "Lost"}, BY)
    both = age.read(age.find(Wanted(too_old=True), BY), 0, 9, BY)
    assert [(one.name, one.too_old) for one in both] == [("lost", True), ("to the second", True)]


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
    refusals.add(refusals.EMAIL, "ANN@acme.example", "unsubscribed", BY)
    refusals.add("sms", "(650) 253-7777", "STOP", BY)
    refusals.add("phone", "650-253-7777", "asked", BY)
    found = {(wish.channel, wish.source) for wish in consents.wishes(lead, BY)}
    assert found == {("phone", "Do Not Call"), ("phone", "own"), ("email", "unsubscribed"), ("sms", STOPPED)}


def test_si39_every_column_puts_all_of_them_in_order_and_any_part_is_read(
    office: Office, fixed_clock: datetime
) -> None:
    made("b", 1, last_name="Öhler", call_status="Lost"), made("c", 3, last_name="Abel", call_status="Open")
    made("a", 2, last_name="zander", first_name="Zoe")
    with work.unit("Make an account", by=BY):
        customer = Customer.create(company="Mills", created_on=(NOW - timedelta(days=365 * 4)).date())
        Account.create(customer=customer.key, name="Mills", owner=BY)
    retention.keep(Lead, "", 18, BY)

    def names(by: int, *, descending: bool = False) -> list[str]:
        found = age.find(Wanted(by=by, descending=descending), BY)
        return [one.name for start in range(0, len(found), 3) for one in age.read(found, start, 3, BY)]

    assert names(AGE) == ["Mills", "Abel", "Zoe zander", "Öhler"]
    assert names(AGE, descending=True) == names(AGE)[::-1]
    assert names(LAST) == names(AGE) and names(LAST, descending=True) == names(AGE)[::-1]
    assert names(NAME) == ["Abel", "Mills", "Öhler", "Zoe zander"]
    assert names(RECORDS)[-1] == "Mills" and names(STATUS)[-1] == "Abel"
    assert names(KEPT) == ["Abel", "Zoe zander", "Öhler", "Mills"]
    found = age.find(Wanted(), BY)
    assert [age.read(found, at, 1, BY)[0].last for at in range(4)] == [found.last(at) for at in range(4)]
    assert len(names(OWNER)) == 4 and age.proposed(BY) == 2


def test_si39_whoever_nothing_is_known_of_is_as_old_as_the_journal_says(office: Office, fixed_clock: datetime) -> None:
    with clock.fixed(NOW - timedelta(days=700)), work.unit("Make a customer", by=BY):
        customer = Customer.create(company="Acme")
        Contact.create(customer=customer.key, last_name="Lee")
        Customer.update(created_on=None).execute()
    assert ages(record=Contact) == {"Lee": 1} and ages(record=Contact, months=12) == {"Lee": 1}
    assert not ages(record=Contact, months=24)


def test_si41_all_who_were_found_are_touched_in_one_step_or_nobody_is(
    office: Office, fixed_clock: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(age, "WRITTEN", 3)
    keys = [made(f"lead {place}", 3).key for place in range(7)]
    found, told = age.find(Wanted(months=12), BY), list[int]()

    class Stop(Exception):
        pass

    def stop(place: int) -> None:
        raise Stop(place)

    with pytest.raises(Stop):
        age.touch(found, "asked to be kept", BY, stop)
    assert not Touch.select().exists()
    assert age.touch(found, "asked to be kept", BY, told.append).records == 7 and told
    assert {(row.table, row.of) for row in Touch.select()} == {("CRMLeads", str(key)) for key in keys}
    assert not age.find(Wanted(months=12), BY) and list(found)[0] == found[0]
    entry = saving.undoable(BY)
    assert entry is not None
    saving.reverse(entry.number, BY)
    assert len(age.find(Wanted(months=12), BY)) == 7


def test_si40_all_who_were_found_are_anonymised_but_whom_the_law_keeps_and_it_stops_between_two(
    office: Office, fixed_clock: datetime
) -> None:
    people = [made(f"lead {place}", 3) for place in range(4)]
    with work.unit("Win an order", by=BY):
        customer = Customer.create(company="Acme", created_on=(NOW - timedelta(days=2000)).date())
        account = Account.create(customer=customer.key, name="Acme", owner=BY)
        Opportunity.create(account=account.key, name="Order", outcome="Won", closed=True, owner=BY,
                           close_date_2=NOW.date())  # fmt: skip
    found, heard = age.find(Wanted(), BY), list[anonymising.Erased]()
    assert len(found) == 5
    first = forgetting.forget(found, "too old", BY, after=heard.append, goes_on=lambda place: place < 3)
    assert (first.done + first.kept, first.left) == (3, 2)
    rest = forgetting.forget(found, "too old", BY, after=heard.append)
    assert (rest.done, rest.kept, rest.left) == (4, 1, 0) and "cannot be anonymised yet" in rest.why[0]
    assert len(heard) == 4 and ErasureRow.select().count() == 4
    assert {lead.description for lead in Lead.select()}.isdisjoint({each.description for each in people})
    assert [one.name for one in age.read(age.find(Wanted(), BY), 0, 9, BY)] == ["Acme"]


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
