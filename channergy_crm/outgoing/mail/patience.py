"""Whoever is waited for is waited for so long and no longer: one watch for all the mails of a line (BX-14)."""

from __future__ import annotations

import math
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class Patience:
    """Calls `cut` with what was waited for when its time is over. A watch for every wait would take longer than most
    waits are.
    """

    def __init__(self, cut: Callable[[Any], object]) -> None:
        self._cut = cut
        self._turned = threading.Condition()
        self._watching = False
        self._until = self._looks_at = math.inf
        self._whom: Any = None

    @contextmanager
    def until(self, moment: float, whom: Any) -> Iterator[None]:
        """Wait for them until this moment of the clock that only runs forward."""
        with self._turned:
            self._until, self._whom = moment, whom
            if not self._watching:
                self._watching = True
                threading.Thread(target=self._watch, daemon=True).start()
            elif moment < self._looks_at:
                self._turned.notify()
        try:
            yield
        finally:
            with self._turned:
                self._until, self._whom = math.inf, None

    def end(self) -> None:
        """Nobody is waited for any more; who waits again is watched again."""
        with self._turned:
            self._watching = False
            self._turned.notify()

    def _watch(self) -> None:
        with self._turned:
            while self._watching:
                left = self._until - time.monotonic()
                if left <= 0:
                    self._until = math.inf
                    self._cut(self._whom)
                    continue
                self._looks_at = self._until
                self._turned.wait(left if left < threading.TIMEOUT_MAX else None)
