"""The Reminders page under real hands: it opens first, is right to the minute, and leads to the very record."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QTableView, QTabWidget

from channergy_crm import clock
from channergy_crm.records import Account, Lead, Task
from channergy_crm.services import leads, operators, saving
from tests import made
from tests.domain.conversions import elsewhere
from tests.ui.hands import (
    CTRL,
    KEY,
    SHIFT,
    Painted,
    choose,
    click_row,
    column,
    go,
    here,
    opened,
    part,
    press,
    reads,
    said,
    titles,
)
from ui.look import theme

NOW = datetime(2026, 11, 23, 10, 0)
TODAY, DAY = NOW.date(), timedelta(days=1)
TASKS, OPEN, LEADS = "reminders.tasks", "reminders.open_tasks", "reminders.leads"
PLACES = {TASKS: 0, OPEN: 1, LEADS: 2}
STANDING = [
    ("overdue", TODAY - DAY, time(12), "⚠ Yesterday"),
    ("due", TODAY, time(9), "● Today"),
    ("today", TODAY, time(14, 30), "○ Today"),
    ("coming", TODAY + DAY, time(8), "Tomorrow"),
]


@pytest.fixture(autouse=True)
def office_with_ann(office, fixed_clock):
    """A new office with a colleague; it is ten in the morning of a Monday."""
    operators.add("ANN", "Ann Lee", "ADMIN")


@pytest.fixture
def account():
    """An account of ADMIN."""
    return made.account("Benton")


def task(action, day=None, at=None, *, account=None, owner="ADMIN", **more):
    """A task, of an account when one is given."""
    return made.task(account, action, owner, reminder_date=day, reminder_time=at, **more).number


def lead(name, day=None, at=None, **more):
    """A lead of ADMIN."""
    known = {"description": f"{name}'s wish", "last_name": name, "reminder_date": day, "reminder_time": at, **more}
    return leads.create(known, "ADMIN").number


@pytest.fixture
def window(qtbot, database_url):
    """Opens the window when a test has made what shall be in it."""
    held = []

    def look(operator="ADMIN"):
        opening = opened(qtbot, database_url, operator)
        held.append(opening)
        return opening.__enter__()

    yield look
    for opening in held:
        opening.__exit__(None, None, None)


def sub_tab(window, name):
    """Click on a sub-tab."""
    part(window, "reminders.tabs", QTabWidget).setCurrentIndex(PLACES[name])


def minute_passes(window, moment):
    """The clock on the wall goes on, and the window's own minute is over. Nobody touches anything."""
    with clock.fixed(moment):
        window._minute.timeout.emit()


def tab(window):
    """The title of the Reminders tab, with its count."""
    return titles(part(window, "main.tabs", QTabWidget))[0]


# ---------------------------------------------------------------- what stands where (CH-10 … CH-13, CH-16)


def test_ch10_reminders_open_first_with_task_reminders_filled(window):
    task("Ring", TODAY)
    shown = window()
    assert here(shown) == "Reminders"
    assert titles(part(shown, "main.tabs", QTabWidget))[1:] == [
        "Leads", "Accounts", "Contacts", "Opportunities", "Tasks",
    ]  # fmt: skip
    tabs = part(shown, "reminders.tabs", QTabWidget)
    assert titles(tabs) == ["Task Reminders", "All Open Tasks", "Lead Reminders"]
    assert tabs.currentIndex() == 0
    assert column(shown, TASKS, "Action") == ["Ring"], "filled before it is painted"
    assert part(shown, f"{TASKS}.grid").hasFocus()


def test_ch11_ch12_ch13_each_sub_tab_holds_what_it_says_by_date_and_time(qtbot, window):
    task("Coming", TODAY + DAY)
    task("At nine", TODAY, time(9))
    task("At eight", TODAY, time(8))
    task("No date")
    task("Done", TODAY, closed=True)
    lead("Lee", TODAY)
    lead("Nobody")
    task("Return of a parcel, in the suite", TODAY, is_crm=False)
    shown = window()
    reads(qtbot, shown, TASKS, "Action", ["At eight", "At nine", "Coming"])
    sub_tab(shown, OPEN)
    reads(qtbot, shown, OPEN, "Action", ["At eight", "At nine", "Coming", "No date"])
    sub_tab(shown, LEADS)
    reads(qtbot, shown, LEADS, "Last Name", ["Lee"])


