"""Reminders that come up by themselves: each once for its very moment, whatever clocks and programs do (C9, BX-15)."""

from __future__ import annotations

import random
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from channergy_crm import clock
from channergy_crm.records import Lead, Task
from channergy_crm.records.shown_reminders import ShownRow
from channergy_crm.services import accounts, due, leads, office, operators, reminders, saving, tasks
from channergy_crm.settings import DAY_BEGINS
from channergy_crm.store import database

HERE, THERE = "a window", "another window"
MONDAY = date(2026, 11, 23)
pytestmark = pytest.mark.usefixtures("office")


def lead(day: date | None, at: time | None = None, owner: str = "ADMIN", **more: Any) -> int:
    """A lead with a reminder."""
    known = {"description": "Call about the offer", "reminder_date": day, "reminder_time": at, "owner": owner}
    return int(leads.create(known | more, "ADMIN").number)


def task(day: date | None, at: time | None = None) -> int:
    """A task with a reminder."""
    held = accounts.start_task("ADMIN")
    held.action, held.reminder_date, held.reminder_time = "Send the price list", day, at
    return int(tasks.save(held, "ADMIN").number)


def at(moment: datetime, holder: str = HERE, before: int = 0) -> due.Come:
    """What comes up at this moment."""
    with clock.fixed(moment):
        return due.come("ADMIN", holder, before)


def of(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute)


def test_bx15_a_reminder_comes_up_at_its_minute_and_once() -> None:
    key = lead(MONDAY, time(15, 20), first_name="Chiara", last_name="Zielinski", company="Millstone")
    assert at(of(MONDAY, 15, 19)) == due.NOTHING._replace(next=of(MONDAY, 15, 20))
    come = at(of(MONDAY, 15, 20))
    assert (come.new, come.here, come.missed, come.next) == (1, 1, 1, None)
    (one,) = come.first
    assert (one.record, one.number, one.due, one.title) == (Lead, key, of(MONDAY, 15, 20), "Call about the offer")
    assert one.who == "Chiara Zielinski · Millstone"
    assert at(of(MONDAY, 15, 21)).new == 0  # once
    assert at(of(MONDAY, 15, 22)).here == 1  # and stands there until it is answered


def test_bx15_two_programs_and_a_restart_show_it_once_and_the_missed_ones_can_be_brought_over() -> None:
    lead(MONDAY, time(10))
    task(MONDAY, time(10))
    assert [at(of(MONDAY, 10), holder).new for holder in (HERE, THERE, "after a restart")] == [2, 0, 0]
    late = at(of(MONDAY, 11), THERE)
    assert (late.here, late.missed) == (0, 2)
    due.gather("ADMIN", THERE)
    assert at(of(MONDAY, 11), THERE).here == 2
    assert at(of(MONDAY, 11), HERE).here == 0


def test_bx15_put_off_or_changed_it_comes_up_again_at_the_new_moment() -> None:
    key = task(MONDAY, time(10))
    assert at(of(MONDAY, 10)).new == 1
    with clock.fixed(of(MONDAY, 10, 1)):
        reminders.snooze(Task, [key], MONDAY, "ADMIN", time(10, 11))
        assert due.standing("ADMIN", HERE).here == 0
    assert at(of(MONDAY, 10, 10)).new == 0
    assert at(of(MONDAY, 10, 11)).new == 1
    with clock.fixed(of(MONDAY, 10, 12)):
        tasks.close([key], "ADMIN")
        assert due.standing("ADMIN", HERE).here == 0
        saving.undo_latest("ADMIN")
        assert due.standing("ADMIN", HERE).here == 1  # it stands there again, and is not shown as new
    assert at(of(MONDAY, 10, 13)).new == 0


def test_bx15_gone_to_it_stands_there_no_more_but_stays_late() -> None:
    key = lead(MONDAY, time(10))
    at(of(MONDAY, 10))
    with clock.fixed(of(MONDAY, 10, 1)):
        due.answer(Lead, key, "ADMIN")
        assert due.standing("ADMIN", HERE) == due.NOTHING
        assert reminders.due("ADMIN") == (1, 0)


def test_bx15_gone_to_one_of_them_the_others_stand_there_the_latest_day_first_then_by_their_time() -> None:
    key, other = lead(MONDAY, time(9)), lead(MONDAY, time(8, 30), description="Early")
    of_task, day = task(MONDAY, time(9, 45)), lead(MONDAY - timedelta(days=1), time(7), description="Yesterday")
    assert key == of_task, "one number in two tables"
    shown = [(one.record, one.number) for one in at(of(MONDAY, 10)).first]
    assert shown == [(Lead, other), (Lead, key), (Task, of_task)]
    with clock.fixed(of(MONDAY, 10, 1)):
        due.answer(Lead, key, "ADMIN")
        left = due.standing("ADMIN", HERE)
        assert [(one.record, one.number) for one in left.first] == [(Lead, other), (Task, of_task), (Lead, day)]
        due.gather("ADMIN", THERE)
        assert ShownRow.get(ShownRow.answered.is_null(False)).holder == HERE, "what was answered stays where it was"


