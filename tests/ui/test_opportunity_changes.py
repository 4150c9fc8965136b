"""An opportunity with something unsaved in it, and two people at one opportunity."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QLabel, QTabWidget

from channergy_crm.records import Opportunity
from channergy_crm.services import saving
from channergy_crm.settings import ASK, LEAVING
from tests import made
from tests.ui.hands import CTRL, KEY

if TYPE_CHECKING:
    from pathlib import Path

    from tests.ui.hands import Hands

ACME, GRID = "Acme Books; Ann Lee", "accounts.opportunities"


@pytest.fixture
def offer(hands: Hands, fixed_clock: datetime) -> Opportunity:
    """Two opportunities of one account; the first one is open, created ten days ago."""
    acme = made.account(ACME)
    offer = made.opportunity(acme, "Licenses", created_on=date(2026, 11, 13), originating_lead=7)
    made.opportunity(acme, "Service")
    hands.open_account(ACME, "opportunities")
    come_to(hands, "Licenses")
    return offer


def come_to(hands: Hands, name: str) -> None:
    """Choose an opportunity in the grid on the left."""
    hands.stand(GRID, hands.row(GRID, "name", name), "name")
    hands.bot.waitUntil(lambda: hands.part("opportunities.name").value() == name)


# ---------------------------------------------------------------- nothing typed is lost, and two people at once


def test_unsaved_changes_are_asked_about_when_another_opportunity_or_account_is_chosen(
    hands: Hands, offer: Opportunity
) -> None:
    hands.window.session.station.set(LEAVING, ASK)
    made.account("Birch Toys; Bo Chan")
    hands.row("accounts", "name", "Birch Toys; Bo Chan")
    hands.fill("opportunities.amount", "5")
    other = hands.column(GRID, "name").index("Service")
    ways_out = [
        lambda: hands.stand(GRID, other), lambda: hands.stand("accounts", 1), lambda: hands.go("leads"),
        lambda: hands.window.close(),
    ]  # fmt: skip
    for way_out in ways_out:
        with hands.answering("leave.stay") as asked:
            way_out()
        assert [question.name for question in asked] == ["leave.dialog"]
        assert hands.where() == ("accounts", "opportunities")
        assert (hands.part("opportunities.name").value(), hands.part("opportunities.amount").value()) == (
            "Licenses", 500,
        )  # fmt: skip
    with hands.answering("leave.save"):
        hands.stand(GRID, other)
    hands.bot.waitUntil(lambda: hands.part("opportunities.name").value() == "Service")
    assert hands.stored(Opportunity, offer.number)["amount"] == 500


def test_unsaved_changes_wait_behind_the_sub_tab(hands: Hands, offer: Opportunity) -> None:
    hands.fill("opportunities.amount", "5")
    hands.go("accounts", "contacts")
    assert hands.part("accounts.tabs", QTabWidget).tabText(3) == "Opportunities •"
    hands.go("accounts", "opportunities")
    assert hands.part("opportunities.amount").value() == 500


@pytest.mark.parametrize(("choice", "kept"), [("all_mine", 500), ("all_theirs", 700)])
def test_two_people_saving_the_same_opportunity_merge_and_choose(
    hands: Hands, offer: Opportunity, choice: str, kept: int
) -> None:
    hands.fill("opportunities.amount", "5")
    theirs = Opportunity.find(offer.number)
    theirs.amount, theirs.stage = 700, "Proposal"
    saving.save(theirs, made.colleague())
    with hands.answering(f"clash.{choice}", "clash.save"):
        hands.click("accounts.opportunities.save")
    now = hands.stored(Opportunity, offer.number)
    assert (now["amount"], now["stage"]) == (kept, "Proposal")
    assert hands.part("opportunities.stage").value() == "Proposal"


def test_bx19_a_new_opportunity_typed_when_the_program_ended_is_offered_in_its_account(
    hands: Hands, offer: Opportunity, home: Path
) -> None:
    hands.click("accounts.opportunities.create")
    hands.type("Second license")
    hands.after_a_crash(home)
    hands.click("notices.action")
    assert hands.where() == ("accounts", "opportunities")
    assert hands.part("opportunities.name").value() == "Second license"
    hands.click("accounts.opportunities.save")
    assert Opportunity.get(Opportunity.name == "Second license").account == offer.account


def test_what_is_wrong_is_read_above_the_notice_in_a_small_window(hands: Hands, offer: Opportunity) -> None:
    hands.window.resize(960, 700)
    hands.fill("opportunities.amount", "much", leave=False)
    hands.press(KEY.Key_S, CTRL)
    said, notice = hands.part("opportunities.amount.said", QLabel), hands.window.notices
    hands.bot.waitUntil(lambda: said.isVisible() and notice.isVisible())
    hands.bot.waitUntil(
        lambda: said.mapTo(hands.window, said.rect().bottomLeft()).y() <= notice.mapTo(hands.window, QPoint()).y()
    )
    assert "much" in said.text() and not said.visibleRegion().isEmpty()
