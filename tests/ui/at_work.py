"""The hands of somebody who works in the main window: parts are found by name, keys and buttons really pressed."""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QInputDialog,
    QLabel,
    QListWidget,
    QMenu,
    QPushButton,
    QTabWidget,
    QToolButton,
    QWidget,
)

from ui.application import open_office
from ui.editors.base import FlagEditor, TextEditor
from ui.editors.choices import ChoiceEditor, SuggestEditor
from ui.lists.grid import Grid
from ui.lists.loaded_list import ReadingList

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from channergy_crm.work.record import Record
    from ui.shell.window import MainWindow

KEY, LEFT, RIGHT = Qt.Key, Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
TABS = ["reminders", "leads", "accounts", "contacts", "opportunities", "tasks"]
PARTS = ["information", "customer", "contacts", "opportunities", "tasks"]
EDITING = QAbstractItemView.State.EditingState
W = TypeVar("W", bound=QWidget)


class Eyes:
    """What somebody sees in a window; every part is found by its name."""

    def __init__(self, qtbot: Any, window: MainWindow) -> None:
        self.bot, self.window = qtbot, window

    def part(self, name: str, kind: type[W] = QWidget) -> W:  # type: ignore[assignment]
        """The widget of that name; there is exactly one."""
        found = self.window.findChildren(kind, name)
        assert len(found) == 1, f"{len(found)} widgets are called {name}"
        return found[0]

    def grid(self, name: str) -> Grid:
        """The grid of a list."""
        return self.part(f"{name}.grid", Grid)

    def column(self, name: str, column: str) -> list[str]:
        """What a column of a list shows, from top to bottom."""
        model = self.grid(name).model()
        place = model.columns.index(column)
        return [model.index(row, place).data() for row in range(model.rowCount())]

    def said(self) -> str:
        """The notice on the screen."""
        notice = self.part("notices.text", QLabel)
        return notice.text() if notice.isVisible() else ""

    def beside(self, field: str) -> str:
        """What is said under a field."""
        label = self.part(f"{field}.said", QLabel)
        return label.text() if label.isVisibleTo(self.window) else ""

    def where(self) -> tuple[str, str]:
        """The tab that is open, and the part of the account."""
        parts = self.part("accounts.tabs", QTabWidget)
        return TABS[self.window.tabs.currentIndex()], PARTS[parts.currentIndex()]

    def wait_rows(self, name: str, column: str, wanted: list[str]) -> None:
        """Until a list shows this, in this order."""
        self.bot.waitUntil(lambda: self.column(name, column) == wanted)

    def read_to_the_end(self, name: str) -> None:
        """Until a list has been read: what is written into one that is on its way is read once more, rows may go."""
        for table in self.window.findChildren(ReadingList, f"{name}.list"):
            self.bot.waitUntil(lambda table=table: not table.is_reading)

    def row(self, name: str, column: str, text: str) -> int:
        """The row in which this stands, as soon as it stands there."""
        self.bot.waitUntil(lambda: text in self.column(name, column))
        return self.column(name, column).index(text)

    def cell(self, name: str, row: int, column: str) -> QPoint:
        """The middle of a cell."""
        grid = self.grid(name)
        index = grid.model().index(row, grid.model().columns.index(column))
        grid.scrollTo(index)
        return grid.visualRect(index).center()


