"""The card of a deal: contacts and operators in rows, by key and mouse; follow-ups (SI-25, SI-27, SI-29, SI-30)."""

from __future__ import annotations

from datetime import date, time
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QComboBox, QLabel

from channergy_crm.records import DealContact, PhoneCall
from channergy_crm.services import deal_people
from tests import made
from tests.ui.gestures import values_offered
from tests.ui.hands import ALT, CTRL, KEY, Hands, opened
from ui.pages.deal_people import DealPeople

if TYPE_CHECKING:
    from channergy_crm.records import Opportunity

pytestmark = pytest.mark.engines("sqlite")
BY, ACME = "ADMIN", "Acme Books; Ann Lee"
CONTACTS, OPERATORS = "deal.contacts", "deal.operators"


@pytest.fixture
def deal(hands: Hands, fixed_clock: Any) -> Opportunity:
    """A deal of an account with two contacts, and a colleague; the deal is open."""
    acme = made.account(ACME, phone="800-555-0100")
    made.contact(acme, "Bob", "Ray", phone="212-555-0134")
    made.contact(acme, "Cleo", "Fox", phone="212-555-0135")
    made.colleague()
    deal = made.opportunity(acme, "600 sets")
    hands.open_account(ACME, "opportunities")
    hands.bot.waitUntil(lambda: hands.part("opportunities.name").value() == "600 sets")
    return deal


def names(hands: Hands, which: str = CONTACTS) -> list[str]:
    """Who stands in the rows, from top to bottom."""
    return [row.part.name for row in hands.part(which, DealPeople).rows()]


def add(hands: Hands, which: str, typed: str, name: str) -> None:
    """Type a part of a name into the line, and take whom the list offers."""
    picker = hands.part(f"{which}.who")
    picker.setFocus()
    hands.bot.keyClicks(picker, typed)
    hands.bot.waitUntil(lambda: picker.is_choosing)
    hands.press(KEY.Key_Return)
    hands.bot.waitUntil(lambda: name in names(hands, which))


def row_of(hands: Hands, name: str) -> int:
    """The number of somebody's link."""
    return next(row.part.number for row in hands.part(CONTACTS, DealPeople).rows() if row.part.name == name)


def test_si29_contacts_are_found_by_typing_given_a_role_moved_by_key_and_taken_off(
    hands: Hands, deal: Opportunity
) -> None:
    assert hands.part(f"{CONTACTS}.empty", QLabel).isVisible(), "nobody yet: it is said how to add one"
    add(hands, CONTACTS, "ra", "Bob Ray")
    add(hands, CONTACTS, "cleo", "Cleo Fox")
    assert not hands.part(f"{CONTACTS}.who").isVisible(), "there is nobody else at the account"
    cleo = row_of(hands, "Cleo Fox")
    role = hands.part(f"{CONTACTS}.role_{cleo}", QComboBox)
    assert values_offered(role) == ["Decision maker", "Technical", "Purchasing", "User"]
    role.setFocus()
    hands.choose(f"{CONTACTS}.role_{cleo}", "Technical")
    hands.press(KEY.Key_Tab)
    assert hands.stored(DealContact, cleo)["role"] == "Technical", "one step, though two roles were passed"
    hands.part(f"{CONTACTS}.open_{cleo}").setFocus()
    hands.press(KEY.Key_Up, ALT)
    assert names(hands) == ["Cleo Fox", "Bob Ray"]
    assert hands.part(f"{CONTACTS}.open_{cleo}").hasFocus(), "who moves a row stays on it"
    hands.press(KEY.Key_Delete)
    assert names(hands) == ["Bob Ray"] and "Cleo Fox" in hands.said()
    for expected in (["Cleo Fox", "Bob Ray"], ["Bob Ray", "Cleo Fox"]):
        hands.press(KEY.Key_Z, CTRL)
        hands.bot.waitUntil(lambda expected=expected: names(hands) == expected)
    hands.press(KEY.Key_Z, CTRL)
    hands.bot.waitUntil(lambda: not hands.part(f"{CONTACTS}.role_{cleo}").value())


