"""The top of the window: making, finding, going anywhere, tools, help, back and forward (VT-30, VT-38…VT-43)."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from channergy_crm import __version__, clock
from channergy_crm.records import Account, Contact, Lead
from channergy_crm.services import leads, notes
from tests import made
from tests.ui.hands import ALT, CTRL, KEY, LEFT, Hands, opened
from ui.screen import Command
from ui.search import commands
from ui.shell import reading_dialog
from ui.shell.menu import Menu
from ui.shell.selection_menu import SelectionMenu, ways
from ui.shell.trail import Trail

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

pytestmark = pytest.mark.engines("sqlite")


@pytest.fixture
def hands(qtbot: Any, office: Any, database_url: str) -> Iterator[Hands]:
    """ADMIN's window over an office with two leads."""
    for name in ("Ann", "Bob"):
        leads.create({"description": f"Fair {name}", "first_name": name, "phone": "(212) 555-0100"}, "ADMIN")
    with opened(qtbot, database_url) as hands:
        yield hands


def menu_of(hands: Hands) -> Menu:
    return hands.window.findChild(Menu)


def press(widget: QWidget, text: str, *keys: Qt.Key) -> None:
    QTest.keyClicks(widget, text)
    for key in keys:
        QTest.keyClick(widget, key)


def meeting(hands: Hands, does: Callable[[QDialog], object]) -> QTimer:
    """Do this with the dialog that comes."""

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, QDialog) and dialog.isActiveWindow():
            timer.stop()
            does(dialog)

    timer = QTimer(hands.window)
    timer.timeout.connect(look)
    timer.start(10)
    return timer


def test_vt40_vt45_vt81_vt88_vt150_the_plus_makes_a_lead_from_anywhere_by_its_letter(hands: Hands) -> None:
    hands.go("tasks")
    QTest.keyClick(hands.window, KEY.Key_N, ALT)
    entries = hands.part("main.quick_menu_list")
    hands.bot.waitUntil(entries.isVisible)
    shown = [action.text().replace("\t", " ") for action in entries.actions()]
    first = ["New lead L", "New account A", "New contact C", "New opportunity O", "New task T", "New campaign M"]
    assert shown[: len(first)] == first
    assert {"New product P", "New price book B", "New vendor V", "Add a note N"} <= set(shown)
    assert len({each.rsplit(" ", 1)[1] for each in shown}) == len(shown), "each has a letter of its own"
    press(entries, "l")
    hands.bot.waitUntil(lambda: hands.here() == "leads")
    assert hands.window.focusWidget() is hands.part("leads.description")
    press(hands.window.focusWidget(), "Asked at the fair")
    QTest.keyClick(hands.window.focusWidget(), KEY.Key_S, CTRL)
    assert Lead.get(Lead.description == "Asked at the fair").owner == "ADMIN"


def test_vt40_whatever_declares_a_new_is_in_it(hands: Hands) -> None:
    menu, done = menu_of(hands), list[str]()
    menu.offer([*menu.commands, Command("new_visit", "New visit", lambda _menu: done.append("visit"), "add")], ())
    entry = next(each for each in hands.part("main.quick_menu_list").actions() if each.text().startswith("New visit\t"))
    entry.trigger()
    assert done == ["visit"]


SCOPE = {  # where each part of the scope is met
    "VT-2": ["Leads", "Accounts", "Contacts", "Opportunities", "Sales Board", "Pipeline and forecast", "Quotes"],
    "VT-3": ["Campaigns", "Templates", "Events"],
    "VT-4": ["Reminders", "Tasks", "Something to do…"],
    "VT-5": ["Calendar"],
    "VT-6": ["Tickets", "FAQ"],
    "VT-7": ["Products", "Price books", "Vendors", "Purchase orders"],
    "VT-8": ["Operators and rights", "View Audit Trail"],
    "VT-9": ["E-mail", "File e-mails…", "Messages sent…"],
}


