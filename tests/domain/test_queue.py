"""Calling through a list: who comes next, who is left out and why, nobody is called twice (BX-4, BX-46, C22)."""

from __future__ import annotations

import threading
from collections import Counter
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from channergy_crm import clock, work
from channergy_crm.dialing.copy_only import CopyOnly
from channergy_crm.errors import Mistake
from channergy_crm.phones.there import here
from channergy_crm.records import CallingHours, Lead, Operator, PhoneCall
from channergy_crm.records.call_log import ClaimRow, DialRow
from channergy_crm.records.views import ListView
from channergy_crm.services import (
    absences,
    call_lists,
    calling_hours,
    calls,
    gate,
    leads,
    operators,
    queue,
    reminders,
    views,
)
from channergy_crm.services import office as office_settings
from channergy_crm.services.call_log import Line
from channergy_crm.services.calling_round import Feed, Round
from channergy_crm.services.calls import Call
from channergy_crm.services.privacy import refusals
from channergy_crm.services.queue import LeftOut, Limits
from channergy_crm.settings import MOST_A_DAY
from channergy_crm.store import database
from tests import made
from tests.domain.fitting import Notepad

if TYPE_CHECKING:
    from channergy_crm.store.database import Office

NOW = datetime(2026, 11, 23, 10, 0)
TODAY = NOW.date()


@pytest.fixture(autouse=True)
def _at_ten(fixed_clock: datetime) -> None:
    """Monday, ten o'clock."""


def lead(name: str, **values: Any) -> int:
    """A lead that can be called, unless the values say otherwise."""
    usual = {"description": name, "first_name": name, "phone": f"612-555-{Lead.select().count():04}"}
    return int(leads.create(usual | values, "ADMIN").number)


def dialed(key: int, at: datetime) -> None:
    """The telephone has rung there."""
    with database.writing():
        DialRow.insert(key="+16125550192", dialed=at, by="ADMIN", lead=key).execute()


def why(key: int, *, by: str = "ADMIN", limits: Limits = Limits()) -> LeftOut | None:
    """Why this one is left out."""
    return queue.standings([key], by, "here", limits=limits)[0].left_out


LEFT_OUT: list[tuple[dict[str, Any], LeftOut | None]] = [
    ({}, None),
    ({"phone": "", "other_phone": "612-555-0193"}, None),
    ({"phone": "", "more_phones": "Mobile: 612-555-0194"}, None),
    ({"phone": ""}, LeftOut.NO_NUMBER),
    ({"call_code": "DNC", "reminder_date": TODAY}, LeftOut.DO_NOT_CALL),
    ({"call_code": "NI"}, LeftOut.CLOSED),
    ({"call_code": "NI", "reminder_date": TODAY}, None),
    ({"call_code": "N", "call_try": "6"}, LeftOut.TRIES),
    ({"call_code": "N", "call_try": "5"}, None),
    ({"call_code": "N", "call_try": "②"}, None),
    ({"reminder_date": TODAY, "reminder_time": time(10, 5)}, LeftOut.PROMISED),
    ({"reminder_date": TODAY, "reminder_time": time(10, 0)}, None),
    ({"reminder_date": TODAY}, None),
    ({"call_status": "Lost"}, LeftOut.GONE),
    ({"removed": True}, LeftOut.GONE),
]


@pytest.mark.parametrize(("values", "reason"), LEFT_OUT)
def test_bx4_who_is_left_out_of_a_queue_and_why(
    office: Office, operator: str, values: dict[str, Any], reason: LeftOut | None
) -> None:
    assert why(lead("Ann", **values)) == reason


def test_bx4_nobody_is_called_twice_within_the_hour_unless_that_was_agreed(office: Office, operator: str) -> None:
    key = lead("Ann")
    dialed(key, NOW - timedelta(minutes=60))
    assert why(key) is None
    dialed(key, NOW - timedelta(minutes=40))
    assert why(key) == LeftOut.JUST_CALLED
    assert why(key, limits=Limits(cool_down=30)) is None
    held = Lead.find(key)
    held.reminder_date, held.reminder_time = TODAY, time(9, 50)
    leads.save(held, operator)
    assert why(key) is None, "the other end said: in half an hour"
    dialed(key, NOW - timedelta(minutes=5))
    assert why(key) == LeftOut.JUST_CALLED


