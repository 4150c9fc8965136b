"""Every widget of the window can be named, reached by key, heard and read whole (CH-3, CH-52, K9)."""

from __future__ import annotations

import re
from collections import Counter
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QAccessible, QAction, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QCheckBox,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QSplitterHandle,
    QTabBar,
    QTabWidget,
    QToolButton,
    QWidget,
)

from tests.ui.every_view import SUPPORT, VIEWS, go, once_laid_out, settle
from ui.forms.form import Form
from ui.look import theme
from ui.shell import settings_tab
from ui.shell.menu import Menu

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ui.shell.window import MainWindow

INTERACTIVE = (QAbstractButton, QLineEdit, QComboBox, QAbstractItemView, QTabWidget, QPlainTextEdit, QSplitterHandle)
SINGLE = (QLineEdit, QPlainTextEdit, QComboBox, QAbstractItemView, QCheckBox, QTabWidget)
NAME = re.compile(r"[a-z][a-z0-9_]*(\.[a-z0-9_]+)+")
SIZES = {"1280x1024": QSize(1280, 1024), "1440x900": QSize(1440, 900)}


@pytest.fixture(params=["light", "dark"])
def worn(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[str]:
    """Light and dark."""
    palette, sheet = qapp.palette(), qapp.styleSheet()
    theme.apply(qapp, request.param)
    yield request.param
    qapp.setStyleSheet(sheet)
    qapp.setPalette(palette)


def every_view(window: MainWindow) -> Iterator[tuple[str, QWidget]]:
    """One view after the other in the same window, and its page: a window for each would take most of the time."""
    for view in VIEWS:
        yield view, go(window, view)
    for name in SUPPORT:
        window.go_to(name)
        page = window.tabs.currentWidget()
        settle(page)
        yield name, page
    menu = window.findChild(Menu)
    assert menu is not None
    for topic in settings_tab.topics(menu):
        settings_tab.open_at(menu, topic.name)
        QApplication.processEvents()
        yield f"settings.{topic.name}", window.tabs.currentWidget()


def inner(widget: QWidget) -> bool:
    """Whether Qt itself made it, as a part of something that has a name."""
    if isinstance(widget, QHeaderView) or widget.objectName().startswith("qt_"):
        return not isinstance(widget, QSplitterHandle)
    if isinstance(widget, QToolButton) and widget.objectName() in ("ScrollLeftButton", "ScrollRightButton"):
        return True
    parent = widget.parentWidget()
    popup = isinstance(widget, QAbstractItemView) and parent is not None and not parent.objectName()
    return isinstance(parent, QComboBox | QLineEdit) or (popup and isinstance(parent.parentWidget(), QComboBox))


def interactive(window: QWidget) -> list[QWidget]:
    """Everything somebody can click or type into."""
    return [widget for widget in window.findChildren(QWidget) if isinstance(widget, INTERACTIVE) and not inner(widget)]


def path(widget: QWidget) -> str:
    """Where a widget is, for the message."""
    names = []
    part: QWidget | None = widget
    while part is not None:
        names.append(part.objectName() or type(part).__name__)
        part = part.parentWidget()
    return " in ".join(names[:4])


# ---------------------------------------------------------------- names


def test_everything_interactive_is_named_by_its_screen(window: MainWindow) -> None:
    wrong = [path(widget) for widget in interactive(window) if not NAME.fullmatch(widget.objectName())]
    assert wrong == []


def test_everything_has_a_name_for_screen_readers(window: MainWindow) -> None:
    """Every part that is interactive by itself, and whatever can have the focus, asked the way a reader asks."""
    silent = []
    for view, _ in every_view(window):
        parts = [part for part in interactive(window) if part.isVisible() and not part.accessibleName()]
        silent += [(view, path(part)) for part in [*parts, *unheard(window)]]
    assert silent == []


def unheard(window: MainWindow) -> Iterator[QWidget]:
    """What can have the focus, and a reader has no name for."""
    for widget in window.findChildren(QWidget):
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible():
            told = QAccessible.queryAccessibleInterface(widget)
            if told is not None and not told.text(QAccessible.Text.Name):
                yield widget


def test_no_two_editors_lists_or_drop_downs_share_a_name(window: MainWindow) -> None:
    names = Counter(widget.objectName() for widget in interactive(window) if isinstance(widget, SINGLE))
    assert [name for name, times in names.items() if times > 1] == []


def test_a_command_is_one_action_and_its_buttons_do_the_same(window: MainWindow) -> None:
    actions = Counter(action.objectName() for action in window.findChildren(QAction))
    assert [name for name, times in actions.items() if times > 1 and NAME.fullmatch(name)] == []


# ---------------------------------------------------------------- keys


def test_k9_alt_c_belongs_to_the_dialer(window: MainWindow) -> None:
    """Neither as a shortcut nor as a letter of a label."""
    dialer = QKeySequence("Alt+C")
    taken = [action.text() for action in window.findChildren(QAction) if dialer in action.shortcuts()]
    texts = [action.text() for action in window.findChildren(QAction)]
    texts += [button.text() for button in window.findChildren(QAbstractButton)]
    texts += [label.text() for label in window.findChildren(QLabel) if label.textFormat() != Qt.TextFormat.RichText]
    texts += [bar.tabText(place) for bar in window.findChildren(QTabBar) for place in range(bar.count())]
    assert taken + [text for text in texts if QKeySequence.mnemonic(text) == dialer] == []


def test_no_key_means_two_things_in_one_place(window: MainWindow) -> None:
    """Qt runs neither of two actions with one key: whatever has the focus, a key reaches one."""
    for view, page in every_view(window):
        for widget in page.findChildren(QWidget):
            if widget.isVisible() and widget.focusPolicy() != Qt.FocusPolicy.NoFocus:
                assert keys_with_two_meanings(widget) == [], f"{view}: {path(widget)}"


def keys_with_two_meanings(widget: QWidget) -> list[str]:
    """The keys that reach more than one action from here."""
    reached: set[QAction] = set()
    part: QWidget | None = widget
    while part is not None:
        reached.update(part.actions())
        part = part.parentWidget()
    keys = Counter(key.toString() for action in reached for key in action.shortcuts())
    return [key for key, times in keys.items() if times > 1]


def test_tab_goes_through_the_fields_in_reading_order(window: MainWindow) -> None:
    for view, page in every_view(window):
        for form in (form for form in page.findChildren(Form) if form.isVisible()):
            assert form.record is not None, f"{view} shows no record"
            wanted = [name for name, row in form.rows.items() if row.editor.focusPolicy() & Qt.FocusPolicy.TabFocus]
            assert {name for name, row in form.rows.items() if not row.kind.system} <= set(wanted), view
            form.focus(wanted[0])
            assert tabbed(form, len(wanted)) == wanted, view


def tabbed(form: Form, count: int) -> list[str]:
    """The fields the Tab key comes by, from the one with the focus."""
    names = {row.editor: name for name, row in form.rows.items()}
    found: list[str] = []
    for _ in range(4 * count):
        focused: Any = QApplication.focusWidget()
        part = focused
        while part is not None and part not in names:
            part = part.parentWidget()
        if part is not None and names[part] not in found:
            found.append(names[part])
        if len(found) == count:
            break
        QTest.keyClick(focused, Qt.Key.Key_Tab)
    return found


def test_tab_comes_back_to_where_it_began(window: MainWindow) -> None:
    """No widget keeps the focus for itself, so keys alone reach everything."""
    assert [(view, part) for view, _ in every_view(window) for part in missed_by_tab(window)] == []


def missed_by_tab(window: MainWindow) -> list[str]:
    """Where the Tab key does not come by on its way around."""
    seen: list[QWidget | None] = []
    for _ in range(300):
        seen.append(QApplication.focusWidget())
        if seen[-1] is None or seen.index(seen[-1]) < len(seen) - 1:
            break
        QTest.keyClick(seen[-1], Qt.Key.Key_Tab)
    reached = {widget for widget in seen if widget is not None}
    assert seen[-1] is seen[0], f"Tab stays at {path(seen[-1])}" if seen[-1] else "the focus is lost"
    return [
        path(widget)
        for widget in interactive(window)
        if widget.isVisible() and widget.isEnabled() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget not in reached and widget.focusProxy() not in reached
    ]  # fmt: skip


# ---------------------------------------------------------------- room


@pytest.mark.parametrize(("worn", "size"), [("dark", "1280x1024"), ("light", "1440x900")], indirect=["worn"])
def test_ch3_nothing_is_cut_off(window: MainWindow, worn: str, size: str) -> None:
    """In dark at 1280x1024 and in light at 1440x900, with room for a title bar and a task bar; colours take no room,
    and in light all three sizes are looked at in test_look.py.
    """
    window.resize(SIZES[size] - QSize(0, 72))
    for view, page in every_view(window):
        assert window.size() == SIZES[size] - QSize(0, 72), f"{view}: the window does not get that small"
        assert (view, once_laid_out(partial(cut_off, window))) == (view, [])
        for form in page.findChildren(Form):
            body = form.widget()
            assert body is not None
            sideways = body.minimumSizeHint().width() > form.viewport().width() and form.isVisible()
            assert not sideways, f"{view} scrolls sideways"


def cut_off(window: QWidget) -> list[str]:
    """Everything in a window that cannot be read whole."""
    seen = [widget for widget in window.findChildren(QWidget) if widget.isVisible() and not inner(widget)]
    return [f"{path(widget)}: {why}" for widget in seen if (why := cut(widget))]


def cut(widget: QWidget) -> str:
    """Why a widget cannot be read whole; '' when it can."""
    has, wants = widget.width(), widget.sizeHint().width()
    if isinstance(widget, QLabel):
        shortened = widget.minimumWidth() == 10  # the summary's labels give way by intention
        if widget.text() and not widget.wordWrap() and not shortened and has < wants:
            return f"“{widget.text()}” has {has} of {wants}"
        if widget.wordWrap() and widget.text() and widget.height() < widget.heightForWidth(has):
            return f"“{widget.text()}” has {widget.height()} of {widget.heightForWidth(has)} in height"
    if isinstance(widget, QPushButton | QCheckBox | QToolButton | QTabBar) and has < wants:
        return f"it has {has} of {wants}"
    if (
        isinstance(widget, QComboBox | QLineEdit | QPushButton | QCheckBox)
        and widget.height() < widget.fontMetrics().height()
    ):
        return f"it has {widget.height()} in height"
    parent = widget.parentWidget()
    if parent is not None and not isinstance(widget, QTabBar) and isinstance(widget, INTERACTIVE):
        room = QRect(0, 0, parent.width(), parent.height())
        if not room.contains(widget.geometry()) and parent.objectName() != "qt_scrollarea_viewport":
            return f"{widget.geometry()} is outside of {room}"
    return ""
