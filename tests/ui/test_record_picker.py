"""A link to any record is chosen by typing any part of its name or its number, in forms and in cells."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QListWidget, QToolButton, QWidget

from channergy_crm import work
from channergy_crm.fields import Link, Owner, RecordNumber, Text
from channergy_crm.records import Account, Lead, Opportunity
from channergy_crm.records.operators import Operator
from channergy_crm.services import linking
from channergy_crm.transfer.importing.plan import Plan
from channergy_crm.transfer.reading import tables
from channergy_crm.work.record import Record
from tests import another, made
from tests.ui.gestures import shown
from tests.ui.hands import opened
from ui.editors.choices import ChoiceEditor
from ui.editors.for_kind import editor_for
from ui.editors.record_picker import RecordPicker
from ui.forms.form import Form
from ui.forms.record_panel import RecordPanel
from ui.lists.set_field_dialog import SetFieldDialog
from ui.pages.record_page import RecordPage
from ui.screen import Screen, Section
from ui.transfer.wizard.fields import ChoiceDelegate, Defaults
from ui.transfer.wizard.setup import Setup, Sheet

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ui.shell.window import MainWindow

pytestmark = pytest.mark.engines("sqlite")  # what is asked of a store here is asked of each in tests/domain

KEY = Qt.Key


class Visit(Record):
    """A record with a link, of these tests only; it is never stored."""

    number = RecordNumber("Visit #", column_name="VisitNo")
    account = Link(Account, "Account", column_name="AccountNo", required=True)
    subject = Text("Subject", column_name="Subject")
    owner = Owner(Operator, "Owner", column_name="OwnerID")

    singular = "Visit"
    plural = "Visits"

    class Meta:
        table_name = "VisitsOfATest"


VISITS = Screen(Visit, "visits", columns=["subject"], sections=[Section("Visit", ["subject", "account", "owner"])])


@pytest.fixture
def window(qtbot: Any, database_url: str) -> Iterator[MainWindow]:
    """The real window of an office with four accounts, the last of them somebody else's."""
    with opened(qtbot, database_url) as hands:
        for name in ("Acme Books", "Birch & Söhne", "Acme Tools"):
            made.account(name)
        made.colleague()
        made.account("Acme Abroad", "BEN")
        yield hands.window


@pytest.fixture
def panel(qtbot: Any, window: MainWindow) -> Iterator[RecordPanel]:
    """A form with a link to an account, on the screen, a new visit in it."""
    panel = RecordPanel(
        VISITS, window.session, save=lambda record, by: record, start=lambda: Visit(owner="ADMIN"), parent=window
    )
    panel.setGeometry(0, 0, 900, 500)
    panel.show()
    panel.raise_()
    panel.new()
    yield panel
    panel.show_record(None)


def picker_of(panel: RecordPanel) -> RecordPicker:
    """The editor of the link, with the cursor in it."""
    picker = panel.form.rows["account"].editor
    assert isinstance(picker, RecordPicker)
    picker.setFocus()
    return picker


def found(qtbot: Any, picker: RecordPicker) -> list[str]:
    """What the list under it offers, as soon as it is open."""
    qtbot.waitUntil(lambda: picker.is_choosing)
    held = picker.findChild(QListWidget, "visits.account.found")
    assert held is not None
    return [held.item(row).text().split("   ")[0] for row in range(held.count())]


def at_work() -> str:
    """Who chooses."""
    return "ADMIN"


def number(name: str) -> int:
    """The number of an account."""
    return int(Account.get(Account.name == name).number)


def test_the_parts_have_their_names(panel: RecordPanel) -> None:
    picker = picker_of(panel)
    names = {part.objectName() for part in picker.findChildren(QToolButton)}
    assert picker.objectName() == "visits.account"
    assert names == {"visits.account.open", "visits.account.create", "visits.account.clear"}


def test_links_to_operators_keep_their_drop_down(qapp: Any, window: MainWindow) -> None:
    assert not isinstance(editor_for(Visit.kind("owner"), window, by=at_work), RecordPicker)


def test_nothing_typed_offers_the_latest_ones_own_first(qtbot: Any, panel: RecordPanel) -> None:
    picker = picker_of(panel)
    QTest.keyClick(picker, KEY.Key_Down)
    assert found(qtbot, picker) == ["Acme Tools", "Birch & Söhne", "Acme Books", "Acme Abroad"]


