"""A job: something the program does by itself, again and again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from channergy_crm.store.database import Office

    Progress = Callable[[int, int, str], object]


LONGEST = timedelta(hours=6)
AGAIN = object()
"""what a run gives that has done its share: it goes on at once, after the others that are due"""


@dataclass(frozen=True)
class Job:
    """What it is called, when it is due, and what it does.

    `due` is given the moment it was due last (None: never before) and the moment it is; it gives what has become due
    since, the oldest first. Where occurrences `collapse`, of several that were missed the latest alone is made up for:
    one backup does for three days of sleep.
    """

    name: str
    label: str
    due: Callable[[datetime | None, datetime], list[datetime]]
    run: Callable[[Office, datetime, Progress], object]
    wanted: Callable[[], bool] = lambda: True
    """whether the office has it switched on"""
    collapses: bool = True


def daily(at: time, last: datetime | None, now: datetime) -> list[datetime]:
    """Every day at this time by the office's clock; the first time as if it had been due once before."""
    return _since(last, now, lambda day: [datetime.combine(day, at)])


def every(hours: int, last: datetime | None, now: datetime) -> list[datetime]:
    """Every so many hours, counted from midnight."""
    return _since(last, now, lambda day: [datetime.combine(day, time(hour)) for hour in range(0, 24, hours)])


def _since(last: datetime | None, now: datetime, of_day: Callable[[datetime], list[datetime]]) -> list[datetime]:
    first = (last or now - timedelta(days=1)).date()
    days = (datetime.combine(first, time()) + timedelta(days=number) for number in range((now.date() - first).days + 1))
    moments = [moment for day in days for moment in of_day(day) if moment <= now and (last is None or moment > last)]
    return moments if last is not None else moments[-1:]


def after(tries: int) -> timedelta:
    """How long to wait after so many tries that failed: 1, 5, 25, 125 minutes, and six hours from then on."""
    return min(timedelta(minutes=5 ** min(tries - 1, 9)), LONGEST)
