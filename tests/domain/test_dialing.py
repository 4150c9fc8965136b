"""The gate before every dial, the ways to dial, and what is said where one of them cannot work."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from typing import TYPE_CHECKING

import pytest

from channergy_crm import dialing, settings
from channergy_crm.dialing import keyboard
from channergy_crm.dialing.clipboard_hotkey import ClipboardHotkey
from channergy_crm.dialing.copy_only import CopyOnly
from channergy_crm.dialing.keyboard import Hotkey
from channergy_crm.dialing.uri import UriScheme, open_with_the_system
from channergy_crm.errors import Mistake, Refused, Surroundings

if TYPE_CHECKING:
    from pathlib import Path

NUMBER = "+16502530000"
on_linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="asks the X server or Wayland")


class Notepad:
    """A clipboard on paper. A worn one does not take what is written on it."""

    def __init__(self, text: str = "", worn: bool = False) -> None:
        self.text, self.worn = text, worn

    def check(self) -> str | None:
        return None

    def copy(self, text: str) -> None:
        if not self.worn:
            self.text = text

    def paste(self) -> str:
        return self.text


@pytest.fixture
def no_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "XDG_SESSION_TYPE"):
        monkeypatch.delenv(name, raising=False)


# ---------------------------------------------------------------- the gate


def test_the_gate_sends_a_clean_number_and_says_so() -> None:
    """CH-45: the number in the Phone field is dialed."""
    notepad = Notepad()
    dialed = dialing.dial("(650) 253-0000", region="US", bridge=CopyOnly(notepad))
    assert notepad.text == NUMBER
    assert dialed == dialing.Dialed(NUMBER, "copy_only", True, f"The number {NUMBER} is on the clipboard.")


def test_no_number_never_reaches_a_bridge() -> None:
    notepad = Notepad("what was copied before")
    with pytest.raises(Mistake):
        dialing.dial("not a phone", region="US", bridge=CopyOnly(notepad))
    assert notepad.text == "what was copied before"


def test_a_check_that_refuses_stops_every_way_to_dial() -> None:
    asked: list[str] = []
    notepad = Notepad()

    def do_not_call(number: str) -> str | None:
        asked.append(number)
        return "This number is not to be called."

    with pytest.raises(Refused, match="not to be called"):
        dialing.dial("650-253-0000", region="US", bridge=CopyOnly(notepad), checks=[lambda number: None, do_not_call])
    assert asked == [NUMBER]
    assert notepad.text == ""


def test_a_bridge_that_fails_leaves_the_number_on_the_clipboard() -> None:
    notepad = Notepad()
    dialed = dialing.dial("650-253-0000", region="US", bridge=UriScheme("tel", lambda uri: False), clipboard=notepad)
    assert not dialed.sent
    assert notepad.text == NUMBER
    assert dialed.message == (
        "No program on this computer opens tel: links; install one or choose another. "
        f"The number {NUMBER} is on the clipboard."
    )


def test_a_clipboard_that_keeps_its_old_content_is_noticed() -> None:
    notepad = Notepad("+13105550199", worn=True)
    dialed = dialing.dial("650-253-0000", region="US", bridge=CopyOnly(notepad), clipboard=notepad)
    assert not dialed.sent
    assert dialed.message == (
        f"The clipboard did not take the number; another program may be holding it. Please dial {NUMBER} by hand."
    )


def test_one_call_at_a_time() -> None:
    taken, go_on = threading.Event(), threading.Event()

    def slow_phone(uri: str) -> bool:
        taken.set()
        return go_on.wait(10)

    first: list[dialing.Dialed] = []
    bridge = UriScheme("tel", slow_phone)
    call = threading.Thread(target=lambda: first.append(dialing.dial("650-253-0000", region="US", bridge=bridge)))
    call.start()
    assert taken.wait(10)
    with pytest.raises(Mistake, match="one call at a time"):
        dialing.dial("650-253-0001", region="US", bridge=bridge)
    go_on.set()
    call.join()
    assert first[0].sent
    assert dialing.dial("650-253-0001", region="US", bridge=bridge).sent


# ---------------------------------------------------------------- which way


def test_a_workstation_dials_the_way_it_was_set_up(tmp_path: Path) -> None:
    station = settings.Station(tmp_path / "station.json")
    assert dialing.chosen(station).name == "clipboard_hotkey"
    station.set(settings.HOTKEY, "ctrl+alt+d")
    station.set(settings.PRESS_ENTER, True)
    station.set(settings.RESTORE_CLIPBOARD, True)
    assert dialing.chosen(station).preview(NUMBER) == (
        f"Copies {NUMBER}, waits 50 ms, presses Ctrl+Alt+D, waits 150 ms, presses Ctrl+V, presses Enter, "
        "gives the clipboard back."
    )
    station.set(settings.BRIDGE, "uri")
    station.set(settings.URI_SCHEME, "callto")
    opened: list[str] = []
    bridge = dialing.chosen(station, open_uri=lambda uri: not opened.append(uri))
    assert bridge.preview(NUMBER) == f"Opens callto:{NUMBER}."
    assert dialing.dial("650-253-0000", region="US", bridge=bridge).sent
    assert opened == [f"callto:{NUMBER}"]


def test_a_way_that_is_gone_becomes_copying(tmp_path: Path) -> None:
    station = settings.Station(tmp_path / "station.json")
    station.set(settings.BRIDGE, "carrier_pigeon")
    assert dialing.chosen(station).name == "copy_only"


def test_every_way_has_a_name_a_label_and_a_preview(tmp_path: Path) -> None:
    every = dialing.bridges(settings.Station(tmp_path / "station.json"), Notepad())
    assert len({bridge.name for bridge in every}) == len({bridge.label for bridge in every}) == len(every) == 8
    for bridge in every:
        assert NUMBER in bridge.news.format(number=NUMBER)


# ---------------------------------------------------------------- keys


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("alt+c", "Alt+C"),
        ("Ctrl + Alt + D", "Ctrl+Alt+D"),
        ("f12", "F12"),
        ("ctrl++", "Ctrl++"),
        ("super+1", "Super+1"),
        ("shift+insert", "Shift+Insert"),
    ],
)
def test_a_hotkey_is_read_as_people_write_it(text: str, shown: str) -> None:
    assert str(Hotkey.read(text)) == shown


@pytest.mark.parametrize("text", ["", "alt", "alt+", "alt+foo", "foo+c", "f99", "é"])
def test_a_key_that_does_not_exist_is_said_before_dialing(text: str) -> None:
    with pytest.raises(Mistake, match="is not a key"):
        Hotkey.read(text)
    assert f"“{text}” is not a key" in (ClipboardHotkey(Notepad(), hotkey=text).check() or "")


@on_linux
def test_without_a_screen_the_number_is_left_on_the_clipboard(no_screen: None) -> None:
    notepad = Notepad()
    bridge = ClipboardHotkey(notepad)
    assert bridge.check() == "There is no screen, so no key can be pressed; start the program on the desktop."
    dialed = dialing.dial("650-253-0000", region="US", bridge=bridge, clipboard=notepad)
    assert not dialed.sent
    assert dialed.message == f"{bridge.check()} The number {NUMBER} is on the clipboard."
    assert notepad.text == NUMBER


@on_linux
@pytest.mark.parametrize(("name", "value"), [("WAYLAND_DISPLAY", "wayland-0"), ("XDG_SESSION_TYPE", "wayland")])
def test_on_wayland_another_way_is_proposed(
    no_screen: None, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setenv(name, value)
    assert "Wayland" in (keyboard.obstacle() or "")


@on_linux
def test_without_a_clipboard_the_number_is_at_least_said(no_screen: None) -> None:
    dialed = dialing.dial("650-253-0000", region="US", bridge=CopyOnly(dialing.SystemClipboard()))
    assert not dialed.sent
    assert "xclip" in dialed.message
    assert dialed.message.endswith(f"Please dial {NUMBER} by hand.")


def outcome_in_a_new_program(before: str, **environment: str) -> dict[str, str | None]:
    """What a freshly started program says about the dialer's key, and that it started at all."""
    program = f"""
import json, sys
{before}
from channergy_crm import dialing, settings
from pathlib import Path
bridge = dialing.chosen(settings.Station(Path("nowhere.json")))
dialed = dialing.dial("650-253-0000", region="US", bridge=bridge)
print(json.dumps(dict(check=bridge.check(), message=dialed.message)))
"""
    surroundings = {name: value for name, value in os.environ.items() if name not in ("WAYLAND_DISPLAY", "DISPLAY")}
    surroundings = {**surroundings, "XDG_SESSION_TYPE": "x11", **environment}
    done = subprocess.run([sys.executable, "-c", program], env=surroundings, check=True, capture_output=True, text=True)
    return json.loads(done.stdout)


