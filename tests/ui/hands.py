"""The one driver of the window: what somebody sees in it (`Eyes`) and what hands do (`Hands`), every part by its name.

See a part, a list, a notice:     part, button, grid, rows, column, row, said, shows, beside, here, stored
Wait:                             reads (a list shows this), read_to_the_end, bot.waitUntil (anything else)
Come somewhere:                   go (tab), stand (cell), open_account, open_again
Press, click, type:               press (key), click (button), click_row, type, menu, pick (an entry of it)
Fill:                             fill (a field), fill_cell, choose (from a drop-down)
Answer the questions that come:   answering
In a dialog or one widget:        see gestures.py
"""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar, overload

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QInputDialog,
    QLabel,
    QMenu,
    QTabWidget,
    QWidget,
)

from tests.ui import gestures
from tests.ui.gestures import activate, click_tab, shown, titles, type_in, walk, words, write
from ui.application import open_office
from ui.lists.grid import Grid
from ui.lists.loaded_list import ReadingList

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from channergy_crm.work.record import Record

KEY, LEFT, RIGHT = Qt.Key, Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton
PLAIN, CTRL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
SHIFT, ALT = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier
PARTS = ["information", "customer", "contacts", "opportunities", "tasks"]
"""of an account"""
EDITING = QAbstractItemView.State.EditingState
PATIENCE_MS, LOOK_MS = 8000, 250
"""how long a question may wait for its answer, and how often somebody looks"""
W = TypeVar("W", bound=QWidget)


class Question(NamedTuple):
    """A dialog that was answered: what it is called, and everything it said."""

    name: str
    words: str


def company(account: str) -> str:
    """What the strip is headed with: an account is called after its company and the person there."""
    return account.partition("; ")[0]


class Eyes:
    """What somebody sees in a window."""

    def __init__(self, bot: Any, window: Any) -> None:
        self.bot, self.window = bot, window

    @overload
    def part(self, name: str) -> Any: ...
    @overload
    def part(self, name: str, kind: type[W]) -> W: ...
    def part(self, name: str, kind: Any = QWidget) -> Any:
        """The widget of that name; there is exactly one."""
        return gestures.part(self.window, name, kind)

    def button(self, name: str) -> QAbstractButton:
        """A button somebody can see."""
        return gestures.button(self.window, name)

    def grid(self, name: str) -> Grid:
        """The grid of a list."""
        return self.part(f"{name}.grid", Grid)

    def place(self, name: str, column: str) -> int:
        """Where a column of a list stands, by the name of its field or by its heading."""
        model = self.grid(name).model()
        if column in model.columns:
            return int(model.columns.index(column))
        headings = [model.headerData(place, Qt.Orientation.Horizontal) for place in range(model.columnCount())]
        return headings.index(column)

    def column(self, name: str, column: str) -> list[str]:
        """What a column of a list shows, from top to bottom."""
        model, place = self.grid(name).model(), self.place(name, column)
        return [model.index(row, place).data() for row in self.records(name)]

    def records(self, name: str) -> list[int]:
        """The rows of a list in which a record stands, not the head of a section."""
        model = self.grid(name).model()
        return [row for row in range(model.rowCount()) if model.flags(model.index(row, 0))]

    def rows(self, name: str) -> int:
        """How many records a list shows."""
        return len(self.records(name))

    def reads(self, name: str, column: str, wanted: list[str], *, stands: bool = True) -> None:
        """Wait until a column of a list shows exactly this, and the list stands on one of its rows.

        `stands=False`: what is open is not among them.
        """
        table = self.part(f"{name}.list")

        def seen() -> None:
            assert self.column(name, column) == wanted
            assert not (wanted and stands) or table.current() is not None

        self.bot.waitUntil(seen)

    def read_to_the_end(self, name: str) -> None:
        """Wait until a list has been read: one that is on its way may still lose rows."""
        for table in self.window.findChildren(ReadingList, f"{name}.list"):
            self.bot.waitUntil(lambda table=table: not table.is_reading)

    def row(self, name: str, column: str, text: str) -> int:
        """The row in which this stands, as soon as it stands there."""
        self.bot.waitUntil(lambda: text in self.column(name, column))
        return self.column(name, column).index(text)

    def cell(self, name: str, row: int, column: str = "") -> QPoint:
        """The middle of a cell; of the first one to the left if no column is named."""
        grid = self.grid(name)
        place = self.place(name, column) if column else grid.horizontalHeader().logicalIndex(0)
        index = grid.model().index(self.records(name)[row], place)
        grid.scrollTo(index)
        return grid.visualRect(index).center()

    def said(self) -> str:
        """The notice at the lower edge."""
        notice = self.part("notices.text", QLabel)
        return notice.text() if notice.isVisible() else ""

    def shows(self, field: str) -> str:
        """What a field shows."""
        editor = self.part(field)
        return editor.currentText() if isinstance(editor, QComboBox) else editor.value()

    def beside(self, field: str) -> str:
        """What is said under a field."""
        label = self.part(f"{field}.said", QLabel)
        return label.text() if label.isVisibleTo(self.window) else ""

    def here(self) -> str:
        """The tab that is open: `leads`."""
        tabs = self.part("main.tabs", QTabWidget)
        return tabs.tabText(tabs.currentIndex()).split(" ")[0].lower()

    def where(self) -> tuple[str, str]:
        """The tab that is open, and the part of the account: `("accounts", "tasks")`."""
        return self.here(), PARTS[self.part("accounts.tabs", QTabWidget).currentIndex()]

    def stored(self, record: type[Record], key: Any) -> dict[str, Any]:
        """A record as a second connection finds it in the store: its values by field."""
        fields = list(record._meta.sorted_fields)
        query = record.select(*fields).where(record._meta.primary_key == key)
        reader = self.window.session.office.reader()
        try:
            rows = reader.rows(*query.sql())
        finally:
            reader.close()
        assert len(rows) == 1, f"{record.singular} {key} is not in the store"
        return {field.name: field.python_value(value) for field, value in zip(fields, rows[0], strict=True)}


