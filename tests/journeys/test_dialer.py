"""Dial Phone with a real dialer in a second process, on a real screen of their own (CH-45, CH-46, CH-70, CH-83)."""

from __future__ import annotations

import os
import threading
import time
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

import pytest

from channergy_crm import settings
from tests.journeys.caller import NOTES
from tests.journeys.screens import PATIENCE, Office, Program, Screen, needs_a_screen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

pytestmark = needs_a_screen
CALLS = int(os.environ.get("CALLS_IN_A_ROW", "15"))  # fifty and more by hand


def until(condition: Callable[[], bool], what: str) -> None:
    """Look until it is so."""
    given_up = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > given_up:
            pytest.fail(f"Waited {PATIENCE:.0f} seconds in vain: {what}")
        threading.Event().wait(0.01)


@pytest.fixture
def office(screen: Screen, tmp_path: Path) -> Iterator[Office]:
    with ExitStack() as stack:
        yield Office(screen, tmp_path / "station.json", stack)


def outcome(crm: Program) -> dict[str, Any]:
    """What became of the call that is being dialed."""
    assert "dialing" in crm.next()
    return crm.next()


def test_calls_in_a_row_all_arrive_once_and_in_order_ch_45_ch_46(office: Office) -> None:
    """CH-45, CH-46, CH-70, CH-83: copy, Alt+C, paste; from whatever record, the right number and no other."""
    dialer = office.dialer()
    numbers = [f"(650) 253-{line:04}" for line in range(CALLS)]
    crm = office.call(*numbers)
    for line in range(CALLS):
        number = f"+1650253{line:04}"
        assert outcome(crm) == {"sent": True, "message": f"Dialing {number}.", "notes": NOTES}
        assert dialer.next() == {"pasted": number}
        crm.go_on()
    assert dialer.is_silent()
    assert office.screen.clipboard == number


def test_enter_dials_at_once_and_the_clipboard_comes_back_ch_46(office: Office) -> None:
    """CH-46 with both extras: the dialer is told to call, and what was copied before is there again."""
    office.station.set(settings.PRESS_ENTER, True)
    office.station.set(settings.RESTORE_CLIPBOARD, True)
    office.screen.copy("an address somebody copied")
    dialer = office.dialer()
    crm = office.call("650-253-0000", "1-800-FLOWERS", "650-253-0001 x12")
    for number in ("+16502530000", "+18003569377", "+16502530001,12"):
        assert outcome(crm)["message"].startswith("Dialing")
        assert dialer.next() == {"pasted": number}
        assert dialer.next() == {"called": number}
        until(lambda: office.screen.clipboard == "an address somebody copied", "the clipboard to be given back")
        crm.go_on()
    assert dialer.is_silent()


def test_a_dialer_that_does_not_run_gets_nothing_and_neither_do_the_notes(office: Office) -> None:
    """CH-46: the number is never pasted into the CRM itself; it waits on the clipboard."""
    assert outcome(office.call("650-253-0000")) == {
        "sent": False,
        "message": "The dialer did not open on Alt+C; is it running? The number +16502530000 is on the clipboard.",
        "notes": NOTES,
    }
    assert office.screen.clipboard == "+16502530000"


def test_a_hand_still_on_shift_is_waited_for(office: Office) -> None:
    """CH-46: Shift+Alt+C would be another key."""
    dialer = office.dialer()
    office.screen.copy("something else")
    office.screen.hold("Shift_L", True)
    crm = office.call("650-253-0000")
    until(lambda: office.screen.clipboard == "+16502530000", "the number to be copied")
    assert dialer.is_silent()
    office.screen.hold("Shift_L", False)
    assert outcome(crm)["message"].startswith("Dialing")
    assert dialer.next() == {"pasted": "+16502530000"}


def test_a_key_that_is_never_let_go_is_said(office: Office) -> None:
    """CH-46: rather no call than a wrong one."""
    dialer = office.dialer()
    office.screen.hold("Control_L", True)
    try:
        said = outcome(office.call("650-253-0000"))
    finally:
        office.screen.hold("Control_L", False)
    assert said["message"] == (
        "A key such as Ctrl, Alt or Shift is held down; let it go and dial again. "
        "The number +16502530000 is on the clipboard."
    )
    assert said["notes"] == NOTES
    assert dialer.is_silent()
