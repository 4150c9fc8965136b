"""The search box: everything is found while typing, Enter opens, commands run (VT-44, VT-45, BX-17, BX-18)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QTabWidget

from channergy_crm.records import Lead
from channergy_crm.services import leads, search_text
from channergy_crm.settings import BRIDGE, Station
from channergy_crm.store import database
from tests import made
from ui.application import open_office
from ui.search.results import SearchResults

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ui.shell.window import MainWindow

KEY = Qt.Key


@pytest.fixture
def window(office: Any, qtbot: Any) -> Iterator[MainWindow]:
    Station().set(BRIDGE, "copy_only")
    account = made.account("Wolkenstein Ltd")
    made.contact(account, "Ann", "Wolkenstein", phone="(504) 621-8927")
    made.opportunity(account, "Wolkenstein renewal")
    made.task(account, "Call Wolkenstein back")
    for number in range(8):
        leads.create({"description": f"Fair {number}", "company": "Acme"}, "ADMIN")
    leads.create({"description": "About the fair", "first_name": "José", "last_name": "Häusler"}, "ADMIN")
    window = open_office(office.url, "ADMIN")
    qtbot.addWidget(window)
    window.show()
    with qtbot.waitActive(window):
        window.activateWindow()
    yield window
    window.close()


def box(window: MainWindow) -> QLineEdit:
    return window.findChild(QLineEdit, "main.search")


def shown(window: MainWindow) -> list[str]:
    results = window.findChild(SearchResults, "main.search_results")
    return [results.item(row).text() for row in range(results.count())] if results and results.isVisible() else []


def look_for(qtbot: Any, window: MainWindow, text: str, found: Callable[[list[str]], bool]) -> None:
    QTest.keyClick(window, KEY.Key_K, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(box(window).hasFocus)
    QTest.keyClicks(box(window), text)
    qtbot.waitUntil(lambda: found(shown(window)))


def chosen(window: MainWindow) -> str:
    line = window.findChild(SearchResults, "main.search_results").chosen()
    return line.text if line else ""


def enter(window: MainWindow) -> None:
    QTest.keyClick(box(window), KEY.Key_Return)


def page(window: MainWindow) -> str:
    tabs = window.findChild(QTabWidget, "main.tabs")
    return str(tabs.widget(tabs.currentIndex()).objectName())


def test_words_are_found_while_typing_and_enter_opens_the_record(window: MainWindow, qtbot: Any) -> None:
    look_for(qtbot, window, "haus jos", lambda lines: "José Häusler" in lines)
    assert chosen(window) == "José Häusler"
    enter(window)
    assert page(window) == "leads.page"
    qtbot.waitUntil(lambda: window._pages[1].panel.record.last_name == "Häusler")
    assert shown(window) == []
    assert box(window).text() == ""


@pytest.mark.parametrize(
    ("kind", "tab", "part"),
    [("Accounts", "Account Information", 0), ("Customers", "Customer Information", 1), ("Contacts", "Contacts", 2),
     ("Opportunities", "Opportunities", 3), ("Tasks", "Tasks", 4)],
)  # fmt: skip
def test_every_kind_of_record_opens_where_it_is_worked_on(
    window: MainWindow, qtbot: Any, kind: str, tab: str, part: int
) -> None:
    look_for(qtbot, window, "wolkenst", lambda lines: kind in lines)
    while shown(window)[window.header.search.results().currentRow() - 1] != kind:
        QTest.keyClick(box(window), KEY.Key_Down)
    enter(window)
    assert page(window) == "accounts.page"
    parts = window.findChild(QTabWidget, "accounts.tabs")
    assert (parts.currentIndex(), parts.tabText(part)) == (part, tab)


def test_a_click_opens_too(window: MainWindow, qtbot: Any) -> None:
    look_for(qtbot, window, "haus", lambda lines: "José Häusler" in lines)
    results = window.header.search.results()
    place = results.visualItemRect(results.item(shown(window).index("José Häusler"))).center()
    QTest.mouseClick(results.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.waitUntil(lambda: page(window) == "leads.page")


def test_more_leads_to_the_list_with_that_filter(window: MainWindow, qtbot: Any) -> None:
    look_for(qtbot, window, "acme", lambda lines: "2 more in Leads" in lines)
    while chosen(window) != "2 more in Leads":
        QTest.keyClick(box(window), KEY.Key_Down)
    enter(window)
    table = window._pages[1].table
    assert (page(window), table.search.text()) == ("leads.page", "acme")
    qtbot.waitUntil(lambda: table.model.rowCount() == 8)


def test_keys_go_round_and_escape_goes_back(window: MainWindow, qtbot: Any) -> None:
    look_for(qtbot, window, "acme", lambda lines: len(lines) > 5)
    first = window.header.search.results().currentRow()
    QTest.keyClick(box(window), KEY.Key_Up)
    assert chosen(window) == "2 more in Leads"
    QTest.keyClick(box(window), KEY.Key_Down)
    assert window.header.search.results().currentRow() == first
    QTest.keyClick(box(window), KEY.Key_Escape)
    assert (shown(window), box(window).text(), box(window).hasFocus()) == ([], "", False)


def test_enter_that_comes_before_the_results_opens_the_best_of_them(window: MainWindow, qtbot: Any) -> None:
    QTest.keyClick(window, KEY.Key_K, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(box(window), "hausler")
    enter(window)
    qtbot.waitUntil(lambda: page(window) == "leads.page")
    assert window._pages[1].panel.record.last_name == "Häusler"


def test_what_is_typed_over_is_dropped(window: MainWindow, qtbot: Any) -> None:
    heard: list[int] = []
    look_for(qtbot, window, "ac", lambda lines: "Acme" in lines)
    searcher = window.header.search._searcher
    searcher.found.connect(lambda number, groups, last: heard.append(number))
    for text in ("acme", "wolk", "häusler"):
        last = searcher.request(text, "ADMIN")
    qtbot.waitUntil(lambda: bool(heard) and heard[-1] == last)
    assert shown(window)


@pytest.mark.parametrize(
    ("text", "command"),
    [("new lead", "New lead"), ("go to tas", "Go to Tasks"), ("lookups", "Lookups…"), ("settings", "Settings…"),
     ("import", "Import…"), ("back up", "Back up…"), ("refresh", "Refresh")],
)  # fmt: skip
def test_commands_are_found_by_their_words(window: MainWindow, qtbot: Any, text: str, command: str) -> None:
    wanted = {command, command.replace(" leads", "")}
    look_for(qtbot, window, text, lambda lines: bool(wanted & set(lines)))
    assert chosen(window) in wanted


def test_new_lead_and_go_to_run(window: MainWindow, qtbot: Any) -> None:
    look_for(qtbot, window, "new lead", lambda lines: "New lead" in lines)
    enter(window)
    qtbot.waitUntil(lambda: page(window) == "leads.page" and window._pages[1].panel.record.is_new)
    window._pages[1].panel.show_record(None)
    look_for(qtbot, window, "go to tasks", lambda lines: "Go to Tasks" in lines)
    assert window.header.search.results().currentItem().data(Qt.ItemDataRole.AccessibleTextRole).endswith("Ctrl+6")
    enter(window)
    qtbot.waitUntil(lambda: page(window) == "tasks.page")


def test_undo_is_a_command_and_so_is_what_the_open_page_can_do(window: MainWindow, qtbot: Any) -> None:
    before = Lead.select().count()
    look_for(qtbot, window, "undo", lambda lines: any(line.startswith("Undo: ") for line in lines))
    enter(window)
    qtbot.waitUntil(lambda: Lead.select().count() == before - 1)
    window.tabs.setCurrentIndex(1)
    qtbot.waitUntil(lambda: window._pages[1].panel.record is not None)
    look_for(qtbot, window, "convert to", lambda lines: "Convert To Opportunity" in lines)


@pytest.mark.parametrize("text", ["dial 504 555 0134", "(504) 555-0134"])
def test_a_number_can_be_dialed(window: MainWindow, qtbot: Any, text: str) -> None:
    number = text.removeprefix("dial ")
    look_for(qtbot, window, text, lambda lines: f"Dial {number}" in lines)
    while chosen(window) != f"Dial {number}":
        QTest.keyClick(box(window), KEY.Key_Down)
    enter(window)
    qtbot.waitUntil(lambda: "0134" in window.notices.accessibleName() + "".join(_said(window)))


def _said(window: MainWindow) -> list[str]:
    return [label.text() for label in window.notices.findChildren(type(window._said)) if label.isVisible()]


def test_it_says_what_can_be_typed_remembers_and_says_when_nothing_fits(window: MainWindow, qtbot: Any) -> None:
    look_for(qtbot, window, "", lambda lines: any("Type a name" in line for line in lines))
    QTest.keyClicks(box(window), "qqqqq")
    qtbot.waitUntil(lambda: any("Nothing matches “qqqqq”" in line for line in shown(window)))
    for number in range(12):
        look_for(qtbot, window, f"fair {number % 8} ac", lambda lines: "Acme" in lines)
        enter(window)
    look_for(qtbot, window, "", lambda lines: "Recent searches" in lines)
    assert shown(window)[1] == "fair 3 ac"
    assert len(Station().recall("search.recent", [])) <= 10
    QTest.keyClick(box(window), KEY.Key_Return)
    qtbot.waitUntil(lambda: box(window).text() == "fair 3 ac" and "Acme" in shown(window))


def test_what_the_suite_wrote_is_prepared_when_somebody_searches(window: MainWindow, qtbot: Any) -> None:
    with database.writing():
        database.proxy.execute_sql('INSERT INTO "Customers" ("CustNo", "Company") VALUES (70, \'Zoë Wines\')')
    look_for(qtbot, window, "wines", lambda lines: "Zoë Wines" in lines)
    qtbot.waitUntil(lambda: not search_text.waiting("ADMIN"))
    enter(window)
    qtbot.waitUntil(lambda: any("customer of the suite only" in text for text in _said(window)))
