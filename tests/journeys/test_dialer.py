"""Dial Phone with a real dialer in a second process, on a real screen of their own (CH-45, CH-46, CH-70, CH-83)."""

from __future__ import annotations

import json
import os
import queue
import shutil
import subprocess
import sys
import threading
import time
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from channergy_crm import settings
from tests import display
from tests.journeys.caller import NOTES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

HERE = Path(__file__).parent
PROGRAMS = ("Xvfb", "openbox", "xclip")
PATIENCE = 30.0

missing = [name for name in PROGRAMS if not shutil.which(name)]
pytestmark = [
    pytest.mark.skipif(bool(missing), reason=f"needs {', '.join(missing)}: a real screen for a real dialer"),
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the dialer of this test listens to an X server"),
]


def until(condition: Callable[[], bool], what: str) -> None:
    """Look until it is so."""
    given_up = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > given_up:
            pytest.fail(f"Waited {PATIENCE:.0f} seconds in vain: {what}")
        threading.Event().wait(0.01)


class Screen:
    """A screen nobody looks at, with a window manager, and the programs on it."""

    def __init__(self, name: str) -> None:
        self.surroundings = {
            key: value for key, value in os.environ.items() if key not in ("WAYLAND_DISPLAY", "XDG_SESSION_TYPE")
        } | {"DISPLAY": name, "QT_QPA_PLATFORM": "xcb", "PYTHONPATH": str(HERE.parents[1])}

    @property
    def clipboard(self) -> str:
        command = ["xclip", "-selection", "clipboard", "-o"]
        return subprocess.run(command, env=self.surroundings, capture_output=True, text=True).stdout

    def copy(self, text: str) -> None:
        # xclip stays behind with whatever output it was given, so it gets none.
        command = ["xclip", "-selection", "clipboard"]
        nowhere = subprocess.DEVNULL
        subprocess.run(
            command, env=self.surroundings, input=text, text=True, stdout=nowhere, stderr=nowhere, check=True
        )

    def hold(self, key: str, down: bool) -> None:
        """A hand on the keyboard."""
        from Xlib import XK, X
        from Xlib.display import Display
        from Xlib.ext import xtest

        display = Display(self.surroundings["DISPLAY"])
        code = display.keysym_to_keycode(XK.string_to_keysym(key))
        xtest.fake_input(display, X.KeyPress if down else X.KeyRelease, code)
        display.sync()
        display.close()

    def start(self, program: str, *arguments: str) -> Program:
        command = [sys.executable, str(HERE / program), *arguments]
        pipe = subprocess.PIPE
        return Program(subprocess.Popen(command, env=self.surroundings, stdin=pipe, stdout=pipe, text=True))


class Program:
    """A program of this test; everything it says is a line of JSON."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self.said: queue.Queue[dict[str, Any]] = queue.Queue()
        self.listener = threading.Thread(target=self._listen)
        self.listener.start()

    def _listen(self) -> None:
        assert self.process.stdout is not None
        with self.process.stdout as lines:
            for line in lines:
                self.said.put(json.loads(line))

    def next(self) -> dict[str, Any]:
        return self.said.get(timeout=PATIENCE)

    def go_on(self) -> None:
        """The dialer shows the number: the next call may come."""
        assert self.process.stdin is not None
        self.process.stdin.write("\n")
        self.process.stdin.flush()

    def is_silent(self) -> bool:
        return self.said.empty()


@contextmanager
def ended(process: subprocess.Popen[Any]) -> Iterator[None]:
    try:
        yield
    finally:
        process.terminate()
        process.wait(PATIENCE)
        if process.stdin is not None:
            process.stdin.close()


@pytest.fixture(scope="module")
def screen() -> Iterator[Screen]:
    """A screen with a window manager, on a display that is free."""
    with display.running("1280x1024") as name:
        yield Screen(name)


class Office:
    """One workstation: its settings, and the CRM and the dialer running on it."""

    def __init__(self, screen: Screen, station: Path, stack: ExitStack) -> None:
        self.screen, self.station, self.stack = screen, settings.Station(station), stack

    def dialer(self) -> Program:
        dialer = self._run(self.screen.start("dialer.py"))
        assert dialer.next() == {"ready": "listening"}
        return dialer

    def call(self, *numbers: str) -> Program:
        return self._run(self.screen.start("caller.py", str(self.station.path), *numbers))

    def _run(self, program: Program) -> Program:
        self.stack.callback(program.listener.join)
        self.stack.enter_context(ended(program.process))
        return program


@pytest.fixture
def office(screen: Screen, tmp_path: Path) -> Iterator[Office]:
    with ExitStack() as stack:
        yield Office(screen, tmp_path / "station.json", stack)


def outcome(crm: Program) -> dict[str, Any]:
    """What became of the call that is being dialed."""
    assert "dialing" in crm.next()
    return crm.next()


def test_fifty_calls_in_a_row_all_arrive_once_and_in_order_ch_45_ch_46(office: Office) -> None:
    """CH-45, CH-46, CH-70, CH-83: copy, Alt+C, paste; from whatever record, the right number and no other."""
    dialer = office.dialer()
    numbers = [f"(650) 253-{line:04}" for line in range(50)]
    crm = office.call(*numbers)
    for line in range(50):
        number = f"+1650253{line:04}"
        assert outcome(crm) == {"sent": True, "message": f"Dialing {number}.", "notes": NOTES}
        assert dialer.next() == {"pasted": number}
        crm.go_on()
    assert dialer.is_silent()
    assert office.screen.clipboard == "+16502530049"


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
