"""Where the arrow keys go in a column of the day: from entry to entry, and through the free half hours between."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.pages.calendar.places import DAY, USUAL, begins, lasts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from channergy_crm.services.calendar.entries import Entry

Place = "Entry | int | None"
"""an entry, the minute of a free half hour, or None: the row of what has no time"""


def down(column: Sequence[Entry], here: Entry | int | None, first: int) -> Entry | int | None:
    """The place below: `column` is what stands in it, without a time first, then by time; `first` is the minute at
    which the day begins for somebody who comes from above.
    """
    following = _after(column, here)
    if here is None or (not isinstance(here, int) and here.at is None):
        if following is not None and (following.at is None or (begins(following) or 0) < first + USUAL):
            return following
        return first
    free = here + USUAL if isinstance(here, int) else -(-_end(here) // USUAL) * USUAL
    if following is not None and (begins(following) or 0) < free + USUAL:
        return following
    return free if free < DAY else here


def up(column: Sequence[Entry], here: Entry | int | None) -> Entry | int | None:
    """The place above."""
    before = _before(column, here)
    if here is None or (not isinstance(here, int) and here.at is None):
        return before if here is not None and before is not None else here
    begin = here if isinstance(here, int) else begins(here) or 0
    free = (begin - 1) // USUAL * USUAL
    if before is not None and (free < 0 or (before.at is not None and _end(before) > free)):
        return before
    return free if free >= 0 else None


def _after(column: Sequence[Entry], here: Entry | int | None) -> Entry | None:
    if here is None:
        return next(iter(column), None)
    if isinstance(here, int):
        return next((each for each in column if each.at is not None and (begins(each) or 0) >= here), None)
    place = column.index(here) + 1
    return column[place] if place < len(column) else None


def _before(column: Sequence[Entry], here: Entry | int | None) -> Entry | None:
    if here is None:
        return None
    if isinstance(here, int):
        return next((each for each in reversed(column) if each.at is None or (begins(each) or 0) < here), None)
    place = column.index(here)
    return column[place - 1] if place else None


def _end(entry: Entry) -> int:
    return min((begins(entry) or 0) + lasts(entry), DAY)
