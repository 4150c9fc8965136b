"""The round: every active event looks for what has happened since it looked last, and makes its follow-ups (VS-3)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from channergy_crm.records.events import Event

    Progress = Callable[[int, int, str], object]

JOB = "events"
"""the name of the job that does it"""


class Last(NamedTuple):
    """The round before: when it was, how many follow-ups it made, and when the next one is due."""

    when: datetime
    made: int
    next: datetime | None


def begin(event: Event, now: datetime) -> None:
    """From this moment on the event looks: what was before is known. Within the unit that activates it."""
    raise NotImplementedError


def round(now: datetime, step: Progress | None = None) -> int:
    """Every active event looks once; how many follow-ups were made. Ended in the middle, the next one goes on there."""
    raise NotImplementedError


def last(by: str) -> Last | None:
    """How the round before went; None where there was none yet."""
    raise NotImplementedError
