"""BX-22, BX-23, VS-22: figures counted by hand and the rows behind them, the goals of a day, what there is to do."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from channergy_crm import clock, work
from channergy_crm.errors import Mistake, Refused
from channergy_crm.records import Account, CallingHours, Customer, Lead, Opportunity, Order, PhoneCall
from channergy_crm.records.goals import Goal
from channergy_crm.services import (
    calling_hours,
    conversion,
    figure_rows,
    figure_tables,
    figures,
    goals,
    groups,
    leads,
    office,
    operators,
    pauses,
    useful,
)  # fmt: skip
from channergy_crm.services.chosen import Chosen
from channergy_crm.services.figures import EVERYBODY, Asked, Count
from channergy_crm.settings import DAY_BEGINS
from tests import made
from tests.domain.secured import Secured

BY = "ADMIN"
MONDAY = datetime(2026, 11, 23, 10)
WEEK = Asked(date(2026, 11, 23), date(2026, 11, 29), EVERYBODY)


pytestmark = pytest.mark.usefixtures("fixed_clock", "office")


@pytest.fixture
def ann() -> None:
    """Somebody else works here, too."""
    operators.add("ANN", "Ann Lee", BY)


def call(at: datetime, code: str = "N", *, reached: bool = False, by: str = BY, **more: Any) -> PhoneCall:
    values = {"direction": "outgoing", "measured": False, "zone": "", "list_name": ""} | more
    with work.unit("Call", by=BY):
        made: PhoneCall = PhoneCall.create(started=at, operator=by, code=code, reached=reached, **values)
    return made


def a_week() -> None:
    """Five calls of the week and two that do not count: one last week, one that came in."""
    call(MONDAY, "N", list_name="Fair")
    call(MONDAY + timedelta(minutes=20), "CALLBK", reached=True, list_name="Fair", seconds=60, measured=True)
    call(MONDAY + timedelta(hours=1), "SALE", reached=True, seconds=120, measured=True)
    call(MONDAY + timedelta(days=1), "N", by="ANN", seconds=30)
    call(MONDAY + timedelta(days=1, hours=2), "WP", reached=True, by="ANN", seconds=90)
    call(MONDAY - timedelta(days=3), "N")
    call(MONDAY, "WP", reached=True, direction="incoming", seconds=600, measured=True)


def test_bx23_a_period_is_counted(ann: None) -> None:
    a_week()
    found = figures.read(WEEK, BY)
    assert found.total == Count(5, 3, 1, 1, 2, 180, 2, 120)
    assert (found.total.percent, found.days) == (60, 2)
    assert (found.total.talk_on_average, found.total.desk_on_average) == (90, 60)
    said = {line.key: (line.counted.calls, line.counted.reached) for line in found.results}
    assert said == {"N": (2, 0), "CALLBK": (1, 1), "SALE": (1, 1), "WP": (1, 1)}
    assert [(line.key, line.counted.calls) for line in found.operators] == [("ADMIN", 3), ("ANN", 2)]
    assert {line.key: line.counted.calls for line in found.lists} == {"Fair": 2, "": 3}
    assert {cell: (each.calls, each.reached) for cell, each in found.cells.items()} == {
        (0, 10): (2, 1), (0, 11): (1, 1), (1, 10): (1, 0), (1, 12): (1, 1),
    }  # fmt: skip


def test_bx4_pauses_are_kept_with_their_reasons_and_stand_in_the_figures(ann: None) -> None:
    for by, reason, minutes in ((BY, "break", 25), (BY, "meeting", 70), ("ANN", "break", 10)):
        with clock.fixed(MONDAY):
            number = pauses.begin(reason, by)
        with clock.fixed(MONDAY + timedelta(minutes=minutes)):
            pauses.end(number, by)
            pauses.end(number, "ANN")
        with clock.fixed(MONDAY + timedelta(hours=3)):
            pauses.end(number, by)  # it is over
    pauses.begin("break", BY)  # the program ended in it
    for whose, counted in ((BY, [("meeting", 1, 4200), ("break", 2, 1500)]), ("ANN", [("break", 1, 600)])):
        found = figures.read(Asked(WEEK.first, WEEK.last, whose), BY).pauses
        assert [(each.reason, each.times, each.seconds) for each in found] == counted
    every = figures.read(WEEK, BY)
    assert figure_tables.pauses_said(every.pauses) == (
        "4 pauses, 1 h 45 min together: Meeting, 1 h 10 min; Break, 35 min."
    )
    assert ("Pauses", "Break, 35 min", 3, None, None, None, None) in figure_tables.rows(every)
    assert not figures.read(Asked(WEEK.first, WEEK.last, EVERYBODY, "Fair"), BY).pauses, "nobody pauses in one list"
    with pytest.raises(Mistake, match="no reason"):
        pauses.begin("yawning", BY)


def test_bx23_whose_and_which_list(ann: None) -> None:
    a_week()
    groups.create("TEAM", "Team", BY)
    groups.let_in("TEAM", ["ANN"], BY)
    for whose, calls in ((BY, 3), ("ANN", 2), ("TEAM", 2), (EVERYBODY, 5)):
        assert figures.read(Asked(WEEK.first, WEEK.last, whose), BY).total.calls == calls
    assert figures.read(Asked(WEEK.first, WEEK.last, EVERYBODY, "Fair"), BY).total.calls == 2
    call(MONDAY, list_name="Spring")
    assert figures.lists(Asked(WEEK.first, WEEK.last, EVERYBODY, "Fair"), BY) == ["Fair", "Spring"]
    assert [key for key, _name in figures.whose_offered(BY)][:3] == [BY, EVERYBODY, "TEAM"]


def test_bx23_an_hour_is_that_of_those_who_were_called(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten at the office is half past three in Kolkata; what is called half an hour later is called at four there."""
    monkeypatch.setenv("TZ", "UTC")
    import time

    time.tzset()
    try:
        call(MONDAY, zone="Asia/Kolkata", reached=True)
        call(MONDAY + timedelta(minutes=35), zone="Asia/Kolkata")
        call(MONDAY + timedelta(minutes=35), zone="America/New_York")
        found = figures.read(WEEK, BY)
        assert {cell: each.calls for cell, each in found.cells.items()} == {(0, 15): 1, (0, 16): 1, (0, 5): 1}
        assert {line.key: line.counted.calls for line in found.zones} == {"Asia/Kolkata": 2, "America/New_York": 1}
        rows = figure_rows.read(WEEK, Chosen("cell", (0, 16)), BY)
        assert [row.when for row in rows] == [MONDAY + timedelta(minutes=35)]
        assert len(figure_rows.read(WEEK, Chosen("hour", 15), BY)) == 1
    finally:
        monkeypatch.undo()
        time.tzset()