class Hands(Eyes):
    """One pair of hands at one window."""

    def __init__(self, bot: Any, window: Any, url: str = "") -> None:
        super().__init__(bot, window)
        self._url = url

    # ------------------------------------------------------------ coming somewhere

    def open_again(self) -> None:
        """Close the window and open a new one, as on the next morning."""
        self.window.close()
        assert not self.window.isVisible()
        self.window = shown(self.bot, open_office(self._url, "ADMIN"))

    def after_a_crash(self, home: Path) -> None:
        """The program has ended without a word in the middle of typing, and is started again."""
        self.window.save_drafts()
        shutil.copytree(home / "drafts", home / "left")
        give_up(self.window)
        self.window.close()
        shutil.rmtree(home / "drafts")
        shutil.move(home / "left", home / "drafts")
        self.window = shown(self.bot, open_office(self._url, "ADMIN"))
        self.window.build_in_idle_time()

    def go(self, tab: str, part: str = "") -> None:
        """Click on a tab, and on a part of the account."""
        tabs = self.part("main.tabs", QTabWidget)
        click_tab(
            tabs, next(place for place, title in enumerate(titles(tabs)) if title.lower().startswith(tab.lower()))
        )
        if part:
            click_tab(self.part("accounts.tabs", QTabWidget), PARTS.index(part))
        QApplication.processEvents()  # a page that was built just now finds its room

    def stand(self, name: str, row: int, column: str | int = 0) -> None:
        """On a cell, with the keyboard."""
        self.read_to_the_end(name)
        grid = self.grid(name)
        place = self.place(name, column) if isinstance(column, str) else column
        grid.setFocus()
        grid.stand_on(grid.model().index(self.records(name)[row], place))

    def open_account(self, account: str, part: str = "information") -> None:
        """Come to an account of the operator by its name, as with the arrow keys."""
        self.go("accounts", part)
        self.stand("accounts", self.row("accounts", "name", account), "name")
        summary = self.part("accounts.summary_name", QLabel)
        self.bot.waitUntil(lambda: summary.text() == company(account))

    # ------------------------------------------------------------ pressing and typing

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = PLAIN) -> None:
        """A key, wherever the keyboard is."""
        self.bot.keyClick(gestures.keyboard(self.bot, self.window), key, modifiers)
        QApplication.processEvents()  # a cell is closed a moment after Enter

    def type(self, text: str) -> None:
        """Text, wherever the keyboard is."""
        type_in(gestures.keyboard(self.bot, self.window), text)

    def click(self, name: str) -> None:
        """On a button that can be pressed."""
        gestures.click(self.bot, self.window, name)

    def click_row(self, name: str, row: int, column: str = "", *, double: bool = False) -> None:
        """On a row of a list, at the cell of a column if one is named."""
        viewport, at = self.grid(name).viewport(), self.cell(name, row, column)
        self.bot.mouseClick(viewport, LEFT, pos=at)
        if double:
            self.bot.mouseDClick(viewport, LEFT, pos=at)

    def menu(self, name: str, row: int, column: str) -> QMenu:
        """The menu of a row, opened with the right button."""
        grid, at = self.grid(name), self.cell(name, row, column)
        self.bot.mouseClick(grid.viewport(), RIGHT, pos=at)
        grid.customContextMenuRequested.emit(at)
        found = [menu for menu in self.window.findChildren(QMenu, f"{name}.menu") if menu.isVisible()]
        assert len(found) == 1
        return found[0]

    def pick(self, menu: QMenu, entry: str) -> None:
        """An entry of an open menu, or of one that opens from it to the side."""
        offered = gestures.entries(menu)
        actions = [action for action in offered if action.text() == entry]
        assert len(actions) == 1 and actions[0].isEnabled(), [action.text() for action in offered]
        self.bot.keyClick(menu, KEY.Key_Escape)
        self.bot.waitUntil(lambda: not menu.isVisible())
        actions[0].trigger()
        activate(self.bot, self.window)
        QApplication.processEvents()  # what a menu leaves behind when it goes

    # ------------------------------------------------------------ filling

    def fill(self, field: str, text: str, *, leave: bool = True) -> None:
        """Write into a field in the place of what stands there, and go on with Tab."""
        editor = self.part(field)
        editor.setFocus()
        write(self.bot, editor, text)
        if leave:
            self.bot.keyClick(QApplication.focusWidget() or editor, KEY.Key_Tab)
            QApplication.processEvents()

    def fill_cell(self, name: str, row: int, column: str, text: str, end: Qt.Key = KEY.Key_Return) -> None:
        """Fill one cell of a grid: F2, the text, Enter."""
        self.stand(name, row, column)
        self.press(KEY.Key_F2)
        assert self.grid(name).state() == EDITING, f"{column} cannot be edited"
        write(self.bot, self.part(f"cell.{column}"), text)
        self.press(end)

    def choose(self, field: str, text: str) -> None:
        """Walk through a drop-down by arrow key to the entry that reads like this."""
        walk(self.bot, self.part(field, QComboBox), text)

    # ------------------------------------------------------------ answering

    @contextmanager
    def answering(self, *buttons: str, text: str = "", then: str = "") -> Iterator[list[Question]]:
        """Click these buttons of the dialogs that come, one after the other, or answer one with a text, or two.

        Hands out which dialogs it were. Each answer must have been given in the end.
        """
        left, asked = [*buttons, *filter(None, (text, then))], list[Question]()

        def look() -> None:
            dialog = QApplication.activeModalWidget()
            if dialog is None or not left or not dialog.isActiveWindow():
                return  # one answered before it has the keyboard would take it a moment later, closed as it is
            question = Question(dialog.objectName(), words(dialog))
            button = dialog.findChild(QWidget, left[0])
            if isinstance(dialog, QInputDialog) and text:
                asked.append(question)
                dialog.setTextValue(left.pop(0))
                dialog.accept()
            elif button is not None and button.isEnabled() and button.isVisible():
                asked.append(question)
                left.pop(0)
                QTest.mouseClick(button, LEFT)

        timer = QTimer()
        timer.timeout.connect(look)
        timer.start(10)
        try:
            yield asked
            self.bot.waitUntil(lambda: not left)
        finally:
            timer.stop()
        if self.window.isVisible() and QApplication.activeModalWidget() is None:
            activate(self.bot, self.window)  # what a window manager does when a dialog has gone


