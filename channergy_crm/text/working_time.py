"""Working hours: when so many of them are over, nights, weekends and days off left out (VT-173)."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection

FARTHEST = 3_660
"""days looked ahead: an office that never works has no time limits"""
EVERY_DAY = frozenset(range(7))


class Work(NamedTuple):
    """When an office works: from when to when, on which days of the week (Monday is 0), and which days it has off."""

    begins: time
    ends: time
    week: Collection[int] = EVERY_DAY
    off: Collection[date] = ()

    def after(self, start: datetime, minutes: int) -> datetime | None:
        """The moment at which so many minutes of work are over; None for an office that never works."""
        left = timedelta(minutes=minutes)
        for ahead in range(FARTHEST):
            day = start.date() + timedelta(days=ahead)
            opens = max(start, datetime.combine(day, self.begins))
            closes = datetime.combine(day, self.ends)
            if day.weekday() not in self.week or day in self.off or opens >= closes:
                continue
            if left <= closes - opens:
                return opens + left
            left -= closes - opens
        return None
