"""The system's clipboard, and the careful way to put a number on it."""

from __future__ import annotations

import platform
from typing import Any

from channergy_crm.dialing.bridge import Clipboard, pause
from channergy_crm.errors import Surroundings
from channergy_crm.language import _

_TRIES = 3
_MILLISECONDS_BETWEEN_TRIES = 50


def put(clipboard: Clipboard, number: str) -> None:
    """Copy a number and read it back: a clipboard that quietly kept its old content would dial the wrong person."""
    for _try in range(_TRIES):
        clipboard.copy(number)
        if clipboard.paste() == number:
            return
        pause(_MILLISECONDS_BETWEEN_TRIES)
    raise Surroundings(_("The clipboard did not take the number; another program may be holding it."))


class SystemClipboard:
    """The clipboard of this desktop."""

    def check(self) -> str | None:
        """What is missing for copying, if anything."""
        try:
            # What answers False here is the stand-in for "no way to copy was found".
            found = bool(_pyperclip().determine_clipboard()[0])
        except Surroundings as error:
            return error.message
        return None if found else _no_clipboard()

    def copy(self, text: str) -> None:
        """Put a text on the clipboard."""
        self._ask("copy", text)

    def paste(self) -> str:
        """The text on the clipboard."""
        return str(self._ask("paste"))

    def _ask(self, verb: str, *what: str) -> object:
        pyperclip = _pyperclip()
        try:
            return getattr(pyperclip, verb)(*what)
        except (pyperclip.PyperclipException, OSError) as error:
            raise Surroundings(_no_clipboard()) from error


def _pyperclip() -> Any:
    try:
        import pyperclip
    except ImportError as error:
        raise Surroundings(_("The package pyperclip is missing; install it to copy numbers.")) from error
    return pyperclip


def _no_clipboard() -> str:
    if platform.system() == "Linux":
        return _("The clipboard cannot be reached; install xclip (on Wayland wl-clipboard) and start on the desktop.")
    return _("The clipboard cannot be reached; another program may be holding it.")
