"""Home: what each block says, where each operator has it, and what rights leave of it (VT-14…VT-29, VT-62, VT-72)."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest

from channergy_crm import clock, work
from channergy_crm.errors import Refused
from channergy_crm.records import Campaign, HomeBlock, Lead, ListView, Opportunity, PhoneCall
from channergy_crm.services import groups, leads, operators, preferences, projects, roles, saving
from channergy_crm.services.calendar import entries, making
from channergy_crm.services.campaigns import members
from channergy_crm.services.home import arranging, blocks, own_campaigns, own_records, own_work, viewed
from tests import made
from tests.domain.secured import ANN, NORTH, Secured

BY = "ADMIN"


@pytest.fixture(autouse=True)
def _there(office, fixed_clock):
    return office


def lead(name: str, by: str = BY, **known) -> int:
    with work.unit("Make a lead", by=by):
        return Lead.create(**{"description": name, "owner": by, **known}).number


def view(screen: str, name: str, text: str, by: str = BY, *, shared: bool = True) -> int:
    return saving.save(ListView(screen=screen, owner=by, name=name, filter_text=text, shared=shared), by).number


def names(content) -> list[str]:
    return [line.name for line in content.lines]


# ---------------------------------------------------------------- what blocks say


def test_vt17_top_accounts_go_by_the_sum_of_all_their_opportunities() -> None:
    small, large, none = made.account("Small"), made.account("Large"), made.account("None")
    made.opportunity(small, "One", amount=50_000)
    made.opportunity(large, "Won", amount=40_000, closed=True)
    made.opportunity(large, "Open", amount=20_000)
    made.opportunity(none, "Without")
    made.opportunity(made.account("Theirs", made.colleague()), "Big", amount=9_900_000)
    found = own_records.top_accounts(BY)
    assert names(found) == ["Large", "Small"] and found.total == 2
    assert [line.said[-1].value for line in found.lines] == [60_000, 50_000]


def test_vt18_top_opportunities_are_the_own_open_ones_alone() -> None:
    groups.create("NORTH", "North", BY)
    groups.let_in("NORTH", [BY], BY)
    acme, ben = made.account("Acme"), made.colleague()
    for name, amount in (("Small", 100), ("Large", 90_000), ("Unknown", None)):
        made.opportunity(acme, name, amount=amount)
    made.opportunity(acme, "Closed", amount=99_000, closed=True)
    made.opportunity(acme, "Ben's", ben, amount=99_000)
    made.opportunity(acme, "The group's", "NORTH", amount=99_000)
    found = own_records.top_opportunities(BY)
    assert names(found) == ["Large", "Small", "Unknown"] and (found.total, found.sum) == (3, 90_100)
    assert found.lines[0].opens[0] == "opportunity"


def test_vt16_the_dashboard_sums_the_own_open_deals_by_stage() -> None:
    acme = made.account("Acme")
    for stage, amount in (("Offer", 100), ("Offer", 250), ("Prospect", 70)):
        made.opportunity(acme, "A deal", stage=stage, amount=amount)
    made.opportunity(acme, "Ben's", made.colleague(), stage="Offer", amount=9_000)
    assert [tuple(each) for each in own_records.by_stage(BY)] == [("Prospect", 1, 70), ("Offer", 2, 350)]


def test_vt19_group_allocations_are_what_belongs_to_a_group_one_works_in() -> None:
    for id in ("NORTH", "SOUTH"):
        groups.create(id, id.title(), BY)
    groups.let_in("NORTH", [BY], BY)
    lead("North's lead", owner="NORTH", first_name="Ann")
    lead("South's lead", owner="SOUTH", first_name="Sue")
    lead("Own lead", first_name="Own")
    made.task(made.account("Acme"), "North's task", "NORTH")
    made.task(made.account("Bolt"), "Done", "NORTH", closed=True)
    found = own_records.group_allocations(BY)
    assert names(found) == ["Ann", "North's task"] and found.total == 2
    assert own_records.group_allocations(made.colleague()).total == 0


def test_vt26_vt50_a_lead_is_new_for_as_long_as_its_operator_says() -> None:
    for days in (0, 3, 9):
        lead(f"{days} days", created_on=clock.now() - timedelta(days=days))
    assert names(own_records.new_leads(BY)) == ["0 days", "3 days"], "a week where nobody has chosen"
    held = preferences.of(BY, BY)
    held.lead_days = 1
    preferences.save(held, BY)
    assert names(own_records.new_leads(BY)) == ["0 days"]
    lead("Ben's", made.colleague(), created_on=clock.now())
    assert own_records.new_leads(BY).total == 1


def test_vt27_vt29_activities_are_pending_while_overdue_and_open_then_what_comes() -> None:
    acme, today = made.account("Acme", phone="504-621-8927"), date(2026, 11, 23)
    days = {"Late": (today - timedelta(days=2), None), "Missed": (today, time(9, 0)), "Soon": (today, time(15, 0)),
            "Next": (today + timedelta(days=3), time(8, 0)), "Far": (today + timedelta(days=40), None)}  # fmt: skip
    for name, (day, at) in days.items():
        made.task(acme, name, reminder_date=day, reminder_time=at)
    made.task(acme, "Closed", reminder_date=today - timedelta(days=1), closed=True)
    assert [line.name for line in own_work.pending(BY)] == ["Late", "Missed"]
    assert [line.name for line in own_work.upcoming(BY)] == ["Soon", "Next"]
    found = own_work.activities(BY)
    assert names(found) == ["Late", "Missed", "Soon", "Next"] and found.total == 4
    assert own_work.pending(made.colleague()) == []


def test_vt27_home_says_of_what_is_pending_what_the_calendar_says_also_of_what_one_is_invited_to() -> None:
    today, ben = date(2026, 11, 23), made.colleague()
    made.task(None, "Running", reminder_date=today, reminder_time=time(9, 30), minutes=60)
    made.task(None, "Over", reminder_date=today, reminder_time=time(9), minutes=30)
    made.task(None, "Each day", reminder_date=today, reminder_time=time(16), repeats="FREQ=DAILY")
    theirs = made.task(None, "Invited", ben, reminder_date=today, reminder_time=time(17))
    making.set_guests(theirs.number, [making.Person("Operators", BY)], ben)
    assert [line.name for line in own_work.pending(BY)] == ["Over"], "what still runs is not pending"
    assert [line.name for line in own_work.upcoming(BY)] == ["Running", "Each day", "Invited"]
    assert [one.title for one in entries.pending([BY], BY, 9)] == ["Over"]
    found = own_work.activities(BY)
    assert [line.meaning for line in found.lines] == ["overdue", "", "", ""] and found.total == 4
    making.answer(theirs.number, "no", BY)
    assert "Invited" not in names(own_work.activities(BY))


def test_due_now_holds_tasks_and_leads_the_oldest_first_with_their_numbers() -> None:
    today = date(2026, 11, 23)
    made.task(made.account("Acme", phone="504-621-8927"), "Call Acme", reminder_date=today, reminder_time=time(9, 30))
    lead("Ask again", phone="504-621-8928", company="Bolt", reminder_date=today - timedelta(days=3))
    lead("Tomorrow", reminder_date=today + timedelta(days=1))
    found = own_work.due_now(BY)
    assert names(found) == ["Ask again", "Call Acme"] and (found.total, found.tomorrow) == (2, 1)
    assert [line.phone for line in found.lines] == ["504-621-8928", "504-621-8927"]
    assert [line.opens[0] for line in found.lines] == ["lead", "account_task"]


def test_calls_of_today_are_counted_by_the_hour() -> None:
    with work.unit("Calls", by=BY):
        for hour, reached in ((8, True), (9, False), (9, True)):
            started = datetime(2026, 11, 23, hour, 10)
            PhoneCall.create(operator=BY, direction="outgoing", started=started, reached=reached)
        PhoneCall.create(operator=BY, direction="outgoing", started=datetime(2026, 11, 22, 9), reached=True)
    assert [tuple(each) for each in own_work.calls_today(BY)] == [(8, 1, 1), (9, 2, 1)]


def test_vt21_key_metrics_count_every_saved_view_or_those_that_were_chosen_in_their_order() -> None:
    for name in ("Ann", "Anton", "Bob"):
        lead("A lead", first_name=name)
    made.colleague()
    every, an = view("leads", "Every lead", ""), view("leads", "An", "first_name:an")
    view("leads", "Ben's own", "", "BEN", shared=False)
    assert [metric.name for metric in viewed.metrics(BY)] == ["An", "Every lead"]
    assert viewed.counts([every, an, 999], BY) == {every: 3, an: 2}
    arranging.choose_metrics([every], BY)
    assert [metric.view for metric in viewed.metrics(BY)] == [every]
    arranging.choose_metrics([every, an], BY)
    assert [metric.view for metric in viewed.metrics(BY)] == [every, an]
    saving.undo_latest(BY)
    assert [metric.view for metric in viewed.metrics(BY)] == [every]
    assert len(viewed.metrics("BEN")) == 3, "the choice of one operator is theirs"


def test_vt55_any_saved_view_is_a_block_with_its_order_and_its_columns() -> None:
    for name, company in (("Ann", "Acme"), ("Bob", "Zoo")):
        lead("A lead", first_name=name, company=company)
    held = ListView(screen="leads", owner=BY, name="By company", columns='["company"]', order='[["company", true]]')
    number = saving.save(held, BY).number
    found = viewed.read(number, BY)
    assert names(found) == ["Bob Zoo", "Ann Acme"] and found.total == 2
    assert arranging.key_of("view", number) in dict(arranging.offered(BY))
    arranging.put_on(f"view_{number}", BY)
    assert arranging.placed(BY)[-1].view == number or number in [each.view for each in arranging.placed(BY)]


# ---------------------------------------------------------------- where blocks stand


def test_vt62_order_and_content_are_each_operators_own_and_can_be_undone() -> None:
    ben = made.colleague()
    before = arranging.columns_of(arranging.placed(BY))
    wanted = [["today", "due_now"], ["key_metrics"], ["dashboard"]]
    arranging.arrange(wanted, BY)
    assert arranging.columns_of(arranging.placed(BY)) == wanted
    assert arranging.columns_of(arranging.placed(ben)) == before
    saving.undo_latest(BY)
    assert arranging.columns_of(arranging.placed(BY)) == before
    assert HomeBlock.select().count() == 0


def test_vt15_what_was_taken_off_comes_back_where_it_stood_and_an_empty_home_stays_empty() -> None:
    before = arranging.columns_of(arranging.placed(BY))
    arranging.take_off("key_metrics", BY)
    assert "key_metrics" not in [each.key for each in arranging.placed(BY)]
    arranging.put_on("key_metrics", BY)
    assert arranging.columns_of(arranging.placed(BY)) == before
    arranging.choose([], BY)
    assert arranging.placed(BY) == []
    arranging.choose(["top_accounts"], BY)
    assert [each.key for each in arranging.placed(BY)] == ["top_accounts"]


def test_vt15_a_block_an_area_brings_stands_there_until_it_is_taken_off() -> None:
    assert arranging.placed(BY, ["visits"])[-1].key == "visits"
    arranging.take_off("visits", BY, ["visits"])
    assert "visits" not in [each.key for each in arranging.placed(BY, ["visits"])]
    assert "visits" not in [each.key for each in arranging.placed(BY)], "nor while its area is off"


def test_vt56_the_tag_cloud_is_switched_on_and_off_by_its_tick() -> None:
    assert "tags" in dict(arranging.offered(BY))
    mine = preferences.of(BY, BY)
    mine.tag_cloud = False
    preferences.save(mine, BY)
    assert "tags" not in dict(arranging.offered(BY))
    arranging.choose([key for key, _title in arranging.offered(BY) if key != "tags"], BY)
    assert "tags" not in [each.key for each in arranging.placed(BY)]


@pytest.mark.parametrize("chosen", ["", "home", "reminders", "board"])
def test_vt14_k24_the_program_starts_with_what_was_chosen(chosen: str) -> None:
    held = preferences.of(BY, BY)
    held.first_page = chosen
    preferences.save(held, BY)
    assert projects.first_page(BY) == (chosen or "reminders")


def test_an_operator_who_is_deleted_takes_their_home_along() -> None:
    arranging.take_off("today", made.colleague(), ())
    assert operators.remove("BEN", BY) == "Ben Ortiz (BEN) is deleted."
    assert HomeBlock.select().count() == 0


def test_vt141_vt15_the_own_campaigns_that_are_not_over_stand_there_once_the_office_has_one() -> None:
    assert "campaigns" not in [each.key for each in arranging.placed(BY)]
    days = {"Fair": (-5, 3), "Web": (4, 9), "Late": (-9, -1), "Open": (-1, None), "Over": (-9, -2)}
    with work.unit("Make campaigns", by=BY):
        for name, (first, last) in days.items():
            ends = None if last is None else clock.today() + timedelta(days=last)
            Campaign.create(name=name, owner=BY, status="Completed" if name == "Over" else "Active", closes=ends,
                            begins=clock.today() + timedelta(days=first),
                            actual_responses=7 if name == "Open" else None)  # fmt: skip
        Campaign.create(name="Theirs", owner=made.colleague(), status="Active")
    fair = Campaign.get(Campaign.name == "Fair").number
    members.add(fair, Lead, [lead("Ann"), lead("Bea"), gone := lead("Cy")], BY)
    members.set_status([1, 3], "Responded", BY)
    leads.remove(gone, BY)
    assert arranging.placed(BY)[-1].key == "campaigns"
    found = own_campaigns.own_campaigns(BY)
    assert names(found) == ["Late", "Fair", "Web", "Open"] and found.total == 4
    assert found.lines[1].opens == ("campaign", fair)
    said = [[each.value for each in line.said] for line in found.lines]
    assert said[0] == ["", "no members yet", "over for 1 day"]
    assert said[1] == ["", "1 of 2 responded", "3 days left"], "who was removed counts no more"
    assert [each[-1] for each in said[2:]] == ["begins in 4 days", ""]
    assert said[3][1] == "7 responses", "somebody has counted them"


# ---------------------------------------------------------------- rights


def test_vt72_with_security_on_a_plain_operator_arranges_their_own_home_and_nobody_elses() -> None:
    office = Secured()
    office.let({"use": "all", "view": "own"}, Lead)
    arranging.arrange([["new_leads"], [], []], ANN)
    assert [each.key for each in arranging.placed(ANN)] == ["new_leads"]
    assert [row.operator for row in HomeBlock.select() if row.rows] == [ANN]
    with pytest.raises(Refused):
        operators.add("NEW", "New", ANN)


def test_rights_and_hidden_fields_hold_in_every_block() -> None:
    office = Secured()
    office.let({"use": "all", "view": "own"}, Lead, Opportunity)
    there = {kind.name for kind in blocks.offered(ANN)}
    assert {"due_now", "new_leads", "top_opportunities", "dashboard"} <= there and "activities" not in there
    roles.hide(office.role, {Opportunity: ["amount"]}, BY)
    there = {kind.name for kind in blocks.offered(ANN)}
    assert not {"top_opportunities", "dashboard", "top_accounts"} & there
    with pytest.raises(Refused):
        own_records.top_opportunities(ANN)
    with pytest.raises(Refused):
        own_work.pending(ANN)


def test_a_view_counts_only_what_its_operator_may_see() -> None:
    office = Secured()
    office.let({"use": "all", "view": "own"}, Lead)
    for owner in ("CY", NORTH, ANN):
        lead("A lead", owner=owner)
    every = view("leads", "Every lead", "")
    assert viewed.counts([every], ANN) == {every: 2} and names(viewed.read(every, ANN)) != []
