"""The lists behind the drop-downs are edited in place (CH-149…CH-154), and nothing is orphaned (C20)."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLineEdit, QListWidget, QWidget

from channergy_crm import work
from channergy_crm.records import Lead, Operator, lookups
from channergy_crm.services import leads, operators, saving
from channergy_crm.services import lookups as lists
from channergy_crm.settings import Station
from tests.ui.cells import CHECKED, column, type_into
from tests.ui.gestures import alone, click, focused, part, words
from tests.ui.hands import ALT, KEY
from ui.setup.lookups_dialog import LookupsDialog
from ui.widgets.editable_grid import CellGrid

pytestmark = pytest.mark.engines("sqlite")

CODES = ("CRMLeads", "CallCode")
INDUSTRY = ("CRMAccounts", "Industry")
VALUE, DESCRIPTION, SORT, RETIRED = range(4)
ROLE = Qt.ItemDataRole


@pytest.fixture
def dialog(qtbot, office, operator):
    return alone(qtbot, LookupsDialog(Station(), operator, None, *CODES, office=office))


@pytest.fixture
def grid(dialog):
    return part(dialog, "lookups.grid", CellGrid)


def values(table, field):
    return [choice.value for choice in lookups.choices(table, field)]


def offered(table, field):
    return [choice.value for choice in lookups.choices(table, field) if not choice.retired]


def units(office):
    return work.UnitRow.select().count()


# ---------------------------------------------------------------- which list


def test_ch149_every_list_of_the_office_is_there_and_found_by_typing(qtbot, office, operator):
    dialog = alone(qtbot, LookupsDialog(Station(), operator))
    names = part(dialog, "lookups.lists", QListWidget)
    assert names.count() == len(lists.fields("ADMIN"))
    assert focused(dialog) == "lookups.filter"
    qtbot.keyClicks(dialog.focusWidget(), "call code")
    seen = [names.item(row).text() for row in range(names.count()) if not names.item(row).isHidden()]
    assert seen == ["Leads: Call Code"]
    assert "CRMLeads / CallCode" in words(dialog)
    assert column(part(dialog, "lookups.grid", CellGrid), VALUE) == values(*CODES)


def test_ch150_a_list_goes_by_table_and_field_and_by_all(qtbot, office, operator):
    dialog = alone(qtbot, LookupsDialog(Station(), operator, None, "All", "TimeZone", typed="Asia/Tokyo"))
    assert "All / TimeZone" in words(dialog)
    assert focused(dialog) == "lookups.new_value"
    qtbot.keyClick(dialog.focusWidget(), KEY.Key_Return)
    assert "Asia/Tokyo" in values("All", "TimeZone")
    assert offered("CRMLeads", "TimeZone") == [] and "Asia/Tokyo" not in offered("All", "State")


def test_ch151_a_new_list_is_another_one_when_only_its_case_differs(qtbot, dialog):
    click(qtbot, dialog, "lookups.new_list")
    assert focused(dialog) == "lookups.new_table"
    qtbot.keyClick(dialog.focusWidget(), KEY.Key_Return)
    assert "needs the name of a table" in words(dialog)
    qtbot.keyClicks(part(dialog, "lookups.new_table", QLineEdit), "crmleads")
    qtbot.keyClicks(part(dialog, "lookups.new_field", QLineEdit), "CallCode")
    qtbot.keyClick(part(dialog, "lookups.new_field", QLineEdit), KEY.Key_Return)
    assert "crmleads / CallCode" in words(dialog)
    assert column(part(dialog, "lookups.grid", CellGrid), VALUE) == []
    qtbot.keyClicks(part(dialog, "lookups.new_value", QLineEdit), "N")
    click(qtbot, dialog, "lookups.add")
    assert values("crmleads", "CallCode") == ["N"]
    assert ("crmleads", "CallCode", "crmleads: CallCode") in lists.fields("ADMIN")


# ---------------------------------------------------------------- cells


def test_ch152_ch153_value_and_description_are_edited_in_place(qtbot, dialog, grid):
    place = values(*CODES).index("WP")
    type_into(qtbot, grid, place, DESCRIPTION, "Somebody else")
    assert lookups.describe(Lead.kind("call_code"), "WP") == "Somebody else"
    type_into(qtbot, grid, place, VALUE, "wp")
    assert values(*CODES)[place] == "wp"
    assert "Saved." in words(dialog)
    saving.undo_latest("ADMIN")
    assert values(*CODES)[place] == "WP"


def test_ch151_values_that_differ_in_case_are_two_values(qtbot, dialog):
    qtbot.keyClicks(part(dialog, "lookups.new_value", QLineEdit), "new")
    qtbot.keyClicks(part(dialog, "lookups.new_description", QLineEdit), "Really new")
    click(qtbot, dialog, "lookups.add")
    assert {"new", "NEW"} <= set(values(*CODES))
    assert focused(dialog) == "lookups.new_value"
    assert part(dialog, "lookups.new_value", QLineEdit).text() == ""


def test_tab_goes_on_to_the_next_cell_and_tab_on_the_grid_leaves_it(qtbot, dialog, grid):
    type_into(qtbot, grid, 1, DESCRIPTION, "Nobody there", end=KEY.Key_Tab)
    assert grid.currentIndex().column() == SORT
    qtbot.keyClick(dialog.focusWidget(), KEY.Key_Escape)
    qtbot.keyClick(grid, KEY.Key_Tab)
    assert focused(dialog) != "lookups.grid"


def test_what_cannot_be_stored_stays_in_its_cell_and_says_why(qtbot, dialog, grid):
    type_into(qtbot, grid, 1, VALUE, "B")
    cell = grid.model().index(1, VALUE)
    assert cell.data() == "B"
    assert "in this list already" in words(dialog)
    assert "in this list already" in cell.data(ROLE.ToolTipRole)
    assert values(*CODES)[1] == "N"
    type_into(qtbot, grid, 1, SORT, "one")
    assert "Sort number" in words(dialog)
    type_into(qtbot, grid, 1, VALUE, "N")
    assert grid.model().index(1, VALUE).data(ROLE.ToolTipRole) == "N"


def test_a_value_is_never_empty(qtbot, dialog, grid):
    type_into(qtbot, grid, 1, VALUE, "")
    assert "Value is required" in words(dialog)
    qtbot.keyClick(part(dialog, "lookups.new_value", QLineEdit), KEY.Key_Return)
    assert "Type the value" in words(dialog)


def test_a_retired_operator_changes_nothing(qtbot, office, operator):
    operators.add("OLD", "Old", operator)
    retired = Operator.find("OLD")
    retired.active = False
    operators.save(retired, operator)
    dialog = alone(qtbot, LookupsDialog(Station(), "OLD", None, *CODES))
    type_into(qtbot, part(dialog, "lookups.grid", CellGrid), 1, DESCRIPTION, "x")
    assert "is retired" in words(dialog)


# ---------------------------------------------------------------- order


def test_ch154_moving_a_value_numbers_the_list_in_one_unit(qtbot, office, operator):
    dialog = alone(qtbot, LookupsDialog(Station(), operator, None, *INDUSTRY))
    grid = part(dialog, "lookups.grid", CellGrid)
    before = values(*INDUSTRY)
    grid.setFocus()
    grid.selectRow(2)
    count = units(office)
    qtbot.keyClick(grid, KEY.Key_Up, ALT)
    assert values(*INDUSTRY) == [before[0], before[2], before[1], *before[3:]]
    assert units(office) == count + 1
    assert grid.current().value == before[2]
    click(qtbot, dialog, "lookups.down")
    assert values(*INDUSTRY) == before
    click(qtbot, dialog, "lookups.alphabetical")
    assert {entry.sort for entry in lists.entries(*INDUSTRY, "ADMIN")} == {None}
    assert not part(dialog, "lookups.alphabetical").isEnabled()


def test_ch154_a_sort_number_is_typed_too(qtbot, dialog, grid):
    last = values(*CODES)[-1]
    type_into(qtbot, grid, len(values(*CODES)) - 1, SORT, "-1")
    assert values(*CODES)[0] == last
    assert column(grid, VALUE) == values(*CODES)


# ---------------------------------------------------------------- rename, remove, bring back (C20)


@pytest.fixture
def held(office, operator):
    """Two leads nobody answered."""
    return [leads.create({"description": name, "call_code": "N"}, operator).number for name in ("one", "two")]


def rename(qtbot, dialog, text="NA"):
    grid = part(dialog, "lookups.grid", CellGrid)
    type_into(qtbot, grid, values(*CODES).index("N"), VALUE, text)
    qtbot.waitUntil(lambda: focused(dialog) == "lookups.change_rows")
    return grid


def test_c20_a_renamed_value_that_rows_hold_is_asked_about_and_changes_them(qtbot, held, dialog, office):
    count = units(office)
    rename(qtbot, dialog)
    assert "2 rows hold “N”" in words(dialog)
    assert values(*CODES).count("N") == 1
    assert not part(dialog, "lookups.lists", QListWidget).isEnabled()
    qtbot.keyClick(dialog.focusWidget(), KEY.Key_Return)
    assert [Lead.find(number).call_code for number in held] == ["NA", "NA"]
    assert "NA" in values(*CODES) and "N" not in values(*CODES)
    assert units(office) == count + 1
    saving.undo_latest("ADMIN")
    assert [Lead.find(number).call_code for number in held] == ["N", "N"]


def test_c20_or_only_the_list_changes(qtbot, held, dialog):
    rename(qtbot, dialog)
    click(qtbot, dialog, "lookups.only_the_list")
    assert [Lead.find(number).call_code for number in held] == ["N", "N"]
    assert "NA" in values(*CODES)
    assert part(dialog, "lookups.grid", CellGrid).hasFocus()


@pytest.mark.parametrize("way", ["escape", "button"])
def test_c20_or_the_old_name_stays(qtbot, held, dialog, way):
    grid = rename(qtbot, dialog)
    if way == "escape":
        qtbot.keyClick(dialog.focusWidget(), KEY.Key_Escape)
    else:
        click(qtbot, dialog, "lookups.take_back")
    assert dialog.isVisible() and not part(dialog, "lookups.change_rows").isVisible()
    assert "N" in column(grid, VALUE) and "NA" not in values(*CODES)
    qtbot.keyClick(grid, KEY.Key_Escape)
    assert dialog.result() == QDialog.DialogCode.Rejected


def test_c20_many_rows_change_beside_the_window(qtbot, dialog, office, operator):
    with work.unit("Many leads", by=operator):
        for _ in range(600):
            Lead.create(description="x", owner=operator, call_code="N")
    rename(qtbot, dialog)
    click(qtbot, dialog, "lookups.change_rows")
    assert "Changing 600 rows" in words(dialog)
    dialog.reject()
    assert dialog.isVisible()
    qtbot.waitUntil(lambda: "Saved." in words(dialog))
    assert Lead.select().where(Lead.call_code == "NA").count() == 600
    assert part(dialog, "lookups.lists", QListWidget).isEnabled()


def test_c20_a_value_in_use_is_retired_and_another_deleted_and_both_come_back(qtbot, held, dialog, grid):
    grid.selectRow(values(*CODES).index("N"))
    qtbot.keyClick(grid, KEY.Key_Delete)
    assert "is retired" in words(dialog)
    assert "N" not in offered(*CODES)
    assert lookups.describe(Lead.kind("call_code"), "N") == "No Answer"
    click(qtbot, dialog, "lookups.bring_back")
    assert "N" in offered(*CODES)
    grid.selectRow(values(*CODES).index("WP"))
    click(qtbot, dialog, "lookups.remove")
    assert "is deleted" in words(dialog)
    assert "WP" not in values(*CODES)
    saving.undo_latest("ADMIN")
    assert "WP" in values(*CODES)


def test_c20_the_retired_box_does_the_same(qtbot, dialog, grid):
    assert grid.model().setData(grid.model().index(1, RETIRED), CHECKED, ROLE.CheckStateRole)
    assert "N" not in offered(*CODES)
    assert grid.model().index(1, RETIRED).data(ROLE.AccessibleTextRole) == "Yes"
    qtbot.keyClicks(part(dialog, "lookups.new_value", QLineEdit), "N")
    click(qtbot, dialog, "lookups.add")
    assert "bring it back" in words(dialog)


def test_everything_in_it_has_a_name(dialog):
    from PySide6.QtWidgets import QAbstractButton, QAbstractItemView

    for kind in (QAbstractButton, QAbstractItemView, QLineEdit):
        for widget in dialog.findChildren(kind):
            if widget.focusPolicy() != Qt.FocusPolicy.NoFocus and isinstance(widget, QWidget):
                assert widget.objectName().startswith("lookups."), widget
                assert widget.accessibleName(), widget.objectName()
