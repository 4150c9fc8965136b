"""F-55: Enter goes from field to field as Tab does, no button stands in the way, a drop-down is searched by names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QWidget

from channergy_crm.services import leads
from tests.ui.gestures import alone
from tests.ui.hands import CTRL, KEY, SHIFT, opened
from ui.editors.choices import ChoiceEditor, SuggestEditor
from ui.editors.multi_choice import SeveralEditor
from ui.forms.record_panel import RecordPanel
from ui.screens.people import LEADS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.ui.hands import Hands

pytestmark = pytest.mark.engines("sqlite")

RESULTS = [("N", "No Answer"), ("R", "Not Reached"), ("I", "Not Interested")]


@pytest.fixture
def hands(qtbot: Any, database_url: str, fixed_clock: Any) -> Iterator[Hands]:
    """The window of a new office with one lead that has an e-mail address and a web site, at its Leads."""
    with opened(qtbot, database_url) as hands:
        leads.create({"description": "x", "email": "x@example.com", "website": "example.com"}, "ADMIN")
        hands.go("leads")
        hands.reads("leads", "Description", ["x"])
        yield hands


def walked(hands: Hands, start: str, key: Qt.Key) -> list[str]:
    """The names the keyboard comes by, from that field on to the first text of several lines."""
    hands.part(start).setFocus()
    seen = [start]
    while hands.part(seen[-1], object).metaObject().className() != "TextEditor" and len(seen) < 30:
        hands.press(key)
        focused = QApplication.focusWidget()
        assert focused is not None
        seen.append(focused.objectName())
    return seen


def test_f55_enter_goes_through_the_fields_as_tab_does(hands: Hands) -> None:
    by_tab = walked(hands, "leads.description", KEY.Key_Tab)
    assert walked(hands, "leads.description", KEY.Key_Return) == by_tab
    assert walked(hands, "leads.description", KEY.Key_Enter) == by_tab
    declared = [f"leads.{name}" for section in LEADS.sections if not section.folded for name in section.fields]
    assert by_tab == declared[: declared.index("leads.notes") + 1], "in the order of the sections, and nothing else"


@pytest.mark.parametrize("name", ["leads", "accounts", "accounts.customer", "accounts.opportunities"])
@pytest.mark.usefixtures("every_page")
def test_f55_nothing_but_fields_and_folded_headings_is_a_stop_of_tab(hands: Hands, name: str) -> None:
    panel = next(each for each in hands.window.findChildren(RecordPanel) if each.prefix == name)
    editors = {row.editor for row in panel.form.rows.values()}
    stops = [part for part in panel.form.findChildren(QWidget) if part.focusPolicy() & Qt.FocusPolicy.TabFocus]
    others = [part for part in stops if not _belongs_to(part, editors)]
    named = {part.objectName().rpartition(".")[2] for part in others if part.objectName()}
    assert all(each.startswith("section_") for each in named), named


def _belongs_to(part: QWidget, editors: set[QWidget]) -> bool:
    """Whether it is one of the fields, or a piece of one."""
    return part in editors or any(editor.isAncestorOf(part) for editor in editors)


def test_f55_what_stands_beside_a_field_is_pressed_with_the_mouse_and_has_a_name(hands: Hands) -> None:
    for name in ("send_email", "open_website"):
        button = hands.button(f"leads.{name}")
        assert button.focusPolicy() == Qt.FocusPolicy.NoFocus
        assert button.accessibleName() and button.isEnabled()


def test_f55_enter_takes_over_what_was_typed_and_ctrl_enter_still_saves(hands: Hands) -> None:
    hands.fill("leads.call_date", "yesterday", leave=False)
    hands.press(KEY.Key_Return)
    assert hands.part("leads.call_date").text() == "Sun 11/22/2026"
    assert QApplication.focusWidget() is not hands.part("leads.call_date")
    hands.press(KEY.Key_Return, CTRL)
    assert hands.said() == "Lead x saved."


def test_f55_enter_in_a_text_of_several_lines_writes_a_line(hands: Hands) -> None:
    notes = hands.part("leads.notes")
    notes.setFocus()
    hands.type("one")
    hands.press(KEY.Key_Return)
    hands.type("two")
    assert notes.value() == "one\ntwo"


def test_f55_enter_in_an_open_drop_down_chooses(hands: Hands) -> None:
    codes = hands.part("leads.call_code", QComboBox)
    codes.setFocus()
    hands.press(KEY.Key_F4)
    hands.bot.keyClick(codes.view(), KEY.Key_Down)
    hands.bot.keyClick(codes.view(), KEY.Key_Return)
    assert codes.currentText() and QApplication.focusWidget() is codes
    hands.press(KEY.Key_Return)
    assert QApplication.focusWidget() is not codes


def test_f55_shift_enter_stays(hands: Hands) -> None:
    hands.part("leads.company").setFocus()
    hands.press(KEY.Key_Return, SHIFT)
    assert QApplication.focusWidget() is hands.part("leads.company")


@pytest.mark.parametrize("dropped_down", [False, True])
def test_f55_a_blank_belongs_to_what_is_looked_for_in_a_drop_down(qtbot: Any, dropped_down: bool) -> None:
    choice = alone(qtbot, ChoiceEditor(RESULTS))
    if dropped_down:
        qtbot.keyClick(choice, KEY.Key_F4)
    typed_into = choice.view() if dropped_down else choice
    qtbot.keyClicks(typed_into, "Not R")
    assert choice.view().isVisible() is dropped_down
    if dropped_down:
        qtbot.keyClick(typed_into, KEY.Key_Return)
    assert choice.value() == "R"


def test_f55_a_blank_that_comes_first_opens_the_drop_down(qtbot: Any) -> None:
    choice = alone(qtbot, ChoiceEditor(RESULTS))
    qtbot.keyClick(choice, KEY.Key_Space)
    assert choice.view().isVisible()
    qtbot.keyClick(choice.view(), KEY.Key_Space)
    assert choice.view().isVisible() and not choice.view().typed
    choice.hidePopup()


def test_f55_a_drop_down_one_writes_into_is_searched_by_whole_names_too(qtbot: Any) -> None:
    editor = alone(qtbot, SuggestEditor([text for _value, text in RESULTS]))
    qtbot.keyClicks(editor, "Not R")
    assert editor.value() == "Not R"
    completer = editor.lineEdit().completer()
    assert completer.popup().isVisible()
    assert [completer.completionModel().index(row, 0).data() for row in range(completer.completionCount())] == [
        "Not Reached"
    ]
    qtbot.keyClick(completer.popup(), KEY.Key_Down)
    qtbot.keyClick(completer.popup(), KEY.Key_Return)
    assert editor.value() == "Not Reached"
    editor.setEditText("")
    editor.showPopup()
    qtbot.keyClicks(editor.view(), "Not R")
    assert editor.view().isVisible()
    qtbot.keyClick(editor.view(), KEY.Key_Return)
    assert editor.value() == "Not Reached"


def test_f55_where_several_are_checked_a_blank_searches_as_long_as_it_finds(qtbot: Any) -> None:
    several = alone(qtbot, SeveralEditor(RESULTS, lambda value: [value] if value else []))
    qtbot.keyClick(several, KEY.Key_Space)
    qtbot.keyClicks(several.view(), "Not R")
    assert several.value() == "" and several.view().currentIndex().data() == "Not Reached"
    qtbot.keyClick(several.view(), KEY.Key_Space)
    assert several.value() == "R"
    several.hidePopup()
