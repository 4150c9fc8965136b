"""Whether the telephone links of other programs come to this program, for this user of this computer.

A program that dials through such links and opens them itself would call itself without end.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from channergy_crm.errors import Surroundings
from channergy_crm.language import _

if TYPE_CHECKING:
    from collections.abc import Sequence

SCHEMES = ("tel", "callto")
FILE, PROG_ID = "channergy-crm.desktop", "ChannergyCRM.tel"
BEFORE = "X-Channergy-Before-"
"""what opened the links before: given back when somebody takes it back"""
PATIENCE_S, KNOWN_FOR_S = 3.0, 10.0
CLASSES = r"Software\Classes"
CHOICE = r"Software\Microsoft\Windows\Shell\Associations\UrlAssociations\{scheme}\UserChoice"
NAME = "Channergy CRM"  # unsaid: a name
CAPABILITIES = rf"Software\{NAME}\Capabilities"
HEAD = "[Desktop Entry]"  # unsaid: of a file
URL_PROTOCOL = "URL Protocol"  # unsaid: a key

_known: dict[str, tuple[float, str]] = {}


def program(*words: str) -> list[str]:
    """What starts this program here, with these words behind it."""
    if getattr(sys, "frozen", False):
        return [sys.executable, *words]
    return [sys.executable, str(Path(__file__).resolve().parents[1] / "main.py"), *words]


def as_line(words: list[str]) -> str:
    """A command as somebody copies it into the settings of a telephone program."""
    return " ".join(f'"{word}"' if " " in word else word for word in words)


def why_not() -> str:
    """Why links cannot be registered here; "" when they can."""
    if sys.platform == "darwin":
        return _("On a Mac only an installed program can open links.")
    if sys.platform == "win32" or shutil.which("xdg-mime"):
        return ""
    return _("Links cannot be registered here; install xdg-utils.")


def are_ours(scheme: str = "tel") -> bool:
    """Whether links such as tel:+16502530000 are opened by this program; asked again after a few seconds."""
    at, opener = _known.get(scheme, (0.0, ""))
    if not at or time.monotonic() - at > KNOWN_FOR_S:
        opener = _opener(scheme)
        _known[scheme] = time.monotonic(), opener
    return opener in (FILE, PROG_ID)


def register(*words: str) -> None:
    """From now on the telephone links of other programs come here: the link follows these words behind the program."""
    if said := why_not():
        raise Surroundings(said)
    before = {scheme: _opener(scheme) for scheme in SCHEMES}
    try:
        if sys.platform == "win32":
            _register_with_windows(words)
        else:
            file = _applications() / FILE
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(entry(program(*words), {each: was for each, was in before.items() if was and was != FILE}))
            _ask("default", FILE, *(f"x-scheme-handler/{scheme}" for scheme in SCHEMES))
    except OSError as error:
        raise Surroundings(_("That could not be registered: {reason}.").format(reason=error.strerror)) from error
    _known.clear()


def take_back() -> None:
    """They go again where they went before."""
    _known.clear()
    if sys.platform == "win32":
        _forget_in_windows()
        return
    file = _applications() / FILE
    with suppress(OSError):
        lines = file.read_text().splitlines()
        file.unlink()
        for line in lines:
            name, _sign, was = line.partition("=")
            if name.startswith(BEFORE):
                _ask("default", was, f"x-scheme-handler/{name.removeprefix(BEFORE)}")


def entry(words: list[str], before: dict[str, str]) -> str:
    """The desktop entry: the number of the link is the last word, whatever stands in it."""
    quoted = " ".join('"' + "".join(f"\\{sign}" if sign in '"`$\\' else sign for sign in word) + '"' for word in words)
    lines = [
        HEAD, "Type=Application", f"Name={NAME}", "NoDisplay=true",
        f"Exec={quoted.replace('%', '%%')} %u",
        "MimeType=" + "".join(f"x-scheme-handler/{scheme};" for scheme in SCHEMES),
        *(f"{BEFORE}{scheme}={was}" for scheme, was in before.items()), "",
    ]  # fmt: skip
    return "\n".join(lines)


def _opener(scheme: str) -> str:
    if sys.platform == "win32":
        return _opener_in_windows(scheme)
    if not shutil.which("xdg-mime"):
        return ""
    return _ask("query", "default", f"x-scheme-handler/{scheme}")


def _ask(*words: str) -> str:
    command = [str(shutil.which("xdg-mime")), *words]
    with suppress(OSError, subprocess.SubprocessError):
        done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE_S, check=False)  # noqa: S603
        return done.stdout.strip()
    return ""


def _applications() -> Path:
    held = os.environ.get("XDG_DATA_HOME")
    return (Path(held) if held else Path.home() / ".local" / "share") / "applications"


# ---------------------------------------------------------------- Windows, written by its documents and not tried


def _register_with_windows(words: Sequence[str]) -> None:
    if sys.platform == "win32":
        import winreg

        line = " ".join(f'"{word}"' for word in [*program(*words), "%1"])
        values = [
            (rf"{CLASSES}\{PROG_ID}", "", NAME), (rf"{CLASSES}\{PROG_ID}", URL_PROTOCOL, ""),
            (rf"{CLASSES}\{PROG_ID}\shell\open\command", "", line), (CAPABILITIES, "ApplicationName", NAME),
            *((rf"{CAPABILITIES}\URLAssociations", scheme, PROG_ID) for scheme in SCHEMES),
            (r"Software\RegisteredApplications", NAME, CAPABILITIES),
        ]  # fmt: skip
        for path, name, value in values:
            with winreg.CreateKey(winreg.HKEY_CURRENT_USER, path) as key:
                winreg.SetValueEx(key, name, 0, winreg.REG_SZ, value)


def _forget_in_windows() -> None:
    if sys.platform == "win32":
        import winreg

        with (
            suppress(OSError),
            winreg.OpenKey(
                winreg.HKEY_CURRENT_USER, r"Software\RegisteredApplications", 0, winreg.KEY_SET_VALUE
            ) as key,
        ):
            winreg.DeleteValue(key, NAME)


def _opener_in_windows(scheme: str) -> str:
    if sys.platform == "win32":
        import winreg

        with suppress(OSError), winreg.OpenKey(winreg.HKEY_CURRENT_USER, CHOICE.format(scheme=scheme)) as key:
            return str(winreg.QueryValueEx(key, "ProgId")[0])
    return ""
