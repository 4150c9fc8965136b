"""Home on the screen: blocks that fill themselves, walked through, opened, moved by hand and by key (VT-14…VT-29)."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QPushButton, QTabWidget, QWidget

from channergy_crm import clock, work
from channergy_crm.errors import Surroundings
from channergy_crm.records import Lead, ListView
from channergy_crm.services import preferences, saving
from channergy_crm.services.home import arranging
from tests import made
from tests.ui.gestures import part, shown, titles
from tests.ui.hands import opened
from ui.charts.lengths import Lengths
from ui.lists.table import RecordTable
from ui.pages.home.block import Block
from ui.pages.home.block_list import BlockList
from ui.pages.home.columns import seen, stored
from ui.pages.home.filling import Filling
from ui.pages.home.page import HomePage
from ui.shell.preferences_dialog import PreferencesDialog

pytestmark = pytest.mark.engines("sqlite")
"""the screen is the same on both engines; what it asks for is tested on both"""
TODAY = date(2026, 11, 23)
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def there(office, fixed_clock) -> int:
    """A task and a lead that are due, a deal, and a saved view."""
    acme = made.account("Acme", phone="504-621-8927")
    made.task(acme, "Call Acme", reminder_date=TODAY, reminder_time=time(9, 0))
    made.opportunity(acme, "Candles", amount=3_800_000, stage="Offer")
    with work.unit("Leads", by="ADMIN"):
        for name, days in (("Ann", 2), ("Bob", None)):
            due = TODAY - timedelta(days=days) if days else None
            Lead.create(description="A lead", first_name=name, owner="ADMIN", phone="504-621-8928", reminder_date=due)
    return saving.save(ListView(screen="leads", owner="ADMIN", name="All Anns", filter_text="ann"), "ADMIN").number


@pytest.fixture
def page(qtbot, database_url, there):
    with opened(qtbot, database_url) as hands:
        hands.window.resize(1440, 900)
        hands.window.go_to("home")
        page = hands.window.findChild(HomePage)
        qtbot.waitUntil(lambda: all(filling.known for filling in page.fillings.values()))
        yield page


def rows(page: HomePage, block: str) -> BlockList:
    return page.blocks[block].findChild(BlockList)


def order(page: HomePage) -> list[list[str]]:
    return arranging.columns_of(page._placed)


def press(bot: Any, widget: QWidget, key: Qt.Key, modifier: Any = Qt.KeyboardModifier.NoModifier) -> None:
    widget.setFocus()
    bot.keyClick(widget, key, modifier)


def test_vt14_vt15_home_is_a_page_of_blocks_whose_rows_open_what_they_are_about(qtbot, page) -> None:
    window = page.window()
    assert page.title.text() == "Monday 23 November" and "ADMIN" in window.header.findChild(QWidget).window().session.by
    due = rows(page, "due_now")
    assert [row.name for row in due.rows.rows] == ["A lead", "Call Acme"]
    assert due.rows.rows[0].late == "2 days late" and page.blocks["due_now"].badge.text() == "2"
    assert due.rows.rows[1].when == "09:00" and due.hasFocus(), "the keys are in the first block"
    due.stand_on_row(0)
    press(qtbot, due, Qt.Key.Key_Down)
    press(qtbot, due, Qt.Key.Key_Return)
    assert window.tabs.declared[window.tabs.currentIndex()].name == "accounts"


def test_vt18_rows_say_their_amounts_and_tab_goes_from_block_to_block(qtbot, page) -> None:
    deals = rows(page, "top_opportunities").rows.rows
    assert [(row.name, row.cells[-1]) for row in deals] == [("Candles", "38,000")]
    page.blocks["due_now"].stop().setFocus()
    met = set()
    for _step in range(40):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        at = next((key for key, block in page.blocks.items() if block.isAncestorOf(QApplication.focusWidget())), "")
        met.add(at)
    assert {"due_now", "key_metrics", "activities", "dashboard", "top_opportunities"} <= met
    chart = page.blocks["dashboard"].findChild(Lengths)
    assert [(mark.label, mark.value) for mark in chart.marks] == [("Offer", 3_800_000)] and chart.isVisible(), "VT-16"


def test_vt21_a_metric_is_pressed_and_its_list_opens_through_the_view(qtbot, page) -> None:
    metrics = rows(page, "key_metrics")
    qtbot.waitUntil(lambda: [row.cells[-1] for row in metrics.rows.rows] == ["1"])
    press(qtbot, metrics, Qt.Key.Key_Return)
    table = page.window().findChild(RecordTable, "leads.list")
    qtbot.waitUntil(lambda: table.isVisible() and table.model.parts.records == 1)
    assert table.search.text() == "ann"


def test_f9_calls_the_row_under_the_cursor_first(qtbot, page) -> None:
    window = page.window()
    rows(page, "due_now").stand_on_row(0)
    qtbot.waitUntil(lambda: page.commands.named("start_calling").isEnabled())
    page.commands.run("start_calling")
    assert window.tabs.declared[window.tabs.currentIndex()].name == "leads"
    qtbot.waitUntil(lambda: window.findChild(QWidget, "queue.pane").isVisible())


def test_vt15_ctrl_with_an_arrow_moves_a_block_and_undo_brings_it_back(qtbot, page) -> None:
    before = order(page)
    held = rows(page, "due_now")
    press(qtbot, held, Qt.Key.Key_Down, CTRL)
    assert order(page)[0] == ["calls_today", "due_now"] and held.hasFocus()
    press(qtbot, held, Qt.Key.Key_Right, CTRL)
    assert "due_now" in order(page)[1] and held.hasFocus()
    page.session.undo()
    page.session.undo()
    assert order(page) == before


def test_vt62_vt15_a_block_is_dragged_by_its_grip_only_while_blocks_are_arranged(qtbot, page) -> None:
    block = page.blocks["calls_today"]
    assert not block.grip.isVisible()
    page.arrange(True)
    QApplication.processEvents()
    to = page.columns.mapToGlobal(QPoint(page.columns.width() - 60, 2))
    qtbot.mousePress(block.grip, Qt.MouseButton.LeftButton)
    for step in (QPoint(20, 20), QPoint(0, 0)):
        qtbot.mouseMove(block.grip, block.grip.mapFromGlobal(to) + step)
    qtbot.mouseRelease(block.grip, Qt.MouseButton.LeftButton, pos=block.grip.mapFromGlobal(to))
    assert order(page)[2][0] == "calls_today"
    assert [row.name for row in arranging.placed("ADMIN") if row.column == 2][0] == "calls_today"
    part(block, "home.block.calls_today.take_off").click()
    assert "calls_today" not in page.blocks
    page.session.undo()
    assert "calls_today" in page.blocks


def test_vt15_two_columns_show_the_third_below_the_first_and_moving_there_is_kept() -> None:
    before = [["a", "b"], ["c"], ["d"]]
    assert seen(before, 2) == [["a", "b", "d"], ["c"]]
    assert stored([["a", "d", "b"], ["c"]], "b", before) == [["a"], ["c"], ["d", "b"]]
    assert stored([["a", "d"], ["b", "c"]], "b", before) == [["a"], ["b", "c"], ["d"]]
    assert stored([["c", "a", "b", "d"]], "c", before) == [["c", "a", "b"], [], ["d"]]


def test_vt55_vt14_my_preferences_choose_the_blocks_and_what_the_program_starts_with(qtbot, page, database_url) -> None:
    dialog = PreferencesDialog(page.session, page.window())
    shown(qtbot, dialog)
    assert "Home" in titles(part(dialog, "preferences.parts"))
    ticks = part(dialog, "preferences.home_blocks")
    for row in range(ticks.count()):
        item = ticks.item(row)
        if item.text() in ("Calls today by hour", "View All Anns"):
            turned = Qt.CheckState.Unchecked if item.checkState() == Qt.CheckState.Checked else Qt.CheckState.Checked
            item.setCheckState(turned)
    part(dialog, "preferences.first_page").set_value("home")
    part(dialog, "preferences.save").click()
    assert "calls_today" not in page.blocks
    view = next(key for key in page.blocks if key.startswith("view_"))
    qtbot.waitUntil(lambda: [row.name for row in rows(page, view).rows.rows] == ["Ann"])
    assert preferences.of("ADMIN", "ADMIN").first_page == "home"
    with opened(qtbot, database_url) as again:
        tabs = again.part("main.tabs", QTabWidget)
        assert tabs.declared[tabs.currentIndex()].name == "home" and len(tabs.declared) == 7
        fillings = again.window.findChild(HomePage).fillings.values()
        qtbot.waitUntil(lambda: all(filling.known for filling in fillings))


def test_a_server_that_went_away_leaves_the_last_figures_with_a_word(qtbot, page) -> None:
    block, answers = Block("tried", "Tried", page), ["12"]

    def read(_by: str, _project: int | None) -> str:
        if not answers:
            raise Surroundings("The office's server does not answer.")
        return answers.pop()

    filling = Filling(block, page.session, read, block.say_count, ())
    filling.fill()
    qtbot.waitUntil(lambda: filling.known)
    filling.fill()
    qtbot.waitUntil(lambda: block._said.text() == "As of 10:00: the office cannot be reached just now.")
    assert block._count.text() == "12" and filling.stale


def test_an_empty_home_says_what_to_do_and_one_button_is_loud(qtbot, page) -> None:
    assert [each.objectName() for each in page.findChildren(QPushButton) if getattr(each, "look", "") == "loud"] == [
        "home.start_calling"
    ]
    arranging.choose([], "ADMIN")
    assert page.blocks == {} and part(page, "home.said").text().startswith("No block is on your Home")
    assert clock.today() == TODAY
