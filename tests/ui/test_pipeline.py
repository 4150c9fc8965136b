"""BX-24, VT-155: the tab Pipeline in the window: charts that open their deals, copied, exported, printed."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel

from channergy_crm.records import Project
from channergy_crm.records.transfers import ExportRow
from channergy_crm.services import deals, projects
from channergy_crm.services.chosen import Chosen
from channergy_crm.services.deals import Answer
from tests import made
from tests.ui.hands import KEY
from ui.look.wording import short_money
from ui.pages.counting.asking import RANGE
from ui.pages.pipeline.asking import ALL
from ui.pages.pipeline.drawn import drawings
from ui.pages.pipeline.outputs import DEALS
from ui.pages.pipeline.page import PipelinePage
from ui.session.background import Progress
from ui.shell.menu import Menu

if TYPE_CHECKING:
    from pathlib import Path

    from tests.ui.hands import Hands

pytestmark = [pytest.mark.engines("sqlite"), pytest.mark.usefixtures("american")]
"""what is counted is tested on both engines"""

BY = "ADMIN"
DECEMBER = Chosen("month", (date(2026, 12, 1), None))


def pipeline(hands: Hands) -> PipelinePage:
    hands.window.go_to("pipeline")
    page = hands.window.tabs.pages[hands.window.tabs.currentIndex()]
    assert isinstance(page, PipelinePage)
    return page


def test_bx24_vt155_the_forecast_is_walked_opens_its_deals_and_is_taken_out(
    hands: Hands, fixed_clock: datetime, tmp_path: Path
) -> None:
    hands.window.resize(1440, 900)
    assert any(command.name == "pipeline" for command in hands.window.findChild(Menu).commands)
    page = pipeline(hands)
    hands.bot.waitUntil(lambda: "No deal closes in this period" in hands.part("pipeline.empty", QLabel).text())
    account = made.account("Acme")
    made.opportunity(account, "Candles", stage="Offer", amount=3_800_000, close_date_1=date(2026, 12, 31))
    sold = made.opportunity(account, "Lanterns", stage="Offer", amount=700_000, close_date_1=date(2026, 11, 30))
    deals.move(sold.number, "Order", BY, Answer(650_000, date(2026, 11, 20)))
    hands.bot.waitUntil(lambda: len(page.charts.months.marks) == 2)
    facts = [hands.part(f"pipeline.fact_{place}").accessibleName() for place in (1, 2, 3, 4)]
    assert facts == ["Projected: 38 k 1 deal", "Weighted: 19 k", "Won: 6,500 1 order", "Rotten: 0 of 1 open"]
    bars = page.charts.months
    bars.setFocus()
    assert bars.accessibleDescription() == "November 2026, projected 0, weighted 0, won 6,500, 1 deal"
    hands.bot.keyClick(bars, Qt.Key.Key_Right)
    assert bars.accessibleDescription() == "December 2026, projected 38,000, weighted 19,000, won 0, 1 deal"
    hands.bot.keyClick(bars, Qt.Key.Key_Return)
    hands.bot.waitUntil(lambda: page.rows.grid.rows.rowCount() == 1)
    assert page.rows.title.text() == "December 2026"
    assert page.rows.grid.rows.lines[0].words == ("Candles", "Offer 50 %", "Thu 31 Dec", "38,000", "Acme", BY)
    bars.copy()
    assert QGuiApplication.clipboard().text().splitlines()[1:] == [
        "2026-11\t0.00\t0.00\t6500.00\t1", "2026-12\t38000.00\t19000.00\t0.00\t1",
    ]  # fmt: skip
    taken_out(hands, page, tmp_path)
    page.rows.open_row()
    assert hands.window.tabs.declared[hands.window.tabs.currentIndex()].name == "accounts", "a deal is opened there"
    hands.bot.waitUntil(lambda: hands.shows("opportunities.name") == "Candles")


def taken_out(hands: Hands, page: PipelinePage, folder: Path) -> None:
    """Exported and printed: the figures, and the deals of December."""
    asked, session = page.tools.asked(), hands.window.session
    DEALS.write(asked, None, folder / "figures.csv", session)
    hands.bot.waitUntil(lambda: ExportRow.select().count() == 1)
    DEALS.write(asked, DECEMBER, folder / "deals.xlsx", session)
    hands.bot.waitUntil(lambda: ExportRow.select().count() == 2)
    assert ExportRow.select().order_by(ExportRow.number.desc()).get().rows == 1
    drawn = drawings(page.charts.held)
    paper = DEALS.draft(asked, None, "This month", session, page, drawn).lay_out(Progress(lambda *_told: None))
    assert "December 2026" in {words.text for printed in paper.pages for words in printed.words}
    pictures = [picture for printed in paper.pages for picture in printed.pictures]
    assert len(pictures) == 2 and pictures[0].image.pixelColor(1, 1).name() == "#ffffff"
    rows = DEALS.draft(asked, DECEMBER, "December", session, page).lay_out(Progress(lambda *_told: None))
    assert any("Candles" in words.text for printed in rows.pages for words in printed.words)


def test_bx24_what_deals_are_counted_by_and_a_narrow_window(hands: Hands, fixed_clock: datetime) -> None:
    hands.window.resize(960, 700)
    account = made.account("Acme")
    lost = made.opportunity(account, "Candles", stage="Offer", amount=500_000, close_date_1=date(2026, 12, 1))
    deals.move(lost.number, "Lost", BY, Answer(reason="price"))
    made.opportunity(account, "Old", stage="Prospect", amount=100_000, close_date_1=date(2026, 12, 1),
                     created_on=fixed_clock.date() - timedelta(days=70))  # fmt: skip
    page = pipeline(hands)
    hands.bot.waitUntil(lambda: page.charts.held is not None)
    found: dict[str, Any] = {}
    for part in ("owner", "project", "source", "days", "age", "rotten", "reason"):
        hands.part("pipeline.part").set_value(part)
        page.charts._show_what()
        found[part] = [(mark.label, mark.figure) for mark in page.charts.lines.marks] or page.charts.what.below.text()
    assert found == {
        "owner": [("Administrator (ADMIN)", "1,000")], "project": "None of these deals belongs to a project.",
        "source": [("No source", "1,000")], "days": [("Offer", "0 days")], "age": [("61 to 90 days", "1")],
        "rotten": [("Prospect", "1")], "reason": [("price", "1")],
    }  # fmt: skip
    page.choose(page.charts.lines.marks[0].key)
    hands.bot.waitUntil(lambda: [line.words[0] for line in page.rows.grid.rows.lines] == ["Candles"])
    page.choose(Chosen("reason", "price"))
    hands.bot.waitUntil(lambda: page.rows.grid.rows.rowCount() == 2)
    page.tools.period.set_value(RANGE)
    page.tools._changed()
    assert hands.window.minimumSizeHint().width() <= 960
    hands.part("pipeline.everybody").click()
    assert page.tools.whose.value() == "*"
    assert not page.tools.offers("*")
    hands.part("pipeline.first").setText("2027-01-01")
    hands.part("pipeline.last").setText("2026-01-01")
    page.reload()
    assert hands.part("pipeline.empty", QLabel).text() == "The last day is before the first."
    page.tools.period.set_value(ALL)
    hands.window.session.project = projects.save(Project(name="Mailing"), BY).number
    page.reload()
    hands.bot.waitUntil(lambda: "Mailing is kept without CRM" in hands.part("pipeline.empty", QLabel).text())


@pytest.mark.parametrize(
    ("cents", "said"),
    [(0, "0"), (999_949, "9,999"), (999_950, "10 k"), (7_600_000, "76 k"), (120_000_000, "1.2 M"),
     (-240_000, "-2,400"), (99_999_900, "1 M"), (-2_440_000, "-24 k")],
)  # fmt: skip
def test_vt155_amounts_where_there_is_little_room(cents: int, said: str) -> None:
    assert short_money(cents) == said


def test_bx24_f6_goes_round_the_page_and_f5_counts_anew(hands: Hands, fixed_clock: datetime) -> None:
    made.opportunity(made.account("Acme"), "Candles", amount=3_800_000, close_date_1=date(2026, 12, 31))
    page = pipeline(hands)
    hands.bot.waitUntil(lambda: page.rows.grid.rows.rowCount() == 1)
    places = []
    for _part in page.parts():
        hands.press(KEY.Key_F6)
        places.append(QApplication.focusWidget())
    assert all(sum(part.isAncestorOf(place) for place in places) == 1 for part in page.parts())
    counted = page._asked_times
    hands.press(KEY.Key_F5)
    assert page._asked_times == counted + 1
