"""What is done to one widget or dialog, whoever holds it; `hands.py` is made of it.

Put on the screen:   shown, alone, activate, keyboard
Find and read:       part, button, focused, words, offered, values_offered, titles
Press and type:      click, click_tab, double_press, write, retype, type_in, complete, walk (a drop-down)
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar, overload

from PySide6.QtCore import QElapsedTimer, QEvent, QPointF, Qt
from PySide6.QtGui import QAction, QKeyEvent, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QLineEdit, QMenu, QTabWidget, QWidget

from ui.editors.base import FlagEditor
from ui.editors.choices import ChoiceEditor

if TYPE_CHECKING:
    from collections.abc import Callable

KEY, LEFT = Qt.Key, Qt.MouseButton.LeftButton
PLAIN, CTRL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
ASK_AGAIN_MS = 300
W = TypeVar("W", bound=QWidget)


def shown(bot: Any, window: W) -> W:
    """A window or a dialog on the screen, and the keyboard with it.

    Keys that are sent before a window is active do reach its widgets, but what is chosen in the drop-down of
    suggestions does not come into the line: Qt ties the two together when the line gets the keyboard.
    """
    window.show()
    activate(bot, window)
    return window


def alone(bot: Any, widget: W) -> W:
    """A dialog or an editor by itself on the screen until the test is over; an editor has the keyboard."""
    bot.addWidget(widget)
    shown(bot, widget)
    if widget.focusPolicy() != Qt.FocusPolicy.NoFocus:
        widget.setFocus()
    return widget


def activate(bot: Any, window: QWidget) -> None:
    """Give the keyboard to a window."""
    window.activateWindow()
    _until(bot, window, window.isActiveWindow)


def keyboard(bot: Any, window: QWidget) -> QWidget:
    """The part of the program that has the keyboard; a window that lost it for a moment is given it again."""
    _until(bot, window, lambda: QApplication.focusWidget() is not None)
    return QApplication.focusWidget()


def _until(bot: Any, window: QWidget, there: Callable[[], bool]) -> None:
    """Wait for it, and ask for the window again now and then, as somebody would who clicks on it.

    A window manager that hears of a tool and at once of its end takes the keyboard from the window below, and may give
    it back without saying so.
    """
    asked = QElapsedTimer()
    asked.start()

    def given() -> bool:
        if not there() and asked.hasExpired(ASK_AGAIN_MS):
            asked.restart()
            (QApplication.activeModalWidget() or window).activateWindow()
        return there()

    bot.waitUntil(given)


@overload
def part(root: QWidget, name: str) -> Any: ...
@overload
def part(root: QWidget, name: str, kind: type[W]) -> W: ...
def part(root: QWidget, name: str, kind: Any = QWidget) -> Any:
    """The widget of that name in a window, a dialog or a page; there is exactly one."""
    found = root.findChildren(kind, name)
    if not found and hasattr(root, "build_all"):
        root.build_all()  # on a page nobody has come to yet
        found = root.findChildren(kind, name)
    assert len(found) == 1, f"{len(found)} widgets are called {name}"
    return found[0]


def button(root: QWidget, name: str) -> QAbstractButton:
    """A button somebody can see."""
    found = [button for button in root.findChildren(QAbstractButton, name) if button.isVisible()]
    assert len(found) == 1, f"{len(found)} buttons are called {name}"
    return found[0]


def entries(menu: QMenu) -> list[QAction]:
    """What a menu offers, each menu that opens from it to the side after its entry."""
    found: list[QAction] = []
    for action in menu.actions():
        found.append(action)
        side: Any = action.menu()
        if side is not None:
            side.aboutToShow.emit()
            found += entries(side)
    return found


def focused(root: QWidget) -> str:
    """The name of the part of a dialog the keyboard goes to."""
    held = root.focusWidget()
    assert held is not None, "the keyboard is nowhere"
    return held.objectName()


def click(bot: Any, root: QWidget, name: str) -> None:
    """On a button that can be pressed."""
    pressed = button(root, name)
    assert pressed.isEnabled(), f"{name}: {pressed.toolTip()}"
    bot.mouseClick(pressed, LEFT)


def words(widget: QWidget) -> str:
    """Everything that is said in a dialog just now, one label a line."""
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def write(bot: Any, editor: Any, text: str) -> None:
    """Make an editor hold this, by keys only. A drop-down is walked through; yes and no tick a box."""
    if isinstance(editor, FlagEditor):
        if editor.isChecked() != (text == "yes"):
            bot.keyClick(editor, KEY.Key_Space)
    elif isinstance(editor, ChoiceEditor):
        walk(bot, editor, text)
    else:
        line = editor.lineEdit() if isinstance(editor, QComboBox) else editor
        bot.keyClick(line, KEY.Key_A, CTRL)
        bot.keyClick(line, KEY.Key_Delete)
        type_in(line, text)


def type_in(widget: QWidget | None, text: str) -> None:
    """Type a text key by key; what no key of a plain keyboard gives comes as an input method sends it."""
    assert widget is not None, "the keyboard is nowhere"
    for letter in text:
        if letter == "\n":
            QTest.keyClick(widget, KEY.Key_Return)
        elif letter.isascii():
            QTest.keyClick(widget, letter)
        else:
            QApplication.sendEvent(widget, QKeyEvent(QEvent.Type.KeyPress, KEY.Key_unknown, PLAIN, letter))


def retype(bot: Any, line: Any, text: str) -> None:
    """Type into a line in the place of what stands there; nothing empties it."""
    line.selectAll()
    bot.keyClicks(line, text) if text else bot.keyClick(line, KEY.Key_Delete)


def walk(bot: Any, box: QComboBox, text: str) -> None:
    """Walk through a drop-down by arrow key to the entry that reads like this."""
    place = box.findText(text)
    assert place >= 0, f"“{text}” is not offered; {offered(box)} is"
    box.setFocus()
    while (stood := box.currentIndex()) != place:
        bot.keyClick(box, KEY.Key_Down if stood < place else KEY.Key_Up)
        assert box.currentIndex() != stood, f"{box.objectName()} stays at “{box.currentText()}”"


def complete(bot: Any, line: QLineEdit, text: str) -> None:
    """Type the beginning into a line and take the first of its suggestions; see `shown` about the keyboard."""
    assert line.hasFocus(), f"the keyboard is not in {line.objectName()}"
    type_in(line, text)
    popup = line.completer().popup()
    bot.waitUntil(popup.isVisible)
    bot.keyClick(popup, KEY.Key_Down)
    bot.keyClick(popup, KEY.Key_Return)


def offered(box: QComboBox) -> list[str]:
    """Everything that stands in a drop-down."""
    return [box.itemText(row) for row in range(box.count())]


def values_offered(box: QComboBox) -> list[str]:
    """The values a drop-down offers: without the empty line and *Add a value…*."""
    return [text for text in offered(box) if text and text != "Add a value…"]


def titles(tabs: QTabWidget) -> list[str]:
    """The titles of all tabs, as they are written, with the counts behind them."""
    bar = tabs.tabBar()
    counts = [bar.count_of(place)[0] if hasattr(bar, "count_of") else "" for place in range(tabs.count())]
    return [f"{tabs.tabText(place)} {count}".strip() for place, count in enumerate(counts)]


def click_tab(tabs: QTabWidget, place: int) -> None:
    """Click on a tab."""
    QTest.mouseClick(tabs.tabBar(), LEFT, pos=tabs.tabBar().tabRect(place).center())


def double_press(button: QWidget) -> None:
    """The second half of a double click: what a nervous hand sends after the first click."""
    middle = QPointF(button.rect().center())
    for event in (QEvent.Type.MouseButtonDblClick, QEvent.Type.MouseButtonRelease):
        held = LEFT if event == QEvent.Type.MouseButtonDblClick else Qt.MouseButton.NoButton
        where = button.mapToGlobal(middle)
        QApplication.sendEvent(button, QMouseEvent(event, middle, where, LEFT, held, PLAIN))
