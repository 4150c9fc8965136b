"""What can be done is declared once: the menu, Ctrl+K and the sheet of keys cannot differ (VT-45, K9)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QTabWidget

from channergy_crm.records import Contact, Task
from tests import made
from tests.ui.hands import CTRL, KEY, Hands, opened
from ui.search import commands
from ui.shell import key_rows
from ui.shell.menu import MENU, Menu

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.engines("sqlite")


@pytest.fixture
def hands(qtbot, office, database_url) -> Iterator[Hands]:
    """ADMIN's window over a new office."""
    with opened(qtbot, database_url) as hands:
        yield hands


def menu_of(hands: Hands) -> Menu:
    return hands.window.findChild(Menu)


def run(hands: Hands, typed: str) -> None:
    """Choose what Ctrl+K offers first."""
    commands.offers(typed, hands.window, hands.window.session)[0].run()


def test_every_key_of_the_window_is_on_the_sheet(hands: Hands) -> None:
    on_the_sheet = {key for _, key, _ in key_rows.rows(menu_of(hands))}
    native = QKeySequence.SequenceFormat.NativeText
    for action in hands.window.findChildren(QAction):
        if action.objectName() and action.shortcuts():
            assert any(key.toString(native) in on_the_sheet for key in action.shortcuts()), action.objectName()


def test_the_menu_holds_the_commands_of_its_groups_and_ctrl_k_all_of_them(hands: Hands) -> None:
    menu = menu_of(hands)
    grouped = [command.label for group in MENU for command in menu.commands if command.group == group]
    entries = [action for action in hands.window.header.menu.actions() if not action.isSeparator()]
    assert entries.pop().text() == "Close the program"
    inside = [each.text() for entry in entries for each in (entry.menu().actions() if entry.menu() else [entry])]
    assert inside == grouped
    for command in menu.commands:
        offered = commands.offers(command.label.rstrip("…"), hands.window, hands.window.session)
        assert any(offer.text == command.label for offer in offered), command.label


@pytest.mark.usefixtures("every_page")
def test_the_sheet_says_what_one_key_does_on_each_page_in_one_line(hands: Hands) -> None:
    said_of = {(place, key): what for place, key, what in key_rows.rows(menu_of(hands))}
    assert said_of["Record", "Ctrl+N"] == "Create Account · Create Lead · Create Opportunity"
    assert said_of["List", "Ctrl+M"] == "Merge"
    assert said_of["Everywhere", "Ctrl+6"] == "Go to Tasks"


@pytest.mark.parametrize(
    ("typed", "page", "place"), [("new contact", "accounts", 2), ("new opportunity", "accounts", 3)],
)  # fmt: skip
def test_vt45_a_new_one_is_made_in_the_account_that_is_open(hands: Hands, typed, page, place) -> None:
    account = made.account("Acme", "ADMIN")
    hands.window.go_to("account", account.number)
    hands.window.tabs.setCurrentIndex(0)
    run(hands, typed)
    assert hands.here() == page and hands.part("accounts.tabs", QTabWidget).currentIndex() == place
    if place == 2:
        assert Contact.select().count() == 1
    else:
        assert hands.part("opportunities.name").isVisible()


def test_vt45_a_new_task_is_made_in_the_account_that_is_open(hands: Hands) -> None:
    account = made.account("Acme", "ADMIN")
    hands.window.go_to("account", account.number)
    hands.window.tabs.setCurrentIndex(0)
    run(hands, "new task")
    assert Task.select().where(Task.account == account.number).count() == 1


def test_vt45_who_was_not_at_the_accounts_yet_gets_it_in_the_first_one(hands: Hands) -> None:
    made.account("Acme", "ADMIN")
    run(hands, "new contact")
    assert Contact.select().count() == 1 and hands.said() == ""


@pytest.mark.parametrize("typed", ["new contact", "new opportunity", "new task"])
def test_vt45_without_an_account_it_says_to_choose_one(hands: Hands, typed: str) -> None:
    run(hands, typed)
    hands.bot.waitUntil(lambda: hands.said() == "Choose an account in the list first.")


def test_the_keys_of_the_tabs_follow_the_tabs(hands: Hands) -> None:
    hands.window.show_tabs(hands.window.tabs.declared[:2])
    assert hands.window.tabs.count() == 2 and hands.window.tabs.is_built
    hands.bot.keyClick(hands.window, KEY.Key_2, CTRL)
    assert hands.here() == "leads"
