"""What the tests of dialogs do again and again: show one, find a part of it by name, read it, type into a cell."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QLabel, QLineEdit, QPushButton

KEY = Qt.Key
LEFT = Qt.MouseButton.LeftButton
ALT = Qt.KeyboardModifier.AltModifier
CHECKED, UNCHECKED = Qt.CheckState.Checked, Qt.CheckState.Unchecked


def shown(qtbot, dialog):
    """The dialog, on the screen and active."""
    qtbot.addWidget(dialog)
    dialog.show()
    with qtbot.waitActive(dialog):
        dialog.activateWindow()
    return dialog


def part(dialog, name, widget=QPushButton):
    """The widget of that name."""
    found = dialog.findChild(widget, name)
    assert found is not None, name
    return found


def click(qtbot, dialog, name, widget=QPushButton):
    """Click on the button of that name."""
    button = part(dialog, name, widget)
    assert button.isEnabled() and button.isVisible(), name
    qtbot.mouseClick(button, LEFT)


def words(dialog):
    """Everything that is said in the dialog just now."""
    return "\n".join(label.text() for label in dialog.findChildren(QLabel) if label.isVisible())


def focused(dialog):
    """The name of the part the keyboard goes to."""
    return dialog.focusWidget().objectName()


def column(grid, number):
    """The texts of one column."""
    return [grid.model().index(row, number).data() for row in range(grid.model().rowCount())]


def type_into(qtbot, grid, row, number, text, end=KEY.Key_Return):
    """Edit one cell as a hand would: F2, the text, Enter."""
    grid.setFocus()
    grid.setCurrentIndex(grid.model().index(row, number))
    qtbot.keyClick(grid, KEY.Key_F2)
    editor = next(line for line in grid.findChildren(QLineEdit, f"{grid.objectName()}.editor") if line.hasFocus())
    editor.selectAll()
    qtbot.keyClicks(editor, text) if text else qtbot.keyClick(editor, KEY.Key_Delete)
    qtbot.keyClick(editor, end)
    qtbot.waitUntil(lambda: end == KEY.Key_Tab or grid.state() != QAbstractItemView.State.EditingState)
