"""The filter line of every list: typed tests, errors under the word, completion (C14)."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QTableView

from channergy_crm.services import leads
from ui.application import open_office


@pytest.fixture
def window(office, qtbot):
    for name, status in (("Acme", "Reached"), ("Blue River", "Not Reached"), ("Acme West", "Not Reached")):
        leads.create({"description": f"About {name}", "company": name, "call_status": status}, "ADMIN")
    window = open_office(office.url, "ADMIN")
    qtbot.addWidget(window)
    window.show()
    window.tabs.setCurrentIndex(1)
    yield window
    window.close()


def rows(window):
    return window.findChild(QTableView, "leads.grid").model().rowCount()


def test_a_typed_test_filters_the_list(window, qtbot):
    line = window.findChild(QLineEdit, "leads.search")
    QTest.keyClicks(line, "company:acme -status:reached")
    qtbot.waitUntil(lambda: rows(window) == 1)
    assert not window.findChild(QLabel, "leads.search_said").isVisible()


def test_a_wrong_field_is_pointed_at_and_the_list_stays(window, qtbot):
    line = window.findChild(QLineEdit, "leads.search")
    qtbot.waitUntil(lambda: rows(window) == 3)
    QTest.keyClicks(line, "acme colour:red")
    said = window.findChild(QLabel, "leads.search_said")
    qtbot.waitUntil(said.isVisible)
    assert "<u>colour:red</u>" in said.text()
    assert "no field" in line.accessibleDescription()
    assert line.text() == "acme colour:red"
    line.clear()
    qtbot.waitUntil(lambda: rows(window) == 3 and not said.isVisible())


def test_a_field_and_its_values_are_offered_while_typing(window, qtbot):
    line = window.findChild(QLineEdit, "leads.search")
    line.setFocus()
    QTest.keyClicks(line, "callst")
    popup = line.completer().popup()
    qtbot.waitUntil(popup.isVisible)
    QTest.keyClick(popup, Qt.Key.Key_Down)
    QTest.keyClick(popup, Qt.Key.Key_Return)
    assert line.text() == "callstatus:"
    QTest.keyClicks(line, "rea")
    qtbot.waitUntil(popup.isVisible)
    QTest.keyClick(popup, Qt.Key.Key_Down)
    QTest.keyClick(popup, Qt.Key.Key_Return)
    assert line.text() == "callstatus:Reached"
    qtbot.waitUntil(lambda: rows(window) == 1)
    assert QApplication.activePopupWidget() is None