def test_bx4_what_is_dialed_is_known_of_the_lead_though_nothing_was_noted(office: Office, operator: str) -> None:
    key, other = lead("Ann"), lead("Bob")
    calls.dial(Lead.find(key).phone, operator, bridge=CopyOnly(Notepad()), record=Lead.find(key))
    calls.dial("612-555-0199", operator, bridge=CopyOnly(Notepad()), record=made.account("Acme"))
    assert (why(key), why(other)) == (LeftOut.JUST_CALLED, None)
    assert [row.lead for row in DialRow.select().order_by(DialRow.number)] == [key, None]


def test_bx44_a_call_back_is_theirs_who_promised_it_until_they_let_it_pass(office: Office, operator: str) -> None:
    operators.add("BEA", "Bea", operator)
    key = lead("Ann", reminder_date=TODAY, reminder_time=time(9, 50), promised_by="BEA")
    assert (why(key), why(key, by="BEA")) == (LeftOut.COLLEAGUE, None)
    with clock.fixed(NOW + timedelta(minutes=5)):
        assert why(key) is None
    absences.mark("BEA", TODAY, TODAY, operator)
    assert why(key) is None


def test_bx44_a_promise_whose_reminder_was_taken_off_keeps_nobody_from_calling(office: Office, operator: str) -> None:
    operators.add("BEA", "Bea", operator)
    key = lead("Ann", reminder_date=TODAY, reminder_time=time(9, 50), promised_by="BEA")
    reminders.close_lead(key, "BEA")
    assert why(key) is None


def test_bx44_who_works_here_no_more_or_was_away_another_day_promised(office: Office, operator: str) -> None:
    operators.add("BEA", "Bea", operator)
    key = lead("Ann", reminder_date=TODAY, reminder_time=time(9, 50), promised_by="BEA")
    for other in (TODAY - timedelta(days=1), TODAY + timedelta(days=1)):
        absences.mark("BEA", other, other, operator)
    absences.mark(operator, TODAY, TODAY, operator)
    assert why(key) == LeftOut.COLLEAGUE
    held = Operator.find("BEA")
    held.active = False
    operators.save(held, operator)
    assert why(key) is None


def test_bx4_whom_the_gate_refuses_is_left_out_with_the_reason(office: Office, operator: str) -> None:
    asked, night, often, free = lead("A", do_not_call=True), lead("B", time_zone="Asia/Tokyo"), lead("C"), lead("D")
    listed = lead("E", phone="212-736-5000")
    refusals.add("phone", "212-736-5000", "wrote a letter", operator)
    with work.unit("Hours", by=operator):
        CallingHours.delete().execute()
    calling_hours.save(CallingHours(country="", days="1234567", begins=time(8), ends=time(20)), operator)
    office_settings.choose(MOST_A_DAY, "1", operator)
    noon = here(datetime(2026, 11, 23, 12), "America/Chicago")
    with clock.fixed(noon):
        gate.note(Lead.find(often).phone, operator)
    found = queue.standings([asked, night, often, free, listed], operator, "here", at=noon)
    assert [each.left_out for each in found] == [
        LeftOut.DO_NOT_CALL, LeftOut.HOURS, LeftOut.OFTEN, None, LeftOut.DO_NOT_CALL,
    ]  # fmt: skip


def test_bx46_several_lists_feed_one_queue_in_their_order_with_limits_of_their_own(
    office: Office, operator: str
) -> None:
    hot, cold = [lead(name) for name in "AB"], [lead(name) for name in "CDE"]
    calling = Round([Feed("Hot", hot, Limits(most_a_day=1)), Feed("Cold", cold)], operator, "here", NOW)
    assert [each.first_name for each in calling.upcoming(3)] == ["A", "B", "C"]
    taken = [calling.take() for _each in range(3)]
    assert [(each[0].first_name, each[1]) for each in taken if each] == [("A", "Hot"), ("C", "Cold"), ("D", "Cold")]
    assert calling.reasons() == {LeftOut.FULL: 1}


