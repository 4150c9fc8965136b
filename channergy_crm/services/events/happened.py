"""To which records something an event waits for has happened: now, or since it looked last."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from channergy_crm.records.events import Event, LookRow
    from channergy_crm.services.events.news import News
    from channergy_crm.services.events.triggers import Hit


def existing(event: Event, now: datetime, by: str, key: object = None) -> Iterator[Hit]:
    """The records that fall under an event now, each once, by number; with a `key` that record alone. They are read
    as they are gone through.
    """
    raise NotImplementedError


def how_many(event: Event, now: datetime, by: str) -> int:
    """How many records fall under an event now."""
    raise NotImplementedError


def a_week(event: Event, now: datetime, by: str) -> int | None:
    """How many more are to be expected in a week, by what the last four weeks brought; None: nothing can be said."""
    raise NotImplementedError


def since(event: Event, look: LookRow, now: datetime, news: News) -> list[Hit]:
    """To which records it has happened since the event looked last."""
    raise NotImplementedError
