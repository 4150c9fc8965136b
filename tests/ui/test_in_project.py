"""The project in the header: every page follows it (SI-1, SI-2, SI-4, SI-8, K24)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from channergy_crm.records import Lead, Project
from channergy_crm.services import leads, projects
from channergy_crm.transfer.importing.plan import propose
from channergy_crm.transfer.reading.sources import open_source
from tests import made
from tests.ui.hands import Hands, opened
from ui.pages.board.page import BoardPage
from ui.search.results import SearchResults
from ui.transfer.wizard.setup import Setup

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.engines("sqlite")


@pytest.fixture
def fair(office: Any, operator: str, fixed_clock: Any) -> int:
    """Of everything one in the project Fair, which is sold through the board, and one that is personal."""
    number = projects.save(Project(name="Fair", uses_crm=True), "ADMIN").number
    for name, project in (("Fair one", number), ("Own one", None)):
        today = {"reminder_date": fixed_clock.date()}
        leads.create({"description": name, "last_name": name, "project": project, **today}, "ADMIN")
        account = made.account(name, project=project)
        made.contact(account, name)
        made.opportunity(account, name, project=project)
        made.task(account, name, **today)
    return int(number)


@pytest.fixture
def hands(qtbot: Any, office: Any, fair: int) -> Iterator[Hands]:
    with opened(qtbot, office.url) as hands:
        yield hands


LISTS = {"leads": "last_name", "accounts": "name", "contacts": "first_name", "opportunities": "name", "tasks": "action"}


def test_si1_si4_every_page_follows_the_project_and_it_is_remembered(hands: Hands, fair: int) -> None:
    hands.go("reminders")
    hands.reads("reminders.tasks", "action", ["Fair one", "Own one"])
    badge = hands.window.tabs.tabToolTip(0)
    hands.choose("main.project", "Fair")
    hands.reads("reminders.tasks", "action", ["Fair one"])
    assert hands.window.tabs.tabToolTip(0) != badge
    for tab, column in LISTS.items():
        hands.go(tab)
        hands.reads(tab, column, ["Fair one"])
    assert "Fair" in hands.window._said.text(), "the status line says what is looked at"
    hands.open_again()
    assert (hands.shows("main.project"), hands.window.session.project) == ("Fair", fair)
    hands.go("leads")
    hands.reads("leads", "last_name", ["Fair one"])
    hands.choose("main.project", "All projects")
    hands.bot.waitUntil(lambda: hands.rows("leads") == 2)
    assert hands.window.session.project is None


def test_si2_a_new_lead_belongs_to_the_project_that_is_looked_at(hands: Hands, fair: int) -> None:
    hands.go("leads")
    hands.choose("main.project", "Fair")
    hands.reads("leads", "last_name", ["Fair one"])
    hands.click("leads.create")
    assert hands.shows("leads.project") == "Fair"
    hands.fill("leads.description", "New one")
    hands.click("leads.save")
    hands.bot.waitUntil(lambda: Lead.select().where(Lead.description == "New one").exists())
    assert Lead.get(Lead.description == "New one").project == fair
    hands.bot.waitUntil(lambda: hands.rows("leads") == 2)


def test_si8_the_search_looks_within_the_project_and_then_everywhere(hands: Hands) -> None:
    hands.choose("main.project", "Fair")
    QTest.keyClick(hands.window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    box = hands.part("main.search", QLineEdit)
    hands.bot.waitUntil(box.hasFocus)
    QTest.keyClicks(box, "own one")

    def shown() -> list[str]:
        results = hands.window.findChild(SearchResults, "main.search_results")
        return [results.item(row).text() for row in range(results.count())] if results else []

    hands.bot.waitUntil(lambda: "Look in all projects" in shown())
    assert "Own one" not in shown()
    results = hands.part("main.search_results", SearchResults)
    while (line := results.chosen()) is None or line.text != "Look in all projects":
        QTest.keyClick(box, Qt.Key.Key_Down)
    QTest.keyClick(box, Qt.Key.Key_Return)
    hands.bot.waitUntil(lambda: "Own one" in shown())
    assert "Look in all projects" not in shown()


def test_si8_the_drop_down_is_there_as_soon_as_there_is_a_project(qtbot: Any, office: Any, operator: str) -> None:
    with opened(qtbot, office.url) as hands:
        assert not hands.part("main.project").isVisible()
        project = projects.save(Project(name="Fair"), "ADMIN")
        assert hands.part("main.project").isVisible()
        hands.choose("main.project", "Fair")
        assert hands.window.session.project == project.number
        said = hands.part("reminders.tasks.empty")
        hands.bot.waitUntil(lambda: "Only the project Fair is shown" in said.text())
        project.active = False
        projects.save(project, "ADMIN")
        assert not hands.part("main.project").isVisible()
        assert hands.window.session.project is None, "what is over is not looked at any more"


def test_si11_the_owner_field_says_why_a_group_owns_none_here(hands: Hands) -> None:
    from channergy_crm.services import groups

    groups.create("TF", "Trade fairs", "ADMIN")
    hands.choose("main.project", "Fair")
    hands.go("leads")
    hands.reads("leads", "last_name", ["Fair one"])
    hands.choose("leads.owner", "TF  Trade fairs")
    hands.click("leads.save")
    assert hands.beside("leads.owner").startswith("In the project Fair every user owns their own customers")
    hands.choose("leads.owner", "ADMIN  Administrator")


def test_si8_a_file_that_does_not_say_goes_into_the_project(fair: int, tmp_path: Path) -> None:
    path = tmp_path / "leads.csv"
    path.write_text("Company,Project\nAcme,Fair\n")
    setup = Setup(Lead, "ADMIN", path, project="Fair")
    plan = propose(Lead, open_source(path))
    assert "project" not in setup.belonging(plan).defaults, "the file says it itself"
    assert setup.belonging(plan.placed(1, "")).defaults == {"project": "Fair"}


def test_k24_the_board_follows_the_project(hands: Hands, fair: int) -> None:
    hands.window.go_to("board")
    tools = hands.window.findChild(BoardPage).tools
    assert (tools.asked().project, tools.project.isVisible()) == (0, True)
    hands.choose("main.project", "Fair")
    assert (tools.asked().project, tools.project.isVisible()) == (fair, False), "the header has decided it"
    hands.bot.waitUntil(lambda: hands.window.findChild(BoardPage).held.deals == 1)
    tools.show_all()
    assert hands.window.session.project is None
