"""Fields a role hides are in no form and no list; an administrator chooses them beside the rights (VT-96)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QPushButton

from channergy_crm.records import Lead
from channergy_crm.services import leads, operators, roles
from channergy_crm.store import database
from tests.secured import PASSWORD, secure
from tests.ui.gestures import alone, part, shown, words
from tests.ui.hands import Hands, _close
from ui.application import open_office
from ui.setup.rights.fields_dialog import FieldsDialog, FieldsLine

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.engines("sqlite")
CHECKED, UNCHECKED = Qt.CheckState.Checked, Qt.CheckState.Unchecked


@pytest.fixture
def ann(qtbot: Any, database_url: str, tmp_path: Path) -> Iterator[Hands]:
    """The window of Ann, with a lead; the role of operators hides notes and titles of leads."""
    office = database.open_database(database_url)
    secure(tmp_path, ANN="Operator")
    held = leads.create({"description": "Acme", "company": "Acme", "title": "Skipper", "notes": "Yachts"}, "ANN")
    roles.hide(role(), {Lead: {"notes", "title"}}, "ADMIN")
    office.close()
    hands = Hands(qtbot, shown(qtbot, open_office(database_url, "ANN", PASSWORD, whole=False)), database_url)
    hands.go("leads")
    hands.window.go_to("lead", held.number)
    yield hands
    _close(hands.window)
    hands.window.deleteLater()


def role() -> int:
    return next(held.number for held in roles.every("ADMIN") if held.name == "Operator")


def test_vt96_the_form_and_the_list_are_without_it(ann: Hands) -> None:
    assert ann.part("leads.company").isVisible()
    assert not ann.part("leads.notes").isVisible() and not ann.part("leads.title").isVisible()
    assert "Skipper" not in words(ann.part("leads.summary"))
    table = ann.window.main_table()
    names = {name for name, _label in table.columns.offered([])}
    assert not {"notes", "title"} & names and "company" in names
    table.show_columns(["title", "company"])
    table.refit()
    assert list(table.model.columns) == ["company"]
    ann.part("leads.search").setText("title:skipper")
    assert not table.search.readable() and "does not show you “Title” of leads" in ann.part("leads.search_said").text()


def test_vt96_what_is_typed_beside_it_is_saved_and_it_stays(ann: Hands) -> None:
    ann.fill("leads.city", "Rome")
    ann.click("leads.save")
    held = Lead.get(Lead.company == "Acme")
    assert (held.city, held.notes, held.title) == ("Rome", "Yachts", "Skipper")


def test_vt96_an_open_window_follows_as_soon_as_the_role_shows_it_again(ann: Hands) -> None:
    roles.hide(role(), {Lead: {"title"}}, "ADMIN")
    ann.bot.waitUntil(lambda: ann.part("leads.notes").isVisible())
    assert not ann.part("leads.title").isVisible()


def test_vt96_an_administrator_takes_the_checks_off(qtbot: Any, hands: Hands) -> None:
    operators.add("ANN", "Ann", "ADMIN")
    roles.make_usual("ADMIN")
    held = next(each for each in roles.every("ADMIN") if each.name == "Operator")
    line = alone(qtbot, FieldsLine(hands.window.session, lambda: None, hands.window))
    line.show_role(held, "")
    assert "Every field is shown." in part(line, "roles.hidden").text()
    dialog = alone(qtbot, FieldsDialog(held, hands.window.session, hands.window))
    part(dialog, "role_fields.record").set_value("CRMLeads")
    offered = part(dialog, "role_fields.list", QListWidget)
    rows = {offered.item(row).text(): offered.item(row) for row in range(offered.count())}
    assert {"Notes", "Title"} <= rows.keys() and "Company" not in rows
    assert all(item.checkState() == CHECKED for item in rows.values())
    for label in ("Title", "Notes"):
        rows[label].setCheckState(UNCHECKED)
    rows["Notes"].setCheckState(CHECKED)
    part(dialog, "role_fields.keep", QPushButton).click()
    assert not dialog.isVisible() and roles.hidden_fields(held.number, "ADMIN") == {Lead: {"title"}}
    line.show_role(held, "")
    assert "Hidden: Title of leads." in part(line, "roles.hidden").text()
    line.show_role(held, "Only an administrator may do that.")
    assert not part(line, "roles.fields").isEnabled()
