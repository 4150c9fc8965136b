"""Entries moved, lengthened and copied: one, all that follow, a whole series; each step undone at once (K18)."""

from __future__ import annotations

from datetime import date, time
from typing import Any

import pytest

from channergy_crm.errors import Clash, Mistake, Refused
from channergy_crm.records import Task
from channergy_crm.services import operators, saving, tasks
from channergy_crm.services.calendar import making, moving
from channergy_crm.services.calendar.making import Person
from tests.domain.secured import ANN, CY, Secured
from tests.domain.test_calendar_entries import BY, MONDAY, days, entry, somebody

pytestmark = pytest.mark.usefixtures("office", "fixed_clock")
LAST = date(2026, 12, 21)


def stands(last: date = LAST) -> list[tuple[int, str, str]]:
    return [(one.task, f"{one.day:%m-%d}", f"{one.at:%H:%M}" if one.at else "") for one in days(MONDAY, last)]


@pytest.fixture
def weekly() -> int:
    """A series from Monday on, with a guest."""
    contact = somebody()
    return entry(
        MONDAY, time(9), 30, repeats="FREQ=WEEKLY", guests=making.people(type(contact), [contact.number], BY)
    ).number


def undone(before: list[Any]) -> None:
    saving.undo_latest(BY)
    assert stands() == before


def test_one_is_moved_and_undone() -> None:
    key = entry().number
    before = stands()
    moved = moving.move(key, date(2026, 11, 24), time(8, 30), BY, stood=(MONDAY, time(14)))
    assert stands() == [(key, "11-24", "08:30")] and moved == moving.Moved(key, moved.unit) and moved.unit
    undone(before)
    moving.move(key, None, time(8), BY)
    assert stands() == [] and Task.find(key).reminder_time is None


def test_a_planned_one_becomes_a_task_of_its_own_and_the_series_leaves_its_day_out(weekly: int) -> None:
    before = stands()
    moved = moving.move(weekly, date(2026, 12, 1), time(11), BY, planned=date(2026, 11, 30))
    assert stands() == [
        (weekly, "11-23", "09:00"), (moved.task, "12-01", "11:00"), (weekly, "12-07", "09:00"),
        (weekly, "12-14", "09:00"), (weekly, "12-21", "09:00"),
    ]  # fmt: skip
    assert Task.find(weekly).left_out == "2026-11-30" and Task.find(moved.task).repeats == ""
    assert [one.name for one in making.guests_of(moved.task, BY)] == ["Ray"]
    with pytest.raises(Mistake, match="does not come on 2026-11-30 any more"):
        moving.move(weekly, date(2026, 12, 2), None, BY, planned=date(2026, 11, 30))
    undone(before)


def test_all_that_follow_end_the_series_and_begin_a_new_one(weekly: int) -> None:
    before = stands()
    made = moving.move_following(weekly, date(2026, 12, 8), time(10), BY, planned=date(2026, 12, 7)).task
    assert stands() == [
        (weekly, "11-23", "09:00"), (weekly, "11-30", "09:00"), (made, "12-08", "10:00"), (made, "12-15", "10:00"),
    ]  # fmt: skip
    assert Task.find(weekly).repeats == "FREQ=WEEKLY;UNTIL=20261206"
    undone(before)


def test_of_so_many_those_that_are_left_follow() -> None:
    key = entry(MONDAY, time(9), repeats="FREQ=WEEKLY;BYDAY=MO;COUNT=5").number
    made = moving.move_following(key, date(2026, 12, 9), time(9), BY, planned=date(2026, 12, 7)).task
    assert Task.find(made).repeats == "FREQ=WEEKLY;BYDAY=WE;COUNT=3"


def test_a_whole_series_is_moved_with_its_days_left_out(weekly: int) -> None:
    moving.take_out(weekly, date(2026, 12, 7), BY)
    before = stands()
    moving.move_all(weekly, date(2026, 12, 1), time(10), BY, planned=date(2026, 11, 30))
    assert stands() == [(weekly, "11-24", "10:00"), (weekly, "12-01", "10:00"), (weekly, "12-15", "10:00")]
    undone(before)
    other = entry(MONDAY, time(9), repeats="FREQ=MONTHLY;BYMONTHDAY=-1").number
    with pytest.raises(Mistake, match="cannot be moved to other days"):
        moving.move_all(other, date(2026, 11, 24), time(9), BY)


def test_the_next_one_of_a_series_is_put_off_or_stands_alone_with_another_time(weekly: int) -> None:
    before = stands()
    moving.move(weekly, date(2026, 11, 24), time(9), BY)
    assert stands()[:2] == [(weekly, "11-24", "09:00"), (weekly, "11-30", "09:00")]
    undone(before)
    moving.move(weekly, MONDAY, time(15), BY)
    assert stands()[:2] == [(weekly, "11-23", "15:00"), (weekly + 1, "11-30", "09:00")]
    assert (Task.find(weekly).repeats, Task.find(weekly + 1).repeats) == ("", "FREQ=WEEKLY")
    undone(before)
    moving.lengthen(weekly, 90, BY)
    assert [one.minutes for one in days(last=LAST)] == [90, 30, 30, 30, 30]
    undone(before)
    moving.lengthen_all(weekly, 45, BY)
    assert {one.minutes for one in days(last=LAST)} == {45}
    with pytest.raises(Mistake, match="must be between 0 and"):
        moving.lengthen(weekly, -5, BY)


