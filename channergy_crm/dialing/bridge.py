"""What every way to dial has in common."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Protocol, runtime_checkable

OpenUri = Callable[[str], bool]
Secret = Callable[[], str | None]
"""asked when it is needed, beside the window: a key store may take its time"""


class Bridge(Protocol):
    """One way to hand a number to a telephone: a dialer on this computer, a phone program, the clipboard.

    `news` is the sentence said when it is done, with {number} in it; `sure` whether `check` alone tells that it works,
    and not only a try.
    """

    name: str
    label: str
    news: str

    @property
    def sure(self) -> bool:
        """Whether all that is needed can be seen from here."""
        ...

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys it presses for another program, which our own windows must not take."""
        ...

    @property
    def can_hang_up(self) -> bool:
        """Whether it ends a call, too: see `HangsUp`."""
        ...

    def check(self) -> str | None:
        """A sentence when this way cannot work here: what is missing and what to do. None when it can."""
        ...

    def preview(self, number: str) -> str:
        """A sentence that says exactly what will be sent."""
        ...

    def dial(self, number: str) -> str | None:
        """Hand the number over; Surroundings when that fails. It waits on other programs: never on the GUI thread.

        What it gives is what the call is known by over there, where hanging up needs that.
        """
        ...


@runtime_checkable
class HangsUp(Protocol):
    """A way that ends a call as well."""

    def hang_up(self, call: str) -> None:
        """End the call known by this name, "" where it has none; Surroundings when that fails."""
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
