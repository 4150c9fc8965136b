"""One operator's day, told from the window: leads come in, are worked, remind, become opportunities, tasks fall due."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import datetime, time
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QTableView, QTabWidget

from channergy_crm import clock
from channergy_crm.records import Account, Contact, Customer, Lead, Opportunity, Task
from tests.journeys.importer import begun, on
from tests.ui.hands import (
    CTRL,
    KEY,
    choose,
    click_row,
    column,
    fill,
    go,
    here,
    opened,
    part,
    press,
    reads,
    said,
    titles,
    type_in,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ui.shell.window import MainWindow

ACROSS = Qt.Orientation.Horizontal
FILE = """first_name,last_name,company_name,phone1,email,city,state
James,Butt,Benton,504-621-8927,jbutt@example.com,New Orleans,LA
Josephine,Darakjy,Chanay,810-292-9388,josephine@example.com,Brighton,MI
Art,Venere,Chemel,856-636-8749,art@example.com,Bridgeport,NJ
Lenna,Paprocki,Feltz,907-385-4412,lpaprocki@example.com,Anchorage,AK
"""


@contextmanager
def at(window: MainWindow, hour: int, minute: int = 0) -> Iterator[None]:
    """It is that time of Monday, 23 November 2026, and the minute has just begun."""
    with clock.fixed(datetime(2026, 11, 23, hour, minute)):
        window._minute.timeout.emit()
        yield


def due(window: MainWindow) -> str:
    """The first tab with its count."""
    return titles(part(window, "main.tabs", QTabWidget))[0]


def reminders(window: MainWindow, sub_tab: int) -> None:
    """Go to one of the three lists of reminders."""
    go(window, "Reminders")
    part(window, "reminders.tabs", QTabWidget).setCurrentIndex(sub_tab)


def write_cell(qtbot: Any, window: MainWindow, name: str, label: str, text: str) -> None:
    """Type into a cell of the row a grid stands on."""
    grid = part(window, f"{name}.grid", QTableView)
    row, model = grid.currentIndex().row(), grid.model()
    place = next(place for place in range(model.columnCount()) if model.headerData(place, ACROSS) == label)
    grid.setFocus()
    grid.setCurrentIndex(model.index(row, place))
    qtbot.keyClick(grid, KEY.Key_F2)
    editor = window.focusWidget()
    assert editor is not grid
    qtbot.keyClick(editor, KEY.Key_A, CTRL)
    type_in(qtbot, editor, text)
    qtbot.keyClick(editor, KEY.Key_Return)
    qtbot.waitUntil(lambda: grid.state() == QTableView.State.NoState)


@pytest.fixture
def window(qtbot: Any, database_url: str) -> Iterator[MainWindow]:
    """A new office at nine in the morning."""
    with clock.fixed(datetime(2026, 11, 23, 9, 0)), opened(qtbot, database_url) as window:
        yield window


def test_ch2_a_day_from_the_first_lead_to_the_last_task(qtbot, window, tmp_path):
    morning(qtbot, window, tmp_path)
    a_call_is_put_off(qtbot, window)
    the_lead_becomes_an_opportunity(qtbot, window)
    a_task_for_the_afternoon(qtbot, window)
    the_task_falls_due_and_is_done(qtbot, window)
    evening(qtbot, window)


def morning(qtbot, window, tmp_path):
    """Nothing is due; four leads come out of a file."""
    assert (here(window), due(window)) == ("Reminders", "Reminders")
    file = tmp_path / "fair.csv"
    file.write_text(FILE, "utf-8")
    go(window, "Leads")
    begun(qtbot, window, file)
    for step in ("Columns", "Choices", "Check", "Result"):
        wizard = on(qtbot, window, step)
    qtbot.keyClick(wizard, KEY.Key_Return, CTRL)
    qtbot.waitUntil(lambda: "4 leads imported" in said(window))
    reads(qtbot, window, "leads", "Last Name", ["Paprocki", "Venere", "Darakjy", "Butt"])


def a_call_is_put_off(qtbot, window):
    """James Butt is not in: the try is written down, and half past ten will remind of him."""
    qtbot.keyClicks(part(window, "leads.search"), "benton")
    reads(qtbot, window, "leads", "Last Name", ["Butt"])
    click_row(qtbot, window, "leads", 0)
    qtbot.waitUntil(lambda: part(window, "leads.last_name").value() == "Butt")
    assert part(window, "leads.time_zone").currentText() == "UTC−6 Central (Chicago)"
    fill(qtbot, window, "leads.description", "Wants new chairs")
    fill(qtbot, window, "leads.notes", "Not in before half past ten")
    choose(qtbot, window, "leads.call_try", "1")
    choose(qtbot, window, "leads.call_code", "Call Back")
    fill(qtbot, window, "leads.call_date", "today")
    fill(qtbot, window, "leads.reminder_date", "today")
    fill(qtbot, window, "leads.reminder_time", "1030")
    qtbot.keyClick(part(window, "leads.reminder_time"), KEY.Key_S, CTRL)
    reminders(window, 2)
    reads(qtbot, window, "reminders.leads", "Reminder Dt", ["○ Today"])
    with at(window, 10, 29):
        assert due(window) == "Reminders"
    with at(window, 10, 30):
        assert due(window) == "Reminders 1"
        reads(qtbot, window, "reminders.leads", "Reminder Dt", ["● Today"])


def the_lead_becomes_an_opportunity(qtbot, window):
    """He says yes: the lead is converted, its reminder goes on as a task."""
    press(qtbot, window, "reminders.go_to")
    assert here(window) == "Leads"
    qtbot.waitUntil(lambda: part(window, "leads.last_name").value() == "Butt")
    press(qtbot, window, "leads.convert")
    assert said(window).startswith("James Butt is now opportunity 1 of Benton; James Butt.")
    for record in (Customer, Account, Contact, Opportunity, Task):
        assert record.select().count() == 1, record
    press(qtbot, window, "notices.action")
    assert here(window) == "Accounts"
    qtbot.waitUntil(lambda: part(window, "opportunities.name").value() == "Wants new chairs")
    assert part(window, "opportunities.description").value() == "Not in before half past ten"


def a_task_for_the_afternoon(qtbot, window):
    """An offer is promised for two o'clock."""
    press(qtbot, window, "accounts.opportunities.create_task")
    tabs = part(window, "accounts.tabs", QTabWidget)
    qtbot.waitUntil(lambda: tabs.tabText(tabs.currentIndex()).startswith("Tasks"))
    write_cell(qtbot, window, "accounts.tasks", "Action", "Send the offer")
    write_cell(qtbot, window, "accounts.tasks", "Reminder Dt", "today")
    write_cell(qtbot, window, "accounts.tasks", "Reminder Time", "2 pm")
    task = Task.get(Task.action == "Send the offer")
    assert (task.reminder_time, task.opportunity) == (time(14), Opportunity.get().number)
    reminders(window, 0)
    reads(qtbot, window, "reminders.tasks", "Action", ["Call James Butt", "Send the offer"])
    click_row(qtbot, window, "reminders.tasks", 0)
    press(qtbot, window, "reminders.close")
    reads(qtbot, window, "reminders.tasks", "Action", ["Send the offer"])


