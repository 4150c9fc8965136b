"""Whoever asked not to be called is dialed from nowhere, and every Dial Phone says so before it is pressed (BX-6)."""

from __future__ import annotations

import logging
from datetime import datetime, time

import pytest
from PySide6.QtWidgets import QTabWidget

from channergy_crm import clock
from channergy_crm.services import leads
from tests import made
from tests.ui.calling import is_open, stands
from tests.ui.hands import CTRL, KEY, Hands

pytestmark = pytest.mark.engines("sqlite")


@pytest.mark.usefixtures("three_leads")
def test_bx6_who_asked_not_to_be_called_is_not_dialed(hands: Hands) -> None:
    hands.press(KEY.Key_F9)
    hands.press(KEY.Key_9)
    hands.press(KEY.Key_Return, CTRL)
    stands(hands, "Bob")
    hands.click_row("leads", 0)
    stands(hands, "Cleo")
    with clock.fixed(datetime(2026, 11, 27, 10)):
        hands.window.tables_shown()
        assert not hands.button("leads.dial").isEnabled()
        hands.press(KEY.Key_F9)
        assert hands.said() == "Do Not Call was noted today." and not is_open(hands)


def test_bx6_reminders_know_who_has_the_number_of_a_row(
    hands: Hands, fixed_clock: datetime, caplog: pytest.LogCaptureFixture
) -> None:
    """The lead of the row, or a lead with the number of the task's account. It costs one question at most."""
    today = fixed_clock.date()
    for name, line, code in (("Free", 1, ""), ("Yusuf", 0, "DNC")):
        values = {"description": name, "last_name": name, "phone": f"650-253-000{line}", "call_code": code}
        leads.create({**values, "reminder_date": today, "reminder_time": time(9 - line)}, "ADMIN")
    for hour, phone in enumerate(("(650) 253-0000", "650-253-0002", "")):
        account = made.account(f"Account {hour}", phone=phone)
        made.task(account, "Ask", reminder_date=today, reminder_time=time(hour))
    why = "Do Not Call was noted of Yusuf: this number is not dialed."
    seen = {(0, "tasks"): [why, "", "There is no phone number to dial."], (2, "leads"): ["", why]}
    hands.go("reminders")
    for (place, name), rows in seen.items():
        hands.part("reminders.tabs", QTabWidget).setCurrentIndex(place)
        hands.bot.waitUntil(lambda name=name, rows=rows: hands.rows(f"reminders.{name}") == len(rows))
        for row, said in enumerate(rows):
            hands.stand(f"reminders.{name}", row)
            button = hands.button("reminders.dial")
            assert (button.isEnabled(), button.toolTip() if said else "") == (not said, said)
            caplog.clear()
            with caplog.at_level(logging.DEBUG, "peewee"):
                hands.window._pages[0].commands.refresh()
            assert sum('FROM "CRMLeads"' in asked for asked in caplog.messages) <= 2
    hands.press(KEY.Key_F9)
    assert hands.said() == why
