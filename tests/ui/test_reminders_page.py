"""The Reminders page under real hands: it opens first, is right to the minute, and leads to the very record."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QLabel, QPushButton, QTableView, QTabWidget

from channergy_crm import clock
from channergy_crm.records import Account, Lead, Task
from channergy_crm.services import leads, operators, saving
from tests import made
from tests.domain.conversions import elsewhere
from tests.ui.gestures import titles
from tests.ui.hands import CTRL, KEY, SHIFT, opened
from ui.look import theme

pytestmark = pytest.mark.engines("sqlite")  # what is asked of a store here is asked of each in tests/domain

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


class Painted(QObject):
    """Counts how often a widget is painted."""

    def __init__(self, widget):
        super().__init__(widget)
        self.times = 0
        widget.installEventFilter(self)

    def eventFilter(self, watched, event):
        """Look on."""
        self.times += event.type() == QEvent.Type.Paint
        return False


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
def look(qtbot, database_url):
    """Opens the window when a test has made what shall be in it."""
    held = []

    def open_it(operator="ADMIN"):
        opening = opened(qtbot, database_url, operator)
        held.append(opening)
        return opening.__enter__()

    yield open_it
    for opening in held:
        opening.__exit__(None, None, None)


def sub_tab(hands, name):
    """Click on a sub-tab."""
    hands.part("reminders.tabs", QTabWidget).setCurrentIndex(PLACES[name])


def minute_passes(hands, moment):
    """The clock on the wall goes on, and the window's own minute is over. Nobody touches anything."""
    with clock.fixed(moment):
        hands.window._minute.timeout.emit()


def tab(hands):
    """The title of the Reminders tab, with its count."""
    return titles(hands.part("main.tabs", QTabWidget))[0]


# ---------------------------------------------------------------- what stands where (CH-10 … CH-13, CH-16)


def test_ch10_reminders_open_first_with_task_reminders_filled(look):
    task("Ring", TODAY)
    hands = look()
    assert hands.here() == "reminders"
    assert titles(hands.part("main.tabs", QTabWidget))[1:] == [
        "Leads", "Accounts", "Contacts", "Opportunities", "Tasks",
    ]  # fmt: skip
    tabs = hands.part("reminders.tabs", QTabWidget)
    assert titles(tabs) == ["Task Reminders 1", "All Open Tasks 1", "Lead Reminders"]
    assert tabs.currentIndex() == 0
    assert hands.column(TASKS, "Action") == ["Ring"], "filled before it is painted"
    assert hands.part(f"{TASKS}.grid").hasFocus()


def test_ch11_ch12_ch13_each_sub_tab_holds_what_it_says_by_date_and_time(look):
    task("Coming", TODAY + DAY)
    task("At nine", TODAY, time(9))
    task("At eight", TODAY, time(8))
    task("No date")
    task("Done", TODAY, closed=True)
    lead("Lee", TODAY)
    lead("Nobody")
    task("Return of a parcel, in the suite", TODAY, is_crm=False)
    hands = look()
    hands.reads(TASKS, "Action", ["At eight", "At nine", "Coming"])
    sub_tab(hands, OPEN)
    hands.reads(OPEN, "Action", ["At eight", "At nine", "Coming", "No date"])
    sub_tab(hands, LEADS)
    hands.reads(LEADS, "Last Name", ["Lee"])


def test_ch16_ch6_only_ones_own_and_the_drop_down_changes_whose(look):
    task("Mine", TODAY)
    task("Hers", TODAY, owner="ANN")
    lead("Mine", TODAY)
    lead("Hers", TODAY, owner="ANN")
    hands = look()
    hands.reads(TASKS, "Action", ["Mine"])
    assert tab(hands) == "Reminders 2"
    hands.choose("main.operator", "ANN  Ann Lee")
    hands.reads(TASKS, "Action", ["Hers"])
    for name, label in ((OPEN, "Action"), (LEADS, "Last Name")):
        sub_tab(hands, name)
        hands.reads(name, label, ["Hers"])


