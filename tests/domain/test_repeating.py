"""Tasks that come again, by a rule or so long after they were done (BX-21)."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

import pytest

from channergy_crm import clock, work
from channergy_crm.errors import Mistake
from channergy_crm.records import Task
from channergy_crm.services import accounts, reminders, saving, tasks
from channergy_crm.text import repeats, series

READ = {
    "daily": "FREQ=DAILY", "every day": "FREQ=DAILY", "täglich": "FREQ=DAILY", "every 3 days": "FREQ=DAILY;INTERVAL=3",
    "every weekday": repeats.WORKDAYS, "jeden Werktag": repeats.WORKDAYS, "weekly": "FREQ=WEEKLY",
    "Every 2 weeks": "FREQ=WEEKLY;INTERVAL=2", "every other week": "FREQ=WEEKLY;INTERVAL=2",
    "alle zwei Wochen": "FREQ=WEEKLY;INTERVAL=2", "every monday": "FREQ=WEEKLY;BYDAY=MO",
    "jeden Freitag": "FREQ=WEEKLY;BYDAY=FR", "monthly": "FREQ=MONTHLY", "last day of month": repeats.LAST_DAY,
    "Monatsende": repeats.LAST_DAY, "last working day of the month": repeats.LAST_WORKDAY,
    "quarterly": "FREQ=MONTHLY;INTERVAL=3", "jährlich": "FREQ=YEARLY", "14 days after done": "AFTER=14D",
    "in 14 days": "AFTER=14D", "done → 2 weeks": "AFTER=2W", "when done, next in 3 months": "AFTER=3M",
    "14 Tage nach Erledigung": "AFTER=14D", "FREQ=WEEKLY;BYDAY=MO,TH": "FREQ=WEEKLY;BYDAY=MO,TH", " ": "",
    "every week until 24 Dec 2026": "FREQ=WEEKLY;UNTIL=20261224", "every day, 5 times": "FREQ=DAILY;COUNT=5",
    "jede Woche bis 24.12.2026": "FREQ=WEEKLY;UNTIL=20261224", "täglich, 5-mal": "FREQ=DAILY;COUNT=5",
    "every monday for 3 times": "FREQ=WEEKLY;BYDAY=MO;COUNT=3", "weekly till 2027-01-01": "FREQ=WEEKLY;UNTIL=20270101",
    "RRULE:FREQ=WEEKLY;COUNT=4;BYDAY=MO": "FREQ=WEEKLY;BYDAY=MO;COUNT=4",
    "FREQ=WEEKLY;UNTIL=20270101T000000Z": "FREQ=WEEKLY;UNTIL=20270101",
}  # fmt: skip


@pytest.mark.parametrize(("typed", "rule"), READ.items())
def test_bx21_a_turn_is_typed_in_words_and_what_is_shown_is_read_again(typed: str, rule: str) -> None:
    assert repeats.read(typed) == rule
    assert repeats.read(repeats.words(rule)) == rule


@pytest.mark.parametrize(
    "typed",
    [
        "now and then", "every 0 days", "FREQ=HOURLY", "FREQ=WEEKLY;UNTIL=20260230", "RRULE:", "every ² weeks",
        "FREQ=DAILY;INTERVAL=0", "FREQ=DAILY;BYSETPOS=300", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "every 999 years",
        "999 years after done", "FREQ=DAILY\nRRULE:FREQ=WEEKLY", "every week until whenever", "every day, 0 times",
        "AFTER=3D;COUNT=2", "FREQ=DAILY;UNTIL=20261224;COUNT=3",
    ],
)  # fmt: skip
def test_bx21_what_is_no_turn_is_told(typed: str) -> None:
    with pytest.raises(Mistake, match="is no turn this can read"):
        repeats.read(typed)


@pytest.mark.parametrize(
    ("rule", "planned", "done", "then"),
    [
        ("FREQ=WEEKLY", date(2026, 11, 23), date(2026, 11, 24), date(2026, 11, 30)),
        ("FREQ=WEEKLY", date(2026, 11, 23), date(2026, 11, 20), date(2026, 11, 30)),  # done before its day
        ("FREQ=WEEKLY", date(2026, 11, 2), date(2026, 11, 24), date(2026, 11, 30)),  # what has gone by is not made up
        ("FREQ=DAILY", date(2026, 11, 20), date(2026, 11, 23), date(2026, 11, 23)),
        ("FREQ=DAILY", date(2026, 11, 20), date(2026, 11, 20), date(2026, 11, 21)),  # a Saturday, as the rule says
        (repeats.WORKDAYS, date(2026, 11, 27), date(2026, 11, 27), date(2026, 11, 30)),
        ("FREQ=MONTHLY", date(2026, 1, 31), date(2026, 1, 31), date(2026, 2, 28)),
        ("FREQ=MONTHLY", date(2026, 1, 30), date(2026, 3, 1), date(2026, 3, 30)),
        (repeats.LAST_DAY, date(2026, 2, 28), date(2026, 2, 28), date(2026, 3, 31)),
        (repeats.LAST_WORKDAY, date(2026, 1, 30), date(2026, 1, 30), date(2026, 2, 27)),
        ("FREQ=YEARLY", date(2024, 2, 29), date(2024, 2, 29), date(2025, 2, 28)),
        ("AFTER=14D", date(2026, 11, 2), date(2026, 11, 24), date(2026, 12, 8)),
        ("AFTER=1M", date(2026, 11, 2), date(2026, 1, 31), date(2026, 2, 28)),
    ],
)
def test_bx21_the_next_day(rule: str, planned: date, done: date, then: date) -> None:
    assert series.next_day(rule, planned, done) == then


def task(rule: str, day: date, **more: Any) -> int:
    """A task that comes again."""
    held = accounts.start_task("ADMIN")
    held.action, held.reminder_date, held.repeats = "Ring the bell", day, rule
    for name, value in more.items():
        setattr(held, name, value)
    return int(tasks.save(held, "ADMIN").number)


def rows() -> list[tuple[date | None, time | None, bool]]:
    return [(one.reminder_date, one.reminder_time, one.closed) for one in Task.select().order_by(Task.number)]


@pytest.mark.usefixtures("office")
@pytest.mark.parametrize("way", ["reminder", "cell"])
def test_bx21_done_makes_the_next_one_in_the_same_step_across_a_change_of_the_clocks(way: str) -> None:
    first, half_past = date(2026, 10, 19), time(9, 30)
    with clock.fixed(datetime(2026, 10, 20, 12)):
        key = task("FREQ=WEEKLY", first, reminder_time=half_past, notes="at the door", status="In Progress")
        if way == "reminder":
            reminders.close_task(key, "ADMIN")
        else:
            held = Task.find(key)
            assert held is not None
            held.closed = True
            tasks.save(held, "ADMIN")
        assert rows() == [(first, half_past, True), (date(2026, 10, 26), half_past, False)]
        made = Task.find(key + 1)
        assert made is not None
        assert (made.notes, made.status, made.owner, made.repeats) == ("at the door", "", "ADMIN", "FREQ=WEEKLY")
        saving.undo_latest("ADMIN")
        assert rows() == [(first, half_past, False)]


@pytest.mark.usefixtures("office")
def test_bx21_put_off_it_goes_on_from_the_day_it_was_planned_for() -> None:
    with clock.fixed(datetime(2026, 11, 23, 10)):
        key = task("FREQ=WEEKLY", date(2026, 11, 23))
        reminders.snooze(Task, [key], date(2026, 11, 25), "ADMIN")
    with clock.fixed(datetime(2026, 11, 25, 10)):
        tasks.close([key], "ADMIN")
        assert [row[0] for row in rows()] == [date(2026, 11, 25), date(2026, 11, 30)]
        tasks.reopen([key], "ADMIN")
        assert len(rows()) == 2  # opening it again makes none, and takes none away


@pytest.mark.usefixtures("office")
def test_bx21_a_chain_counts_from_the_day_it_was_done() -> None:
    with clock.fixed(datetime(2026, 11, 27, 10)):
        tasks.close([task("AFTER=14D", date(2026, 11, 23))], "ADMIN")
    assert rows()[1][0] == date(2026, 12, 11)


@pytest.mark.usefixtures("office")
@pytest.mark.parametrize(("due", "following"), [(date(2026, 11, 20), date(2026, 11, 27)), (None, date(2026, 11, 30))])
def test_bx21_without_a_planned_day_it_goes_on_from_its_reminder_or_from_today(
    due: date | None, following: date
) -> None:
    with clock.fixed(datetime(2026, 11, 23, 10)):
        key = task("FREQ=WEEKLY", due)
        with work.unit("As an office of before has them", by="ADMIN"):
            held = Task.find(key)
            held.planned_on = None
            held.save()
        tasks.close([key], "ADMIN")
    assert [row[0] for row in rows()] == [due, following]


@pytest.mark.usefixtures("office", "fixed_clock")
def test_bx21_whoever_is_done_says_the_next_step_and_its_day_and_undo_takes_both_back() -> None:
    key = task("", date(2026, 11, 20), notes="at the door", reminder_time=time(9))
    again = task("FREQ=WEEKLY", date(2026, 11, 23))
    with pytest.raises(Mistake, match="has passed"):
        tasks.close_and_go_on([key], date(2026, 11, 22), "ADMIN")
    assert tasks.close_and_go_on([key], date(2026, 11, 30), "ADMIN", "Ask for the order") == 1
    made = Task.select().order_by(Task.number.desc()).get()
    assert (made.action, made.reminder_date, made.reminder_time) == ("Ask for the order", date(2026, 11, 30), time(9))
    assert (made.notes, made.closed) == ("", False), "the notes were about what is done"
    assert tasks.close_and_go_on([key], date(2026, 11, 30), "ADMIN") == 0, "it is closed already"
    saving.undo_latest("ADMIN")
    assert rows() == [(date(2026, 11, 20), time(9), False), (date(2026, 11, 23), None, False)]
    tasks.close_and_go_on([key, again], date(2026, 12, 1), "ADMIN")
    follow = list(Task.select().where(~Task.closed).order_by(Task.number))
    assert [(one.action, one.notes, one.reminder_date, one.repeats) for one in follow] == [
        ("Ring the bell", "at the door", date(2026, 12, 1), ""),
        ("Ring the bell", "", date(2026, 12, 1), "FREQ=WEEKLY"),
    ]
