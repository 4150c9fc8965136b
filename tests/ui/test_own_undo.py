"""Ctrl+Z is a field's own while something typed there is not saved, and the office's everywhere else (F-56)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtWidgets import QApplication, QComboBox

from channergy_crm.records import Lead
from tests.ui.hands import ALT, CTRL, KEY, SHIFT, opened
from tests.ui.two_leads import come_to_two_leads, kept, typed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.ui.hands import Hands

pytestmark = pytest.mark.engines("sqlite")
FIELDS = ["notes", "title", "company", "reminder_date"]
"""several lines, one line, one with suggestions, one that is read"""


@pytest.fixture
def bob(qtbot: Any, database_url: str, fixed_clock: object) -> Iterator[Hands]:
    """The window of a new office with two leads, at its Leads; the newer one, Bob, is open."""
    with opened(qtbot, database_url) as hands:
        come_to_two_leads(hands)
        yield hands


def type_into(hands: Hands, field: str, text: str) -> None:
    """Key by key, as people do, and stay in the field."""
    editor = hands.part(f"leads.{field}")
    editor.setFocus()
    line = editor.lineEdit() if isinstance(editor, QComboBox) else editor
    hands.bot.keyClicks(line, text)


@pytest.mark.parametrize("field", FIELDS)
def test_f56_after_a_save_ctrl_z_takes_back_the_save_and_nothing_typed_before(bob: Hands, field: str) -> None:
    before = kept("Bob", field)
    type_into(bob, field, "today")
    bob.press(KEY.Key_S, CTRL)
    assert kept("Bob", field) != before
    assert QApplication.focusWidget() is bob.part(f"leads.{field}")
    bob.press(KEY.Key_Z, CTRL)
    bob.bot.waitUntil(lambda: kept("Bob", field) == before)
    assert not bob.window._pages[1].panel.is_edited
    assert bob.said().startswith("Undone: Save lead Bob")
    bob.press(KEY.Key_Z, CTRL | SHIFT)
    bob.bot.waitUntil(lambda: kept("Bob", field) != before)
    assert not bob.window._pages[1].panel.is_edited


@pytest.mark.parametrize("field", ["notes", "title", "company"])
def test_f56_what_is_not_saved_is_taken_back_in_the_field(bob: Hands, field: str) -> None:
    units = bob.window.session.notices.recent()
    type_into(bob, field, "xyz")
    bob.press(KEY.Key_Z, CTRL)
    assert (typed(bob, field), Lead.select().count()) == ("", 2)
    bob.press(KEY.Key_Z, CTRL | SHIFT)
    assert typed(bob, field) == "xyz"
    assert bob.window.session.notices.recent() == units, "the office has taken nothing back"


@pytest.mark.parametrize("where", ["leads.notes", "leads.title", "leads.company", "leads.search", "main.search"])
def test_f56_where_nothing_was_typed_ctrl_z_is_the_offices(bob: Hands, where: str) -> None:
    bob.fill("leads.title", "Boss")
    bob.press(KEY.Key_S, CTRL)
    bob.part(where).setFocus()
    bob.press(KEY.Key_Z, CTRL)
    bob.bot.waitUntil(lambda: kept("Bob") == "")


def test_f56_coming_to_another_record_takes_nothing_of_it_back(bob: Hands) -> None:
    type_into(bob, "notes", "rang")
    bob.press(KEY.Key_Down, ALT)
    assert (typed(bob, "first_name"), kept("Bob", "notes")) == ("Ann", "rang")
    bob.part("leads.notes").setFocus()
    bob.press(KEY.Key_Z, CTRL)
    bob.bot.waitUntil(lambda: kept("Bob", "notes") == "")
    assert kept("Ann", "notes") == ""
