"""Every view in a language that nobody speaks: what is still English is not marked, what is cut off cannot grow."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QTableView, QTabWidget, QWidget

from channergy_crm import language
from tests.pseudo import english_in
from tests.ui.every_view import VIEWS, go, sample_office, shown
from tests.ui.test_every_widget import cut, inner
from ui.forms.field_row import FieldRow
from ui.forms.sections import FormSection
from ui.screen import Command

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ui.shell.window import MainWindow

PLACES = ["field", "section", "column", "tab", "command", "part", "button"]
"""what says no word of the office's own; labels, tips and what is spoken tell of records too"""
ROOMY = ["section", "command"]
"""what has room for two fifths more; still to come: field (140 pixels for every label), label, button"""


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The sample office, made in English."""
    return sample_office(tmp_path_factory.mktemp("sample"))


@pytest.fixture
def window(qapp: QApplication, office: str) -> Iterator[MainWindow]:
    """ANN's window, in no language."""
    language.use(language.PSEUDO)
    with shown(office, "ANN") as window:
        yield window
    language.use(language.ENGLISH)


def texts(window: MainWindow) -> Iterator[tuple[str, str, QWidget | None]]:
    """Everything the window says that can be seen, hovered over or heard, and what kind of thing says it."""
    commands = _commands()
    for widget in window.findChildren(QWidget):
        if not widget.isVisible() or inner(widget):
            continue
        if isinstance(widget, FieldRow) and widget.label.isVisible() and not widget.kind.own:
            yield "field", widget.label.text(), widget.label
        elif isinstance(widget, FormSection):
            yield "section", widget.heading.text(), widget.heading
        elif isinstance(widget, QTabWidget):
            kind = "tab" if widget is window.tabs else "part"
            yield from ((kind, widget.tabText(place), None) for place in range(widget.count()))
        elif isinstance(widget, QTableView):
            model = widget.model()
            heads = [model.headerData(place, Qt.Orientation.Horizontal) for place in range(model.columnCount())]
            yield from (("column", str(head), None) for head in heads if head)
        elif isinstance(widget, QAbstractButton):
            yield "command" if widget.text() in commands else "button", widget.text(), widget
        elif isinstance(widget, QLabel):
            yield "label", widget.text(), widget
        yield "tip", widget.toolTip(), None
        yield "spoken", widget.accessibleName(), None


def _commands() -> set[str]:
    """The labels of all commands there are."""
    import gc

    return {command.label for command in gc.get_objects() if isinstance(command, Command)}


@pytest.mark.parametrize("view", VIEWS)
def test_nothing_that_is_marked_says_a_word_of_english(window: MainWindow, view: str) -> None:
    go(window, view)
    said = [(place, text) for place, text, _widget in texts(window) if place in PLACES]
    assert {place for place, _text in said} >= {"tab", "column"}
    assert [(place, text) for place, text in said if english_in(text)] == []


@pytest.mark.parametrize("view", VIEWS)
def test_nothing_is_translated_twice(window: MainWindow, view: str) -> None:
    go(window, view)
    said = [(place, text) for place, text, _widget in texts(window) if place in PLACES]
    assert [(place, text) for place, text in said if text.startswith("[[")] == []


@pytest.mark.parametrize("view", VIEWS)
def test_what_is_longer_than_in_english_is_not_cut_off(window: MainWindow, view: str) -> None:
    go(window, view)
    seen = [(text, widget) for place, text, widget in texts(window) if place in ROOMY and widget is not None]
    assert [f"{text}: {why}" for text, widget in seen if (why := cut(widget))] == []


def test_english_is_found_where_it_is_left() -> None:
    assert english_in("Save") and english_in("[Šàvé~] of Leads") and not english_in("[Šàvé [làbél] ~~] (3)")