def test_bx15_a_day_without_a_time_comes_up_when_the_working_day_begins() -> None:
    lead(MONDAY)
    assert at(of(MONDAY, 8, 59)).next == of(MONDAY, 9)
    office.choose(DAY_BEGINS, "08:00", "ADMIN")
    assert at(of(MONDAY, 8, 0)).new == 1
    office.choose(DAY_BEGINS, "10:00", "ADMIN")
    assert at(of(MONDAY, 10)).new == 0  # the same moment, however early the day begins
    assert at(of(MONDAY, 9, 50), before=10).here == 1


def test_bx15_only_one_s_own_open_ones_come_up_and_some_minutes_before_where_wanted() -> None:
    operators.add("ANN", "Ann Lee", "ADMIN")
    lead(MONDAY, time(10), owner="ANN")
    lead(MONDAY, time(10), call_status="Lost")
    lead(None)
    assert at(of(MONDAY, 12)).new == 0
    lead(MONDAY, time(14))
    assert at(of(MONDAY, 12), before=10).next == of(MONDAY, 13, 50)
    assert at(of(MONDAY, 13, 50), before=10).new == 1


def test_c8_a_time_the_clocks_leave_out_in_spring_and_the_hour_they_have_twice_in_autumn() -> None:
    spring, autumn = date(2026, 3, 8), date(2026, 11, 1)
    lead(spring, time(2, 30))
    assert at(of(spring, 1, 59)).new == 0
    assert at(of(spring, 3, 0)).new == 1  # a minute later
    lead(autumn, time(1, 30))
    shown = [at(of(autumn, 1, minute)).new for minute in (29, 30, 59)] + [at(of(autumn, 1, 0)).new]
    assert shown + [at(of(autumn, 1, minute)).new for minute in (29, 30, 31)] == [0, 1, 0, 0, 0, 0, 0]


def test_bx15_two_hundred_over_a_clock_change_a_sleep_and_clocks_set_forth_and_back_each_once() -> None:
    """Two programs look every twenty seconds; the machine sleeps from five to eight; a clock is set wrong and right."""
    chance, day = random.Random(11), date(2026, 10, 25)
    begins = of(day, 0)
    moments = [begins + timedelta(minutes=chance.randrange(20 * 60)) for _ in range(200)]
    keys = [(lead if chance.random() < 0.5 else task)(each.date(), each.time()) for each in moments]
    shown = 0
    walls = [begins + timedelta(minutes=minute) for minute in range(3 * 60)]
    walls += [begins + timedelta(hours=2, minutes=minute) for minute in range(3 * 60)]  # three o'clock is two again
    walls += [begins + timedelta(hours=8, minutes=minute) for minute in range(0, 4 * 60, 7)]  # it has slept
    walls += [begins + timedelta(hours=17), begins + timedelta(hours=12)]
    walls += [begins + timedelta(hours=12, minutes=minute) for minute in range(0, 9 * 60, 20)]
    for place, wall in enumerate(walls[::3]):
        come = at(wall, (HERE, THERE)[place % 2])
        shown += come.new
    assert shown == len(keys) == ShownRow.select().count()


def test_bx15_thousands_at_once_are_three_and_a_number() -> None:
    with database.writing():
        wanted = {"description": "x", "owner": "ADMIN", "reminder_date": MONDAY, "reminder_time": time(10)}
        Lead.insert_many([wanted] * 1000).execute()
    come = at(of(MONDAY, 10))
    assert (come.new, come.here, len(come.first)) == (1000, 1000, 3)
    with clock.fixed(of(MONDAY, 10, 1)):
        assert due.snooze_all(of(MONDAY, 10, 11), "ADMIN", HERE).records == 1000
        assert due.standing("ADMIN", HERE) == due.NOTHING
        saving.undo_latest("ADMIN")  # one step
        assert due.standing("ADMIN", HERE).here == 1000


def test_bx15_what_came_up_long_ago_is_forgotten_unless_it_still_stands_so() -> None:
    gone, stays = lead(MONDAY, time(10)), lead(MONDAY, time(10))
    at(of(MONDAY, 10))
    later = of(MONDAY, 10) + due.KEPT_FOR + timedelta(days=1)
    with clock.fixed(later):
        reminders.close_lead(gone, "ADMIN")
        due.prune("ADMIN")
    assert [row.number for row in ShownRow.select()] == [stays]
    assert at(later).new == 0


def test_c8_the_clock_there_stands_beside_it_where_it_shows_another_time() -> None:
    lead(MONDAY, time(10), phone="512-555-0162", time_zone="Asia/Tokyo")
    lead(MONDAY, time(11), phone="", time_zone="")
    far, near = at(of(MONDAY, 12)).first
    assert far.there and far.there != "12:00"
    assert near.there == ""


@pytest.mark.parametrize(
    ("day", "then"), [(date(2026, 11, 26), date(2026, 11, 27)), (date(2026, 11, 27), date(2026, 11, 30))]
)
def test_bx15_the_next_working_day_passes_over_the_weekend(day: date, then: date) -> None:
    assert due.next_working_day(day) == then
