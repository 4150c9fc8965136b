"""The filter line of every list: typed tests, errors under the word, completion (C14)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit

from channergy_crm.services import leads
from tests.ui.gestures import complete
from tests.ui.hands import Hands, opened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from channergy_crm.store.database import Office

pytestmark = pytest.mark.engines("sqlite")


@pytest.fixture
def hands(office: Office, qtbot: Any) -> Iterator[Hands]:
    for name, status in (("Acme", "Reached"), ("Blue River", "Not Reached"), ("Acme West", "Not Reached")):
        leads.create({"description": f"About {name}", "company": name, "call_status": status}, "ADMIN")
    with opened(qtbot, office.url) as hands:
        hands.go("leads")
        hands.part("leads.search").setFocus()
        yield hands


def test_a_typed_test_filters_the_list(hands: Hands) -> None:
    hands.type("company:acme -status:reached")
    hands.bot.waitUntil(lambda: hands.rows("leads") == 1)
    assert not hands.part("leads.search_said", QLabel).isVisible()


def test_a_wrong_field_is_pointed_at_and_the_list_stays(hands: Hands) -> None:
    line, said = hands.part("leads.search", QLineEdit), hands.part("leads.search_said", QLabel)
    hands.bot.waitUntil(lambda: hands.rows("leads") == 3)
    hands.type("acme colour:red")
    hands.bot.waitUntil(said.isVisible)
    assert "<u>colour:red</u>" in said.text()
    assert "no field" in line.accessibleDescription()
    assert line.text() == "acme colour:red"
    line.clear()
    hands.bot.waitUntil(lambda: hands.rows("leads") == 3 and not said.isVisible())


def test_a_field_and_its_values_are_offered_while_typing(hands: Hands) -> None:
    line = hands.part("leads.search", QLineEdit)
    complete(hands.bot, line, "callst")
    assert line.text() == "callstatus:"
    complete(hands.bot, line, "rea")
    assert line.text() == "callstatus:Reached"
    hands.bot.waitUntil(lambda: hands.rows("leads") == 1)
    assert QApplication.activePopupWidget() is None
