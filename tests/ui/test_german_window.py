"""The window of a German workstation: no word of English, nothing cut off, its own keys, days and numbers."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QLocale, QTranslator
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QMenu, QTableView, QWidget

from channergy_crm import language
from channergy_crm.settings import LANGUAGE, Station
from tests import translations
from tests.ui.every_view import VIEWS, go, once_laid_out, shown
from tests.ui.pseudo import FOLDERS, MARKUP, stored_names, texts
from tests.ui.test_every_widget import cut_off
from tests.ui.test_pseudo_language import DIALOGS, SIZES, told_by
from ui.application import speak
from ui.search.box import SearchBox
from ui.setup.settings_general import countries, spoken

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ui.shell.window import MainWindow

WORDS = re.compile(r"[A-Za-zÄÖÜäöüß]{3,}")
PUT_IN, OF_A_TABLE = re.compile(r"\{[^{}]*\}|%\(\w+\)s"), re.compile(r"\(\w+ / \w+\)|^\w+ / \w+(?=:)")
NAMES = {"ann", "office", "english", "all", "return"}
"""nobody translates these: who is signed in, her file, a language,
what a table calls a list of several tables, a key as Qt calls it"""


@pytest.fixture
def german(qapp: QApplication) -> Iterator[None]:
    """A workstation that has chosen German; afterwards it speaks English again."""
    place = QLocale()
    Station().set(LANGUAGE, "de")
    assert speak(qapp, "de") == "de"
    yield
    language.use(language.ENGLISH)
    QLocale.setDefault(place)
    for spoken_by_qt in qapp.findChildren(QTranslator):
        qapp.removeTranslator(spoken_by_qt)


@pytest.fixture
def window(german: None, greek_sample: str) -> Iterator[MainWindow]:
    """ANN's window, in German."""
    with shown(greek_sample, "ANN") as window:
        yield window


@pytest.fixture(scope="module")
def english_only() -> set[str]:
    """The words of our English texts that are in none of the German ones."""
    english, german = set(), set()
    for message in translations.catalogue("de"):
        many = isinstance(message.id, tuple)
        english |= {word for text in (message.id if many else [message.id]) for word in words(text)}
        german |= {word for text in (message.string if many else [message.string]) for word in words(text)}
    return english - german - NAMES


def words(text: str) -> list[str]:
    """The words of a text in small letters, without what is put in."""
    for apart in (MARKUP, FOLDERS, PUT_IN, OF_A_TABLE):
        text = apart.sub(" ", text)
    return [word.lower() for word in WORDS.findall(text)]


def english_in(window: QWidget, office: str, english_only: set[str]) -> list[tuple[str, str]]:
    """Every text of a window in which an English word of ours stands."""
    stored = stored_names(office)
    found = dict.fromkeys((place, text) for place, text, _widget in texts(window))
    kept = [(place, text) for place, text in found if place not in ("cell", "choice") or text not in stored]
    return [(place, text) for place, text in kept if not english_only.isdisjoint(words(text))]


def test_no_view_says_a_word_of_english(window: MainWindow, greek_sample: str, english_only: set[str]) -> None:
    for view in VIEWS:
        go(window, view)
        assert (view, english_in(window, greek_sample, english_only)) == (view, [])


def test_no_dialog_says_a_word_of_english(
    qtbot: Any, window: MainWindow, greek_sample: str, english_only: set[str]
) -> None:
    left_in = partial(english_in, english_only=english_only)
    go(window, "leads")
    grid: Any = window.findChild(QTableView, "leads.grid")
    for menu in window.findChildren(QMenu):
        menu.aboutToShow.emit()
    left = {}
    for action in window.findChildren(QAction):
        if action.objectName() in DIALOGS:
            grid.mark([0, 1])
            left[action.objectName()] = told_by(qtbot, action, window, greek_sample, left_in)
    assert set(left) == DIALOGS
    assert {name: said for name, said in left.items() if said} == {}


@pytest.mark.parametrize("size", sorted(SIZES.keys() - {"960x640"}))
def test_nothing_german_is_cut_off(window: MainWindow, size: str) -> None:
    """At the smallest size every language is looked at in test_cut_texts.py."""
    window.resize(SIZES[size])
    for view in VIEWS:
        go(window, view)
        assert (view, once_laid_out(partial(cut_off, window))) == (view, [])


def test_days_numbers_and_keys_are_german(window: MainWindow) -> None:
    """On a workstation whose system is American."""
    go(window, "leads")
    assert (QLocale().toString(1234567), QLocale().decimalPoint()) == ("1.234.567", ",")
    search = window.findChild(SearchBox, "main.search")
    assert search is not None and (search.placeholderText(), search.key) == ("Suche und Befehle", "Strg+K")


def test_german_and_countries_are_called_by_their_german_names(german: None) -> None:
    assert ("de", "Deutsch") in spoken()
    called = dict(countries())
    assert (called["US"], called["DE"], called["CR"]) == (
        "Vereinigte Staaten von Amerika (US)", "Deutschland (DE)", "Costa Rica (CR)"
    )  # fmt: skip


def test_a_system_of_which_only_the_language_is_told_speaks_german(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = QLocale()
    monkeypatch.setenv("LANGUAGE", "de")
    monkeypatch.setattr(QLocale, "system", staticmethod(QLocale.c))
    QLocale.setDefault(QLocale.c())
    assert speak(qapp, language.SYSTEM) == "de"
    language.use(language.ENGLISH)
    QLocale.setDefault(place)
    for spoken_by_qt in qapp.findChildren(QTranslator):
        qapp.removeTranslator(spoken_by_qt)
