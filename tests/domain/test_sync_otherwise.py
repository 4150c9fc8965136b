"""What the site writes its own way, and what was sent once and stands here otherwise since (VP-28…VP-58, K12)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from channergy_crm.outgoing.line import Lost
from channergy_crm.services import saving
from channergy_crm.sync import chips, conflicts, first
from channergy_crm.sync.sandbox.server import PASSWORD
from channergy_crm.sync.viper.wire import Site
from tests.domain.two_sides import (
    ADMIN,
    THERE,
    VIPER_ITSELF,
    account,
    contact,
    deal,
    edit,
    nobody_watches,
    now,
    of_viper,
)

if TYPE_CHECKING:
    from tests.domain.two_sides import TwoSides

pytestmark = pytest.mark.engines("sqlite")


def told(record: object) -> str:
    """What the chip says was not sent again."""
    found = chips.chip(record._meta.table_name, record.key, ADMIN)
    assert found is not None
    return found.tip.removeprefix("Changed here since, and not sent again: ").removesuffix(".")


def test_vp30_a_number_the_site_writes_its_own_way_comes_here_and_what_is_changed_there_is_not_lost(
    both: TwoSides,
) -> None:
    firm = account(phone="(504) 621-8927")
    both.site.faults.twist = lambda path, text: text.replace(b"(504) 621-8927", b"504-621-8927")
    both.sync()
    both.sync()
    assert now(firm).phone == "504-621-8927" and of_viper() == ["Viper: 1 account"]
    both.change(firm, phone="504-000-1111")
    edit(firm, fax="1")
    assert both.sync().conflicts == 0
    assert (now(firm).phone, both.there(firm)["phone"], both.there(firm)["fax"]) == ("504-000-1111",) * 2 + ("1",)


def test_vp57_what_the_site_makes_of_a_new_program_comes_here(both: TwoSides) -> None:
    firm = account()
    contact(firm)
    trip = deal(firm)
    both.site.faults.twist = lambda path, text: text.replace(b'"probability": 10', b'"probability": 25')
    both.sync()
    both.sync()
    assert now(trip).probability == 25


def test_vp46_k23_a_stage_that_was_taken_back_here_is_once_more_what_the_site_said(both: TwoSides) -> None:
    firm = account()
    contact(firm)
    trip = deal(firm)
    both.sync()
    both.change(trip, sales_stage="Offer", probability=40)
    both.sync()
    taken = saving.undoable(VIPER_ITSELF)
    assert taken is not None
    saving.reverse(taken.number, by=ADMIN)
    assert now(trip).stage == "Draft"
    both.sync()
    assert (now(trip).stage, now(trip).probability, both.there(trip)["sales_stage"]) == ("Offer", 40, "Offer")


def test_k12_a_new_email_address_is_told_also_of_a_contact_that_was_there_before(both: TwoSides) -> None:
    firm = account("Acme")
    kim = contact(firm)
    company = both.site.put("companies", name="Acme", assigned_to=THERE)
    both.site.put("contacts", last_name="Berg", email="Berg@Example.com", company_id=company, assigned_to=THERE)
    with Site(both.connection(), PASSWORD) as site:
        first.connect(ADMIN, nobody_watches, site)
    both.sync()
    assert told(kim) == ""
    edit(kim, email="new@example.com")
    assert "The new e-mail address of 1 contact is not sent." in both.sync().said() and told(kim) == "Email Address"


def test_vp46_what_a_deal_gets_after_it_was_sent_is_told_and_how_it_is_written_is_not(both: TwoSides) -> None:
    firm = account()
    contact(firm)
    trip = deal(firm, description="One\r\n e\u0301", amount=125_000)
    both.site.faults.ways = ["ok"] * 5 + ["drop"]
    with pytest.raises(Lost):
        both.sync()
    both.site.faults.twist = lambda path, text: text.replace(b'"1250.00"', b"1250")
    both.sync()
    assert both.there(trip)["estimated_value"] == "1250.00" and told(trip) == ""
    edit(trip, lead_source="Web", amount=125_001)
    both.sync()
    assert told(trip) == "Amount (Estimated Value), Lead Source"


def test_vp29_a_name_too_long_for_here_is_ours_there_too_once_somebody_has_settled_it(both: TwoSides) -> None:
    firm = account()
    both.sync()
    both.change(firm, name="x" * 2_000)
    assert both.sync().conflicts == 1
    (told,) = conflicts.open(ADMIN)
    conflicts.settle(told.number, ADMIN)
    conflicts.reopen(told.number, ADMIN)
    edit(firm, fax="7")
    assert (both.sync().conflicts, conflicts.count(ADMIN), both.there(firm)["name"]) == (0, 1, "x" * 2_000)
    conflicts.settle(told.number, ADMIN)
    for number in range(2):
        edit(firm, fax=f"{number}")
        assert (both.sync().conflicts, both.sync().conflicts, conflicts.count(ADMIN)) == (0, 0, 0)
    assert both.there(firm)["name"] == "Acme"
    both.agree()