def test_a_day_is_left_out_a_series_ended_one_taken_out_and_copied(weekly: int) -> None:
    moving.take_out(weekly, None, BY)
    assert stands()[0] == (weekly, "11-30", "09:00")
    moving.end_before(weekly, date(2026, 12, 14), BY)
    assert [day for _task, day, _at in stands()] == ["11-30", "12-07"]
    alone = moving.single_out(weekly, date(2026, 12, 7), BY).task
    copy = moving.copy_to(alone, date(2026, 12, 10), time(16), BY).task
    assert stands() == [(weekly, "11-30", "09:00"), (alone, "12-07", "09:00"), (copy, "12-10", "16:00")]
    assert [one.guests for one in days()] == [1, 1, 1]
    with pytest.raises(Mistake, match="No day of this series follows"):
        moving.take_out(weekly, None, BY)


def test_what_somebody_else_has_moved_meanwhile_is_told_and_nothing_is_lost() -> None:
    key = entry().number
    moving.move(key, date(2026, 11, 25), time(14), BY)
    with pytest.raises(Clash, match="ADMIN changed Talk") as clash:
        moving.move(key, date(2026, 11, 26), time(14), BY, stood=(MONDAY, time(14)))
    (one,) = clash.value.differences
    assert (one.name, one.base, one.mine, one.theirs) == (
        "reminder_date", MONDAY, date(2026, 11, 26), date(2026, 11, 25),
    )  # fmt: skip
    assert stands() == [(key, "11-25", "14:00")]
    moving.move(key, date(2026, 11, 25), time(14), BY, stood=(MONDAY, time(14)))
    moving.lengthen(key, 90, BY)
    with pytest.raises(Clash):
        moving.lengthen(key, 30, BY, lasted=60)
    held = Task.find(key)
    held.place = "Hall 3"
    moving.move(key, date(2026, 11, 27), time(8), BY)
    making.save(held, [Person("Operators", BY)], BY)
    assert (Task.find(key).place, stands()) == ("Hall 3", [(key, "11-27", "08:00")]), "both are kept"
    saving.delete(Task.find(key), BY)
    with pytest.raises(Mistake, match="not there any more"):
        moving.move(key, MONDAY, None, BY)
    assert tasks.close([key], BY) == 0


# ---------------------------------------------------------------- given to somebody else


def test_vt42_one_is_given_to_somebody_else_who_is_no_guest_of_it_any_more_and_back_by_one_undo() -> None:
    operators.add("BEA", "Bea", BY)
    key = entry(guests=[Person("Operators", "BEA")]).number
    moving.move(key, date(2026, 11, 24), time(9), BY, owner="BEA")
    (one,) = days(owners=["BEA"])
    assert (one.task, one.day, one.owner, one.guest) == (key, date(2026, 11, 24), "BEA", False)
    assert making.guests_of(key, BY) == [] and days() == []
    saving.undo_latest(BY)
    (one,) = days(owners=["BEA"])
    assert (one.day, one.guest) == (MONDAY, True) and [one.owner for one in days()] == [BY]
    with pytest.raises(Mistake, match="no active operator NOBODY"):
        moving.move(key, MONDAY, time(14), BY, owner="NOBODY")


def test_vt42_of_a_series_one_turn_or_all_that_follow_are_given_away(weekly: int) -> None:
    operators.add("BEA", "Bea", BY)
    before = stands()
    moving.move(weekly, MONDAY, time(9), BY, owner="BEA")
    assert [(one.day.day, one.planned) for one in days(MONDAY, LAST, ["BEA"])] == [(23, False)], "the next one alone"
    undone(before)
    moving.move(weekly, date(2026, 11, 30), time(9), BY, planned=date(2026, 11, 30), owner="BEA")
    assert [one.day.day for one in days(MONDAY, LAST, ["BEA"])] == [30]
    undone(before)
    moving.move_following(weekly, date(2026, 12, 7), time(9), BY, planned=date(2026, 12, 7), owner="BEA")
    assert [one.day.day for one in days(MONDAY, LAST, ["BEA"])] == [7, 14, 21]
    undone(before)


def test_vt42_who_may_not_change_an_entry_gives_it_to_nobody() -> None:
    held = Secured()
    held.let({"use": "all", "view": "all", "edit": "own"})
    foreign, own = entry(owner=CY).number, entry(owner=ANN).number
    with pytest.raises(Refused):
        moving.move(foreign, MONDAY, time(14), ANN, owner=ANN)
    moving.move(own, MONDAY, time(14), ANN, owner=CY)
    assert Task.find(own).owner == CY


def test_vt42_a_copy_stands_on_its_own_with_the_same_guests_also_in_another_calendar(weekly: int) -> None:
    operators.add("BEA", "Bea", BY)
    before = stands()
    made = moving.copy_to(weekly, date(2026, 12, 2), time(8), BY, planned=date(2026, 11, 30), owner="BEA").task
    (one,) = [each for each in days(MONDAY, LAST, ["BEA"]) if not each.planned]
    assert (one.task, one.day, one.at, one.owner, one.repeats) == (made, date(2026, 12, 2), time(8), "BEA", False)
    assert [guest.name for guest in making.guests_of(made, BY)] == ["Ray"]
    undone(before)
    with pytest.raises(Mistake, match="not there any more"):
        moving.copy_to(999, MONDAY, None, BY)


def test_vt42_what_is_only_seen_is_copied_into_ones_own_calendar() -> None:
    held = Secured()
    held.let({"use": "all", "view": "all", "edit": "own", "create": "own"})
    foreign = entry(owner=CY).number
    made = moving.copy_to(foreign, MONDAY, time(9), ANN, owner=ANN).task
    assert Task.find(made).owner == ANN and Task.find(foreign).reminder_time == time(14)