def test_si29_what_is_typed_into_the_deal_stays_while_somebody_is_linked(hands: Hands, deal: Opportunity) -> None:
    hands.fill("opportunities.next_step", "Demo")
    hands.fill("opportunities.decision_maker", "Bob")
    add(hands, CONTACTS, "bob", "Bob Ray")
    assert hands.shows("opportunities.decision_maker") == "Bob"
    hands.click("accounts.opportunities.save")
    stored = hands.stored(type(deal), deal.number)
    assert (stored["next_step"], stored["decision_maker"]) == ("Demo", "Bob")
    assert names(hands) == ["Bob Ray"]


def test_si29_f9_dials_the_first_contact_of_the_deal_and_elsewhere_the_account(hands: Hands, deal: Opportunity) -> None:
    bob, _cleo = made_links(deal, "Bob", "Cleo")
    fact = hands.part("accounts.summary.fact_1")
    hands.bot.waitUntil(lambda: "212-555-0134" in fact.accessibleName() and "Bob Ray" in fact.accessibleName())
    hands.part("opportunities.name").setFocus()
    hands.press(KEY.Key_F9)
    hands.bot.waitUntil(lambda: QGuiApplication.clipboard().text() == "+12125550134")
    hands.press(KEY.Key_2)
    hands.press(KEY.Key_Return, CTRL)
    call = PhoneCall.get()
    assert (call.contact, call.opportunity) == (bob, deal.number), "the call stands with the contact and the deal"
    hands.go("accounts", "information")
    assert "800-555-0100" in fact.accessibleName()


def made_links(deal: Opportunity, *first_names: str) -> list[int]:
    """Link these contacts of the deal's account; their numbers."""
    from channergy_crm.records import Contact

    keys = [int(Contact.get(Contact.first_name == name).number) for name in first_names]
    for key in keys:
        deal_people.link_contact(deal.number, key, BY)
    return keys


def test_si30_who_takes_part_finds_the_deal_in_their_list_and_opens_it(
    hands: Hands, deal: Opportunity, database_url: str, qtbot: Any
) -> None:
    add(hands, OPERATORS, "ben", "Ben Ortiz")
    made.opportunity(made.account("Birch Toys", "BEN"), "Toys", "BEN")
    with opened(qtbot, database_url, "BEN") as theirs:
        theirs.go("opportunities")
        theirs.reads("opportunities", "name", ["Toys"])
        theirs.choose("opportunities.show", "Deals I take part in")
        theirs.reads("opportunities", "name", ["600 sets"])
        theirs.click("opportunities.open_in_account")
        theirs.bot.waitUntil(lambda: theirs.part("opportunities.name").value() == "600 sets")
        assert names(theirs, OPERATORS) == ["Ben Ortiz"]


def test_si25_si27_the_deal_chosen_in_the_list_shows_its_own_people_and_follow_ups(
    hands: Hands, deal: Opportunity
) -> None:
    made_links(deal, "Bob")
    made.task(None, "Send samples", account=deal.account, opportunity=deal.number, reminder_date=date(2026, 11, 24),
              reminder_time=time(10))  # fmt: skip
    other = made.opportunity(made.Account.get_by_id(deal.account), "Service")
    count = hands.part("deal.follow_ups.account_task_count", QLabel)
    hands.bot.waitUntil(lambda: count.text() == "1" and names(hands) == ["Bob Ray"])
    hands.window.session.go_to("opportunity", other.number)
    hands.bot.waitUntil(lambda: hands.part("opportunities.name").value() == "Service")
    assert names(hands) == [] and count.text() == "none"
    hands.window.session.go_to("opportunity", deal.number)
    task = made.Task.get().number
    hands.bot.waitUntil(lambda: hands.part(f"deal.follow_ups.account_task_{task}").isVisible())
    hands.part(f"deal.follow_ups.account_task_{task}").click()
    assert hands.where() == ("accounts", "tasks")
