"""Tasks, inside their account and at the top: every column edited in place, closed with undo (CH-119 … CH-129, K8)."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QCalendarWidget, QCheckBox, QLabel, QToolButton

from channergy_crm.records import Account, Lead, Task
from channergy_crm.services import leads, lookups, saving
from tests import made
from tests.ui.gestures import alone, part, retype, titles, values_offered, words
from tests.ui.hands import CTRL, EDITING, KEY, LEFT, SHIFT, Hands, company
from ui.lists.next_step_dialog import NextStepDialog
from ui.screens.sales import ACCOUNT_TASKS, TASKS

pytestmark = pytest.mark.engines("sqlite")

ACME, BIRCH = "Acme Books; Ann Lee", "Birch Toys; Bo Chan"
GRIDS = ["accounts.tasks", "tasks"]
CHECKED, UNCHECKED = Qt.CheckState.Checked, Qt.CheckState.Unchecked
CHECK = Qt.ItemDataRole.CheckStateRole

FIELDS: dict[str, tuple[str, Any]] = {  # what is typed into the cell, and what the store then holds
    "action": ("Send “Zoë” the quote", "Send “Zoë” the quote"), "reminder_date": ("tomorrow", date(2026, 11, 24)),
    "reminder_time": ("1 pm", time(13, 0)), "notes": ("Ask for Bo", "Ask for Bo"), "priority": ("High", "High"),
    "status": ("In Progress", "In Progress"),
}  # fmt: skip


@pytest.fixture
def call(hands: Hands, fixed_clock: datetime) -> Task:
    """A task of an account, both lists at hand."""
    acme = made.account(ACME)
    call = made.task(acme, "Call", reminder_date=date(2026, 11, 23), reminder_time=time(14, 0))
    hands.open_account(ACME, "tasks")
    hands.reads("accounts.tasks", "action", ["Call"])
    return call


def look(hands: Hands, grid: str) -> None:
    """At the list of tasks inside the account, or at the one at the top."""
    hands.go(*(("tasks", "") if grid == "tasks" else ("accounts", "tasks")))
    hands.bot.waitUntil(lambda: hands.rows(grid) > 0 and hands.grid(grid).isVisible())


# ---------------------------------------------------------------- every column (CH-119 … CH-125)


@pytest.mark.parametrize("grid", GRIDS)
def test_ch119_to_ch125_each_field_is_edited_in_the_grid_saved_and_read_back(
    hands: Hands, call: Task, grid: str
) -> None:
    look(hands, grid)
    for field, (typed, kept) in FIELDS.items():
        hands.fill_cell(grid, 0, field, typed)
        assert hands.stored(Task, call.number)[field] == kept, field
        shown = {"reminder_date": "Tomorrow", "reminder_time": "13:00"}.get(field, typed)
        assert hands.column(grid, field) == [shown], field


def test_ch119_every_field_of_the_list_has_its_column_in_both_grids() -> None:
    for screen in (ACCOUNT_TASKS, TASKS):
        assert set(FIELDS) | {"closed"} <= set(screen.columns)


@pytest.mark.parametrize("grid", GRIDS)
def test_ch121_ch128_the_date_drop_down_opens_a_mini_calendar_and_the_day_is_taken(
    hands: Hands, call: Task, grid: str
) -> None:
    look(hands, grid)
    hands.click_row(grid, 0, "reminder_date", double=True)
    button = hands.part("cell.reminder_date").findChild(QToolButton, "cell.reminder_date.calendar")
    hands.bot.mouseClick(button, LEFT)
    popup = hands.part("cell.reminder_date.calendar.popup")
    assert popup.isVisible()
    calendar = popup.findChild(QCalendarWidget)
    assert calendar.selectedDate().toPython() == date(2026, 11, 23)
    calendar.setFocus()
    hands.press(KEY.Key_Right)
    hands.press(KEY.Key_Return)
    assert not popup.isVisible() and hands.grid(grid).state() == EDITING
    hands.press(KEY.Key_Return)
    assert hands.stored(Task, call.number)["reminder_date"] == date(2026, 11, 24)


@pytest.mark.parametrize("grid", GRIDS)
def test_ch122_ch129_the_time_is_on_the_24_hour_clock_and_stepped_with_the_spin_buttons(
    hands: Hands, call: Task, grid: str
) -> None:
    look(hands, grid)
    assert hands.column(grid, "reminder_time") == ["14:00"]
    hands.click_row(grid, 0, "reminder_time", double=True)
    cell = hands.part("cell.reminder_time")
    for button, shown in (("later", "14:15"), ("later", "14:30"), ("earlier", "14:15")):
        hands.bot.mouseClick(cell.findChild(QToolButton, f"cell.reminder_time.{button}"), LEFT)
        assert cell.text() == shown
    hands.press(KEY.Key_Return)
    assert hands.stored(Task, call.number)["reminder_time"] == time(14, 15)


@pytest.mark.parametrize("grid", GRIDS)
def test_ch124_ch125_ch146_priority_and_status_drop_down_exactly_the_default_lists(
    hands: Hands, call: Task, grid: str
) -> None:
    look(hands, grid)
    for field, values in (("priority", ["High", "Low", "Normal"]), ("status", ["In Progress", "Not Started"])):
        hands.stand(grid, 0, field)
        hands.press(KEY.Key_F2)
        assert values_offered(hands.part(f"cell.{field}")) == values
        hands.press(KEY.Key_Escape)


def test_ch124_the_lists_are_editable_a_new_value_from_the_cell_and_a_retired_one_stays_readable(
    hands: Hands, call: Task
) -> None:
    hands.stand("accounts.tasks", 0, "priority")
    hands.press(KEY.Key_F2)
    editor = hands.part("cell.priority")
    assert editor.itemText(editor.count() - 1) == "Add a value…"
    with hands.answering(text="Urgent") as asked:
        editor.setCurrentIndex(editor.count() - 1)
        hands.bot.waitUntil(lambda: len(asked) > 0 and QApplication.activeModalWidget() is None)
    assert hands.stored(Task, call.number)["priority"] == "Urgent"
    hands.reads("accounts.tasks", "priority", ["Urgent"])
    urgent = next(entry for entry in lookups.entries("CustServ", "Priority", "ADMIN") if entry.value == "Urgent")
    urgent.retired = True
    lookups.save(urgent, "ADMIN")
    hands.fill_cell("accounts.tasks", 0, "notes", "touched")
    assert hands.column("accounts.tasks", "priority") == ["Urgent"]
    assert hands.stored(Task, call.number)["priority"] == "Urgent"
    hands.fill_cell("accounts.tasks", 0, "priority", "Low")
    hands.stand("accounts.tasks", 0, "priority")
    hands.press(KEY.Key_F2)
    assert values_offered(hands.part("cell.priority")) == ["High", "Low", "Normal"]


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [("reminder_date", "someday", "someday"), ("reminder_time", "25:00", "25:00"), ("action", "", "Action")],
)
def test_ch120_ch121_ch122_what_cannot_be_read_is_said_and_not_saved(
    hands: Hands, call: Task, field: str, typed: str, said: str
) -> None:
    hands.fill_cell("accounts.tasks", 0, field, typed)
    assert said in hands.said()
    assert hands.stored(Task, call.number)[field] == getattr(call, field)
    if hands.grid("accounts.tasks").state() == EDITING:
        hands.bot.keyClick(hands.part(f"cell.{field}"), KEY.Key_Escape)


def test_f5_a_reminder_time_without_a_day_is_said_in_the_cell_and_not_saved(hands: Hands, call: Task) -> None:
    hands.fill_cell("accounts.tasks", 0, "reminder_date", "")
    assert "A Reminder Time needs a Reminder Dt: " in hands.said()
    assert hands.stored(Task, call.number)["reminder_date"] == call.reminder_date
    if hands.grid("accounts.tasks").state() == EDITING:
        hands.bot.keyClick(hands.part("cell.reminder_date"), KEY.Key_Escape)


# ---------------------------------------------------------------- closing (CH-126, CH-127)


@pytest.mark.parametrize("grid", GRIDS)
def test_ch126_ch147_closed_is_a_box_that_a_click_or_space_ticks_and_unticks(
    hands: Hands, call: Task, grid: str
) -> None:
    look(hands, grid)
    model = hands.grid(grid).model()
    box = model.index(0, model.columns.index("closed"))
    assert box.data(CHECK) == UNCHECKED
    hands.stand(grid, 0, "closed")
    hands.press(KEY.Key_Space)
    assert hands.stored(Task, call.number)["closed"] is True
    assert model.index(0, box.column()).data(CHECK) == CHECKED
    hands.press(KEY.Key_Space)
    assert hands.stored(Task, call.number)["closed"] is False


@pytest.mark.parametrize("grid", GRIDS)
@pytest.mark.parametrize("way", ["button", "key", "menu"])
def test_ch127_close_closes_the_task_and_undo_brings_it_back(hands: Hands, call: Task, grid: str, way: str) -> None:
    made.task(Account.find(call.account), "Later", reminder_date=date(2026, 12, 1))
    look(hands, grid)
    hands.reads(grid, "action", ["Call", "Later"])
    hands.stand(grid, 0)
    if way == "button":
        hands.click(f"{grid}.close")
    elif way == "key":
        hands.press(KEY.Key_D, CTRL)
    else:
        hands.pick(hands.menu(grid, 0, "action"), "Close")
    assert hands.stored(Task, call.number)["closed"] is True
    hands.reads(grid, "action", ["Later"])
    assert hands.said() == "Task closed."
    hands.click("notices.undo")
    hands.reads(grid, "action", ["Call", "Later"])
    assert hands.stored(Task, call.number)["closed"] is False


def test_ch127_several_selected_tasks_are_closed_at_once(hands: Hands, call: Task) -> None:
    made.task(Account.find(call.account), "Later", reminder_date=date(2026, 12, 1))
    hands.reads("accounts.tasks", "action", ["Call", "Later"])
    hands.stand("accounts.tasks", 0)
    hands.press(KEY.Key_Down, SHIFT)
    hands.click("accounts.tasks.close")
    assert hands.said() == "2 tasks closed."
    hands.bot.waitUntil(lambda: hands.part("accounts.tasks.empty", QLabel).isVisible())


def test_ch126_closed_tasks_leave_the_lists_and_are_shown_in_the_account_when_asked_for(
    hands: Hands, call: Task
) -> None:
    made.task(Account.find(call.account), "Done", closed=True)
    hands.reads("accounts.tasks", "action", ["Call"])
    hands.bot.mouseClick(hands.part("accounts.tasks.show_closed", QCheckBox), LEFT)
    hands.reads("accounts.tasks", "action", ["Call", "Done"])
    look(hands, "tasks")
    hands.reads("tasks", "action", ["Call"])


# ---------------------------------------------------------------- adding, deleting, finding


def test_ch119_plus_adds_a_task_of_the_account_whose_action_is_typed_at_once(hands: Hands, call: Task) -> None:
    hands.click("accounts.tasks.create")
    hands.type("Send the catalog")
    hands.press(KEY.Key_Tab)
    assert QApplication.focusWidget().objectName() == "cell.reminder_date"
    hands.type("+2")
    hands.press(KEY.Key_Return)
    new = hands.stored(Task, max(task.number for task in Task.select()))
    account = Account.find(call.account)
    assert (new["action"], new["reminder_date"]) == ("Send the catalog", date(2026, 11, 25))
    assert (new["account"], new["customer"], new["owner"]) == (account.number, account.customer, "ADMIN")
    assert (new["is_crm"], new["closed"]) == (True, False)


def test_a_task_is_deleted_with_undo(hands: Hands, call: Task) -> None:
    hands.stand("accounts.tasks", 0)
    hands.click("accounts.tasks.delete")
    assert Task.find(call.number) is None
    hands.click("notices.undo")
    hands.reads("accounts.tasks", "action", ["Call"])


def test_tasks_belong_to_the_open_account_only(hands: Hands, call: Task) -> None:
    made.task(made.account(BIRCH), "Visit")
    hands.stand("accounts", hands.row("accounts", "name", BIRCH))
    hands.reads("accounts.tasks", "action", ["Visit"])
    hands.stand("accounts", hands.row("accounts", "name", ACME))
    hands.reads("accounts.tasks", "action", ["Call"])


def test_the_same_task_changed_by_somebody_else_meanwhile_is_not_overwritten(hands: Hands, call: Task) -> None:
    hands.stand("accounts.tasks", 0, "reminder_date")
    hands.press(KEY.Key_F2)
    theirs = Task.find(call.number)
    theirs.reminder_date = date(2026, 12, 24)
    saving.save(theirs, made.colleague())
    hands.part("cell.reminder_date").selectAll()
    hands.type("tomorrow")
    hands.press(KEY.Key_Return)
    assert "was changed to" in hands.said()
    assert hands.stored(Task, call.number)["reminder_date"] == date(2026, 12, 24)
    hands.reads("accounts.tasks", "reminder_date", ["Thu 24 Dec"])


# ---------------------------------------------------------------- at the top (K8), and the suite's own rows (CH-148)


def test_k8_the_tasks_tab_lists_the_operators_open_tasks_and_follows_the_drop_down(hands: Hands, call: Task) -> None:
    ben = made.colleague()
    made.task(made.account(BIRCH, ben), "Visit", ben)
    look(hands, "tasks")
    hands.reads("tasks", "action", ["Call"])
    operator = hands.part("main.operator")
    operator.setCurrentIndex(operator.findData(ben))
    hands.reads("tasks", "action", ["Visit"])


@pytest.mark.parametrize("way", ["button", "enter", "double-click"])
def test_k8_go_to_leads_to_the_very_task_inside_its_account(hands: Hands, call: Task, way: str) -> None:
    visit = made.task(made.account(BIRCH), "Visit")
    made.task(Account.find(visit.account), "Phone first")
    look(hands, "tasks")
    row = hands.row("tasks", "action", "Visit")
    hands.stand("tasks", row, "account_name")
    if way == "button":
        hands.click("tasks.go_to")
    elif way == "enter":
        hands.press(KEY.Key_Return)
    else:
        hands.click_row("tasks", row, "account_name", double=True)
    assert hands.where() == ("accounts", "tasks")
    assert hands.part("accounts.summary_name", QLabel).text() == company(BIRCH)
    grid = hands.grid("accounts.tasks")
    assert hands.column("accounts.tasks", "action")[grid.currentIndex().row()] == "Visit"
    assert grid.hasFocus()


def test_k8_a_task_of_a_lead_leads_to_the_lead(hands: Hands, call: Task) -> None:
    lead: Lead = leads.create({"description": "Wants a demo", "last_name": "Low", "owner": "ADMIN"}, "ADMIN")
    made.task(None, "Ring Low", lead=lead.number)
    look(hands, "tasks")
    hands.stand("tasks", hands.row("tasks", "action", "Ring Low"), "action")
    hands.click("tasks.go_to")
    assert hands.where()[0] == "leads"
    assert hands.part("leads.last_name").value() == "Low"


def test_ch145_ch148_rows_of_the_suite_without_the_crm_mark_show_nowhere(hands: Hands, call: Task) -> None:
    acme = Account.find(call.account)
    made.service_row(acme, "Invoice", reminder_date=date(2026, 11, 23), reminder_time=time(9, 0))
    made.service_row(acme, "Return", closed=True)
    hands.part("accounts.tasks.show_closed", QCheckBox).setChecked(True)
    look(hands, "accounts.tasks")
    hands.reads("accounts.tasks", "action", ["Call"])
    look(hands, "tasks")
    hands.reads("tasks", "action", ["Call"])
    for place, grid in enumerate(("reminders.tasks", "reminders.open_tasks")):
        hands.go("reminders")
        hands.part("reminders.tabs").setCurrentIndex(place)
        hands.reads(grid, "action", ["Call"])
    assert titles(hands.window.tabs)[0] == "Reminders 1"
    hands.open_account(ACME, "information")
    assert titles(hands.part("accounts.tabs"))[-1] == "Tasks 1"


@pytest.mark.parametrize("grid", GRIDS)
def test_f37_a_time_typed_with_the_day_in_a_cell_is_saved_with_it_in_one_step(
    hands: Hands, call: Task, grid: str
) -> None:
    look(hands, grid)
    hands.fill_cell(grid, 0, "reminder_date", "fri 10")
    held = hands.stored(Task, call.number)
    assert (held["reminder_date"], held["reminder_time"]) == (date(2026, 11, 27), time(10))
    assert hands.column(grid, "reminder_time") == ["10:00"]
    hands.bot.keyClick(hands.window, KEY.Key_Z, CTRL)
    held = hands.stored(Task, call.number)
    assert (held["reminder_date"], held["reminder_time"]) == (date(2026, 11, 23), time(14))


def test_bx21_a_task_is_closed_with_its_next_step_by_keys_alone(hands: Hands, call: Task) -> None:
    session = hands.window.session
    dialog = alone(hands.bot, NextStepDialog([call.number], session, hands.window))
    assert part(dialog, "next_step.action").value() == "Call"
    day = part(dialog, "next_step.day")
    assert day.value() == date(2026, 11, 30), "in a week unless something else is said"
    part(dialog, "next_step.in_days").click()
    assert day.value() == date(2026, 11, 26)
    retype(hands.bot, day, "yesterday")
    hands.bot.keyClick(day, KEY.Key_Return)
    assert "has passed" in words(dialog) and dialog.isVisible()
    retype(hands.bot, day, "+5")
    hands.bot.keyClick(day, KEY.Key_Return)
    assert dialog.count == 1
    held = [(one.action, one.reminder_date, one.closed) for one in Task.select().order_by(Task.number)]
    assert held == [("Call", date(2026, 11, 23), True), ("Call", date(2026, 11, 28), False)]
    assert hands.window.findChild(QAction, "accounts.tasks.close_and_go_on") is not None
