"""How a workstation dials is chosen and tried out (CH-46)."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QRadioButton

from channergy_crm import settings
from channergy_crm.settings import Station
from tests.ui.gestures import alone, click, focused, part, words
from tests.ui.hands import KEY
from ui.editors.base import FlagEditor
from ui.editors.choices import SuggestEditor
from ui.setup.dialing_dialog import DialingDialog, steps


class Session:
    """The far end: what lies on the clipboard and which links were opened."""

    def __init__(self) -> None:
        self.text = "something else"
        self.links: list[str] = []
        self.answers = True

    def check(self) -> str | None:
        return None

    def copy(self, text: str) -> None:
        self.text = text

    def paste(self) -> str:
        return self.text

    def open(self, link: str) -> bool:
        self.links.append(link)
        return self.answers


@pytest.fixture
def far_end(monkeypatch):
    """A desktop without a screen, so that no key is ever pressed on the machine that runs the tests."""
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "XDG_SESSION_TYPE"):
        monkeypatch.delenv(name, raising=False)
    return Session()


@pytest.fixture
def dialog(qtbot, office, far_end):
    return alone(qtbot, DialingDialog(Station(), "ADMIN", office=office, clipboard=far_end, open_uri=far_end.open))


def choose(qtbot, dialog, way):
    part(dialog, f"dialing.{way}", QRadioButton).click()


def says(dialog, text):
    return lambda: text in words(dialog)


def dial(qtbot, dialog, number):
    line = part(dialog, "dialing.number", QLineEdit)
    line.setFocus()
    line.setText(number)
    qtbot.keyClick(line, KEY.Key_Return)
    qtbot.waitUntil(lambda: part(dialog, "dialing.test").isEnabled())
    return part(dialog, "dialing.said", QLabel).text()


def test_ch46_the_dialers_own_way_comes_first_and_says_at_once_why_it_cannot_work_here(qtbot, dialog):
    assert focused(dialog) == "dialing.clipboard_hotkey"
    assert part(dialog, "dialing.hotkey", QLineEdit).text() == "alt+c"
    qtbot.waitUntil(says(dialog, "There is no screen"))
    choose(qtbot, dialog, "uri")
    qtbot.waitUntil(says(dialog, "This works here."))
    assert not part(dialog, "dialing.hotkey", QLineEdit).isVisible()
    choose(qtbot, dialog, "copy_only")
    qtbot.waitUntil(says(dialog, "This works here."))


def test_ch46_what_is_chosen_is_kept_on_this_workstation(qtbot, dialog):
    part(dialog, "dialing.hotkey", QLineEdit).setText("ctrl+shift+d")
    part(dialog, "dialing.wait_before_paste", QLineEdit).setText("400")
    part(dialog, "dialing.press_enter", FlagEditor).click()
    qtbot.keyClick(dialog, KEY.Key_Return)
    assert dialog.result() == QDialog.DialogCode.Accepted
    kept = Station()
    assert kept.get(settings.HOTKEY) == "ctrl+shift+d"
    assert kept.get(settings.WAIT_BEFORE_PASTE) == 400
    assert kept.get(settings.PRESS_ENTER) is True
    assert kept.get(settings.BRIDGE) == "clipboard_hotkey"


def test_escape_keeps_everything_as_it_was_and_a_test_saves_nothing(qtbot, dialog, far_end):
    choose(qtbot, dialog, "copy_only")
    assert "+16502530000" in dial(qtbot, dialog, "(650) 253-0000")
    assert far_end.text == "+16502530000"
    qtbot.keyClick(dialog, KEY.Key_Escape)
    assert Station().get(settings.BRIDGE) == "clipboard_hotkey"


@pytest.mark.parametrize(
    ("name", "typed", "sentence"),
    [
        ("hotkey", "alt+elephant", "is not a key"),
        ("wait_before_paste", "", "milliseconds"),
        ("wait_before_hotkey", "99999", "from 0 to 10,000"),
    ],
)
def test_what_is_wrong_is_said_under_its_field_and_nothing_is_saved(qtbot, dialog, name, typed, sentence):
    line = part(dialog, f"dialing.{name}", QLineEdit)
    line.setText(typed)
    click(qtbot, dialog, "dialing.save")
    assert sentence in words(dialog)
    assert dialog.isVisible() and line.property("problem")
    assert focused(dialog) == f"dialing.{name}"
    choose(qtbot, dialog, "copy_only")
    click(qtbot, dialog, "dialing.save")
    assert not dialog.isVisible()


def test_ch46_a_test_dial_really_dials_and_shows_what_was_sent(qtbot, dialog, far_end):
    choose(qtbot, dialog, "uri")
    part(dialog, "dialing.uri_scheme", SuggestEditor).setEditText("callto")
    said = dial(qtbot, dialog, "650 253 0000")
    assert far_end.links == ["callto:+16502530000"]
    assert "callto:+16502530000" in said and "Dialing" in said


def test_ch46_or_says_why_not_and_where_the_number_is(qtbot, dialog, far_end):
    said = dial(qtbot, dialog, "(650) 253-0000")
    assert "There is no screen" in said and "on the clipboard" in said
    assert far_end.text == "+16502530000"
    far_end.answers = False
    choose(qtbot, dialog, "uri")
    assert "No program on this computer opens tel: links" in dial(qtbot, dialog, "650 253 0000")


def test_what_is_no_number_is_not_dialed(qtbot, dialog, far_end):
    choose(qtbot, dialog, "uri")
    said = dial(qtbot, dialog, "call me")
    assert said and far_end.links == []
    assert focused(dialog) == "dialing.number"
    assert dialog.isVisible()


def test_the_sentence_of_the_steps_becomes_a_list():
    assert steps("Copies 1, waits 50 ms, presses Alt+C.") == ["1. Copies 1", "2. Waits 50 ms", "3. Presses Alt+C"]
    assert steps("Copies 1.") == ["Copies 1."]


def test_everything_in_it_has_a_name(dialog):
    from PySide6.QtWidgets import QAbstractButton

    for kind in (QAbstractButton, QLineEdit):
        for widget in dialog.findChildren(kind):
            if widget.focusPolicy() != Qt.FocusPolicy.NoFocus and not isinstance(widget.parent(), SuggestEditor):
                assert widget.objectName().startswith("dialing."), widget
                assert widget.accessibleName(), widget.objectName()
