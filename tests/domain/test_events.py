"""Events look for what has happened: each thing they wait for, on both engines (VS-3…VS-5, VS-8)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from channergy_crm import clock, work
from channergy_crm.records import Account, Contact, Customer, Lead, Opportunity, Order, PhoneCall, Task
from channergy_crm.services import custom_fields
from channergy_crm.services.events import happened, triggers
from tests.domain.events_seen import DAY, Round, customer, latest_unit, made, past

if TYPE_CHECKING:
    from channergy_crm.store.database import Office


@pytest.fixture
def days(office: Office) -> Round:
    return Round()


# ---------------------------------------------------------------- what was done


def test_vs3_vs4_a_new_customer_gets_a_follow_up_once_whoever_has_written_it(days: Round) -> None:
    customer(days, "Before")
    welcome = days.event("created", "Customers")
    assert days.after(minutes=5) == 0
    held, _account = customer(days)
    past("Customers", Company="Written by the suite")
    assert days.after(minutes=5) == 2
    assert days.after(minutes=5) == 0
    assert made(welcome) == [(held.number, "1"), (held.number + 1, "1")]
    assert {task.__data__["customer"] for task in Task.select()} == {held.number, held.number + 1}


def test_vs4_of_what_is_created_undone_and_created_again_there_is_one(days: Round) -> None:
    event = days.event("created", "CRMLeads")
    days.do(Lead, description="A", owner="ADMIN")
    unit = latest_unit()
    gone = days.undo(unit)
    days.do(Lead, description="B", owner="ADMIN")
    assert days.after(minutes=5) == 1
    days.undo(gone)
    assert days.after(minutes=5) == 1
    assert len(made(event)) == 2


def test_vs8_existing_records_count_or_only_new_ones(days: Round) -> None:
    days.do(Lead, description="A", owner="ADMIN")
    all_of_them = days.event("created", "CRMLeads", existing=True)
    new_ones = days.event("created", "CRMLeads")
    days.do(Lead, description="B", owner="ADMIN")
    days.after(minutes=5)
    assert (len(made(all_of_them)), len(made(new_ones))) == (2, 1)


def test_vs8_a_filter_as_in_lists_says_which_records(days: Round) -> None:
    event = days.event("created", "CRMLeads", filter_text="company:tea owner:me")
    tea = days.do(Lead, description="A", company="Elm Tea", owner="ADMIN")
    days.do(Lead, description="B", company="Elm Toys", owner="ADMIN")
    days.after(minutes=5)
    assert made(event) == [(tea.number, "1")]


def test_vs3_a_field_takes_a_value_each_time_it_does_and_undo_takes_it_back(days: Round) -> None:
    lead = days.do(Lead, description="A", owner="ADMIN")
    event = days.event("value", "CRMLeads", field="call_status", value="Reached")
    days.do(lead, call_status="Reached")
    first = latest_unit()
    days.do(lead, company="Elm")
    assert days.after(minutes=5) == 1
    days.do(lead, call_status="Closed")
    back = days.undo(latest_unit())  # and so it is “Reached” again, but it has not become so
    assert days.after(minutes=5) == 0
    days.undo(back)
    days.do(lead, call_status="Reached")
    second = latest_unit()
    days.do(lead, call_status="Not Reached")
    days.do(lead, call_status="Reached")
    days.undo(latest_unit())
    assert days.after(minutes=5) == 1
    assert made(event) == [(lead.number, str(first)), (lead.number, str(second))]


@pytest.mark.parametrize(
    ("kind", "typed", "value"),
    [("number", "12", 12), ("flag", "yes", True), ("date", "2026-05-01", date(2026, 5, 1)), ("text", "Gold", "GOLD")],
)
def test_vs3_an_own_field_takes_a_value(days: Round, kind: str, typed: str, value: object) -> None:
    field = custom_fields.add(Account, "Rank", kind, "ADMIN").kind.name
    _customer, account = customer(days)
    event = days.event("value", "CRMAccounts", field=field, value=typed)
    days.do(account, phone="555-0100")
    assert days.after(minutes=5) == 0
    days.do(account, **{field: value})
    assert days.after(minutes=5) == 1
    with clock.fixed(days.now):
        assert [hit.key for hit in happened.existing(event, days.now, "ADMIN")] == [account.number]


def test_vs3_a_deal_is_won_or_lost(days: Round) -> None:
    _customer, account = customer(days)
    won, lost = days.event("won", "CRMOpportunities"), days.event("lost", "CRMOpportunities")
    deals = [days.do(Opportunity, account=account.number, name=name, owner="ADMIN", stage="Prospect") for name in "AB"]
    days.do(deals[0], stage="Order")
    days.do(deals[1], stage="Lost")
    assert days.after(minutes=5) == 2
    assert [key for key, _said in made(won)] == [deals[0].number]
    assert [key for key, _said in made(lost)] == [deals[1].number]


def test_vs3_a_call_ends_with_a_result(days: Round) -> None:
    held, account = customer(days)
    contact = days.do(Contact, customer=held.number, last_name="Kessler")
    events = [days.event("call", table, value="NI") for table in ("CRMAccounts", "CustomerContacts")]
    links = {"customer": held.number, "account": account.number, "contact": contact.number}
    for code in ("NI", "N"):
        call = days.do(PhoneCall, **links, operator="ADMIN", direction="outgoing", started=days.now, code=code)
    assert days.after(minutes=5) == 2
    days.do(call, code="NI")  # corrected afterwards
    days.do(call, note="Once more")
    assert days.after(minutes=5) == 2
    assert [key for key, _said in made(events[0])] == [account.number] * 2
    assert [key for key, _said in made(events[1])] == [contact.number] * 2


def test_vs3_vs6_an_order_comes_in_and_the_first_one_alone(days: Round) -> None:
    (old, _account), (new, account) = customer(days, "Old"), customer(days, "New")
    past("Orders", CustNo=old.number, OrderDt="2026-01-05")
    each = days.event("order", "CRMAccounts")
    first = days.event("order", "CRMAccounts", field=triggers.FIRST, amount=1)
    for number in (old.number, new.number, new.number):
        past("Orders", CustNo=number, OrderDt="2026-03-02")
    assert days.after(minutes=5) == 4
    days.do(Order, customer=new.number, ordered_on=days.now.date())
    assert days.after(minutes=5) == 1
    assert len(made(each)) == 4
    assert made(first) == [(account.number, "first")]


def test_bx21_the_follow_up_of_another_event_is_done(days: Round) -> None:
    lead = days.do(Lead, description="A", owner="ADMIN")
    first = days.event("created", "CRMLeads", existing=True)
    then = days.event("done", "CRMLeads", value=str(first.number))
    assert days.after(minutes=5) == 0
    task = Task.select().get()
    days.do(task, closed=True)
    assert days.after(minutes=5) == 1
    assert days.after(minutes=5) == 0
    assert [key for key, _said in made(then)] == [lead.number]


# ---------------------------------------------------------------- for how long


def test_vs5_two_months_without_an_order(days: Round) -> None:
    (held, account), (never, _account) = customer(days, "Orders"), customer(days, "Never")
    past("Orders", CustNo=held.number, OrderDt="2026-01-31")
    event = days.event("no_order", "CRMAccounts", amount=2, unit="month", existing=True)
    assert made(event) == []
    assert days.after(days=28) == 0  # the 30th of March
    assert days.after(days=1) == 1
    assert made(event) == [(account.number, "2026-01-31")]
    past("Orders", CustNo=held.number, OrderDt="2026-04-02")
    assert days.after(days=60) == 0  # the 30th of May
    assert days.after(days=10) == 1
    assert made(event)[1:] == [(account.number, "2026-04-02")]
    assert never.number not in [key for key, _said in made(event)]


def test_vs5_an_order_that_is_booked_late_and_one_that_is_taken_away(days: Round) -> None:
    (late, account), (gone, other) = customer(days, "Late"), customer(days, "Gone")
    past("Orders", CustNo=gone.number, OrderDt="2025-06-01")
    event = days.event("no_order", "CRMAccounts", amount=30, unit="day", existing=True)
    assert made(event) == [(other.number, "2025-06-01")]
    past("Orders", CustNo=late.number, OrderDt="2025-12-24")
    order = days.do(Order, customer=gone.number, ordered_on=date(2025, 12, 31))
    assert days.after(minutes=5) == 2
    newest = days.do(Order, customer=gone.number, ordered_on=days.now.date())
    assert days.after(days=1) == 0
    with clock.fixed(days.now), work.unit("Delete", by="ADMIN"):
        for each in (order, newest):
            each.delete_instance()
    assert days.after(minutes=5) == 0  # of that silence there is one already
    assert made(event)[1:] == [(account.number, "2025-12-24"), (other.number, "2025-12-31")]


def test_vs5_of_those_who_were_silent_before_only_the_next_silence_counts_where_existing_ones_do_not(
    days: Round,
) -> None:
    held, account = customer(days)
    past("Orders", CustNo=held.number, OrderDt="2025-12-01")
    event = days.event("no_order", "CRMAccounts", amount=2, unit="month", filter_text="phone:555")
    days.do(account, phone="555-0100")
    assert days.after(days=200) == 0
    past("Orders", CustNo=held.number, OrderDt=str(days.now.date()))
    assert days.after(days=200) == 1
    assert [key for key, _said in made(event)] == [account.number]


@pytest.mark.parametrize(
    ("record", "values"),
    [
        (Lead, {"description": "A", "created_on": DAY}), (Account, {"name": "A"}), (Contact, {"last_name": "A"}),
        (Customer, {"company": "A", "created_on": DAY.date()}), (Opportunity, {"name": "A", "created_on": DAY.date()}),
    ],
)  # fmt: skip
def test_vs3_nobody_was_spoken_to_for_some_days(days: Round, record: Any, values: dict[str, Any]) -> None:
    held, account = customer(days)
    links = {"Contact": {"customer": held.number}, "Opportunity": {"account": account.number}}
    owner = {} if record in (Contact, Customer) else {"owner": "ADMIN"}
    one = days.do(record, **values, **owner, **links.get(record.__name__, {}))
    mine = {Lead: "lead", Account: "account", Contact: "contact", Customer: "customer", Opportunity: "opportunity"}
    link = {mine[record]: one.key}
    event = days.event("no_contact", record._meta.table_name, amount=10, unit="day")
    days.after(days=9)
    assert (one.key, "2026-03-02") not in made(event)
    days.after(days=1)
    assert (one.key, "2026-03-02") in made(event)
    call = {"operator": "ADMIN", "direction": "outgoing", "started": days.now}
    days.do(PhoneCall, **link, **call, reached=False)
    days.do(PhoneCall, **link, **call, reached=True)
    silent = [(one.key, str(days.now.date()))]
    days.after(days=10)
    assert made(event)[-1:] == silent
    if record is not Contact:
        days.do(days.do(Task, action="Visit", owner="ADMIN", is_crm=True, **link), closed=True)
        silent = [(one.key, str(days.now.date()))]
        assert days.after(days=9) == 0
        days.after(days=1)
        assert made(event)[-1:] == silent


def test_vs3_a_customer_who_is_called_is_an_account_that_is_called(days: Round) -> None:
    held, account = customer(days)
    event = days.event("no_contact", "CRMAccounts", amount=10, unit="day")
    days.now += timedelta(days=5)
    call = {"operator": "ADMIN", "direction": "incoming", "reached": True}
    days.do(PhoneCall, customer=held.number, started=days.now, **call)
    days.now += timedelta(days=1)
    later = days.do(PhoneCall, customer=held.number, started=days.now, **call)
    days.after(days=9)
    assert made(event) == []
    with work.unit("Delete", by="ADMIN"):
        later.delete_instance()
    assert days.after(minutes=1) == 1  # it had been silent for longer than was known
    assert made(event) == [(account.number, "2026-03-07")]


def test_vs3_nothing_has_changed_for_some_days(days: Round) -> None:
    leads = [days.do(Lead, description=name, owner="ADMIN") for name in "AB"]
    event = days.event("no_change", "CRMLeads", amount=1, unit="week")
    days.after(days=6)
    days.do(leads[0], company="Elm")
    assert days.after(days=1) == 1
    assert days.after(days=6) == 1
    assert made(event) == [(leads[1].number, "2026-03-02"), (leads[0].number, "2026-03-08")]


def test_vs3_a_deal_stands_in_a_stage_for_some_days(days: Round) -> None:
    _customer, account = customer(days)
    deal = days.do(Opportunity, account=account.number, name="A", owner="ADMIN", stage="Offer")
    ended = days.do(Opportunity, account=account.number, name="B", owner="ADMIN", stage="Offer")
    event = days.event("in_stage", "CRMOpportunities", value="Offer", amount=7)
    rotten = days.event("in_stage", "CRMOpportunities", amount=14)
    days.now += timedelta(days=3)
    days.do(ended, closed=True)
    assert days.after(days=3) == 0
    assert days.after(days=1) == 1
    days.do(deal, stage="Prospect")
    moved = latest_unit()
    assert days.after(days=8) == 0
    days.undo(moved)
    assert days.after(minutes=1) == 1
    assert made(event) == [(deal.number, "Offer@2026-03-02")]
    assert made(rotten) == [(deal.number, "Offer@2026-03-02")]


# ---------------------------------------------------------------- days


def test_vs3_a_day_comes_near(days: Round) -> None:
    _customer, account = customer(days)
    deal = {"account": account.number, "owner": "ADMIN", "name": "A"}
    soon, far = (days.do(Opportunity, **deal, due=day) for day in (date(2026, 3, 5), date(2026, 3, 20)))
    event = days.event("date", "CRMOpportunities", field="due", amount=7, unit="day")
    days.do(Opportunity, **deal, due=date(2026, 2, 1))  # nothing comes near that has passed
    new = days.do(Opportunity, **deal, due=date(2026, 3, 4))
    assert days.after(minutes=5) == 1
    assert days.after(days=10) == 0
    assert days.after(days=1) == 1
    days.do(far, due=date(2026, 3, 21))
    assert days.after(days=30) == 1  # though nobody looked until it had passed
    assert made(event) == [(new.number, "2026-03-04"), (far.number, "2026-03-20"), (far.number, "2026-03-21")]
    assert soon.number not in [key for key, _said in made(event)]


def test_vs3_a_day_has_passed(days: Round) -> None:
    _customer, account = customer(days)
    deal = {"account": account.number, "owner": "ADMIN", "name": "A"}
    old, new = (days.do(Opportunity, **deal, due=day) for day in (date(2026, 2, 1), date(2026, 3, 1)))
    with_old = days.event("date", "CRMOpportunities", field="due", amount=-7, unit="day", existing=True)
    only_new = days.event("date", "CRMOpportunities", field="due", amount=-7, unit="day")
    assert days.after(days=5) == 0
    assert days.after(days=1) == 2
    assert made(with_old) == [(old.number, "2026-02-01"), (new.number, "2026-03-01")]
    assert made(only_new) == [(new.number, "2026-03-01")]


def test_vs3_vs6_a_birthday_every_year_that_of_the_29th_of_february_too(days: Round) -> None:
    field = custom_fields.add(Account, "Birthday", "date", "ADMIN").kind.name
    born = {"Leap": date(1988, 2, 29), "Plain": date(1990, 3, 5), "Unborn": date(2027, 3, 5)}
    keys = [customer(days, name, **{field: day})[1].number for name, day in born.items()]
    event = days.event("date", "CRMAccounts", field=field, amount=3, unit="day", yearly=True, existing=True)
    assert made(event) == [(keys[1], "2026")]
    assert days.after(days=300) == 0
    assert days.after(days=60) == 1  # the 25th of February 2027
    assert days.after(days=10) == 2
    assert days.after(days=355) == 0  # the 25th of February 2028, a leap year
    assert days.after(days=1) == 1
    expected = [(keys[1], "2026"), (keys[0], "2027"), (keys[1], "2027"), (keys[2], "2027"), (keys[0], "2028")]
    assert made(event) == expected
