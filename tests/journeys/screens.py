"""A screen with programs of other makers on it: a dialer, a CRM in a process of its own, a clipboard between them."""

from __future__ import annotations

import json
import os
import queue
import shutil
import subprocess
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from channergy_crm import settings
from tests.display import ended

if TYPE_CHECKING:
    from contextlib import ExitStack

HERE = Path(__file__).parent
PROGRAMS = ("Xvfb", "openbox", "xclip")
PATIENCE = 30.0

missing = [name for name in PROGRAMS if not shutil.which(name)]
needs_a_screen = [
    pytest.mark.skipif(bool(missing), reason=f"needs {', '.join(missing)}: a real screen for a real dialer"),
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the dialer of this test listens to an X server"),
]


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