@on_linux
@pytest.mark.parametrize("missing", ["pynput", "pyperclip"])
def test_a_machine_without_a_package_starts_and_says_what_is_missing(missing: str) -> None:
    outcome = outcome_in_a_new_program(f"sys.modules['{missing}'] = None; sys.modules['{missing}.keyboard'] = None")
    assert "by hand" in (outcome["message"] or "")
    if missing == "pynput":
        outcome = outcome_in_a_new_program("sys.modules['pynput'] = None", DISPLAY=":9999")
        assert (outcome["check"] or "").startswith("The package pynput is missing")


@on_linux
def test_a_screen_that_is_gone_is_said() -> None:
    assert outcome_in_a_new_program("", DISPLAY=":9999")["check"] == (
        "The screen does not answer, so no key can be pressed; start the program on the desktop."
    )


# ---------------------------------------------------------------- links


@pytest.mark.parametrize(
    ("scheme", "number", "uri"),
    [
        ("tel", NUMBER, f"tel:{NUMBER}"),
        ("tel", f"{NUMBER},123", f"tel:{NUMBER};ext=123"),
        ("callto", f"{NUMBER},123", f"callto:{NUMBER},123"),
        ("sip", "204", "sip:204"),
        ("tel", "*21#", "tel:*21%23"),
    ],
)
def test_a_link_is_written_as_phone_programs_read_it(scheme: str, number: str, uri: str) -> None:
    assert UriScheme(scheme).uri(number) == uri


