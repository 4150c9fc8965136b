"""VS-12, VS-13, VS-15, VS-20, VS-21 in the window: numbers that open their rows, and work that goes to others."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QLabel, QListWidget

from channergy_crm.records import Task
from channergy_crm.records.events import EventType
from channergy_crm.records.transfers import ExportRow
from channergy_crm.services import absences, groups
from channergy_crm.services.chosen import Chosen
from tests import made
from tests.domain.following_up import event, follow_up, waiting
from ui.charts.numbers import Numbers
from ui.pages.events.follow_up_outputs import STATUS
from ui.session.background import Progress

if TYPE_CHECKING:
    from pathlib import Path

    from tests.ui.hands import Hands
    from ui.pages.events.override_page import OverridePage
    from ui.pages.events.status_page import StatusPage

pytestmark = [pytest.mark.engines("sqlite"), pytest.mark.usefixtures("american", "fixed_clock")]
"""what is counted and rerouted is tested on both engines"""

BY, TODAY, FRIDAY = "ADMIN", date(2026, 11, 23), date(2026, 11, 27)


def part(hands: Hands, target: str) -> Any:
    """The status, or the override, in the window."""
    hands.window.go_to(target)
    page: Any = hands.window.tabs.pages[hands.window.tabs.currentIndex()]
    return page._shown


def status(hands: Hands) -> StatusPage:
    page: StatusPage = part(hands, "events_status")
    return page


def override(hands: Hands) -> OverridePage:
    page: OverridePage = part(hands, "events_override")
    return page


def owner(number: int) -> str:
    held = Task.find(number)
    assert held is not None
    return str(held.__data__["owner"])


def test_vs12_vs13_vs20_every_number_opens_its_rows_and_goes_out(hands: Hands, tmp_path: Path) -> None:
    hands.window.resize(1440, 900)
    page = status(hands)
    hands.bot.waitUntil(lambda: "No rule is active" in hands.part("follow_ups.empty", QLabel).text())
    acme, ben = made.account("Acme"), made.colleague()
    welcome, order = event("Welcome"), event("No order", EventType.MARKETING)
    groups.create("NORTH", "North", BY)
    groups.let_in("NORTH", [ben], BY)
    follow_up(welcome, acme, ben, "2026-11-20 09:00", action="Call", reminder_date=TODAY - timedelta(days=1))
    follow_up(welcome, acme, ben, "2026-11-02 09:00", "2026-11-04 09:00", action="Write")
    follow_up(order, acme, BY, "2026-11-20 09:00", action="Ring", reminder_date=FRIDAY)
    waiting(order, acme, ben)
    by_event = hands.part("follow_ups.by_event", Numbers)
    hands.bot.waitUntil(lambda: len(by_event.marks) == 10)
    facts = [hands.part(f"follow_ups.fact_{place}").accessibleName() for place in (1, 2, 3, 4)]
    assert facts == ["Still open: 2 1 waits", "Overdue: 1 50 %\u00a0of open", "Closed: 1", "Days to close: 2 median"]
    by_event.setFocus()
    hands.bot.keyClick(by_event, Qt.Key.Key_Down)
    hands.bot.keyClick(by_event, Qt.Key.Key_Right)
    assert by_event.accessibleDescription() == "Welcome, 1 overdue"
    hands.bot.keyClick(by_event, Qt.Key.Key_Return)
    hands.bot.waitUntil(lambda: page.rows.grid.rows.rowCount() == 1)
    assert (page.rows.title.text(), page.rows.about.text()) == ("Welcome", "1 overdue")
    assert page.rows.grid.rows.lines[0].words == ("Call", "overdue", "Yesterday", "Ben Ortiz", "Acme", "Welcome")
    by_event.copy()
    assert QGuiApplication.clipboard().text().splitlines()[:3] == [
        "Event\tStill open\tOverdue\tClosed\tWaiting\tTo others\tDays", "Best practice\t1\t1\t1\t0\t0\t2",
        "Welcome\t1\t1\t1\t0\t0\t2",
    ]  # fmt: skip
    assert hands.part("follow_ups.by_operator", Numbers).lines[0].label == "Ben Ortiz (BEN)"
    of_groups(hands, page)
    taken_out(hands, page, tmp_path)
    page.choose(Chosen("operator", (BY, "open")))
    hands.bot.waitUntil(lambda: page.rows.grid.rows.lines[0].words[0] == "Ring")
    page.rows.open_row()
    hands.bot.waitUntil(lambda: hands.window.tabs.declared[hands.window.tabs.currentIndex()].name == "accounts")


def of_groups(hands: Hands, page: StatusPage) -> None:
    """The groups in the place of the operators; what waits for one of them."""
    hands.part("follow_ups.part").set_value("group")
    page.charts._show_whom()
    by_group = hands.part("follow_ups.by_group", Numbers)
    assert by_group.isVisible() and [line.label for line in by_group.lines] == ["North (NORTH)", "In no group"]
    page.choose(Chosen("group", ("NORTH", "waiting")))
    hands.bot.waitUntil(lambda: page.rows.grid.rows.lines[0].words[1] == "waits")


def taken_out(hands: Hands, page: StatusPage, folder: Path) -> None:
    """Exported and printed: the figures, and the rows of a number."""
    asked, session, chosen = page.tools.asked(), hands.window.session, Chosen("total", ("", "open"))
    STATUS.write(asked, None, folder / "figures.csv", session)
    hands.bot.waitUntil(lambda: ExportRow.select().count() == 1)
    drawn = STATUS.drawings(page.charts.held)
    paper = STATUS.draft(asked, None, "This month", session, page, drawn).lay_out(Progress(lambda *_told: None))
    words = {words.text for printed in paper.pages for words in printed.words}
    assert {"By event", "Welcome", "By group"} <= words
    assert len([picture for printed in paper.pages for picture in printed.pictures]) == 1
    rows = STATUS.draft(asked, chosen, "Open", session, page).lay_out(Progress(lambda *_told: None))
    assert any("Ring" in words.text for printed in rows.pages for words in printed.words)


def test_vs15_vs21_who_is_away_comes_first_and_the_marked_ones_go_to_others(hands: Hands) -> None:
    hands.window.resize(960, 700)
    acme, written = made.account("Acme"), event("Welcome")
    ben, chi = made.colleague("BEN", "Ben Ortiz"), made.colleague("CHI", "Chi Park")
    numbers = [follow_up(written, acme, chi, reminder_date=TODAY, action=f"Call {each}").number for each in range(4)]
    absences.mark(chi, TODAY, FRIDAY, BY)
    page = override(hands)
    hands.bot.waitUntil(lambda: page.grid.rows.rowCount() == 4)
    giver, reroute = hands.part("override.from"), hands.part("override.reroute", QAbstractButton)
    assert giver.currentText() == "Chi Park (CHI) · away until Fri 27 Nov · 4 open"
    assert page.pane.day() == FRIDAY, "until they are back"
    people = hands.part("override.to", QListWidget)
    assert [people.item(row).text() for row in range(people.count())] == ["Administrator (ADMIN)", "Ben Ortiz (BEN)"]
    assert not reroute.isEnabled() and "Tick who gets them" in hands.part("override.plan", QLabel).text()
    people.item(1).setCheckState(Qt.CheckState.Checked)
    page.grid.setFocus()
    hands.bot.keyClick(page.grid, Qt.Key.Key_Down)
    hands.bot.keyClick(page.grid, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert hands.part("override.said", QLabel).text().startswith("2 of 4 marked.")
    page.pane.note.set_value("is ill")
    reroute.click()
    hands.bot.waitUntil(lambda: page.grid.rows.rowCount() == 2)
    assert [owner(number) for number in numbers] == [chi, ben, ben, chi]
    hands.part("override.what").set_value("lent")
    page.head._turn()
    hands.bot.waitUntil(lambda: page.grid.rows.rowCount() == 2 and not page.pane.isVisible())
    line = page.grid.rows.lines[0]
    assert (line.words[0], line.words[5:]) == ("Call 1", (ben, "Fri 27 Nov", "is ill"))
    hands.bot.keyClick(page.grid, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    hands.part("override.take_back", QAbstractButton).click()
    hands.bot.waitUntil(lambda: "Nothing of theirs is with others" in hands.part("override.said", QLabel).text())
    assert {owner(number) for number in numbers} == {chi}
    hands.window.session.undo()
    hands.bot.waitUntil(lambda: page.grid.rows.rowCount() == 2)
    assert owner(numbers[1]) == ben
    assert hands.window.minimumSizeHint().width() <= 960


def test_vs15_a_day_that_is_over_is_told_beside_it_and_marks_stay_when_somebody_else_saves(hands: Hands) -> None:
    acme, written, ben = made.account("Acme"), event("Welcome"), made.colleague()
    for each in range(3):
        follow_up(written, acme, BY, reminder_date=TODAY, action=f"Call {each}")
    page = override(hands)
    hands.bot.waitUntil(lambda: page.grid.rows.rowCount() == 3)
    page.mark_all()
    hands.part("override.to", QListWidget).item(0).setCheckState(Qt.CheckState.Checked)
    hands.part("override.until").setText("2026-13-45")
    page.pane.changed.emit()
    assert not hands.part("override.reroute", QAbstractButton).isEnabled()
    hands.part("override.until").set_value(TODAY - timedelta(days=1))
    page.pane.changed.emit()
    hands.bot.waitUntil(lambda: "That day is over" in hands.part("override.plan", QLabel).text())
    assert not hands.part("override.reroute", QAbstractButton).isEnabled()
    page.reroute()
    hands.bot.waitUntil(lambda: "That day is over" in hands.part("override.said", QLabel).text())
    follow_up(written, acme, BY, reminder_date=FRIDAY, action="Another")
    hands.bot.waitUntil(lambda: page.grid.rows.rowCount() == 4)
    assert len(page.grid.marked()) == 3, "what came meanwhile is not marked with the others"
    assert page.pane.chosen() == [ben]
