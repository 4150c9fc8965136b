"""The window that runs over an office: where it listens, and what another program tells it.

One window for each office and user: a second start hands over what it was asked for and ends. Whoever is told is told
in one line, and answers in one; nothing else is ever read.
"""

from __future__ import annotations

import hashlib
import json
import os
import socket
import sys
from contextlib import suppress
from pathlib import Path
from typing import Literal, get_args

from channergy_crm.settings import home

Verb = Literal["show", "call-from", "dial"]
VERBS: tuple[str, ...] = get_args(Verb)
LONGEST_LINE = 1_000
"""bytes of a line"""
LONGEST_PATH = 100
"""bytes a socket may be called with"""
PATIENCE_S = 2.0


def place(office: str) -> str:
    """Where the window over this office of this user listens: a socket in their own folder, or a pipe of Windows.

    `office` is what it is known as (`addresses.known_as`).
    """
    name = hashlib.sha256(f"{home()}\n{office}".encode(errors="surrogateescape")).hexdigest()[:20]
    if sys.platform == "win32":
        return f"channergy-crm-{name}"
    own = home() / f"{name}.window"
    if len(os.fsencode(own)) <= LONGEST_PATH:
        return str(own)
    import tempfile

    short = Path(os.environ.get("XDG_RUNTIME_DIR") or tempfile.gettempdir())
    return str(short / f"channergy-crm-{name}.window")


def tell(office: str, verb: Verb, text: str = "") -> bool | None:
    """Tell the window over this office; None when there is none, False when it could do nothing with it just now."""
    line = json.dumps({"verb": verb, "text": text[: LONGEST_LINE // 4]}).encode() + b"\n"
    with suppress(OSError):
        return _said(line, place(office)) == b"ok"
    return None


def _said(line: bytes, where: str) -> bytes:
    if sys.platform == "win32":
        with Path(rf"\\.\pipe\{where}").open("r+b", buffering=0) as pipe:
            pipe.write(line)
            return pipe.readline().strip()
    with socket.socket(socket.AF_UNIX) as asking:
        asking.settimeout(PATIENCE_S)
        asking.connect(where)
        asking.sendall(line)
        return asking.makefile("rb").readline().strip()


def read(line: bytes) -> tuple[Verb, str] | None:
    """What a line says; None for anything else than what `tell` writes."""
    try:
        held = json.loads(line[:LONGEST_LINE])
        verb, text = held["verb"], held["text"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    return (verb, text) if verb in VERBS and isinstance(text, str) else None
