"""What stands in the calendar: whose, when, in which state, with whom; the days to come of series (VT-27, K18)."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from channergy_crm import clock, work
from channergy_crm.errors import Mistake, Refused
from channergy_crm.records import Account, Contact, Customer, Guest, Holiday, Lead, Operator, Task
from channergy_crm.services import absences, calling_hours, conversion, leads, operators, reading, roles, saving, tasks
from channergy_crm.services import preferences as own
from channergy_crm.services.calendar import entries, free, making, whose
from channergy_crm.services.calendar.making import Person
from channergy_crm.services.duplicates import merging, proposal
from channergy_crm.services.privacy import anonymising
from tests.domain.secured import ANN, BEA, CY, Secured, made

pytestmark = pytest.mark.usefixtures("office", "fixed_clock")
MONDAY, BY = date(2026, 11, 23), "ADMIN"


def entry(day: date | None = MONDAY, at: time | None = time(14), minutes: int = 60, kind: str = "meeting",
          owner: str = BY, guests: list[Person] | None = None, by: str = BY, **more: Any) -> Task:  # fmt: skip
    held = making.start(by, day, at, minutes, kind, owner)
    held.action = more.pop("action", "Talk")
    for name, value in more.items():
        setattr(held, name, value)
    return making.save(held, guests, by)


def days(first: date = MONDAY, last: date = date(2026, 12, 31), owners: Any = (BY,), by: str = BY, **more: Any):
    return entries.between(first, last, owners, by, **more)


def test_k18_an_entry_is_a_task_of_the_office_with_all_that_is_said_of_it() -> None:
    lead = leads.create({"description": "x", "first_name": "Ann", "last_name": "Lee", "owner": BY}, BY)
    held = making.start_about(lead, BY, MONDAY, time(14), "meeting")
    held.action, held.place = "Show the ovens", "Hall 3"
    making.save(held, [], BY)
    (one,) = days()
    assert one == entries.Entry(held.number, MONDAY, time(14), 60, "meeting", "Show the ovens", "Ann Lee", "Hall 3",
                                BY, "", False, 0, True)  # fmt: skip
    assert one.ends == datetime(2026, 11, 23, 15) and entries.one(held.number, BY) == one
    assert reading.find(Task, held.number, BY).is_crm, "it is the same row as in Tasks and Reminders"
    saving.undo_latest(BY)
    assert days() == [] and not Task.select().exists()


@pytest.mark.parametrize("kind", ["call", "meeting", "task"])
def test_vt77_vt151_vt162_vt163_the_next_contact_of_a_lead_is_linked_and_goes_on_with_its_deal(kind: str) -> None:
    lead = leads.create({"description": "x", "company": "Acme", "owner": BY}, BY)
    held = making.start_about(lead, BY, date(2026, 11, 25), time(9, 30), kind)
    held.action = "Next"
    making.save(held, None, BY)
    (found,) = entries.of_record("lead", lead.number, BY)
    assert (found.kind, found.day, found.about) == (kind, date(2026, 11, 25), "Acme")
    deal = conversion.convert(lead.number, BY).opportunity
    assert [one.task for one in entries.of_record("opportunity", deal.number, BY)] == [held.number]


def test_vt164_an_entry_made_directly_is_linked_before_it_is_saved() -> None:
    lead = leads.create({"description": "x", "company": "Acme", "owner": BY}, BY)
    held = making.start(BY, MONDAY, None, 0, "task")
    held.action = "Write"
    making.save(making.link_to(held, lead, BY), None, BY)
    assert entries.of_record("lead", lead.number, BY)[0].at is None
    contact = somebody()
    assert making.link_to(held, contact, BY).customer == contact.customer and held.account and held.lead is None
    with pytest.raises(Mistake, match="about a lead"):
        making.link_to(held, Operator.get(), BY)


def test_vt27_pending_is_overdue_and_not_closed_and_upcoming_is_what_comes() -> None:
    late = entry(date(2026, 11, 20), time(9), action="Late")
    tasks.close([entry(date(2026, 11, 19), action="Done").number], BY)
    over = entry(MONDAY, time(9), 30, action="This morning")
    entry(MONDAY, time(9, 30), 60, action="Now")
    entry(MONDAY, time(10, 30), 0, "call", action="Soon")
    entry(MONDAY, None, 0, "task", action="Today")
    entry(date(2026, 11, 30), time(8), action="Next week")
    entry(None, None, 0, "task", action="Some day")
    assert [one.task for one in entries.pending([BY], BY, 10)] == [late.number, over.number]
    assert [one.title for one in entries.pending([BY], BY, 1)] == ["Late"]
    assert [one.title for one in entries.upcoming([BY], BY, 3)] == ["Today", "Now", "Soon"]
    assert [one.title for one in entries.upcoming([BY], BY, 9)][3:] == ["Next week"]
    assert {one.title: one.state for one in days(date(2026, 11, 1))} == {
        "Late": "overdue", "Done": "done", "This morning": "overdue", "Now": "soon", "Soon": "soon", "Today": "soon",
        "Next week": "",
    }  # fmt: skip
    assert [one.title for one in entries.not_in([BY], BY)] == ["Late", "Some day"]
    assert [one.title for one in days(kinds=["call"])] == ["Soon"]


def test_vt64_how_the_calendar_opens_is_ones_own_wish() -> None:
    held = own.of(BY, BY)
    held.calendar_view = "month"
    own.save(held, BY)
    assert own.of(BY, BY).calendar_view == "month"
    assert [value for value, _said in entries.kinds(BY)] == ["call", "meeting", "task"]


def test_a_series_shows_its_days_to_come_and_what_lasts_for_days_stands_on_each_of_them() -> None:
    round_ = entry(MONDAY, time(9), 30, repeats="FREQ=WEEKLY;UNTIL=20261214", left_out="2026-12-07")
    fair = entry(date(2026, 11, 20), None, 4 * 1_440, action="Fair")
    found = days()
    assert [(one.task, one.day, one.planned) for one in found] == [
        (fair.number, date(2026, 11, 20), False), (round_.number, MONDAY, False),
        (round_.number, date(2026, 11, 30), True), (round_.number, date(2026, 12, 14), True),
    ]  # fmt: skip
    assert found[0].state == "soon" and days(date(2026, 11, 24), date(2026, 11, 24)) == []
    assert len(days(date(2026, 11, 30), date(2026, 11, 30))) == 1
    with clock.fixed(datetime(2026, 12, 2, 9)):
        assert [one.day for one in days(date(2026, 11, 1)) if one.planned] == [date(2026, 12, 14)]
        assert tasks.close([round_.number], BY) == 1
    with clock.fixed(datetime(2026, 12, 14, 12)):
        tasks.close([Task.get(~Task.closed & (Task.repeats != "")).number], BY)
    assert not Task.select().where(~Task.closed & (Task.repeats != "")).exists(), "done with the last one it ends"


def test_vt42_what_goes_on_past_midnight_stands_on_both_days_and_takes_time_on_both() -> None:
    night = entry(MONDAY, time(22), 240, action="Night shift")
    entry(MONDAY, time(23, 45), 0, action="Ring")
    entry(MONDAY, time(22), 120, action="Until midnight")
    entry(MONDAY, time(23), 120, action="Each night", repeats="FREQ=DAILY")
    tuesday = MONDAY + timedelta(days=1)
    found = [(one.title, one.day, one.planned) for one in days(tuesday, tuesday)]
    assert found == [
        ("Night shift", MONDAY, False), ("Each night", MONDAY, False), ("Each night", tuesday, True)
    ]  # fmt: skip
    wednesday = tuesday + timedelta(days=1)
    assert [(one.title, one.day) for one in days(wednesday, wednesday)] == [
        ("Each night", tuesday), ("Each night", wednesday),
    ]  # fmt: skip
    assert days(tuesday, tuesday)[0].ends == datetime(2026, 11, 24, 2) and night.number
    found_free = free.free([BY], tuesday, tuesday, 60, BY, time(1), time(3))
    assert [(gap.at, gap.until) for gap in found_free] == [(time(2), time(3))]


def test_of_so_many_the_next_one_knows_how_many_are_left() -> None:
    with clock.fixed(datetime(2026, 11, 23, 12)):
        key = entry(MONDAY, time(9), 30, repeats="FREQ=DAILY;COUNT=3", place="Hall").number
        for left in ("FREQ=DAILY;COUNT=2", "FREQ=DAILY;COUNT=1"):
            tasks.close([key], BY)
            held = Task.get(~Task.closed)
            assert (held.repeats, held.place, held.minutes, held.activity) == (left, "Hall", 30, "meeting")
            key = held.number
        tasks.close([key], BY)
    assert not Task.select().where(~Task.closed).exists()


# ---------------------------------------------------------------- guests


def somebody(last: str = "Ray") -> Contact:
    with work.unit("People", by=BY):
        customer = Customer.create(company=last)
        Account.create(name=last, owner=BY, customer=customer.number)
        return Contact.create(customer=customer.number, last_name=last)


def test_guests_are_invited_asked_and_copied_to_the_next_one() -> None:
    operators.add("ANN", "Ann Lee", BY)
    bob, lead = somebody(), leads.create({"description": "x", "company": "Acme", "owner": BY}, BY)
    wanted = [*making.people(Contact, [bob.number, 999], BY), *making.people(Lead, [lead.number], BY)]
    held = entry(guests=[*wanted, Person("Operators", "ANN"), Person("Operators", BY)], repeats="FREQ=WEEKLY")
    assert [(one.name, one.answer) for one in making.guests_of(held.number, BY)] == [
        ("Ray", ""), ("Acme", ""), ("Ann Lee", ""),
    ]  # fmt: skip
    making.answer(held.number, "yes", "ANN")
    with pytest.raises(Refused, match="not invited"):
        making.answer(held.number, "yes", BY)
    making.set_guests(held.number, [Person("Operators", "ANN"), *wanted[:1]], BY)
    assert {one.name: one.answer for one in making.guests_of(held.number, BY)} == {"Ray": "", "Ann Lee": "yes"}
    saving.undo_latest(BY)
    assert len(making.guests_of(held.number, BY)) == 3
    tasks.close([held.number], BY)
    assert [one.answer for one in making.guests_of(held.number + 1, BY)] == ["", "", ""]
    assert [one.guests for one in days()] == [3] * 6
    saving.delete(Task.find(held.number), BY)
    saving.undo_latest(BY)
    assert len(making.guests_of(held.number, BY)) == 3


def test_deleted_merged_converted_and_anonymised_people_are_no_guests_any_more() -> None:
    bob, bobby, cleo = somebody(), somebody("Raye"), somebody("Cleo")
    lead = leads.create({"description": "x", "company": "Acme", "owner": BY}, BY)
    people = [*making.people(Contact, [bob.number, bobby.number, cleo.number], BY), Person("CRMLeads", lead.number)]
    held = entry(guests=people)
    merging.merge(proposal.propose(Contact, [bob.number, bobby.number], BY), 0, {}, BY)
    assert len(making.guests_of(held.number, BY)) == 3 and Guest.select().count() == 3
    saving.delete(cleo, BY)
    assert len(making.guests_of(held.number, BY)) == 2
    saving.undo_latest(BY)
    assert len(making.guests_of(held.number, BY)) == 3
    contact = conversion.convert(lead.number, BY).contact
    assert contact is not None and Person("CustomerContacts", contact.number) in [
        one.person for one in making.guests_of(held.number, BY)
    ]
    anonymising.anonymise(Contact, cleo.number, "asked for it", BY)
    assert str(cleo.number) not in [row.of for row in Guest.select()]


# ---------------------------------------------------------------- rights


@pytest.fixture
def ann() -> Secured:
    """Ann, who sees and changes her own."""
    held = Secured()
    held.let({"use": "own", "view": "own", "edit": "own"})
    return held


def test_others_entries_are_shown_to_whom_may_see_them_and_a_guest_is_told_title_place_and_time(ann: Secured) -> None:
    mine = making.save(_filled(made(Task, ANN), "Mine"), None, BY)
    foreign = made(Task, CY)
    theirs = making.save(_filled(foreign, "Theirs", place="Hall 3"), [Person("Operators", ANN)], BY)
    ann.let({"use": "own", "view": "none"}, Account)
    assert [one.id for one in whose.owners(ANN)] == [ANN, "NORTH"]
    found = {one.task: one for one in days(owners=[ANN, BEA, CY], by=ANN)}
    assert set(found) == {mine.number, theirs.number}
    told = found[theirs.number]
    assert (told.title, told.place, told.at, told.owner) == ("Theirs", "Hall 3", time(9), ANN)
    assert (told.about, told.guests, told.may_edit) == ("", 0, False) and found[mine.number].may_edit
    assert found[mine.number].about == "", "an account that is not shown"
    assert entries.one(theirs.number, ANN) is None
    assert told.guest and told.answer == ""
    making.answer(theirs.number, "no", ANN)
    found = {one.task: one for one in days(owners=[ANN], by=ANN)}
    assert found[theirs.number].answer == "no", "what one does not come to still stands there, to change one's mind"
    assert theirs.number not in [one.task for one in entries.upcoming([ANN], ANN, 9)]
    assert free.next_free([ANN], MONDAY, 30, ANN, 1), "and takes no time"
    ann.let({"use": "all", "view": "group", "edit": "own"}, Task)
    assert [one.id for one in whose.owners(ANN)] == [ANN, BEA, "NORTH"]


def test_vt96_what_a_role_hides_does_not_stand_in_the_calendar(ann: Secured) -> None:
    making.save(_filled(made(Task, ANN), "Mine", place="Hall 3"), None, BY)
    roles.hide(ann.role, {Task: {"place", "minutes", "activity"}}, BY)
    (one,) = days(owners=[ANN], by=ANN)
    assert (one.place, one.minutes, one.kind) == ("", 0, "task")


def _filled(held: Any, action: str, **more: Any) -> Task:
    values = {"reminder_date": MONDAY, "reminder_time": time(9), "minutes": 30, "action": action, "repeats": "", **more}
    for name, value in values.items():
        setattr(held, name, value)
    return held


# ---------------------------------------------------------------- free time


def test_time_is_free_where_all_of_them_have_nothing_and_nobody_is_away() -> None:
    for id in ("ANN", "BEN"):
        operators.add(id, id.title(), BY)
    entry(MONDAY, time(11), 60, owner="ANN")
    entry(MONDAY, time(13), 90, owner="BEN", guests=[Person("Operators", "ANN")])
    entry(MONDAY, time(16), 0, "task", owner="BEN", action="Ring, no length")
    found = free.free(["ANN", "BEN"], MONDAY, MONDAY, 60, BY, time(9), time(17))
    assert [(gap.at, gap.until) for gap in found] == [
        (time(10), time(11)), (time(12), time(13)), (time(14, 30), time(17)),
    ]  # fmt: skip
    absences.mark("ANN", MONDAY, MONDAY + timedelta(days=1), BY)
    found = free.free(["ANN"], MONDAY, MONDAY + timedelta(days=6), 480, BY)
    assert [gap.day for gap in found] == [date(2026, 11, 25), date(2026, 11, 26), date(2026, 11, 27)]


def test_vt77_the_next_times_everybody_has_leave_out_holidays_and_are_counted_over_weeks() -> None:
    operators.add("ANN", "Ann", BY)
    entry(MONDAY + timedelta(days=1), time(9), 7 * 60, owner="ANN")
    holiday = Holiday(day=MONDAY + timedelta(days=2), country="", name="Founders' Day", state="")
    calling_hours.save(holiday, BY)
    found = free.next_free([BY, "ANN"], MONDAY + timedelta(days=1), 60, BY, 4)
    assert [(gap.day, gap.at, gap.until) for gap in found] == [
        (date(2026, 11, 24), time(16), time(17)), (date(2026, 11, 26), time(9), time(10)),
        (date(2026, 11, 26), time(10), time(11)), (date(2026, 11, 26), time(11), time(12)),
    ]  # fmt: skip
    assert free.next_free([BY], MONDAY, 9 * 60, BY, 4) == [], "no day of the office is so long"
    now = clock.now()
    first = free.next_free([BY], MONDAY, 30, BY, 1)[0]
    assert datetime.combine(first.day, first.at) >= now and first.at.minute % 15 == 0


def test_vt77_of_calendars_that_are_not_shown_nobody_knows_what_is_free(ann: Secured) -> None:
    assert free.not_known([ANN, CY], ANN) == [CY] and free.not_known([ANN, CY], BY) == []


@pytest.mark.engines("sqlite")
def test_a_long_time_takes_three_questions_each_through_an_index(office: Any) -> None:
    with work.unit("Fill", by=BY):
        for number in range(60):
            Task.create(action=f"Ring {number}", owner=BY, is_crm=True, reminder_date=MONDAY + timedelta(days=number),
                        repeats="FREQ=MONTHLY" if number % 9 == 0 else "")  # fmt: skip
    ask, asked = office.database.execute_sql, list[str]()

    def told(sql: str, values: Any = None) -> Any:
        if 'FROM "CustServ"' in sql:
            asked.append(" ".join(str(row[3]) for row in ask(f"EXPLAIN QUERY PLAN {sql}", values).fetchall()))
        return ask(sql, values)

    office.database.execute_sql = told
    try:
        found = days(MONDAY, MONDAY + timedelta(days=364))
    finally:
        del office.database.execute_sql
    assert len(found) > 100 and len(asked) == 3
    assert all("SCAN" not in plan for plan in asked), asked
