"""One operator's day, told from the window: leads come in, are worked, remind, become opportunities, tasks fall due."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import datetime, time
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtWidgets import QLabel, QTabWidget

from channergy_crm import clock
from channergy_crm.records import Account, Contact, Customer, Lead, Opportunity, Task
from tests.journeys.importer import begun, go_on, on
from tests.ui.hands import CTRL, KEY, Hands, opened

if TYPE_CHECKING:
    from collections.abc import Iterator


FILE = """first_name,last_name,company_name,phone1,email,city,state
James,Butt,Benton,504-621-8927,jbutt@example.com,New Orleans,LA
Josephine,Darakjy,Chanay,810-292-9388,josephine@example.com,Brighton,MI
Art,Venere,Chemel,856-636-8749,art@example.com,Bridgeport,NJ
Lenna,Paprocki,Feltz,907-385-4412,lpaprocki@example.com,Anchorage,AK
"""


@contextmanager
def at(hands: Hands, hour: int, minute: int = 0) -> Iterator[None]:
    """It is that time of Monday, 23 November 2026, and the minute has just begun."""
    with clock.fixed(datetime(2026, 11, 23, hour, minute)):
        hands.window._minute.timeout.emit()
        yield


def due(hands: Hands) -> tuple[str, str]:
    """What the badge of Reminders says: how many, and whether they are late or still to come (F-51)."""
    return hands.part("main.tabs", QTabWidget).tabBar().count_of(0)


def reminders(hands: Hands, sub_tab: int) -> None:
    """Go to one of the three lists of reminders."""
    hands.go("reminders")
    hands.part("reminders.tabs", QTabWidget).setCurrentIndex(sub_tab)


@pytest.fixture
def hands(qtbot: Any, database_url: str) -> Iterator[Hands]:
    """A new office at nine in the morning."""
    with clock.fixed(datetime(2026, 11, 23, 9, 0)), opened(qtbot, database_url) as hands:
        yield hands


def test_ch2_a_day_from_the_first_lead_to_the_last_task(hands, tmp_path):
    morning(hands, tmp_path)
    a_call_is_put_off(hands)
    the_lead_becomes_an_opportunity(hands)
    a_task_for_the_afternoon(hands)
    the_task_falls_due_and_is_done(hands)
    evening(hands)


def morning(hands, tmp_path):
    """Nothing is due; four leads come out of a file."""
    assert (hands.here(), due(hands)) == ("reminders", ("", "soon"))
    file = tmp_path / "fair.csv"
    file.write_text(FILE, "utf-8")
    hands.go("leads")
    begun(hands, file)
    for step in ("Columns", "Choices", "Check", "Result"):
        on(hands, step)
    go_on(hands)
    hands.bot.waitUntil(lambda: "4 leads imported" in hands.said())
    hands.reads("leads", "Last Name", ["Paprocki", "Venere", "Darakjy", "Butt"])


def a_call_is_put_off(hands):
    """James Butt is not in: the try is written down, and half past ten will remind of him."""
    hands.bot.keyClicks(hands.part("leads.search"), "benton")
    hands.reads("leads", "Last Name", ["Butt"])
    hands.click_row("leads", 0)
    hands.bot.waitUntil(lambda: hands.part("leads.last_name").value() == "Butt")
    assert hands.part("leads.time_zone").currentText() == "UTC−6 Central (Chicago)"
    hands.fill("leads.description", "Wants new chairs")
    hands.fill("leads.notes", "Not in before half past ten")
    hands.choose("leads.call_try", "1")
    hands.choose("leads.call_code", "Call Back")
    hands.fill("leads.call_date", "today")
    hands.fill("leads.reminder_date", "today")
    hands.fill("leads.reminder_time", "1030")
    hands.bot.keyClick(hands.part("leads.reminder_time"), KEY.Key_S, CTRL)
    reminders(hands, 2)
    hands.reads("reminders.leads", "Reminder Dt", ["○ Today"])
    with at(hands, 10, 29):
        hands.bot.waitUntil(lambda: due(hands) == ("1", "soon"))
    with at(hands, 10, 30):
        hands.bot.waitUntil(lambda: due(hands) == ("1", "overdue"))
        hands.reads("reminders.leads", "Reminder Dt", ["● Today"])


def the_lead_becomes_an_opportunity(hands):
    """He says yes: the lead is converted, its reminder goes on as a task."""
    hands.click("reminders.go_to")
    assert hands.here() == "leads"
    hands.bot.waitUntil(lambda: hands.part("leads.last_name").value() == "Butt")
    hands.click("leads.convert")
    assert hands.said().startswith("James Butt is now opportunity 1 of Benton; James Butt.")
    for record in (Customer, Account, Contact, Opportunity, Task):
        assert record.select().count() == 1, record
    hands.click("notices.action")
    assert hands.here() == "accounts"
    hands.bot.waitUntil(lambda: hands.part("opportunities.name").value() == "Wants new chairs")
    assert hands.part("opportunities.description").value() == "Not in before half past ten"


def a_task_for_the_afternoon(hands):
    """An offer is promised for two o'clock."""
    hands.click("accounts.opportunities.create_task")
    tabs = hands.part("accounts.tabs", QTabWidget)
    hands.bot.waitUntil(lambda: tabs.tabText(tabs.currentIndex()).startswith("Tasks"))
    for field, text in {"action": "Send the offer", "reminder_date": "today", "reminder_time": "2 pm"}.items():
        hands.fill_cell("accounts.tasks", hands.grid("accounts.tasks").currentIndex().row(), field, text)
    task = Task.get(Task.action == "Send the offer")
    assert (task.reminder_time, task.opportunity) == (time(14), Opportunity.get().number)
    reminders(hands, 0)
    hands.reads("reminders.tasks", "Action", ["Call James Butt", "Send the offer"])
    hands.click_row("reminders.tasks", 0)
    hands.click("reminders.close")
    hands.reads("reminders.tasks", "Action", ["Send the offer"])


