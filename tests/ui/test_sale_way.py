"""The way of a sale, and the second step of an empty office (VT-75, VT-86, VT-87, VT-137)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from channergy_crm.services import leads
from tests.ui.gestures import part
from ui.pages.sale_way import PHASES, SECOND, SaleWayDialog
from ui.shell.menu import Menu

if TYPE_CHECKING:
    from tests.ui.hands import Hands

pytestmark = pytest.mark.engines("sqlite")
"""the store is asked nothing new"""


def test_vt75_vt86_the_second_step_is_products_and_the_phases_lead_to_their_lists(hands: Hands) -> None:
    hands.bot.waitUntil(lambda: hands.part("first.page").isVisible())
    hands.click("first.products")
    hands.bot.waitUntil(lambda: hands.here() == "products")
    leads.create({"description": "The first one"}, "ADMIN")
    assert any(command.name == "sale_way" for command in hands.window.findChild(Menu).commands)
    tabs = [phase.tab for phase in PHASES]
    places = [tabs.index(each) for each in ("leads", "opportunities", "quotes", "sales_orders", "invoices", "tickets")]
    assert places == sorted(places) and places[0] == 0
    dialog = SaleWayDialog(hands.window.session, hands.window)
    dialog.show()
    part(dialog, "sale_way.opportunities").click()
    hands.bot.waitUntil(lambda: hands.here() == "opportunities")
    assert not dialog.isVisible()


def test_vt87_vt75_vt137_leads_come_from_marketing_then_products_with_prices_and_service_is_last() -> None:
    assert all(word in PHASES[0].said for word in ("trade shows", "advertisements", "presentations"))
    assert tuple(phase.tab for phase in PHASES[1:3]) == SECOND and "most important first" in PHASES[1].said
    assert PHASES[-1].title == "Service" and PHASES[-1].tab == "tickets" and "FAQ" in PHASES[-1].said
