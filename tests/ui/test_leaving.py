"""Leaving a changed record saves it and says so; what cannot be saved keeps it open and says why (C7, F-52)."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QTabWidget

from channergy_crm.records import Account, Customer, Lead, Opportunity
from channergy_crm.services import operators
from tests import made
from tests.ui import two_leads
from tests.ui.hands import CTRL, KEY, opened
from tests.ui.two_leads import WAYS_OUT, come_to_two_leads, kept, meanwhile, place, typed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.ui.hands import Hands

pytestmark = pytest.mark.engines("sqlite")
each_way = pytest.mark.parametrize("leave", WAYS_OUT, ids=lambda way: way.__name__)
row_tab_end = pytest.mark.parametrize(
    "leave", [two_leads.another_row, two_leads.another_tab, two_leads.the_end], ids=lambda way: way.__name__
)
WayOut = Any


@pytest.fixture
def bob(qtbot: Any, database_url: str, fixed_clock: object) -> Iterator[Hands]:
    """The window of a new office with two leads, at its Leads; the newer one, Bob, is open."""
    with opened(qtbot, database_url) as hands:
        operators.add("ANN", "Ann Lee", "ADMIN")
        come_to_two_leads(hands)
        yield hands


def turns(hands: Hands) -> list[int]:
    """The tabs that are turned to from now on."""
    turned: list[int] = []
    hands.part("main.tabs", QTabWidget).currentChanged.connect(turned.append)
    return turned


def stays(hands: Hands, leave: WayOut, field: str = "") -> None:
    """This way out leads nowhere: nothing turns, the record stays open, and the cursor goes to what is wrong."""
    before, turned = place(hands), turns(hands)
    leave(hands)
    assert (place(hands), turned) == (before, [])
    assert hands.part("main.tabs", QTabWidget).tabBar().currentIndex() == 1
    assert hands.part("main.operator", QComboBox).currentData() == "ADMIN"
    assert not field or QApplication.focusWidget() is hands.part(field)


# ---------------------------------------------------------------- what can be saved


@each_way
def test_c7_f52_a_changed_record_is_saved_and_said_with_undo(bob: Hands, leave: WayOut) -> None:
    bob.fill("leads.title", "Boss")
    before = place(bob)
    leave(bob)
    assert kept("Bob") == "Boss"
    bob.bot.waitUntil(lambda: place(bob) != before)
    if leave is not two_leads.the_end:
        assert bob.said() == "Lead Bob saved."
        bob.click("notices.undo")
        bob.bot.waitUntil(lambda: kept("Bob") == "")


def test_c7_what_was_come_to_is_open_and_stays_open(bob: Hands) -> None:
    bob.fill("leads.title", "Boss")
    bob.click_row("leads", 1)
    table = bob.part("leads.list")
    with bob.bot.waitSignal(table.settled, raising=False, timeout=1000):
        table.refresh()
    assert typed(bob, "first_name") == "Ann"
    assert table.current() == Lead.get(Lead.first_name == "Ann").number


def test_c7_save_and_next_says_what_it_saved(bob: Hands) -> None:
    bob.fill("leads.title", "Boss")
    bob.press(KEY.Key_Return, CTRL)
    assert (kept("Bob"), bob.said()) == ("Boss", "Lead Bob saved.")
    assert bob.part("leads.place", QLabel).text() == "new"


@row_tab_end
def test_c7_a_new_record_is_saved_as_well(bob: Hands, leave: WayOut) -> None:
    bob.click("leads.create")
    bob.fill("leads.first_name", "Cyd")
    bob.fill("leads.description", "Cyd's wish", leave=False)
    leave(bob)
    assert kept("Cyd", "description") == "Cyd's wish"


# ---------------------------------------------------------------- what nobody has typed into


@each_way
def test_c7_an_untouched_new_record_vanishes(bob: Hands, leave: WayOut) -> None:
    bob.click("leads.create")
    leave(bob)
    assert Lead.select().count() == 2
    assert bob.said() == ""
    if bob.window.isVisible() and leave is not two_leads.a_new_lead:
        bob.go("leads")
        panel, table = bob.window._pages[1].panel, bob.part("leads.list")
        bob.bot.waitUntil(lambda: not table.is_reading)
        assert panel.record is None or (not panel.record.is_new and panel.record.key == table.current())


# ---------------------------------------------------------------- what cannot be saved


def test_c7_f52_what_cannot_be_saved_keeps_the_record_open(bob: Hands, home: Path) -> None:
    bob.fill("leads.description", "")
    bob.fill("leads.title", "Boss")
    for leave in WAYS_OUT:
        bob.part("leads.title").setFocus()
        stays(bob, leave, "leads.description")
        assert bob.beside("leads.description") == "Description is required."
        assert bob.said().startswith("Not saved yet: Description is required.")
        assert bob.part("leads.list").current() == Lead.get(Lead.first_name == "Bob").number
        assert bob.part("leads.grid").marked() == [range(1)]
        assert list((home / "drafts").rglob("leads.json")), "it is kept on the disk as well"
        assert (typed(bob, "title"), kept("Bob")) == ("Boss", "")


def test_c7_a_new_record_that_cannot_be_saved_stays_and_can_be_cancelled(bob: Hands) -> None:
    for leave in WAYS_OUT:
        bob.click("leads.create")
        bob.fill("leads.title", "Boss")
        stays(bob, leave, "leads.description")
        assert "Description is required." in bob.said()
        assert bob.part("leads.list").current() is None and not bob.part("leads.grid").marked()
        assert bob.part("leads.place", QLabel).text() == "new"
        if leave is not two_leads.the_end:
            assert bob.button("notices.action").text() == "Cancel Changes"
            bob.click("notices.action")
            assert (bob.said(), typed(bob, "first_name")) == ("Changes cancelled.", "Bob")


@row_tab_end
def test_c7_a_clash_is_asked_about_and_keep_editing_stays(bob: Hands, leave: WayOut) -> None:
    bob.fill("leads.title", "Boss", leave=False)
    meanwhile(title="Clerk")
    with bob.answering("clash.keep_editing"):
        stays(bob, leave)
    assert (typed(bob, "title"), kept("Bob")) == ("Boss", "Clerk")
    before = place(bob)
    with bob.answering("clash.all_mine", "clash.save"):
        leave(bob)
    assert kept("Bob") == "Boss"
    bob.bot.waitUntil(lambda: place(bob) != before)


def test_c7_esc_gives_up_a_new_record_that_cannot_be_saved(bob: Hands) -> None:
    bob.click("leads.create")
    bob.fill("leads.first_name", "Cyd", leave=False)
    bob.go("tasks")
    assert bob.here() == "leads"
    bob.press(KEY.Key_Escape)
    bob.go("tasks")
    assert bob.here() == "tasks" and Lead.select().count() == 2


def test_c7_f64_while_another_program_holds_the_file_it_stays_and_retry_saves_it(bob: Hands) -> None:
    bob.fill("leads.title", "Boss")
    other = sqlite3.connect(bob.window.session.office.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    stays(bob, two_leads.another_tab)
    assert bob.said().startswith("Another program is using the office's file. Nothing was saved")
    bob.window.close()
    assert bob.window.isVisible() and bob.button("notices.action").text() == "Close without it"
    stays(bob, two_leads.another_tab)
    other.execute("ROLLBACK")
    other.close()
    assert bob.button("notices.action").text() == "Retry"
    bob.click("notices.action")
    assert kept("Bob") == "Boss"


def test_f52_a_tab_turned_by_a_screen_reader_turns_back(bob: Hands) -> None:
    bob.fill("leads.description", "")
    tabs = bob.part("main.tabs", QTabWidget)
    tab = QAccessible.queryAccessibleInterface(tabs.tabBar()).child(4)
    tab.actionInterface().doAction("Press")
    assert (tabs.currentIndex(), bob.beside("leads.description")) == (1, "Description is required.")
    bob.fill("leads.description", "Bob's wish")
    tab.actionInterface().doAction("Press")
    assert tabs.currentIndex() == 4


# ---------------------------------------------------------------- closing the window


def test_c7_who_closes_without_what_cannot_be_saved_finds_it_next_time(bob: Hands) -> None:
    bob.fill("leads.description", "")
    bob.fill("leads.notes", "He rang twice")
    bob.window.close()
    assert bob.window.isVisible()
    assert bob.said() == (
        "Not saved yet: Description is required. If you close without it, it is kept and offered again next time."
    )
    assert bob.button("notices.action").text() == "Close without it"
    bob.button("notices.action").click()
    assert not bob.window.isVisible()
    bob.open_again()
    bob.window.build_in_idle_time()
    assert bob.said() == "What you typed into a lead when the program ended was kept."
    bob.click("notices.action")
    bob.bot.waitUntil(lambda: typed(bob, "notes") == "He rang twice")
    assert (typed(bob, "description"), kept("Bob", "description")) == ("", "Bob's wish")


# ---------------------------------------------------------------- an account with several parts


@pytest.fixture
def acme(hands: Hands) -> Account:
    """Two accounts, the first one open."""
    acme = made.account("Acme Books; Ann Lee")
    made.opportunity(acme, "Licenses")
    made.account("Birch Toys; Bo Chan")
    hands.open_account("Acme Books; Ann Lee")
    return acme


def test_c7_every_part_of_an_account_is_saved_when_it_is_left(hands: Hands, acme: Account) -> None:
    hands.fill("accounts.description", "typed")
    hands.go("accounts", "customer")
    hands.fill("customers.city", "Salem")
    hands.go("leads")
    assert hands.here() == "leads"
    assert hands.stored(Account, acme.number)["description"] == "typed"
    assert hands.stored(Customer, acme.customer)["city"] == "Salem"
    assert hands.said() == "Account Acme Books; Ann Lee saved. Customer Acme Books; Ann Lee saved."
    hands.click("notices.undo")
    hands.bot.waitUntil(lambda: hands.stored(Account, acme.number)["description"] == "")
    assert hands.stored(Customer, acme.customer)["city"] == ""


@pytest.mark.parametrize("leave", ["row", "tab"])
def test_c7_the_part_that_cannot_be_saved_is_shown(hands: Hands, acme: Account, leave: str) -> None:
    hands.fill("accounts.name", "")
    hands.go("accounts", "tasks")
    turned = turns(hands)
    hands.stand("accounts", 1) if leave == "row" else hands.go("leads")
    assert (hands.where(), turned) == (("accounts", "information"), [])
    assert "Account Name is required." in hands.said()
    assert hands.beside("accounts.name") == "Account Name is required."
    assert QApplication.focusWidget() is hands.part("accounts.name")
    assert hands.column("accounts", "name")[hands.grid("accounts").currentIndex().row()] == "Acme Books; Ann Lee"


def test_c7_an_untouched_new_opportunity_vanishes_with_its_account(hands: Hands, acme: Account) -> None:
    hands.go("accounts", "opportunities")
    hands.click("accounts.opportunities.create")
    hands.go("leads")
    hands.go("accounts")
    assert hands.part("opportunities.name").value() == "Licenses"
    assert Opportunity.select().count() == 1


def test_f52_a_cell_that_was_opened_in_a_folded_list_keeps_nobody(bob: Hands) -> None:
    bob.part("leads.line").toggle()
    bob.part("main.tabs", QTabWidget).tabBar().setFocus()
    bob.press(KEY.Key_F2)
    bob.go("tasks")
    assert bob.here() == "tasks" and not bob.part("leads.list").is_editing
