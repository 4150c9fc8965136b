"""The form of a new entry: what is wrong stands beside its field, and what was typed stays (VT-42, VT-77)."""

from __future__ import annotations

from datetime import date, time

import pytest
from PySide6.QtCore import Qt

from channergy_crm.records import Operator, Task
from channergy_crm.services import operators
from channergy_crm.services.calendar import making
from channergy_crm.services.calendar_people import Person
from tests.ui.hands import KEY
from tests.ui.test_calendar_page import calendar, page_of, stored
from ui.pages.calendar.places import Slot

__all__ = ["calendar"]
pytestmark = [pytest.mark.engines("sqlite"), pytest.mark.usefixtures("american")]
MONDAY = date(2026, 11, 23)


def begun(hands, minute: int = 600, day: date = MONDAY):
    """The page, and the form of an entry there."""
    page = page_of(hands)
    page.take("new", Slot(day, minute, page.owners[0]), 0)
    return page, page.acting.form


def test_vt77_what_is_wrong_stands_beside_its_field_and_nothing_typed_is_lost(calendar) -> None:
    _page, form = begun(calendar)
    typed = {"day": "soonish", "at": "25:99", "minutes": "long", "guests": "Nobody Known"}
    for name, text in typed.items():
        getattr(form, name).setText(text)
    form.repeats.setEditText("now and then")
    calendar.bot.keyClick(form, KEY.Key_Return)
    said = {field: form.below.said(field) for field in form.fields if form.below.said(field)}
    assert set(said) == {"action", "reminder_date", "reminder_time", "minutes", "guests", "repeats"}
    assert "Nobody Known" in said["guests"] and form.said.text() == ""
    assert form.title.hasFocus(), "the keys go to the first of them"
    assert {name: getattr(form, name).text() for name in typed} == typed and not Task.select().where(
        Task.action == ""
    ).exists()
    assert form.minutes.accessibleDescription() == said["minutes"]
    form.title.setText("Ask")
    assert form.below.said("action") == "", "what is mended is not said any more"
    calendar.bot.keyClick(form, KEY.Key_Return)
    assert form.day.hasFocus()
    for name, text in {"day": "11/24/2026", "at": "10:30", "minutes": "20", "guests": ""}.items():
        getattr(form, name).setText(text)
    form.repeats.setEditText("")
    calendar.bot.keyClick(form, KEY.Key_Return)
    held = stored("Ask")
    assert (held.reminder_date, held.reminder_time, held.minutes) == (date(2026, 11, 24), time(10, 30), 20)


def test_vt77_tab_goes_around_in_the_form_as_it_is_read(calendar) -> None:
    _page, form = begun(calendar)
    gone = []
    for _time in range(12):
        gone.append(calendar.window.focusWidget().objectName().removeprefix("calendar."))
        calendar.bot.keyClick(calendar.window.focusWidget(), KEY.Key_Tab)
    assert gone == ["new_title", "new_about", "new_day", "new_time", "new_minutes", "find_free", "new_place",
                    "new_guests", "new_repeats", "new_cancel", "new_save", "new_kind"]  # fmt: skip
    assert form.isAncestorOf(calendar.window.focusWidget()), "what lies under the form is not gone to"


def test_vt77_what_the_office_does_not_take_stands_beside_its_field_too(calendar) -> None:
    _page, form = begun(calendar)
    form.title.setText("Ask")
    form.minutes.setText("99999999")
    calendar.bot.keyClick(form, KEY.Key_Return)
    assert form.below.said("minutes") and form.minutes.hasFocus() and form.isVisible()
    form.minutes.setText("-5")
    calendar.bot.keyClick(form, KEY.Key_Return)
    assert form.below.said("minutes").startswith("Minutes"), "the field is called as it is called here"
    calendar.bot.keyClick(form.minutes, KEY.Key_Escape)
    assert not form.isVisible()


def test_vt77_a_time_that_everybody_has_is_found_and_taken_by_enter(calendar) -> None:
    by = calendar.window.session.by
    operators.add("BEA", "Bea Ray", "ADMIN")
    making.save(_meeting("BEA"), None, "ADMIN")
    _page, form = begun(calendar, 600, date(2026, 11, 25))
    form.title.setText("Ask")
    form.minutes.setText("60")
    form.guests.show_people([Person("Bea Ray", Operator, "BEA")])
    calendar.bot.keyClick(form.minutes, KEY.Key_J, Qt.KeyboardModifier.ControlModifier)
    times = form.free.times
    assert times.isVisible() and times.hasFocus()
    assert "12:00 to 13:00" in times.item(0).text(), "Bea is busy until then"
    calendar.bot.keyClick(times, KEY.Key_Return)
    assert (form.day.value(), form.at.value()) == (date(2026, 11, 25), time(12)) and not times.isVisible()
    assert form.save.hasFocus() and form.isVisible()
    form.minutes.setText("999")
    form.free.verb.click()
    assert "999 minutes" in form.free.said.text() and not times.isVisible()
    form.minutes.setText("60")
    calendar.bot.keyClick(form.save, KEY.Key_Return)
    assert [one.name for one in making.guests_of(stored("Ask").number, by)] == ["Bea Ray"]


def _meeting(owner: str) -> Task:
    held = making.start("ADMIN", date(2026, 11, 25), time(9), 180, "meeting", owner)
    held.action = "Fair"
    return held
