"""The Alt keys of vtiger, once somebody has chosen them (VT-31…VT-37, K9)."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit

from channergy_crm.records import Lead
from channergy_crm.services import leads
from channergy_crm.settings import ALT_KEYS, BRIDGE, Station
from tests.ui.hands import CTRL, KEY, Hands
from tests.ui.setting_up import settings
from ui.shell.alt_keys import keys

pytestmark = pytest.mark.engines("sqlite")

ALT = Qt.KeyboardModifier.AltModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def focused() -> str:
    widget = QApplication.focusWidget()
    return widget.objectName() if widget else ""


@pytest.fixture
def two(hands: Hands) -> list[int]:
    """Two leads; the Alt keys are chosen in the settings, as by hand."""
    made = [leads.create({"description": name, "city": "Mobile"}, "ADMIN").number for name in ("one", "two")]

    hands.go("leads")
    hands.bot.waitUntil(lambda: len(hands.column("leads", "description")) == 2)
    settings(hands, "settings.alt_keys")
    hands.press(KEY.Key_Space)
    hands.go("leads")
    assert Station().get(ALT_KEYS) is True
    return made


def test_vt31_vt32_edit_and_save(hands: Hands, two: list[int]) -> None:
    hands.stand("leads", 0)
    number = hands.window._pages[1].panel.record.number
    hands.press(KEY.Key_E, ALT)
    assert focused() == "leads.description"
    hands.fill("leads.description", "changed")
    hands.press(KEY.Key_S, ALT)
    assert Lead.find(number).description == "changed"


def test_vt33_vt34_search_and_empty(hands: Hands, two: list[int]) -> None:
    hands.press(KEY.Key_Q, ALT)
    assert focused() == "main.search"
    hands.stand("leads", 0)
    hands.part("leads.search", QLineEdit).setText("one")
    hands.bot.waitUntil(lambda: hands.column("leads", "description") == ["one"])
    hands.press(KEY.Key_C, ALT)
    hands.bot.waitUntil(lambda: len(hands.column("leads", "description")) == 2)


def test_vt35_vt36_select_and_delete(hands: Hands, two: list[int]) -> None:
    table = hands.window._pages[1].table
    hands.stand("leads", 0)
    hands.press(KEY.Key_Down, CTRL)
    assert len(table.marked()) == 2
    hands.press(KEY.Key_G, ALT)
    gone = table.marked()
    assert gone == [table.current()] == [table.model.key(0)]
    hands.press(KEY.Key_G, ALT)
    assert table.marked() == gone, "where somebody is is always marked (F-1)"
    hands.press(KEY.Key_D, ALT)
    hands.bot.waitUntil(lambda: Lead.find(gone[0]).removed)


def test_vt37_copy_starts_a_new_lead_with_the_same_values(hands: Hands, two: list[int]) -> None:
    hands.stand("leads", 0)
    panel = hands.window._pages[1].panel
    name, before = panel.record.description, Lead.select().count()
    hands.press(KEY.Key_U, ALT)
    assert panel.record.is_new and Lead.select().count() == before
    hands.press(KEY.Key_S, ALT)
    copies = list(Lead.select().where(Lead.description == name))
    assert [copy.city for copy in copies] == ["Mobile", "Mobile"]


def test_k9_alt_c_stays_with_the_dialer_that_listens_to_it(hands: Hands) -> None:
    station = Station()
    assert keys(station) == []
    station.set(ALT_KEYS, True)
    assert "Alt+C" in [command.key for command in keys(station)]
    station.set(BRIDGE, "clipboard_hotkey")
    assert "Alt+C" not in [command.key for command in keys(station)]
    assert ("Alt+Shift+C", "Empty the filter") in [(command.key, command.label) for command in keys(station)]
