"""Contacts inside their account, edited in the grid by keys alone, with the tool bar at the bottom (CH-73 … CH-83)."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication

from channergy_crm.records import Account, Contact, Task
from channergy_crm.services import saving
from tests import made
from tests.ui.hands import CTRL, EDITING, KEY, SHIFT, Hands
from ui.screens.people import ACCOUNT_CONTACTS

pytestmark = pytest.mark.engines("sqlite")

ACME, BIRCH, GRID = "Acme Books; Ann Lee", "Birch Toys; Bo Chan", "accounts.contacts"

FIELDS = {
    "first_name": "Zoë", "last_name": "O'Neill", "title": "Head of IT", "phone": "504-621-8927 x12",
    "other_phone": "504-845-1427", "fax": "504-621-0001", "email": "zoe@acme.example", "notes": "Likes “maps”; 100 %",
    "more_phones": "Mobile: 512-555-0142",
}  # fmt: skip
FILLED_BY_THEMSELVES = {"customer", "number"}
WISHES = {
    "do_not_call",
    "sms_opt_out",
    "email_opt_out",
    "portal",
    "notify_owner",
    "reference",
    "reports_to",
    "assigned_to",
}
"""beyond the documents' columns (VT-98…VT-101, VP-17)"""
ON_DEMAND = {name for name in Contact.kinds() if name.startswith("mailing_")} | {"imported"}
"""put in by *Choose columns…*: with them no column could be read (VP-41…VP-45)"""


@pytest.fixture
def acme(hands: Hands) -> Account:
    """Two accounts with contacts of their own; the contacts of the first one are open."""
    acme, birch = made.account(ACME), made.account(BIRCH)
    for first in ("Ann", "Bea", "Cy"):
        made.contact(acme, first)
    made.contact(birch, "Dan")
    hands.open_account(ACME, "contacts")
    hands.reads(GRID, "first_name", ["Ann", "Bea", "Cy"])
    return acme


def names(hands: Hands) -> list[str]:
    """The first names in the grid."""
    return hands.column(GRID, "first_name")


def current(hands: Hands) -> str:
    """The first name of the row somebody is on."""
    return names(hands)[hands.grid(GRID).currentIndex().row()]


# ---------------------------------------------------------------- whose they are (CH-73, CH-74, CH-82)


def test_ch73_ch74_the_grid_shows_the_contacts_of_the_selected_account_only(hands: Hands, acme: Account) -> None:
    hands.stand("accounts", 1)
    hands.reads(GRID, "first_name", ["Dan"])
    hands.stand("accounts", 0)
    hands.reads(GRID, "first_name", ["Ann", "Bea", "Cy"])


def test_ch74_ch77_ch78_plus_adds_a_contact_of_the_selected_account_with_both_numbers_filled(
    hands: Hands, acme: Account
) -> None:
    last = max(contact.number for contact in Contact.select())
    hands.click("accounts.contacts.create")
    made_now = hands.stored(Contact, last + 1)
    assert made_now["customer"] == acme.customer
    assert hands.column(GRID, "customer") == [str(acme.customer)] * 4
    assert hands.column(GRID, "number")[-1] == str(last + 1)
    hands.stand("accounts", 1)
    hands.reads(GRID, "first_name", ["Dan"])


def test_ch82_ch144_contacts_are_kept_apart_from_the_service_rows_of_the_suite(hands: Hands, acme: Account) -> None:
    made.service_row(acme, "Asked for an invoice")
    hands.click("accounts.contacts.create")
    assert len(names(hands)) == 4
    assert Task.select().count() == 1
    assert Contact.select().where(Contact.customer == acme.customer).count() == 4


# ---------------------------------------------------------------- typing in the grid (CH-75, CH-76, CH-79)


def test_ch75_ch76_ch79_a_whole_contact_is_typed_with_tab_from_cell_to_cell(hands: Hands, acme: Account) -> None:
    hands.click("accounts.contacts.create")
    number = max(contact.number for contact in Contact.select())
    for field, text in FIELDS.items():
        assert QApplication.focusWidget().objectName() == f"cell.{field}"
        hands.type(text)
        hands.press(KEY.Key_Tab)
        assert hands.stored(Contact, number)[field] == text
    assert {name: hands.column(GRID, name)[3] for name in FIELDS} == FIELDS


def test_ch79_every_field_of_a_contact_has_its_column(hands: Hands) -> None:
    shown = set(FIELDS) | FILLED_BY_THEMSELVES | WISHES
    assert set(ACCOUNT_CONTACTS.columns) - {"image"} == shown == set(Contact.kinds()) - ON_DEMAND


@pytest.mark.parametrize("flag", ["do_not_call", "email_opt_out", "reference"])
def test_vt98_vt100_vt101_flags_are_ticked_in_the_grid(hands: Hands, acme: Account, flag: str) -> None:
    hands.stand(GRID, 1, flag)
    hands.press(KEY.Key_Space)
    number = int(hands.column(GRID, "number")[1])
    assert hands.stored(Contact, number)[flag] is True