@pytest.mark.parametrize("typed", ["sohne", "birch", "rch soh", "BIR"])
def test_any_part_of_the_name_finds_it(qtbot: Any, panel: RecordPanel, typed: str) -> None:
    picker = picker_of(panel)
    QTest.keyClicks(picker, typed)
    assert found(qtbot, picker) == ["Birch & Söhne"]
    QTest.keyClick(picker, KEY.Key_Return)
    assert picker.value() == number("Birch & Söhne") and picker.text() == "Birch & Söhne"
    assert not picker.is_choosing and picker.text_problem() is None
    assert panel.form.changes()["account"] == number("Birch & Söhne")


def test_it_is_found_by_its_number(qtbot: Any, panel: RecordPanel) -> None:
    picker = picker_of(panel)
    QTest.keyClicks(picker, str(number("Acme Tools")))
    assert picker.value() == number("Acme Tools")
    QTest.keyClick(picker, KEY.Key_Tab)
    assert picker.text() == "Acme Tools"


def test_down_and_up_move_in_the_list_and_enter_takes(qtbot: Any, panel: RecordPanel) -> None:
    picker = picker_of(panel)
    QTest.keyClicks(picker, "acme")
    assert found(qtbot, picker) == ["Acme Tools", "Acme Books", "Acme Abroad"]
    QTest.keyClick(picker, KEY.Key_Down)
    QTest.keyClick(picker, KEY.Key_Down)
    QTest.keyClick(picker, KEY.Key_Up)
    QTest.keyClick(picker, KEY.Key_Return)
    assert picker.value() == number("Acme Books")


def test_esc_closes_the_list_and_leaves_what_was_typed(qtbot: Any, panel: RecordPanel) -> None:
    picker = picker_of(panel)
    QTest.keyClicks(picker, "acme")
    found(qtbot, picker)
    QTest.keyClick(picker, KEY.Key_Escape)
    assert not picker.is_choosing and picker.text() == "acme"
    assert panel.record is not None and panel.is_edited


def test_wrong_text_is_said_under_the_field_and_stays(qtbot: Any, panel: RecordPanel) -> None:
    picker = picker_of(panel)
    QTest.keyClicks(picker, "Zzyzx")
    panel.form.check("account")
    assert panel.form.rows["account"].sentence == "No account is called “Zzyzx”; choose one in the list."
    assert picker.text() == "Zzyzx" and not panel.save_changes()


def test_it_is_emptied_by_its_button_and_then_required(panel: RecordPanel) -> None:
    picker = picker_of(panel)
    picker.set_value(number("Acme Books"))
    button = picker.findChild(QToolButton, "visits.account.clear")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert picker.value() is None and picker.text() == ""
    panel.form.check("account")
    assert panel.form.rows["account"].sentence == "Account is required."


def test_open_goes_to_the_record(qtbot: Any, window: MainWindow, panel: RecordPanel) -> None:
    picker = picker_of(panel)
    picker.set_value(number("Acme Books"))
    with qtbot.waitSignal(window.session.going) as asked:
        QTest.mouseClick(picker.findChild(QToolButton, "visits.account.open"), Qt.MouseButton.LeftButton)
    assert asked.args == ["account", number("Acme Books")]
    panel.show_record(None)


def test_create_asks_for_a_new_one_with_what_was_typed(qtbot: Any, panel: RecordPanel) -> None:
    picker = picker_of(panel)
    QTest.keyClicks(picker, "Cedar")
    with qtbot.waitSignal(panel.link_wanted) as asked:
        QTest.mouseClick(picker.findChild(QToolButton, "visits.account.create"), Qt.MouseButton.LeftButton)
    assert asked.args == ["account", Account, "Cedar"]


def test_a_new_one_is_made_in_its_dialog(qtbot: Any, window: MainWindow) -> None:
    from ui.forms.new_record_dialog import NewRecordDialog

    dialog = shown(qtbot, NewRecordDialog(Account, "Cedar", window.session, window))
    assert dialog.findChild(QWidget, "new_record.name") is not None
    dialog.accept()
    assert Account.find(dialog.key).name == "Cedar" and Account.find(dialog.key).owner == "ADMIN"