def test_bx46_whoever_stands_in_several_lists_is_counted_and_called_once(office: Office, operator: str) -> None:
    keys = [lead(name) for name in "ABCD"]
    calling = Round([Feed("Few", keys[1:3]), Feed("All", keys)], operator, "here", NOW)
    counts = [(calling.total, calling.ahead)]
    names = []
    while taken := calling.take():
        names.append(taken[0].first_name)
        counts.append((calling.total, len(calling.upcoming())))
    assert names == ["B", "C", "A", "D"]
    assert counts == [(4, 4), (4, 3), (4, 2), (4, 1), (4, 0)]


def test_bx4_who_is_skipped_is_counted_and_who_is_put_off_comes_when_it_is_time(office: Office, operator: str) -> None:
    keys = [lead(name) for name in "ABC"]
    calling = Round([Feed("All", keys)], operator, "here", NOW)
    for why in (LeftOut.SKIPPED, LeftOut.PROMISED):
        taken = calling.take()
        assert taken is not None
        calling.put_aside(taken[0].number, why)
        queue.release(operator, "here")
    reminders.snooze(Lead, [keys[1]], TODAY, operator, time(10, 30))
    assert calling.reasons() == {LeftOut.SKIPPED: 1, LeftOut.PROMISED: 1} and calling.ahead == 1
    with clock.fixed(NOW + timedelta(minutes=31)):
        calling.look_again()
        names = [taken[0].first_name for _each in range(3) if (taken := calling.take())]
    assert names == ["B", "C"] and calling.reasons() == {LeftOut.SKIPPED: 1}


def test_bx4_whoever_gives_way_to_somebody_else_comes_next(office: Office, operator: str) -> None:
    keys = [lead(name) for name in "ABC"]
    calling = Round([Feed("All", keys)], operator, "here", NOW)
    assert calling.take() is not None
    calling.put_back(keys[0])
    assert calling.take_this(keys[2]) is not None
    assert [each.first_name for each in calling.upcoming()] == ["A", "B"]


def test_bx46_the_calls_a_day_of_a_list_are_those_of_everybody_together(office: Office, operator: str) -> None:
    keys, asked = [lead(name) for name in "ABCD"], Limits(most_a_day=2)
    here, there = (Round([Feed("Hot", keys, asked)], operator, where, NOW) for where in ("here", "there"))
    first, second = here.take(), there.take()
    assert first is not None and second is not None and here.take() is None, "two are being called"
    queue.release(operator, "there", second[0].number)  # who was not called makes room for another one
    again = here.take()
    assert again is not None
    for taken in (first, again):
        calls.write_call(taken[0], calls.Call("N", line=Line(list_name="Hot")), operator)
    queue.release(operator, "here")
    assert here.take() is None and there.take() is None and here.reasons()[LeftOut.FULL] == 2
    with clock.fixed(NOW + timedelta(days=1)):
        assert there.take() is not None


def test_bx46_only_todays_own_calls_count_and_whoever_is_chosen_is_called_all_the_same(
    office: Office, operator: str
) -> None:
    def logged(at: datetime, name: str, direction: str = "outgoing") -> None:
        with work.unit("Log", by=operator):
            PhoneCall.create(operator=operator, direction=direction, started=at, list_name=name)

    midnight, asked = datetime.combine(TODAY, time()), Limits(most_a_day=1)
    logged(midnight - timedelta(seconds=1), "Hot")
    logged(NOW, "Cold")
    logged(NOW, "Hot", "incoming")
    assert queue.claim(lead("A"), operator, "there", list_name="Cold").left_out is None
    over = lead("B")
    assert queue.claim(over, operator, "there", list_name="Hot").left_out is None
    with database.writing():
        ClaimRow.update(until=1).where(ClaimRow.lead == over).execute()
    assert not queue.is_full("Hot", 1, operator) and not queue.is_full("Hot", None, operator)
    key = lead("C")
    for _twice in range(2):  # taken again by whoever has it
        assert queue.claim(key, operator, "here", limits=asked, list_name="Hot").left_out is None
    queue.release(operator, "here")
    logged(midnight, "Hot")
    assert queue.is_full("Hot", 1, operator)
    assert queue.claim(key, operator, "here", limits=asked, list_name="Hot").left_out == LeftOut.FULL
    assert queue.claim(key, operator, "there", limits=asked, list_name="Hot", this_one=True).left_out is None


