"""The lists at the top: contacts and opportunities are only read there, and opened in their account (CH-130…CH-135)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QLabel

from channergy_crm.records import Account, Contact, Opportunity
from channergy_crm.services import saving
from tests import made
from tests.ui.calling import stray_contact
from tests.ui.hands import CTRL, EDITING, KEY, Hands, company

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

ACME, BIRCH = "Acme Books; Ann Lee", "Birch Toys; Bo Chan"
pytestmark = pytest.mark.engines("sqlite")  # what is asked of a store here is asked of each in tests/domain
LISTS = ["contacts", "opportunities"]
NAMED = {"contacts": "first_name", "opportunities": "name"}


class Office(NamedTuple):
    """Two accounts of ADMIN and one of BEN, each with a contact and an opportunity."""

    acme: Account
    birch: Account
    theirs: Account


@pytest.fixture
def office_of_two(hands: Hands, fixed_clock: datetime) -> Office:
    """The lists hold what belongs to ADMIN: Ann and Bo, the licenses and the toys."""
    ben = made.colleague()
    office = Office(made.account(ACME), made.account(BIRCH), made.account("Cobalt Media; Cy Dow", ben))
    for account, first, what in zip(office, ("Ann", "Bo", "Cy"), ("Licenses", "Toys", "Films"), strict=True):
        made.contact(account, first, "Lee", phone="(504) 621-8927")
        made.opportunity(account, what)
    return office


def names(hands: Hands, name: str) -> list[str]:
    """What the list shows."""
    return sorted(hands.column(name, NAMED[name]))


MINE = {"contacts": ["Ann", "Bo"], "opportunities": ["Licenses", "Toys"]}
THEIRS = {"contacts": ["Cy"], "opportunities": ["Films"]}


# ---------------------------------------------------------------- whose (CH-130, CH-133)


@pytest.mark.parametrize("name", LISTS)
def test_ch130_ch133_the_list_holds_what_is_the_operators_and_follows_the_drop_down(
    hands: Hands, office_of_two: Office, name: str
) -> None:
    hands.go(name)
    hands.bot.waitUntil(lambda: names(hands, name) == MINE[name])
    operator = hands.part("main.operator")
    operator.setCurrentIndex(operator.findData("BEN"))
    hands.bot.waitUntil(lambda: names(hands, name) == THEIRS[name])


def test_ch130_contacts_are_the_operators_when_their_account_is_and_change_hands_with_it(
    hands: Hands, office_of_two: Office
) -> None:
    hands.go("contacts")
    hands.bot.waitUntil(lambda: names(hands, "contacts") == ["Ann", "Bo"])
    given = Account.find(office_of_two.theirs.number)
    given.owner = "ADMIN"
    saving.save(given, "BEN")
    hands.bot.waitUntil(lambda: names(hands, "contacts") == ["Ann", "Bo", "Cy"])
    assert set(hands.column("contacts", "account_name")) == {ACME, BIRCH, "Cobalt Media; Cy Dow"}


def test_ch133_an_opportunity_is_listed_for_its_own_owner_whoever_owns_the_account(
    hands: Hands, office_of_two: Office
) -> None:
    made.opportunity(office_of_two.theirs, "Posters", "ADMIN")
    hands.go("opportunities")
    hands.bot.waitUntil(lambda: names(hands, "opportunities") == ["Licenses", "Posters", "Toys"])


# ---------------------------------------------------------------- read only (CH-131, CH-134)


@pytest.mark.parametrize("name", LISTS)
def test_ch131_ch134_no_key_and_no_click_edits_anything(hands: Hands, office_of_two: Office, name: str) -> None:
    record = {"contacts": Contact, "opportunities": Opportunity}[name]
    hands.go(name)
    hands.bot.waitUntil(lambda: names(hands, name) == MINE[name])
    grid, before = hands.grid(name), [hands.stored(record, one.number) for one in record.select()]
    assert grid.editTriggers() == QAbstractItemView.EditTrigger.NoEditTriggers
    for column in grid.model().columns:
        hands.stand(name, 0, column)
        for key in (KEY.Key_F2, KEY.Key_Space, KEY.Key_Delete, KEY.Key_Backspace):
            hands.press(key)
            assert grid.state() != EDITING
        hands.click_row(name, 0, column)
        hands.click_row(name, 0, column)
        assert grid.state() != EDITING
        assert not grid.model().setData(grid.model().index(0, 0), "changed")
    assert [hands.stored(record, one.number) for one in record.select()] == before
    menu = hands.menu(name, 0, NAMED[name])
    assert [action.menu().title() for action in menu.actions() if action.menu()] == ["Copy, export, print"]
    hands.press(KEY.Key_Escape)
    for button in ("create", "delete", "save"):
        found = hands.window.findChildren(QAbstractButton, f"{name}.{button}")
        assert not [widget for widget in found if widget.isVisible()]


@pytest.mark.parametrize("name", LISTS)
def test_ch131_ch134_typing_filters_the_list_instead(hands: Hands, office_of_two: Office, name: str) -> None:
    hands.go(name)
    hands.bot.waitUntil(lambda: names(hands, name) == MINE[name])
    hands.stand(name, 0)
    hands.type("b")
    search = hands.part(f"{name}.search")
    assert search.hasFocus() and search.text() == "b"
    hands.type("irch")
    hands.bot.waitUntil(lambda: names(hands, name) == [MINE[name][1]])
    hands.press(KEY.Key_Escape)
    hands.bot.waitUntil(lambda: names(hands, name) == MINE[name])


# ---------------------------------------------------------------- Open In Account (CH-132, CH-135)


def by_button(hands: Hands, name: str, row: int) -> None:
    """Open In Account, the button."""
    hands.stand(name, row)
    hands.click(f"{name}.open_in_account")


def by_enter(hands: Hands, name: str, row: int) -> None:
    """Enter on the row."""
    hands.stand(name, row)
    hands.press(KEY.Key_Return)


def by_double_click(hands: Hands, name: str, row: int) -> None:
    """A double-click on the row."""
    hands.click_row(name, row, NAMED[name], double=True)


def by_menu(hands: Hands, name: str, row: int) -> None:
    """The menu of the row."""
    hands.pick(hands.menu(name, row, NAMED[name]), "Open In Account")


@pytest.mark.parametrize("way", [by_button, by_enter, by_double_click, by_menu])
def test_ch132_open_in_account_lands_on_the_very_contact(
    hands: Hands, office_of_two: Office, way: Callable[..., Any]
) -> None:
    made.contact(office_of_two.birch, "Abe", "Lee")
    hands.go("contacts")
    way(hands, "contacts", hands.row("contacts", "first_name", "Bo"))
    assert hands.where() == ("accounts", "contacts")
    assert hands.part("accounts.summary_name", QLabel).text() == company(BIRCH)
    grid = hands.grid("accounts.contacts")
    assert hands.column("accounts.contacts", "first_name")[grid.currentIndex().row()] == "Bo"
    assert grid.hasFocus()
    hands.fill_cell("accounts.contacts", grid.currentIndex().row(), "title", "Owner")
    assert Contact.get(Contact.first_name == "Bo").title == "Owner"
    hands.bot.waitUntil(lambda: selected_account(hands) == BIRCH)


@pytest.mark.parametrize("way", [by_button, by_enter, by_double_click, by_menu])
def test_ch135_open_in_account_lands_on_the_very_opportunity(
    hands: Hands, office_of_two: Office, way: Callable[..., Any]
) -> None:
    made.opportunity(office_of_two.birch, "Games")
    hands.go("opportunities")
    way(hands, "opportunities", hands.row("opportunities", "name", "Toys"))
    assert hands.where() == ("accounts", "opportunities")
    assert hands.part("accounts.summary_name", QLabel).text() == company(BIRCH)
    assert hands.part("opportunities.name").value() == "Toys"
    grid = hands.grid("accounts.opportunities")
    assert hands.column("accounts.opportunities", "name")[grid.currentIndex().row()] == "Toys"
    hands.fill("opportunities.amount", "5")
    hands.click("accounts.opportunities.save")
    assert Opportunity.get(Opportunity.name == "Toys").amount == 500
    hands.bot.waitUntil(lambda: selected_account(hands) == BIRCH)


def selected_account(hands: Hands) -> str:
    """The account the list above stands on."""
    row = hands.grid("accounts").currentIndex().row()
    return hands.column("accounts", "name")[row] if row >= 0 else ""


def test_ch135_an_opportunity_on_another_operators_account_opens_there(hands: Hands, office_of_two: Office) -> None:
    made.opportunity(office_of_two.theirs, "Posters", "ADMIN")
    hands.go("opportunities")
    by_enter(hands, "opportunities", hands.row("opportunities", "name", "Posters"))
    assert hands.part("accounts.summary_name", QLabel).text() == "Cobalt Media"
    assert hands.part("opportunities.name").value() == "Posters"


def test_ch132_ch135_unsaved_input_in_the_accounts_is_settled_first(hands: Hands, office_of_two: Office) -> None:
    hands.open_account(ACME)
    hands.fill("accounts.description", "typed")
    hands.fill("accounts.name", "")
    hands.go("contacts")
    assert hands.where() == ("accounts", "information") and "Account Name is required." in hands.said()
    hands.fill("accounts.name", ACME)
    hands.go("contacts")
    assert hands.here() == "contacts" and hands.said() == f"Account {ACME} saved."


@pytest.mark.parametrize("name", LISTS)
def test_ch132_ch135_a_record_that_was_moved_away_meanwhile_is_said_and_nothing_breaks(
    hands: Hands, office_of_two: Office, name: str
) -> None:
    record = {"contacts": Contact, "opportunities": Opportunity}[name]
    hands.go(name)
    hands.row(name, NAMED[name], MINE[name][0])
    gone = record.get(record.kind(NAMED[name]) == MINE[name][0]).number
    saving.delete(record.find(gone), "ADMIN")
    hands.window.session.go_to(name.rstrip("s").replace("opportunitie", "opportunity"), gone)
    assert hands.said() == "That record belongs to no account any more."


def test_ch130_a_contact_of_a_customer_without_an_account_gets_one_to_be_worked_with(hands: Hands) -> None:
    bea = stray_contact("Bea", "212-736-5002")
    hands.window.session.go_to("contact", bea.number)
    assert hands.said() == "Bea has no account yet, where calls, opportunities and tasks stand."
    hands.click("notices.action")
    assert hands.where() == ("accounts", "contacts") and hands.shows("accounts.name") == "Birch Toys"
    hands.reads("accounts.contacts", "first_name", ["Bea"])


def test_ch83_ch130_dial_phone_dials_from_the_list_of_contacts_too(hands: Hands, office_of_two: Office) -> None:
    hands.go("contacts")
    hands.stand("contacts", hands.row("contacts", "first_name", "Bo"))
    hands.press(KEY.Key_F9)
    hands.bot.waitUntil(lambda: hands.said() == "The number +15046218927 is on the clipboard.")


@pytest.mark.parametrize("name", LISTS)
def test_the_first_row_is_at_hand_as_soon_as_somebody_looks_and_rows_are_copied(
    hands: Hands, office_of_two: Office, name: str
) -> None:
    hands.go(name)
    hands.bot.waitUntil(lambda: hands.grid(name).currentIndex().row() == 0)
    assert hands.button(f"{name}.open_in_account").isEnabled()
    hands.grid(name).setFocus()
    hands.press(KEY.Key_A, CTRL)
    hands.press(KEY.Key_C, CTRL)
    lines = QGuiApplication.clipboard().text().split("\n")
    columns = hands.grid(name).model().columns
    assert [line.split("\t")[columns.index(NAMED[name])] for line in lines] == hands.column(name, NAMED[name])


def test_ch130_ch133_an_empty_list_says_where_its_records_come_from(hands: Hands) -> None:
    for name, sentence in (("contacts", "Contacts are added in their account."), ("opportunities", "Convert a lead")):
        hands.go(name)
        hands.bot.waitUntil(lambda name=name: hands.part(f"{name}.empty", QLabel).isVisible())
        assert sentence in hands.part(f"{name}.empty", QLabel).text()
        button = hands.button(f"{name}.open_in_account")
        assert not button.isEnabled() and button.toolTip() == "Choose a row first."
