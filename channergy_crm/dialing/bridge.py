"""What every way to dial has in common."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Protocol

OpenUri = Callable[[str], bool]


class Bridge(Protocol):
    """One way to hand a number to a telephone: a dialer on this computer, a phone program, the clipboard.

    `news` is the sentence said when it is done, with {number} in it.
    """

    name: str
    label: str
    news: str

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys it presses for another program, which our own windows must not take."""
        ...

    def check(self) -> str | None:
        """A sentence when this way cannot work here: what is missing and what to do. None when it can."""
        ...

    def preview(self, number: str) -> str:
        """A sentence that says exactly what will be sent."""
        ...

    def dial(self, number: str) -> None:
        """Hand the number over; Surroundings when that fails. It waits on other programs: never on the GUI thread."""
        ...


class Clipboard(Protocol):
    """The place where a number is left for another program to take."""

    def check(self) -> str | None:
        """A sentence when there is no clipboard here, None when there is."""
        ...

    def copy(self, text: str) -> None:
        """Put a text on the clipboard; Surroundings when there is none."""
        ...

    def paste(self) -> str:
        """The text on the clipboard, "" when it holds none; Surroundings when there is no clipboard."""
        ...


def pause(milliseconds: float) -> None:
    """Give another program time. Only ever on a worker thread."""
    threading.Event().wait(milliseconds / 1000)
