"""Searching a list by the values of a field, for whom the office wants it (SI-33…SI-35)."""

from __future__ import annotations

import pytest
import shiboken6
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QPushButton

from channergy_crm.query.listing import ListQuery
from channergy_crm.records import Lead
from channergy_crm.services import leads, office, operators, search_lists
from channergy_crm.settings import SEARCH_LISTS
from tests.ui.hands import KEY, Hands
from ui.lists.search_by_field_dialog import SearchListDialog
from ui.lists.table import RecordTable

KEYS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def three(hands: Hands) -> Hands:
    for name, city in (("one", "New Orleans"), ("two", "Mobile"), ("three", "New Orleans")):
        leads.create({"description": name, "city": city}, "ADMIN")
    hands.go("leads")
    hands.bot.waitUntil(lambda: len(hands.column("leads", "description")) == 3)
    return hands


def search(hands: Hands, field: str, value: str, seen: dict[str, object]) -> None:
    """Ctrl+Shift+F, the field, the value or a part of it, Search."""

    def answer() -> None:
        dialog = QApplication.activeModalWidget()
        dialog.findChild(QComboBox, "search_list.field").setCurrentText(field)
        values = dialog.findChild(QComboBox, "search_list.value")
        hands.bot.waitUntil(lambda: values.count() > 0)
        seen["offered"] = [values.itemText(place) for place in range(values.count())]
        values.setEditText(value)
        seen["said"] = dialog.findChild(QLabel, "search_list.said").text()
        dialog.findChild(QPushButton, "search_list.search").click()

    QTimer.singleShot(0, answer)
    with hands.answering():
        hands.press(KEY.Key_F, KEYS)


def test_si34_si35_a_value_of_the_drop_down_or_a_part_of_a_text(three: Hands) -> None:
    seen: dict[str, object] = {}
    search(three, "City", "New Orleans", seen)
    assert seen["offered"] == ["New Orleans", "Mobile"], "the values that stand there, the most frequent first"
    assert seen["said"] == "Rows whose City is “New Orleans”."
    three.bot.waitUntil(lambda: sorted(three.column("leads", "description")) == ["one", "three"])
    assert three.part("leads.search", QLineEdit).text() == 'city="New Orleans"'
    search(three, "City", "obil", seen)
    assert seen["said"] == "Rows whose City contains “obil”."
    three.bot.waitUntil(lambda: three.column("leads", "description") == ["two"])


def test_si33_the_office_says_who_searches_by_field(three: Hands) -> None:
    operators.add("BEA", "Bea", "ADMIN")
    office.choose(SEARCH_LISTS, "ANN, BEA", "ADMIN")
    assert search_lists.why_not("bea") is None
    three.press(KEY.Key_F, KEYS)
    assert "has not switched on" in three.said()
    office.choose(SEARCH_LISTS, "*", "ADMIN")
    assert search_lists.why_not("ADMIN") is None


@pytest.mark.engines("sqlite")
def test_si34_si35_the_office_lets_a_field_be_searched_by_its_values_or_by_text(three: Hands) -> None:
    search_lists.let(Lead, "city", search_lists.WAYS[search_lists.VALUES], "ADMIN")
    search_lists.let(Lead, "description", search_lists.WAYS[search_lists.TEXT], "ADMIN")
    search_lists.let(Lead, "company", search_lists.WAYS[search_lists.NOTHING], "ADMIN")
    dialog = SearchListDialog(three.window.findChild(RecordTable, "leads.list"), three.window.session)
    field, values = (dialog.findChild(QComboBox, f"search_list.{name}") for name in ("field", "value"))
    said, verb = dialog.findChild(QLabel, "search_list.said"), dialog.findChild(QPushButton, "search_list.search")
    assert field.findText("Company") < 0
    field.setCurrentText("City")
    three.bot.waitUntil(lambda: values.count() == 2)
    values.setEditText("obil")
    assert said.text() == "2 values stand there. Choose one of them." and not verb.isEnabled()
    values.setEditText("Mobile")
    assert said.text() == "Rows whose City is “Mobile”." and verb.isEnabled()
    field.setCurrentText("Description")
    assert said.text() == "Type a part of a text." and not values.count()
    values.setEditText("on")
    assert said.text() == "Rows whose Description contains “on”." and verb.isEnabled()
    dialog.reject()
    dialog.deleteLater()


def test_si34_only_values_of_the_own_rows_are_offered(three: Hands) -> None:
    query = ListQuery(Lead, (), Lead.description != "two")
    assert search_lists.values(query, "city", "ADMIN") == [("New Orleans", 2)]
    assert search_lists.values(query, "reminder_date", "ADMIN") == []


@pytest.mark.engines("sqlite")
def test_f64_closed_before_its_values_came_nothing_goes_wrong(three: Hands) -> None:
    table = three.window.findChild(RecordTable, "leads.list")
    dialog = SearchListDialog(table, three.window.session)
    dialog.show()
    dialog.findChild(QComboBox, "search_list.field").setCurrentText("City")
    background = three.window.session.background
    assert background.running()
    dialog.reject()
    shiboken6.delete(dialog)
    three.bot.waitUntil(lambda: not background.running())  # an exception would fail this test
