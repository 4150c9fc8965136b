"""When a follow-up is due: so many days or working days later, at a time, and never in the past of who gets it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, datetime, time

    from channergy_crm.records.events import Event


def due(event: Event, at: datetime) -> tuple[date, time | None]:
    """The day and the time a follow-up of this event is due that is made at this moment of the office's clock."""
    raise NotImplementedError
