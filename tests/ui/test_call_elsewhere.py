"""F9 on accounts, contacts, opportunities and tasks: the call bar opens, and the call is written down (BX-1, BX-7)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from channergy_crm.records import Account, PhoneCall, Task
from channergy_crm.records.call_log import DialRow
from tests import made
from tests.ui.calling import focus, is_open, undo
from tests.ui.hands import CTRL, KEY, SHIFT

if TYPE_CHECKING:
    from tests.ui.hands import Hands

pytestmark = [pytest.mark.engines("sqlite"), pytest.mark.usefixtures("fixed_clock")]
ACME, BIRCH = "Acme Books; Ann Lee", "Birch Toys; Bo Chan"


@pytest.fixture
def acme(hands: Hands) -> Account:
    """Two accounts with numbers, the first one open; it has two contacts and an opportunity."""
    held = made.account(ACME, phone="212-736-5000")
    made.account(BIRCH, phone="212-736-6000")
    made.contact(held, "Ann", phone="212-736-5001")
    made.contact(held, "Bea", other_phone="212-736-5002")
    made.opportunity(held, "Ten chairs")
    hands.open_account(ACME)
    return held


def logged() -> list[tuple[str, str, str, object, object, object]]:
    """The calls that were written down."""
    return [
        (call.phone, call.code, call.note, call.account, call.contact, call.opportunity)
        for call in PhoneCall.select().order_by(PhoneCall.number)
    ]


def test_bx1_bx7_an_account_is_called_in_three_keys_and_the_next_one_is_open(hands: Hands, acme: Account) -> None:
    hands.press(KEY.Key_F9)
    assert is_open(hands) and focus().startswith("call.result.")
    assert hands.part("call.number").text() == "212-736-5000"
    assert hands.part("call.local_time").text().endswith(" there")
    assert hands.part("call.save_and_next").text() == "Save call, next account"
    hands.press(KEY.Key_1)
    hands.press(KEY.Key_Tab)
    hands.type("Front desk")
    hands.press(KEY.Key_Return, CTRL)
    hands.bot.waitUntil(lambda: hands.shows("accounts.name") == BIRCH)
    assert logged() == [("212-736-5000", "N", "Front desk", acme.number, None, None)] and not is_open(hands)
    (task,) = Task.select()
    assert task.account == acme.number and task.reminder_date is not None
    hands.press(KEY.Key_Z, CTRL)
    hands.bot.waitUntil(lambda: not PhoneCall.select().exists())
    assert not Task.select().exists()


def test_bx1_a_contact_is_called_in_the_account_and_the_next_contact_follows(hands: Hands, acme: Account) -> None:
    hands.open_account(ACME, "contacts")
    hands.reads("accounts.contacts", "first_name", ["Ann", "Bea"])
    hands.stand("accounts.contacts", 0)
    hands.press(KEY.Key_F9)
    assert is_open(hands) and hands.part("call.number").text() == "212-736-5001"
    hands.press(KEY.Key_2)
    hands.press(KEY.Key_Return, CTRL)
    assert hands.grid("accounts.contacts").currentIndex().row() == 1
    hands.press(KEY.Key_F9)
    assert hands.part("call.number").text() == "212-736-5002", "the other number, where there is no first one"
    hands.press(KEY.Key_Escape)
    assert [row[0] for row in logged()] == ["212-736-5001"]


def test_bx1_a_call_while_an_opportunity_is_open_is_about_it(hands: Hands, acme: Account) -> None:
    hands.open_account(ACME, "opportunities")
    hands.bot.waitUntil(lambda: hands.shows("opportunities.name") == "Ten chairs")
    hands.click("accounts.dial")
    hands.press(KEY.Key_1)
    hands.press(KEY.Key_Return, CTRL)
    assert logged()[0][3:] == (acme.number, None, 1) and hands.shows("accounts.name") == ACME


@pytest.mark.parametrize("page", ["contacts", "opportunities", "tasks"])
def test_bx1_from_another_page_it_is_noted_in_the_account_and_somebody_is_back(
    hands: Hands, acme: Account, page: str
) -> None:
    made.task(acme, "Send the list", reminder_date=date(2026, 11, 23))
    hands.go(page)
    hands.stand(page, 0)
    hands.press(KEY.Key_F9)
    hands.bot.waitUntil(lambda: is_open(hands))
    assert hands.part("call.save_and_next").text() == "Save call"
    hands.press(KEY.Key_1)
    hands.press(KEY.Key_Return, CTRL)
    hands.bot.waitUntil(lambda: hands.window.session.came_from == "accounts")
    assert logged()[0][3] == acme.number and not is_open(hands)


def test_c7_a_note_to_an_account_comes_back_with_undo_and_with_the_next_call(hands: Hands, acme: Account) -> None:
    hands.press(KEY.Key_F9)
    hands.press(KEY.Key_Tab)
    hands.type("Front desk")
    hands.press(KEY.Key_Escape)
    assert not is_open(hands) and hands.said() == "Left without a result; the note is kept."
    undo(hands)
    assert is_open(hands) and hands.part("call.note").toPlainText() == "Front desk"
    hands.stand("accounts", 1)
    hands.bot.waitUntil(lambda: hands.shows("accounts.name") == BIRCH)
    assert not is_open(hands) and not logged()
    hands.stand("accounts", 0)
    hands.bot.waitUntil(lambda: hands.shows("accounts.name") == ACME)
    hands.press(KEY.Key_F9)
    assert hands.part("call.note").toPlainText() == "Front desk"


def test_bx7_a_call_made_with_another_telephone_is_logged_without_dialing(hands: Hands, acme: Account) -> None:
    hands.press(KEY.Key_L, CTRL | SHIFT)
    assert is_open(hands) and hands.part("call.number").text() == "212-736-5000"
    hands.press(KEY.Key_5)
    hands.press(KEY.Key_Tab)
    hands.type("Rang him on the way home")
    hands.press(KEY.Key_Return, CTRL)
    (row,) = PhoneCall.select()
    assert (row.account, row.bridge, row.seconds, row.note) == (acme.number, "", 0, "Rang him on the way home")
    assert not DialRow.select().exists()
    hands.open_account(ACME, "contacts")
    hands.stand("accounts.contacts", 0)
    hands.press(KEY.Key_L, CTRL | SHIFT)
    assert is_open(hands) and hands.part("call.number").text() == "212-736-5001"
    hands.press(KEY.Key_Escape)