# ---------------------------------------------------------------- the window itself


@contextmanager
def opened(
    bot: Any, url: str, operator: str | None = "ADMIN", *, password: str | None = None, whole: bool = False
) -> Iterator[Hands]:
    """Hands at the main window over this office. A question nobody answers is refused and fails the test.

    If not `whole`, a page of the window is built when somebody comes to it, or looks for something on it.
    """
    hands = Hands(bot, shown(bot, open_office(url, operator, password, whole=whole)), url)
    with _watched() as unanswered:
        yield hands
        window = hands.window
        _close(window)
    QApplication.processEvents()  # what was still on its way may have asked the store once more
    window.session.office.close()
    window.deleteLater()
    assert not unanswered, f"Nobody answered: {unanswered}"


def give_up(window: Any) -> None:
    """What is typed and not saved is given up: *Cancel Changes*, wherever there is something."""
    for page in window._pages.values():
        for panel in page.panels():
            if panel.is_edited:
                panel.cancel_changes()


def _close(window: QWidget) -> None:
    """Close the window, without what is not saved."""
    if window.isVisible():
        give_up(window)
    window.close()
    assert not window.isVisible(), "The window could not be closed: something wrong is still open in it"


@contextmanager
def _watched() -> Iterator[list[str]]:
    seen: list[QWidget | None] = []
    unanswered: list[str] = []
    enough = PATIENCE_MS // LOOK_MS

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        seen.append(dialog)
        if dialog is not None and seen[-enough:] == [dialog] * enough:
            unanswered.append(dialog.objectName() or words(dialog))
            dialog.close()

    timer = QTimer()
    timer.timeout.connect(look)
    timer.start(LOOK_MS)
    yield unanswered
    timer.stop()
