"""The office a command works in, and how far its work is."""

from __future__ import annotations

import contextlib
import signal
import sys
from typing import TYPE_CHECKING

from channergy_crm.errors import CRMError
from channergy_crm.language import _
from channergy_crm.store import database

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable, Iterator


class Stopped(CRMError):
    """Somebody pressed Ctrl+C before it was done."""


@contextlib.contextmanager
def opened(request: Namespace) -> Iterator[database.Office]:
    """The office the command line names, closed at the end."""
    office = database.open_database(request.database or database.default_url())
    if office.warning:
        print(office.warning, file=sys.stderr)
    try:
        yield office
    finally:
        office.close()


@contextlib.contextmanager
def told() -> Iterator[Callable[[int, int, str], None]]:
    """Shows how far the work is and ends it at Ctrl+C, between two steps, so that it is done or not, never half."""
    pressed: list[int] = []

    def press(number: int, frame: object) -> None:
        pressed.append(number)
        signal.signal(signal.SIGINT, before)  # pressed again, it ends at once

    def step(done: int, total: int, text: str) -> None:
        if pressed:
            raise Stopped(_("Stopped. Nothing was changed."))
        if sys.stderr.isatty():
            print(f"\r{text} ({100 * done // max(1, total)} %)\x1b[K", end="", file=sys.stderr)

    before = signal.signal(signal.SIGINT, press)
    try:
        yield step
    finally:
        signal.signal(signal.SIGINT, before)
        if sys.stderr.isatty():
            print("\r\x1b[K", end="", file=sys.stderr)
