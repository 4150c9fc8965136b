"""Help inside the program: F1 opens the page of where one stands, it is read, searched and followed by key (VT-13)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QTimer, QUrl
from PySide6.QtGui import QGuiApplication, QKeySequence, QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from channergy_crm import language
from channergy_crm.text import help_pages
from tests.house import sources
from tests.ui.every_view import go
from tests.ui.gestures import activate, shown
from tests.ui.hands import ALT, CTRL, KEY
from ui.look import theme
from ui.pages.help import drawn, on_paper
from ui.pages.help.text import HelpText
from ui.pages.help.view import HelpView
from ui.paper.preview_dialog import PreviewDialog
from ui.paper.sheet import MARGIN, POINT
from ui.setup.lookups_dialog import LookupsDialog
from ui.shell import key_rows, settings_tab
from ui.shell.helping import where
from ui.shell.helping.beside import HelpBeside
from ui.shell.menu import Menu

if TYPE_CHECKING:
    from ui.shell.window import MainWindow

pytestmark = pytest.mark.engines("sqlite")

WITHOUT_A_NAME = {"ChooseDialog", "PreviewDialog", "QuantitiesDialog", "ReasonDialog", "Reading", "SalesPreview"}
"""dialogs whose name whoever opens them gives; where nobody put it down, the page behind them is meant"""
KEYS_OF_PARTS = {
    "Alt+P", "Ctrl+A", "Ctrl+J", "Ctrl+Left", "Ctrl+Right", "Ctrl+Up", "Ctrl+Down", "Alt+1", "Alt+9", "Alt+Left",
    "Ctrl+Shift+I", "Ctrl+Shift+E", "Ctrl+Alt+L", "Shift+Up", "Shift+Down", "Alt+Up", "Alt+Down", "Tab", "Esc",
}  # fmt: skip
"""what editors and parts know by themselves, without a command"""


def named(window: MainWindow) -> list[str]:
    return [tab.name for tab in window.tabs.declared]


def here(window: MainWindow) -> str:
    return named(window)[window.tabs.currentIndex()]


def view(window: MainWindow) -> Any:
    return window.tabs.pages[window.tabs.currentIndex()].view


def press(key: Any, *held: Any) -> None:
    QTest.keyClick(QApplication.focusWidget() or QApplication.activeWindow(), key, *held)
    QApplication.processEvents()


def names_of_dialogs() -> dict[str, str]:
    """The classes of all dialogs there are, and what each is called; "" where whoever opens it says so."""
    written = "\n".join(
        source.text for source in sources() if source.path.startswith("ui/") and "Dialog" in source.text
    )
    found = {}
    for part in re.split(r"^(?=class )", written, flags=re.MULTILINE):
        if kind := re.match(r"class (\w+)\((?!QDialog)\w*Dialog\):", part):
            called = re.search(r"super\(\)\.__init__\(\s*(?:\"(\w+)\"|NAME)", part)
            found[kind[1]] = (called[1] or "help_beside") if called else ""
    return found


def test_vt13_every_tab_topic_and_dialog_has_its_page(window: MainWindow) -> None:
    pages, menu = set(help_pages.names()), window.findChild(Menu)
    tabs = {tab.name for tab in [*window.tabs.declared, *window.tabs.on_demand]}
    assert tabs - set(where.TABS) == set()
    assert {topic.name for topic in settings_tab.topics(menu)} - set(where.TOPICS) == set()
    dialogs = names_of_dialogs()
    assert len(dialogs) > 60 and {kind for kind, name in dialogs.items() if not name} <= WITHOUT_A_NAME
    assert {name for name in dialogs.values() if name} - set(where.DIALOGS) == set()
    meant = [*where.TABS.values(), *where.TOPICS.values(), *where.DIALOGS.values(), *where.FOCUSED.values(),
             *(page for parts in where.PARTS.values() for page in parts), *where.SECTIONS]  # fmt: skip
    assert set(meant) <= pages


def test_vt13_what_pages_say_of_keys_and_commands_is_so(window: MainWindow) -> None:
    menu = window.findChild(Menu)
    known = {QKeySequence(key).toString() for _where, key, _what in key_rows.rows(menu)} | KEYS_OF_PARTS
    known |= {alone for _where, said, _what in key_rows.rows(menu) for alone in said.replace(",", " ").split()}
    commands = {command.name for command in menu.commands}
    topics = {topic.name for topic in settings_tab.topics(menu)}
    for page in map(help_pages.page, help_pages.names()):
        for key in re.findall(r"`([^`\n]+)`", page.text):
            several = (help_pages.PRESSED.fullmatch(key) and "+" in key[:-1]) or re.fullmatch(r"F\d+", key)
            assert not several or QKeySequence(key).toString() in known, (page.name, key)
        for link in page.links:
            wanted = link.removeprefix("do:")
            if link.startswith("do:settings/"):
                assert wanted.removeprefix("settings/") in topics, (page.name, link)
            elif link.startswith("do:"):
                assert wanted in commands, (page.name, link)


def test_vt13_f1_opens_the_page_of_where_one_stands(window: MainWindow) -> None:
    for stands, wanted in (("reminders.leads", "reminders"), ("leads", "leads"), ("accounts.contacts", "contacts"),
                           ("accounts.opportunities", "opportunities"), ("tasks", "tasks")):  # fmt: skip
        go(window, stands)
        press(KEY.Key_F1)
        assert (here(window), view(window).shown) == ("help", wanted)
    settings_tab.open_at(window.findChild(Menu), "backup")
    press(KEY.Key_F1)
    assert view(window).shown == "backup" and QApplication.focusWidget().objectName() == "help.find"
    press(KEY.Key_Left, ALT)
    assert view(window).shown == "tasks"
    press(KEY.Key_Right, ALT)
    assert view(window).shown == "backup"
    press(KEY.Key_W, CTRL)
    assert here(window) == "settings"
    window.go_to("help")
    assert view(window).shown == "backup", "the page that was read last"


def test_vt13_f1_in_a_dialog_and_over_what_is_typed_opens_beside(qtbot: Any, window: MainWindow) -> None:
    session = window.session
    dialog = LookupsDialog(session.station, session.by, window, office=session.office)
    shown(qtbot, dialog)
    press(KEY.Key_F1)
    beside = dialog.findChild(HelpBeside)
    assert beside is not None and beside.isVisible() and not beside.isModal() and beside.view.shown == "lists"
    beside.view.follow("leads")
    beside.view.follow("do:go_to_leads")
    said = beside.findChild(QWidget, "help_beside.said")
    assert said.isVisible() and here(window) != "leads"
    QTest.keyClick(beside.view.line, KEY.Key_Escape)
    assert not beside.isVisible() and dialog.isVisible()
    dialog.reject()
    go(window, "leads")
    activate(qtbot, window)
    title = window.findChild(QWidget, "leads.title")
    title.setFocus()
    QTest.keyClicks(title, "Boss")
    press(KEY.Key_F1)
    over = [each for each in window.findChildren(HelpBeside) if each.isVisible()]
    assert here(window) == "leads" and [each.view.shown for each in over] == ["leads"]
    over[0].reject()
    activate(qtbot, window)
    title.setFocus()
    press(KEY.Key_Escape)


def test_vt13_help_is_searched_read_and_followed_by_key(qtbot: Any, window: MainWindow) -> None:
    window.go_to("help_page", "leads")
    held = view(window)
    held.take_focus()
    QTest.keyClicks(held.line, "passphrase")
    qtbot.waitUntil(lambda: held.shown == "backup")
    assert held.text.extraSelections() and held.topics.count() == 1
    held.line.clear()
    qtbot.waitUntil(lambda: held.topics.count() > 30)
    press(KEY.Key_Down)
    assert held.shown == "privacy"
    press(KEY.Key_Return)
    assert QApplication.focusWidget() is held.text
    held.show_page("leads")
    press(KEY.Key_Tab)
    press(KEY.Key_Return)
    assert held.shown == "call", "the first link of the page"
    held.copy()
    assert "A call in three keys" in QGuiApplication.clipboard().text()
    assert "Save call, next lead" in held.text.toPlainText(), "the keys of the screen stand under it"
    held.follow("do:go_to_leads")
    assert here(window) == "leads"
    window.go_to("help")
    held.follow("do:nothing_like_that")
    assert "switched off" in window.findChild(QWidget, "notices.text").text()


def test_vt13_every_page_fits_is_dressed_and_loads_nothing(qapp: Any) -> None:
    text = HelpText(None)  # type: ignore[arg-type]
    text.resize(540, 600)
    text.show()
    try:
        for code in ("en", "de", "fr", "es"):
            language.use(code)
            for name in help_pages.names():
                page = help_pages.page(name, code)
                text.show_page(
                    page, [("Ctrl+Shift+Alt+F9", "Something quite long to say about a key that is there")], ""
                )
                assert text.document().idealWidth() <= text.viewport().width(), (code, name)
                assert text.horizontalScrollBar().maximum() == 0, (code, name)
                plain = text.toPlainText()
                assert not re.search(r"[`*]{1,2}\w|\]\(|^#+ ", plain, re.MULTILINE), (code, name)
    finally:
        language.use(language.ENGLISH)
    assert text.loadResource(QTextDocument.ResourceType.ImageResource.value, QUrl("https://example.com/a.png")) is None
    theme.apply(qapp, "dark")
    assert "Backup" in text.toPlainText() or text.toPlainText()
    theme.apply(qapp, "light")
    text.deleteLater()


@pytest.mark.parametrize("code", ["en", "de", "fr", "es"])
def test_vt13_no_title_of_a_topic_is_cut_off(qtbot: Any, code: str) -> None:
    view = shown(qtbot, HelpView("help", lambda _page: []))
    qtbot.addWidget(view)
    room = view.topics.viewport().width() - 8
    titles = [help_pages.page(name, code).title for name in help_pages.names()]
    assert [title for title in titles if view.topics.fontMetrics().horizontalAdvance(title) > room] == []


def test_vt13_keys_are_called_as_in_the_language() -> None:
    assert drawn.spoken("press `Ctrl+K`, type `due<today`") == "press `Ctrl+K`, type `due<today`"
    language.use("de")
    try:
        assert drawn.spoken("*Settings › Backup*") == "*Einstellungen › Sicherung*"
    finally:
        language.use(language.ENGLISH)


def test_vt13_every_page_is_whole_on_paper(qapp: Any) -> None:
    """Each word once, none beyond the edges, no heading alone at the foot; it is looked at before it is printed."""
    for name in help_pages.names():
        page = help_pages.page(name)
        paper = on_paper.laid_out(page)
        wide, deep = paper.sheet.width - MARGIN, paper.sheet.height - MARGIN
        for sheet in paper.pages:
            held = [words for words in sheet.words if words.y < deep - 1]
            assert all(words.y <= paper.sheet.bottom for words in held), name
            ends = (words.x + paper.sheet.width_of(words.text.rstrip(), words.style) for words in held)
            assert max(ends) <= wide + 2 * POINT, name
            assert held[-1].style not in ("title", "fact"), name
        document = QTextDocument()
        drawn.draw(document, page, (), qapp.font(), theme.palette_of(theme.LIGHT), "")
        said = "".join(words.text for sheet in paper.pages for words in sheet.words if words.y < deep - 1)
        assert "".join(document.toPlainText().split()) == re.sub(r"\s|•|(?<=\D)\d\.(?=[A-Z])", "", said), name


def test_vt13_printing_shows_the_page_first(qtbot: Any, window: MainWindow) -> None:
    activate(qtbot, window)
    window.go_to("help_page", "undo")
    seen = list[str]()

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, PreviewDialog)
        seen.extend(dialog.view.read())
        dialog.reject()

    QTimer.singleShot(0, look)
    press(KEY.Key_P, CTRL)
    assert seen and seen[0] == "Undo, history and Removed"
