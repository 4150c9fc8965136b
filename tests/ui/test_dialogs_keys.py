"""The sheet of keys on Shift+F1."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLineEdit

from tests.ui.gestures import alone, focused, part, words
from tests.ui.hands import KEY, PLAIN, SHIFT
from ui.shell.key_sheet import KeySheet, halves

ROWS = [
    ("Everywhere", "Ctrl+K", "Search and commands"),
    ("Everywhere", "Ctrl+Z", "Undo"),
    ("Record", "Ctrl+S", "Save"),
    ("Record", "F9", "Dial Phone"),
    ("List", "Ctrl+F", "Filter the list"),
]


@pytest.fixture
def sheet(qtbot):
    return alone(qtbot, KeySheet(ROWS))


def test_every_key_is_there_under_its_section(sheet):
    for section, key, what in ROWS:
        assert section in words(sheet) and key in words(sheet) and what in words(sheet)
    assert focused(sheet) == "keys.filter"


@pytest.mark.parametrize("typed", ["dial", "f9", "RECORD phone"])
def test_a_key_is_found_by_what_it_does_and_by_its_name(qtbot, sheet, typed):
    qtbot.keyClicks(part(sheet, "keys.filter", QLineEdit), typed)
    assert words(sheet).splitlines() == ["Record", "F9", "Dial Phone"]


def test_nothing_found_is_said(qtbot, sheet):
    line = part(sheet, "keys.filter", QLineEdit)
    qtbot.keyClicks(line, "fly")
    assert words(sheet) == "No key does that."
    line.clear()
    assert "Undo" in words(sheet)


@pytest.mark.parametrize(("key", "held"), [(KEY.Key_Escape, PLAIN), (KEY.Key_F1, SHIFT)])
def test_escape_and_its_own_key_close_it(qtbot, sheet, key, held):
    qtbot.keyClick(sheet.focusWidget(), key, held)
    assert not sheet.isVisible()


@pytest.mark.parametrize(
    ("sizes", "left", "right"),
    [([5, 5], [0], [1]), ([20, 2, 2], [0], [1, 2]), ([2, 2, 20], [0, 1], [2]), ([7], [0], []), ([], [], [])],
)
def test_the_columns_are_of_about_one_height(sizes, left, right):
    assert halves(sizes) == (left, right)


def test_a_long_sheet_is_turned_by_key(qtbot):
    sheet = alone(qtbot, KeySheet([("Everywhere", f"F{number}", f"Does {number}") for number in range(200)]))
    bar = sheet._area.verticalScrollBar()
    qtbot.keyClick(sheet.focusWidget(), KEY.Key_PageDown)
    assert bar.value() > 0
    qtbot.keyClick(sheet.focusWidget(), KEY.Key_PageUp)
    assert bar.value() == 0
