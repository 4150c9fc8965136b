"""VT-86: the tab Sales figures in the window: charts that open their documents, exported and printed."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from channergy_crm.records.transfers import ExportRow
from channergy_crm.services.chosen import Chosen
from tests import made
from ui.pages.sales_figures.outputs import SALES, drawings
from ui.pages.sales_figures.page import SalesFiguresPage
from ui.session.background import Progress
from ui.shell.menu import Menu

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from tests.ui.hands import Hands

pytestmark = pytest.mark.engines("sqlite")
"""what is counted is tested on both engines"""


def test_vt86_sales_are_counted_walked_and_taken_out(hands: Hands, fixed_clock: datetime, tmp_path: Path) -> None:
    assert any(command.name == "sales_figures" for command in hands.window.findChild(Menu).commands)
    hands.window.go_to("sales_figures")
    page = hands.window.tabs.pages[hands.window.tabs.currentIndex()]
    assert isinstance(page, SalesFiguresPage)
    hands.bot.waitUntil(lambda: "No invoice was issued" in hands.part("sales_figures.empty", QLabel).text())
    late = fixed_clock.date() - timedelta(days=40)
    made.document("invoice", made.account("Acme"), 70_000, document_no="1", count=1, until=late,
                  lines=[(None, 7, 10_000)])  # fmt: skip
    made.document("invoice", made.account("Bolt"), 30_000, document_no="2", count=2, lines=[(None, 3, 10_000)])
    hands.bot.waitUntil(lambda: len(page.charts.months.marks) == 1)
    facts = [hands.part(f"sales_figures.fact_{place}").accessibleName() for place in (1, 2, 4)]
    assert facts == ["Sold, net: 1,000 2 documents", "Customers: 2", "Due: 700 1 invoice"]
    hands.part("sales_figures.part").set_value("customer")
    page.charts._show_what()
    assert [mark.label for mark in page.charts.lines.marks] == ["Acme", "Bolt"]
    page.charts.owed.setFocus()
    for _step in range(2):
        hands.bot.keyClick(page.charts.owed, Qt.Key.Key_Down)
    hands.bot.keyClick(page.charts.owed, Qt.Key.Key_Return)
    hands.bot.waitUntil(lambda: page.rows.grid.rows.rowCount() == 1)
    assert page.rows.grid.rows.lines[0].words[:1] == ("Invoice 1",)
    assert page.rows.title.text() == "Due for 31 to 60 days"
    asked, session = page.tools.asked(), hands.window.session
    SALES.write(asked, Chosen("owed", "second"), tmp_path / "sales.xlsx", session)
    hands.bot.waitUntil(lambda: ExportRow.select().count() == 1)
    draft = SALES.draft(asked, None, "This year", session, page, drawings(page.charts.held))
    assert len(draft.lay_out(Progress(lambda *_told: None)).pages[0].pictures) == 2
