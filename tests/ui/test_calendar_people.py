"""Several people side by side in the calendar: an entry is given to somebody else by hand and by key (VT-42)."""

from __future__ import annotations

from datetime import date, time
from typing import Any

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QGuiApplication

from channergy_crm.records import Task
from channergy_crm.services import operators, saving
from channergy_crm.services.calendar import making
from channergy_crm.services.calendar.making import Person
from tests.ui.hands import KEY
from tests.ui.test_calendar_page import calendar, drag, named, page_of, stands, stored
from ui.pages.calendar.places import Slot

__all__ = ["calendar"]
pytestmark = [pytest.mark.engines("sqlite"), pytest.mark.usefixtures("american")]
TUESDAY = date(2026, 11, 24)
ACROSS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def side_by_side(calendar) -> Any:
    """The page of a day with two people, and who they are: whoever looks, and Bea."""
    by = calendar.window.session.by
    operators.add("BEA", "Bea Ray", "ADMIN")
    page = page_of(calendar)
    page.anchor, page.view = TUESDAY, "day"
    page.take("whose", [by, "BEA"], None)
    calendar.bot.waitUntil(lambda: page.views["day"].owners == (by, "BEA") and page.views["day"].isVisible())
    return page, by


def test_vt42_an_entry_is_dragged_to_somebody_else_and_given_back_by_key(calendar, side_by_side) -> None:
    page, by = side_by_side
    day = page.views["day"]
    taken = day.room_of(named(page, "Sample box")).center()
    drag(day, taken, taken + QPointF(day.grid.column(TUESDAY, "BEA")[1], day.grid.hour))
    assert (stored("Sample box").owner, stored("Sample box").reminder_time) == ("BEA", time(11))
    stands(calendar.bot, day, title="Sample box", owner="BEA")
    page.session.undo()
    assert (stored("Sample box").owner, stored("Sample box").reminder_time) == (by, time(10)), "one undo for both"
    stands(calendar.bot, day, title="Sample box", owner=by)
    calendar.bot.keyClick(day, KEY.Key_Right, ACROSS)
    stands(calendar.bot, day, title="Sample box", owner="BEA")
    calendar.bot.keyClick(day, KEY.Key_Right, ACROSS)
    assert stored("Sample box").owner == "BEA", "nobody stands further on"
    calendar.bot.keyClick(day, KEY.Key_Left, ACROSS)
    stands(calendar.bot, day, title="Sample box", owner=by)


def test_vt42_what_stands_with_a_guest_is_not_given_away_there_and_that_is_said(calendar, side_by_side) -> None:
    page, by = side_by_side
    day = page.views["day"]
    making.set_guests(stored("Sample box").number, [Person("Operators", "BEA")], by)
    page.reload()
    calendar.bot.waitUntil(lambda: any(each.guest for each in day.entries))
    guest = next(each for each in day.entries if each.guest)
    page.take("move", guest, Slot(TUESDAY, 600, by))
    assert stored("Sample box").owner == by and "only invited" in calendar.said()
    page.take("move", guest, Slot(TUESDAY, 660, "BEA"))
    assert (stored("Sample box").owner, stored("Sample box").reminder_time) == (by, time(11))
    saving.undo_latest(by)


def test_vt42_an_operator_answers_an_invitation_by_key_and_whose_it_is_sees_the_answer(calendar) -> None:
    by, bot = calendar.window.session.by, calendar.bot
    operators.add("BEA", "Bea Ray", "ADMIN")
    held = making.start("BEA", TUESDAY, time(12), 60, "meeting", "BEA")
    held.action = "Fair"
    held = making.save(held, [Person("Operators", by)], "BEA")
    page = page_of(calendar)
    week = page.views["week"]
    stands_there = named(page, "Fair")
    assert (stands_there.owner, stands_there.guest, stands_there.answer) == (by, True, "")
    week.setFocus()
    week.stand_on(stands_there)
    assert f"{by} is invited: not answered" in week.accessibleDescription()
    bot.keyClick(week, KEY.Key_N)
    stands(bot, week, title="Fair", guest=True, answers=((by, "no"),))
    assert week.hasFocus()
    page.take("card", week.current(), "keys")
    page.acting.card.guests.ways["yes"].click()
    assert [one.answer for one in making.guests_of(held.number, "BEA")] == ["yes"]
    page.session.undo()
    assert [one.answer for one in making.guests_of(held.number, "BEA")] == ["no"]


def test_vt42_the_card_names_the_guests_with_their_answers_and_others_are_invited_there(calendar) -> None:
    by, bot = calendar.window.session.by, calendar.bot
    operators.add("BEA", "Bea Ray", "ADMIN")
    number = stored("Sample box").number
    making.set_guests(number, [Person("Operators", "BEA")], by)
    making.answer(number, "maybe", "BEA")
    page = page_of(calendar)
    page.take("card", named(page, "Sample box"), "keys")
    card = page.acting.card
    assert card.guests.names.text() == "Bea Ray: may come"
    card.verbs["guests"].click()
    line = card.guests.line
    assert line.hasFocus() and line.text() == "Bea Ray"
    line.setText("Bea Ray, Nobody")
    bot.keyClick(line, KEY.Key_Return)
    assert "Nobody" in card.guests.below.said("guests") and card.isVisible()
    line.setText("")
    bot.keyClick(line, KEY.Key_Return)
    assert making.guests_of(number, by) == [] and not card.isVisible()


def test_vt42_an_entry_is_copied_and_pasted_into_another_calendar_and_made_twice(calendar, side_by_side) -> None:
    page, by = side_by_side
    day, bot = page.views["day"], calendar.bot
    day.setFocus()
    day.stand_at(Slot(TUESDAY, 900, "BEA"))
    QGuiApplication.clipboard().clear()
    bot.keyClick(day, KEY.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert "Copy an entry first" in calendar.said()
    day.stand_on(named(page, "Sample box"))
    bot.keyClick(day, KEY.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert "Sample box" in QGuiApplication.clipboard().text()
    day.stand_at(Slot(TUESDAY, 900, "BEA"))
    bot.keyClick(day, KEY.Key_V, Qt.KeyboardModifier.ControlModifier)
    stands(bot, day, title="Sample box", owner="BEA", at=time(15), minutes=60)
    assert Task.select().where(Task.action == "Sample box").count() == 2
    bot.keyClick(day, KEY.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert Task.select().where((Task.action == "Sample box") & (Task.owner == "BEA")).count() == 2
    stands(bot, day, title="Sample box", owner="BEA")
    page.session.undo()
    page.session.undo()
    assert Task.select().where(Task.action == "Sample box").count() == 1 and stored("Sample box").owner == by
