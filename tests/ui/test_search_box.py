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
from tests.ui.hands import Hands, opened
from ui.look.plain import Label
from ui.search.results import SearchResults

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


KEY = Qt.Key


@pytest.fixture
def hands(office: Any, qtbot: Any) -> Iterator[Hands]:
    Station().set(BRIDGE, "copy_only")
    account = made.account("Wolkenstein Ltd")
    made.contact(account, "Ann", "Wolkenstein", phone="(504) 621-8927")
    made.opportunity(account, "Wolkenstein renewal")
    made.task(account, "Call Wolkenstein back")
    for number in range(8):
        leads.create({"description": f"Fair {number}", "company": "Acme"}, "ADMIN")
    leads.create({"description": "About the fair", "first_name": "José", "last_name": "Häusler"}, "ADMIN")
    with opened(qtbot, office.url) as hands:
        yield hands


def box(hands: Hands) -> QLineEdit:
    return hands.part("main.search", QLineEdit)


def shown(hands: Hands) -> list[str]:
    results = hands.window.findChild(SearchResults, "main.search_results")
    return [results.item(row).text() for row in range(results.count())] if results and results.isVisible() else []


def look_for(hands: Hands, text: str, found: Callable[[list[str]], bool]) -> None:
    QTest.keyClick(hands.window, KEY.Key_K, Qt.KeyboardModifier.ControlModifier)
    hands.bot.waitUntil(box(hands).hasFocus)
    QTest.keyClicks(box(hands), text)
    hands.bot.waitUntil(lambda: found(shown(hands)))


def chosen(hands: Hands) -> str:
    line = hands.part("main.search_results", SearchResults).chosen()
    return line.text if line else ""


def enter(hands: Hands) -> None:
    QTest.keyClick(box(hands), KEY.Key_Return)


def page(hands: Hands) -> str:
    tabs = hands.part("main.tabs", QTabWidget)
    return str(tabs.widget(tabs.currentIndex()).objectName())


def test_words_are_found_while_typing_and_enter_opens_the_record(hands: Hands) -> None:
    look_for(hands, "haus jos", lambda lines: "José Häusler" in lines)
    assert chosen(hands) == "José Häusler"
    enter(hands)
    assert page(hands) == "leads.page"
    hands.bot.waitUntil(lambda: hands.window._pages[1].panel.record.last_name == "Häusler")
    assert shown(hands) == []
    assert box(hands).text() == ""


@pytest.mark.parametrize(
    ("kind", "tab", "part"),
    [("Accounts", "Account Information", 0), ("Customers", "Customer Information", 1), ("Contacts", "Contacts", 2),
     ("Opportunities", "Opportunities", 3), ("Tasks", "Tasks", 4)],
)  # fmt: skip
def test_vt78_every_kind_of_record_opens_where_it_is_worked_on(hands: Hands, kind: str, tab: str, part: int) -> None:
    look_for(hands, "wolkenst", lambda lines: kind in lines)
    while shown(hands)[hands.window.header.search.results().currentRow() - 1] != kind:
        QTest.keyClick(box(hands), KEY.Key_Down)
    enter(hands)
    assert page(hands) == "accounts.page"
    parts = hands.part("accounts.tabs", QTabWidget)
    assert (parts.currentIndex(), parts.tabText(part)) == (part, tab)


def test_a_click_opens_too(hands: Hands) -> None:
    look_for(hands, "haus", lambda lines: "José Häusler" in lines)
    results = hands.window.header.search.results()
    place = results.visualItemRect(results.item(shown(hands).index("José Häusler"))).center()
    QTest.mouseClick(results.viewport(), Qt.MouseButton.LeftButton, pos=place)
    hands.bot.waitUntil(lambda: page(hands) == "leads.page")


@pytest.mark.usefixtures("every_page")
def test_more_leads_to_the_list_with_that_filter(hands: Hands) -> None:
    look_for(hands, "acme", lambda lines: "2 more in Leads" in lines)
    while chosen(hands) != "2 more in Leads":
        QTest.keyClick(box(hands), KEY.Key_Down)
    enter(hands)
    table = hands.window._pages[1].table
    assert (page(hands), table.search.text()) == ("leads.page", "acme")
    hands.bot.waitUntil(lambda: table.model.rowCount() == 8)


def test_keys_go_round_and_escape_goes_back(hands: Hands) -> None:
    look_for(hands, "acme", lambda lines: len(lines) > 5)
    first = hands.window.header.search.results().currentRow()
    QTest.keyClick(box(hands), KEY.Key_Up)
    assert chosen(hands) == "2 more in Leads"
    QTest.keyClick(box(hands), KEY.Key_Down)
    assert hands.window.header.search.results().currentRow() == first
    QTest.keyClick(box(hands), KEY.Key_Escape)
    assert (shown(hands), box(hands).text(), box(hands).hasFocus()) == ([], "", False)


