"""The round of events: undo, clocks, kills, two programs, and the job that does it (VS-3, VS-10, BX-30)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from channergy_crm import clock, work
from channergy_crm.errors import Mistake
from channergy_crm.jobs import known
from channergy_crm.jobs.runner import Runner
from channergy_crm.records import Lead, Task
from channergy_crm.records.events import Event, FollowUp, LookRow
from channergy_crm.services import custom_fields
from channergy_crm.services.events import activating, happened, looking, making, triggers
from tests.benchmarks import year_of_events
from tests.domain.events_seen import Round, customer, latest_unit, made, past

if TYPE_CHECKING:
    from channergy_crm.store.database import Office


@pytest.fixture
def days(office: Office) -> Round:
    return Round()


# ---------------------------------------------------------------- the round


def test_vs3_undo_takes_the_follow_ups_of_a_round_back_and_the_next_one_makes_none_again(days: Round) -> None:
    held, _account = customer(days)
    past("Orders", CustNo=held.number, OrderDt="2026-01-15")
    event = days.event("no_order", "CRMAccounts", amount=2, unit="month", existing=True)
    assert days.after(days=20) == 1
    row = work.UnitRow.get(work.UnitRow.number == latest_unit())
    assert (str(row.message), row.by) == ("Follow-ups of “no_order”", "Events")
    again = days.undo(row.number)
    assert Task.select().count() == FollowUp.select().count() == 0
    past("Orders", CustNo=held.number, OrderDt="2026-01-02")  # somebody to be looked at once more
    assert days.after(days=1) == 0
    assert days.after(days=-10) == 0 and days.after(days=30) == 0
    days.undo(again)
    assert len(made(event)) == 1 and days.after(days=1) == 0


def test_vs3_a_clock_that_goes_wrong_makes_nothing_twice_and_loses_nothing(days: Round) -> None:
    customers = [customer(days, name)[0] for name in ("A", "B", "C")]
    for held, day in zip(customers, ("2026-02-01", "2026-02-20", "2026-02-28"), strict=True):
        past("Orders", CustNo=held.number, OrderDt=day)
    event = days.event("no_order", "Customers", amount=30, unit="day")
    assert days.after(days=2) == 1  # the 4th of March
    assert days.after(days=-300) == 0
    assert days.after(days=300 + 400) == 2  # a clock that is a year ahead
    assert days.after(days=-400) == 0
    past("Orders", CustNo=customers[0].number, OrderDt=str(days.now.date()))
    assert days.after(days=29) == 0
    assert days.after(days=1) == 1
    assert days.after(days=370) == 0
    assert [key for key, _said in made(event)] == [customers[place].number for place in (0, 1, 2, 0)]


def test_vs3_an_event_that_was_activated_while_the_clock_was_ahead_does_not_wait_until_then(days: Round) -> None:
    held, _account = customer(days)
    days.now += timedelta(days=400)
    days.event("no_order", "Customers", amount=30, unit="day")
    days.after(days=-400)
    past("Orders", CustNo=held.number, OrderDt=str(days.now.date()))
    assert days.after(days=30) == 1


class Killed(BaseException):
    """The program is gone."""


def test_vs3_killed_in_the_middle_it_neither_loses_nor_doubles(days: Round, monkeypatch: pytest.MonkeyPatch) -> None:
    events = [days.event("created", "CRMLeads", name=name) for name in ("A", "B", "C")]
    leads = [days.do(Lead, description=name, owner="ADMIN").number for name in ("1", "2")]
    make = making.make

    def die(event: Event, hits: Any, now: datetime, step: Any = None) -> making.Made:
        done = make(event, hits, now, step)
        if event.number == events[1].number:
            raise Killed
        return done

    with monkeypatch.context() as patched, pytest.raises(Killed):
        patched.setattr(making, "make", die)
        days.after(minutes=5)
    assert [len(made(event)) for event in events] == [2, 0, 0]
    assert days.after(minutes=5) == 4
    assert [made(event) for event in events] == [[(number, "1") for number in leads]] * 3


def test_vs3_of_two_rounds_that_look_at_the_same_moment_one_writes(
    days: Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    event = days.event("created", "CRMLeads")
    days.do(Lead, description="A", owner="ADMIN")
    since, others = happened.since, list[int]()

    def meanwhile(*asked: Any) -> Any:
        found = since(*asked)
        if not others:
            others.append(0)
            others.append(looking.round(days.now).made)
        return found

    monkeypatch.setattr(happened, "since", meanwhile)
    assert days.after(minutes=5) == 0
    assert others == [0, 1] and len(made(event)) == 1


def test_vs3_an_event_that_cannot_look_keeps_no_other_from_it(days: Round) -> None:
    field = custom_fields.add(Lead, "Rank", "number", "ADMIN")
    broken = days.event("value", "CRMLeads", field=field.kind.name, value="1", name="Rank")
    event = days.event("created", "CRMLeads")
    custom_fields.remove(field, "ADMIN")
    days.do(Lead, description="A", owner="ADMIN")
    with pytest.raises(Mistake, match="Rank.*Choose a field"):
        days.after(minutes=5)
    assert (len(made(broken)), len(made(event))) == (0, 1)


def test_vs10_an_event_that_was_off_knows_nothing_of_what_happened_meanwhile(days: Round) -> None:
    event = days.event("created", "CRMLeads")
    with clock.fixed(days.now):
        activating.deactivate(event.number, "ADMIN", withdraw=False)
    off = latest_unit()
    days.do(Lead, description="A", owner="ADMIN")
    assert days.after(minutes=5) == 0 and LookRow.select().count() == 0
    days.undo(off)
    assert days.after(minutes=5) == 0
    days.do(Lead, description="B", owner="ADMIN")
    assert days.after(minutes=5) == 1


def test_bx30_the_job_looks_every_five_minutes_where_an_event_is_active_and_tells_how_it_went(
    office: Office, days: Round
) -> None:
    def job(minutes: int) -> list[str]:
        days.now += timedelta(minutes=minutes)
        with clock.fixed(days.now):
            return [done.job for done in Runner(office, known.of(office)).run_due(days.now) if done.job == looking.JOB]

    assert job(0) == [] and looking.last("ADMIN") is None
    days.event("created", "CRMLeads")
    days.do(Lead, description="A", owner="ADMIN")
    assert job(0) == [looking.JOB]
    assert looking.last("ADMIN") == (days.now, 1, days.now + looking.EVERY, False)
    assert job(4) == [] and job(1) == [looking.JOB] and job(600) == [looking.JOB]
    assert looking.last("ADMIN") == (days.now, 0, days.now + looking.EVERY, False)


def test_vs3_after_a_long_sleep_a_round_makes_its_share_the_oldest_first_and_the_job_goes_on_until_nothing_waits(
    office: Office, days: Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    silent = days.event("no_order", "Customers", amount=30, unit="day")
    changed = days.event("value", "CRMLeads", field="call_status", value="Reached", ends_by="a change of the record")
    ordered = ["2026-02-28", "2026-02-03", "2026-02-20", "2026-02-11", "2026-02-07"]
    customers = {day: customer(days, day)[0].number for day in ordered}
    for day, number in customers.items():
        past("Orders", CustNo=number, OrderDt=day)
    leads = [days.do(Lead, description=name, owner="ADMIN") for name in "ABCD"]
    for lead in leads:
        days.do(lead, call_status="Reached")
    monkeypatch.setattr(looking, "SHARE", 3)
    days.now += timedelta(days=60)
    with clock.fixed(days.now):
        assert looking.round(days.now) == (3, True)
        assert made(silent) == [(customers[day], day) for day in sorted(ordered)[:3]] and not made(changed)
        days.do(leads[0], call_code="NI")
        told = list[Any]()
        ran = Runner(office, known.of(office)).run_due(days.now, lambda *_said: told.append(looking.last("ADMIN")))
        assert {each.made for each in told if each and each.more} >= {6, 9} and looking.last("ADMIN")[1:2] == (9,)
        assert [(done.state, done.tries) for done in ran if done.job == looking.JOB] == [("done", 1)]
        assert len(made(silent)) == 5 and len(made(changed)) == 4 and looking.round(days.now) == (0, False)
    assert not Task.select().where(Task.closed).exists()  # what was changed before does not end what is made of it
    days.do(leads[0], call_code="N")
    assert days.after(minutes=5) == 0
    assert Task.select().where(Task.closed).count() == 1


def test_vs8_what_an_event_lacks_is_said_beside_the_field() -> None:
    lacking = {
        "trigger": Event(trigger="no_order", table="CRMLeads", amount=2, unit="month"),
        "field": Event(trigger="date", table="CRMLeads", amount=2, unit="day", field="company"),
        "amount": Event(trigger="no_order", table="CRMAccounts", amount=0, unit="day"),
        "unit": Event(trigger="no_order", table="CRMAccounts", amount=1, unit="fortnight"),
        "value": Event(trigger="call", table="CRMLeads"),
    }
    for name, event in lacking.items():
        with pytest.raises(Mistake) as said:
            triggers.check(event)
        assert said.value.field == name


def test_vs3_weeks_of_wrong_clocks_sleeps_kills_and_two_programs_make_each_follow_up_once(office: Office) -> None:
    days = 40 if office.engine == "sqlite" else 15
    year = year_of_events.simulate(office, days, seed=2027, kills=6)
    assert year.killed and year.there()
    assert not year.judge()
