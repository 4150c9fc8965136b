"""BX-12: Settings › History › Removed: what was removed is listed and restored, from the menu of any list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QPushButton

from channergy_crm.records import Account, Customer, Lead, Opportunity
from channergy_crm.services import leads, saving
from tests import factories
from tests.ui.hands import KEY
from ui.history.sheet import Sheet

if TYPE_CHECKING:
    from tests.ui.hands import Hands

pytestmark = pytest.mark.engines("sqlite")
"""the screen is the same on both engines; what it asks for is tested on both"""

BY = "ADMIN"


def listed(hands: Hands) -> list[str]:
    """The names in the list."""
    return [line.words[3] for line in hands.part("removed.grid", Sheet).rows.lines]


def reached(hands: Hands) -> Sheet:
    """From the menu of the list at hand."""
    table = hands.window.main_table()
    assert table is not None
    next(each for each in table.actions() if each.objectName() == f"{table.name}.removed").trigger()
    return hands.part("removed.grid", Sheet)


@pytest.fixture
def customer(hands: Hands, fixed_clock: object) -> Any:
    """A lead that was removed and a customer that was deleted."""
    lead = leads.create({"description": "Wants a price list", "last_name": "Kessler"}, BY)
    leads.remove(lead.number, BY)
    made = factories.stored(Customer)
    saving.delete(made, BY)
    return made


def test_it_is_reached_from_a_list_and_shows_what_was_removed_of_it(hands: Hands, customer: Any) -> None:
    hands.go("leads")
    grid = reached(hands)
    hands.bot.waitUntil(lambda: listed(hands) == ["Kessler"])
    assert grid.rows.lines[0].words[1:3] == ("Administrator", "Lead")


def test_a_record_is_restored_and_undo_takes_that_back(hands: Hands, customer: Any) -> None:
    hands.window.findChild(QAction, "main.removed").trigger()
    hands.part("removed.type").set_value("*")
    hands.part("removed.words").setText("")
    hands.part("removed.grid", Sheet).parentWidget().reload()
    hands.bot.waitUntil(lambda: listed(hands) == [customer.caption(), "Kessler"])
    hands.part("removed.grid", Sheet).setFocus()
    hands.press(KEY.Key_Return)
    assert Customer.find(customer.key) is not None
    assert "is back" in hands.window.notices.recent()[0].text
    hands.bot.waitUntil(lambda: listed(hands) == ["Kessler"])
    hands.part("removed.restore", QPushButton).click()
    hands.bot.waitUntil(lambda: listed(hands) == [])
    assert not Lead.select().where(Lead.removed).exists()
    assert "Nothing has been removed" in hands.part("removed.said", QLabel).text()
    hands.window.session.undo()
    hands.bot.waitUntil(lambda: listed(hands) == ["Kessler"])


def test_what_it_belongs_to_is_restored_along(hands: Hands, fixed_clock: object) -> None:
    deal = factories.stored(Opportunity)
    account = Account.find(deal.__data__["account"])
    assert account is not None
    saving.delete(deal, BY)
    saving.delete(account, BY)
    hands.go("opportunities")
    grid = reached(hands)
    hands.bot.waitUntil(lambda: listed(hands) == [deal.caption()])
    with hands.answering("restore.both") as asked:
        grid.setFocus()
        hands.press(KEY.Key_Return)
    assert "which was deleted too" in asked[0].words
    assert Account.find(account.number) and Opportunity.find(deal.key)
