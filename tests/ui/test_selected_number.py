"""A key that works everywhere dials the number that is selected in another program, through the same gate (BX-5)."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QGuiApplication

from channergy_crm import settings
from channergy_crm.dialing import keyboard
from channergy_crm.dialing.keyboard import Hotkey
from channergy_crm.records import PhoneCall
from channergy_crm.records.call_log import DialRow
from channergy_crm.services.privacy import refusals
from tests.ui.calling import is_open, stands
from ui.setup.settings_ways import key_problem
from ui.shell.incoming.selected import Selected, as_listened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.ui.hands import Hands

pytestmark = [pytest.mark.engines("sqlite"), pytest.mark.usefixtures("three_leads")]


@pytest.mark.parametrize(
    ("typed", "told"), [("ctrl+alt+j", "<ctrl>+<alt>+j"), ("F12", "<f12>"), ("win+return", "<cmd>+<enter>")]
)
def test_the_key_is_told_as_the_listener_wants_it(typed: str, told: str) -> None:
    assert as_listened(typed) == told


def test_a_key_that_is_typed_or_taken_is_refused_and_not_listened_for(hands: Hands) -> None:
    found = hands.window.findChild(Selected)
    for key in ("j", "7", "enter", "shift+a", "ctrl+c", "alt+c", "ctrl+v", "option+C", "nothing"):
        assert found is not None and keyboard.everywhere_problem(key, ("alt+c", "ctrl+v")), key
        hands.window.session.station.set(settings.SELECTED_KEY, key)
        found.follow()
        assert not found.listens, key
    assert keyboard.everywhere_problem("ctrl+alt+j", ("alt+c",)) is None and keyboard.everywhere_problem("F9") is None


@pytest.fixture
def selected(hands: Hands) -> Iterator[Selected]:
    """The window listens for Ctrl+Alt+J."""
    found = hands.window.findChild(Selected)
    assert found is not None and not found.listens, "nobody has chosen a key yet"
    hands.window.session.station.set(settings.SELECTED_KEY, "ctrl+alt+j")
    found.follow()
    yield found
    found.stop()


@pytest.mark.display
def test_a_key_the_dialer_is_given_later_is_refused_and_listened_for_no_more(hands: Hands, selected: Selected) -> None:
    station = hands.window.session.station
    assert selected.listens
    assert key_problem("alt+ctrl+j", station) and key_problem("alt+c", station) is None
    station.set(settings.HOTKEY, "alt+ctrl+j")
    selected.follow()
    assert not selected.listens, "it would start itself again"
    station.set(settings.HOTKEY, "alt+c")
    selected.follow()
    assert selected.listens


@pytest.mark.display
def test_the_listener_has_left_the_screen_when_nobody_listens_any_more(selected: Selected) -> None:
    listener = selected._listener
    assert listener.is_alive()
    selected.stop()
    assert not listener.is_alive(), "it would fall over when the screen goes"


ELSEWHERE = """
import sys
from PySide6.QtGui import QGuiApplication
app = QGuiApplication([])
app.clipboard().setText(sys.argv[1], app.clipboard().Mode.Selection)
app.exec()
"""


def select_elsewhere(text: str) -> subprocess.Popen[bytes]:
    """Another program in which this is selected."""
    return subprocess.Popen([sys.executable, "-c", ELSEWHERE, text])


@pytest.mark.display
def test_bx5_what_is_selected_elsewhere_is_dialed_where_the_call_is_noted(hands: Hands, selected: Selected) -> None:
    clipboard = QGuiApplication.clipboard()
    refusals.add("phone", "212-736-5999", "", "ADMIN")
    for text, wanted in (
        ("Ring Bob, (800) 555-0101, today.", "Bob"), ("no number here", ""), ("212-736-5000", "+12127365000"),
        ("212-736-5999", "refused"),
    ):  # fmt: skip
        program = select_elsewhere(text)
        hands.bot.waitUntil(lambda text=text: clipboard.text(clipboard.Mode.Selection) == text)
        keyboard.press(Hotkey.read("ctrl+alt+j"))
        if wanted == "Bob":
            hands.bot.waitUntil(lambda: is_open(hands))
            stands(hands, "Bob")
        elif not wanted:
            hands.bot.waitUntil(lambda: hands.said() == "No phone number is selected there.")
        elif wanted == "refused":
            hands.bot.waitUntil(lambda: "register" in hands.said())
        else:
            hands.bot.waitUntil(lambda to=wanted: PhoneCall.select().where(PhoneCall.phone == to).exists())
        program.kill()
        program.wait()
    assert [row.key for row in DialRow.select()] == ["+18005550101", "+12127365000"], "once each, and nobody barred"