class Hands(Eyes):
    """One pair of hands at one window."""

    def __init__(self, qtbot: Any, url: str) -> None:
        self._url = url
        super().__init__(qtbot, opened(qtbot, url))

    def open_again(self) -> None:
        """Close the window and open a new one, as on the next morning."""
        self.window.close()
        assert not self.window.isVisible()
        self.window = opened(self.bot, self._url)

    def after_a_crash(self, home: Path) -> None:
        """The program has ended without a word in the middle of typing, and is started again."""
        self.window.save_drafts()
        shutil.copytree(home / "drafts", home / "left")
        with self.answering("leave.discard"):
            self.window.close()
        shutil.rmtree(home / "drafts")
        shutil.move(home / "left", home / "drafts")
        self.window = opened(self.bot, self._url)
        self.window.build_in_idle_time()

    # ------------------------------------------------------------ going

    def go(self, tab: str, part: str = "") -> None:
        """To a tab, and to a part of the account."""
        self.window.tabs.setCurrentIndex(TABS.index(tab))
        if part:
            self.part("accounts.tabs", QTabWidget).setCurrentIndex(PARTS.index(part))

    def stand(self, name: str, row: int, column: str | int = 0) -> None:
        """On a cell, with the keyboard."""
        self.read_to_the_end(name)
        grid = self.grid(name)
        place = grid.model().columns.index(column) if isinstance(column, str) else column
        grid.setFocus()
        grid.setCurrentIndex(grid.model().index(row, place))

    def open_account(self, account: str, part: str = "information") -> None:
        """Come to an account of the operator by its name, as with the arrow keys."""
        self.go("accounts", part)
        self.stand("accounts", self.row("accounts", "name", account), "name")
        summary = self.part("accounts.summary_name", QLabel)
        self.bot.waitUntil(lambda: summary.text() == account)

    # ------------------------------------------------------------ pressing

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """A key, wherever the keyboard is."""
        self.bot.waitUntil(lambda: QApplication.focusWidget() is not None)
        self.bot.keyClick(QApplication.focusWidget(), key, modifiers)
        QApplication.processEvents()  # a cell is closed a moment after Enter

    def type(self, text: str) -> None:
        """Text, wherever the keyboard is."""
        write(QApplication.focusWidget(), text)

    def all_buttons(self, name: str) -> list[QPushButton | QToolButton]:
        """Every button of that name, seen or not."""
        return [button for kind in (QPushButton, QToolButton) for button in self.window.findChildren(kind, name)]

    def button(self, name: str) -> QPushButton | QToolButton:
        """A button somebody can see."""
        found = [button for button in self.all_buttons(name) if button.isVisible()]
        assert len(found) == 1, f"{len(found)} buttons are called {name}"
        return found[0]

    def click(self, name: str) -> None:
        """On a button that can be pressed."""
        button = self.button(name)
        assert button.isEnabled(), f"{name}: {button.toolTip()}"
        self.bot.mouseClick(button, LEFT)

    def click_cell(self, name: str, row: int, column: str, *, double: bool = False) -> None:
        """On a cell, with the mouse."""
        viewport, at = self.grid(name).viewport(), self.cell(name, row, column)
        self.bot.mouseClick(viewport, LEFT, pos=at)
        if double:
            self.bot.mouseDClick(viewport, LEFT, pos=at)

    @contextmanager
    def answering(self, *buttons: str, text: str = "") -> Iterator[list[str]]:
        """Click these buttons of every dialog that opens meanwhile, or answer it with a text.

        Hands out what each dialog was called.
        """
        asked: list[str] = []

        def look() -> None:
            dialog = QApplication.activeModalWidget()
            if dialog is None:
                return
            asked.append(dialog.objectName())
            if isinstance(dialog, QInputDialog):
                dialog.setTextValue(text)
                dialog.accept()
            for name in buttons:
                button = dialog.findChild(QPushButton, name)
                assert button is not None and button.isEnabled(), name
                button.click()

        timer = QTimer()
        timer.timeout.connect(look)
        timer.start(10)
        try:
            yield asked
        finally:
            timer.stop()
        if self.window.isVisible():
            with self.bot.waitActive(self.window):
                self.window.activateWindow()  # what a window manager does when a dialog has gone

    @contextmanager
    def ticking(self, name: str, button: str, wanted: dict[str, bool]) -> Iterator[None]:
        """Tick and untick entries in the list of a dialog that opens meanwhile, and press its button."""
        state = {True: Qt.CheckState.Checked, False: Qt.CheckState.Unchecked}

        def look() -> None:
            dialog = QApplication.activeModalWidget()
            if dialog is not None:
                entries = dialog.findChild(QListWidget, name)
                for item in (entries.item(row) for row in range(entries.count())):
                    if item.text() in wanted:
                        item.setCheckState(state[wanted[item.text()]])
                dialog.findChild(QPushButton, button).click()

        timer = QTimer()
        timer.timeout.connect(look)
        timer.start(10)
        yield
        timer.stop()

    def menu(self, name: str, row: int, column: str) -> QMenu:
        """The menu of a row, opened with the right button."""
        grid, at = self.grid(name), self.cell(name, row, column)
        self.bot.mouseClick(grid.viewport(), RIGHT, pos=at)
        grid.customContextMenuRequested.emit(at)
        found = [menu for menu in self.window.findChildren(QMenu, f"{name}.menu") if menu.isVisible()]
        assert len(found) == 1
        return found[0]

    def choose(self, menu: QMenu, entry: str) -> None:
        """An entry of an open menu."""
        actions = [action for action in menu.actions() if action.text() == entry]
        assert len(actions) == 1 and actions[0].isEnabled(), [action.text() for action in menu.actions()]
        self.bot.keyClick(menu, KEY.Key_Escape)
        self.bot.waitUntil(lambda: not menu.isVisible())
        actions[0].trigger()
        with self.bot.waitActive(self.window):
            self.window.activateWindow()
        QApplication.processEvents()  # what a menu leaves behind when it goes

    # ------------------------------------------------------------ typing

    def editor(self, field: str) -> Any:
        """The editor of a field."""
        return self.part(field)

    def put(self, field: str, text: str) -> None:
        """Fill one field of a form as a hand does, and leave it."""
        editor = self.editor(field)
        editor.setFocus()
        fill(self.bot, editor, text)
        self.press(KEY.Key_Tab)

    def put_cell(self, name: str, row: int, column: str, text: str, end: Qt.Key = KEY.Key_Return) -> None:
        """Fill one cell of a grid: F2, the text, Enter."""
        self.stand(name, row, column)
        self.press(KEY.Key_F2)
        assert self.grid(name).state() == EDITING, f"{column} cannot be edited"
        fill(self.bot, self.part(f"cell.{column}"), text)
        self.press(end)