def test_bx46_a_list_may_ask_for_more_tries_than_the_rule(office: Office, operator: str) -> None:
    key = lead("A", call_code="N", call_try="6")
    assert Round([Feed("Usual", [key])], operator, "here", NOW).take() is None
    assert Round([Feed("Long", [key], Limits(most_tries=9))], operator, "here", NOW).take() is not None


def test_bx46_a_view_is_a_list_with_what_it_asks_of_its_own(office: Office, operator: str) -> None:
    keys = [lead(name) for name in "AB"]
    wanted = ListView(screen="leads", name="Only B", filter_text="first_name:B", owner=operator)
    view = views.save(wanted, Lead, operator)
    view.most_a_day = 3
    call_lists.keep(view, operator)
    (held,) = call_lists.offered(operator)
    feed = call_lists.feed(held, operator)
    assert (feed.name, list(feed.keys), feed.limits) == ("Only B", [keys[1]], Limits(most_a_day=3))
    assert call_lists.count(held, operator) == 1 and call_lists.limits_named("Only B", operator).most_a_day == 3
    for wrong in (0, -1, 1_000_000):
        view.most_a_day = wrong
        with pytest.raises(Mistake):
            call_lists.keep(view, operator)


def test_bx4_who_was_promised_a_call_by_now_comes_first(office: Office, operator: str) -> None:
    keys = [lead(name) for name in "ABC"]
    late = lead("Late", reminder_date=date(2026, 11, 20))
    elsewhere = lead("Elsewhere", reminder_date=date(2026, 11, 19))
    calling = Round([Feed("All", [*keys, late])], operator, "here", NOW)
    names = [taken[0].first_name for _each in range(5) if (taken := calling.take())]
    assert names == ["Late", "A", "B", "C"]
    assert why(elsewhere) is None, "it stands in none of the lists"


def test_bx4_who_is_due_by_now_of_ones_own_the_longest_promised_first(office: Office, operator: str) -> None:
    operators.add("BEA", "Bea", operator)
    now = lead("Now", reminder_date=TODAY, reminder_time=time(10, 0))
    whenever, late = lead("Today", reminder_date=TODAY), lead("Late", reminder_date=date(2026, 11, 20))
    early = lead("Early", reminder_date=TODAY, reminder_time=time(8, 0))
    lead("Later", reminder_date=TODAY, reminder_time=time(10, 1))
    lead("Tomorrow", reminder_date=TODAY + timedelta(days=1), reminder_time=time(8, 0))
    lead("Nothing promised")
    lead("Lost", reminder_date=TODAY, call_status="Lost")
    theirs = lead("Of Bea", reminder_date=TODAY, owner="BEA")
    assert queue.due(operator)[0] == late and set(queue.due(operator)) == {late, whenever, early, now}
    assert [key for key in queue.due(operator) if key != whenever] == [late, early, now]
    assert queue.due(operator, limit=1) == [late] and queue.due("BEA") == [theirs]


def test_bx4_who_is_with_a_colleague_is_nobody_elses_until_the_time_is_over(office: Office, operator: str) -> None:
    key = lead("Ann", phone="12")  # no number of the world, so it is known by the lead alone
    assert queue.claim(key, operator, "there").left_out is None
    assert (why(key), queue.untaken([key], operator, "here")) == (LeftOut.TAKEN, [])
    assert queue.untaken([key], operator, "there") == [key]
    with database.writing():
        ClaimRow.update(until=1).execute()
    assert (why(key), queue.untaken([key], operator, "here")) == (None, [key])


