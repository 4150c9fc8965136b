"""Reminders: whose, which, how they stand on the office's clock, closed and brought back (CH-10 … CH-16)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest

from channergy_crm import clock, work
from channergy_crm.errors import Mistake
from channergy_crm.query.listing import Listing, ListQuery
from channergy_crm.records import Lead, Task
from channergy_crm.services import accounts, conversion, leads, operators, reminders, saving, tasks

NOW = datetime(2026, 11, 23, 10, 0)
TODAY = NOW.date()
DAY = timedelta(days=1)

pytestmark = pytest.mark.usefixtures("fixed_clock")


@pytest.fixture(autouse=True)
def ann(office: object, operator: str) -> str:
    """A colleague."""
    operators.add("ANN", "Ann Lee", operator)
    return "ANN"


def task_of(owner, action="Ring", day=None, at=None, **more):
    """A task of that operator."""
    task = accounts.start_task(owner)
    task.action, task.reminder_date, task.reminder_time = action, day, at
    for name, value in more.items():
        setattr(task, name, value)
    return tasks.save(task, owner)


def lead_of(owner, day=None, at=None, **more):
    """A lead of that operator."""
    known = {"description": "x", "reminder_date": day, "reminder_time": at, "owner": owner, **more}
    return leads.create(known, owner)


def task_numbers(condition):
    return [task.number for task in Task.select().where(condition).order_by(Task.number)]


def lead_numbers(condition):
    return [lead.number for lead in Lead.select().where(condition).order_by(Lead.number)]


# ---------------------------------------------------------------- which stand where


def test_ch11_ch12_task_reminders_are_the_open_tasks_with_a_date(operator):
    dated = task_of(operator, day=TODAY)
    plain = task_of(operator)
    closed = task_of(operator, day=TODAY, closed=True)
    assert task_numbers(reminders.task_reminders(operator)) == [dated.number]
    assert task_numbers(reminders.open_tasks(operator)) == [dated.number, plain.number]
    assert closed.number not in task_numbers(reminders.open_tasks(operator))


def test_ch11_ch12_rows_of_the_suite_are_none_of_them(operator):
    with work.unit("As the suite writes", by=operator):
        Task.create(action="Return of a parcel", owner=operator, is_crm=False, reminder_date=TODAY)
    assert task_numbers(reminders.task_reminders(operator)) == task_numbers(reminders.open_tasks(operator)) == []
    assert reminders.due(operator)[0] == 0


def test_ch13_vt77_lead_reminders_are_the_working_leads_with_a_date(operator):
    dated = lead_of(operator, TODAY)
    lead_of(operator)
    removed, converted = lead_of(operator, TODAY), lead_of(operator, TODAY)
    leads.remove(removed.number, operator)
    conversion.convert(converted.number, operator)
    assert lead_numbers(reminders.lead_reminders(operator)) == [dated.number]
    assert len(task_numbers(reminders.task_reminders(operator))) == 1, "the converted lead reminds as a task"


def test_ch6_ch16_only_ones_own(operator, ann):
    mine, hers = task_of(operator, day=TODAY), task_of(ann, day=TODAY)
    my_lead, her_lead = lead_of(operator, TODAY), lead_of(ann, TODAY)
    for owner, task, lead in ((operator, mine, my_lead), (ann, hers, her_lead)):
        assert task_numbers(reminders.task_reminders(owner)) == [task.number]
        assert task_numbers(reminders.open_tasks(owner)) == [task.number]
        assert lead_numbers(reminders.lead_reminders(owner)) == [lead.number]
        assert reminders.due(owner) == (0, 2)


# ---------------------------------------------------------------- how they stand

STANDING = [
    (TODAY - DAY, None, "overdue"),
    (TODAY - DAY, time(23, 59), "overdue"),
    (TODAY, None, "due"),
    (TODAY, time(0, 0), "due"),
    (TODAY, time(9, 59), "due"),
    (TODAY, time(10, 0), "due"),
    (TODAY, time(10, 1), "today"),
    (TODAY, time(23, 59), "today"),
    (TODAY + DAY, time(0, 0), "coming"),
    (TODAY + DAY, None, "coming"),
    (date(2027, 1, 1), time(9), "coming"),
    (None, None, None),
]


@pytest.mark.parametrize(("day", "at", "standing"), STANDING)
def test_ch11_ch13_overdue_due_today_and_coming_are_told_apart(operator, day, at, standing):
    assert reminders.state(day, at) == standing
    task_of(operator, day=day, at=at)
    lead_of(operator, day, at)
    late, soon = reminders.due(operator)
    assert late == (2 if standing == "overdue" or (standing == "due" and at) else 0), "the store counts the same"
    assert soon == (2 if standing == "today" or (standing == "due" and not at) else 0)


@pytest.mark.parametrize(
    ("moment", "due"),
    [
        (NOW, 0),
        (NOW.replace(hour=14, minute=29, second=59), 0),
        (NOW.replace(hour=14, minute=30), 2),
        (NOW.replace(hour=23, minute=59), 2),
        (NOW + DAY, 2),
        (NOW - DAY + timedelta(hours=9), 0),
    ],
)
def test_ch11_ch13_the_count_changes_the_minute_a_reminder_falls_due(operator, moment, due):
    task_of(operator, day=TODAY, at=time(14, 30))
    lead_of(operator, TODAY, time(14, 30))
    with clock.fixed(moment):
        assert reminders.due(operator)[0] == due


def test_ch10_over_midnight_today_becomes_overdue(operator):
    task_of(operator, day=TODAY, at=time(23, 30))
    with clock.fixed(datetime(2026, 11, 23, 23, 59)):
        assert reminders.state(TODAY, time(23, 30)) == "due"
    with clock.fixed(datetime(2026, 11, 24, 0, 0)):
        assert reminders.state(TODAY, time(23, 30)) == "overdue"
        assert reminders.due(operator)[0] == 1


def test_f51_the_days_of_reminders_put_their_sections_in_order_so_that_an_index_may(operator, office):
    soon, gone = time(11), time(9)
    task_of(operator)
    for day in (TODAY + DAY, TODAY, TODAY - DAY):
        for at in (soon, None, gone):
            task_of(operator, day=day, at=at)
    listing = Listing(office.list_reader())
    order = [("reminder_date", False), ("reminder_time", False)]
    query = ListQuery(Task, ("reminder_date",), reminders.open_tasks(operator), order=order,
                      parts=reminders.conditions(Task))  # fmt: skip
    along = replace(query, along="reminder_date")
    assert [row.key for row in listing.first(along)] == [row.key for row in listing.first(query)]
    if office.engine == "sqlite":
        sql, params = along.ordered(along.select(Task.number)).limit(200).sql()
        plan = office.database.execute_sql(f"EXPLAIN QUERY PLAN {sql}", params).fetchall()  # sql: compiled by peewee
        assert not any("B-TREE FOR ORDER BY" in step[3] for step in plan), plan
    listing.close()


# ---------------------------------------------------------------- closed, with undo (CH-15)


def test_ch15_closing_a_task_takes_it_off_and_undo_brings_it_back(operator):
    task = task_of(operator, day=TODAY, at=time(9))
    reminders.close_task(task.number, operator)
    assert Task.find(task.number).closed
    assert task_numbers(reminders.open_tasks(operator)) == []
    assert reminders.due(operator)[0] == 0
    with pytest.raises(Mistake, match="closed already"):
        reminders.close_task(task.number, operator)
    saving.undo_latest(operator)
    again = Task.find(task.number)
    assert (again.closed, again.reminder_date, again.reminder_time) == (False, TODAY, time(9))
    assert reminders.due(operator)[0] == 1


def test_ch15_closing_the_reminder_of_a_lead_keeps_the_lead_and_undo_brings_the_reminder_back(operator):
    lead = lead_of(operator, TODAY, time(9), notes="kept")
    reminders.close_lead(lead.number, operator)
    again = Lead.find(lead.number)
    assert (again.reminder_date, again.reminder_time, again.notes, again.removed) == (None, None, "kept", False)
    assert lead_numbers(reminders.lead_reminders(operator)) == []
    assert reminders.due(operator)[0] == 0
    saving.undo_latest(operator)
    assert (Lead.find(lead.number).reminder_date, Lead.find(lead.number).reminder_time) == (TODAY, time(9))
    saving.redo_latest(operator)
    assert Lead.find(lead.number).reminder_date is None


def test_ch15_what_is_gone_is_said_in_a_sentence(operator):
    with pytest.raises(Mistake, match="not there any more"):
        reminders.close_lead(99, operator)
    with work.unit("As the suite writes", by=operator):
        foreign = Task.create(action="Return", owner=operator, is_crm=False)
    with pytest.raises(Mistake, match="suite"):
        reminders.close_task(foreign.number, operator)


# ---------------------------------------------------------------- the number behind a reminder (CH-45)


def test_ch45_the_number_behind_a_reminder_is_the_leads_or_that_of_the_tasks_account(operator):
    lead = lead_of(operator, TODAY, phone="504-621-8927")
    assert reminders.phone_behind(Lead, lead.number, "ADMIN") == "504-621-8927"
    made = conversion.convert(lead.number, operator)
    (task,) = Task.select().where(Task.opportunity == made.opportunity.number)
    assert reminders.phone_behind(Task, task.number, "ADMIN") == "504-621-8927"
    assert reminders.phone_behind(Task, task_of(operator).number, "ADMIN") == ""
    assert reminders.phone_behind(Task, 99, "ADMIN") == ""