def opened(qtbot: Any, url: str) -> MainWindow:
    """The main window on the screen, with ADMIN at work."""
    window = open_office(url, "ADMIN")
    window.show()
    with qtbot.waitActive(window):
        window.activateWindow()
    return window


def fill(bot: Any, editor: Any, text: str) -> None:
    """Make an editor hold this, by keys only. A drop-down is walked through; yes and no tick a box."""
    if isinstance(editor, FlagEditor):
        if editor.isChecked() != (text == "yes"):
            bot.keyClick(editor, KEY.Key_Space)
    elif isinstance(editor, ChoiceEditor):
        choose(bot, editor, text)
    elif isinstance(editor, SuggestEditor):
        editor.lineEdit().selectAll()
        write(editor.lineEdit(), text)
    elif isinstance(editor, TextEditor):
        editor.selectAll()
        for line, words in enumerate(text.split("\n")):
            if line:
                bot.keyClick(editor, KEY.Key_Return)
            write(editor, words)
    else:
        editor.selectAll()
        bot.keyClick(editor, KEY.Key_Delete)
        write(editor, text)


def write(widget: QWidget, text: str) -> None:
    """Type a text, letters of every alphabet (Qt's own typist knows ASCII only)."""
    for letter in text:
        if letter.isascii():
            QTest.keyClick(widget, letter)
        else:
            QTest.sendKeyEvent(QTest.KeyAction.Click, widget, KEY.Key_unknown, letter, Qt.KeyboardModifier.NoModifier)


def choose(bot: Any, editor: ChoiceEditor, text: str) -> None:
    """Walk through a drop-down with the arrow keys to the entry that reads like this."""
    place = editor.findText(text)
    assert place >= 0, f"{text} is not offered; {offered(editor)} is"
    while editor.currentIndex() != place:
        bot.keyClick(editor, KEY.Key_Down if editor.currentIndex() < place else KEY.Key_Up)


def offered(editor: ChoiceEditor) -> list[str]:
    """What a drop-down offers, without the empty line and *Add a value…*."""
    texts = [editor.itemText(row) for row in range(editor.count())]
    return [text for text in texts if text and text != "Add a value…"]


def stored(window: MainWindow, record: type[Record], key: Any) -> dict[str, Any]:
    """A record as a second connection finds it in the store: its values by field."""
    fields = list(record._meta.sorted_fields)
    query = record.select(*fields).where(record._meta.primary_key == key)
    reader = window.session.office.reader()
    try:
        rows = reader.rows(*query.sql())
    finally:
        reader.close()
    assert len(rows) == 1, f"{record.singular} {key} is not in the store"
    return {field.name: field.python_value(value) for field, value in zip(fields, rows[0], strict=True)}
