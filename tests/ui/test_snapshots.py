"""What every screen looks like, as text: filled, empty, and with a wrong value.

Look at what a difference means; when it is meant, `pytest tests/ui/test_snapshots.py --update-snapshots` takes it over.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QWidget

from channergy_crm.store.database import open_database
from tests.ui.every_view import VIEWS, go, once_laid_out, settle, shown
from tests.ui.snapshots import text_of
from ui.forms.form import Form
from ui.pages.tickets.answers import AnswersColumn
from ui.shell import key_rows
from ui.shell.menu import Menu
from ui.shell.settings_tab import topics

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

pytestmark = pytest.mark.usefixtures("american")
FOLDER = Path(__file__).parent.parent / "snapshots"
# What is typed where it cannot be right: a field of the form, and the text.
WRONG = {
    "leads": {"description": "", "email": "ann at example", "phone": "12", "call_date": "never"},
    "accounts.information": {"name": "", "employees": "many", "annual_revenue": "a lot"},
    "accounts.customer": {"phone": "12", "website": "example"},
    "accounts.opportunities": {"name": "", "amount": "1.2.3,4", "probability": "101", "close_date_1": "31/31"},
}


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A new office."""
    url = f"sqlite:///{tmp_path_factory.mktemp('empty') / 'office.db'}"
    open_database(url).close()
    return url


def compare(name: str, said: Callable[[], str], request: pytest.FixtureRequest) -> None:
    """With what was taken last time, once all that is read beside the window has come."""
    held = FOLDER / f"{name}.txt"
    if request.config.getoption("--update-snapshots"):
        FOLDER.mkdir(exist_ok=True)
        held.write_text(said(), "utf-8")
    assert held.is_file(), f"There is no {held.name} yet: take it with --update-snapshots, and read it."
    wanted = held.read_text("utf-8").splitlines()

    def otherwise() -> list[str]:
        found = said().splitlines()
        return found if found != wanted else []

    assert (once_laid_out(otherwise) or wanted) == wanted


def test_filled(qapp: QApplication, sample: str, request: pytest.FixtureRequest) -> None:
    with shown(sample, "ANN") as window:
        for view in VIEWS:
            compare(f"{view} filled", partial(text_of, go(window, view)), request)


def test_empty(qapp: QApplication, empty: str, request: pytest.FixtureRequest) -> None:
    """Empty is never blank: one sentence on what would be here, and the button that makes the first."""
    with shown(empty, "ADMIN") as window:
        for view in VIEWS:
            compare(f"{view} empty", partial(text_of, go(window, view)), request)


@pytest.mark.parametrize("view", WRONG)
def test_with_wrong_values(qapp: QApplication, sample: str, view: str, request: pytest.FixtureRequest) -> None:
    """A wrong value is said under its field, and what was typed stays."""
    with shown(sample, "ANN") as window:
        page = go(window, view)
        form = next(form for form in page.findChildren(Form) if form.isVisible())
        for name, text in WRONG[view].items():
            form.rows[name].editor.setText(text)
            form.check(name)
        compare(f"{view} wrong", partial(text_of, page), request)
        assert form.record is not None
        form.load(form.record)


def test_the_telephone_office_is_as_it_is_whatever_areas_there_are(
    qapp: QApplication, sample: str, request: pytest.FixtureRequest
) -> None:
    """Its tabs, its menu, its sheet of keys and what Ctrl+K can do, while every other area is off (CH-4)."""
    with shown(sample, "ANN") as window:
        menu = window.findChild(Menu)
        told = {
            "Tabs": [tab.title for tab in window.tabs.declared],
            "Menu": [action.text() or "-" for action in window.header.menu.actions()],
            "Keys": [" | ".join(row) for row in key_rows.rows(menu)],
            "Ctrl+K": [command.label for command in menu.commands],
            "Settings": [topic.title for topic in topics(menu)],
        }
        text = "".join(f"{title}\n" + "".join(f"  {line}\n" for line in lines) for title, lines in told.items())
        compare("window", lambda: text, request)


def test_the_window_around_the_pages(qtbot: QtBot, sample: str, request: pytest.FixtureRequest) -> None:
    with shown(sample, "ANN") as window:  # the goals are read beside it
        qtbot.waitUntil(lambda: any(bar.isVisible() for bar in window.findChildren(QWidget, "goals.bar")))
        compare("main", lambda: text_of(window.header) + text_of(window.statusBar()), request)


def test_vt178_vt176_tickets_and_answers(qapp: QApplication, sample: str, request: pytest.FixtureRequest) -> None:
    with shown(sample, "ANN") as window:
        for name in ("tickets", "faq"):
            window.go_to(name)
            page = window.tabs.currentWidget()
            settle(page)
            for answers in page.findChildren(AnswersColumn):
                answers.look()
            compare(f"{name} filled", partial(text_of, page), request)