def test_ch10_an_empty_list_says_what_would_be_there(look):
    hands = look()
    assert hands.part(f"{TASKS}.empty", QLabel).isVisible()
    assert "Tasks with a date stand here" in hands.part(f"{TASKS}.empty", QLabel).text()
    for name in ("go_to", "close"):
        button = hands.part(f"reminders.{name}", QPushButton)
        assert (button.isEnabled(), button.toolTip()) == (False, "Choose a reminder first.")
    assert tab(hands) == "Reminders"


# ---------------------------------------------------------------- told apart, and right to the minute


def colours(hands, name):
    """The colour each row's date is written in, None for the usual one."""
    model = hands.part(f"{name}.grid", QTableView).model()
    found = [model.index(row, 0).data(Qt.ItemDataRole.ForegroundRole) for row in hands.records(name)]
    return [colour.name() if colour is not None else None for colour in found]


@pytest.mark.parametrize("name", [TASKS, OPEN, LEADS])
def test_ch11_ch13_overdue_due_today_and_coming_differ_by_sign_and_colour(look, name):
    for standing, day, at, _ in STANDING:
        task(standing, day, at)
        lead(standing, day, at)
    hands = look()
    sub_tab(hands, name)
    hands.reads(name, "Reminder Dt", [text for _, _, _, text in STANDING])
    assert hands.column(name, "Reminder Time") == ["12:00", "09:00", "14:30", "08:00"]
    overdue, soon = (theme.colour(hands.window, ink).name() for ink in ("overdue", "soon"))
    assert overdue != soon
    assert colours(hands, name) == [overdue, overdue, soon, None]
    assert tab(hands) == "Reminders 4", "two tasks and two leads are overdue or due"


@pytest.mark.parametrize("name", [TASKS, LEADS])
def test_ch11_ch13_the_minute_a_reminder_falls_due_the_count_and_the_list_tell_without_a_click(look, name):
    task("Ring", TODAY, time(14, 30))
    lead("Lee", TODAY, time(14, 30))
    hands = look()
    sub_tab(hands, name)
    hands.reads(name, "Reminder Dt", ["○ Today"])
    bar = hands.part("main.tabs", QTabWidget).tabBar()
    minute_passes(hands, NOW.replace(hour=14, minute=29))
    assert bar.count_of(0) == ("2", "soon"), "F-51: nothing is late, two come today"
    with clock.fixed(NOW.replace(hour=14, minute=30)):
        hands.window._minute.timeout.emit()
        assert bar.count_of(0) == ("2", "overdue")
        assert hands.part("main.tabs", QTabWidget).tabToolTip(0) == "2 overdue, 0 more today"
        hands.reads(name, "Reminder Dt", ["● Today"])
    with clock.fixed(datetime(2026, 11, 24, 0, 0)):
        painted = Painted(hands.part(f"{name}.grid", QTableView).viewport())
        hands.window._minute.timeout.emit()
        hands.bot.waitUntil(lambda: painted.times > 0)
        hands.reads(name, "Reminder Dt", ["⚠ Yesterday"])
        assert tab(hands) == "Reminders 2", "nothing else has changed, and the list is painted all the same"


def test_ch10_the_window_waits_for_the_next_full_minute_again_and_again(look):
    hands = look()
    for _ in range(2):
        assert hands.window._minute.isActive()
        assert 0 < hands.window._minute.interval() <= 60_010, "what is left may be more: Qt lets coarse timers be late"
        minute_passes(hands, NOW)


def test_ch10_what_another_workstation_wrote_is_there_the_next_minute(look, database_url):
    task("Mine", TODAY)
    hands = look()
    hands.reads(TASKS, "Action", ["Mine"])
    elsewhere(
        database_url,
        "task = accounts.start_task('ADMIN')\n"
        "task.action, task.reminder_date = 'From elsewhere', date(2026, 11, 22)\n"
        "tasks.save(task, 'ADMIN')",
    )
    minute_passes(hands, NOW)
    assert tab(hands) == "Reminders 1", "the late one; Mine comes today"
    hands.reads(TASKS, "Action", ["From elsewhere", "Mine"])


