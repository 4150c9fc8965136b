"""Days as people name them in a filter: today, next week, last 30 days, older than 2 months, 2026-11, a..b."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

from channergy_crm.text.days import read_date
from channergy_crm.text.typed import in_english

Period = tuple[date | None, date | None]
"""first and last day, both included; None where it has no end"""

_COUNT = re.compile(r"(next|last|in|older than|more than) (\d{1,4}) (day|week|month|year)s?(?: ago)?")
_AGO = re.compile(r"(\d{1,4}) (day|week|month|year)s? ago")
_NAMED = re.compile(r"(this|next|last) (week|month|year)")


def period(text: str, today: date, *, past: bool = False) -> Period:
    """The days a text means; `Mistake` when it cannot be read."""
    words = " ".join(text.lower().split())
    if ".." in words:
        first, last = (part.strip() for part in words.split("..", 1))
        return (
            read_date(first, today, past=past) if first else None,
            read_date(last, today, past=past) if last else None,
        )
    english = in_english(words)
    return _counted(english, today) or _named(english, today) or _written(words, today, past=past)


def _counted(words: str, today: date) -> Period | None:
    if ago := _AGO.fullmatch(words):
        day = moved(today, -int(ago[1]), ago[2])
        return day, day
    found = _COUNT.fullmatch(words)
    if not found:
        return None
    how, count, unit = found[1], int(found[2]), found[3]
    if how in ("next", "in"):
        return today, moved(today, count, unit)
    if how == "last":
        return moved(today, -count, unit), today
    return None, moved(today, -count, unit) - timedelta(days=1)


def _named(words: str, today: date) -> Period | None:
    found = _NAMED.fullmatch(words)
    if not found:
        return None
    step = {"this": 0, "next": 1, "last": -1}[found[1]]
    if found[2] == "week":
        monday = today - timedelta(days=today.weekday()) + timedelta(weeks=step)
        return monday, monday + timedelta(days=6)
    if found[2] == "year":
        return date(today.year + step, 1, 1), date(today.year + step, 12, 31)
    first = moved(today.replace(day=1), step, "month")
    return first, first.replace(day=calendar.monthrange(first.year, first.month)[1])


def _written(words: str, today: date, *, past: bool) -> Period:
    if month := re.fullmatch(r"(\d{4})-(\d{2})", words):
        year, number = int(month[1]), int(month[2])
        if 1 <= number <= 12:
            return date(year, number, 1), date(year, number, calendar.monthrange(year, number)[1])
    if re.fullmatch(r"(19|20|21)\d{2}", words):
        return date(int(words), 1, 1), date(int(words), 12, 31)
    day = read_date(words, today, past=past)
    return day, day


def moved(day: date, count: int, unit: str) -> date:
    """`day` some days, weeks, months or years later; a month that is shorter gives its last day."""
    if unit in ("day", "week"):
        return day + timedelta(days=count * (7 if unit == "week" else 1))
    months = day.year * 12 + day.month - 1 + count * (12 if unit == "year" else 1)
    year, month = divmod(months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
