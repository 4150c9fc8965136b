"""An administrator makes records fit the office; whoever is at work has the fields at once (VT-91, CH-114)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QListWidget, QTableView, QToolButton

from channergy_crm.records import Lead, Opportunity, Task
from channergy_crm.records.custom_fields import CustomField
from channergy_crm.services import custom_fields, leads, lookups, saving
from channergy_crm.settings import Station
from channergy_crm.store import database
from tests.made import task
from tests.ui.cells import column, type_into
from tests.ui.gestures import alone, click, focused, part, words
from tests.ui.hands import ALT, KEY, Hands
from ui.editors.multi_choice import SeveralEditor
from ui.lists.columns import Columns
from ui.setup.fields_dialog import FieldsDialog
from ui.setup.fields_of_record import ABOUT
from ui.shell.window_commands import refresh
from ui.widgets.editable_grid import CellGrid

LABEL, KIND, HINT, OFF_FORM, RETIRED = range(5)


def own_labels(record: Any) -> list[str]:
    return [kind.label for kind in record.own_fields()]


# ---------------------------------------------------------------- the list of fields


@pytest.fixture
def dialog(qtbot: Any, office: Any, operator: str) -> FieldsDialog:
    shown_one: FieldsDialog = alone(qtbot, FieldsDialog(Station(), operator, None, Lead, office=office))
    return shown_one


@pytest.fixture
def grid(dialog: FieldsDialog) -> CellGrid:
    found: CellGrid = part(dialog, "fields.grid", CellGrid)
    return found


def add(qtbot: Any, dialog: FieldsDialog, label: str, kind: str, hint: str = "") -> None:
    """As a hand does: the name, Tab, the kind with the arrow keys, Tab, the hint, Enter."""
    line = part(dialog, "fields.new_label", QLineEdit)
    line.setFocus()
    line.selectAll()
    qtbot.keyClicks(line, label)
    box = part(dialog, "fields.new_kind", QComboBox)
    while box.currentText() != kind:
        qtbot.keyClick(box, KEY.Key_Down if box.findText(kind) > box.currentIndex() else KEY.Key_Up)
    hint_line = part(dialog, "fields.new_hint", QLineEdit)
    qtbot.keyClicks(hint_line, hint)
    qtbot.keyClick(hint_line, KEY.Key_Return)


def test_vt91_fields_are_added_ordered_and_retired_by_keyboard(qtbot: Any, dialog: Any, grid: Any) -> None:
    add(qtbot, dialog, "Visits", "Number", "a year")
    add(qtbot, dialog, "Interests", "Multi-lookup")
    assert column(grid, LABEL)[:3] == ["Visits", "Interests", "Lead #"] and focused(dialog) == "fields.new_label"
    assert column(grid, KIND)[:2] == ["Number", "Multi-lookup"] and "“Interests” of leads is there now" in words(dialog)
    assert ABOUT in words(dialog)
    qtbot.keyClick(grid, KEY.Key_Up, ALT)
    assert column(grid, LABEL)[:2] == ["Interests", "Visits"] == own_labels(Lead)
    assert Lead.kind("custom_visits").hint == "a year"
    model = grid.model()
    assert model.setData(model.index(1, RETIRED), Qt.CheckState.Checked, Qt.ItemDataRole.CheckStateRole)
    assert own_labels(Lead) == ["Interests"] and column(grid, LABEL)[1] == "Visits"
    grid.setCurrentIndex(model.index(0, LABEL))
    qtbot.keyClick(grid, KEY.Key_Delete)
    assert "“Interests” of leads is deleted." in words(dialog) and own_labels(Lead) == []
    saving.undo_latest("ADMIN")
    assert own_labels(Lead) == ["Interests"]


def test_what_cannot_be_is_said_under_the_grid_and_stays_to_be_mended(qtbot: Any, dialog: Any, grid: Any) -> None:
    """VT-91: a second field of the same name, one that is needed, another kind over values."""
    add(qtbot, dialog, "Phone", "Text")
    assert "Leads have a field Phone already. Choose another name." in words(dialog)
    assert part(dialog, "fields.new_label", QLineEdit).text() == "Phone"
    add(qtbot, dialog, "Region", "Text")
    type_into(qtbot, grid, 0, LABEL, "Fax")
    assert "Leads have a field Fax already" in words(dialog) and column(grid, LABEL)[0] == "Fax"
    type_into(qtbot, grid, 0, LABEL, "District")
    assert own_labels(Lead) == ["District"]
    lead = leads.start("ADMIN")
    lead.description = lead.custom_region = "x"  # type: ignore[attr-defined]
    leads.save(lead, "ADMIN")
    change_kind(qtbot, grid, 0, "Date")
    assert "1 lead holds a value in District" in words(dialog) and column(grid, KIND)[0] == "Text"
    description = column(grid, LABEL).index("Description")
    for box in (OFF_FORM, RETIRED):
        assert not grid.model().flags(grid.model().index(description, box)) & Qt.ItemFlag.ItemIsUserCheckable


def change_kind(qtbot: Any, grid: CellGrid, row: int, kind: str) -> None:
    """F2 on the kind, another one with the arrow keys, Enter."""
    grid.setFocus()
    grid.setCurrentIndex(grid.model().index(row, KIND))
    qtbot.keyClick(grid, KEY.Key_F2)
    box = part(grid, "fields.grid.kind", QComboBox)
    while box.currentText() != kind:
        qtbot.keyClick(box, KEY.Key_Down)
    qtbot.keyClick(box, KEY.Key_Return)
    QApplication.processEvents()


def test_ch114_the_spare_fields_of_an_opportunity_are_called_as_the_office_likes(qtbot: Any, dialog: Any) -> None:
    records, grid = part(dialog, "fields.records", QListWidget), part(dialog, "fields.grid", CellGrid)
    records.setCurrentRow(custom_fields.records().index(Opportunity))
    type_into(qtbot, grid, column(grid, LABEL).index("Custom 1"), LABEL, "Seats")
    assert Opportunity.kind("custom_1").label == "Seats"
    add(qtbot, dialog, "Version", "Text")
    change_kind(qtbot, grid, 0, "Percent")
    assert column(grid, KIND)[0] == "Percent" and Opportunity.own_fields()[0].numeric
    saving.undo_latest("ADMIN")
    assert not Opportunity.own_fields()[0].numeric
    click(qtbot, dialog, "fields.close")


# ---------------------------------------------------------------- at work


@pytest.fixture
def lead(hands: Hands) -> int:
    """A lead of ADMIN, open in the Leads tab."""
    made = leads.start("ADMIN")
    made.description = "Acme"
    leads.save(made, "ADMIN")
    hands.go("leads")
    hands.reads("leads", "description", ["Acme"])
    hands.bot.waitUntil(lambda: hands.part("leads.description").value() == "Acme")
    return int(made.number)


def new(label: str, kind_name: str, **more: Any) -> str:
    return custom_fields.add(Lead, label, kind_name, "ADMIN", **more).kind.name


def seen(hands: Hands, field: str) -> bool:
    """Whether a field and its label have a place in the form."""
    found = hands.window.findChildren(object, field)
    return bool(found) and found[0].isVisibleTo(hands.window)


def test_a_field_is_there_at_once_and_what_was_typed_stays(hands: Hands, lead: int) -> None:
    """VT-91: form, columns, saving; undo takes value and field back, redo brings the field with its values."""
    hands.fill("leads.company", "Typed before")
    visits = new("Visits", "number", hint="a year")
    when = new("Since", "date")
    assert hands.part("leads.company").value() == "Typed before"
    heading = hands.part("leads.section_more_fields", QToolButton)
    assert heading.isVisible() and seen(hands, f"leads.{visits}")
    hands.part(f"leads.{visits}").setFocus()
    hands.fill(f"leads.{visits}", "12")
    described = custom_fields.find(Lead, Lead.kind(visits).column_name, "ADMIN")
    described.hint = "a month"
    custom_fields.save(described, "ADMIN")
    assert hands.part(f"leads.{visits}").text() == "12 a month"
    focus, editor = QApplication.focusWidget(), hands.part(f"leads.{when}")
    assert focus is editor or editor.isAncestorOf(focus)
    hands.fill(f"leads.{when}", "2026-11-23")
    hands.press(KEY.Key_S, Qt.KeyboardModifier.ControlModifier)
    held = hands.stored(Lead, lead)
    assert (held[visits], held[when], held["company"]) == (12, date(2026, 11, 23), "Typed before")
    table: Any = hands.part("leads.list")
    table.show_columns(["description", visits])
    hands.reads("leads", visits, ["12"])
    hands.window.session.undo()
    hands.bot.waitUntil(lambda: not hands.part("leads.company").value())
    for _ in ("the hint", "since", "visits"):
        hands.window.session.undo()
    QApplication.processEvents()
    assert not seen(hands, f"leads.{visits}") and not heading.isVisible()
    assert visits not in table.model.columns and table.model.columns == ["description"]


def test_several_values_are_checked_by_keyboard(hands: Hands, lead: int) -> None:
    """VT-91: Down opens, Space checks, Enter is done; a new value comes straight from the list."""
    interests = new("Interests", "multi_lookup")
    for value in ("Books", "Garden", "Toys"):
        lookups.add("CRMLeads", Lead.kind(interests).column_name, value, "ADMIN")
    box = hands.part(f"leads.{interests}", SeveralEditor)
    hands.bot.waitUntil(lambda: box.count() == 4)
    box.setFocus()
    hands.press(KEY.Key_Down)
    for key in (KEY.Key_Down, KEY.Key_Space, KEY.Key_Down, KEY.Key_Space, KEY.Key_Up, KEY.Key_Up, KEY.Key_Space,
                KEY.Key_Down, KEY.Key_Space, KEY.Key_Return):  # fmt: skip
        hands.bot.keyClick(box.view(), key)
    assert box.value() == "Toys |##| Books" and box.currentText() == "Toys, Books" and not box.view().isVisible()
    with hands.answering(text="Kitchen"):
        box.add_requested.emit("")
    assert box.currentText() == "Toys, Books, Kitchen"
    hands.press(KEY.Key_S, Qt.KeyboardModifier.ControlModifier)
    hands.bot.waitUntil(lambda: hands.stored(Lead, lead)[interests] == "Toys |##| Books |##| Kitchen")
    table: Any = hands.part("leads.list")
    table.show_columns(["description", interests])
    hands.reads("leads", interests, ["Toys, Books, Kitchen"])


def test_vt91_built_in_fields_leave_the_form_and_the_columns_and_come_back(hands: Hands, lead: int) -> None:
    """Nobody has to look at what the office does not use; what hangs on it goes on working."""
    phone, code = custom_fields.find(Lead, "Phone", "ADMIN"), custom_fields.find(Lead, "CallCode", "ADMIN")
    phone.label, phone.off_form, code.retired = "Telephone", True, True
    custom_fields.save(phone, "ADMIN")
    custom_fields.save(code, "ADMIN")
    assert not seen(hands, "leads.phone") and not seen(hands, "leads.call_code") and seen(hands, "leads.call_status")
    table: Any = hands.part("leads.list")
    assert "call_code" not in table.model.columns and "phone" in table.model.columns
    header = hands.part("leads.grid", QTableView).model()
    assert header.headerData(table.model.columns.index("phone"), Qt.Orientation.Horizontal) == "Telephone"
    assert "call_code" not in dict(table.columns.offered(table.model.columns))
    hands.fill("leads.company", "Bell")
    hands.press(KEY.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert hands.stored(Lead, lead)["company"] == "Bell"
    hands.window.session.undo()
    hands.window.session.undo()
    hands.window.session.undo()
    assert seen(hands, "leads.phone") and seen(hands, "leads.call_code")
    labels = [label.text() for label in hands.window.findChildren(QLabel) if label.isVisible()]
    assert "Telephone" not in labels


def test_a_retired_column_somebody_chose_stays_and_can_be_read(hands: Hands, lead: int) -> None:
    """VT-91."""
    region = new("Region", "text")
    table: Any = hands.part("leads.list")
    table.show_columns(["description", region])
    described = custom_fields.find(Lead, Lead.kind(region).column_name, "ADMIN")
    described.retired = True
    custom_fields.save(described, "ADMIN")
    assert table.model.columns == ["description", region] and not seen(hands, f"leads.{region}")
    other = Columns("elsewhere", Lead, Station(), ["description"])
    assert region not in dict(other.offered([])) and region in dict(other.offered([region]))


def test_another_workstations_field_is_taken_on_with_f5_and_when_saving(hands: Hands, lead: int) -> None:
    """VT-91: it may be there before F5 (F-8); the open window goes on working, and nothing that is typed is lost."""
    with database.writing(), database.proxy.atomic():  # what another workstation did
        database.add_column("CRMLeads", "CustomRegion", "TEXT DEFAULT ''")
        CustomField.insert(table="CRMLeads", column="CustomRegion", label="Region", kind_name="text", place=1).execute()
    hands.fill("leads.company", "Typed")
    refresh(hands.window)
    assert seen(hands, "leads.custom_region") and hands.part("leads.company").value() == "Typed"
    hands.fill("leads.custom_region", "North")
    hands.press(KEY.Key_S, Qt.KeyboardModifier.ControlModifier)
    held = hands.stored(Lead, lead)
    assert (held["company"], held["custom_region"]) == ("Typed", "North")


def test_vt60_several_values_are_checked_in_a_cell_of_a_grid(hands: Hands) -> None:
    """VT-60: F2 opens the cell, Down the list; Enter twice keeps it."""
    field = custom_fields.add(Task, "Needs", "multi_lookup", "ADMIN")
    for value in ("Car", "Samples"):
        lookups.add("CustServ", field.column, value, "ADMIN")
    made = task(None, "Visit", closed=False)
    hands.go("tasks")
    table: Any = hands.part("tasks.list")
    table.show_columns(["action", field.kind.name])
    hands.reads("tasks", "action", ["Visit"])
    hands.stand("tasks", 0, field.kind.name)
    hands.press(KEY.Key_F2)
    box = hands.part(f"cell.{field.kind.name}", SeveralEditor)
    hands.bot.keyClick(box, KEY.Key_Down)
    for key in (KEY.Key_Space, KEY.Key_Down, KEY.Key_Space, KEY.Key_Return):
        hands.bot.keyClick(box.view(), key)
    hands.press(KEY.Key_Return)
    hands.reads("tasks", field.kind.name, ["Car, Samples"])
    assert hands.stored(Task, made.number)[field.kind.name] == "Car |##| Samples"