def test_a_scheme_with_a_path_in_it_is_no_scheme() -> None:
    assert "is not the beginning of a link" in (UriScheme("file:///tmp/").check() or "")


def stand_in(folder: Path, script: str) -> Path:
    """A program that takes the place of the system's opener."""
    program = folder / "xdg-open"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    return program


@on_linux
def test_the_system_gets_the_link_as_one_argument(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    heard = tmp_path / "heard"
    stand_in(tmp_path, f'printf "%s|" $# "$@" > "{heard}"')
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    monkeypatch.setenv("DISPLAY", ":9999")
    dialed = dialing.dial("1-650-253-0000 x12", region="US", bridge=UriScheme("tel"))
    assert dialed == dialing.Dialed(f"{NUMBER},12", "uri", True, f"Dialing {NUMBER},12.")
    assert heard.read_text() == f"1|tel:{NUMBER};ext=12|"


@on_linux
def test_a_link_nobody_opens_is_noticed(no_screen: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "no screen" in (UriScheme("tel").check() or "")
    stand_in(tmp_path, "exit 3")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert open_with_the_system("tel:204") is False
    with pytest.raises(Surroundings, match="opens tel: links"):
        UriScheme("tel").dial("204")
    monkeypatch.setenv("PATH", str(tmp_path / "nothing here"))
    monkeypatch.setenv("DISPLAY", ":9999")
    assert "install xdg-utils" in (UriScheme("tel").check() or "")
