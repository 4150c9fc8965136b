"""A round of the sync, against a real site: what comes, what goes, and what goes wrong (VP-1…VP-58, BX-34)."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Any

import pytest

from channergy_crm.outgoing.line import Lost
from channergy_crm.records import Account, Contact, Opportunity
from channergy_crm.records.lookups import choices
from channergy_crm.records.sync import Outgoing, SyncLink
from channergy_crm.records.team_notices import TeamNotice
from channergy_crm.services import history, saving
from channergy_crm.services.duplicates import merging, proposal
from channergy_crm.sync import fields
from channergy_crm.work import UnitRow
from tests.domain.secured import switch_on
from tests.domain.two_sides import (
    ADMIN,
    VIPER_ITSELF,
    TwoSides,
    account,
    conflicts,
    contact,
    deal,
    edit,
    link,
    now,
    of_viper,
    remove,
    waiting,
)

# ---------------------------------------------------------------- what goes and what comes


def test_vp3_vp11_vp15_new_clients_go_there_by_themselves_parents_first(both: TwoSides) -> None:
    firm = account(phone=" +1 504 621-8927 ")
    somebody, trip = contact(firm), deal(firm)
    told = both.sync()
    assert (dict(told.made), waiting()) == ({"companies": 1, "contacts": 1, "programs": 1}, [])
    assert both.there(firm) == {"name": "Acme", "phone": "+1 504 621-8927", "assigned_to": "U1"}
    assert both.there(somebody)["company_id"] == both.there(trip)["company_id"] == link(firm).remote
    assert told.said() == "3 records were made in Viper."
    assert both.sync().said() == "Nothing has changed, here or there." and not of_viper()


def test_vp7_vp8_vp9_an_account_is_a_company_with_its_contacts_and_an_opportunity_a_program(both: TwoSides) -> None:
    firm, other = account("Acme"), account("Bolt")
    people = [contact(firm, "Berg", first_name="Kim"), contact(firm, "Cole"), contact(other, "Dorn")]
    trip = deal(firm, "Gala")
    both.sync()
    companies = both.site.rows("companies")
    assert [companies[link(each).remote]["name"] for each in (firm, other)] == ["Acme", "Bolt"]
    theirs = [both.site.rows("contacts")[link(each).remote] for each in people]
    assert (theirs[0]["first_name"], theirs[0]["last_name"], theirs[0]["email"]) == ("Kim", "Berg", "berg@example.com")
    assert [each["company_id"] for each in theirs] == [link(firm).remote] * 2 + [link(other).remote]
    program = both.site.rows("programs")[link(trip).remote]
    assert (program["name"], program["company_id"]) == ("Gala", link(firm).remote)


def _alike(both: TwoSides, record: Any) -> None:
    """Each field that goes both ways arrives there when it is changed here, and here when it is changed there."""
    mapped = fields.of(record._meta.table_name, fields.Direction.BOTH)
    edit(record, **{each.name: f"here {place}" for place, each in enumerate(mapped)})
    assert both.sync().sent.total() == 1
    held = both.there(record)
    assert [held[each.remote] for each in mapped] == [f"here {place}" for place in range(len(mapped))]
    both.change(record, **{each.remote: f"there {place}" for place, each in enumerate(mapped)})
    assert both.sync().taken.total() == 1
    stands = now(record).__data__
    assert [stands[each.name] for each in mapped] == [f"there {place}" for place in range(len(mapped))]
    both.agree()


def test_vp28_vp29_vp30_vp31_vp32_vp33_vp34_vp35_vp36_vp37_accounts_are_kept_alike(both: TwoSides) -> None:
    firm = account()
    both.sync()
    _alike(both, firm)
    assert of_viper() == ["Viper: 1 account"]


@pytest.mark.engines("sqlite")
def test_vp33_an_address_of_several_lines_is_one_line_here_and_stays_as_it_is_there(both: TwoSides) -> None:
    firm, lines = account(bill_address="1 Oak St"), "12 Main St\r\nSuite  4"
    both.sync()
    both.change(firm, billing_address=lines)
    both.sync()
    assert now(firm).bill_address == "12 Main St Suite 4"
    edit(firm, fax="9")
    both.change(firm, phone="5")
    assert both.sync().conflicts == 0 and both.there(firm)["billing_address"] == lines
    edit(firm, bill_address="99 Oak St")
    both.change(firm, phone="6")
    assert both.sync().conflicts == 0 and both.there(firm)["billing_address"] == "99 Oak St"


def test_vp38_vp39_vp40_vp41_vp42_vp43_vp44_vp45_contacts_are_kept_alike(both: TwoSides) -> None:
    somebody = contact(account())
    both.sync()
    _alike(both, somebody)


def test_vp4_vp5_vp21_vp46_to_vp56_a_deal_goes_once_with_all_it_has_and_later_changes_stay_here(both: TwoSides) -> None:
    firm = account()
    contact(firm)
    trip = deal(firm, amount=125_050, description="Two nights", lead_source="Web", due=date(2027, 3, 28))
    both.sync()
    before = both.there(trip)
    assert before == {
        "name": "Trip", "company_id": link(firm).remote, "assigned_to": "U1", "sales_stage": "Draft",
        "preferred_arrival": "2027-05-01", "preferred_departure": "2027-05-04", "estimated_value": "1250.50",
        "probability": 10, "lead_source": "Web", "due_date": "2027-03-28", "description": "Two nights",
    }  # fmt: skip
    edit(trip, name="Another name", amount=1, description="")
    assert both.sync().said() == "Nothing has changed, here or there."
    assert both.there(trip) == before and waiting() == [] and len(both.site.rows("programs")) == 1


def test_vp57_vp58_stage_and_probability_come_back_and_an_unknown_stage_joins_the_list(both: TwoSides) -> None:
    firm = account()
    contact(firm)
    trip = deal(firm)
    both.sync()
    both.change(trip, sales_stage="Offer", probability=10, name="Renamed there")
    both.sync()
    assert (now(trip).stage, now(trip).probability, now(trip).name) == ("Offer", 10, "Trip")
    both.change(trip, sales_stage="Contract out", probability=0)
    told = both.sync()
    assert (now(trip).stage, now(trip).probability, told.stages) == ("Contract out", 0, ["Contract out"])
    assert "Contract out" in [each.value for each in choices("CRMOpportunities", "Stage")]
    assert "Contract out" in TeamNotice.get().text and "Contract out" in told.said()
    assert saving.undoable(VIPER_ITSELF) and of_viper()[-1] == "Viper: 1 opportunity"
    both.agree()


@pytest.mark.engines("sqlite")
def test_vp58_while_security_is_on_the_administrators_are_told_of_a_new_stage(both: TwoSides) -> None:
    firm = account()
    contact(firm)
    trip = deal(firm)
    both.sync()
    switch_on()
    both.change(trip, sales_stage="Contract out")
    both.sync()
    assert [notice.to for notice in TeamNotice.select()] == [ADMIN]


def test_vp10_company_users_of_a_program_are_shown(both: TwoSides) -> None:
    firm = account()
    contact(firm)
    trip = deal(firm)
    both.sync()
    both.sync()
    assert link(trip).shown == '{"company_users": ["Ann Keller"]}'
    both.site.show(link(trip).remote, "Kim Berg")
    assert both.sync().taken.total() == 0
    assert "Kim Berg" in link(trip).shown and not of_viper()


def test_vp12_what_was_made_there_is_counted_and_never_made_here(both: TwoSides) -> None:
    company = both.site.put("companies", name="Hotel", assigned_to="U1")
    for name in ("a", "b"):
        both.site.put("programs", name=name, company_id=company)
    told = both.sync()
    assert told.said() == "2 programs of Viper are no opportunities of ours. 1 client of Viper is not known here."
    assert not Account.select().exists() and not Opportunity.select().exists()
    assert both.sync().said() == "Nothing has changed, here or there."  # it was read once


def test_vp20_a_contacts_new_email_address_is_not_sent_and_that_is_said(both: TwoSides) -> None:
    somebody = contact(account())
    both.sync()
    edit(somebody, email="new@example.com", last_name="Meyer")
    told = both.sync()
    assert "The new e-mail address of 1 contact is not sent." in told.said()
    assert (both.there(somebody)["email"], both.there(somebody)["last_name"]) == ("berg@example.com", "Meyer")


def test_vp14_vp16_what_lacks_something_is_held_and_goes_when_it_no_longer_does(both: TwoSides) -> None:
    firm = account(owner=ADMIN)
    somebody = contact(firm)
    told = both.sync()
    assert told.made.total() == 0 and "2 records lack something and are not sent." in told.said()
    assert waiting() == [("CRMAccounts", "held", "admin"), ("CustomerContacts", "held", "admin")]
    edit(firm, owner="ANN")
    assert both.sync().made.total() == 2 and both.there(somebody)["company_id"] == link(firm).remote


def test_vp20_a_contact_the_site_refuses_is_told_with_its_sentence_and_tried_when_it_is_another(both: TwoSides) -> None:
    both.site.put("contacts", last_name="There", email="berg@example.com")
    somebody = contact(account())
    told = both.sync()
    assert told.refused == 1 and "Viper refused 1 record." in told.said()
    row = Outgoing.get()
    assert row.state == "refused" and row.error == "Another contact has this e-mail address."
    assert both.sync().refused == 0
    edit(somebody, email="other@example.com")
    assert both.sync().made.total() == 1 and waiting() == []


def test_vp18_what_hangs_on_a_company_the_site_refuses_waits_for_it(both: TwoSides) -> None:
    firm = account()
    contact(firm)
    both.site.faults.ways = ["ok"] * 3 + ["500"]
    with pytest.raises(Lost):
        both.sync()
    assert waiting()[1] == ("CustomerContacts", "waiting", "") and not both.site.rows("contacts")
    both.sync()
    assert len(both.site.rows("contacts")) == 1 and waiting() == []


# ---------------------------------------------------------------- both sides, loops, what is gone


def test_vp28_both_changed_a_field_ours_is_sent_and_theirs_is_kept_and_can_be_taken(both: TwoSides) -> None:
    firm = account(phone="1")
    both.sync()
    edit(firm, phone="here", fax="12")
    both.change(firm, phone="there", other_phone="34")
    told = both.sync()
    stands, theirs = now(firm), both.there(firm)
    assert (stands.phone, stands.other_phone, theirs["phone"], theirs["fax"]) == ("here", "34", "here", "12")
    assert told.conflicts == 1 and conflicts() == [("phone", "here", "there")]
    entry = history.of([(Account, firm.key)], ADMIN).entries[0]
    assert entry.said == "Viper said otherwise, ours is sent: 1 account"
    assert [(each.kind.name, each.before, each.after) for each in entry.fields] == [("phone", "there", "here")]
    both.agree()
    assert entry.takes is not None
    saving.reverse(entry.takes, by=ADMIN)  # turned round: theirs stands here, and goes there
    both.sync()
    assert now(firm).phone == both.there(firm)["phone"] == "there"
    both.agree()


def test_vp28_the_same_on_both_sides_is_no_conflict_and_undo_goes_there_as_well(both: TwoSides) -> None:
    firm = account(phone="1")
    both.sync()
    edit(firm, phone="2")
    both.change(firm, phone=" 2 ")
    told = both.sync()
    assert (told.conflicts, told.sent.total(), told.taken.total(), conflicts()) == (0, 0, 0, [])
    both.change(firm, phone="3")
    both.sync()
    unit = UnitRow.select().where(UnitRow.by == "Viper").order_by(UnitRow.number.desc()).get()
    saving.reverse(unit.number, by=ADMIN)
    both.sync()
    assert now(firm).phone == both.there(firm)["phone"].strip() == "2"


def test_vp28_what_cannot_stand_here_is_a_conflict_and_keeps_nothing_back(both: TwoSides) -> None:
    firm, other = account(), account("Other")
    both.sync()
    both.change(firm, name="x" * 2_000, phone="5")
    both.change(other, name="")
    told = both.sync()
    assert (now(firm).name, now(firm).phone, now(other).name) == ("Acme", "5", "Other")
    assert told.conflicts == 2 and [each[0] for each in conflicts()] == ["name", "name"]
    assert both.sync().conflicts == 0 and len(conflicts()) == 2 and both.there(firm)["name"] == "x" * 2_000


def test_bx34_our_own_change_comes_back_and_writes_nothing(both: TwoSides) -> None:
    firm = account()
    both.sync()
    edit(firm, phone="7")
    both.sync()
    units = UnitRow.select().count()
    told = both.sync()
    assert (told.taken.total(), UnitRow.select().count(), waiting()) == (0, units, [])
    both.site.change("companies", link(firm).remote, phone="7 ")  # it spells it its own way
    both.sync()
    assert (UnitRow.select().count(), now(firm).phone) == (units, "7")
    both.agree()


def test_bx34_deleted_or_merged_there_is_told_and_never_made_again(both: TwoSides) -> None:
    gone, merged, into = account("Gone"), account("Merged"), account("Into")
    both.sync()
    both.site.delete("companies", link(gone).remote)
    both.site.merge("companies", link(merged).remote, link(into).remote)
    told = both.sync()
    assert "1 record was deleted in Viper. 1 record was merged in Viper." in told.said()
    assert (link(gone).met, link(merged).met) == ("deleted there", "merged there")
    edit(gone, phone="1")
    edit(merged, phone="1")
    assert both.sync().said() == "Nothing has changed, here or there." and len(both.site.rows("companies")) == 1
    assert waiting() == []
    edit(into, phone="2")
    both.site.delete("companies", link(into).remote)  # in the same moment
    both.site.faults.ways = []
    assert "1 record was deleted in Viper." in both.sync().said() and link(into).met == "deleted there"


def test_bx34_what_is_gone_under_its_own_number_was_deleted_there(both: TwoSides) -> None:
    firm = account("Firm")
    both.sync()
    edit(firm, phone="1")
    gone = json.dumps({"items": [{"status": "gone", "id": link(firm).remote, "etag": None}]}).encode()
    both.site.faults.twist = lambda path, text: gone if path == "/companies/batch" else text
    both.sync()
    assert link(firm).met == "deleted there"


def test_bx34_deleted_here_is_told_and_undo_goes_on_where_it_stood(both: TwoSides) -> None:
    somebody = contact(account())
    both.sync()
    remove(somebody)
    both.sync()
    assert link(somebody).met == "deleted here" and len(both.site.rows("contacts")) == 1 and waiting() == []
    both.change(somebody, last_name="Newer")
    both.sync()
    deed = saving.undoable(ADMIN)
    assert deed is not None
    saving.reverse(deed.number, by=ADMIN)
    both.sync()
    both.sync()
    assert (now(somebody).last_name, link(somebody).met, len(both.site.rows("contacts"))) == ("Newer", "synced", 1)
    both.agree()


def test_bx34_merged_here_is_told_and_undo_goes_on_where_it_stood(both: TwoSides) -> None:
    kept, other = account("Acme"), account("Acme Ltd", phone="212 555 0134")
    somebody = contact(other)
    both.sync()
    merging.merge(proposal.propose(Account, [kept.number, other.number], ADMIN), 0, {}, ADMIN)
    told = both.sync()
    assert (link(kept).met, link(other).met, waiting()) == ("synced", "merged here", [])
    assert both.there(kept)["phone"] == "212 555 0134" and len(both.site.rows("companies")) == 2
    assert told.made.total() == 0 and now(somebody).customer == now(kept).customer
    saving.undo_latest(ADMIN)
    both.sync()
    both.sync()
    assert link(other).met == "synced" and both.there(kept)["phone"] == "" and waiting() == []
    both.agree()


def test_vp23_links_are_unique_on_both_sides(both: TwoSides) -> None:
    for place in range(3):
        contact(account(f"Firm {place}"), f"Person{place}")
    both.sync()
    pairs = [(row.table, row.remote) for row in SyncLink.select()]
    assert len(pairs) == len(set(pairs)) == 6 and Contact.select().count() == len(both.site.rows("contacts"))


def test_bx34_a_round_costs_what_has_changed_and_goes_through_nothing_else(both: TwoSides, office: Any) -> None:
    if office.engine != "sqlite":
        pytest.skip("a small table is read whole on a server, and rightly")
    firm = account()
    somebody, trip = contact(firm), deal(firm)
    both.sync()
    edit(firm, fax="1")
    edit(trip, name="Gala")
    both.change(somebody, last_name="Theirs")
    asked: list[Any] = []
    office.database.query_hooks.append(asked.append)
    both.sync()
    office.database.query_hooks.remove(asked.append)
    whole = set()
    for sql, params in {each.sql: (each.sql, each.params) for each in asked}.values():
        tables = {alias: table for table, alias in re.findall(r'"(\w+)" AS "(t\d+)"', sql)}
        if sql.startswith(("SELECT", "UPDATE", "DELETE")):
            for *_numbers, step in office.database.execute_sql(f"EXPLAIN QUERY PLAN {sql}", params):  # sql: its own
                if found := re.match(r"(?:SCAN|SEARCH) (\w+)(?!.*\(.*\b(?!State)\w+=\?)", step):
                    whole.add(tables.get(found[1], found[1]) + f" {step} {sql}")
    many = ("CRMSync", "CRMAccounts", "Customer", "CRMOpportunities", "CRMChanges", "CRMUnits")
    few = ("CRMSyncPeople", "CRMSyncState")
    held = "CRMSyncOutbox SEARCH t1 USING COVERING INDEX CRMSyncOutbox_State_NextTryDt (State=?) SELECT COUNT"
    assert not [
        each for each in whole
        if each.startswith(many) and not each.startswith((*few, held)) and "_unprepared" not in each
    ]  # fmt: skip
