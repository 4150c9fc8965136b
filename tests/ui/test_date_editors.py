"""Editors of a day and of a time: what is typed, stepped and picked, and what is said when it cannot be read."""

from __future__ import annotations

from datetime import date, time

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QToolButton, QWidget

from tests.ui.gestures import alone, retype
from ui.editors.dates import DateEditor, TimeEditor

pytestmark = pytest.mark.usefixtures("american")
SATURDAY = date(2026, 11, 21)
KEY = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier


def day_editor():
    return DateEditor(today=lambda: SATURDAY)


@pytest.mark.parametrize(
    ("typed", "day", "text"),
    [
        ("tomorrow", date(2026, 11, 22), "Sun 11/22/2026"),
        ("fri", date(2026, 11, 27), "Fri 11/27/2026"),
        ("+3", date(2026, 11, 24), "Tue 11/24/2026"),
        ("23 nov", date(2026, 11, 23), "Mon 11/23/2026"),
        ("2026-11-23", date(2026, 11, 23), "Mon 11/23/2026"),
        ("23.11.", date(2026, 11, 23), "Mon 11/23/2026"),
        ("12/1", date(2026, 12, 1), "Tue 12/1/2026"),
        ("in a week", date(2026, 11, 28), "Sat 11/28/2026"),
        ("Mon 11/24/2026", date(2026, 11, 24), "Tue 11/24/2026"),
        ("", None, ""),
    ],
)
def test_a_day_is_typed_as_people_say_it(qtbot, typed, day, text):
    editor = alone(qtbot, day_editor())
    editor.set_value(date(2026, 1, 1))
    retype(qtbot, editor, typed)
    assert editor.value() == day
    qtbot.keyClick(editor, KEY.Key_Return)
    assert editor.text() == text


@pytest.mark.parametrize("name", ["C", "en_GB", "de_DE", "fr_FR", "sv_SE", "ja_JP", "pl_PL", "fi_FI", "hu_HU"])
def test_every_locale_reads_what_it_writes(qtbot, name):
    editor = alone(qtbot, day_editor())
    editor.setLocale(QLocale(name))
    for day in (date(2026, 3, 4), date(2027, 12, 31)):
        editor.set_value(day)
        editor.insert(" ")
        assert (editor.value(), editor.text_problem()) == (day, None)


def test_an_unreadable_day_stays_as_typed(qtbot):
    editor = alone(qtbot, day_editor())
    editor.set_value(SATURDAY)
    retype(qtbot, editor, "31 feb")
    qtbot.keyClick(editor, KEY.Key_Return)
    assert editor.text() == "31 feb"
    assert editor.text_problem() == "There is no such day as “31 feb”."
    assert editor.value() == SATURDAY


def test_a_day_is_stepped_by_key(qtbot):
    editor = alone(qtbot, day_editor())
    told = []
    editor.changed.connect(lambda: told.append(editor.value()))
    for key in (KEY.Key_Up, KEY.Key_Up, KEY.Key_Down, KEY.Key_PageUp):
        qtbot.keyClick(editor, key)
    assert told == [SATURDAY, date(2026, 11, 22), SATURDAY, date(2026, 11, 28)]


def test_the_calendar_opens_by_key_and_by_its_button_and_gives_a_day(qtbot):
    editor = alone(qtbot, day_editor())
    editor.setObjectName("leads.reminder_date")
    opener = editor.findChild(QToolButton, "leads.reminder_date.calendar")
    assert opener.accessibleName() == "Open the calendar"
    assert editor.findChild(QAction, "leads.reminder_date.calendar").isVisible()
    opener.click()
    popup = editor.findChild(QWidget, "leads.reminder_date.calendar.popup")
    assert popup.isVisible()
    qtbot.mouseClick(popup.today, Qt.MouseButton.LeftButton)
    assert not popup.isVisible() and editor.value() == SATURDAY
    qtbot.keyClick(editor, KEY.Key_F4)
    assert popup.isVisible()
    qtbot.keyClick(popup.focusWidget(), KEY.Key_Right)
    qtbot.keyClick(popup.focusWidget(), KEY.Key_Return)
    assert not popup.isVisible() and editor.value() == date(2026, 11, 22)


@pytest.mark.parametrize(
    ("typed", "value"),
    [("14:30", time(14, 30)), ("1430", time(14, 30)), ("2 pm", time(14)), ("9", time(9)), ("", None)],
)
def test_a_time_is_typed_as_people_say_it(qtbot, typed, value):
    editor = alone(qtbot, TimeEditor())
    editor.set_value(time(1, 1))
    retype(qtbot, editor, typed)
    assert editor.value() == value


def test_a_time_goes_by_quarters_and_hours(qtbot):
    editor = alone(qtbot, TimeEditor())
    editor.setObjectName("leads.reminder_time")
    qtbot.keyClick(editor, KEY.Key_Up)
    assert editor.value() == time(9)
    editor.set_value(time(14, 7))
    qtbot.keyClick(editor, KEY.Key_Up)
    assert editor.text() == "14:15"
    qtbot.keyClick(editor, KEY.Key_Up, SHIFT)
    assert editor.text() == "15:15"
    qtbot.mouseClick(editor.findChild(QToolButton, "leads.reminder_time.earlier"), Qt.MouseButton.LeftButton)
    assert editor.text() == "15:00"
    editor.set_value(time(23, 50))
    qtbot.keyClick(editor, KEY.Key_Up)
    assert editor.value() == time(0)
    qtbot.keyClick(editor, KEY.Key_Down)
    assert editor.value() == time(23, 45)


def joined(qtbot):
    """A day and the time that goes with it."""
    day, times = alone(qtbot, day_editor()), TimeEditor()
    qtbot.addWidget(times)
    day.goes_with(times)
    return day, times


def test_f37_a_time_typed_with_the_day_goes_into_the_field_of_the_time(qtbot):
    day, times = joined(qtbot)
    retype(qtbot, day, "tomorrow 3pm")
    assert (day.value(), times.text()) == (date(2026, 11, 22), "15:00")
    qtbot.keyClick(day, KEY.Key_Return)
    assert (day.text(), times.text()) == ("Sun 11/22/2026", "15:00")


def test_f37_a_time_taken_out_again_gives_back_what_stood_there(qtbot):
    day, times = joined(qtbot)
    times.setText("8 something")
    retype(qtbot, day, "tomorrow 3pm")
    retype(qtbot, day, "tomorrow")
    assert (day.value(), times.text()) == (date(2026, 11, 22), "8 something")
    retype(qtbot, day, "fri 10")
    assert (day.value(), times.text()) == (date(2026, 11, 27), "10:00")
    retype(qtbot, day, "fri soon")
    assert times.text() == "8 something" and "is not a date" in day.text_problem()


def test_f37_a_day_without_a_time_field_says_so_and_keeps_what_was_typed(qtbot):
    editor = alone(qtbot, day_editor())
    retype(qtbot, editor, "tomorrow 3pm")
    qtbot.keyClick(editor, KEY.Key_Return)
    assert editor.text() == "tomorrow 3pm"
    assert editor.text_problem() == "“tomorrow 3pm” has a time, but only a day fits here. Try “tomorrow”."


@pytest.mark.parametrize(("place", "typed"), [("de_DE", "fr 10"), ("de_DE", "10 uhr Fr."), ("fr_FR", "ven. 10")])
def test_f37_the_weekdays_of_the_place_go_with_a_time_too(qtbot, place, typed):
    day, times = joined(qtbot)
    day.setLocale(QLocale(place))
    retype(qtbot, day, typed)
    assert (day.value(), times.value()) == (date(2026, 11, 27), time(10))
