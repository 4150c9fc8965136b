"""What this workstation keeps for itself alone: the secret half of staying signed in, where secrets are kept here."""

from __future__ import annotations

import hashlib
import platform
from contextlib import suppress

from channergy_crm import secrets


def station_name() -> str:
    """What this workstation is called in the sign-in history."""
    return platform.node()


def stay_name(office: str) -> str:
    """Under which name the secret of one office is kept; the address itself is not written down."""
    return "stay/" + hashlib.sha256(office.encode(errors="surrogateescape")).hexdigest()[:16]


def remember_secret(name: str, value: str) -> None:
    """Keep a secret on this workstation; "" forgets it. Where it cannot be kept, somebody signs in once more."""
    if secret(name) == value:
        return
    with suppress(OSError):
        if value:
            secrets.keep(name, value)
        else:
            secrets.forget(name)


def secret(name: str) -> str:
    """What was kept under this name, or ""."""
    return secrets.find(name) or ""