def test_ch15_the_count_follows_what_is_done_on_any_tab(look):
    number = lead("Lee")
    hands = look()
    assert tab(hands) == "Reminders"
    held = Lead.find(number)
    held.reminder_date = TODAY
    leads.save(held, "ADMIN")
    hands.bot.waitUntil(lambda: tab(hands) == "Reminders 1")
    leads.remove(number, "ADMIN")
    hands.bot.waitUntil(lambda: tab(hands) == "Reminders")


# ---------------------------------------------------------------- Go To (CH-14)


def by_button(hands, name, row):
    hands.click_row(name, row)
    hands.click("reminders.go_to")


def by_double_click(hands, name, row):
    hands.click_row(name, row, double=True)


def by_enter(hands, name, row):
    hands.click_row(name, row)
    hands.bot.keyClick(hands.part(f"{name}.grid"), KEY.Key_Return)


def by_key(hands, name, row):
    hands.click_row(name, row)
    hands.bot.keyClick(hands.part(f"{name}.grid"), KEY.Key_G, CTRL)


ways = pytest.mark.parametrize("way", [by_button, by_double_click, by_enter, by_key], ids=lambda way: way.__name__)


@ways
def test_ch14_go_to_lands_on_the_very_lead(look, way):
    numbers = {name: lead(name, TODAY) for name in ("Ash", "Birch", "Cedar")}
    lead("Nobody")
    hands = look()
    sub_tab(hands, LEADS)
    hands.reads(LEADS, "Last Name", ["Ash", "Birch", "Cedar"])
    way(hands, LEADS, 1)
    assert hands.here() == "leads"
    hands.bot.waitUntil(lambda: hands.part("leads.list").current() == numbers["Birch"])
    assert hands.part("leads.last_name").value() == "Birch"


@ways
@pytest.mark.parametrize("name", [TASKS, OPEN])
def test_ch14_go_to_lands_on_the_very_task_inside_its_account(look, account, name, way):
    other = made.account("Acme")
    numbers = [task(f"Task {count}", TODAY, time(count + 1), account=account) for count in range(3)]
    task("Of another", TODAY, time(23), account=other)
    hands = look()
    sub_tab(hands, name)
    hands.reads(name, "Action", ["Task 0", "Task 1", "Task 2", "Of another"])
    way(hands, name, 1)
    assert hands.here() == "accounts"
    tabs = hands.part("accounts.tabs", QTabWidget)
    assert tabs.tabText(tabs.currentIndex()).startswith("Tasks")
    assert hands.column("accounts.tasks", "Action") == ["Task 0", "Task 1", "Task 2"]
    assert hands.part("accounts.tasks.list").current() == numbers[1]
    hands.bot.waitUntil(lambda: hands.part("accounts.list").current() == account.number)


def test_ch14_a_task_of_no_account_is_come_to_among_the_tasks(qtbot, look):
    task("First", TODAY)
    number = task("Second", TODAY)
    hands = look()
    hands.reads(TASKS, "Action", ["First", "Second"])
    by_double_click(hands, TASKS, 1)
    assert hands.here() == "tasks"
    qtbot.waitUntil(lambda: hands.part("tasks.list").current() == number)


def test_ch14_a_filter_there_does_not_hide_where_one_goes(qtbot, look):
    number = lead("Lee", TODAY)
    lead("Ash")
    hands = look()
    hands.go("leads")
    qtbot.keyClicks(hands.part("leads.search"), "ash")
    hands.reads("leads", "Last Name", ["Ash"])
    hands.go("reminders")
    sub_tab(hands, LEADS)
    hands.reads(LEADS, "Last Name", ["Lee"])
    hands.click("reminders.go_to")
    qtbot.waitUntil(lambda: hands.part("leads.list").current() == number)
    assert hands.part("leads.last_name").value() == "Lee"
    hands.click("leads.remove")
    qtbot.waitUntil(lambda: hands.part("leads.last_name").value() == "Ash")


