"""A call in three keys, and the dialer is another program: the number arrives there, how it went is in the store, the
next lead is open (BX-1, BX-2, CH-45, CH-46).
"""

from __future__ import annotations

import os
from contextlib import ExitStack
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

import pytest

from channergy_crm import settings
from channergy_crm.records import Lead
from tests.journeys.screens import Office, Screen, needs_a_screen
from tests.ui.calling import come_to_three_leads, focus, is_open, lead, stands
from tests.ui.gestures import activate
from tests.ui.hands import CTRL, KEY, opened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.journeys.screens import Program
    from tests.ui.hands import Hands

pytestmark = needs_a_screen
SIX = ("call_try", "call_date", "call_code", "call_status", "reminder_date", "reminder_time")
TODAY, TOMORROW = date(2026, 11, 23), date(2026, 11, 24)


@pytest.fixture
def hands(qtbot: Any, database_url: str, fixed_clock: datetime) -> Iterator[Hands]:
    """Three leads to call: Cleo, Bob, Ann; Cleo is open."""
    with opened(qtbot, database_url) as hands:
        come_to_three_leads(hands)
        yield hands


def goes_on(hands: Hands, digit: Any, following: str) -> None:
    """How it went, and on to the next lead."""
    assert is_open(hands) and focus().startswith("call.result."), "the results have the keys"
    hands.press(digit)
    hands.press(KEY.Key_Return, CTRL)
    stands(hands, following)
    assert not is_open(hands)


def six(hands: Hands, name: str) -> tuple[object, ...]:
    """What the store holds of a call to this lead."""
    held = hands.stored(Lead, lead(name).key)
    return tuple(held[field] for field in SIX)


def test_bx1_the_number_is_on_the_clipboard_of_the_desktop_for_any_other_program(
    hands: Hands, screen: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    """CH-45, where nobody has a dialer: what another program finds on the clipboard is the number of the lead."""
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setenv("DISPLAY", screen.surroundings["DISPLAY"])
    hands.window.session.station.set(settings.BRIDGE, "copy_only")
    for name, number, digit, following, wanted in (
        ("Cleo", "+18005550102", KEY.Key_1, "Bob", ("2", TODAY, "N", "Not Reached", TOMORROW, time(10))),
        ("Bob", "+18005550101", KEY.Key_2, "Ann", ("2", TODAY, "B", "Not Reached", TODAY, time(10, 30))),
    ):
        stands(hands, name)
        hands.press(KEY.Key_F9)
        hands.bot.waitUntil(lambda number=number: hands.said() == f"The number {number} is on the clipboard.")
        assert screen.clipboard == number
        goes_on(hands, digit, following)
        assert six(hands, name) == wanted


@pytest.mark.display
def test_bx1_a_dialer_comes_to_the_front_takes_the_number_and_the_call_goes_on_behind_it(
    hands: Hands, tmp_path: Any
) -> None:
    """CH-46: F9, the dialer has the number; back in the window a digit and Ctrl+Enter are enough."""
    with ExitStack() as stack:
        desktop = Office(Screen(os.environ["DISPLAY"]), tmp_path / "station.json", stack)
        dialer: Program = desktop.dialer()
        for name, number, digit, following, wanted in (
            ("Cleo", "+18005550102", KEY.Key_8, "Bob", ("2", TODAY, "WN", "Closed", None, None)),
            ("Bob", "+18005550101", KEY.Key_1, "Ann", ("2", TODAY, "N", "Not Reached", TOMORROW, time(10))),
        ):
            stands(hands, name)
            hands.press(KEY.Key_F9)
            assert dialer.next() == {"pasted": number}
            activate(hands.bot, hands.window)
            goes_on(hands, digit, following)
            assert six(hands, name) == wanted
        assert dialer.is_silent()