def test_giving_the_dialog_up_makes_nothing(qtbot: Any, window: MainWindow) -> None:
    from ui.forms.new_record_dialog import NewRecordDialog

    dialog = shown(qtbot, NewRecordDialog(Account, "Cedar", window.session, window))
    dialog.reject()
    assert Account.get_or_none(Account.name == "Cedar") is None


def test_only_to_be_read_it_can_still_be_opened(panel: RecordPanel) -> None:
    picker = picker_of(panel)
    picker.set_value(number("Acme Books"))
    picker.set_read_only(True)
    QTest.keyClick(picker, KEY.Key_Down)
    assert not picker.is_choosing
    assert picker.findChild(QToolButton, "visits.account.open").isEnabled()
    assert not picker.findChild(QToolButton, "visits.account.clear").isEnabled()


def test_in_a_cell_it_has_no_buttons(window: MainWindow) -> None:
    cell = editor_for(Visit.kind("account"), window, by=at_work, in_grid=True)
    assert isinstance(cell, RecordPicker) and cell.findChildren(QToolButton) == []


def test_who_may_not_see_is_refused(window: MainWindow) -> None:
    with pytest.raises(Exception, match="no operator NOBODY"):
        linking.candidates(Account, "acme", "NOBODY")


def test_leads_are_found_by_words_in_any_order_and_removed_ones_of_others_are_not(window: MainWindow) -> None:
    from channergy_crm.services import leads

    own = leads.create({"description": "A", "first_name": "Ann", "last_name": "Lee", "phone": "504-621-8927"}, "ADMIN")
    gone = leads.create({"description": "B", "first_name": "Ann", "last_name": "Leeds"}, "BEN")
    leads.remove(gone.number, "BEN")
    assert [held.key for held in linking.candidates(Lead, "lee ann", "ADMIN")] == [own.number]
    assert [held.key for held in linking.candidates(Lead, "l", "ADMIN")] == [own.number]
    assert linking.caption(Lead, own.number, "ADMIN") == "Ann Lee"


def test_a_form_shows_what_a_link_points_at(window: MainWindow) -> None:
    form = Form("visits", Visit, VISITS.sections, window.session.station, window, by=at_work)
    form.by = lambda: "ADMIN"
    form.load(Visit(account=number("Acme Tools"), owner="ADMIN"))
    assert form.rows["account"].editor.text() == "Acme Tools"
    assert not form.is_edited


@pytest.fixture
def page(qtbot: Any, window: MainWindow) -> Iterator[RecordPage]:
    """A whole page over visits, in a table of their own; one visit to Acme Books."""
    window.session.office.database.create_tables([Visit])
    with work.unit("Make a visit", by="ADMIN"):
        Visit.create(subject="Show it", account=number("Acme Books"), owner="ADMIN")
    page = RecordPage(VISITS, window.session, window)
    page.setGeometry(0, 0, 1200, 700)
    page.show()
    page.raise_()
    page.activate()
    qtbot.waitUntil(lambda: page.panel.record is not None)
    yield page
    page.panel.show_record(None)


def test_a_cell_is_filled_by_typing_part_of_a_name(qtbot: Any, page: RecordPage) -> None:
    page.table.show_columns(["subject", "account"])
    page.table.go_to_row(0)
    index = page.table.model.index(0, 1)
    page.table.grid.setCurrentIndex(index)
    action = next(action for action in page.table.actions() if action.objectName() == "visits.edit_cell")
    action.trigger()
    cell = page.table.grid.findChild(RecordPicker, "cell.account")
    assert cell is not None and cell.text() == "Acme Books"
    QTest.keyClicks(cell, "birch")
    qtbot.waitUntil(lambda: cell.is_choosing)
    QTest.keyClick(cell, KEY.Key_Return)
    assert cell.text() == "Birch & Söhne", "Enter took from the list and left the cell open"
    QTest.keyClick(cell, KEY.Key_Return)
    qtbot.waitUntil(lambda: Visit.get().account == number("Birch & Söhne"))


