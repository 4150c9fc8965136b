"""Where passwords are kept: in the key store of the operating system, else in a file that only this user can read.

Only key stores that are known to be safe are trusted: others write into a plain file without a word. What is kept where
stands in that one file, so that nobody is asked for anything while nothing is kept.
"""

from __future__ import annotations

import json
import threading
from typing import TYPE_CHECKING

from channergy_crm import kept
from channergy_crm.language import _
from channergy_crm.settings import home

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from typing import Any

SERVICE = "channergy-crm"
SAFE = (
    "keyring.backends.SecretService", "keyring.backends.libsecret", "keyring.backends.kwallet",
    "keyring.backends.Windows", "keyring.backends.macOS",
)  # fmt: skip
PATIENCE_SECONDS = 10.0
"""a key store that is locked may ask the user for its own password, or wait for ever where there is no screen"""


def keep(name: str, secret: str) -> None:
    """Keep a secret under this name, in the safest place there is."""
    in_store = bool(_asked(lambda store: store.set_password(SERVICE, name, secret) or True))
    _write({**_read(), name: None if in_store else secret})


def find(name: str) -> str | None:
    """The secret of this name, or None."""
    held = _read()
    if name not in held:
        return None
    here: str | None = held[name]
    return here if here is not None else _asked(lambda store: store.get_password(SERVICE, name))


def is_kept(name: str) -> bool:
    """Whether there is a secret of this name; the key store is not asked."""
    return name in _read()


def forget(name: str) -> bool:
    """Keep it no longer; False when none was kept."""
    held = _read()
    if name not in held:
        return False
    if held.pop(name) is None:
        _asked(lambda store: store.delete_password(SERVICE, name))
    _write(held)
    return True


def where() -> str:
    """In words, where secrets are kept on this workstation."""
    store = _store()
    if store is None:
        return _("In a file only you can read: this system has no key store that is known to be safe.")
    return _("In the key store of this system ({name}).").format(name=store.name)


def _path() -> Path:
    return home() / "secrets.json"


def _read() -> dict[str, Any]:
    try:
        held = json.loads(_path().read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return held if isinstance(held, dict) else {}


def _write(held: dict[str, Any]) -> None:
    kept.write_whole(_path(), json.dumps(held))


def _store() -> Any:
    """The key store of the system; None where there is none that is known to be safe."""
    import keyring

    store = keyring.get_keyring()
    inner = getattr(store, "backends", None)  # several of them, the best first
    for each in inner if inner is not None else [store]:
        if type(each).__module__.startswith(SAFE):
            return each
    return None


def _asked(what: Callable[[Any], Any]) -> Any:
    """What the key store answers; None where there is none, where it refuses, and where it does not answer."""
    given: list[Any] = []

    def ask() -> None:
        from keyring.errors import KeyringError

        try:
            if (store := _store()) is not None:
                given.append(what(store))
        except (KeyringError, RuntimeError, OSError):  # locked, dismissed, no bus
            return

    thread = threading.Thread(target=ask, name="secrets", daemon=True)
    thread.start()
    thread.join(PATIENCE_SECONDS)
    return given[0] if given else None
