"""What an event makes: follow-ups, which are tasks, each exactly once for a record and an occurrence (K18, VS-3)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from channergy_crm.records.events import Event

    Happened = tuple[str, object, str]
    """table, number of the record, occurrence: a `Hit` is one"""


class Made(NamedTuple):
    """How many follow-ups were made, and how many wait because whoever gets them has enough for the day."""

    made: int
    waiting: int


def make(event: Event, hits: Iterable[Happened], now: datetime, step: Callable[..., object] | None = None) -> Made:
    """Make the follow-ups of what has happened, within the current unit of work. What was made before is left out.

    `step(done, total, said)` is called between; what it raises ends it.
    """
    raise NotImplementedError


def make_waiting(event: Event, now: datetime) -> int:
    """Make those that waited and whose receivers have room again today, within the current unit; how many."""
    raise NotImplementedError