def test_wrong_text_keeps_the_cell_open(qtbot: Any, page: RecordPage) -> None:
    page.table.show_columns(["subject", "account"])
    page.table.go_to_row(0)
    page.table.grid.setCurrentIndex(page.table.model.index(0, 1))
    next(action for action in page.table.actions() if action.objectName() == "visits.edit_cell").trigger()
    cell = page.table.grid.findChild(RecordPicker, "cell.account")
    assert cell is not None
    QTest.keyClicks(cell, "zzyzx")
    with qtbot.waitSignal(page.table.refused) as refused:
        QTest.keyClick(cell, KEY.Key_Return)
    assert refused.args == ["Account: No account is called “zzyzx”; choose one in the list."]
    QTest.keyClick(cell, KEY.Key_Escape)
    assert Visit.get().account == number("Acme Books")


def test_a_field_of_many_is_set_to_a_record_found_by_typing(qtbot: Any, window: MainWindow) -> None:
    dialog = shown(qtbot, SetFieldDialog(Visit, [1, 2], window, window.session.station, by="ADMIN"))
    field = dialog.findChild(ChoiceEditor, "set_field.field")
    assert field is not None
    field.setCurrentIndex(field.findData("account"))
    value = dialog.findChild(RecordPicker, "set_field.value")
    assert value is not None
    QTest.keyClicks(value, "birch")
    qtbot.waitUntil(lambda: value.is_choosing)
    QTest.keyClick(value, KEY.Key_Return)
    said = dialog.findChild(QLabel, "set_field.said")
    assert dialog.isVisible() and dialog.chosen() == ("account", number("Birch & Söhne"))
    assert said is not None and said.text() == "Account of 2 visits becomes “Birch & Söhne”."
    dialog.reject()


def test_a_default_of_an_import_is_found_by_typing(qtbot: Any, window: MainWindow, tmp_path: Path) -> None:
    file = tmp_path / "deals.csv"
    file.write_text("Name\nLicences\n", "utf-8")
    setup = Setup(Opportunity, "ADMIN", file)
    setup.plan = Plan(Opportunity, tables.open_table(file), {0: "name"})
    sheet = Sheet("import.defaults", "Fields", window)
    sheet.setItemDelegate(ChoiceDelegate("import.defaults", sheet))
    model = Defaults(sheet)
    model.show(setup)
    sheet.setModel(model)
    sheet.setGeometry(0, 0, 800, 400)
    sheet.show()
    sheet.raise_()
    place = model.index(model.names.index("account"), 1)
    sheet.setCurrentIndex(place)
    sheet.edit(place)
    cell = sheet.findChild(RecordPicker, "import.defaults.editor")
    assert cell is not None
    QTest.keyClicks(cell, "birch")
    qtbot.waitUntil(lambda: cell.is_choosing)
    QTest.keyClick(cell, KEY.Key_Return)
    QTest.keyClick(cell, KEY.Key_Return)
    qtbot.waitUntil(lambda: setup.ready.defaults == {"account": str(number("Birch & Söhne"))})
    assert model.index(place.row(), 1).data() == "Birch & Söhne"
    sheet.hide()


def renames(number: int, name: str) -> str:
    """How another window says that an account is called otherwise."""
    return f"(lambda a: (setattr(a, 'name', '{name}'), saving.save(a, 'ADMIN')))(Account.find({number}))"


def test_f8_a_list_of_records_and_the_record_that_is_chosen_follow_other_windows(
    qtbot: Any, panel: RecordPanel, database_url: str, tmp_path: Path
) -> None:
    picker = picker_of(panel)
    QTest.keyClicks(picker, "acme")
    assert found(qtbot, picker) == ["Acme Tools", "Acme Books", "Acme Abroad"]
    QTest.keyClick(picker, KEY.Key_Down)
    with another.window(database_url, tmp_path / "there") as there:
        there.does(renames(number("Acme Tools"), "Tools of Birch"))
        qtbot.waitUntil(lambda: found(qtbot, picker) == ["Acme Books", "Acme Abroad"])
        assert picker.text() == "acme"
        QTest.keyClick(picker, KEY.Key_Return)
        assert picker.text() == "Acme Books" and panel.is_edited
        there.does(renames(number("Acme Books"), "Acme Paper"))
        qtbot.waitUntil(lambda: picker.text() == "Acme Paper")
        assert picker.value() == number("Acme Paper") and not picker.is_choosing