def test_bx23_the_best_hour_needs_enough_calls() -> None:
    hours = {9: Count(19, 19), 10: Count(20, 10), 11: Count(40, 20), 12: Count(50, 5)}
    assert figures.best_hour({9: Count(19, 19)}) is None
    assert figures.best_hour(hours) == (11, 50, 40)


def test_bx23_the_rows_behind_a_figure_open_their_lead(ann: None) -> None:
    a_week()
    lead = leads.create({"description": "Wants a list", "last_name": "Kessler"}, BY)
    call(MONDAY + timedelta(hours=2), "DNC", reached=True, lead=lead.number, list_name="Fair")
    every = figure_rows.read(WEEK, Chosen(), BY)
    assert [row.when for row in every] == sorted((row.when for row in every), reverse=True)
    assert len(every) == 6
    [row] = figure_rows.read(WEEK, Chosen("result", "DNC"), BY)
    assert (row.who, row.opens) == ("Kessler", ("lead", lead.number))
    assert "Do Not Call" in row.result
    parts = (
        (("operator", "ANN"), 2),
        (("list", "Fair"), 3),
        (("list", ""), 3),
        (("zone", ""), 6),
        (("cell", (0, 12)), 1),
    )
    for chosen, count in parts:
        assert len(figure_rows.read(WEEK, Chosen(*chosen), BY)) == count
    assert len(figure_rows.read(WEEK, Chosen(), BY, limit=4, after=4)) == 2


def test_bx23_from_call_to_order() -> None:
    made = [leads.create({"description": "Wants", "last_name": f"Lead{turn}"}, BY) for turn in range(4)]
    call(MONDAY, "WP", reached=True, lead=made[0].number)
    call(MONDAY, "N", lead=made[1].number)
    for lead in made[2:]:
        done = conversion.convert(lead.number, BY)
        if lead is made[3]:
            with work.unit("Win", by=BY):
                won = Opportunity.get_by_id(done.opportunity.number)
                won.outcome, won.closed = figures.WON, True
                won.save()
    assert figures.read(WEEK, BY).way == (4, 3, 2, 1)
    last_week = Asked(date(2026, 11, 16), date(2026, 11, 22), EVERYBODY)
    assert figures.read(last_week, BY).way == (0, 0, 0, 0)
    for step, count in (("leads", 4), ("reached", 3), ("opportunities", 2), ("won", 1)):
        assert len(figure_rows.read(WEEK, Chosen("way", step), BY)) == count


