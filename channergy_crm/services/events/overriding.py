"""Rerouting: somebody else does what an operator had to do, until a day or for good (VS-15, VS-16, VS-21)."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable


class Rerouted(NamedTuple):
    """From whom a task came by rerouting, until which day (None for good), and what was noted."""

    giver: str
    until: date | None
    note: str


def from_whom(numbers: Iterable[int], by: str) -> dict[int, Rerouted]:
    """From whom these tasks came, by their number; only those that were rerouted and have not come back."""
    return {}


def bring_back(now: datetime) -> int:
    """What was lent until a day that is over goes home, unless it was done meanwhile; how many."""
    return 0
