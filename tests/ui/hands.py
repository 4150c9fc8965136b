"""What hands do at the office's window: open it, find things by name, type, press, choose, answer a question."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QPushButton, QTableView, QTabWidget, QWidget

from ui.application import open_office
from ui.forms.record_panel import RecordPanel

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ui.shell.window import MainWindow

KEY = Qt.Key
LEFT = Qt.MouseButton.LeftButton
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
PATIENCE_MS = 5000


@contextmanager
def opened(qtbot: Any, url: str, operator: str | None = "ADMIN") -> Iterator[MainWindow]:
    """The main window over this office, on the screen. A question nobody answers is refused and fails the test."""
    window = open_office(url, operator)
    window.show()
    with qtbot.waitActive(window):
        window.activateWindow()
    with _watched() as unanswered:
        yield window
        for panel in window.findChildren(RecordPanel):
            panel.show_record(None)
        window.close()
    QApplication.processEvents()  # what was still on its way may have asked the store once more
    window.session.office.close()
    window.deleteLater()
    assert not unanswered, f"Nobody answered: {unanswered}"


@contextmanager
def _watched() -> Iterator[list[str]]:
    seen: list[QWidget | None] = []
    unanswered: list[str] = []
    timer = QTimer()
    timer.setInterval(250)

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        seen.append(dialog)
        if dialog is not None and seen[-PATIENCE_MS // 250 :] == [dialog] * (PATIENCE_MS // 250):
            unanswered.append(words(dialog))
            dialog.close()

    timer.timeout.connect(look)
    timer.start()
    yield unanswered
    timer.stop()


@contextmanager
def answering(qtbot: Any, *buttons: str) -> Iterator[list[str]]:
    """Press these buttons of the questions that come, by their names; yields what was asked. Each must have come."""
    left, asked = list(buttons), []
    timer = QTimer()
    timer.setInterval(0)

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        button = dialog.findChild(QWidget, left[0]) if dialog is not None and left else None
        if dialog is not None and button is not None and button.isEnabled() and button.isVisible():
            left.pop(0)
            asked.append(words(dialog))
            QTest.mouseClick(button, LEFT)

    timer.timeout.connect(look)
    timer.start()
    yield asked
    qtbot.waitUntil(lambda: not left)
    timer.stop()


def words(widget: QWidget) -> str:
    """Everything that is said in a dialog just now, one label a line."""
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def part(window: QWidget, name: str, kind: Any = QWidget) -> Any:
    """The widget of that name; the action of the same name is none."""
    found = window.findChild(kind, name)
    assert found is not None, name
    return found


def press(qtbot: Any, window: QWidget, name: str) -> None:
    """Click the button of that name."""
    button = part(window, name, QPushButton)
    assert button.isVisible(), f"{name} cannot be seen"
    assert button.isEnabled(), f"{name}: {button.toolTip()}"
    qtbot.mouseClick(button, LEFT)


def double_press(button: QWidget) -> None:
    """The second half of a double click: what a nervous hand sends after the first click."""
    middle = QPointF(button.rect().center())
    for event in (QEvent.Type.MouseButtonDblClick, QEvent.Type.MouseButtonRelease):
        held = LEFT if event == QEvent.Type.MouseButtonDblClick else Qt.MouseButton.NoButton
        where = button.mapToGlobal(middle)
        QApplication.sendEvent(button, QMouseEvent(event, middle, where, LEFT, held, Qt.KeyboardModifier.NoModifier))


def fill(qtbot: Any, window: QWidget, name: str, text: str, *, leave: bool = True) -> None:
    """Type into a field in the place of what stands there, and go on with Tab."""
    editor = part(window, name)
    editor.setFocus()
    qtbot.keyClick(editor, KEY.Key_A, CTRL)
    qtbot.keyClick(editor, KEY.Key_Delete)
    type_in(qtbot, editor, text)
    if leave:
        qtbot.keyClick(editor, KEY.Key_Tab)


def type_in(qtbot: Any, editor: QWidget, text: str) -> None:
    """Type a text key by key; what no key of a plain keyboard gives comes as an input method sends it."""
    for letter in text:
        if letter == "\n":
            qtbot.keyClick(editor, KEY.Key_Return)
        elif letter.isascii():
            qtbot.keyClicks(editor, letter)
        else:
            unmodified = Qt.KeyboardModifier.NoModifier
            QApplication.sendEvent(editor, QKeyEvent(QEvent.Type.KeyPress, KEY.Key_unknown, unmodified, letter))


def choose(qtbot: Any, window: QWidget, name: str, text: str) -> None:
    """Go through a drop-down by arrow key until it shows that text."""
    box = part(window, name, QComboBox)
    box.setFocus()
    while box.currentIndex() > 0:
        qtbot.keyClick(box, KEY.Key_Up)
    for _ in range(box.count()):
        if box.currentText() == text:
            return
        qtbot.keyClick(box, KEY.Key_Down)
    raise AssertionError(f"{name} has no “{text}”: {offered(box)}")


def offered(box: QComboBox) -> list[str]:
    """What stands in a drop-down."""
    return [box.itemText(row) for row in range(box.count())]


def go(window: MainWindow, tab: str) -> None:
    """Click on a tab of the main window."""
    tabs = part(window, "main.tabs", QTabWidget)
    place = next(place for place in range(tabs.count()) if tabs.tabText(place).startswith(tab))
    QTest.mouseClick(tabs.tabBar(), LEFT, pos=tabs.tabBar().tabRect(place).center())


def here(window: MainWindow) -> str:
    """The title of the tab that is open, without its count."""
    tabs = part(window, "main.tabs", QTabWidget)
    return str(tabs.tabText(tabs.currentIndex())).split(" ")[0]


def titles(tabs: QTabWidget) -> list[str]:
    """The titles of all tabs, as they are written."""
    return [tabs.tabText(place) for place in range(tabs.count())]


def column(window: QWidget, name: str, label: str) -> list[str]:
    """What a list shows under one heading, from top to bottom."""
    model = part(window, f"{name}.grid", QTableView).model()
    place = [model.headerData(place, Qt.Orientation.Horizontal) for place in range(model.columnCount())].index(label)
    return [model.index(row, place).data() for row in range(model.rowCount())]


def reads(qtbot: Any, window: QWidget, name: str, label: str, expected: list[str]) -> None:
    """Wait until a list shows exactly this under one heading and stands on one of its rows."""
    table = part(window, f"{name}.list")

    def seen() -> None:
        assert column(window, name, label) == expected
        assert not expected or table.current() is not None

    qtbot.waitUntil(seen)


def click_row(qtbot: Any, window: QWidget, name: str, row: int, *, double: bool = False) -> None:
    """Click into a row of a list."""
    grid = part(window, f"{name}.grid", QTableView)
    where = grid.visualRect(grid.model().index(row, grid.horizontalHeader().logicalIndex(0))).center()
    qtbot.mouseClick(grid.viewport(), LEFT, pos=where)
    if double:
        qtbot.mouseDClick(grid.viewport(), LEFT, pos=where)


def said(window: MainWindow) -> str:
    """The notice that stands at the lower edge now."""
    label = part(window, "notices.text", QLabel)
    return str(label.text()) if label.isVisible() else ""


class Painted(QObject):
    """Counts how often a widget is painted."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.times = 0
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look on."""
        self.times += event.type() == QEvent.Type.Paint
        return False