def test_ch16_ch6_only_ones_own_and_the_drop_down_changes_whose(qtbot, window):
    task("Mine", TODAY)
    task("Hers", TODAY, owner="ANN")
    lead("Mine", TODAY)
    lead("Hers", TODAY, owner="ANN")
    shown = window()
    reads(qtbot, shown, TASKS, "Action", ["Mine"])
    assert tab(shown) == "Reminders 2"
    choose(qtbot, shown, "main.operator", "ANN  Ann Lee")
    reads(qtbot, shown, TASKS, "Action", ["Hers"])
    for name, label in ((OPEN, "Action"), (LEADS, "Last Name")):
        sub_tab(shown, name)
        reads(qtbot, shown, name, label, ["Hers"])


def test_ch10_an_empty_list_says_what_would_be_there(window):
    shown = window()
    assert part(shown, f"{TASKS}.empty", QLabel).isVisible()
    assert "Give a task a date" in part(shown, f"{TASKS}.empty", QLabel).text()
    for name in ("go_to", "close"):
        button = part(shown, f"reminders.{name}", QPushButton)
        assert (button.isEnabled(), button.toolTip()) == (False, "Choose a reminder first.")
    assert tab(shown) == "Reminders"


# ---------------------------------------------------------------- told apart, and right to the minute


def colours(window, name):
    """The colour each row's date is written in, None for the usual one."""
    model = part(window, f"{name}.grid", QTableView).model()
    found = [model.index(row, 0).data(Qt.ItemDataRole.ForegroundRole) for row in range(model.rowCount())]
    return [colour.name() if colour is not None else None for colour in found]


@pytest.mark.parametrize("name", [TASKS, OPEN, LEADS])
def test_ch11_ch13_overdue_due_today_and_coming_differ_by_sign_and_colour(qtbot, window, name):
    for standing, day, at, _ in STANDING:
        task(standing, day, at)
        lead(standing, day, at)
    shown = window()
    sub_tab(shown, name)
    reads(qtbot, shown, name, "Reminder Dt", [text for _, _, _, text in STANDING])
    assert column(shown, name, "Reminder Time") == ["12:00", "09:00", "14:30", "08:00"]
    overdue, soon = (theme.colour(shown, ink).name() for ink in ("overdue", "soon"))
    assert overdue != soon
    assert colours(shown, name) == [overdue, soon, soon, None]
    assert tab(shown) == "Reminders 4", "two tasks and two leads are overdue or due"


@pytest.mark.parametrize("name", [TASKS, LEADS])
def test_ch11_ch13_the_minute_a_reminder_falls_due_the_count_and_the_list_tell_without_a_click(qtbot, window, name):
    task("Ring", TODAY, time(14, 30))
    lead("Lee", TODAY, time(14, 30))
    shown = window()
    sub_tab(shown, name)
    reads(qtbot, shown, name, "Reminder Dt", ["○ Today"])
    assert tab(shown) == "Reminders"
    minute_passes(shown, NOW.replace(hour=14, minute=29))
    assert tab(shown) == "Reminders"
    with clock.fixed(NOW.replace(hour=14, minute=30)):
        shown._minute.timeout.emit()
        assert tab(shown) == "Reminders 2"
        reads(qtbot, shown, name, "Reminder Dt", ["● Today"])
    with clock.fixed(datetime(2026, 11, 24, 0, 0)):
        painted = Painted(part(shown, f"{name}.grid", QTableView).viewport())
        shown._minute.timeout.emit()
        qtbot.waitUntil(lambda: painted.times > 0)
        reads(qtbot, shown, name, "Reminder Dt", ["⚠ Yesterday"])
        assert tab(shown) == "Reminders 2", "nothing else has changed, and the list is painted all the same"


def test_ch10_the_window_waits_for_the_next_full_minute_again_and_again(window):
    shown = window()
    for _ in range(2):
        assert shown._minute.isActive()
        assert 0 < shown._minute.remainingTime() <= 60_010
        minute_passes(shown, NOW)


