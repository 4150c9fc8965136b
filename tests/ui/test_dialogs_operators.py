"""The operators of the office (CH-6, CH-7): added, renamed, retired when they own records, brought back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLineEdit

from channergy_crm import access
from channergy_crm.records.operators import Operator
from channergy_crm.services import leads, operators, saving
from channergy_crm.settings import Station
from tests.ui.cells import CHECKED, UNCHECKED, column, type_into
from tests.ui.gestures import alone, click, focused, part, words
from tests.ui.hands import KEY
from ui.setup.operators_dialog import OperatorsDialog
from ui.widgets.editable_grid import CellGrid

pytestmark = pytest.mark.engines("sqlite")

ID, NAME, ADMINISTRATOR, ACTIVE = range(4)
ROLE = Qt.ItemDataRole


@pytest.fixture
def dialog(qtbot, office, operator):
    for code, name in (("ANN", "Ann Lee"), ("BOB", "Bob Ray")):
        operators.add(code, name, operator)
    leads.create({"description": "Wants a demo", "owner": "BOB"}, operator)
    return alone(qtbot, OperatorsDialog(Station(), operator))


@pytest.fixture
def grid(dialog):
    return part(dialog, "operators.grid", CellGrid)


def test_ch7_everybody_is_there_by_id_and_the_operator_at_work_is_the_current_one(dialog, grid):
    assert column(grid, ID) == ["ADMIN", "ANN", "BOB"]
    assert grid.current().id == "ADMIN"
    assert focused(dialog) == "operators.grid"


def test_ch7_a_new_operator_is_added_in_one_line(qtbot, dialog, grid):
    qtbot.keyClicks(part(dialog, "operators.new_id", QLineEdit), "cyd")
    qtbot.keyClicks(part(dialog, "operators.new_name", QLineEdit), "Cyd Poe")
    qtbot.keyClick(part(dialog, "operators.new_name", QLineEdit), KEY.Key_Return)
    assert [who.id for who in access.operators()] == ["ADMIN", "ANN", "BOB", "CYD"]
    assert "Cyd Poe (CYD)" in words(dialog)
    assert (grid.current().id, focused(dialog)) == ("CYD", "operators.new_id")


@pytest.mark.parametrize(
    ("code", "name", "sentence", "line"),
    [
        ("ann", "Another Ann", "an operator ANN already", "operators.new_id"),
        ("", "Nobody", "needs a short ID", "operators.new_id"),
        ("DEE", "", "Name is required", "operators.new_name"),
        ("MUCH-TOO-LONG", "Long", "at most 10 characters", "operators.new_id"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(qtbot, dialog, code, name, sentence, line):
    part(dialog, "operators.new_id", QLineEdit).setText(code)
    part(dialog, "operators.new_name", QLineEdit).setText(name)
    click(qtbot, dialog, "operators.add")
    assert sentence in words(dialog)
    assert focused(dialog) == line
    assert part(dialog, "operators.new_id", QLineEdit).text() == code
    assert len(access.operators()) == 3


def test_an_operator_is_renamed_in_place_and_the_id_stays(qtbot, dialog, grid):
    type_into(qtbot, grid, 1, NAME, "Ann Miller")
    assert Operator.find("ANN").name == "Ann Miller"
    assert not grid.model().index(1, ID).flags() & Qt.ItemFlag.ItemIsEditable
    saving.undo_latest("ADMIN")
    assert Operator.find("ANN").name == "Ann Lee"


def test_who_owns_records_is_retired_and_comes_back_and_who_owns_none_is_deleted(qtbot, dialog, grid):
    grid.selectRow(2)
    qtbot.keyClick(grid, KEY.Key_Delete)
    assert "owns records and is retired" in words(dialog)
    assert [who.id for who in access.operators()] == ["ADMIN", "ANN"]
    click(qtbot, dialog, "operators.bring_back")
    assert Operator.find("BOB").active
    grid.selectRow(1)
    click(qtbot, dialog, "operators.remove")
    assert "is deleted" in words(dialog)
    assert column(grid, ID) == ["ADMIN", "BOB"]


def test_the_office_keeps_one_active_operator(qtbot, dialog, grid):
    for row in (1, 2):
        grid.model().setData(grid.model().index(row, ACTIVE), UNCHECKED, ROLE.CheckStateRole)
    assert not grid.model().setData(grid.model().index(0, ACTIVE), UNCHECKED, ROLE.CheckStateRole)
    assert "last active operator" in words(dialog)
    grid.selectRow(0)
    click(qtbot, dialog, "operators.remove")
    assert [who.id for who in access.operators()] == ["ADMIN"]


def test_f71_ch156_who_is_an_administrator_is_ticked_and_the_office_keeps_one(qtbot, dialog, grid):
    cells = grid.model()
    assert not cells.setData(cells.index(0, ADMINISTRATOR), UNCHECKED, ROLE.CheckStateRole)
    assert "last administrator" in words(dialog)
    assert cells.setData(cells.index(1, ADMINISTRATOR), CHECKED, ROLE.CheckStateRole)
    assert cells.setData(cells.index(0, ADMINISTRATOR), UNCHECKED, ROLE.CheckStateRole)
    assert [who.id for who in access.operators() if who.administrator] == ["ANN"]


def test_escape_closes(qtbot, dialog):
    qtbot.keyClick(dialog.focusWidget(), KEY.Key_Escape)
    assert dialog.result() == QDialog.DialogCode.Rejected
