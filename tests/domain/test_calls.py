"""How a call went is written down in one step, by what the office says its results mean (BX-1, BX-2)."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from channergy_crm import work
from channergy_crm.dialing.copy_only import CopyOnly
from channergy_crm.errors import Clash, Mistake, Refused
from channergy_crm.phones.there import there
from channergy_crm.records import CallingHours, CallRule, CustomLookup, Lead
from channergy_crm.records.calls import Meaning
from channergy_crm.services import calling_hours, calls, leads, lookups, operators, saving
from channergy_crm.services.calls import Call
from channergy_crm.store import database
from tests.domain.fitting import Notepad

if TYPE_CHECKING:
    from channergy_crm.store.database import Office

NOW = datetime(2026, 11, 23, 10, 0)
TRIED = [("", "1", 1), ("0", "1", 1), ("1", "2", 2), ("9", "10", 10), ("10", "10", 10), ("99", "99", 99)]


@pytest.fixture
def lead(office: Office, operator: str, fixed_clock: datetime) -> Lead:
    """One that was called once."""
    values = {"description": "Wants 12 parkas", "first_name": "Yusuf", "call_try": "1", "notes": "Met at the booth."}
    return leads.create(values, operator)


def result(code: str) -> calls.Result:
    return next(each for each in calls.results("ADMIN") if each.code == code)


def undone(operator: str) -> None:
    assert saving.undo_latest(operator) is not None


# ---------------------------------------------------------------- what an office begins with


def test_bx2_a_new_office_has_its_results_under_the_nine_digits(office: Office) -> None:
    found = {each.digit: each.label for each in calls.results("ADMIN") if each.digit}
    assert found == {
        1: "No Answer", 2: "Busy", 3: "Answering Machine", 4: "Call Back", 5: "Not Interested", 6: "Sale Made",
        7: "Wrong Person", 8: "Wrong Number", 9: "Do Not Call",
    }  # fmt: skip
    others = [each.label for each in calls.results("ADMIN") if not each.digit]
    assert others == ["Disconnected Number", "No Pitch No Price", "Declined Sale", "New Lead"]
    assert {each.meaning for each in calls.results("ADMIN")} == set(Meaning)


def test_bx2_an_office_of_before_gets_rules_for_the_codes_it_still_has(office: Office) -> None:
    with database.writing():
        run = office.database.execute_sql
        run("DELETE FROM schema_migration WHERE name IN ('0021_results_of_calls', '0029_call_log')")
        for table in ("CRMRetryRules", "CRMCalls", "CRMDials", "CRMClaims"):
            run(f'DROP TABLE "{table}"')
        run("""DELETE FROM "CustomLookup" WHERE "FieldName" = 'CallCode' AND "LookupValue" = 'B'""")
        run("""DELETE FROM "CustomLookup" WHERE "FieldName" = 'CallStatus' AND "LookupValue" = 'Closed'""")
    assert database.migrate(office) == ["0021_results_of_calls", "0029_call_log"]
    held = {rule.code: rule for rule in CallRule.select()}
    assert "B" not in held and held["N"].most_tries == 6 and held["N"].status == "Not Reached"
    assert (held["DNC"].meaning, held["DNC"].status) == ("do not call", "")


def test_bx2_a_code_of_the_office_itself_stands_under_other_and_means_reached(office: Office, operator: str) -> None:
    lookups.add("CRMLeads", "CallCode", "VM", operator, description="Voice Mail")
    mine = result("VM")
    assert (mine.digit, mine.meaning, mine.delay, mine.status) == (0, Meaning.REACHED, None, "Reached")
    rule = next(each for each in calls.entries(operator) if each.code == "VM")
    rule.digit, rule.meaning, rule.delay = 2, Meaning.NO_ANSWER.value, 60
    calls.save_rule(rule, operator)
    assert (result("VM").digit, result("VM").delay) == (2, 60)
    assert result("B").digit == 0, "a digit belongs to one result"
    undone(operator)
    assert (result("VM").digit, result("B").digit) == (0, 2)


def test_bx2_a_retired_code_is_not_offered_and_a_renamed_one_keeps_its_rule(office: Office, operator: str) -> None:
    entry = CustomLookup.get(CustomLookup.value == "A")
    entry.value = "AM"
    lookups.save(entry, operator)
    assert result("AM").digit == 3
    entry = CustomLookup.get(CustomLookup.value == "AM")
    entry.retired = True
    lookups.save(entry, operator)
    assert 3 not in {each.digit for each in calls.results(operator)}


def test_bx2_a_code_that_is_deleted_takes_its_rule_along(office: Office, operator: str) -> None:
    lookups.remove(CustomLookup.get(CustomLookup.value == "DEC").number, operator)
    assert CallRule.get_or_none(CallRule.code == "DEC") is None
    undone(operator)
    assert result("DEC").meaning == Meaning.REFUSED


def test_bx2_the_lists_of_the_office_are_called_as_before(office: Office, operator: str) -> None:
    names = {(table, field): label for table, field, label in lookups.fields(operator)}
    assert names["CRMLeads", "CallCode"] == "Leads: Call Code"


@pytest.mark.parametrize("text", ["no answer", "No Answer", " NO ANSWER "])
def test_bx2_a_meaning_is_one_of_a_few(office: Office, text: str) -> None:
    kind = CallRule.kind("meaning")
    assert kind.read(text) == Meaning.NO_ANSWER and kind.show("no answer") == "no answer"
    with pytest.raises(Mistake, match="choose one of: no answer, reached, call back"):
        kind.read("maybe")
    rule = calls.entries("ADMIN")[0]
    rule.meaning = "maybe"
    with pytest.raises(Mistake, match="“maybe” means nothing here"):
        calls.save_rule(rule, "ADMIN")


# ---------------------------------------------------------------- when to try again


@pytest.mark.parametrize(("held", "value", "number"), TRIED)
def test_bx2_the_next_try_is_the_next_of_the_list_and_the_last_one_stays(
    lead: Lead, operator: str, held: str, value: str, number: int
) -> None:
    lead.call_try = held
    assert calls.tried(lead, result("N"), operator)[:2] == (value, number)


def test_bx2_tries_are_counted_by_their_place_where_the_office_calls_them_otherwise(lead: Lead, operator: str) -> None:
    for entry in lookups.entries("CRMLeads", "CallTry", operator):
        lookups.remove(entry.number, operator)
    for place, value in enumerate(("first", "second", "last")):
        lookups.add("CRMLeads", "CallTry", value, operator, sort=place)
    counted = []
    for held in ("", "first", "second", "last"):
        lead.call_try = held
        counted.append(calls.tried(lead, None, operator)[:2])
    assert counted == [("first", 1), ("second", 2), ("last", 3), ("last", 3)]


@pytest.mark.parametrize(
    ("minutes", "wanted"),
    [(30, "10:30"), (7, "10:10"), (10, "10:10"), (61, "11:05"), (0, "10:00")],
)
def test_bx2_the_rule_proposes_the_time_rounded_up_to_five_minutes(
    lead: Lead, operator: str, minutes: int, wanted: str
) -> None:
    rule = next(each for each in calls.entries(operator) if each.code == "B")
    rule.delay = minutes
    calls.save_rule(rule, operator)
    at = calls.proposed_try(result("B"), lead, NOW, operator).at
    assert f"{at:%H:%M}" == wanted


@pytest.mark.parametrize("code", ["NI", "SALE", "WN", "DNC", "DC"])
def test_bx2_what_ends_it_proposes_nothing_and_says_so(lead: Lead, operator: str, code: str) -> None:
    found = calls.proposed_try(result(code), lead, NOW, operator)
    assert found == (None, "Nothing more is planned.")


def test_bx3_after_the_most_tries_nothing_is_proposed(lead: Lead, operator: str) -> None:
    lead.call_try = "4"
    assert calls.proposed_try(result("N"), lead, NOW, operator).at == datetime(2026, 11, 24, 10, 0)
    lead.call_try = "5"
    assert calls.proposed_try(result("N"), lead, NOW, operator) == (None, "That was try 6 of 6.")


def test_bx2_reached_keeps_a_reminder_that_is_still_to_come(lead: Lead, operator: str) -> None:
    lookups.add("CRMLeads", "CallCode", "OK", operator)
    assert calls.proposed_try(result("OK"), lead, NOW, operator) == (None, "")
    lead.reminder_date, lead.reminder_time = date(2026, 11, 27), time(11, 15)
    assert calls.proposed_try(result("OK"), lead, NOW, operator).at == datetime(2026, 11, 27, 11, 15)
    lead.reminder_date = date(2026, 11, 22)
    assert calls.proposed_try(result("OK"), lead, NOW, operator).at is None


def test_bx2_nobody_is_called_at_night_where_they_live(lead: Lead, operator: str) -> None:
    with work.unit("Hours", by=operator):
        CallingHours.delete().execute()
    calling_hours.save(CallingHours(country="", days="1234567", begins=time(9), ends=time(18)), operator)
    lead.time_zone = "Asia/Tokyo"
    rule = next(each for each in calls.entries(operator) if each.code == "B")
    for minutes in range(0, 1440, 95):
        rule.delay = minutes
        calls.save_rule(rule, operator)
        at = calls.proposed_try(result("B"), lead, NOW, operator).at
        assert at is not None and at >= NOW + timedelta(minutes=minutes)
        local = there(at, "Asia/Tokyo")
        seen = [each.at for each in calls.preview(result("B"), NOW, operator) if each.at]
        assert seen and all(time(9) <= each.time() <= time(18) for each in seen)
        assert local is not None and time(9) <= local.time() <= time(18), (minutes, local)
    assert there(NOW, "") is None and there(NOW, "Nowhere/Land") is None


# ---------------------------------------------------------------- written in one unit


def test_bx2_a_call_is_one_unit_and_one_undo_takes_all_of_it_back(
    office: Office, lead: Lead, operator: str, fixed_clock: datetime
) -> None:
    lead.title = "Boss"  # typed, not saved yet
    before = dict(Lead.find(lead.number).__data__)
    told: list[work.Done] = []
    stop = work.listen(told.append)
    calls.write_call(lead, Call("CALLBK", "Back after two.", datetime(2026, 11, 24, 15, 20)), operator)
    stop()
    assert [done.name for done in told] == ["Note the call to Yusuf: Call Back"]
    held = Lead.find(lead.number)
    assert (held.call_try, held.call_date, held.call_code) == ("2", fixed_clock.date(), "CALLBK")
    assert (held.call_status, held.title) == ("Call Back Scheduled", "Boss")
    assert (held.reminder_date, held.reminder_time) == (date(2026, 11, 24), time(15, 20))
    assert held.notes == "Met at the booth.\n2026-11-23 10:00 ADMIN · Call Back: Back after two."
    undone(operator)
    after = dict(Lead.find(lead.number).__data__)
    assert {name for name in before if before[name] != after[name]} == {"version"}
    saving.redo_latest(operator)
    assert (Lead.find(lead.number).title, Lead.find(lead.number).call_try) == ("Boss", "2")


def test_bx2_a_new_lead_is_saved_with_its_first_call(office: Office, operator: str, fixed_clock: datetime) -> None:
    new = leads.start(operator)
    new.description = "Rang us"
    held = calls.write_call(new, Call("CALLBK", "Wants a list."), operator)
    assert (held.description, held.call_try, held.call_code) == ("Rang us", "1", "CALLBK")
    undone(operator)
    assert Lead.find(held.number) is None


def test_bx2_without_a_next_try_the_reminder_goes_and_without_a_note_the_notes_stay(lead: Lead, operator: str) -> None:
    lead.reminder_date, lead.reminder_time = date(2026, 11, 22), time(9)
    calls.write_call(lead, Call("NI"), operator)
    held = Lead.find(lead.number)
    assert (held.reminder_date, held.reminder_time, held.notes) == (None, None, "Met at the booth.")


def test_bx2_a_note_is_put_below_what_somebody_else_has_noted_meanwhile(lead: Lead, operator: str) -> None:
    operators.add("ANN", "Ann Lee", operator)
    theirs = Lead.find(lead.number)
    theirs.notes, theirs.call_try = "Met at the booth.\nSent the list.", "4"
    leads.save(theirs, "ANN")
    calls.write_call(lead, Call("N", "Rang out."), operator)
    held = Lead.find(lead.number)
    assert held.notes == "Met at the booth.\nSent the list.\n2026-11-23 10:00 ADMIN · No Answer: Rang out."
    assert held.call_try == "5"


def test_c6_what_two_have_typed_is_told_and_nothing_of_the_call_is_written(lead: Lead, operator: str) -> None:
    operators.add("ANN", "Ann Lee", operator)
    theirs = Lead.find(lead.number)
    theirs.title = "Clerk"
    leads.save(theirs, "ANN")
    lead.title = "Boss"
    with pytest.raises(Clash):
        calls.write_call(lead, Call("N", "Rang out."), operator)
    assert (Lead.find(lead.number).call_try, Lead.find(lead.number).title) == ("1", "Clerk")
    assert lead.changes()["title"][1] == "Boss", "it still waits to be saved"


def test_bx2_a_result_that_is_gone_and_a_lead_that_is_gone_are_said(lead: Lead, operator: str) -> None:
    with pytest.raises(Mistake, match="not offered any more"):
        calls.write_call(lead, Call("GONE"), operator)
    saving.delete(Lead.find(lead.number), operator)
    with pytest.raises(Mistake, match="is not there any more"):
        calls.write_call(lead, Call("N"), operator)


def test_bx6_who_said_do_not_call_is_known_whatever_the_office_calls_it(lead: Lead, operator: str) -> None:
    assert calls.forbidden(lead) == ""
    held: Any = calls.write_call(lead, Call("DNC"), operator)
    assert calls.forbidden(held) == "Do Not Call"
    entry = CustomLookup.get(CustomLookup.value == "DNC")
    entry.value = entry.description = "Robinson"
    lookups.save(entry, operator, change_rows=True)
    assert calls.forbidden(Lead.find(lead.number)) == "Robinson"


def test_bx6_the_number_of_who_said_so_is_dialed_from_nowhere(lead: Lead, operator: str) -> None:
    lead.phone = "(650) 253-0000"
    leads.save(lead, operator)
    notepad = Notepad()
    assert calls.dial("650-253-0000", operator, bridge=CopyOnly(notepad)).sent
    calls.write_call(lead, Call("DNC"), operator)
    notepad.text = ""
    for typed in ("650-253-0000", "+1 650 253 0000"):
        with pytest.raises(Refused, match="Do Not Call was noted of Yusuf: this number is not dialed."):
            calls.dial(typed, operator, bridge=CopyOnly(notepad))
    assert notepad.text == ""
    assert calls.dial("650-253-0001", operator, bridge=CopyOnly(notepad)).sent
    undone(operator)
    assert calls.dial("650-253-0000", operator, bridge=CopyOnly(notepad)).sent