def the_task_falls_due_and_is_done(hands):
    """Two o'clock: the tab says so by itself. Closed too early, taken back, and closed again."""
    with at(hands, 13, 59):
        hands.bot.waitUntil(lambda: due(hands) == ("1", "soon"))
    with at(hands, 14):
        hands.bot.waitUntil(lambda: due(hands) == ("1", "overdue"))
        hands.reads("reminders.tasks", "Reminder Dt", ["● Today"])
        hands.click("reminders.close")
        hands.reads("reminders.tasks", "Action", [])
        hands.bot.waitUntil(hands.part("reminders.tasks.empty", QLabel).isVisible)
        hands.bot.keyClick(hands.window, KEY.Key_Z, CTRL)
        hands.reads("reminders.tasks", "Action", ["Send the offer"])
        hands.bot.waitUntil(lambda: due(hands) == ("1", "overdue"))
        hands.bot.waitUntil(hands.button("reminders.close").isEnabled)
        hands.click("reminders.close")
        hands.reads("reminders.tasks", "Action", [])
        hands.bot.waitUntil(lambda: due(hands)[0] == "")


def evening(hands):
    """What is left: three working leads, one converted, one opportunity; the conversion stands, it was built on."""
    hands.go("leads")
    hands.part("leads.search").clear()
    hands.reads("leads", "Last Name", ["Paprocki", "Venere", "Darakjy"])
    hands.choose("leads.show", "Converted leads")
    hands.reads("leads", "Last Name", ["Butt"])
    hands.go("opportunities")
    hands.reads("opportunities", "Name", ["Wants new chairs"])
    assert hands.column("opportunities", "Account") == ["Benton; James Butt"]
    assert Lead.select().where(Lead.converted).count() == 1
    assert Task.select().where(~Task.closed).count() == 0
