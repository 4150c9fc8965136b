"""All there is to see in a language nobody speaks: what is English is not marked, what is cut off cannot grow."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QSize, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QComboBox, QDialog, QMenu, QTableView, QTabWidget, QWidget

from channergy_crm import language
from tests.journeys.importer import begun, on
from tests.ui.every_view import SUPPORT, VIEWS, go, once_laid_out, settle, shown
from tests.ui.gestures import part
from tests.ui.hands import Hands
from tests.ui.pseudo import left_over, texts
from tests.ui.test_every_widget import cut_off
from ui.forms.form import Form
from ui.shell import settings_tab
from ui.shell.menu import Menu

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from ui.shell.window import MainWindow

PLACES = {"title", "command", "tip", "spoken", "tab", "button", "label", "hint", "column"}
"""what every view has"""
SIZES = {"960x640": QSize(960, 640), "1280x1024": QSize(1280, 952), "1440x900": QSize(1440, 828)}
DIALOGS = {
    "main.lookups", "main.fields", "main.operators", "main.keys", "main.imports",
    "main.find_duplicates", "leads.export", "leads.search_list", "leads.set_field", "leads.reassign", "leads.merge",
    "leads.put_on_list", "leads.keep_view",
}  # fmt: skip
"""commands that ask or tell something in a dialog"""
FILE = (
    "description,last_name,phone,reminder_date,company,ΧΨΩ\n"
    "Α,Β,+1 504 621 8927,03/04/2027,ΑΒΓΔΕΖ,Ω\nΑ,Β,+1 504 621 8927,03/04/2027,ΑΒΓΔΕΖ\n"
    "Γ,Δ,+1 504 621 8928,04/05/2027,αβγδεζ\nΕ,Ζ,12,ω,ΑΒΓΔΕ\n"
)
SIZES = {"960x640": QSize(960, 640), "1280x1024": QSize(1280, 952), "1440x900": QSize(1440, 828)}
STEPS = ("File", "Columns", "Choices", "Check", "Result")
TABLES = ("import.problems", "import.already", "import.slips", "import.left_out")


@pytest.fixture
def window(qapp: QApplication, greek_sample: str) -> Iterator[MainWindow]:
    """ANN's window, in no language."""
    language.use(language.PSEUDO)
    with shown(greek_sample, "ANN") as window:
        yield window
    language.use(language.ENGLISH)


def test_no_view_says_a_word_of_english_or_anything_translated_twice(window: MainWindow, greek_sample: str) -> None:
    for view in VIEWS:
        go(window, view)
        said = texts(window)
        assert {place for place, text, _widget in said if text} >= PLACES, view
        assert (view, left_over(window, greek_sample)) == (view, [])
        assert (view, {text for _place, text, _widget in said if text.startswith("[[")}) == (view, set())
    for name in SUPPORT:
        window.go_to(name)
        settle(window.tabs.currentWidget())
        assert (name, left_over(window, greek_sample)) == (name, [])


def test_no_dialog_says_a_word_of_english(qtbot: Any, window: MainWindow, greek_sample: str) -> None:
    go(window, "leads")
    grid: Any = window.findChild(QTableView, "leads.grid")
    for menu in window.findChildren(QMenu):
        menu.aboutToShow.emit()
    left = {}
    for action in window.findChildren(QAction):
        if action.objectName() in DIALOGS:
            grid.mark([0, 1])
            left[action.objectName()] = told_by(qtbot, action, window, greek_sample)
    assert set(left) == DIALOGS
    assert {name: texts for name, texts in left.items() if texts != []} == {}


def test_no_topic_of_the_settings_says_a_word_of_english_or_cuts_one_off(window: MainWindow, greek_sample: str) -> None:
    """F-54, in every topic, with room for a title bar and a task bar."""
    go(window, "leads")
    window.resize(SIZES["960x640"])
    menu = window.findChild(Menu)
    assert menu is not None
    for topic in settings_tab.topics(menu):
        settings_tab.open_at(menu, topic.name)
        QApplication.processEvents()
        page = window.tabs.currentWidget()
        assert (topic.name, left_over(page, greek_sample)) == (topic.name, [])
        assert (topic.name, once_laid_out(partial(cut_off, page))) == (topic.name, [])


def told_by(
    qtbot: Any, action: QAction, window: MainWindow, office: str, left: Callable[..., Any] = left_over
) -> list[tuple[str, str]]:
    """What English there is in the dialog a command opens; it is gone afterwards."""
    found: list[list[tuple[str, str]]] = []

    def look() -> None:
        for dialog in window.findChildren(QDialog):
            if dialog.isVisible() and not found:
                found.append(left(dialog, office))
                dialog.done(0)

    often = QTimer(window)
    often.timeout.connect(look)
    often.start(20)
    action.trigger()
    with suppress(qtbot.TimeoutError):
        qtbot.waitUntil(lambda: bool(found), timeout=3000)
    often.stop()
    return found[0] if found else [("dialog", "none was opened")]


def test_no_step_of_the_import_says_a_word_of_english(
    qtbot: Any, window: MainWindow, greek_sample: str, tmp_path: Path
) -> None:
    """A file with a row that cannot be taken, one that comes twice, a slip, and days that read both ways."""
    go(window, "leads")
    hands = Hands(qtbot, window)
    file = tmp_path / "table.csv"
    file.write_text(FILE, "utf-8")
    wizard: Any = begun(hands, file)
    for title in STEPS:
        if title != "File":
            on(hands, title)
        assert (title, left_in_file(wizard, greek_sample)) == (title, [])
        if title == "Choices":
            dates = part(wizard, "import.dates", QComboBox)
            dates.setCurrentIndex(dates.findData("DMY"))
            dates.activated.emit(dates.currentIndex())
        if title == "Check":
            tabs = part(wizard, "import.check_tabs", QTabWidget)
            for place in range(tabs.count()):
                tabs.setCurrentIndex(place)
                assert part(wizard, TABLES[place]).model().rowCount(), tabs.tabText(place)
                assert (place, left_in_file(wizard, greek_sample)) == (place, [])
    wizard.accept()


def left_in_file(wizard: QWidget, office: str) -> list[tuple[str, str]]:
    """What English there is beside the titles of the file's columns."""
    titles = FILE.partition("\n")[0].split(",")
    return [(place, text) for place, text in left_over(wizard, office) if text not in titles]


@pytest.mark.parametrize("size", SIZES)
def test_what_is_longer_than_in_english_is_not_cut_off(window: MainWindow, size: str) -> None:
    """Fields, labels, buttons, headings and tabs, with room for a title bar and a task bar."""
    window.resize(SIZES[size])
    for view in VIEWS:
        page = go(window, view)
        assert window.size() == SIZES[size], f"{view}: the window does not get that small"
        assert (view, once_laid_out(partial(cut_off, window))) == (view, [])
        for form in page.findChildren(Form):
            body = form.widget()
            assert body is not None
            assert not form.isVisible() or body.width() <= form.viewport().width(), f"{view} is wider than its place"
