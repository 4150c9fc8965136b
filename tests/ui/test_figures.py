"""BX-22, BX-23, VS-22: the tab Figures, the goals of the day, something to do: in the window."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel

from channergy_crm import work
from channergy_crm.records import Lead, PhoneCall
from channergy_crm.records.goals import Goal
from channergy_crm.records.transfers import ExportRow
from channergy_crm.services import goals, leads
from channergy_crm.services.chosen import Chosen
from tests.ui.gestures import alone, part, retype, words
from ui.pages.figures.drawn import drawings
from ui.pages.figures.outputs import FIGURES
from ui.pages.figures.page import FiguresPage
from ui.pages.something_to_do import SomethingToDo
from ui.session.background import Progress
from ui.shell.menu import Menu

if TYPE_CHECKING:
    from pathlib import Path

    from tests.ui.hands import Hands

pytestmark = pytest.mark.engines("sqlite")
"""what is counted is tested on both engines"""

BY = "ADMIN"


def call(at: datetime, code: str, *, reached: bool, lead: int | None = None) -> None:
    with work.unit("Call", by=BY):
        PhoneCall.create(started=at, operator=BY, code=code, reached=reached, lead=lead, direction="outgoing",
                         seconds=90, measured=reached)  # fmt: skip


def figures(hands: Hands) -> FiguresPage:
    hands.window.go_to("figures")
    page = hands.window.tabs.pages[hands.window.tabs.currentIndex()]
    assert isinstance(page, FiguresPage)
    return page


def test_bx23_figures_are_counted_walked_opened_and_taken_out(
    hands: Hands, fixed_clock: datetime, tmp_path: Path
) -> None:
    hands.window.resize(1440, 900)
    page = figures(hands)
    hands.bot.waitUntil(lambda: "No calls in this period" in hands.part("figures.empty", QLabel).text())
    lead = leads.create({"description": "Wants a price list", "last_name": "Kessler"}, BY)
    for hour, code, reached in ((0, "N", False), (1, "WP", True), (1, "SALE", True)):
        call(fixed_clock - timedelta(hours=hour), code, reached=reached, lead=lead.number)
    hands.bot.waitUntil(lambda: len(page.charts.map.marks) == 2)
    facts = [hands.part(f"figures.fact_{place}").accessibleName() for place in (1, 2, 4)]
    assert facts == ["Calls: 3", "Reached: 67 % 2", "Talk time: 1:30 on average"]
    heat = page.charts.map
    heat.setFocus()
    assert heat.accessibleDescription() == "Monday 9 o'clock, 100 %\u00a0reached, 2 calls"
    hands.bot.keyClick(heat, Qt.Key.Key_Right)
    assert heat.accessibleDescription() == "Monday 10 o'clock, 0 %\u00a0reached, 1 call"
    hands.bot.keyClick(heat, Qt.Key.Key_Return)
    hands.bot.waitUntil(lambda: page.rows.grid.rows.rowCount() == 1)
    assert (page.rows.title.text(), page.rows.grid.rows.lines[0].words[1]) == ("Monday 10 o'clock", "Kessler")
    heat.copy()
    assert QGuiApplication.clipboard().text().splitlines()[1:] == ["Mon\t9\t100\t2", "Mon\t10\t0\t1"]
    FIGURES.write(page.tools.asked(), None, tmp_path / "figures.csv", hands.window.session)
    hands.bot.waitUntil(lambda: ExportRow.select().count() == 1)
    assert '"By result","No Answer","1","0","0"' in (tmp_path / "figures.csv").read_text("utf-8-sig")
    FIGURES.write(page.tools.asked(), Chosen("result", "N"), tmp_path / "calls.xlsx", hands.window.session)
    hands.bot.waitUntil(lambda: ExportRow.select().count() == 2)
    assert ExportRow.select().order_by(ExportRow.number.desc()).get().rows == 1
    draft = FIGURES.draft(page.tools.asked(), None, "This month", hands.window.session, page)
    assert len(draft.lay_out(Progress(lambda *_told: None)).pages) == 1
    drawn = drawings(page.charts.held)
    draft = FIGURES.draft(page.tools.asked(), None, "This month", hands.window.session, page, drawn)
    paper = draft.lay_out(Progress(lambda *_told: None))
    pictures = [(place, picture) for place, printed in enumerate(paper.pages) for picture in printed.pictures]
    assert len(pictures) == 3 and pictures[0][1].image.pixelColor(1, 1).name() == "#ffffff"
    assert all(picture.y + picture.height <= paper.sheet.bottom for _place, picture in pictures), "none is torn"
    page.rows.open_row()
    assert hands.window.tabs.declared[hands.window.tabs.currentIndex()].name == "leads"


def test_bx23_a_period_that_cannot_be_read_is_said_whatever_was_asked_before(hands: Hands) -> None:
    page, background = figures(hands), hands.window.background
    hands.bot.waitUntil(lambda: "No calls in this period" in hands.part("figures.empty", QLabel).text())
    page.reload()
    page.tools.period.set_value("range")
    page.tools.first.setText("someday")
    page.reload()
    said = hands.part("figures.empty", QLabel).text()
    hands.bot.waitUntil(lambda: background.running() == [])
    assert "someday" in said and hands.part("figures.empty", QLabel).text() == said


def test_bx22_goals_are_said_where_they_are_set_and_followed(hands: Hands, fixed_clock: datetime) -> None:
    bar = hands.part("goals.bar")
    assert not bar.isVisible()
    goals.save(Goal(calls=2, reached=1), BY)
    hands.bot.waitUntil(lambda: bar.isVisible())
    assert bar.text() == "0 of 2 calls · 0 of 1 reached"
    call(fixed_clock, "WP", reached=True)
    hands.bot.waitUntil(lambda: bar.text() == "1 of 2 calls · 1 of 1 reached")
    bar.click()
    hands.bot.waitUntil(lambda: len(figures(hands).charts.map.marks) == 1)


def test_vs22_something_to_do_leads_to_the_record(hands: Hands, fixed_clock: datetime) -> None:
    lead = leads.create({"description": "Wants a price list", "last_name": "Kessler", "phone": "504-621-8927"}, BY)
    assert any(command.name == "something_to_do" for command in hands.window.findChild(Menu).commands)
    dialog = SomethingToDo(hands.window.session, hands.window)
    dialog.show()
    hands.bot.waitUntil(lambda: dialog.grid.rows.rowCount() == 1)
    assert dialog.grid.about().opens == ("lead", lead.number)
    hands.bot.keyClick(dialog.grid, Qt.Key.Key_Return)
    page: Any = hands.window._pages[1]
    hands.bot.waitUntil(lambda: page.panel.record is not None and page.panel.record.key == lead.number)


def test_vs22_what_is_missing_is_typed_beside_the_list_and_the_next_one_is_there(
    hands: Hands, fixed_clock: datetime
) -> None:
    for name in ("Abel", "Bell"):
        leads.create({"description": f"About {name}", "last_name": name}, BY)
    dialog = alone(hands.bot, SomethingToDo(hands.window.session, hands.window))
    hands.bot.waitUntil(lambda: dialog.grid.rows.rowCount() == 2)  # the only kind there is any of
    editor = part(dialog, "useful.answer")
    editor.setFocus()
    hands.bot.keyClick(editor, Qt.Key.Key_Return)
    assert "Type what is missing" in words(dialog) and dialog.isVisible()
    retype(hands.bot, editor, "504-621-8927")
    hands.bot.keyClick(editor, Qt.Key.Key_Return)
    assert [lead.phone for lead in Lead.select().order_by(Lead.number)] == ["504-621-8927", ""]
    assert dialog.grid.about().who == "Bell" and part(dialog, "useful.lead_phone").text().endswith("1")
    assert not part(dialog, "useful.take_over").isVisible()
