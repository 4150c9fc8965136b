"""The real window over the sample office looks as it shall: nothing cut, one thing loud, no old colour, the focus seen
(look.md, How to check).
"""

from __future__ import annotations

from contextlib import contextmanager, suppress
from functools import partial
from shutil import copyfile
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QEventLoop, QSize, Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QWidget

from channergy_crm import clock
from channergy_crm.services import leads
from channergy_crm.settings import BRIDGE, Station
from channergy_crm.store.database import open_database
from tests.ui import looking
from tests.ui.every_view import NOW, VIEWS, go, once_laid_out, settle, shown
from tests.ui.hands import give_up
from tests.ui.test_pseudo_language import DIALOGS, told_by
from ui.forms.form import Form
from ui.look import theme
from ui.widgets.strip import SIDES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ui.shell.window import MainWindow

KEY, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier
SIZES = [QSize(960, 600), QSize(1280, 1024), QSize(1440, 900)]
ACCOUNTS = [view for view in VIEWS if view.startswith("accounts")]
ELSEWHERE = (
    "find_duplicates",
    "send_email",
    "open_website",
    "backup",
    "save_pdf",
    "import",
    "paste",
    "export",
    "print",
)
"""commands that leave the window for another program or for a file"""
WITHOUT_A_VERB = {"main.lookups", "main.fields", "main.operators", "main.keys", "main.imports"}
"""dialogs in which everything is done at once"""
LONG = "Konstantinopolitanische Dampfschifffahrtsgesellschaft " * 2 + "& Sons Inc. "
NAMES = ["شركة النور للتجارة العامة والمقاولات", "\u200fAcme \u202bعمان", LONG]


@pytest.fixture
def own_office(sample: str, tmp_path: Path) -> str:
    """One of which anything may be changed."""
    copyfile(sample.removeprefix("sqlite:///"), tmp_path / "own.db")
    return f"sqlite:///{tmp_path / 'own.db'}"


@pytest.fixture(autouse=True)
def dialed_to_the_clipboard() -> None:
    """No other program is started."""
    Station().set(BRIDGE, "copy_only")


@pytest.fixture
def dressed(qapp: QApplication) -> Iterator[QApplication]:
    """The program in light, and so again afterwards."""
    theme.apply(qapp, "light")
    yield qapp
    theme.text_size(qapp, 100)
    theme.apply(qapp, "light")


def part(window: QWidget, name: str) -> Any:
    """The widget of that name."""
    found = window.findChild(QWidget, name)
    assert found is not None, name
    return found


