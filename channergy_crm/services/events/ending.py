"""What closes follow-ups by itself, and what is set on a record when somebody has done its follow-up."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import datetime

    from channergy_crm.records.events import Event, LookRow


class Ended(NamedTuple):
    """How many follow-ups were closed by what happened since, and how many records got what their event sets."""

    closed: int
    done: int


def end(event: Event, look: LookRow, now: datetime) -> Ended:
    """Close the open follow-ups of this event that have ended by themselves since the last look (`Event.ends_by`), and
    set `done_field` of the records whose follow-up somebody has done since. Each is a unit by `Program.EVENTS`.
    """
    raise NotImplementedError