def test_bx22_goals_of_a_day(ann: None) -> None:
    assert not goals.today(BY).any
    goals.save(Goal(calls=3, appointments=1), BY)
    assert goals.today("ANN") == ((0, 3), (0, None), (0, 1))
    goals.save(Goal(operator="ANN", calls=1, reached=1), BY)
    call(MONDAY - timedelta(hours=1), "CALLBK", reached=True, by="ANN")
    call(MONDAY - timedelta(days=1), "SALE", reached=True, by="ANN")
    now = goals.today("ANN")
    assert now == ((1, 1), (1, 1), (1, None))
    assert [each.reached for each in now] == [True, True, False]
    assert [goal.caption() for goal in goals.every(BY)] == ["Everybody", "ANN"]
    own = goals.of("ANN", BY)
    own.calls = own.reached = None
    goals.save(own, BY)
    assert goals.today("ANN") == ((1, 3), (1, None), (1, 1))


def test_bx22_a_goal_is_measured_against_the_hours_one_works_and_calls_in(ann: None) -> None:
    def hours() -> list[str]:
        return [f"{moment:%H:%M}" for moment in goals.working_day("ANN")]

    assert hours() == ["09:00", "17:00"]
    office.choose(DAY_BEGINS, "07:00", BY)
    for row in calling_hours.every(BY):
        calling_hours.remove(row, BY)
    calling_hours.save(CallingHours(days="1234567", begins=time(8), ends=time(14, 30)), BY)
    assert hours() == ["08:00", "14:30"]


def test_vs22_there_is_something_to_do(ann: None) -> None:
    for name, values in {
        "Late": {"reminder_date": date(2026, 11, 20), "call_date": date(2026, 11, 1)},
        "Promised": {"reminder_date": date(2026, 11, 23), "reminder_time": "15:00", "call_code": "CALLBK",
                     "call_date": date(2026, 11, 1)},
        "New": {"phone": "504-621-8927"},
        "Refused": {"phone": "504-621-8928", "call_code": "DNC"},
        "Gone": {"phone": "504-621-8929"},
    }.items():  # fmt: skip
        lead = leads.create({"description": "Wants", "last_name": name}, BY)
        with work.unit("Fill", by=BY):
            for field, value in values.items():
                setattr(lead, field, value)
            lead.save()
    done = conversion.convert(lead.number, BY)
    with work.unit("Order", by=BY):
        Order.create(customer=done.account.customer, ordered_on=date(2026, 7, 1), amount=100)
        other = Customer.create(company="Heron")
        Account.create(name="Heron", customer=other.number, owner=BY)
        Order.create(customer=other.number, ordered_on=date(2026, 11, 1), amount=100)
    assert {group.name: group.many for group in useful.groups(BY) if group.name not in useful.FIELDS} == {
        "late": 1, "promised": 1, "team": 0, "never": 1, "no_step": 1, "silent": 1,
    }  # fmt: skip
    for name, who in (("late", "Late"), ("promised", "Promised"), ("never", "New"), ("silent", "Gone")):
        [row] = useful.rows(name, BY)
        assert row.who == who
    assert useful.rows("never", BY)[0].opens == ("lead", Lead.get(Lead.last_name == "New").number)
    call(MONDAY, "WP", reached=True, account=done.account.number)
    assert next(group.many for group in useful.groups(BY) if group.name == "silent") == 0
    assert all(group.many == 0 for group in useful.groups("ANN"))


def filled(**values: Any) -> Lead:
    """A lead with these values, whatever a form would say to them."""
    lead: Lead = leads.create({"description": "Wants"}, BY)
    with work.unit("Fill", by=BY):
        for field, value in values.items():
            setattr(lead, field, value)
        lead.save()
    return lead


def who(name: str) -> list[str]:
    return [row.who for row in useful.rows(name, BY)]