def test_bx4_what_was_left_out_for_a_while_comes_again(office: Office, operator: str) -> None:
    keys = [lead("A", reminder_date=TODAY, reminder_time=time(10, 30)), lead("B", call_code="DNC")]
    calling = Round([Feed("All", keys)], operator, "here", NOW)
    assert calling.take() is None
    assert calling.reasons() == {LeftOut.PROMISED: 1, LeftOut.DO_NOT_CALL: 1}
    with clock.fixed(NOW + timedelta(minutes=31)):
        calling.look_again()
        taken = calling.take()
    assert taken is not None and taken[0].first_name == "A"
    assert calling.reasons() == {LeftOut.DO_NOT_CALL: 1}


def test_bx4_who_was_promised_for_later_comes_first_as_soon_as_that_time_has_come(
    office: Office, operator: str
) -> None:
    keys = [lead("Late", reminder_date=TODAY, reminder_time=time(10, 30)), lead("A"), lead("B")]
    calling = Round([Feed("All", keys)], operator, "here", NOW)
    first = calling.take()
    assert first is not None and first[0].first_name == "A" and calling.reasons() == {LeftOut.PROMISED: 1}
    with clock.fixed(NOW + timedelta(minutes=31)):
        taken = calling.take()
    assert taken is not None and taken[0].first_name == "Late"


def test_bx4_when_colleagues_were_faster_the_others_are_looked_at_again_together(office: Office, operator: str) -> None:
    keys = [lead(name) for name in "ABCD"]
    calling = Round([Feed("All", keys)], operator, "here", NOW)
    assert len(calling.upcoming()) == 4
    for key in keys[:3]:
        dialed(key, NOW)
    taken = calling.take()
    assert taken is not None and taken[0].first_name == "D" and calling.reasons() == {LeftOut.JUST_CALLED: 3}


def test_bx4_a_lead_is_with_one_operator_until_it_is_given_back_or_the_time_is_over(
    office: Office, operator: str
) -> None:
    key = lead("Ann")
    assert queue.claim(key, operator, "here").left_out is None
    assert queue.claim(key, operator, "there").left_out is not None and why(key) is None
    assert queue.standings([key], operator, "there")[0].left_out == LeftOut.TAKEN
    queue.renew(operator, "here")
    queue.release(operator, "here")
    assert queue.claim(key, operator, "there").left_out is None
    with database.writing():
        ClaimRow.update(until=1).execute()
    assert queue.claim(key, operator, "here").left_out is None


def test_c22_two_operators_never_get_the_same_number_though_it_stands_on_two_leads(
    office: Office, operator: str
) -> None:
    one, other = lead("Ann", phone="612-555-0192"), lead("Bob", phone="", other_phone="+1 (612) 555 0192")
    assert queue.claim(one, "ADMIN", "here").left_out is None
    assert queue.claim(other, "ADMIN", "there").left_out is not None
    assert queue.standings([other], "ADMIN", "there")[0].left_out == LeftOut.TAKEN
    assert queue.claim(other, "ADMIN", "here").left_out is None
    queue.release("ADMIN", "here")
    assert queue.claim(other, "ADMIN", "there").left_out is None


def test_bx4_a_queue_of_several_operators_calls_everybody_once(office: Office, operator: str) -> None:
    """The large one, eight operators and 5,000 leads, is run by hand: tests/benchmarks/bench_queue.py."""
    keys, called, broken = [lead(f"Lead {place}") for place in range(24)], Counter[int](), list[Exception]()

    def work_through(holder: str) -> None:
        with office.borrowed(), clock.fixed(NOW):
            try:
                calling = Round([Feed("All", keys)], operator, holder, NOW)
                while (taken := calling.take()) is not None:
                    called[taken[0].number] += 1
                    dialed(taken[0].number, NOW)
                    calls.write_call(taken[0], Call("N", next_try=NOW + timedelta(days=1)), operator)
                    queue.release(operator, holder, taken[0].number)
            except Exception as error:  # noqa: BLE001  told by the test
                broken.append(error)

    hands = [threading.Thread(target=work_through, args=(f"window {place}",)) for place in range(3)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    assert not broken and called == Counter(keys)