def the_task_falls_due_and_is_done(qtbot, window):
    """Two o'clock: the tab says so by itself. Closed too early, taken back, and closed again."""
    with at(window, 13, 59):
        assert due(window) == "Reminders"
    with at(window, 14):
        assert due(window) == "Reminders 1"
        reads(qtbot, window, "reminders.tasks", "Reminder Dt", ["● Today"])
        press(qtbot, window, "reminders.close")
        reads(qtbot, window, "reminders.tasks", "Action", [])
        qtbot.waitUntil(part(window, "reminders.tasks.empty", QLabel).isVisible)
        qtbot.keyClick(window, KEY.Key_Z, CTRL)
        reads(qtbot, window, "reminders.tasks", "Action", ["Send the offer"])
        assert due(window) == "Reminders 1"
        press(qtbot, window, "reminders.close")
        reads(qtbot, window, "reminders.tasks", "Action", [])
        assert due(window) == "Reminders"


def evening(qtbot, window):
    """What is left: three working leads, one converted, one opportunity; the conversion stands, it was built on."""
    go(window, "Leads")
    part(window, "leads.search").clear()
    reads(qtbot, window, "leads", "Last Name", ["Paprocki", "Venere", "Darakjy"])
    choose(qtbot, window, "leads.show", "Converted leads")
    reads(qtbot, window, "leads", "Last Name", ["Butt"])
    go(window, "Opportunities")
    reads(qtbot, window, "opportunities", "Name", ["Wants new chairs"])
    assert column(window, "opportunities", "Account") == ["Benton; James Butt"]
    assert Lead.select().where(Lead.converted).count() == 1
    assert Task.select().where(~Task.closed).count() == 0
