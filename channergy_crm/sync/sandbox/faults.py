"""What can go wrong with a site, to be switched on by whoever tries the sync."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from threading import Event


@dataclass
class Faults:
    """How the next requests are met, one each (`ways`), and all others (`usual`).

    A way is "ok"; a status such as "500", "429" or "503"; "html" (a maintenance page); "half" (half an answer);
    "wrong" (no JSON); "slow" (a byte now and then); "stall" (does it and never answers); "deaf" (closes before it has
    done anything); "drop" (does it, then closes).
    """

    ways: list[str] = field(default_factory=list)
    usual: str = "ok"
    skew: timedelta = timedelta()
    """how much its clock is ahead"""
    retry_after: str = "2"
    """seconds, or a moment as HTTP writes it"""
    go_on: Event = field(default_factory=Event)
    """ends what stalls"""
