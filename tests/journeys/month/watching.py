"""Deeds of somebody who may only look."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QAction

from channergy_crm.records.sales_documents import State
from tests.journeys.month import at
from tests.journeys.month.book import those

if TYPE_CHECKING:
    from tests.journeys.month.book import Desk
    from tests.journeys.month.plan import Deed

VERBS = ("accept", "decline", "to_order", "new_version")


def only_look(desk: Desk, _deed: Deed) -> None:
    """A quote is read; nothing can be done with it."""
    held = those("quote", "", State.OPEN)[0]
    page = at.document(desk, held)
    assert page.panel.lines.locked and page.panel.lines.totals.total == held.total
    for verb in VERBS:
        assert not desk.hands.window.findChild(QAction, f"quotes.{verb}").isEnabled(), verb
