"""What can go wrong with a site, to be switched on by whoever tries the sync."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from threading import Event, Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass
class Faults:
    """How the next requests are met, one each (`ways`), and all others (`usual`).

    A way is "ok"; a status such as "500", "429" or "401"; "html" (a maintenance page), "moved" (sends one elsewhere),
    "half" (half an answer), "wrong" (JSON that is no answer), "drip" (a sign now and then), "stall" (does it and never
    answers), "deaf" (closes before it has done anything), "drop" (does it, then closes), "gzip" (packs its answer,
    which nobody asked for) or "retry" (of a batch, every second item is not done now). Signing in is met as usual
    unless `signing_in` is set.
    """

    ways: list[str] = field(default_factory=list)
    usual: str = "ok"
    signing_in: bool = False
    skew: timedelta = timedelta()
    """how much its clock is ahead"""
    retry_after: str = "2"
    """seconds; or a moment, as many seconds ahead of its clock, where it begins with +"""
    twist: Callable[[str, bytes], bytes] | None = None
    """says something else instead of a good answer: by the path that was asked and the answer as it would be"""
    go_on: Event = field(default_factory=Event)
    """ends what stalls or drips"""
    _lock: Lock = field(default_factory=Lock)

    def next(self) -> str:
        """How this request is met."""
        with self._lock:
            return self.ways.pop(0) if self.ways else self.usual
