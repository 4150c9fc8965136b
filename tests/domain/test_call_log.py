"""What is written of a call (BX-7), what the rules propose (BX-3, BX-42), and whose a lead is then (BX-44, BX-47)."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

import pytest

from channergy_crm import clock, work
from channergy_crm.errors import Mistake
from channergy_crm.phones.there import here, there
from channergy_crm.records import CallingHours, CallRule, Lead, PhoneCall
from channergy_crm.records.team_notices import TeamNotice
from channergy_crm.services import (
    call_log,
    calling_hours,
    calls,
    groups,
    leads,
    operators,
    queue,
    reminders,
    retrying,
    saving,
)
from channergy_crm.services import office as office_settings
from channergy_crm.services.call_log import Line
from channergy_crm.services.calls import Call
from channergy_crm.settings import POOL, SALE_TOLD
from tests import made

if TYPE_CHECKING:
    from channergy_crm.store.database import Office

NOW = datetime(2026, 11, 23, 10, 0)  # a Monday
BEGAN = NOW - timedelta(minutes=4)


@pytest.fixture
def lead(office: Office, operator: str, fixed_clock: datetime) -> Lead:
    """One that was called once."""
    values = {"description": "Wants 12 parkas", "first_name": "Yusuf", "phone": "612-555-0192", "call_try": "1"}
    return leads.create(values | {"time_zone": "America/Chicago"}, operator)


def result(code: str) -> calls.Result:
    """What a code means now."""
    return next(each for each in calls.results("ADMIN") if each.code == code)


def change(code: str, **values: object) -> None:
    """Let a rule say something else."""
    rule = next(each for each in calls.entries("ADMIN") if each.code == code)
    for name, value in values.items():
        setattr(rule, name, value)
    calls.save_rule(rule, "ADMIN")


def test_bx7_a_call_is_logged_in_the_same_step_and_taken_back_with_it(lead: Lead, operator: str) -> None:
    line = Line("+16125550192", BEGAN, NOW - timedelta(minutes=1), "uri", list_name="Fair follow-up", wrap_up=12)
    calls.write_call(lead, Call("N", "Front desk.", NOW + timedelta(days=1), line), operator)
    (row,) = PhoneCall.select()
    assert (row.lead, row.operator, row.direction, row.phone_e164) == (lead.key, "ADMIN", "outgoing", "+16125550192")
    assert (row.started, row.seconds, row.measured, row.wrap_up) == (BEGAN, 180, False, 12)
    assert (row.code, row.reached, row.note, row.bridge) == ("N", False, "Front desk.", "uri")
    assert (row.list_name, row.zone) == ("Fair follow-up", "America/Chicago")
    assert saving.undo_latest(operator) is not None
    assert not PhoneCall.select().exists() and Lead.find(lead.key).call_try == "1"
    assert saving.redo_latest(operator) is not None
    assert PhoneCall.get().code == "N"


def test_bx7_without_a_telephone_time_at_the_desk_is_nothing_and_the_number_is_the_leads(
    lead: Lead, operator: str
) -> None:
    calls.write_call(lead, Call("NI"), operator)
    row = PhoneCall.get()
    assert (row.phone, row.started, row.ended, row.seconds, row.reached) == ("612-555-0192", NOW, NOW, 0, True)


def test_bx37_where_the_recording_lies_is_kept_with_the_call(lead: Lead, operator: str) -> None:
    calls.write_call(lead, Call("NI"), operator)
    call_log.keep_recording(PhoneCall.get().number, " https://pbx.example/1.wav ", operator)
    assert PhoneCall.get().recording == "https://pbx.example/1.wav"
    assert saving.undo_latest(operator) is not None
    assert not PhoneCall.get().recording


@pytest.mark.parametrize(
    "wrong", ["17.wav", "javascript:alert(1)", "https://", "ftp://pbx.example/1.wav", "https://a b"]
)
def test_bx37_what_is_no_address_is_kept_nowhere_and_an_empty_one_takes_it_off(
    lead: Lead, operator: str, wrong: str
) -> None:
    calls.write_call(lead, Call("NI"), operator)
    number = PhoneCall.get().number
    call_log.keep_recording(number, "https://pbx.example/1.wav", operator)
    with pytest.raises(Mistake, match="no address of a recording"):
        call_log.keep_recording(number, wrong, operator)
    assert PhoneCall.get().recording == "https://pbx.example/1.wav"
    call_log.keep_recording(number, " ", operator)
    assert not PhoneCall.get().recording
    with pytest.raises(Mistake, match="not there any more"):
        call_log.keep_recording(number + 1, "https://pbx.example/1.wav", operator)


def test_bx7_what_was_only_dialed_stands_with_whom_it_was_dialed_for(lead: Lead, operator: str) -> None:
    number = call_log.write_dialed("612-555-0192", operator, lead, "uri")
    row = PhoneCall.find(number)
    assert (row.lead, row.operator, row.bridge, row.override) == (lead.key, operator, "uri", "")
    assert "Dial" not in str(saving.undoable(operator)), "that a telephone rang is taken back by nobody"
    call_log.write_override("612-555-0192", "asked for it", operator, lead, "uri")
    assert "asked for it" in str(saving.undoable(operator))
    with pytest.raises(Mistake):
        call_log.write_override("nobody", "asked for it", operator, lead, "uri")
    assert PhoneCall.select().count() == 2


def test_bx41_another_number_dialed_at_once_is_no_further_try(lead: Lead, operator: str) -> None:
    calls.write_call(lead, Call("N", line=Line("612-555-0192", BEGAN)), operator)
    calls.write_call(Lead.find(lead.key), Call("N", line=Line("612-555-0193", NOW), counts=False), operator)
    assert Lead.find(lead.key).call_try == "2"
    assert [row.phone for row in PhoneCall.select().order_by(PhoneCall.number)] == ["612-555-0192", "612-555-0193"]


def test_bx7_who_asked_not_to_be_called_without_a_call_has_none_in_the_log(lead: Lead, operator: str) -> None:
    held = calls.write_call(lead, Call("DNC", counts=False, made=False), operator)
    assert (held.call_code, held.call_date, held.call_try) == ("DNC", None, "1")
    assert not PhoneCall.select().exists()


def test_bx7_a_call_is_written_down_however_long_the_name_of_its_list(lead: Lead, operator: str) -> None:
    calls.write_call(lead, Call("NI", line=Line("612-555-0192" + " " * 300 + "x", BEGAN, list_name="L" * 90)), operator)
    assert PhoneCall.get().list_name == "L" * 80


def test_bx7_a_clock_that_is_put_back_during_a_call_keeps_nobody_from_saving_it(lead: Lead, operator: str) -> None:
    logged = call_log.write_override("612-555-0192", "asked for it", operator, lead, "copy_only")
    with clock.fixed(NOW - timedelta(hours=1)):
        line = Line("612-555-0192", NOW, NOW - timedelta(hours=1), wrap_up=-3_600, logged=logged)
        calls.write_call(lead, Call("NI", line=line), operator)
    assert (PhoneCall.get().seconds, PhoneCall.get().wrap_up) == (0, 0)


def test_f8_nobody_is_promised_a_call_on_a_lead_that_was_removed_meanwhile(lead: Lead, operator: str) -> None:
    leads.remove(lead.number, operator)
    with pytest.raises(Mistake, match="never come up"):
        calls.write_call(lead, Call("CALLBK", next_try=NOW + timedelta(days=1)), operator)
    calls.write_call(Lead.find(lead.number), Call("CALLBK", note="Asked for Friday"), operator)
    assert PhoneCall.get().note == "Asked for Friday"


def test_bx3_after_the_last_try_the_status_says_so(lead: Lead, operator: str) -> None:
    change("N", most_tries=2, exhausted="Closed")
    calls.write_call(lead, Call("N"), operator)
    assert Lead.find(lead.key).call_status == "Closed"


def test_bx3_the_usual_status_stays_where_somebody_tries_again_all_the_same_or_the_rule_has_no_other(
    lead: Lead, operator: str
) -> None:
    change("N", most_tries=2, exhausted="Closed")
    calls.write_call(lead, Call("N", next_try=NOW + timedelta(days=1)), operator)
    assert Lead.find(lead.key).call_status == result("N").status
    change("N", most_tries=2, exhausted="", status="Reached")
    calls.write_call(Lead.find(lead.key), Call("N"), operator)
    assert Lead.find(lead.key).call_status == "Reached"
    change("N", status="")
    calls.write_call(Lead.find(lead.key), Call("N"), operator)
    assert Lead.find(lead.key).call_status == "Reached", "a result without a status changes none"


def test_bx50_a_sale_that_is_noted_of_a_lead_is_told(lead: Lead, operator: str) -> None:
    office_settings.choose(SALE_TOLD, "on", operator)
    calls.write_call(lead, Call("NI"), operator)
    assert not TeamNotice.select().exists()
    calls.write_call(Lead.find(lead.key), Call("SALE"), operator)
    assert (TeamNotice.get().table, TeamNotice.get().record) == ("CRMLeads", lead.key)


def test_bx3_the_next_try_falls_on_a_working_day(lead: Lead, operator: str) -> None:
    change("N", weekdays=True)
    with work.unit("Hours", by=operator):
        CallingHours.delete().execute()
    calling_hours.save(CallingHours(country="", days="1234567", begins=time(8), ends=time(20)), operator)
    at = calls.proposed_try(result("N"), lead, datetime(2026, 11, 27, 10, 0), operator).at
    assert at == datetime(2026, 11, 30, 14, 0), "eight in the morning in Chicago"


def test_bx42_the_next_try_falls_into_a_part_of_their_day_that_was_not_tried(lead: Lead, operator: str) -> None:
    change("N", other_part=True, weekdays=True, most_tries=9)
    seen, now = set(), NOW + timedelta(hours=6)  # ten in Chicago
    for _try in range(4):
        seen.add(retrying.part_of(there(now, "America/Chicago") or now))
        calls.write_call(Lead.find(lead.key), Call("N", line=Line(started=now, ended=now)), operator)
        at = calls.proposed_try(result("N"), Lead.find(lead.key), now, operator).at
        assert at is not None and at >= now + timedelta(days=1)
        now = at
    assert seen == {part.name for part in retrying.PARTS}


def test_bx42_every_earlier_call_of_theirs_counts_for_its_part_of_their_day(lead: Lead, operator: str) -> None:
    change("N", other_part=True, weekdays=True, most_tries=9)
    for hour in (18, 12, 9):  # as their clock shows it
        at = here(datetime(2026, 11, 20, hour, 30), "America/Chicago")
        calls.write_call(Lead.find(lead.key), Call("N", line=Line(started=at, ended=at)), operator)
    other = leads.create({"description": "Bob", "phone": "612-555-0193"}, operator)
    calls.write_call(other, Call("N", line=Line(started=NOW, ended=NOW)), operator)
    now = here(datetime(2026, 11, 23, 9, 0), "America/Chicago")
    held = Lead.find(lead.key)
    assert retrying.tried_parts(held, "America/Chicago", now) == {"evening": 1, "noon": 1, "morning": 2}
    at = calls.proposed_try(result("N"), held, now, operator).at
    assert at == here(datetime(2026, 11, 24, 15, 0), "America/Chicago"), "the afternoon was never tried"


def test_bx42_the_weekend_is_one_part_where_people_are_called_on_it(office: Office) -> None:
    friday, thrice = datetime(2026, 11, 27, 18, 0), {part.name: 1 for part in retrying.PARTS}
    assert [retrying.part_of(friday + timedelta(days=days)) for days in range(4)] == [
        "evening", "weekend", "weekend", "evening",
    ]  # fmt: skip
    assert retrying.in_another_part(friday, "", thrice, weekdays=False) == datetime(2026, 11, 28, 9, 30)
    assert retrying.in_another_part(friday, "", thrice | {"weekend": 2}, weekdays=False) == friday
    assert retrying.in_another_part(friday, "", thrice | {"evening": 2}, weekdays=True) == datetime(2026, 11, 30, 9, 30)


def test_bx3_it_is_a_working_day_where_they_live(office: Office) -> None:
    monday = here(datetime(2026, 11, 22, 17, 0), "Pacific/Honolulu")  # here it may be Monday by then: there it is not
    assert retrying.on_a_working_day(monday, "Pacific/Honolulu") == monday + timedelta(days=1)
    assert retrying.on_a_working_day(datetime(2026, 11, 21, 17, 0), "") == datetime(2026, 11, 23, 17, 0)


@pytest.mark.parametrize("day", [datetime(2026, 3, 7, 10), datetime(2026, 10, 31, 10)])
def test_c8_a_part_of_the_day_is_theirs_on_the_day_their_clock_changes(day: datetime) -> None:
    at = retrying.in_another_part(day, "America/Chicago", {"morning": 3, "noon": 3, "afternoon": 3}, weekdays=True)
    local = there(at, "America/Chicago")
    assert local is not None and (local.hour, local.minute, local.weekday()) == (18, 0, 0)


def test_bx3_what_a_rule_would_do_is_told_before_it_is_kept(office: Office, operator: str) -> None:
    change("N", most_tries=3, exhausted="Closed")
    told = calls.preview(result("N"), NOW, operator)
    assert [(each.number, each.at) for each in told] == [
        (2, NOW + timedelta(days=1)), (3, NOW + timedelta(days=2)), (3, None),
    ]  # fmt: skip
    assert told[-1].status == "Closed"
    assert [each.at for each in calls.preview(result("SALE"), NOW, operator)] == [None]


def test_bx42_what_a_rule_for_every_part_of_the_day_would_do_is_told_too(office: Office, operator: str) -> None:
    change("N", most_tries=4, other_part=True, delay=60)
    told = calls.preview(result("N"), NOW, operator)
    assert [each.at for each in told] == [
        datetime(2026, 11, 23, 12, 30), datetime(2026, 11, 23, 15, 0), datetime(2026, 11, 23, 18, 0), None,
    ]  # fmt: skip
    change("N", most_tries=4, other_part=False, weekdays=True, delay=24 * 60)
    friday = datetime(2026, 11, 27, 10, 0)
    assert calls.preview(result("N"), friday, operator)[0].at == datetime(2026, 11, 30, 10, 0)
    change("N", most_tries=None, weekdays=False)
    told = calls.preview(result("N"), friday, operator)
    assert told[0].at == datetime(2026, 11, 28, 10, 0) and len(told) == calls.MOST_SHOWN - 1
    assert all(each.at is not None for each in told), "there is no last one"
    change("SALE", delay=60)
    assert [each.at for each in calls.preview(result("SALE"), NOW, operator)] == [None]


def test_bx3_before_a_result_a_try_counts_as_the_last_one_would_or_as_nobody_answering(
    lead: Lead, operator: str
) -> None:
    change("B", most_tries=3)
    assert calls.tried(lead, None, operator)[1:] == (2, result("N").most_tries)
    lead.call_code = "B"
    assert calls.tried(lead, None, operator)[1:] == (2, 3)
    lead.call_code = "CALLBK"  # as often as is agreed
    assert calls.tried(lead, None, operator).most == result("N").most_tries
    assert calls.tried(lead, result("CALLBK"), operator).most is None


def test_bx2_a_digit_belongs_to_one_result(office: Office, operator: str) -> None:
    change("DEC", digit=4)
    found = {each.code: each.digit for each in calls.results(operator)}
    assert (found["DEC"], found["CALLBK"]) == (4, 0)
    with work.unit("As another program may leave it", by=operator):
        rule = CallRule.get(CallRule.code == "CALLBK")
        rule.digit = 4
        rule.save()
    digits = [each.digit for each in calls.results(operator) if each.digit]
    assert digits == [1, 2, 3, 4, 5, 6, 7, 8, 9], "those with a digit first, each digit once"


def test_bx44_a_call_back_is_promised_by_whoever_noted_it_or_by_anyone(lead: Lead, operator: str) -> None:
    later = NOW + timedelta(hours=3)
    calls.write_call(lead, Call("CALLBK", next_try=later), operator)
    assert Lead.find(lead.key).promised_by == "ADMIN"
    calls.write_call(Lead.find(lead.key), Call("CALLBK", next_try=later, anyone=True), operator)
    assert Lead.find(lead.key).promised_by is None


@pytest.mark.parametrize(("code", "owner"), [("N", "NORTH"), ("NI", "ADMIN")])
def test_bx47_a_lead_out_of_a_pool_is_theirs_who_reach_somebody(
    lead: Lead, operator: str, code: str, owner: str
) -> None:
    groups.create("NORTH", "Branch north", operator)
    lead.owner = "NORTH"
    leads.save(lead, operator)
    calls.write_call(Lead.find(lead.key), Call(code), operator)
    assert Lead.find(lead.key).owner == owner


@pytest.mark.parametrize(("when", "given", "reached"), [("given", "ADMIN", "ADMIN"), ("never", "NORTH", "NORTH")])
def test_bx47_the_office_says_when_it_becomes_theirs(
    lead: Lead, operator: str, when: str, given: str, reached: str
) -> None:
    groups.create("NORTH", "Branch north", operator)
    office_settings.choose(POOL, when, operator)
    lead.owner = "NORTH"
    leads.save(lead, operator)
    groups.let_in("NORTH", [operator], operator)
    taken = queue.claim(lead.number, operator, "here").lead
    assert taken is not None and taken.owner == given
    calls.write_call(taken, Call("NI"), operator)
    assert Lead.find(lead.key).owner == reached


def test_bx7_a_call_stands_with_the_account_and_the_customer_of_its_lead(lead: Lead, operator: str) -> None:
    account = made.account("Acme")
    lead.account, lead.customer = account.number, account.customer
    leads.save(lead, operator)
    calls.write_call(lead, Call("N"), operator)
    row = PhoneCall.get()
    assert (row.account, row.customer) == (account.number, account.customer)


def test_vt152_a_lost_lead_leaves_the_working_list_and_the_reminders(lead: Lead, operator: str) -> None:
    lead.reminder_date = NOW.date()
    lead.call_status = "Lost"
    leads.save(lead, operator)
    assert lead.lost and not Lead.select().where(Lead.working()).exists()
    assert not Lead.select().where(reminders.lead_reminders(operator)).exists()
    assert saving.undo_latest(operator) is not None
    assert Lead.select().where(Lead.working()).exists()


def test_bx7_the_log_of_a_lead_is_seen_by_who_called_and_whose_lead_it_is(lead: Lead, operator: str) -> None:
    operators.add("BEA", "Bea", operator)
    operators.add("CAL", "Cal", operator)
    calls.write_call(lead, Call("N"), "BEA")
    seen = {who: PhoneCall.select().where(PhoneCall.owned_by(who)).exists() for who in ("ADMIN", "BEA", "CAL")}
    assert seen == {"ADMIN": True, "BEA": True, "CAL": False}


def test_bx3_a_rule_of_an_office_of_before_goes_on_to_the_next_number_where_nobody_answers(office: Office) -> None:
    assert {rule.code for rule in CallRule.select().where(CallRule.next_number)} == {"N", "B", "DC"}
