"""Where somebody is, is one thing: page, list, cursor and mark, record, pager; the keys are never dead (F-1…F-6)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QTabWidget, QWidget

from channergy_crm import clock
from channergy_crm.records import Lead
from channergy_crm.services import leads
from channergy_crm.settings import BRIDGE, Station
from tests import made
from tests.ui import walking
from tests.ui.hands import CTRL, KEY, opened

if TYPE_CHECKING:
    from tests.ui.hands import Hands

pytestmark = pytest.mark.engines("sqlite")  # what is asked of a store here is asked of each in tests/domain
SEEDS = [1, 2, 3, 4]
STEPS = 45


@pytest.mark.parametrize("seed", SEEDS)
def test_f1_whatever_is_done_the_row_the_record_and_the_pager_agree(qtbot: Any, database_url: str, seed: int) -> None:
    Station().set(BRIDGE, "copy_only")
    with opened(qtbot, database_url) as hands:
        walking.office()
        hands.window.build_all()
        walk = walking.Walk(hands, seed)
        for _step in range(STEPS):
            walk.step()


def test_f1_go_to_marks_the_row_it_goes_to_whichever_keys_are_held(hands: Hands) -> None:
    acme, blue = made.account("Acme"), made.account("Blue")
    for account in (acme, blue):
        for action in ("Call", "Write"):
            made.task(account, f"{action} {account.name}", reminder_date=clock.today())
    hands.open_account("Acme", "tasks")
    hands.stand("accounts.tasks", 1, "action")
    hands.go("reminders")
    hands.stand("reminders.tasks", hands.row("reminders.tasks", "action", "Write Blue"))
    hands.press(KEY.Key_D, CTRL)
    hands.bot.waitUntil(lambda: "Write Blue" not in hands.column("reminders.tasks", "action"))
    hands.press(KEY.Key_Z, CTRL)
    hands.stand("reminders.tasks", hands.row("reminders.tasks", "action", "Write Blue"))
    hands.press(KEY.Key_G, CTRL)
    hands.bot.waitUntil(lambda: hands.where() == ("accounts", "tasks"))
    hands.read_to_the_end("accounts")
    for name, column, stands in (("accounts", "name", "Blue"), ("accounts.tasks", "action", "Write Blue")):
        grid = hands.grid(name)
        assert [index.row() for index in grid.selectionModel().selectedRows()] == [grid.currentIndex().row()]
        assert hands.column(name, column)[grid.currentIndex().row()] == stands


@pytest.mark.parametrize("start", ["nothing", "key", "tab bar", "escape", "header"])
def test_f2_f65_the_keys_of_the_page_are_heard_wherever_the_focus_is(hands: Hands, start: str) -> None:
    if start != "nothing":
        leads.create({"description": "Wish", "last_name": "Lee"}, "ADMIN")
    hands.press(KEY.Key_2, CTRL)
    if start == "tab bar":
        hands.part("main.tabs", QTabWidget).tabBar().setFocus()
    elif start == "escape":
        hands.press(KEY.Key_N, CTRL)
        hands.press(KEY.Key_Escape)
        assert QApplication.focusWidget().objectName() == "leads.grid"
    elif start == "header":
        hands.part("main.search").setFocus()
    hands.press(KEY.Key_N, CTRL)
    panel = hands.window._pages[1].panel
    assert panel.record is not None and panel.record.is_new
    assert QApplication.focusWidget() is not None and QApplication.focusWidget().isVisible()


def test_f2_a_key_that_can_do_nothing_now_says_why(hands: Hands) -> None:
    hands.press(KEY.Key_2, CTRL)
    hands.press(KEY.Key_F9)
    assert hands.said() == "Choose a record in the list first."


def test_f4_nobody_types_into_a_list_that_is_folded_away(hands: Hands) -> None:
    for name in ("Acme", "Zoe"):
        made.account(name)
    hands.open_account("Acme")
    hands.part("accounts.line").toggle()
    hands.type("Zoe")
    assert hands.part("accounts.search").text() == ""
    hands.go("leads")
    hands.go("accounts")
    hands.window._pages[2].take_focus()
    assert QApplication.focusWidget() is not None
    assert not hands.part("accounts.list").isAncestorOf(QApplication.focusWidget())


def test_f65_what_was_hidden_while_another_window_had_the_keys_does_not_keep_them(hands: Hands) -> None:
    hands.press(KEY.Key_2, CTRL)
    search = hands.part("leads.search")
    search.setFocus()
    with hands.bot.waitActive(other := QWidget()):
        other.show()
        other.activateWindow()
    hands.bot.waitUntil(lambda: not hands.window.isActiveWindow())
    search.hide()
    hands.window.activateWindow()
    hands.bot.waitUntil(hands.window.isActiveWindow)
    hands.bot.waitUntil(lambda: (held := QApplication.focusWidget()) is not None and held.isVisible())
    other.close()


@pytest.mark.parametrize("part", ["customer", "contacts", "opportunities", "tasks"])
def test_f4_the_name_of_the_account_stands_above_every_part(hands: Hands, part: str) -> None:
    made.account("Acme Books")
    hands.open_account("Acme Books", part)
    name = hands.part("accounts.summary_name", QLabel)
    assert (name.isVisible(), name.text()) == (True, "Acme Books")


@pytest.mark.parametrize("part", ["contacts", "opportunities", "tasks"])
def test_f4_nothing_is_added_to_nobody(hands: Hands, part: str) -> None:
    hands.go("accounts", part)
    button = hands.part(f"accounts.{part}.create")
    assert not button.isEnabled()
    assert "account" in button.toolTip()


def test_f1_a_new_record_stands_in_no_row_and_esc_comes_back(hands: Hands) -> None:
    for name in ("Ann", "Bea", "Cyd"):
        leads.create({"description": name, "last_name": name}, "ADMIN")
    hands.go("leads")
    hands.stand("leads", 1)
    grid, place, stood = hands.grid("leads"), hands.part("leads.place", QLabel), hands.window._pages[1].table.current()
    assert place.text() == "2 of 3"
    hands.press(KEY.Key_N, CTRL)
    assert not grid.currentIndex().isValid() and not grid.marked() and place.text() == "new", "F-63: it has no place"
    hands.press(KEY.Key_Escape)
    assert place.text() == "2 of 3" and hands.window._pages[1].panel.record.key == stood
    assert QApplication.focusWidget() is grid


def test_f1_where_somebody_is_is_always_marked(hands: Hands) -> None:
    """Ctrl takes marks off and puts them on; the cursor never stands on a row that has none."""
    for name in ("Ann", "Bea", "Cyd", "Dot"):
        leads.create({"description": name, "last_name": name}, "ADMIN")
    hands.go("leads")
    hands.stand("leads", 1)
    grid = hands.grid("leads")

    def press_row(row: int) -> tuple[int, list[int]]:
        QTest.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, CTRL, hands.cell("leads", row))
        return here()

    def here() -> tuple[int, list[int]]:
        return grid.currentIndex().row(), [row for run in grid.marked() for row in run]

    assert press_row(1) == (1, [1]), "the only mark stays"
    assert press_row(3) == (3, [1, 3])
    assert press_row(3) == (1, [1]), "the nearest that is marked"
    hands.press(KEY.Key_Down, CTRL)
    assert here() == (2, [1, 2])
    hands.press(KEY.Key_Up, CTRL)
    hands.press(KEY.Key_Space, CTRL)
    assert here() == (2, [2])


def test_f2_an_open_cell_is_settled_before_another_tab_is_seen(hands: Hands) -> None:
    leads.create({"description": "Ann", "last_name": "Lee"}, "ADMIN")
    hands.go("leads")
    hands.stand("leads", 0, "description")
    hands.press(KEY.Key_F2)
    hands.type("x")
    hands.press(KEY.Key_3, CTRL)
    hands.bot.waitUntil(lambda: hands.where()[0] == "accounts")
    focused = QApplication.focusWidget()
    assert focused is not None and focused.isVisible() and not hands.window._pages[1].table.is_editing
    assert hands.stored(Lead, 1)["description"] == "x"


@pytest.mark.parametrize("part", ["information", "contacts", "opportunities", "tasks"])
def test_f2_the_account_is_dialed_from_the_bar_of_tabs_whatever_part_is_open(hands: Hands, part: str) -> None:
    made.account("Acme", phone="(504) 621-8927")
    hands.open_account("Acme", part)
    hands.part("main.tabs", QTabWidget).tabBar().setFocus()
    hands.press(KEY.Key_F9)
    hands.bot.waitUntil(lambda: hands.said() == "The number +15046218927 is on the clipboard.")


def test_f1_coming_to_the_list_beside_a_new_record_opens_no_other_one(hands: Hands) -> None:
    for name in ("Ann", "Bea"):
        leads.create({"description": name, "last_name": name}, "ADMIN")
    hands.go("leads")
    hands.reads("leads", "Description", ["Bea", "Ann"])
    hands.press(KEY.Key_N, CTRL)
    hands.fill("leads.description", "Quite new", leave=False)
    grid, panel = hands.grid("leads"), hands.window._pages[1].panel
    grid.setFocus()
    assert panel.record.is_new and not grid.currentIndex().isValid() and not grid.marked()
    hands.press(KEY.Key_Down)
    assert hands.stored(Lead, 3)["description"] == "Quite new"


def test_f1_where_one_may_not_leave_the_mark_stays_as_well(hands: Hands) -> None:
    for name in ("Ann", "Bea"):
        leads.create({"description": name, "last_name": name}, "ADMIN")
    hands.go("leads")
    hands.reads("leads", "Description", ["Bea", "Ann"])
    hands.stand("leads", 0)
    hands.fill("leads.description", "")
    grid = hands.grid("leads")
    hands.button("leads.next_record").click()
    assert (grid.currentIndex().row(), grid.marked()) == (0, [range(1)])
