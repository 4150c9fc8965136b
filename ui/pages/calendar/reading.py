"""What the page asks for, and what is read for it; beside the window where that takes long."""

from __future__ import annotations

from time import perf_counter
from typing import TYPE_CHECKING, NamedTuple

from channergy_crm.services import dated, due
from channergy_crm.services.calendar import entries, whose
from ui.pages.calendar.places import minute_of
from ui.pages.calendar.tools import ACTIVITIES

if TYPE_CHECKING:
    from datetime import date

    from channergy_crm.services.calendar.entries import Entry
    from channergy_crm.services.calendar.whose import Whose


class Asked(NamedTuple):
    """Which days, whose, which kinds (none: all), of what: activities, or a source of dated records."""

    first: date
    last: date
    owners: tuple[str, ...]
    kinds: frozenset[str]
    source: str


class Read(NamedTuple):
    """What was asked, what stands on those days and beside them, who may be looked at, what kinds there are, the minute
    at which the working day begins, how long reading took, in milliseconds, and what other days there are to look at.
    """

    asked: Asked
    entries: list[Entry]
    beside: list[Entry]
    offered: list[Whose]
    kinds: dict[str, str]
    begins: int
    took: float
    sources: dict[str, dated.Dated]


def read(asked: Asked, by: str) -> Read:
    """Everything the page shows."""
    begun = perf_counter()
    beside: list[Entry] = []
    if asked.source == ACTIVITIES:
        found = entries.between(asked.first, asked.last, asked.owners, by, asked.kinds)
        beside = [each for each in entries.not_in(asked.owners, by) if not asked.kinds or each.kind in asked.kinds]
    else:
        found = dated.between(asked.source, asked.first, asked.last, asked.owners, by)
    begins = minute_of(due.day_begins(by))
    offered, kinds = whose.owners(by), dict(entries.kinds(by))
    sources = dated.sources(by)
    return Read(asked, found, beside, offered, kinds, begins, (perf_counter() - begun) * 1000, sources)
