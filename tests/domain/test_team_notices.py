"""Notices to the others: each once to everybody it is for, and “Sale!” where the office wants it (BX-50)."""

from __future__ import annotations

from datetime import datetime, timedelta
from threading import Thread

import pytest

from channergy_crm import clock, work
from channergy_crm.errors import Mistake, Refused
from channergy_crm.records import Opportunity
from channergy_crm.records.team_notices import TeamNotice
from channergy_crm.services import conversion, groups, leads, office, operators, roles, saving, team_notices
from channergy_crm.settings import SALE_TOLD
from channergy_crm.store import database
from tests.domain.secured import switch_on

EVENING = datetime(2026, 11, 23, 18)


@pytest.fixture
def people(office, operator, fixed_clock):
    """ADMIN, ANN and BEN, who works in the group NORTH."""
    for id in ("ANN", "BEN"):
        operators.add(id, id.title(), operator)
    groups.create("NORTH", "North", operator)
    groups.let_in("NORTH", ["BEN"], operator)
    return ["ADMIN", "ANN", "BEN"]


def told(*people, **more):
    return {id: [news.text for news in team_notices.take(id, **more)] for id in people}


@pytest.mark.parametrize(
    ("to", "reached"), [("", ["ANN", "BEN"]), ("NORTH", ["BEN"]), ("ANN", ["ANN"])], ids=["all", "group", "one"]
)
def test_bx50_a_notice_is_shown_once_to_everybody_it_is_for(people, to, reached):
    team_notices.send("  Lunch is here ", to, "ADMIN")
    assert told(*people) == {id: ["Administrator: Lunch is here"] if id in reached else [] for id in people}
    assert told(*people) == {id: [] for id in people}


def test_bx50_a_notice_that_is_over_or_taken_back_is_shown_to_nobody(people):
    team_notices.send("Meeting", "", "ADMIN", clock.now() + timedelta(minutes=5))
    team_notices.send("Slip", "", "ADMIN")
    saving.undo_latest("ADMIN")
    with clock.fixed(clock.now() + timedelta(minutes=6)):
        assert told("ANN") == {"ANN": []}
    assert told("ANN") == {"ANN": ["Administrator: Meeting"]}


def test_bx50_what_cannot_be_sent_is_told(people):
    for text, to, until, field in (("  ", "", None, "text"), ("x" * 501, "", None, "text"), ("x", "NOBODY", None, "to"),
                                   ("x", "", clock.now(), "until")):  # fmt: skip
        with pytest.raises(Mistake) as mistake:
            team_notices.send(text, to, "ADMIN", until)
        assert mistake.value.field == field
    assert TeamNotice.select().count() == 0


def test_bx50_with_security_those_who_lead_send_notices(people):
    role = roles.create("Lead", "ADMIN")
    roles.let_do(role.number, ["view_all"], "ADMIN")
    roles.give("BEN", [role.number], "ADMIN")
    assert team_notices.why_not("ANN") is None
    switch_on()
    with pytest.raises(Refused, match="sent by administrators"):
        team_notices.send("Hello", "", "ANN")
    assert team_notices.send("Hello", "", "BEN").key
    assert told("ANN") == {"ANN": ["Ben: Hello"]}


def test_bx50_two_windows_of_one_operator_show_it_once(people):
    team_notices.send("Once", "", "ADMIN")
    found: list[str] = []

    def window():
        found.extend(told("ANN")["ANN"])
        database.proxy.obj.close()

    windows = [Thread(target=window) for _ in range(2)]
    for each in windows:
        each.start()
    for each in windows:
        each.join()
    assert found == ["Administrator: Once"]


# ---------------------------------------------------------------- a sale


@pytest.fixture
def won(people):
    """An opportunity of ANN's that may be won."""
    lead = leads.create({"description": "Parkas", "company": "Yarrow", "owner": "ANN"}, "ANN")
    conversion.convert(lead.key, "ANN")
    return Opportunity.get()


def win(opportunity, by="ANN"):
    opportunity.outcome = "Won"
    saving.save(opportunity, by)


def test_bx50_nobody_is_told_of_a_sale_until_the_office_wants_it(won):
    win(won)
    assert TeamNotice.select().count() == 0


def test_bx50_an_opportunity_that_is_won_is_told_once_and_taken_back_with_it(won):
    office.choose(SALE_TOLD, "on", "ADMIN")
    win(won)
    won.next_step = "Call"
    saving.save(won, "ANN")
    assert told("ADMIN", "ANN") == {"ADMIN": ["Sale! Ann: Parkas"], "ANN": []}
    assert told("BEN", sales=False) == told("BEN") == {"BEN": []}  # muted, and not told later
    saving.undo_latest("ANN"), saving.undo_latest("ANN")
    assert TeamNotice.select().count() == 0 and Opportunity.get().outcome != "Won"


def test_bx50_a_sale_in_a_call_is_a_part_of_its_unit(won):
    office.choose(SALE_TOLD, "on", "ADMIN")
    lead = leads.create({"description": "Boots", "owner": "ANN"}, "ANN")
    with work.unit("Save a call", by="ANN"):
        lead.call_code = "S"
        lead.save()
        team_notices.sale(lead, "ANN")
    assert [news.record for news in team_notices.take("ADMIN")] == [lead]
    saving.undo_latest("ANN")
    assert TeamNotice.select().count() == 0


def test_bx50_who_may_not_see_the_record_learns_no_name(won):
    office.choose(SALE_TOLD, "on", "ADMIN")
    win(won)
    switch_on()
    assert told("BEN") == {"BEN": ["Sale! Ann has sold."]}