def test_ch79_each_field_is_edited_in_place_and_read_back(hands: Hands, acme: Account) -> None:
    for field, typed in FIELDS.items():
        hands.fill_cell(GRID, 1, field, typed)
        number = int(hands.column(GRID, "number")[1])
        assert hands.stored(Contact, number)[field] == typed, field
    hands.open_again()
    hands.open_account(ACME, "contacts")
    hands.bot.waitUntil(lambda: len(names(hands)) == 3)
    assert {field: hands.column(GRID, field)[1] for field in FIELDS} == FIELDS


@pytest.mark.parametrize("field", sorted(FILLED_BY_THEMSELVES))
def test_ch77_ch78_the_numbers_cannot_be_typed(hands: Hands, acme: Account, field: str) -> None:
    hands.stand(GRID, 0, field)
    for key in (KEY.Key_F2, KEY.Key_9, KEY.Key_Return):
        hands.press(key)
        assert hands.grid(GRID).state() != EDITING
    hands.click_row(GRID, 0, field, double=True)
    assert hands.grid(GRID).state() != EDITING


@pytest.mark.parametrize("key", [KEY.Key_F2, KEY.Key_Return, KEY.Key_X])
def test_ch76_a_cell_is_opened_by_f2_enter_or_just_typing_and_shift_tab_goes_back(
    hands: Hands, acme: Account, key: Any
) -> None:
    hands.stand(GRID, 0, "last_name")
    hands.press(key)
    assert QApplication.focusWidget().objectName() == "cell.last_name"
    hands.press(KEY.Key_Backtab, SHIFT)
    assert QApplication.focusWidget().objectName() == "cell.first_name"
    hands.press(KEY.Key_Escape)
    assert hands.grid(GRID).state() != EDITING


def test_escape_in_a_cell_leaves_it_as_it_was(hands: Hands, acme: Account) -> None:
    hands.fill_cell(GRID, 0, "title", "Owner", end=KEY.Key_Escape)
    assert hands.column(GRID, "title")[0] == ""
    assert hands.stored(Contact, int(hands.column(GRID, "number")[0]))["title"] == ""


def test_an_open_cell_is_saved_by_plus_by_another_sub_tab_and_by_another_account(hands: Hands, acme: Account) -> None:
    number = int(hands.column(GRID, "number")[0])
    ways_out = {
        "plus": lambda: hands.click("accounts.contacts.create"),
        "sub-tab": lambda: hands.go("accounts", "tasks"),
        "tab": lambda: hands.go("tasks"),
        "account": lambda: hands.click_row("accounts", 1, "name"),
    }
    for way, out in ways_out.items():
        hands.go("accounts", "contacts")
        hands.stand(GRID, 0, "title")
        hands.press(KEY.Key_F2)
        hands.type(way)
        out()
        assert hands.stored(Contact, number)["title"] == way, way
        hands.press(KEY.Key_Escape)


def test_a_value_too_long_for_the_store_keeps_the_cell_open_and_says_why(hands: Hands, acme: Account) -> None:
    hands.stand(GRID, 0, "title")
    hands.press(KEY.Key_F2)
    cell = hands.part("cell.title")
    cell.setText("x" * 251)
    for key in (KEY.Key_Return, KEY.Key_Tab):
        hands.press(key)
        assert hands.part("cell.title").text() == "x" * 251
        assert hands.said() == "Title: This is too long by 1 characters; 250 fit here."
    hands.go("tasks")
    assert hands.where() == ("accounts", "contacts")
    assert hands.part("cell.title").text() == "x" * 251
    hands.bot.keyClick(hands.part("cell.title"), KEY.Key_Escape)


def test_the_same_cell_changed_by_somebody_else_meanwhile_is_not_overwritten(hands: Hands, acme: Account) -> None:
    number = int(hands.column(GRID, "number")[0])
    hands.stand(GRID, 0, "title")
    hands.press(KEY.Key_F2)
    theirs = Contact.find(number)
    theirs.title, theirs.email = "Owner", "ann@acme.example"
    saving.save(theirs, made.colleague())
    hands.type("Clerk")
    hands.press(KEY.Key_Return)
    assert hands.said() == "Title was changed to “Owner” meanwhile; look at it and type yours again."
    hands.bot.waitUntil(lambda: hands.column(GRID, "title")[0] == "Owner")
    hands.fill_cell(GRID, 0, "title", "Clerk")
    kept = hands.stored(Contact, number)
    assert (kept["title"], kept["email"]) == ("Clerk", "ann@acme.example")


def test_another_cell_changed_by_somebody_else_meanwhile_stays_theirs(hands: Hands, acme: Account) -> None:
    number = int(hands.column(GRID, "number")[0])
    hands.stand(GRID, 0, "title")
    hands.press(KEY.Key_F2)
    theirs = Contact.find(number)
    theirs.email = "ann@acme.example"
    saving.save(theirs, made.colleague())
    hands.type("Clerk")
    hands.press(KEY.Key_Return)
    kept = hands.stored(Contact, number)
    assert (kept["title"], kept["email"]) == ("Clerk", "ann@acme.example")
    hands.bot.waitUntil(lambda: hands.column(GRID, "email")[0] == "ann@acme.example")


