"""Settings > Projects and > CRM: what administrators set up for deals (SI-4, SI-8…SI-10, SI-32…SI-37)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QLineEdit

from channergy_crm.records import Account, Opportunity, Process, ProcessStage, Project
from channergy_crm.records.fixed_labels import SUBJECTS, subjects, weights
from channergy_crm.records.projects import course
from channergy_crm.services import operators, processes, projects, saving, search_lists
from channergy_crm.services.search_lists import Way
from channergy_crm.store import database
from tests import made
from tests.secured import PASSWORD, secure
from tests.ui.gestures import shown, words
from tests.ui.hands import ALT, KEY, Hands, _close, opened
from tests.ui.setting_up import choose, settings
from ui.application import open_office

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.engines("sqlite")
TICK = Qt.ItemDataRole.CheckStateRole


@pytest.fixture
def admin(qtbot: Any, database_url: str, fixed_clock: object) -> Iterator[Hands]:
    """A window of ADMIN over a new office."""
    with opened(qtbot, database_url, "ADMIN", whole=False) as hands:
        yield hands


def test_si8_typing_into_a_project_asks_the_store_nothing(admin: Hands) -> None:
    projects.save(Project(name="Fair"), "ADMIN")
    settings(admin, "projects")
    name = admin.part("projects.name", QLineEdit)
    name.setFocus()
    asked: list[str] = []
    hook = lambda event: asked.append(event.sql)  # noqa: E731
    database.proxy.obj.query_hooks.append(hook)
    admin.bot.keyClicks(name, " 2026")
    database.proxy.obj.query_hooks.remove(hook)
    assert admin.part("projects.save").isEnabled() and asked == []


def stage_names() -> list[str]:
    process = course(None)
    assert process is not None
    return [each.stage for each in process.stages]


def stand(hands: Hands, grid: str, row: int, column: int) -> Any:
    """The cursor in a cell, the keyboard in its grid."""
    view = hands.part(grid)
    view.setFocus()
    view.setCurrentIndex(view.model().index(row, column))
    return view


def type_into(hands: Hands, grid: Any, text: str) -> None:
    """Enter opens the cell, what is typed takes the place of what stood there."""
    hands.bot.keyClick(grid, KEY.Key_Return)
    editor = hands.part(f"{grid.objectName()}.editor", QLineEdit)
    editor.selectAll()
    hands.bot.keyClicks(editor, text)
    hands.bot.keyClick(editor, KEY.Key_Return)
    QApplication.processEvents()


def tick(view: Any, row: int, column: int, *, on: bool) -> None:
    wanted = Qt.CheckState.Checked if on else Qt.CheckState.Unchecked
    assert view.model().setData(view.model().index(row, column), wanted, TICK)


# ---------------------------------------------------------------- projects


def test_si8_si9_a_project_is_set_up_changed_later_and_removed_with_undo(admin: Hands) -> None:
    operators.add("BEA", "Bea", "ADMIN")
    settings(admin, "projects")
    assert "There is no project yet" in words(admin.part("projects.page"))
    admin.click("projects.create")
    crm = admin.part("projects.uses_crm", QCheckBox)
    assert crm.isVisible() and crm.isChecked(), "it is asked when a project is set up (SI-8)"
    admin.type("Fair 2026")
    crm.click()
    admin.part("projects.member.bea", QCheckBox).click()
    admin.click("projects.save")
    fair = Project.get()
    assert (fair.name, fair.uses_crm, projects.members(fair.number, "ADMIN")) == ("Fair 2026", False, ["BEA"])
    assert not crm.isVisible()
    admin.click("projects.advanced")
    assert crm.isVisible(), "later it stands under Advanced settings (SI-9)"
    crm.click()
    admin.click("projects.save")
    assert Project.get().uses_crm
    deal = made.opportunity(made.account("Acme"), "Licenses", project=fair.number)
    admin.click("projects.remove")
    assert "Make it inactive instead" in admin.said() and Project.select().count() == 1
    deal.project = None
    saving.save(deal, "ADMIN")
    admin.click("projects.remove")
    assert not Project.select().exists() and "removed" in admin.said()
    admin.click("notices.undo")
    admin.bot.waitUntil(lambda: admin.part("projects.names").count() == 1)
    assert projects.members(fair.number, "ADMIN") == ["BEA"]


# ---------------------------------------------------------------- processes


def test_si32_stages_are_typed_into_ordered_and_removed_with_their_deals(admin: Hands) -> None:
    deal = made.opportunity(made.account("Acme"), "Licenses", stage="Offer")
    settings(admin, "crm")
    grid = stand(admin, "stages.grid", 0, 2)
    type_into(admin, grid, "30")
    assert ProcessStage.get(ProcessStage.stage == "Prospect").probability == 30
    grid.setCurrentIndex(grid.model().index(0, 3))
    grid.edit(grid.currentIndex())
    box = admin.part("stages.grid.editor", QComboBox)
    box.setCurrentIndex(box.findText("violet"))
    admin.bot.keyClick(box, KEY.Key_Return)
    admin.bot.waitUntil(lambda: ProcessStage.get(ProcessStage.stage == "Prospect").colour == "violet")
    new = admin.part("stages.new", QComboBox)
    new.setFocus()
    new.setEditText("Negotiation")
    admin.press(KEY.Key_Return)
    assert stage_names() == ["Prospect", "Offer", "Negotiation", "Order", "Lost"]
    stand(admin, "stages.grid", 2, 0)
    admin.press(KEY.Key_Up, ALT)
    assert stage_names() == ["Prospect", "Negotiation", "Offer", "Order", "Lost"]
    stand(admin, "stages.grid", 2, 0)
    admin.press(KEY.Key_Delete)
    assert admin.button("stages.move").text() == "Move 1 deal, remove the stage"
    choose(admin, "stages.instead", "Negotiation")
    admin.click("stages.move")
    admin.bot.waitUntil(lambda: stage_names() == ["Prospect", "Negotiation", "Order", "Lost"])
    assert Opportunity.get(Opportunity.number == deal.number).stage == "Negotiation"
    admin.bot.waitUntil(lambda: "1 deal has moved" in admin.said())
    admin.click("notices.undo")
    admin.bot.waitUntil(lambda: "Offer" in stage_names())
    assert Opportunity.get(Opportunity.number == deal.number).stage == "Offer"
    admin.bot.waitUntil(lambda: grid.model().rowCount() == 5)


def test_si8_two_change_a_project_at_once_and_neither_is_stuck(admin: Hands) -> None:
    fair = projects.save(Project(name="Fair", description="Old"), "ADMIN")
    settings(admin, "projects")
    admin.fill("projects.description", "Mine", leave=False)
    theirs = Project.get()
    theirs.name, theirs.description = "Fair 2027", "Theirs"
    projects.save(theirs, "ADMIN")
    admin.click("projects.save")
    wrong = admin.part("projects.description.wrong")
    assert "changed Fair" in wrong.text() and "Save again" in wrong.text()
    assert (admin.shows("projects.name"), admin.shows("projects.description")) == ("Fair 2027", "Mine")
    admin.click("projects.cancel")
    assert admin.shows("projects.description") == "Theirs"
    admin.fill("projects.description", "Mine", leave=False)
    admin.click("projects.save")
    held = Project.find(fair.number)
    assert held is not None and (held.name, held.description) == ("Fair 2027", "Mine")


def test_si10_si32_a_process_is_made_renamed_made_the_standard_and_removed(admin: Hands) -> None:
    settings(admin, "crm")
    parts = admin.part("crm.parts")
    assert [parts.tabText(place) for place in range(parts.count())] == ["General", "GDPR", "Definition"], "SI-10"
    with admin.answering(text=" standard ", then="Long sale") as asked:
        admin.click("processes.create")
    assert "There is a process of this name already." in asked[1].words, "the name is still there, to be mended"
    names = admin.part("processes.names")
    assert names.count() == 2 and names.currentItem().text() == "Long sale"
    with admin.answering(text="Standard", then="Very long sale"):
        admin.click("processes.rename")
    with admin.answering(text="Long sale"):
        admin.click("processes.rename")
    admin.click("processes.standard")
    assert course(None).name == "Long sale"  # type: ignore[union-attr]
    assert not admin.button("processes.remove").isEnabled()
    names.choose(next(each.number for each in Process.select() if each.name == "Standard"))
    admin.click("processes.remove")
    assert [each.name for each in Process.select()] == ["Long sale"]
    admin.click("notices.undo")
    admin.bot.waitUntil(lambda: names.count() == 2)


# ---------------------------------------------------------------- searching and labels


def test_si33_si35_the_fields_to_search_by_are_ticked(admin: Hands) -> None:
    settings(admin, "search_fields.grid")
    choose(admin, "search_fields.record", "Accounts")
    grid = admin.part("search_fields.grid")
    row = [label for _name, label, _way in grid.model().rows].index("Industry")
    stand(admin, "search_fields.grid", row, 2)
    admin.press(KEY.Key_Space)
    assert search_lists.way(Account, "industry", "ADMIN") == Way(values=True, text=False)
    assert admin.said() == "Industry of accounts: Drop-down."
    admin.click("notices.undo")
    admin.bot.waitUntil(lambda: grid.model().rows[row][2] == Way())


def test_si37_labels_are_fixed_in_the_definition(admin: Hands) -> None:
    settings(admin, "fixed.grid")
    label = admin.part("weights.new", QLineEdit)
    label.setFocus()
    admin.type("Hot\n")
    assert admin.part("weights.new_percent").hasFocus() and not weights(), "a weight carries a percentage"
    admin.type("80\n")
    assert weights() == [("Hot", 80)]
    admin.part("subjects.new", QLineEdit).setFocus()
    admin.type("\n")
    assert admin.part("subjects.said").text() == "Type the label first."
    admin.type("New contract\n")
    assert not admin.part("subjects.said").text(), "what was wrong is over"
    assert subjects() == ["New contract"]
    grid = admin.part("fixed.grid")
    tick(grid, 0, 1, on=True)
    assert course(None).fixed_subjects  # type: ignore[union-attr]
    type_into(admin, stand(admin, "weights.grid", 0, 1), "900")
    assert "whole percentage" in admin.part("weights.said").text() and weights() == [("Hot", 80)]
    admin.press(KEY.Key_Delete)
    admin.bot.waitUntil(lambda: not weights())


def test_si7_who_is_no_administrator_reads_why_nothing_can_be_changed(
    qtbot: Any, database_url: str, tmp_path: Path
) -> None:
    office = database.open_database(database_url)
    secure(tmp_path, RON="Reader")
    projects.save(Project(name="Fair"), "ADMIN")
    processes.add_label(SUBJECTS, "Trial", "ADMIN")
    office.close()
    hands = Hands(qtbot, shown(qtbot, open_office(database_url, "RON", PASSWORD)), database_url)
    for topic, off in (("crm", ("processes.create", "stages.remove", "stages.down")),
                       ("fixed.grid", ("subjects.remove",)), ("projects", ("projects.create",))):  # fmt: skip
        page = settings(hands, topic)
        assert "administrator" in words(page)
        assert [name for name in off if hands.part(name).isEnabled()] == []
    for grid in ("stages.grid", "subjects.grid", "fixed.grid", "search_fields.grid"):
        model = hands.part(grid).model()
        changed = Qt.ItemFlag.ItemIsEditable | Qt.ItemFlag.ItemIsUserCheckable
        cells = [model.index(0, column) for column in range(model.columnCount())]
        assert not any(model.flags(cell) & changed for cell in cells), grid
    assert hands.part("projects.name").isReadOnly()
    _close(hands.window)
    hands.window.deleteLater()
