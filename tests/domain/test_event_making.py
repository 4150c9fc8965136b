"""What an event makes: follow-ups that are tasks, each once, for the right one, on the right day (VS-3, K18)."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from channergy_crm import clock, work
from channergy_crm.records import Account, Contact, Lead, Opportunity, Order, Task
from channergy_crm.records.events import Event, EventState, EventType, FellTo, FollowUp, GoesTo, LookRow
from channergy_crm.services import (
    calling_hours,
    groups,
    leads,
    operators,
    preferences,
    reminders,
    roles,
    tasks,
)
from channergy_crm.services.events import counts, ending, looking, making, receiving, when
from channergy_crm.services.privacy import anonymising
from channergy_crm.services.rights import Program
from channergy_crm.store import database
from tests import made

NOW = datetime(2026, 11, 23, 10, 0)
pytestmark = pytest.mark.usefixtures("office", "fixed_clock")


def event(**known: Any) -> Event:
    """An active event about accounts."""
    usual = {
        "name": "No order", "type": EventType.PRACTICE.value, "state": EventState.ACTIVE.value, "trigger": "no_order",
        "table": "CRMAccounts", "amount": 2, "unit": "month", "action": "Call", "due_after": 0, "written_by": "ADMIN",
        "goes_to": GoesTo.OWNER.value,
    }  # fmt: skip
    with work.unit("Make an event", by="ADMIN"):
        held: Event = Event.create(**usual | known)
    return held


def make(of: Event, *keys: object, said: str = "1", now: datetime = NOW) -> making.Made:
    """What a round makes of these records."""
    with work.unit("Follow-ups", by=Program.EVENTS):
        return making.make(of, [(of.table, key, said) for key in keys], now)


def owners() -> list[str]:
    return list(Task.select(Task.owner).order_by(Task.number).scalars())


# ---------------------------------------------------------------- when

CASES = [
    # due after, working, at, country, made, due
    (0, False, None, "", "2026-11-23 10:00", "2026-11-23"),
    (3, False, time(9), "", "2026-11-25 10:00", "2026-11-28 09:00"),
    (0, False, time(9), "", "2026-11-23 10:00", "2026-11-24 09:00"),
    (0, False, time(10), "", "2026-11-23 10:00", "2026-11-23 10:00"),
    (1, True, time(9), "DE", "2026-11-27 18:00", "2026-11-30 09:00"),
    (0, True, None, "DE", "2026-11-28 10:00", "2026-11-30"),
    (1, True, None, "DE", "2026-11-28 10:00", "2026-11-30"),
    (0, True, time(9), "DE", "2026-11-27 10:00", "2026-11-30 09:00"),
    (1, True, None, "US", "2026-11-25 10:00", "2026-11-27"),
    (2, True, None, "DE", "2026-12-30 10:00", "2027-01-04"),
    (1, True, None, "GB-SCT", "2026-12-31 10:00", "2027-01-05"),
    (1, True, None, "GB-ENG", "2026-12-31 10:00", "2027-01-04"),
    (1, True, None, "DE-BY", "2027-01-05 10:00", "2027-01-07"),
    (1, True, None, "DE-HH", "2027-01-05 10:00", "2027-01-06"),
    (5, True, None, "", "2026-12-23 10:00", "2026-12-31"),
    (1, True, None, "XX", "2026-12-24 10:00", "2026-12-25"),
    (1, True, None, "US", "2028-02-28 10:00", "2028-02-29"),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case[4]} +{case[0]}{'w' if case[1] else ''} {case[3]}")
@pytest.mark.engines("sqlite")
def test_vs3_a_follow_up_is_due_on_a_day_on_which_people_work_and_never_in_the_past(case: tuple[Any, ...]) -> None:
    after, working, at, country, made_at, due = case
    held = Event(due_after=after, due_working=working, due_time=at, country=country)
    day, hour = when.due(held, datetime.fromisoformat(made_at))
    assert f"{day} {hour:%H:%M}" == due if hour else str(day) == due


@pytest.mark.engines("sqlite")
def test_vs3_the_holidays_the_office_keeps_count_instead_of_those_that_are_known() -> None:
    calling_hours.keep([(date(2026, 11, 24), "Our day")], "US", "", "ADMIN")
    held = Event(due_after=1, due_working=True)
    assert when.due(held, NOW)[0] == date(2026, 11, 25)
    assert when.due(held, datetime(2026, 11, 25, 10))[0] == date(2026, 11, 26)  # Thanksgiving is none of theirs


# ---------------------------------------------------------------- what is made


def test_vs3_k18_a_follow_up_is_a_task_that_stands_in_reminders_and_is_found_by_its_words() -> None:
    held = made.account("Heron Toys", "ADMIN", phone="212-555-0134")
    told = 'Call {{ account.name }} in {{ customer.city or "town" }}, {{ operator.id }}'
    of = event(action=told, notes="of {{ account.phone }}", priority="High", due_time=time(14))
    assert make(of, held.number) == (1, 0)
    task = Task.get()
    assert (task.action, task.notes) == ("Call Heron Toys in town, ADMIN", "of 212-555-0134")
    assert (task.owner, task.priority, task.is_crm, task.closed) == ("ADMIN", "High", True, False)
    assert (task.reminder_date, task.reminder_time, task.created_on) == (NOW.date(), time(14), NOW)
    assert (task.account, task.customer) == (held.number, held.customer)
    assert Task.select().where(Task.search_text.contains("heron")).exists()
    assert Task.select().where(reminders.task_reminders("ADMIN")).exists()
    assert counts.of_task(task.number, "ADMIN").name == "No order"  # type: ignore[union-attr]
    assert counts.events_of([task.number], "ADMIN") == {task.number: "No order"}


def test_vs3_what_it_is_about_hangs_on_the_task_whatever_record_that_is() -> None:
    held = made.account("Heron Toys")
    contact, deal = made.contact(held, "Ada", "Hill"), made.opportunity(held, "License")
    lead = leads.create({"description": "Heron wants more", "owner": "ADMIN"}, "ADMIN")
    for table, key in (("CustomerContacts", contact.number), ("CRMOpportunities", deal.number),
                       ("CRMLeads", lead.number), ("Customers", held.customer)):  # fmt: skip
        make(event(table=table), key)
    links = [(each.account, each.opportunity, each.lead, each.customer) for each in Task.select().order_by(Task.number)]
    assert links == [(held.number, None, None, held.customer), (held.number, deal.number, None, held.customer),
                     (None, None, lead.number, None), (held.number, None, None, held.customer)]  # fmt: skip


def test_vs3_each_is_made_once_and_what_is_gone_is_left_out() -> None:
    held, of = made.account("Heron Toys"), event()
    assert make(of, held.number, held.number, 4711) == (1, 0)
    assert make(of, held.number) == (0, 0)
    assert make(of, held.number, said="2") == (1, 0)
    assert make(event(name="Another"), held.number) == (1, 0)
    assert FollowUp.select().count() == Task.select().count() == 3


# ---------------------------------------------------------------- for whom


def test_vs5_the_owner_gets_it_or_their_supervisor_or_whoever_is_named() -> None:
    made.colleague("BEN"), made.colleague("CY")
    held = preferences.of("BEN", "ADMIN")
    with work.unit("Ben reports to Cy", by="ADMIN"):
        held.reports_to = "CY"
        held.save()
    of = made.account("Heron Toys", "BEN").number
    make(event(), of)
    make(event(goes_to=GoesTo.SUPERVISOR.value), of)
    make(event(goes_to=GoesTo.OPERATOR.value, receiver="ADMIN"), of)
    assert owners() == ["BEN", "CY", "ADMIN"]


def test_vs4_k15_a_group_owns_it_together_or_its_members_get_it_in_turn_over_all_rounds() -> None:
    for short in ("BEN", "CY", "DEV"):
        made.colleague(short)
    groups.create("SUP", "Sales Support", "ADMIN")
    groups.let_in("SUP", ["BEN", "CY", "DEV"], "ADMIN")
    keys = [made.account(f"Heron {number}").number for number in range(8)]
    make(event(goes_to=GoesTo.GROUP.value, receiver="SUP"), keys[0])
    assert owners() == ["SUP"]
    of = event(goes_to=GoesTo.TURN.value, receiver="SUP")
    make(of, *keys[:2])
    make(of, *keys[2:4])
    operators.remove("CY", "ADMIN")
    make(of, *keys[4:])
    assert owners()[1:] == ["BEN", "CY", "DEV", "BEN", "DEV", "BEN", "DEV", "BEN"]


def test_vs4_those_who_have_a_role_get_it_in_turn() -> None:
    made.colleague("BEN")
    role = roles.create("Sales Support", "ADMIN")
    roles.give("BEN", [role.number], "ADMIN")
    roles.give("ADMIN", [role.number], "ADMIN")
    keys = [made.account(f"Heron {number}").number for number in range(3)]
    make(event(goes_to=GoesTo.ROLE.value, receiver=str(role.number)), *keys)
    assert owners() == ["ADMIN", "BEN", "ADMIN"]


def test_vs3_nobody_who_is_retired_gets_anything_and_the_status_says_so() -> None:
    for short in ("BEN", "CY"):
        made.colleague(short)
    mine, theirs = made.account("Heron Toys", "CY").number, made.account("Otter", "BEN").number
    operators.remove("BEN", "ADMIN")
    to_ben = {"goes_to": GoesTo.OPERATOR.value, "receiver": "BEN"}
    first, second, third = event(**to_ben, otherwise="ADMIN"), event(**to_ben), event(**to_ben, written_by="ADMIN")
    make(first, mine), make(second, mine), make(third, theirs)
    assert owners() == ["ADMIN", "CY", "ADMIN"]
    fell = list(FollowUp.select(FollowUp.fell).order_by(FollowUp.number).scalars())
    assert fell == [FellTo.ELSE, FellTo.OWNER, FellTo.WRITER]
    said = counts.fallen("ADMIN")
    assert said[third.number] == "1 went to who wrote the rule, for nobody else is at work."
    nobody = event(**to_ben, written_by="BEN")
    assert make(nobody, theirs) == (0, 1)
    assert "because nobody" in counts.fallen("ADMIN")[nobody.number]
    assert receiving.receivers(second, "CRMAccounts", [mine], "ADMIN") == {mine: ("CY", FellTo.OWNER)}


def test_vs3_so_many_a_day_and_person_the_rest_waits_and_is_made_on_later_days() -> None:
    made.colleague("BEN")
    mine = [made.account(f"Heron {number}").number for number in range(5)]
    theirs = made.account("Otter", "BEN").number
    of = event(most_a_day=2, due_time=time(9))
    assert make(of, *mine, theirs) == (3, 3)
    assert counts.standings("ADMIN")[of.number] == (3, 0, 3)
    for days, open_ones in ((0, 3), (1, 5), (1, 5), (2, 6), (3, 6)):
        with clock.fixed(NOW + timedelta(days=days)), work.unit("Round", by=Program.EVENTS):
            making.make_waiting(of, clock.now())
        assert Task.select().count() == open_ones
    days = list(Task.select(Task.reminder_date).order_by(Task.number).scalars())
    assert days == [date(2026, 11, day) for day in (24, 24, 24, 25, 25, 26)]
    assert FollowUp.select().where(FollowUp.task.is_null()).count() == 0


def test_vs3_what_waits_for_somebody_who_retires_goes_to_another_and_what_is_gone_goes() -> None:
    made.colleague("BEN")
    keys = [made.account(f"Otter {number}", "BEN").number for number in range(4)]
    of = event(most_a_day=1)
    make(of, *keys)
    operators.remove("BEN", "ADMIN")
    with work.unit("Take an account away", by="ADMIN"):
        Account.get_by_id(keys[2]).delete_instance()
    with clock.fixed(NOW + timedelta(days=1)), work.unit("Round", by=Program.EVENTS):
        assert making.make_waiting(of, clock.now()) == 1
    assert owners() == ["BEN", "ADMIN"]


# ---------------------------------------------------------------- how it ends


def look(of: Event) -> LookRow:
    """The event has looked at all that was done until now."""
    with database.writing():
        looking.begin(of, NOW)
    held: LookRow = LookRow.get_by_id(of.number)
    return held


def open_ones() -> list[int]:
    return list(Task.select(Task.number).where(~Task.closed).order_by(Task.number).scalars())


def test_vs3_an_order_of_the_customer_closes_what_is_open_and_takes_away_what_waits() -> None:
    mine, another = made.account("Heron Toys"), made.account("Otter")
    of = event(ends_by="an order of the customer", most_a_day=1)
    make(of, another.number, mine.number)
    since = look(of)
    assert ending.end(of, since, NOW) == (0, 0)
    with work.unit("Orders", by="ADMIN"):
        Order.create(customer=mine.customer, ordered_on=NOW.date(), amount=100)
    assert ending.end(of, since, NOW) == (1, 0)
    assert FollowUp.select().count() == len(open_ones()) == 1
    with work.unit("Orders", by="ADMIN"):
        Order.create(customer=another.customer, ordered_on=NOW.date(), amount=100)
    assert ending.end(of, LookRow.get_by_id(of.number), NOW) == (1, 0)
    assert not open_ones() and Task.get().closed_on == NOW
    assert ending.end(of, LookRow.get_by_id(of.number), NOW) == (0, 0)


def test_vs3_a_change_of_the_record_or_the_end_of_the_deal_closes_it() -> None:
    deal = made.opportunity(made.account("Heron Toys"), "License")
    changed = event(table="CRMOpportunities", ends_by="a change of the record")
    closed = event(table="CRMOpportunities", ends_by="the end of the deal")
    make(changed, deal.number), make(closed, deal.number)
    since, later = look(changed), look(closed)
    with work.unit("Change", by="ADMIN"):
        held = Opportunity.get_by_id(deal.number)
        held.description = "More of it"
        held.save()
    assert (ending.end(changed, since, NOW), ending.end(closed, later, NOW)) == ((1, 0), (0, 0))
    with work.unit("Close", by="ADMIN"):
        held.closed = True
        held.save()
    assert ending.end(closed, later, NOW) == (1, 0)


def test_vs3_a_call_that_reached_somebody_closes_it() -> None:
    lead = leads.create({"description": "Heron wants more", "owner": "ADMIN"}, "ADMIN")
    of = event(table="CRMLeads", ends_by="a call that reached somebody")
    make(of, lead.number)
    since = look(of)
    for reached, closed in ((False, 0), (True, 1)):
        called(lead, reached)
        assert ending.end(of, since, NOW) == (closed, 0)


def called(lead: Lead, reached: bool) -> None:
    from channergy_crm.records import PhoneCall

    with work.unit("A call", by="ADMIN"):
        PhoneCall.create(lead=lead.number, operator="ADMIN", direction="out", started=NOW, reached=reached)


def test_vs3_when_somebody_has_done_it_a_field_is_set_but_never_when_the_program_closed_it() -> None:
    first, second = made.account("Heron Toys"), made.account("Otter")
    of = event(ends_by="a change of the record", done_field="description", done_value="Called")
    make(of, first.number, second.number)
    since = look(of)
    tasks.close([Task.select().order_by(Task.number).first().number], "ADMIN")
    with work.unit("Change", by="ADMIN"):
        second.website = "www.example.com"
        second.save()
    assert ending.end(of, since, NOW) == (1, 1)
    assert ending.end(of, look(of), NOW) == (0, 0)
    assert (Account.get_by_id(first.number).description, Account.get_by_id(second.number).description) == ("Called", "")
    assert work.UnitRow.select().order_by(work.UnitRow.number.desc()).first().by == "Events"


def test_dp3_who_is_anonymised_is_named_in_no_follow_up_any_more() -> None:
    held = made.account("Heron Toys")
    contact = made.contact(held, "Adalbert", "Quxhill")
    told = "Call {{ contact.first_name }} {{ contact.last_name }}"
    make(event(table="CustomerContacts", action=told, notes="about {{ contact.last_name }}"), contact.number)
    assert Task.get().action == "Call Adalbert Quxhill"
    anonymising.anonymise(Contact, contact.number, "asked", "ADMIN", along=False)
    task = Task.get()
    assert "Quxhill" not in f"{task.action} {task.notes} {task.search_text}" and task.account == held.number
    assert not FollowUp.select().exists()
