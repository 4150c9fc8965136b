"""What this workstation keeps for itself alone: the secret half of staying signed in, in a file only its user reads."""

from __future__ import annotations

import hashlib
import json
import platform
from contextlib import suppress

from channergy_crm import kept
from channergy_crm.settings import home

FILE = "stay.json"


def station_name() -> str:
    """What this workstation is called in the sign-in history."""
    return platform.node()


def stay_name(office: str) -> str:
    """Under which name the secret of one office is kept; the address itself is not written down."""
    return "stay/" + hashlib.sha256(office.encode(errors="surrogateescape")).hexdigest()[:16]


def remember_secret(name: str, value: str) -> None:
    """Keep a secret on this workstation; "" forgets it. Where it cannot be kept, somebody signs in once more."""
    held = _held()
    if held.get(name, "") == value:
        return
    held.pop(name, None)
    with suppress(OSError):
        kept.write_whole(home() / FILE, json.dumps({**held, name: value} if value else held))


def secret(name: str) -> str:
    """What was kept under this name, or ""."""
    return _held().get(name, "")


def _held() -> dict[str, str]:
    try:
        held = json.loads((home() / FILE).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(key): str(value) for key, value in held.items()} if isinstance(held, dict) else {}
