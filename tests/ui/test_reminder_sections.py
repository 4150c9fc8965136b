"""The Reminders page in sections: overdue, today, later, no date; folded, skipped, snoozed (F-51)."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLabel, QTabWidget

from channergy_crm import clock
from channergy_crm.records import Lead, Task
from channergy_crm.services import leads, reminders
from tests import made
from tests.ui.hands import KEY, SHIFT
from ui.lists.parts import Parts
from ui.pages.reminder_pane import width_of
from ui.pages.reminder_rows import how_late, in_sections
from ui.pages.snooze import offered
from ui.widgets.summary import Tile

pytestmark = pytest.mark.engines("sqlite")

NOW = datetime(2026, 11, 23, 10, 0)
TODAY, DAY = NOW.date(), timedelta(days=1)
TASKS, OPEN, LEADS = "reminders.tasks", "reminders.open_tasks", "reminders.leads"


# ---------------------------------------------------------------- rows and places


def test_heads_stand_between_the_rows_and_empty_sections_have_none() -> None:
    parts = Parts([2, 0, 3], [False] * 3, headed=True)
    assert (parts.rows, parts.records, parts.heads()) == (7, 5, [0, 3])
    assert [parts.place(row) for row in range(7)] == [-1, 0, 1, -1, 2, 3, 4]
    assert [parts.row(place) for place in range(5)] == [1, 2, 4, 5, 6]
    assert parts.runs(1, 5) == [(0, 2), (2, 2)]
    assert [parts.nearest(row) for row in (0, 2, 3, 6)] == [1, 2, 4, 6]
    assert [parts.section(row) for row in (0, 2, 3)] == [0, 0, 2]


def test_what_is_folded_takes_one_row() -> None:
    parts = Parts([2, 3], [True, False], headed=True)
    assert (parts.rows, parts.records, parts.heads()) == (5, 5, [0, 1])
    assert [parts.row(place) for place in range(5)] == [-1, -1, 2, 3, 4]
    assert parts.nearest(0) == 2


def test_a_list_without_sections_is_just_as_long_as_it_is() -> None:
    parts = Parts([4])
    assert (parts.rows, parts.heads(), parts.place(3), parts.place(4), parts.row(2)) == (4, [], 3, -1, 2)
    assert parts.runs(1, 2) == [(1, 2)] and parts.head(0) == -1


# ---------------------------------------------------------------- when, and how late


@pytest.mark.parametrize(
    ("day", "at", "said"),
    [
        (-1, time(11, 15), "1 day late"), (-9, None, "9 days late"), (0, time(9, 24), "36 min late"),
        (0, time(7), "3 h late"), (0, time(10), "now"), (0, time(10, 14), "in 14 min"), (0, time(15), ""),
        (0, None, ""), (1, time(8), ""),
    ],
)  # fmt: skip
def test_f51_how_late_it_is(fixed_clock: datetime, day: int, at: time | None, said: str) -> None:
    assert how_late(TODAY + day * DAY, at) == said


def test_f51_a_row_says_when_about_what_and_only_high_is_a_tag(office, fixed_clock: datetime) -> None:
    entry = in_sections(Task).entry
    known = {"action": "Call about the offer", "account_name": "Millstone", "phone": "512-555-0162"}
    held = entry({**known, "reminder_date": TODAY - DAY, "reminder_time": time(11, 15), "priority": "High"})
    assert held[:6] == ("Yesterday 11:15", "1 day late", "overdue", "Call about the offer", "Millstone", "512-555-0162")
    assert (held.kind, held.tag) == ("High", True)
    held = entry({**known, "reminder_date": TODAY, "reminder_time": time(14, 50), "priority": "Low"})
    assert (held.when, held.late, held.ink, held.tag) == ("14:50", "", "soon", False)
    said = in_sections(Lead).entry({"last_name": "Lee", "company": "Acme", "reminder_date": TODAY + DAY})
    assert (said.when, said.ink, said.name, said.second) == ("Tomorrow", "", "Lee", "Acme")


def test_f51_snooze_offers_an_hour_tomorrow_and_the_next_two_fridays_or_mondays() -> None:
    assert [put.text for put in offered(NOW)] == ["In 1 h", "Tomorrow 9:00", "Fri 27", "Mon 30"]
    assert [put.text for put in offered(datetime(2026, 11, 26, 23, 30))][2:] == ["Mon 30", "Fri 4"]
    assert offered(datetime(2026, 11, 26, 23, 30))[0][1:] == (TODAY + 4 * DAY, time(0, 30))


# ---------------------------------------------------------------- on the screen


@pytest.fixture
def page(hands, fixed_clock):
    """Tasks in every section."""
    for action, day, at in (
        ("Old", TODAY - DAY, time(12)), ("Come", TODAY, time(9)), ("Whole day", TODAY, None),
        ("Soon", TODAY, time(10, 14)), ("Then", TODAY + DAY, None), ("Some day", None, None),
    ):  # fmt: skip
        made.task(None, action, reminder_date=day, reminder_time=at)
    hands.go("leads")
    hands.go("reminders")
    hands.reads(TASKS, "action", ["Old", "Come", "Soon", "Whole day", "Then"])
    hands.read_to_the_end(TASKS)
    return hands


def heads(hands, name: str) -> list[tuple[str, int, bool]]:
    """The sections: title, count, folded."""
    model = hands.grid(name).model()
    found = [model.head(row) for row in range(model.rowCount())]
    return [(head.title, count, folded) for head, count, folded in filter(None, found)]


def current(hands, name: str) -> str:
    """What the cursor stands on."""
    grid = hands.grid(name)
    return grid.model().value(grid.currentIndex().row(), "action")


def test_f51_sections_with_their_counts_and_all_open_tasks_have_a_fourth(page) -> None:
    assert heads(page, TASKS) == [("Overdue", 2, False), ("Today", 2, False), ("Later", 1, False)]
    page.part("reminders.tabs", QTabWidget).setCurrentIndex(1)
    page.reads(OPEN, "action", ["Old", "Come", "Soon", "Whole day", "Then", "Some day"])
    page.bot.waitUntil(lambda: heads(page, OPEN)[-1:] == [("No date", 1, False)])
    assert "2 overdue, 2 more today" in page.window._pages[0].standing()


def test_f51_what_another_sub_tab_holds_is_counted_while_nobody_looks_at_it(page) -> None:
    tray = page.part("reminders.tabs", QTabWidget).tabBar()
    page.bot.waitUntil(lambda: [tray.count_of(place)[0] for place in range(3)] == ["5", "6", ""])
    made.task(None, "One more", reminder_date=TODAY + DAY)
    page.bot.waitUntil(lambda: [tray.count_of(place)[0] for place in range(3)] == ["6", "7", ""])


def test_the_first_rows_are_not_read_twice(page) -> None:
    model = page.part(f"{TASKS}.list").model
    held = model.row(1)
    assert model.sectioning is not None and held in model._first, "kept when the whole list has come"


def test_the_cursor_skips_the_heads(page) -> None:
    page.stand(TASKS, 0)
    seen = [current(page, TASKS)]
    for key in (KEY.Key_Down,) * 5:
        page.press(key)
        seen.append(current(page, TASKS))
    assert seen == ["Old", "Come", "Soon", "Whole day", "Then", "Then"]
    for _ in range(5):
        page.press(KEY.Key_Up)
    assert current(page, TASKS) == "Old"
    page.press(KEY.Key_PageDown)
    assert current(page, TASKS) == "Then"
    page.press(KEY.Key_PageUp)
    assert current(page, TASKS) == "Old"
    model = page.grid(TASKS).model()
    assert model.flags(model.index(0, 0)) == Qt.ItemFlag.NoItemFlags


def test_heads_between_marked_rows_are_not_marked(page) -> None:
    page.stand(TASKS, 1)
    page.press(KEY.Key_Down, SHIFT)
    assert page.grid(TASKS).marked_count() == 2 and len(page.part(f"{TASKS}.list").marked()) == 2


def test_a_section_is_folded_by_its_head_or_by_keys_and_stays_so(page) -> None:
    grid = page.grid(TASKS)
    page.bot.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    assert heads(page, TASKS)[0] == ("Overdue", 2, True)
    assert page.column(TASKS, "action") == ["Soon", "Whole day", "Then"]
    assert current(page, TASKS) == "Soon"
    page.stand(TASKS, 2)
    page.press(KEY.Key_Left)
    assert heads(page, TASKS)[-1] == ("Later", 1, True) and current(page, TASKS) == "Whole day"
    page.press(KEY.Key_Right)
    assert page.column(TASKS, "action") == ["Soon", "Whole day", "Then"]
    page.open_again()
    page.bot.waitUntil(lambda: heads(page, TASKS)[:1] == [("Overdue", 2, True)])


def test_f51_the_minute_a_reminder_falls_due_it_is_overdue_and_counted(page) -> None:
    assert reminders.due("ADMIN") == (2, 2)
    with clock.fixed(NOW.replace(minute=14)):
        page.window._minute.timeout.emit()
        page.bot.waitUntil(lambda: heads(page, TASKS)[0] == ("Overdue", 3, False))
        assert reminders.due("ADMIN") == (3, 1)


def test_f51_snoozing_moves_to_the_next_row_and_undo_brings_it_back(page) -> None:
    page.stand(TASKS, 1)
    number = page.part(f"{TASKS}.list").current()
    page.click("reminders.snooze_tomorrow")
    page.reads(TASKS, "action", ["Old", "Soon", "Whole day", "Come", "Then"])
    held = Task.find(number)
    assert (held.reminder_date, held.reminder_time) == (TODAY + DAY, time(9))
    assert current(page, TASKS) == "Soon"
    assert page.said() == "Come snoozed to tomorrow 09:00."
    page.click("notices.undo")
    page.reads(TASKS, "action", ["Old", "Come", "Soon", "Whole day", "Then"])
    assert Task.find(number).reminder_time == time(9)


def test_f51_marked_rows_are_snoozed_in_one_step_and_keep_their_times(page) -> None:
    page.stand(TASKS, 0)
    page.press(KEY.Key_Down, SHIFT)
    page.click("reminders.snooze_day_1")
    page.bot.waitUntil(lambda: heads(page, TASKS)[0] == ("Today", 2, False))
    found = [(task.reminder_date, task.reminder_time) for task in Task.select().where(Task.action.in_(["Old", "Come"]))]
    assert found == [(TODAY + 4 * DAY, time(12)), (TODAY + 4 * DAY, time(9))]
    assert page.said().startswith("2 tasks snoozed to")


def test_f51_a_lead_is_snoozed_to_any_day(page) -> None:
    number = leads.create({"description": "Lee", "last_name": "Lee", "reminder_date": TODAY}, "ADMIN").number
    assert reminders.due("ADMIN") == (2, 3)
    page.part("reminders.tabs", QTabWidget).setCurrentIndex(2)
    page.reads(LEADS, "last_name", ["Lee"])
    with page.answering("snooze.snooze"):
        page.click("reminders.snooze_other")
    assert Lead.find(number).reminder_date == TODAY + DAY
    QApplication.processEvents()


def test_f51_closing_moves_to_the_next_row(page) -> None:
    page.stand(TASKS, 1)
    page.click("reminders.close")
    page.reads(TASKS, "action", ["Old", "Soon", "Whole day", "Then"])
    assert current(page, TASKS) == "Soon"


@pytest.mark.parametrize(("width", "wide"), [(960, 0), (1280, 340), (1440, 388), (1920, 440)])
def test_f51_the_pane_is_there_where_there_is_room(width: int, wide: int) -> None:
    assert width_of(width) == wide


def test_f51_the_pane_tells_what_one_needs_before_dialing(page) -> None:
    account = made.account("Millstone", phone="504-621-0002")
    made.task(
        account, "Offer", reminder_date=TODAY - DAY, reminder_time=time(8), notes="In two parts.", priority="High"
    )
    page.window.resize(1440, 900)
    page.reads(TASKS, "action", ["Offer", "Old", "Come", "Soon", "Whole day", "Then"])
    page.stand(TASKS, 0)
    pane = page.part("reminders.pane")
    assert pane.isVisible() and page.part("reminders.pane_name", QLabel).text() == "Offer"
    assert page.part("reminders.pane_line", QLabel).text() == "Millstone"
    assert page.part("reminders.pane_notes", QLabel).text() == "In two parts."
    said = [tile.accessibleName() for tile in pane.findChildren(Tile)]
    assert said[0].startswith("Phone: ") and said[2] == "Due: Yesterday 08:00 1 day late"
    page.press(KEY.Key_Down)
    assert page.part("reminders.pane_name", QLabel).text() == "Old"
    page.window.resize(1000, 700)
    page.bot.waitUntil(lambda: not pane.isVisible())