def test_enter_that_comes_before_the_results_opens_the_best_of_them(hands: Hands) -> None:
    QTest.keyClick(hands.window, KEY.Key_K, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(box(hands), "hausler")
    enter(hands)
    hands.bot.waitUntil(lambda: page(hands) == "leads.page")
    assert hands.window._pages[1].panel.record.last_name == "Häusler"


def test_what_is_typed_over_is_dropped(hands: Hands) -> None:
    heard: list[int] = []
    look_for(hands, "ac", lambda lines: "Acme" in lines)
    searcher = hands.window.header.search._searcher
    searcher.found.connect(lambda number, groups, last: heard.append(number))
    for text in ("acme", "wolk", "häusler"):
        last = searcher.request(text, "ADMIN")
    hands.bot.waitUntil(lambda: bool(heard) and heard[-1] == last)
    assert shown(hands)


COMMANDS = {
    "new lead": "New lead", "go to tas": "Go to Tasks", "lookups": "Lookups…", "settings": "Settings…",
    "import": "Import…", "back up": "Back up…", "refresh": "Refresh",
}  # fmt: skip


def test_commands_are_found_by_their_words(hands: Hands) -> None:
    for text, command in COMMANDS.items():
        wanted = {command, command.replace(" leads", "")}
        look_for(hands, text, lambda lines, wanted=wanted: bool(wanted & set(lines)))
        assert chosen(hands) in wanted


def test_new_lead_and_go_to_run(hands: Hands) -> None:
    look_for(hands, "new lead", lambda lines: "New lead" in lines)
    enter(hands)
    hands.bot.waitUntil(lambda: page(hands) == "leads.page" and hands.window._pages[1].panel.record.is_new)
    hands.window._pages[1].panel.show_record(None)
    look_for(hands, "go to tasks", lambda lines: "Go to Tasks" in lines)
    assert (
        hands.window.header.search.results().currentItem().data(Qt.ItemDataRole.AccessibleTextRole).endswith("Ctrl+6")
    )
    enter(hands)
    hands.bot.waitUntil(lambda: page(hands) == "tasks.page")


def test_undo_is_a_command_and_so_is_what_the_open_page_can_do(hands: Hands) -> None:
    leads.create({"description": "Just now"}, "ADMIN")
    before = Lead.select().count()
    look_for(hands, "undo", lambda lines: any(line.startswith("Undo: ") for line in lines))
    enter(hands)
    hands.bot.waitUntil(lambda: Lead.select().count() == before - 1)
    hands.window.tabs.setCurrentIndex(1)
    hands.bot.waitUntil(lambda: hands.window._pages[1].panel.record is not None)
    look_for(hands, "convert to", lambda lines: "Convert To Opportunity" in lines)


@pytest.mark.parametrize("text", ["dial 504 555 0134", "(504) 555-0134"])
def test_a_number_can_be_dialed(hands: Hands, text: str) -> None:
    number = text.removeprefix("dial ")
    look_for(hands, text, lambda lines: f"Dial {number}" in lines)
    while chosen(hands) != f"Dial {number}":
        QTest.keyClick(box(hands), KEY.Key_Down)
    enter(hands)
    hands.bot.waitUntil(lambda: "0134" in hands.window.notices.accessibleName() + "".join(_said(hands)))


def _said(hands: Hands) -> list[str]:
    return [label.text() for label in hands.window.notices.findChildren(Label) if label.isVisible()]


def test_it_says_what_can_be_typed_remembers_and_says_when_nothing_fits(hands: Hands) -> None:
    look_for(hands, "", lambda lines: any("Type a name" in line for line in lines))
    QTest.keyClicks(box(hands), "qqqqq")
    hands.bot.waitUntil(lambda: any("Nothing matches “qqqqq”" in line for line in shown(hands)))
    for number in range(12):
        look_for(hands, f"fair {number % 8} ac", lambda lines: "Acme" in lines)
        enter(hands)
    look_for(hands, "", lambda lines: "Recent searches" in lines)
    assert shown(hands)[1] == "fair 3 ac"
    assert len(Station().recall("search.recent", [])) <= 10
    QTest.keyClick(box(hands), KEY.Key_Return)
    hands.bot.waitUntil(lambda: box(hands).text() == "fair 3 ac" and "Acme" in shown(hands))


def test_what_the_suite_wrote_is_prepared_when_somebody_searches(hands: Hands) -> None:
    with database.writing():
        database.proxy.execute_sql('INSERT INTO "Customers" ("CustNo", "Company") VALUES (70, \'Zoë Wines\')')
    look_for(hands, "wines", lambda lines: "Zoë Wines" in lines)
    hands.bot.waitUntil(lambda: not search_text.waiting("ADMIN"))
    enter(hands)
    hands.bot.waitUntil(lambda: any("customer of the suite only" in text for text in _said(hands)))
