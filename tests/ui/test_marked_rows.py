"""Marked rows of a list: set, given away, listed, printed in one step (BX-14 but for mail merge, VT-156…VT-159)."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QPushButton

from channergy_crm.errors import Mistake
from channergy_crm.records import GatheredRow, Lead, Operator
from channergy_crm.services import bulk_changes as marked
from channergy_crm.services import leads, operators
from tests.ui.gestures import activate
from tests.ui.hands import opened

pytestmark = pytest.mark.engines("sqlite")  # what is asked of a store here is asked of each in tests/domain


@pytest.fixture
def hands(office, qtbot):
    for number in range(30):
        leads.create({"description": f"Lead {number}"}, "ADMIN")
    with opened(qtbot, office.url) as hands:
        hands.go("leads")
        qtbot.waitUntil(lambda: hands.rows("leads") == 30)
        hands.read_to_the_end("leads")
        yield hands


def action(hands, name):
    return next(one for one in hands.window._pages[1].table.actions() if one.objectName() == f"leads.{name}")


def choose(text, seen):
    """What hands do in a question with one answer: read it, give the answer, read what it will do, go on."""
    dialog = QApplication.activeModalWidget()
    name = dialog.objectName().split(".")[0]
    seen["first"] = dialog.findChild(QLabel, f"{name}.said").text()
    seen["enabled"] = dialog.findChild(QPushButton, f"{name}.do").isEnabled()
    dialog.findChild(QComboBox, f"{name}.value").setCurrentText(text)
    seen["said"] = dialog.findChild(QLabel, f"{name}.said").text()
    dialog.findChild(QPushButton, f"{name}.do").click()


def answer(seen, value="Reached"):
    """What hands do in the dialog: choose the field and the value, read what it will do, press Set."""
    dialog = QApplication.activeModalWidget()
    field = dialog.findChild(QComboBox, "set_field.field")
    seen["enabled_before"] = dialog.findChild(QPushButton, "set_field.set").isEnabled()
    field.setCurrentText("Call Status")
    dialog.findChild(QComboBox, "set_field.value").setCurrentText(value)
    seen["said"] = dialog.findChild(QLabel, "set_field.said").text()
    dialog.findChild(QPushButton, "set_field.set").click()


def read_and_press(button):
    """What hands do at a preview: read its sentence, press one of its buttons."""
    dialog = QApplication.activeModalWidget()
    name = dialog.objectName().split(".")[0]
    sentence = dialog.findChild(QLabel, f"{name}.said").text()
    dialog.findChild(QPushButton, f"{name}.{button}").click()
    return sentence


def test_bx14_vt158_the_status_of_all_marked_leads_is_set_and_undone(hands):
    hands.grid("leads").selectAll()
    seen = {}
    QTimer.singleShot(0, lambda: answer(seen))
    hands.grid("leads").setFocus()
    action(hands, "set_field").trigger()
    assert seen["enabled_before"] is False
    assert seen["said"] == "Call Status of 30 leads becomes “Reached”."
    hands.bot.waitUntil(lambda: Lead.select().where(Lead.call_status == "Reached").count() == 30)
    undo = hands.part("notices.undo", QPushButton)
    hands.bot.waitUntil(undo.isVisible)
    undo.click()
    hands.bot.waitUntil(lambda: Lead.select().where(Lead.call_status == "Reached").count() == 0)


def test_ch41_vt156_del_removes_all_marked_leads_with_undo_and_they_are_brought_back_together(hands):
    model, select = hands.grid("leads").model(), hands.grid("leads").selectionModel()
    said = []
    for row in (3, 4, 5, 9):
        select.select(
            model.index(row, 0), QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
        )
    select.select(
        model.index(0, 0), QItemSelectionModel.SelectionFlag.Deselect | QItemSelectionModel.SelectionFlag.Rows
    )
    QTimer.singleShot(0, lambda: read_and_press("cancel"))
    QTest.keyClick(hands.grid("leads"), Qt.Key.Key_Delete)
    assert not Lead.select().where(Lead.removed).exists()
    activate(hands.bot, hands.window)  # the key is heard where the keyboard is
    QTimer.singleShot(0, lambda: said.append(read_and_press("do")))
    QTest.keyClick(hands.grid("leads"), Qt.Key.Key_Delete)
    assert said == ["4 leads leave the list and stand under “Removed leads”. Undo brings them back."]
    hands.bot.waitUntil(lambda: Lead.select().where(Lead.removed).count() == 4)
    hands.bot.waitUntil(lambda: model.rowCount() == 26)
    hands.part("leads.show", QComboBox).setCurrentText("Removed leads")
    hands.bot.waitUntil(lambda: model.rowCount() == 4)
    hands.grid("leads").selectAll()
    QTimer.singleShot(0, lambda: said.append(read_and_press("do")))
    action(hands, "restore_marked").trigger()
    assert said[1] == "4 leads come back to the list of working leads."
    hands.bot.waitUntil(lambda: hands.part("notices.text", QLabel).text() == "4 leads are back.")
    assert not Lead.select().where(Lead.removed).exists()
    hands.part("notices.undo", QPushButton).click()
    hands.bot.waitUntil(lambda: Lead.select().where(Lead.removed).count() == 4)


def test_bx14_marked_rows_stay_marked_when_the_list_is_read_anew(hands):
    table = hands.window._pages[1].table
    hands.bot.waitUntil(lambda: not table.is_reading)
    hands.grid("leads").selectRow(2)
    table.grid.mark([7, 8, 20])
    marked = table.marked()
    with hands.bot.waitSignal(table.counted):
        leads.create({"description": "From the desk beside"}, "ADMIN")
    assert hands.rows("leads") == 31
    assert len(marked) == 4 and set(table.marked()) == set(marked)
    assert table.current() == marked[0], "and somebody still stands where they stood"


def test_bx14_who_goes_to_another_record_leaves_the_marked_rows(hands):
    table = hands.window._pages[1].table
    hands.bot.waitUntil(lambda: not table.is_reading)
    hands.grid("leads").selectRow(2)
    table.grid.mark([7, 8])
    made = leads.create({"description": "From the desk beside"}, "ADMIN")
    with hands.bot.waitSignal(table.counted):
        table.go_to(made.number)
    assert table.marked() == [made.number], "Del would take the others along"


def test_bx14_without_marked_rows_it_says_how_to_mark(hands):
    hands.grid("leads").clearSelection()
    action(hands, "set_field").trigger()
    assert "Mark the rows first" in hands.part("notices.text", QLabel).text()


def test_vt159_marked_leads_are_given_to_another_operator_and_undone(hands):
    operators.add("BEA", "Bea", "ADMIN")
    operators.save(Operator(id="OLD", name="Retired", active=False), "ADMIN")
    with pytest.raises(Mistake, match="no active operator OLD"):
        marked.reassign(Lead, [1], "OLD", "ADMIN")
    hands.grid("leads").selectAll()
    seen = {}
    QTimer.singleShot(0, lambda: choose("Bea (BEA)", seen))
    action(hands, "reassign").trigger()
    assert seen["said"] == "30 leads go to Bea (BEA) and leave your list." and not seen["enabled"]
    hands.bot.waitUntil(lambda: hands.rows("leads") == 0)
    assert Lead.select().where(Lead.owner == "BEA").count() == 30
    hands.part("notices.undo", QPushButton).click()
    hands.bot.waitUntil(lambda: hands.rows("leads") == 30)


def test_marked_leads_are_dealt_out_among_several_and_taken_back(hands):
    for id in ("BEA", "CY"):
        operators.add(id, id.title(), "ADMIN")
    hands.grid("leads").selectAll()
    seen = {}

    def share():
        dialog = QApplication.activeModalWidget()
        seen["enabled"] = dialog.findChild(QPushButton, "deal_out.do").isEnabled()
        for id, share in (("BEA", 2), ("CY", 1)):
            editor = dialog.findChild(QLineEdit, f"deal_out.{id}")
            editor.set_value(share)
            editor.changed.emit()
        seen["said"] = dialog.findChild(QLabel, "deal_out.plan").text()
        dialog.accept()

    QTimer.singleShot(0, share)
    action(hands, "deal_out").trigger()
    assert seen == {"enabled": False, "said": "BEA 20, CY 10"}
    hands.bot.waitUntil(lambda: hands.rows("leads") == 0)
    assert Lead.select().where(Lead.owner == "CY").count() == 10
    hands.part("notices.undo", QPushButton).click()
    hands.bot.waitUntil(lambda: hands.rows("leads") == 30)


def test_bx14_marked_leads_are_put_on_a_list_that_the_filter_finds(hands):
    hands.grid("leads").selectRow(2)
    key = hands.window._pages[1].table.current()
    seen = {}
    QTimer.singleShot(0, lambda: choose("Spring fair", seen))
    action(hands, "put_on_list").trigger()
    assert seen["said"].endswith('the filter list:"Spring fair" finds them. This list is begun.')
    hands.bot.waitUntil(lambda: GatheredRow.select().count() == 1)
    hands.part("leads.search", QLineEdit).setText('list:"spring fair"')
    hands.bot.waitUntil(lambda: hands.rows("leads") == 1)
    assert hands.grid("leads").model().key(0) == key
    on_its_thread = hands.window._pages[1].table.loader._pool.submit(hands.window.session.office.database.is_closed)
    assert on_its_thread.result(), "asking for the list by its name left a connection behind"
    hands.grid("leads").selectAll()
    QTimer.singleShot(0, lambda: choose("Spring fair", {}))
    action(hands, "take_off_list").trigger()
    hands.bot.waitUntil(lambda: hands.rows("leads") == 0 and not GatheredRow.select().exists())


def told(hands):
    """The notice, as far as something is said."""
    return hands.part("notices.text", QLabel).text()


def removed(hands, rows):
    """These leads are marked and removed with the button of the record."""
    hands.grid("leads").selectRow(rows[0])
    hands.grid("leads").mark(rows)
    QTimer.singleShot(0, lambda: read_and_press("do"))
    hands.click("leads.remove")
    hands.bot.waitUntil(lambda: hands.rows("leads") == 30 - len(rows) and "removed" in told(hands))
    activate(hands.bot, hands.window)


def test_f68_f6_the_remove_button_takes_all_that_are_marked_and_undo_marks_them_again(hands):
    removed(hands, range(3, 12))
    assert Lead.select().where(Lead.removed).count() == 9
    hands.part("notices.undo", QPushButton).click()
    hands.bot.waitUntil(lambda: hands.rows("leads") == 30 and hands.grid("leads").marked_count() == 9)
    hands.read_to_the_end("leads")
    assert hands.grid("leads").marked() == [range(3, 12)] and hands.grid("leads").currentIndex().row() in range(3, 12)


def test_f6_what_the_filter_hides_of_what_came_back_is_said(hands):
    removed(hands, range(3))
    undo = hands.part("notices.undo", QPushButton)
    hands.part("leads.search", QLineEdit).setText("zzz")
    hands.bot.waitUntil(lambda: hands.rows("leads") == 0)
    undo.click()
    hands.bot.waitUntil(lambda: told(hands).endswith("The filter hides 3 leads."))
    assert told(hands).startswith("Undone"), "what was said before still stands, with its Redo"


def test_f6_who_creates_under_a_filter_is_told_that_it_was_cleared(hands):
    hands.part("leads.search", QLineEdit).setText("zzz")
    hands.bot.waitUntil(lambda: hands.rows("leads") == 0)
    hands.press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    hands.fill("leads.description", "Quite new")
    hands.click("leads.save")
    hands.bot.waitUntil(lambda: hands.rows("leads") == 31)
    assert told(hands) == "Lead Quite new created. The filter was cleared to show it."
    assert hands.part("notices.undo", QPushButton).isVisible()


@pytest.mark.usefixtures("every_page")
def test_f68_a_read_only_list_changes_nothing_and_bringing_back_belongs_to_the_removed_leads(hands):
    offered = [one.objectName() for one in hands.window._pages[3].table.actions()]
    assert "contacts.export" in offered
    assert not {"contacts.merge", "contacts.find_duplicates", "contacts.set_field"} & {*offered}
    hands.part("leads.show", QComboBox).setCurrentText("Removed leads")
    assert action(hands, "restore_marked").isVisible()
    hands.press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    hands.fill("leads.description", "Quite new")
    hands.click("leads.save")
    hands.bot.waitUntil(lambda: hands.rows("leads") == 31)
    assert not action(hands, "restore_marked").isVisible()