# ---------------------------------------------------------------- the tool bar (CH-75, CH-80, CH-81, CH-83)


def test_ch75_ch80_the_tool_bar_is_at_the_bottom_of_the_grid(hands: Hands, acme: Account) -> None:
    grid = hands.grid(GRID)
    foot = grid.mapTo(hands.window, grid.rect().bottomLeft()).y()
    for name in ("first", "previous", "next", "last", "create", "delete", "dial"):
        button = hands.button(f"accounts.contacts.{name}")
        assert button.mapTo(hands.window, QPoint(0, 0)).y() > foot
        assert button.accessibleName() and (button.text() or button.toolTip())


def test_ch80_first_previous_next_and_last_move_through_the_contacts(hands: Hands, acme: Account) -> None:
    for button, name in (
        ("last", "Cy"), ("previous", "Bea"), ("next", "Cy"), ("first", "Ann"), ("next", "Bea"),
    ):  # fmt: skip
        hands.click(f"accounts.contacts.{button}")
        assert current(hands) == name
    hands.click("accounts.contacts.last")
    for button in ("last", "next"):
        there = hands.part(f"accounts.contacts.{button}")
        assert (there.isEnabled(), there.toolTip()) == (False, "This is the last row.")


def test_ch81_delete_record_deletes_the_contact_and_undo_brings_it_back(hands: Hands, acme: Account) -> None:
    hands.stand(GRID, 1)
    number = int(hands.column(GRID, "number")[1])
    hands.click("accounts.contacts.delete")
    assert hands.said() == "Deleted contact Bea."
    hands.reads(GRID, "first_name", ["Ann", "Cy"])
    assert Contact.find(number) is None
    hands.click("notices.undo")
    hands.reads(GRID, "first_name", ["Ann", "Bea", "Cy"])
    assert hands.stored(Contact, number)["first_name"] == "Bea"


def test_ch81_several_selected_contacts_go_in_one_step_and_come_back_in_one(hands: Hands, acme: Account) -> None:
    hands.stand(GRID, 0)
    hands.press(KEY.Key_Down, SHIFT)
    hands.press(KEY.Key_Delete)
    assert hands.said() == "Deleted 2 contacts."
    hands.reads(GRID, "first_name", ["Cy"])
    hands.press(KEY.Key_Z, CTRL)
    hands.reads(GRID, "first_name", ["Ann", "Bea", "Cy"])


def test_ch81_delete_inside_an_open_cell_deletes_letters_not_the_contact(hands: Hands, acme: Account) -> None:
    hands.stand(GRID, 0, "first_name")
    hands.press(KEY.Key_F2)
    hands.press(KEY.Key_Delete)
    hands.type("Anna")
    hands.press(KEY.Key_Return)
    assert names(hands) == ["Anna", "Bea", "Cy"]


def test_ch83_dial_phone_dials_the_contact_from_button_key_and_menu(hands: Hands, acme: Account) -> None:
    hands.stand(GRID, 1)
    assert hands.button("accounts.contacts.dial").toolTip() == "This contact has no phone number."
    hands.fill_cell(GRID, 1, "phone", "(504) 621-8927")
    presses = [
        lambda: hands.click("accounts.contacts.dial"),
        lambda: (hands.stand(GRID, 1), hands.press(KEY.Key_F9)),
        lambda: hands.pick(hands.menu(GRID, 1, "first_name"), "Dial Phone"),
    ]
    for press in presses:
        hands.window.notices.dismiss()
        press()
        hands.bot.waitUntil(lambda: hands.said() == "The number +15046218927 is on the clipboard.")


def test_ch75_plus_without_a_customer_says_what_to_do_first(hands: Hands) -> None:
    made.account(ACME, with_customer=False)
    hands.open_account(ACME, "contacts")
    hands.click("accounts.contacts.make_first")
    said = f"{ACME} has no customer number yet; save its customer information first."
    assert hands.said() == said
    assert Contact.select().count() == 0


def test_ch75_ctrl_n_in_the_grid_adds_a_contact_too(hands: Hands, acme: Account) -> None:
    hands.stand(GRID, 0)
    hands.press(KEY.Key_N, CTRL)
    assert len(names(hands)) == 4
    assert QApplication.focusWidget().objectName() == "cell.first_name"
    assert hands.grid(GRID).currentIndex().row() == 3


def test_ch75_a_new_contact_is_seen_although_the_grid_is_filtered_and_sorted_otherwise(
    hands: Hands, acme: Account
) -> None:
    search = hands.part("accounts.contacts.search")
    search.setFocus()
    hands.type("bea")
    hands.reads(GRID, "first_name", ["Bea"])
    hands.click("accounts.contacts.create")
    hands.type("Abe")
    hands.press(KEY.Key_Return)
    assert search.text() == ""
    assert sorted(names(hands)) == ["Abe", "Ann", "Bea", "Cy"]
    assert current(hands) == "Abe"


def test_the_grid_shows_what_happens_elsewhere_by_itself(hands: Hands, acme: Account) -> None:
    made.contact(acme, "Eve")
    hands.reads(GRID, "first_name", ["Ann", "Bea", "Cy", "Eve"])
