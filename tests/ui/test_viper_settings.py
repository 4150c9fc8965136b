"""Settings > Viper: the site is typed, tried and switched on; who stands for whom; which field goes which way.

VP-1, VP-10, VP-28…VP-58.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QLineEdit, QListWidget, QTableView, QWidget

from channergy_crm.records.sync import SyncLink
from channergy_crm.services import operators, saving
from channergy_crm.store import database
from channergy_crm.sync import connection, fields, people, stage_names
from channergy_crm.sync.sandbox.server import Sandbox
from tests.domain import two_sides
from tests.secured import PASSWORD, secure
from tests.ui.gestures import shown
from tests.ui.hands import Hands, _close
from ui.application import open_office

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


pytestmark = pytest.mark.engines("sqlite")


@pytest.fixture
def there(tmp_path: Path) -> Iterator[Sandbox]:
    site = Sandbox(tmp_path / "site").start()
    yield site
    site.stop()


def read(hands: Hands, name: str) -> str:
    """What a line of the page says."""
    return str(hands.part(name, QWidget).text())  # type: ignore[attr-defined]


def type_into(hands: Hands, name: str, text: str) -> None:
    """Type, and leave with Tab."""
    line = hands.part(name, QLineEdit)
    line.setFocus()
    line.selectAll()
    hands.bot.keyClicks(line, text)
    hands.bot.keyClick(line, Qt.Key.Key_Tab)


def test_vp1_the_site_is_typed_tried_and_switched_on(hands: Hands, there: Sandbox) -> None:
    hands.window.session.go_to("setting", "viper.address")
    assert "Type the address first" in read(hands, "viper.stands") and not hands.button("viper.test").isEnabled()
    type_into(hands, "viper.address", "http://viper.example.com")
    assert hands.part("viper.address", QWidget).property("problem") and not connection.held().address
    type_into(hands, "viper.address", f"{there.address}/")
    assert connection.held().address == there.address
    assert hands.part("viper.user", QLineEdit).placeholderText() == "ADMIN"  # the same credentials as here
    type_into(hands, "viper.user", "demo")
    hands.part("viper.secret", QLineEdit).setText("wrong")
    hands.click("viper.test")
    hands.bot.waitUntil(lambda: "refuses this user" in read(hands, "viper.tested"))
    hands.part("viper.secret", QLineEdit).setText("demo")
    hands.click("viper.test")
    hands.bot.waitUntil(lambda: read(hands, "viper.tested").startswith("Connected as Demo; 5 users, 0 companies"))
    hands.click("viper.switch")
    hands.bot.waitUntil(lambda: read(hands, "viper.stands").startswith("On. This workstation"))
    assert connection.is_ready() and read(hands, "viper.switch") == "Switch it off"
    hands.bot.waitUntil(lambda: "The sync with Viper is on." in hands.said())
    type_into(hands, "viper.address", "https://elsewhere.example")  # the password is not for that one
    hands.bot.waitUntil(lambda: read(hands, "viper.stands").startswith("On, but no password"))
    hands.click("viper.take_off")
    hands.bot.waitUntil(lambda: not connection.held().address and not connection.is_on())


def test_vp10_who_stands_for_whom_is_read_proposed_and_chosen(hands: Hands, there: Sandbox) -> None:
    operators.add("ANN", "Ann Keller", "ADMIN")
    operators.add("LEE", "Lee", "ADMIN")
    connection.keep(connection.Connection(there.address, "demo"), "demo", "ADMIN")
    hands.window.session.go_to("setting", "viper.people")
    hands.click("viper.read_people")
    hands.bot.waitUntil(lambda: hands.button("viper.propose").isVisible())
    assert read(hands, "viper.propose").startswith("Take over 1 proposal:")
    hands.click("viper.propose")
    held = {each.owner: each.remote for each in people.people("ADMIN")}
    assert held["ANN"] == "U1" and held["LEE"] == "" and "ADMIN" not in held
    chosen = hands.part("viper.person.lee", QWidget)
    chosen.setCurrentIndex(chosen.findText("Ann Keller"))  # type: ignore[attr-defined]
    assert {each.owner: each.remote for each in people.people("ADMIN")}["LEE"] == ""  # nobody stands for two
    assert chosen.currentText() == "nobody"  # type: ignore[attr-defined]
    chosen.setCurrentIndex(chosen.findText("Head Office (office)"))  # type: ignore[attr-defined]
    assert {each.owner: each.remote for each in people.people("ADMIN")}["LEE"] == "O1"


def test_vp7_vp8_vp9_vp28_to_vp58_which_field_goes_which_way_can_be_read_row_by_row(hands: Hands) -> None:
    hands.window.session.go_to("setting", "sync.map")
    grid = hands.part("sync.map", QTableView)
    model = grid.model()
    said = [[model.index(row, place).data() for place in range(4)] for row in range(model.rowCount())]
    assert len(said) == len(fields.MAP)
    words = [each.text() for each in grid.parentWidget().findChildren(QLabel)]
    assert [each.split(" is ")[1].split(" in ")[0] for each in words if "program begins" in each] == ["a company"]
    assert ["Account", "Phone", "Phone", "both ways"] in said
    assert ["Opportunity", "Arrival Date", "Preferred Arrival", "to Viper, at the first sync only"] in said
    assert ["Opportunity", "Stage", "Sales Stage", "from Viper"] in said
    assert grid.height() >= grid.horizontalHeader().height() + len(said) * grid.rowHeight(0)


def test_vp49_what_the_site_calls_a_stage_is_typed_beside_it(hands: Hands) -> None:
    hands.window.session.go_to("setting", "viper.stages")
    type_into(hands, "viper.stage.1", "Pitch")
    first, second = stage_names.every("ADMIN")[:2]
    assert second.theirs == "Pitch"
    type_into(hands, "viper.stage.2", first.label)
    assert hands.part("viper.stage.2", QLineEdit).property("problem") and hands.shows("viper.stage.2") == first.label


def test_vp1_it_is_found_by_what_people_call_it(hands: Hands) -> None:
    hands.window.session.go_to("settings")
    hands.part("settings.find", QLineEdit).setText("sync")
    topics = hands.part("settings.topics", QListWidget)
    found = [topics.item(row).text() for row in range(topics.count())]
    wanted = {"Test the connection", "Who stands for whom", "Which field goes which way", "Viper sync"}
    assert found[0] == "Viper" and wanted <= set(found)


def test_vp2_vp10_the_settings_are_there_for_administrators_and_the_tab_for_whoever_works_with_clients_while_it_is_on(
    qtbot: Any, database_url: str, tmp_path: Path
) -> None:
    office = database.open_database(database_url)
    secure(tmp_path, RON="Reader")
    site = connection.Connection("https://viper.example.com", "demo", on=True)
    connection.keep(site, "secret", "ADMIN")
    office.close()
    hands = Hands(qtbot, shown(qtbot, open_office(database_url, "RON", PASSWORD)), database_url)
    session, tabs, entry = hands.window.session, hands.window.tabs, hands.window.findChild(QAction, "main.sync")
    session.go_to("setting", "viper.address")
    assert "viper" not in hands.part("settings.topics").names
    session.go_to("sync")
    assert entry.isEnabled() and entry.isVisible() and tabs.declared[tabs.currentIndex()].name == "sync"
    connection.keep(site._replace(on=False), None, "ADMIN")
    assert not entry.isEnabled() and not entry.isVisible()
    assert "sync" not in [tab.name for tab in tabs.declared]
    _close(hands.window)
    hands.window.deleteLater()


def test_vp3_what_both_sides_have_is_shown_first_connected_and_undone(hands: Hands, there: Sandbox) -> None:
    two_sides.switch_on()
    connection.keep(connection.Connection(there.address, "demo", on=True), "demo", "ADMIN")
    remote = there.put("companies", name="Acme", fax="9", assigned_to="U1")
    acme = two_sides.account("Acme")
    hands.window.session.go_to("setting", "viper.address")
    hands.click("viper.look")
    hands.bot.waitUntil(lambda: hands.button("viper.connect").isVisible())
    assert read(hands, "viper.found").startswith("1 account is the same as a company there.\n1 record here takes over")
    assert read(hands, "viper.samples") == f"Acme is Acme ({remote})" and not SyncLink.select().exists()
    hands.click("viper.connect")
    hands.bot.waitUntil(lambda: "Both sides are connected." in hands.said())
    assert two_sides.link(acme).remote == remote and two_sides.now(acme).fax == "9"
    saving.undo_latest("ADMIN")
    assert not two_sides.now(acme).fax
    saving.redo_latest("ADMIN")
    two_sides.office_off()
    hands.window.session.go_to("setting", "viper.address")
    hands.click("viper.begin_anew")
    hands.click("viper.begin_anew_no")
    assert SyncLink.select().exists()
    hands.click("viper.begin_anew")
    hands.click("viper.begin_anew_yes")
    hands.bot.waitUntil(lambda: not SyncLink.select().exists())