def test_ch15_close_closes_the_task_and_the_notice_takes_it_back(look, account):
    number = task("Ring", TODAY, account=account)
    task("Later", TODAY + DAY, account=account)
    hands = look()
    hands.reads(TASKS, "Action", ["Ring", "Later"])
    hands.click("reminders.close")
    hands.reads(TASKS, "Action", ["Later"])
    assert Task.find(number).closed and hands.said() == "Task closed."
    hands.bot.waitUntil(lambda: tab(hands) == "Reminders")
    hands.click("notices.undo")
    hands.reads(TASKS, "Action", ["Ring", "Later"])
    assert not Task.find(number).closed
    hands.bot.waitUntil(lambda: tab(hands) == "Reminders 1")


def test_ch15_close_takes_the_reminder_off_a_lead_and_ctrl_z_brings_it_back(qtbot, look):
    number = lead("Lee", TODAY, time(9))
    hands = look()
    sub_tab(hands, LEADS)
    hands.reads(LEADS, "Last Name", ["Lee"])
    hands.click_row(LEADS, 0)
    qtbot.keyClick(hands.part(f"{LEADS}.grid"), KEY.Key_D, CTRL)
    hands.reads(LEADS, "Last Name", [])
    held = Lead.find(number)
    assert (held.reminder_date, held.reminder_time, held.removed) == (None, None, False)
    hands.bot.waitUntil(lambda: (hands.said(), tab(hands)) == ("Reminder of Lee closed.", "Reminders"))
    qtbot.keyClick(hands.window, KEY.Key_Z, CTRL)
    hands.reads(LEADS, "Last Name", ["Lee"])
    assert Lead.find(number).reminder_time == time(9)
    hands.bot.waitUntil(lambda: tab(hands) == "Reminders 1")


def test_ch15_several_selected_tasks_are_closed_in_one_step(qtbot, look):
    for name in ("A", "B", "C"):
        task(name, TODAY)
    hands = look()
    hands.reads(TASKS, "Action", ["A", "B", "C"])
    grid = hands.part(f"{TASKS}.grid")
    hands.click_row(TASKS, 0)
    qtbot.keyClick(grid, KEY.Key_Down, SHIFT)
    hands.click("reminders.close")
    hands.reads(TASKS, "Action", ["C"])
    assert hands.said() == "2 tasks closed."
    hands.click("notices.undo")
    hands.reads(TASKS, "Action", ["A", "B", "C"])


def test_ch15_what_another_workstation_closed_already_is_no_harm(look, database_url):
    number, other = task("Ring", TODAY), lead("Lee", TODAY)
    hands = look()
    hands.reads(TASKS, "Action", ["Ring"])
    sub_tab(hands, LEADS)
    hands.reads(LEADS, "Last Name", ["Lee"])
    elsewhere(database_url, f"tasks.close([{number}], 'ANN'); reminders.close_lead({other}, 'ANN')")
    hands.click("reminders.close")
    hands.reads(LEADS, "Last Name", [])
    sub_tab(hands, TASKS)
    hands.click("reminders.close")
    assert hands.said() == "That is closed already."
    hands.reads(TASKS, "Action", [])


def test_ch14_a_task_whose_account_changed_hands_is_come_to_all_the_same(look, account):
    number = task("Ring", TODAY, account=account)
    made.account("Acme")
    held = Account.find(account.number)
    held.owner = "ANN"
    saving.save(held, "ADMIN")
    hands = look()
    hands.reads(TASKS, "Action", ["Ring"])
    hands.click("reminders.go_to")
    hands.bot.waitUntil(lambda: hands.column("accounts", "Account Name") == ["Acme"])
    assert hands.part("accounts.name").value() == "Benton"
    assert hands.part("accounts.tasks.list").current() == number
