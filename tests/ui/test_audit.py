"""VT-61, DP-12: Settings › History: the audit trail is read, filtered, opened and taken out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from channergy_crm.records import Lead
from channergy_crm.records.transfers import ExportRow
from channergy_crm.services import leads
from ui.history.audit import AuditTrail
from ui.history.sheet import Sheet
from ui.paper import printing
from ui.shell import settings_tab
from ui.shell.menu import Menu

if TYPE_CHECKING:
    from pathlib import Path

    from tests.ui.hands import Hands

pytestmark = pytest.mark.engines("sqlite")
"""the screen is the same on both engines; what it asks for is tested on both"""

BY = "ADMIN"


@pytest.fixture
def trail(hands: Hands, fixed_clock: object) -> Sheet:
    """Three leads were made, the trail is open."""
    for turn in range(3):
        leads.create({"description": "Wants a price list", "last_name": f"Kessler{turn}"}, BY)
    menu = hands.window.findChild(Menu)
    assert menu is not None
    settings_tab.open_at(menu, "history")
    grid = hands.part("audit.grid", Sheet)
    hands.bot.waitUntil(lambda: grid.rows.rowCount() == 3)
    return grid


def said(grid: Sheet) -> list[str]:
    return [line.words[2] for line in grid.rows.lines]


def test_vt61_it_lists_what_was_done_and_opens_the_record(hands: Hands, trail: Sheet) -> None:
    assert said(trail) == ["Create lead Kessler2", "Create lead Kessler1", "Create lead Kessler0"]
    assert trail.currentIndex().row() == 0
    trail.selectRow(1)
    hands.part("audit.open", QPushButton).click()
    page: Any = hands.window._pages[1]
    hands.bot.waitUntil(lambda: page.panel.record is not None and page.panel.record.caption() == "Kessler1")


def test_it_is_filtered_and_says_when_nothing_fits(hands: Hands, trail: Sheet) -> None:
    words = hands.part("audit.words")
    words.setText("kessler1")
    hands.bot.waitUntil(lambda: said(trail) == ["Create lead Kessler1"])
    words.setText("nobody")
    hands.bot.waitUntil(lambda: not said(trail))
    assert "Nothing fits" in hands.part("audit.said", QLabel).text()
    words.clear()
    hands.bot.waitUntil(lambda: len(said(trail)) == 3)


def test_what_is_done_meanwhile_comes_to_it(hands: Hands, trail: Sheet) -> None:
    leads.create({"description": "Wants a price list", "last_name": "Lombardi"}, BY)
    hands.bot.waitUntil(lambda: said(trail)[:1] == ["Create lead Lombardi"])


def test_dp12_taking_it_out_and_printing_stand_in_the_other_list(hands: Hands, trail: Sheet, tmp_path: Path) -> None:
    page = trail.parentWidget()
    assert isinstance(page, AuditTrail)
    page.write(tmp_path / "trail.csv")
    hands.bot.waitUntil(lambda: ExportRow.select().count() == 1)
    hands.window.tabs.setCurrentIndex(1)
    table = hands.window.main_table()
    assert table is not None
    hands.bot.waitUntil(lambda: table.model.rowCount() == 3)
    draft = printing.list_draft(table, hands.window.session)
    assert draft is not None and (draft.taken.record, draft.taken.rows, draft.taken.what) == (Lead, 3, "found")
    hands.part("audit.source").set_value("taken")
    page.reload()
    hands.bot.waitUntil(lambda: len(said(trail)) == 1 and "trail.csv" in said(trail)[0])
    assert not hands.part("audit.export", QPushButton).isEnabled()
