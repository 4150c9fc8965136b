"""What the tests of dialogs do in a grid of cells: read a column, edit a cell."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QLineEdit

from tests.ui.gestures import retype

KEY = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier
CHECKED, UNCHECKED = Qt.CheckState.Checked, Qt.CheckState.Unchecked


def column(grid, number):
    """The texts of one column."""
    return [grid.model().index(row, number).data() for row in range(grid.model().rowCount())]


def type_into(qtbot, grid, row, number, text, end=KEY.Key_Return):
    """Edit one cell as a hand would: F2, the text, Enter."""
    grid.setFocus()
    grid.setCurrentIndex(grid.model().index(row, number))
    qtbot.keyClick(grid, KEY.Key_F2)
    editor = next(line for line in grid.findChildren(QLineEdit, f"{grid.objectName()}.editor") if line.hasFocus())
    retype(qtbot, editor, text)
    qtbot.keyClick(editor, end)
    qtbot.waitUntil(lambda: end == KEY.Key_Tab or grid.state() != QAbstractItemView.State.EditingState)