def press(key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """A key, wherever the keys go."""
    QTest.keyClick(QApplication.focusWidget(), key, modifiers)
    QApplication.processEvents()


@contextmanager
def in_a_call(window: MainWindow) -> Iterator[None]:
    """The first lead is dialed; afterwards the call is left without a result."""
    go(window, "leads")
    part(window, "leads.dial").click()
    QApplication.processEvents()
    assert part(window, "call.panel").isVisible()
    while window.background.running():  # the number is on its way to the clipboard
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    yield
    part(window, "call.note").setPlainText("")
    press(KEY.Key_Escape)
    assert not part(window, "call.panel").isVisible()


# ---------------------------------------------------------------- room


def test_ch3_nothing_is_cut_and_nothing_scrolls_sideways_at_three_sizes(dressed: QApplication, sample: str) -> None:
    with shown(sample, "ANN") as window:
        for size in reversed(SIZES):  # nothing holds the window larger than it shall be
            window.resize(size)
            for view in VIEWS:
                go(window, view)
                told_whole(window, f"{view} {size.width()}")
            with in_a_call(window):
                told_whole(window, f"call {size.width()}")


def told_whole(window: MainWindow, where: str) -> None:
    """Everything can be read, and the window may get as small as that."""
    smallest = window.minimumSizeHint().expandedTo(window.minimumSize())
    assert (smallest.width() <= 960, smallest.height() <= 600) == (True, True), f"{where}: {smallest}"
    assert once_laid_out(partial(looking.sideways, window)) == [], where
    assert once_laid_out(partial(looking.unread, window)) == [], where


def test_bx35_larger_letters_are_not_cut_either(dressed: QApplication, sample: str) -> None:
    theme.text_size(dressed, 130)
    with shown(sample, "ANN") as window:
        window.resize(960, 640)
        for view in VIEWS:
            go(window, view)
            assert window.width() == 960, view
            assert once_laid_out(partial(looking.unread, window)) == [], view
        with in_a_call(window):
            assert looking.unread(window) == []


def test_f63_arabic_and_very_long_names_push_nothing_aside(dressed: QApplication, own_office: str) -> None:
    numbers = with_names(own_office)
    with shown(own_office, "ANN") as window:
        for size in (*SIZES, QSize(1920, 1080)):
            window.resize(size)
            for number in numbers:
                window.go_to("lead", number)
                settle(window)
                laid_out()
                assert window.layoutDirection() == Qt.LayoutDirection.LeftToRight
                nothing_meets(window, "leads")
                assert looking.sideways(window) == []
                assert looking.unread(part(window, "leads.summary")) == [], size


def with_names(url: str) -> list[int]:
    """Leads of ANN that are called so; their numbers."""
    with clock.fixed(NOW):
        held = open_database(url)
        typed = [{"description": name, "first_name": name, "company": name, "phone": "212-555-0152"} for name in NAMES]
        numbers = [leads.create(values, "ANN").number for values in typed]
        held.close()
    return numbers


def laid_out() -> None:
    """What has a height for its width is laid out a turn later."""
    for _turn in range(5):
        QApplication.processEvents()


def nothing_meets(window: QWidget, name: str) -> None:
    """The name, the pager and the facts stand each in a place of their own."""
    strip = part(window, f"{name}.summary")
    pager = part(strip, f"{name}.place").parentWidget()
    parts = [part(strip, f"{name}.summary_name"), pager, *strip.tiles]
    places = [
        (each.objectName(), each.rect().translated(each.mapTo(strip, each.rect().topLeft())))
        for each in parts if each.isVisible()
    ]  # fmt: skip
    assert strip.width() - places[1][1].right() <= SIDES + 1, "the pager stands at the far right"
    for at, (one, room) in enumerate(places):
        for other, taken in places[at + 1 :]:
            assert not room.intersects(taken), f"{one} {room} and {other} {taken} at {window.size()}"
        assert strip.rect().contains(room), f"{one} {room} in {strip.rect()}"


# ---------------------------------------------------------------- one thing is loud


def test_ch3_one_button_is_filled_in_every_view_and_in_a_call(dressed: QApplication, sample: str) -> None:
    with shown(sample, "ANN") as window:
        for view in VIEWS:
            go(window, view)
            assert len(looking.filled(window)) <= 1, view
        with in_a_call(window):
            assert looking.filled(window) == ["call.save_and_next"]
        assert looking.filled(window) == ["leads.dial"]


def test_f61_one_button_is_filled_on_the_first_page(hands: Any) -> None:
    hands.bot.waitUntil(lambda: part(hands.window, "first.page").isVisible())
    for tab in ("reminders", "leads", "accounts", "tasks"):
        hands.go(tab)
        assert looking.filled(hands.window) == ["first.import"], tab


def test_ch3_a_dialog_has_one_filled_button_its_verb(qtbot: Any, dressed: QApplication, own_office: str) -> None:
    with shown(own_office, "ANN") as window:
        grid = part(go(window, "leads"), "leads.grid")
        for menu in window.findChildren(QMenu):
            menu.aboutToShow.emit()
        asked, loud = DIALOGS - {"main.settings"}, dict[str, int]()  # that one becomes a page
        for action in window.findChildren(QAction):
            if action.objectName() in asked:
                grid.mark([0, 1])
                told = told_by(qtbot, action, window, own_office, lambda dialog, _office: [looking.loud(dialog)])
                loud[action.objectName()] = len(told[0])
    assert set(loud) == asked
    assert {name for name, count in loud.items() if count != 1} == WITHOUT_A_VERB
    assert max(loud.values()) == 1, loud


# ---------------------------------------------------------------- light and dark


def test_f53_a_theme_that_turns_leaves_nothing_of_the_old_one(dressed: QApplication, sample: str) -> None:
    """While a record is open, a notice is shown, a wrong value is said."""
    with shown(sample, "ANN") as window:
        for view in ("reminders.tasks", "leads", *ACCOUNTS, "contacts"):
            page = go(window, view)
            for form in [form for form in page.findChildren(Form) if form.isVisible() and "phone" in form.rows]:
                form.rows["phone"].editor.setText("12")
                form.check("phone")
            window.notices.say("Something was said.", undo=lambda: None)
            turned_and_back(dressed, window, view)
            give_up(window)
        with in_a_call(window):
            turned_and_back(dressed, window, "call")


def turned_and_back(app: QApplication, window: MainWindow, where: str) -> None:
    """Into dark and back into light, looked at each time."""
    for choice, strange in (("dark", theme.LIGHT), ("light", theme.DARK)):
        worn = theme.apply(app, choice)
        QApplication.processEvents()
        assert looking.strange_grounds(window, strange) == [], f"{where} in {choice}"
        assert looking.strange_inks(window, worn) == [], f"{where} in {choice}"


# ---------------------------------------------------------------- the focus is never nowhere


def test_f65_after_every_command_something_has_the_focus(
    dressed: QApplication, own_office: str, qtbot: Any
) -> None:  # fmt: skip
    """Each once, in the first view that has it. Dialogs that come are closed again."""
    lost, done = [], set[str]()
    with shown(own_office, "ANN") as window, closing_dialogs():
        for view in VIEWS:
            for name in commands_of(go(window, view)):
                if name in done:
                    continue
                go(window, view)
                action = window.findChild(QAction, name)
                if action is None or not action.isEnabled():
                    continue
                done.add(name)
                if window.focusWidget() is None:  # what was given up by hand leaves nobody anywhere
                    window._pages[window.tabs.currentIndex()].take_focus()
                action.trigger()
                after(window)
                with suppress(qtbot.TimeoutError):
                    qtbot.waitUntil(lambda: back_at(window), timeout=2_000)
                if not looking.focus():
                    lost.append((view, name))
                give_up(window)
    assert not lost, "\n".join(map(str, lost))


def commands_of(page: QWidget) -> list[str]:
    """What can be done there without leaving the window."""
    names = {action.objectName() for action in page.findChildren(QAction) if _is_seen(action)}
    return sorted(name for name in names if "." in name and not name.endswith(ELSEWHERE))


def _is_seen(action: QAction) -> bool:
    offered = [widget for widget in action.associatedObjects() if isinstance(widget, QWidget)]
    return not isinstance(action.parent(), QMenu) and any(widget.isVisible() for widget in offered)


def back_at(window: MainWindow) -> bool:
    """Whether the keys go somewhere; a dialog that came late leaves the window inactive where none manages windows."""
    if not window.isActiveWindow() and QApplication.activeModalWidget() is None:
        window.activateWindow()
    return bool(looking.focus())


def after(window: MainWindow) -> None:
    """What is on its way has come; a window manager has given the keys back to the window."""
    QApplication.processEvents()
    looking.close_menus()
    if not window.isActiveWindow():
        window.activateWindow()
        QTest.qWaitForWindowActive(window)
    laid_out()


@contextmanager
def closing_dialogs() -> Iterator[None]:
    """Whatever asks is told that nobody wants it."""

    def look() -> None:
        if (dialog := QApplication.activeModalWidget()) is not None and isinstance(dialog, QDialog):
            dialog.reject()
        looking.close_menus()

    often = QTimer()
    often.timeout.connect(look)
    often.start(5)
    yield
    often.stop()


# ---------------------------------------------------------------- keyboard alone


def test_ch3_f6_goes_round_list_strip_and_form(dressed: QApplication, sample: str) -> None:
    with shown(sample, "ANN") as window:
        go(window, "leads")
        part(window, "leads.grid").setFocus()
        assert round_by(KEY.Key_F6, 4) == ["leads.dial", "leads.description", "leads.grid", "leads.dial"]
        press(KEY.Key_F6, Qt.KeyboardModifier.ShiftModifier)
        assert looking.focus() == "leads.grid"
        with in_a_call(window):
            assert round_by(KEY.Key_F6, 3)[0] == "leads.description"
        go(window, "accounts.opportunities")
        part(window, "accounts.grid").setFocus()
        went = round_by(KEY.Key_F6, 4)
        assert went == ["accounts.dial", "accounts.opportunities.grid", "opportunities.name", "accounts.grid"]


def round_by(key: Qt.Key, times: int) -> list[str]:
    """Where the keys go from one press to the next."""
    went = []
    for _time in range(times):
        press(key)
        went.append(looking.focus())
    return went