def test_ch10_what_another_workstation_wrote_is_there_the_next_minute(qtbot, window, database_url):
    task("Mine", TODAY)
    shown = window()
    reads(qtbot, shown, TASKS, "Action", ["Mine"])
    elsewhere(
        database_url,
        "task = accounts.start_task('ADMIN')\n"
        "task.action, task.reminder_date = 'From elsewhere', date(2026, 11, 22)\n"
        "tasks.save(task, 'ADMIN')",
    )
    minute_passes(shown, NOW)
    assert tab(shown) == "Reminders 2"
    reads(qtbot, shown, TASKS, "Action", ["From elsewhere", "Mine"])


def test_ch15_the_count_follows_what_is_done_on_any_tab(qtbot, window):
    number = lead("Lee")
    shown = window()
    assert tab(shown) == "Reminders"
    held = Lead.find(number)
    held.reminder_date = TODAY
    leads.save(held, "ADMIN")
    assert tab(shown) == "Reminders 1"
    leads.remove(number, "ADMIN")
    assert tab(shown) == "Reminders"


# ---------------------------------------------------------------- Go To (CH-14)


def by_button(qtbot, window, name, row):
    click_row(qtbot, window, name, row)
    press(qtbot, window, "reminders.go_to")


def by_double_click(qtbot, window, name, row):
    click_row(qtbot, window, name, row, double=True)


def by_enter(qtbot, window, name, row):
    click_row(qtbot, window, name, row)
    qtbot.keyClick(part(window, f"{name}.grid"), KEY.Key_Return)


def by_key(qtbot, window, name, row):
    click_row(qtbot, window, name, row)
    qtbot.keyClick(part(window, f"{name}.grid"), KEY.Key_G, CTRL)


ways = pytest.mark.parametrize("way", [by_button, by_double_click, by_enter, by_key], ids=lambda way: way.__name__)


@ways
def test_ch14_go_to_lands_on_the_very_lead(qtbot, window, way):
    numbers = {name: lead(name, TODAY) for name in ("Ash", "Birch", "Cedar")}
    lead("Nobody")
    shown = window()
    sub_tab(shown, LEADS)
    reads(qtbot, shown, LEADS, "Last Name", ["Ash", "Birch", "Cedar"])
    way(qtbot, shown, LEADS, 1)
    assert here(shown) == "Leads"
    qtbot.waitUntil(lambda: part(shown, "leads.list").current() == numbers["Birch"])
    assert part(shown, "leads.last_name").value() == "Birch"


@ways
@pytest.mark.parametrize("name", [TASKS, OPEN])
def test_ch14_go_to_lands_on_the_very_task_inside_its_account(qtbot, window, account, name, way):
    other = made.account("Acme")
    numbers = [task(f"Task {count}", TODAY, time(count + 1), account=account) for count in range(3)]
    task("Of another", TODAY, time(23), account=other)
    shown = window()
    sub_tab(shown, name)
    reads(qtbot, shown, name, "Action", ["Task 0", "Task 1", "Task 2", "Of another"])
    way(qtbot, shown, name, 1)
    assert here(shown) == "Accounts"
    tabs = part(shown, "accounts.tabs", QTabWidget)
    assert tabs.tabText(tabs.currentIndex()).startswith("Tasks")
    assert column(shown, "accounts.tasks", "Action") == ["Task 0", "Task 1", "Task 2"]
    assert part(shown, "accounts.tasks.list").current() == numbers[1]
    qtbot.waitUntil(lambda: part(shown, "accounts.list").current() == account.number)


def test_ch14_a_task_of_no_account_is_come_to_among_the_tasks(qtbot, window):
    task("First", TODAY)
    number = task("Second", TODAY)
    shown = window()
    reads(qtbot, shown, TASKS, "Action", ["First", "Second"])
    by_double_click(qtbot, shown, TASKS, 1)
    assert here(shown) == "Tasks"
    qtbot.waitUntil(lambda: part(shown, "tasks.list").current() == number)


def test_ch14_a_filter_there_does_not_hide_where_one_goes(qtbot, window):
    number = lead("Lee", TODAY)
    lead("Ash")
    shown = window()
    go(shown, "Leads")
    qtbot.keyClicks(part(shown, "leads.search"), "ash")
    reads(qtbot, shown, "leads", "Last Name", ["Ash"])
    go(shown, "Reminders")
    sub_tab(shown, LEADS)
    reads(qtbot, shown, LEADS, "Last Name", ["Lee"])
    press(qtbot, shown, "reminders.go_to")
    qtbot.waitUntil(lambda: part(shown, "leads.list").current() == number)
    assert part(shown, "leads.last_name").value() == "Lee"
    press(qtbot, shown, "leads.remove")
    qtbot.waitUntil(lambda: part(shown, "leads.last_name").value() == "Ash")


