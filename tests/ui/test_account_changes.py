"""An account with something unsaved in it, two people at one account, and an account reached by a link."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QLabel, QTabWidget

from channergy_crm.records import Account, Customer
from channergy_crm.services import accounts
from channergy_crm.settings import ASK, LEAVING
from tests import made
from tests.ui.hands import company

if TYPE_CHECKING:
    from pathlib import Path

    from tests.ui.hands import Hands

ACME, BIRCH = "Acme Books; Ann Lee", "Birch Toys; Bo Chan"


@pytest.fixture
def acme(hands: Hands) -> Account:
    """Two accounts, the first one open."""
    acme = made.account(ACME)
    made.account(BIRCH)
    hands.open_account(ACME)
    return acme


# ---------------------------------------------------------------- nothing typed is lost


@pytest.mark.parametrize(("field", "part"), [("accounts.description", "information"), ("customers.city", "customer")])
def test_unsaved_changes_are_asked_about_on_every_way_out(hands: Hands, acme: Account, field: str, part: str) -> None:
    """C7: who wants to be asked is asked."""
    hands.window.session.station.set(LEAVING, ASK)
    made.colleague()
    operator = hands.part("main.operator")
    hands.go("accounts", part)
    hands.fill(field, "typed")
    ways_out = [
        lambda: hands.stand("accounts", 1),
        lambda: hands.go("tasks"),
        lambda: hands.window.session.go_to("account", Account.get(Account.name == BIRCH).number),
        lambda: operator.setCurrentIndex(operator.findData("BEN")),
        lambda: hands.window.close(),
    ]
    for way_out in ways_out:
        with hands.answering("leave.stay") as asked:
            way_out()
        assert [question.name for question in asked] == ["leave.dialog"]
        assert hands.window.isVisible() and hands.where() == ("accounts", part)
        assert hands.part(field).value() == "typed"
        assert hands.column("accounts", "name")[hands.grid("accounts").currentIndex().row()] == ACME
    with hands.answering("leave.save"):
        hands.stand("accounts", 1)
    hands.bot.waitUntil(lambda: hands.part("accounts.summary_name", QLabel).text() == company(BIRCH))
    record, key = (Account, acme.number) if part == "information" else (Customer, acme.customer)
    assert hands.stored(record, key)[field.split(".")[1]] == "typed"


def test_unsaved_changes_wait_behind_their_sub_tab_which_is_marked(hands: Hands, acme: Account) -> None:
    parts = hands.part("accounts.tabs", QTabWidget)
    hands.fill("accounts.description", "typed")
    for part in ("customer", "contacts", "opportunities", "tasks", "information"):
        hands.go("accounts", part)
        assert parts.tabText(0) == "Account Information •"
    assert hands.part("accounts.description").value() == "typed"
    hands.click("accounts.save")
    assert parts.tabText(0) == "Account Information"
    assert hands.stored(Account, acme.number)["description"] == "typed"


def test_discarding_forgets_what_was_typed(hands: Hands, acme: Account) -> None:
    hands.window.session.station.set(LEAVING, ASK)
    hands.fill("accounts.description", "typed")
    with hands.answering("leave.discard") as asked:
        hands.stand("accounts", 1)
    assert [question.name for question in asked] == ["leave.dialog"]
    hands.bot.waitUntil(lambda: hands.part("accounts.name").value() == BIRCH)
    assert hands.stored(Account, acme.number)["description"] == ""


# ---------------------------------------------------------------- two people


def elsewhere(acme: Account, by: str, **values: object) -> None:
    """Somebody else saves the account."""
    theirs = Account.find(acme.number)
    for name, value in values.items():
        setattr(theirs, name, value)
    accounts.save(theirs, by)


def test_two_people_changing_different_fields_both_keep_theirs(hands: Hands, acme: Account) -> None:
    ben = made.colleague()
    hands.fill("accounts.description", "mine")
    elsewhere(acme, ben, phone="504-621-8927")
    hands.click("accounts.save")
    kept = hands.stored(Account, acme.number)
    assert (kept["description"], kept["phone"]) == ("mine", "504-621-8927")
    assert hands.part("accounts.phone").value() == "504-621-8927"


@pytest.mark.parametrize(("choice", "kept"), [("all_mine", "mine"), ("all_theirs", "theirs")])
def test_two_people_changing_the_same_field_choose_between_both_versions(
    hands: Hands, acme: Account, choice: str, kept: str
) -> None:
    ben = made.colleague()
    hands.fill("accounts.description", "mine")
    elsewhere(acme, ben, description="theirs")
    with hands.answering(f"clash.{choice}", "clash.save") as asked:
        hands.click("accounts.save")
    assert "clash" in asked[0].name
    assert hands.stored(Account, acme.number)["description"] == kept
    assert hands.part("accounts.description").value() == kept


def test_an_account_that_is_only_looked_at_shows_what_somebody_else_saves(hands: Hands, acme: Account) -> None:
    elsewhere(acme, made.colleague(), description="new", name="Acme Maps; Ann Lee")
    assert hands.part("accounts.description").value() == "new"
    hands.reads("accounts", "name", ["Acme Maps; Ann Lee", BIRCH])
    assert hands.part("accounts.summary_name", QLabel).text() == "Acme Maps"


# ---------------------------------------------------------------- reached by a link


def test_another_operators_account_opens_by_a_link_and_the_own_list_stays(hands: Hands, acme: Account) -> None:
    theirs = made.account("Cobalt Media; Cy Dow", made.colleague())
    offer = made.opportunity(theirs, "Second license", "ADMIN")
    hands.window.session.go_to("opportunity", offer.number)
    assert hands.where() == ("accounts", "opportunities")
    assert hands.part("opportunities.name").value() == "Second license"
    hands.go("accounts", "information")
    assert hands.part("accounts.name").value() == "Cobalt Media; Cy Dow"
    hands.reads("accounts", "name", [ACME, BIRCH], stands=False)
    hands.fill("accounts.description", "seen by ADMIN")
    hands.click("accounts.save")
    assert hands.stored(Account, theirs.number)["description"] == "seen by ADMIN"
    hands.click_row("accounts", 0, "name")
    hands.bot.waitUntil(lambda: hands.part("accounts.name").value() == ACME)


def test_bx19_what_was_typed_when_the_program_ended_is_offered_again_in_its_place(
    hands: Hands, acme: Account, home: Path
) -> None:
    hands.go("accounts", "customer")
    hands.fill("customers.city", "New Orleans")
    hands.after_a_crash(home)
    assert hands.said() == "What you typed into a customer when the program ended was kept."
    hands.click("notices.action")
    assert hands.where() == ("accounts", "customer")
    assert hands.part("customers.city").value() == "New Orleans"
    hands.click("accounts.customer.save")
    assert hands.stored(Customer, acme.customer)["city"] == "New Orleans"
