"""Marked rows of a list: a field is set on all of them, previewed, in one undoable step (BX-14, VT-156)."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QPushButton, QTableView

from channergy_crm.records import Lead
from channergy_crm.services import leads
from ui.application import open_office


@pytest.fixture
def window(office, qtbot):
    for number in range(30):
        leads.create({"description": f"Lead {number}"}, "ADMIN")
    window = open_office(office.url, "ADMIN")
    qtbot.addWidget(window)
    window.resize(1280, 1024)
    window.show()
    window.tabs.setCurrentIndex(1)
    qtbot.waitUntil(lambda: grid(window).model().rowCount() == 30)
    yield window
    window.close()


def grid(window):
    return window.findChild(QTableView, "leads.grid")


def answer(seen, value="Reached"):
    """What hands do in the dialog: choose the field and the value, read what it will do, press Set."""
    dialog = QApplication.activeModalWidget()
    field = dialog.findChild(QComboBox, "set_field.field")
    seen["enabled_before"] = dialog.findChild(QPushButton, "set_field.set").isEnabled()
    field.setCurrentText("Call Status")
    dialog.findChild(QComboBox, "set_field.value").setCurrentText(value)
    seen["said"] = dialog.findChild(QLabel, "set_field.said").text()
    dialog.findChild(QPushButton, "set_field.set").click()


def test_bx14_a_field_of_all_marked_leads_is_set_and_undone(window, qtbot):
    grid(window).selectAll()
    seen = {}
    QTimer.singleShot(0, lambda: answer(seen))
    grid(window).setFocus()
    window.findChild(type(grid(window)), "leads.grid")
    action = next(action for action in window._pages[1].table.actions() if action.objectName() == "leads.set_field")
    action.trigger()
    assert seen["enabled_before"] is False
    assert seen["said"] == "Call Status of 30 leads becomes “Reached”."
    qtbot.waitUntil(lambda: Lead.select().where(Lead.call_status == "Reached").count() == 30)
    undo = window.findChild(QPushButton, "notices.undo")
    qtbot.waitUntil(undo.isVisible)
    undo.click()
    qtbot.waitUntil(lambda: Lead.select().where(Lead.call_status == "Reached").count() == 0)


def test_ch41_del_removes_all_marked_leads_with_undo(window, qtbot):
    model, select = grid(window).model(), grid(window).selectionModel()
    for row in (3, 4, 5, 9):
        select.select(
            model.index(row, 0), QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
        )
    select.select(
        model.index(0, 0), QItemSelectionModel.SelectionFlag.Deselect | QItemSelectionModel.SelectionFlag.Rows
    )
    QTest.keyClick(grid(window), Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: Lead.select().where(Lead.removed).count() == 4)
    qtbot.waitUntil(lambda: model.rowCount() == 26)
    window.findChild(QPushButton, "notices.undo").click()
    qtbot.waitUntil(lambda: model.rowCount() == 30)


def test_bx14_without_marked_rows_it_says_how_to_mark(window, qtbot):
    grid(window).clearSelection()
    action = next(action for action in window._pages[1].table.actions() if action.objectName() == "leads.set_field")
    action.trigger()
    assert "Mark the rows first" in window.findChild(QLabel, "notices.text").text()