# ---------------------------------------------------------------- Close, with undo (CH-15)


def test_ch15_close_closes_the_task_and_the_notice_takes_it_back(qtbot, window, account):
    number = task("Ring", TODAY, account=account)
    task("Later", TODAY + DAY, account=account)
    shown = window()
    reads(qtbot, shown, TASKS, "Action", ["Ring", "Later"])
    press(qtbot, shown, "reminders.close")
    reads(qtbot, shown, TASKS, "Action", ["Later"])
    assert Task.find(number).closed
    assert (said(shown), tab(shown)) == ("Task closed.", "Reminders")
    press(qtbot, shown, "notices.undo")
    reads(qtbot, shown, TASKS, "Action", ["Ring", "Later"])
    assert (Task.find(number).closed, tab(shown)) == (False, "Reminders 1")


def test_ch15_close_takes_the_reminder_off_a_lead_and_ctrl_z_brings_it_back(qtbot, window):
    number = lead("Lee", TODAY, time(9))
    shown = window()
    sub_tab(shown, LEADS)
    reads(qtbot, shown, LEADS, "Last Name", ["Lee"])
    click_row(qtbot, shown, LEADS, 0)
    qtbot.keyClick(part(shown, f"{LEADS}.grid"), KEY.Key_D, CTRL)
    reads(qtbot, shown, LEADS, "Last Name", [])
    held = Lead.find(number)
    assert (held.reminder_date, held.reminder_time, held.removed) == (None, None, False)
    assert (said(shown), tab(shown)) == ("Reminder of Lee closed.", "Reminders")
    qtbot.keyClick(shown, KEY.Key_Z, CTRL)
    reads(qtbot, shown, LEADS, "Last Name", ["Lee"])
    assert Lead.find(number).reminder_time == time(9)
    assert tab(shown) == "Reminders 1"


def test_ch15_several_selected_tasks_are_closed_in_one_step(qtbot, window):
    for name in ("A", "B", "C"):
        task(name, TODAY)
    shown = window()
    reads(qtbot, shown, TASKS, "Action", ["A", "B", "C"])
    grid = part(shown, f"{TASKS}.grid")
    click_row(qtbot, shown, TASKS, 0)
    qtbot.keyClick(grid, KEY.Key_Down, SHIFT)
    press(qtbot, shown, "reminders.close")
    reads(qtbot, shown, TASKS, "Action", ["C"])
    assert said(shown) == "2 tasks closed."
    press(qtbot, shown, "notices.undo")
    reads(qtbot, shown, TASKS, "Action", ["A", "B", "C"])


def test_ch15_what_another_workstation_closed_already_is_no_harm(qtbot, window, database_url):
    number, other = task("Ring", TODAY), lead("Lee", TODAY)
    shown = window()
    reads(qtbot, shown, TASKS, "Action", ["Ring"])
    sub_tab(shown, LEADS)
    reads(qtbot, shown, LEADS, "Last Name", ["Lee"])
    elsewhere(database_url, f"tasks.close([{number}], 'ANN'); reminders.close_lead({other}, 'ANN')")
    press(qtbot, shown, "reminders.close")
    reads(qtbot, shown, LEADS, "Last Name", [])
    sub_tab(shown, TASKS)
    press(qtbot, shown, "reminders.close")
    assert said(shown) == "That is closed already."
    reads(qtbot, shown, TASKS, "Action", [])


def test_ch14_a_task_whose_account_changed_hands_is_come_to_all_the_same(qtbot, window, account):
    number = task("Ring", TODAY, account=account)
    made.account("Acme")
    held = Account.find(account.number)
    held.owner = "ANN"
    saving.save(held, "ADMIN")
    shown = window()
    reads(qtbot, shown, TASKS, "Action", ["Ring"])
    press(qtbot, shown, "reminders.go_to")
    qtbot.waitUntil(lambda: column(shown, "accounts", "Account Name") == ["Acme"])
    assert part(shown, "accounts.name").value() == "Benton"
    assert part(shown, "accounts.tasks.list").current() == number