def test_vs22_leads_that_wait_were_promised_a_call_or_never_had_one() -> None:
    today, before, called = MONDAY.date(), date(2026, 11, 20), {"call_date": date(2026, 11, 1)}
    filled(last_name="Late", reminder_date=before, call_code="N", **called)
    filled(last_name="Later", reminder_date=date(2026, 11, 21), **called)
    filled(last_name="Asked not to be called", reminder_date=before, call_code="DNC", **called)
    filled(last_name="Lost", reminder_date=before, call_code="CALLBK", removed=True, **called)
    filled(last_name="Today", reminder_date=today, reminder_time=time(15), call_code="CALLBK", **called)
    filled(last_name="Early", reminder_date=today, reminder_time=time(14), call_code="CALLBK", **called)
    filled(last_name="Gone today", reminder_date=today, reminder_time=time(14), call_code="CALLBK", removed=True)
    filled(last_name="No promise", reminder_date=today, reminder_time=time(15), call_code="N", **called)
    filled(last_name="Tomorrow", reminder_date=date(2026, 11, 24), call_code="CALLBK", **called)
    filled(last_name="New", company="Acme", phone="504-621-8927")
    filled(last_name="Without a number", phone="")
    filled(last_name="Called", phone="504-621-8928", **called)
    filled(last_name="New but removed", phone="504-621-8929", removed=True)
    assert (who("late"), who("promised"), who("never")) == (["Late", "Later"], ["Early", "Today"], ["New"])
    [row] = useful.rows("never", BY)
    assert (row.said, row.phone) == ("Acme · Wants", "504-621-8927")


def test_vs22_opportunities_without_a_next_step_and_customers_nobody_speaks_with() -> None:
    account = made.account("Acme", phone="212-736-5000", description="Parkas")
    planned, dated = {"next_step": "Send samples"}, {"reminder_date": date(2026, 11, 30)}
    deals = {
        name: made.opportunity(account, name, **values)
        for name, values in {
            "Nothing": {}, "Only words": planned, "Only a task": {}, "Both": planned, "Done": planned,
            "No day": planned, "Closed": {"closed": True},
        }.items()
    }  # fmt: skip
    for name, values in (("Only a task", dated), ("Both", dated), ("Done", dated | {"closed": True}), ("No day", {})):
        made.task(account, "Call", opportunity=deals[name].key, **values)
    assert set(who("no_step")) == {"Nothing", "Only words", "Only a task", "Done", "No day"}
    row = useful.rows("no_step", BY)[0]
    assert (row.said, row.phone, row.opens) == ("Acme", "212-736-5000", ("opportunity", deals["Nothing"].key))
    other, new = made.account("Birch"), made.account("Never ordered")
    with work.unit("Order", by=BY):
        for each in (account, other):
            Order.create(customer=each.customer, ordered_on=date(2026, 7, 1), amount=100)
    assert who("silent") == ["Acme", "Birch"] and new.name not in who("silent")
    call(MONDAY, "N", account=account.number)  # nobody was reached
    call(MONDAY - timedelta(days=120), "WP", reached=True, account=account.number)  # too long ago
    assert who("silent") == ["Acme", "Birch"]
    call(MONDAY, "WP", reached=True, customer=other.customer)
    [row] = useful.rows("silent", BY)
    assert row == ("Acme", "Parkas", "212-736-5000", ("account", account.number))


def test_bx22_what_came_in_is_no_call_of_ours_and_only_goals_that_are_set_are_said(ann: None) -> None:
    goals.save(Goal(operator="ANN", appointments=2), BY)
    assert goals.today("ANN").any and goals.said(goals.today("ANN")) == "0 of 2 appointments"
    call(MONDAY, "CALLBK", reached=True, by="ANN", direction="incoming")
    assert goals.today("ANN").appointments == (0, 2) and not goals.today("ANN").appointments.reached
    for _each in range(2):
        call(MONDAY, "CALLBK", reached=True, by="ANN")
    assert goals.today("ANN").appointments.reached and not goals.today("ANN").calls.reached
    with pytest.raises(Mistake, match="no operator"):
        goals.save(Goal(operator="NOBODY", calls=1), BY)


def test_bx22_bx23_others_are_shown_and_goals_set_only_by_those_who_view_all() -> None:
    secured = Secured()
    secured.let({"use": "all", "view": "own"}, Lead)
    call(MONDAY, by="ANN")
    call(MONDAY, by="BEA")
    assert figures.read(Asked(WEEK.first, WEEK.last, "ANN"), "ANN").total.calls == 1
    assert [key for key, _name in figures.whose_offered("ANN")] == ["ANN"]
    for refused in (lambda: figures.read(WEEK, "ANN"), lambda: figure_rows.read(WEEK, Chosen(), "ANN"),
                    lambda: goals.save(Goal(calls=9), "ANN")):  # fmt: skip
        with pytest.raises(Refused):
            refused()
    assert goals.may_set("ANN")
    secured.job("view_all")
    assert figures.read(WEEK, "ANN").total.calls == 2
    goals.save(Goal(calls=9), "ANN")
    assert goals.may_set("ANN") is None
    assert goals.today("ANN").calls == (1, 9)
