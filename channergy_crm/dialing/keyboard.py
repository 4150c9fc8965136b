"""Keys as people write them in the settings ("alt+c", "f12"), and pressing them as a hand would."""

from __future__ import annotations

import os
import re
import sys
import time
from typing import TYPE_CHECKING, Any, NamedTuple

from channergy_crm.dialing.bridge import pause
from channergy_crm.dialing.keys_held import modifiers_held
from channergy_crm.errors import Mistake, Surroundings
from channergy_crm.language import _

if TYPE_CHECKING:
    from collections.abc import Iterable
    from types import ModuleType

_MODIFIERS = {
    "ctrl": "ctrl", "control": "ctrl", "alt": "alt", "option": "alt", "altgr": "alt_gr", "shift": "shift",
    "super": "cmd", "win": "cmd", "windows": "cmd", "cmd": "cmd", "command": "cmd", "meta": "cmd",
}  # fmt: skip
_NAMED = {
    "enter": "enter", "return": "enter", "space": "space", "tab": "tab", "esc": "esc", "escape": "esc",
    "insert": "insert", "ins": "insert", "delete": "delete", "del": "delete", "backspace": "backspace",
    "home": "home", "end": "end", "pageup": "page_up", "pgup": "page_up", "pagedown": "page_down", "pgdn": "page_down",
    "up": "up", "down": "down", "left": "left", "right": "right", "pause": "pause",
    **{f"f{number}": f"f{number}" for number in range(1, 21)},
}  # fmt: skip

_PATIENCE = 3.0  # seconds for a hand to let go
_MILLISECONDS_BETWEEN_LOOKS = 10


class Hotkey(NamedTuple):
    """A key and the keys held with it; printed as people write it: "Ctrl+Alt+D"."""

    held: tuple[str, ...]
    key: str

    @classmethod
    def read(cls, text: str) -> Hotkey:
        """Read "ctrl+alt+d" or "F12"; a Mistake when there is no such key."""
        *held, key = re.split(r"\+(?!$)", text.replace(" ", "").lower())
        single = len(key) == 1 and key.isascii() and key.isprintable()
        if not (single or key in _NAMED) or any(each not in _MODIFIERS for each in held):
            raise Mistake(_("“{text}” is not a key; write it like alt+c, ctrl+shift+d or F12.").format(text=text))
        return cls(tuple(held), key)

    @property
    def pressed_with(self) -> tuple[str, ...]:
        """The keys held with it, each by one name however it was written: "control" is "ctrl"."""
        return tuple(_MODIFIERS[each] for each in self.held)

    @property
    def named(self) -> str:
        """The one name of a key that is no character, however it was written: "return" is "enter"; else ""."""
        return _NAMED.get(self.key, "")

    def __str__(self) -> str:
        return "+".join(each.capitalize() for each in (*self.held, self.key))


def everywhere_problem(text: str, taken: Iterable[str] = ()) -> str | None:
    """Why this key cannot work in every program: it is none, one that is typed, or one of those that are taken."""
    try:
        wanted, others = Hotkey.read(text), [Hotkey.read(each) for each in (*taken, "ctrl+c", "cmd+c") if each]
    except Mistake as mistake:
        return mistake.message
    if not set(wanted.pressed_with) & {"ctrl", "alt", "cmd"} and not re.fullmatch(r"f\d+", wanted.named):
        return _("A key that works everywhere needs Ctrl, Alt or Super, or is an F key.")
    if any((set(wanted.pressed_with), wanted.key) == (set(each.pressed_with), each.key) for each in others):
        return _("{hotkey} is taken: it would start itself again.").format(hotkey=wanted)
    return None


def obstacle() -> str | None:
    """Why keys cannot be pressed in other programs here: a sentence that says what to do. None when they can."""
    if sys.platform.startswith("linux") and (sentence := _no_screen()):
        return sentence
    try:
        import pynput.keyboard  # noqa: F401
    except ModuleNotFoundError:
        return _("The package pynput is missing; install it to have keys pressed for you (pip install pynput).")
    except ImportError:
        return _("The screen does not answer, so no key can be pressed; start the program on the desktop.")
    return None


def _no_screen() -> str | None:
    if os.environ.get("WAYLAND_DISPLAY") or os.environ.get("XDG_SESSION_TYPE") == "wayland":
        return _(
            "Wayland does not let one program press keys in another; "
            "choose another way to dial, or log in to an Xorg session."
        )
    if not os.environ.get("DISPLAY"):
        return _("There is no screen, so no key can be pressed; start the program on the desktop.")
    return None


def wait_for_release() -> None:
    """Wait until no Ctrl, Alt, Shift or Super is held: with one of them down another key would reach the dialer."""
    given_up = time.monotonic() + _PATIENCE
    while modifiers_held():
        if time.monotonic() > given_up:
            raise Surroundings(_("A key such as Ctrl, Alt or Shift is held down; let it go and dial again."))
        pause(_MILLISECONDS_BETWEEN_LOOKS)


def press(hotkey: Hotkey) -> None:
    """Press and release a key in whatever program listens for it."""
    try:
        from pynput import keyboard

        controller = keyboard.Controller()
        held = [getattr(keyboard.Key, _MODIFIERS[each]) for each in hotkey.held]
        with controller.pressed(*held):
            controller.tap(_key(keyboard, hotkey.key))
    except Exception as error:  # each desktop has its own errors, and all mean: the key did not go out
        raise Surroundings(
            _("{hotkey} could not be pressed; try again or choose another way to dial.").format(hotkey=hotkey)
        ) from error


def end(listener: Any) -> None:
    """Nobody listens to keys any more; the listener has left the screen, else it would fall over when that goes."""
    listener.stop()
    if (listening := getattr(listener, "_context", None)) is not None:
        # The line on which X tells the keys takes no word itself: it would end with the next key, whenever that is.
        from Xlib.display import Display  # type: ignore[import-untyped]

        display = Display()
        display.record_disable_context(listening)
        display.sync()
        display.close()
    listener.join(_PATIENCE)


def _key(keyboard: ModuleType, name: str) -> object:
    if name in _NAMED:
        return getattr(keyboard.Key, _NAMED[name])
    if sys.platform in ("win32", "darwin"):
        return keyboard.KeyCode.from_char(name)
    # Under X a character would be handed to the focused window only; by its key symbol the server itself presses it,
    # and the dialer that grabbed the key hears it.
    return keyboard.KeyCode.from_vk(ord(name))