def test_vt43_vt30_every_place_stands_on_one_sheet_and_is_gone_to_by_typing(hands: Hands) -> None:
    """Each part of the scope is one of them (VT-2…VT-9)."""
    menu = menu_of(hands)
    sheet = SelectionMenu(ways(menu), menu)
    sheet.show()
    lines = sheet.findChild(QWidget, "selection.list")
    named = {lines.item(row).text() for row in range(lines.count())}
    assert {"Every day", "Selling", "Set up", "Files", "Tools", "Leads", "Sales Board", "Calculator"} <= named
    assert {tab.title for tab in hands.window.tabs.declared} <= named
    assert not [(row, place) for row, places in SCOPE.items() for place in places if place not in named]
    press(sheet.findChild(QWidget, "selection.filter"), "sales bo", KEY.Key_Return)
    hands.bot.waitUntil(lambda: hands.window.tabs.declared[hands.window.tabs.currentIndex()].name == "board")


def test_vt38_without_security_preferences_help_and_the_release_are_in_the_menu(hands: Hands) -> None:
    texts = [each.text() for entry in hands.window.header.menu.actions()
             for each in (entry.menu().actions() if entry.menu() else [entry])]  # fmt: skip
    assert {"My Preferences…", "Keys", "Help", "For administrators", "What is new", "Close the program"} <= set(texts)
    release = reading_dialog.release_dialog(hands.window.session, hands.window)
    assert release.topics.item(0).text() in ("Unreleased", __version__) or release.topics.item(0).text()[0].isdigit()
    release.topics.setCurrentRow(release.topics.count() - 1)
    release.findChild(QWidget, "whats_new.copy").click()
    copied = QGuiApplication.clipboard().text()
    assert __version__ in copied and "SQLite 3." in copied and "Python" in copied
    release.reject()
    read = reading_dialog.readme_dialog(hands.window.session, hands.window)
    press(read.line, "postgresql ten minutes")
    assert read.topics.item(0).text().startswith("Several workstations") and read.page.extraSelections()
    read.reject()


def test_vt42_the_calculator_works_out_repeats_and_is_copied(hands: Hands) -> None:
    menu_of(hands).run("calculator")
    tool = hands.window.findChild(QWidget, "tools.calculator")
    press(tool.line, "2+3*4", KEY.Key_Return, KEY.Key_Return)
    assert [tool.tape.item(row).text() for row in range(tool.tape.count())] == ["2+3*4 = 14", "14 *4 = 56"]
    press(tool.line, "+1", KEY.Key_Return)
    assert tool.line.text() == "57", "an operator goes on with the result"
    press(tool.line, "8/0", KEY.Key_Return)
    assert tool.line.text() == "8/0", "a figure begins anew"
    tool.line.deselect()
    QTest.keyClick(tool.line, KEY.Key_C, CTRL)
    assert QGuiApplication.clipboard().text() == "57"
    QTest.keyClick(tool.line, KEY.Key_Escape)
    assert not tool.isVisible() and hands.window.isVisible()


def test_vt42_the_clocks_are_those_of_the_leads_and_those_that_were_chosen(hands: Hands) -> None:
    with clock.fixed(datetime(2026, 11, 27, 15, 0)):
        menu_of(hands).run("clock")
        tool = hands.window.findChild(QWidget, "tools.clock")
        hands.bot.waitUntil(lambda: "New York" in tool.copied())
        press(tool.first(), "asia/tokyo", KEY.Key_Return)
        assert [line.split("\t")[0] for line in tool.copied().splitlines()] == ["The office", "New York", "Tokyo"]
        press(tool.first(), "Nowhere/Else", KEY.Key_Return)
        assert tool.copied().count("\n") == 2
        hands.window.findChild(QWidget, "clock.remove.1").click()
        assert "New York" not in tool.copied()
        tool.close()


def test_vt42_the_month_shows_today_and_its_week_and_opens_the_calendar_where_there_is_one(hands: Hands) -> None:
    menu, opened_it = menu_of(hands), list[str]()
    menu.offer(
        [*(each for each in menu.commands if each.name != "calendar"),
         Command("calendar", "Calendar", lambda _menu: opened_it.append("calendar"), "calendar")], (),
    )  # fmt: skip
    with clock.fixed(datetime(2026, 11, 27, 15, 0)):
        menu.run("month")
        tool = hands.window.findChild(QWidget, "tools.month")
        assert "27" in tool.copied() and hands.window.findChild(QWidget, "month.said").text().endswith("week 48")
        hands.window.findChild(QWidget, "month.open").click()
        assert opened_it == ["calendar"]
        QTest.keyClick(tool.first(), KEY.Key_Escape)
        assert not tool.isVisible()


