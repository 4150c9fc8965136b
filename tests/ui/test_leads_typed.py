"""What is typed into the form of a lead and cannot be taken as it is: said, kept, or put where it belongs."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel

from channergy_crm.records import Lead
from channergy_crm.services import leads
from tests.ui.hands import CTRL, KEY, opened

pytestmark = pytest.mark.engines("sqlite")


@pytest.fixture
def hands(qtbot, database_url, fixed_clock):
    """The window of a new office with one lead, at its Leads."""
    with opened(qtbot, database_url) as hands:
        leads.create({"description": "x"}, "ADMIN")
        hands.go("leads")
        hands.reads("leads", "Description", ["x"])
        yield hands


def sentence(hands, field):
    """What is said under a field."""
    return hands.part(f"leads.{field}.said", QLabel).text()


def test_everything_that_is_wrong_is_said_at_once_each_under_its_field(hands):
    hands.press(KEY.Key_N, CTRL)
    hands.fill("leads.reminder_date", "someday")
    hands.click("leads.save")
    assert sentence(hands, "description") == "Description is required."
    assert "someday" in sentence(hands, "reminder_date")
    assert hands.said() == "Not saved yet: Description is required."
    hands.fill("leads.description", "Wants a price")
    hands.click("leads.save")
    assert hands.said().startswith("Not saved yet: Reminder Dt: “someday” is not a date"), "F-63: the field is named"
    hands.fill("leads.reminder_date", "")
    hands.click("leads.save")
    assert sentence(hands, "reminder_date") == ""


def test_f37_a_time_typed_with_the_reminder_date_is_saved_with_it(hands):
    hands.fill("leads.reminder_date", "fri 10")
    assert hands.part("leads.reminder_time").text() == "10:00"
    hands.bot.keyClick(hands.part("leads.reminder_date"), KEY.Key_S, CTRL)
    held = hands.stored(Lead, Lead.get().number)
    assert (str(held["reminder_date"]), f"{held['reminder_time']:%H:%M}") == ("2026-11-27", "10:00")


def test_f37_a_time_typed_with_a_call_date_stays_and_is_said(hands):
    hands.fill("leads.call_date", "yesterday 3pm")
    hands.bot.keyClick(hands.part("leads.call_date"), KEY.Key_S, CTRL)
    assert hands.part("leads.call_date").text() == "yesterday 3pm"
    assert sentence(hands, "call_date") == "“yesterday 3pm” has a time, but only a day fits here. Try “yesterday”."
