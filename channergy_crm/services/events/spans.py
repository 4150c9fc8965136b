"""The bars of a trend: days, weeks or months, as many as can be read side by side."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from channergy_crm.text.periods import moved

DAYS, WEEKS, MOST = 31, 27, 36
"""the longest period whose days, and whose weeks, are bars of their own; the most bars there are"""


class Span(NamedTuple):
    """Some days that stand together, by the first and the last, and what they are: a day, week or month."""

    first: date
    last: date
    unit: str


def of(first: date, last: date) -> list[Span]:
    """The days from one to the other, without a gap; of a longer time than fits, the last part and what was before."""
    days = (last - first).days + 1
    if days <= DAYS:
        return [Span(day, day, "day") for day in (first + timedelta(days=step) for step in range(days))]
    unit = "week" if days <= 7 * WEEKS else "month"
    begin = first - timedelta(days=first.weekday()) if unit == "week" else first.replace(day=1)
    found: list[Span] = []
    while begin <= last:
        following = moved(begin, 1, unit)
        found.append(Span(max(begin, first), min(following - timedelta(days=1), last), unit))
        begin = following
    if len(found) <= MOST:
        return found
    before = found[: 1 - MOST]
    return [Span(before[0].first, before[-1].last, "before"), *found[1 - MOST :]]