def test_vt41_vt44_find_shows_all_of_it_with_notes(hands: Hands) -> None:
    for number in range(8):
        leads.create({"description": f"Stand {number}", "company": "Acme"}, "ADMIN")
    notes.add(Lead, Lead.select().first().number, "Talked to the Acme people", "ADMIN")
    box = hands.part("main.search")
    box.setFocus()
    press(box, "acme")
    hands.bot.waitUntil(hands.part("main.find").isVisible)
    QTest.mouseClick(hands.part("main.find"), LEFT)
    page = hands.window.tabs.pages[hands.window.tabs.currentIndex()]
    hands.bot.waitUntil(lambda: "9 found" in hands.part("found.said").text())
    shown = [page.list.item(row).text() for row in range(page.list.count())]
    assert shown[0] == "Leads" and "Notes" in shown and box.text() == ""
    while page.list.chosen().detail != "Talked to the Acme people":
        QTest.keyClick(page.line, KEY.Key_Down)
    QTest.keyClick(page.line, KEY.Key_Return)
    assert hands.here() == "leads"


def test_vt30_vt39_back_and_forward_between_what_was_looked_at(hands: Hands) -> None:
    hands.window.findChild(Trail).passed_by = 0
    first, second = (lead.number for lead in Lead.select().order_by(Lead.number))

    def stands(tab: str, number: int | None = None) -> None:
        hands.bot.waitUntil(lambda: hands.here() == tab)
        assert number is None or hands.window.tabs.pages[1].panel.record.number == number
        hands.window.findChild(Trail).note()

    stands("reminders")
    for number in (first, second):
        hands.window.go_to("lead", number)
        stands("leads", number)
    hands.go("tasks")
    stands("tasks")
    QTest.keyClick(hands.window, KEY.Key_Left, ALT)
    stands("leads", second)
    QTest.mouseClick(hands.window.windowHandle(), Qt.MouseButton.BackButton, pos=QPoint(300, 300))
    stands("leads", first)
    QTest.keyClick(hands.window, KEY.Key_Right, ALT)
    stands("leads", second)
    QTest.mouseClick(hands.window.windowHandle(), Qt.MouseButton.ForwardButton, pos=QPoint(300, 300))
    stands("tasks")
    QTest.keyClick(hands.window, KEY.Key_Right, ALT)
    assert hands.said() == "There is nothing further on."


def test_vt84_vt85_vt89_vt94_an_account_without_a_lead_is_entered_and_saved(hands: Hands) -> None:
    said = list[str]()

    def fill(dialog: QDialog) -> None:
        said.extend([dialog.focusWidget().objectName(), *(each.text() for each in dialog.findChildren(QWidget)
                                                          if hasattr(each, "text"))])  # fmt: skip
        press(dialog.focusWidget(), "Rival Ltd")
        dialog.findChild(QWidget, "new_record.create").click()

    meeting(hands, fill)
    commands.offers("new account", hands.window, hands.window.session)[0].run()
    hands.bot.waitUntil(lambda: hands.here() == "accounts")
    own = Account.get()
    assert (own.name, own.owner) == ("Rival Ltd", "ADMIN") and own.customer is not None
    assert said[0] == "new_record.name" and any("is entered as a lead" in text for text in said)


def test_vt90_vt95_vt105_a_contact_asks_for_its_account_and_one_that_is_not_there_is_made(hands: Hands) -> None:
    made.account("Zoo", "ADMIN")
    hands.go("contacts")

    def name_it(dialog: QDialog) -> None:
        assert dialog.focusWidget().objectName() == "whose.account"
        meeting(hands, lambda inner: inner.findChild(QWidget, "new_record.create").click())
        press(dialog.focusWidget(), "Acme Ltd")
        dialog.findChild(QWidget, "whose.add").click()

    meeting(hands, name_it)
    hands.part("contacts.new").click()
    hands.bot.waitUntil(lambda: Contact.select().count() == 1)
    assert hands.where() == ("accounts", "contacts")
    assert Contact.get().customer == Account.get(Account.name == "Acme Ltd").customer
