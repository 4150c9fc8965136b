"""Where entries of the calendar stand, in pixels: figures only, nothing is painted here."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QRectF

if TYPE_CHECKING:
    from collections.abc import Sequence

    from channergy_crm.services.calendar.entries import Entry

STEP, USUAL, SHORTEST, DAY = 15, 30, 15, 24 * 60
"""minutes: a step by hand or key, an entry whose length was not said, one at least, a day"""


class Slot(NamedTuple):
    """A place where an entry may stand: a day, a minute of it (None: no time), whose column."""

    day: date
    minute: int | None
    owner: str = ""

    @property
    def at(self) -> time | None:
        """The time of day."""
        return None if self.minute is None else clock_of(self.minute)


def clock_of(minute: int) -> time:
    """A minute of the day as a time; the last one where it is past the end."""
    minute = max(0, min(minute, DAY - 1))
    return time(minute // 60, minute % 60)


def minute_of(at: time) -> int:
    """Minutes since midnight."""
    return at.hour * 60 + at.minute


def begins(entry: Entry) -> int | None:
    """The minute an entry begins on the day it is shown on; None where it has no time."""
    if entry.at is None:
        return None
    return 0 if entry.after else minute_of(entry.at)


def lasts(entry: Entry) -> int:
    """How many minutes an entry takes on the grid, on the day it is shown on."""
    if entry.at is None or not entry.minutes:
        return entry.minutes or USUAL
    begin = begins(entry) or 0
    return min(minute_of(entry.at) + entry.minutes - entry.after * DAY, DAY) - begin


def whole(entry: Entry) -> Entry:
    """All of an entry that is shown on a later one of its days."""
    return entry._replace(day=entry.day - timedelta(days=entry.after), after=0) if entry.after else entry


def goes_on(entry: Entry) -> int:
    """On how many days after its first one it still lasts."""
    begin = 0 if entry.at is None else minute_of(entry.at)
    return max(0, (begin + entry.minutes - 1) // DAY)


def lengthened(entry: Entry, day: date, minute: int) -> int:
    """How many minutes all of an entry takes that lasts until then."""
    first = whole(entry)
    begin = 0 if entry.at is None else minute_of(entry.at)
    until = max(day, entry.day) - first.day
    return max(SHORTEST, until.days * DAY + round(minute / STEP) * STEP - begin)


def placed(entry: Entry, day: date, minute: int | None, off: float) -> tuple[date, time | None]:
    """The day and the time all of an entry begins that is held at this minute, so many minutes after its beginning."""
    if minute is None:
        return day - timedelta(days=entry.after), None
    if entry.at is None:
        return day, clock_of(snapped(minute))
    begun = datetime.combine(day, time()) + timedelta(minutes=round((minute - off) / STEP) * STEP)
    if not goes_on(entry):  # what is over before midnight stays on the day it is held over
        return day, clock_of(snapped(minute - off))
    return begun.date(), begun.time()


def has_day(entry: Entry) -> bool:
    """Whether it stands on a day at all."""
    return entry.day != date.max


def spread(entries: Sequence[Entry], days: Sequence[date], owners: Sequence[str]) -> list[Entry]:
    """The entries as the columns show them: one that lasts for days on each of them, a common one with everybody."""
    found: list[Entry] = []
    for entry in entries:
        whose = [entry.owner, *(each for each in entry.also if each in owners)]
        on = [entry.day]
        if (later := goes_on(entry)) > 0:
            last = entry.day + timedelta(days=later)
            on = [day for day in days if entry.day <= day <= last]
        found += [entry if (day, who) == (entry.day, entry.owner) else entry._replace(
                      day=day, owner=who, guest=entry.guest or who != entry.owner, after=(day - entry.day).days)
                  for day in on for who in whose]  # fmt: skip
    return found


def snapped(minute: float, step: int = STEP) -> int:
    """The step nearest to a minute, inside the day."""
    return int(max(0, min(round(minute / step) * step, DAY - step)))


def shared(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Which column each of these (begin, end) takes, and of how many: those that overlap stand side by side.

    `spans` are in the order of their begin.
    """
    places: list[tuple[int, int]] = [(0, 1)] * len(spans)
    cluster: list[int] = []
    ends: list[int] = []

    def close() -> None:
        for one in cluster:
            places[one] = (places[one][0], len(ends))

    until = -1
    for place, (begin, end) in enumerate(spans):
        if begin >= until:
            close()
            cluster, ends = [], []
        column = next((each for each, free in enumerate(ends) if free <= begin), len(ends))
        ends[column : column + 1] = [end]
        places[place] = (column, 1)
        cluster.append(place)
        until = max(until, end)
    close()
    return places


class Hours(NamedTuple):
    """The grid of hours: its days, whose columns stand in each, and its measures in pixels.

    `left` are the hours, `head` the names of the days, `untimed` what has no time, `hour` one hour, `scrolled` how far
    it is scrolled down.
    """

    days: tuple[date, ...]
    owners: tuple[str, ...]
    left: float
    width: float
    head: float
    untimed: float
    hour: float
    scrolled: float = 0

    @property
    def top(self) -> float:
        """Where the hours begin."""
        return self.head + self.untimed

    def column(self, day: date, owner: str) -> tuple[float, float]:
        """Where a column begins, and how wide it is."""
        wide = (self.width - self.left) / max(1, len(self.days) * len(self.owners))
        place = self.days.index(day) * len(self.owners) + self.owners.index(owner)
        return self.left + place * wide, wide

    def y_of(self, minute: float) -> float:
        """Where a minute stands."""
        return self.top + minute * self.hour / 60 - self.scrolled

    def room(self, slot: Slot, minutes: int, share: tuple[int, int] = (0, 1)) -> QRectF:
        """Where an entry stands that begins there and takes so long, beside those it overlaps."""
        left, wide = self.column(slot.day, slot.owner)
        part = (wide - 5) / share[1]
        if slot.minute is None:
            return QRectF(left + 2, self.head + 2, wide - 5, self.untimed - 4)
        top, until = self.y_of(slot.minute), min(slot.minute + minutes, DAY)
        return QRectF(left + 3 + share[0] * part, top + 1, part - 2, (until - slot.minute) * self.hour / 60 - 2)

    def slot_at(self, x: float, y: float, step: int = STEP) -> Slot | None:
        """The place under a point; None beside the days and on their names."""
        if x < self.left or x >= self.width or y < self.head or not self.days:
            return None
        wide = (self.width - self.left) / (len(self.days) * len(self.owners))
        place = min(int((x - self.left) / wide), len(self.days) * len(self.owners) - 1)
        day, owner = self.days[place // len(self.owners)], self.owners[place % len(self.owners)]
        if y < self.top:
            return Slot(day, None, owner)
        minute = (y - self.top + self.scrolled) * 60 / self.hour
        return Slot(day, int(max(0, min(minute // step * step, DAY - step))), owner)


class Month(NamedTuple):
    """The squares of a month: the first day of each week, the weekdays shown (0: the first of the week), measures."""

    weeks: tuple[date, ...]
    shown: tuple[int, ...]
    width: float
    height: float
    head: float
    line: float
    """pixels of a line, which is an entry or the number of the day"""

    def square(self, day: date) -> QRectF | None:
        """Where a day stands; None when it is not shown."""
        for row, first in enumerate(self.weeks):
            place = (day - first).days
            if 0 <= place < 7 and place in self.shown:
                wide, high = self._measures()
                return QRectF(self.shown.index(place) * wide, self.head + row * high, wide, high)
        return None

    def _measures(self) -> tuple[float, float]:
        return self.width / len(self.shown), (self.height - self.head) / len(self.weeks)

    def day_at(self, x: float, y: float) -> date | None:
        """The day under a point."""
        wide, high = self._measures()
        column, row = int(x // wide), int((y - self.head) // high)
        if y < self.head or not (0 <= column < len(self.shown) and 0 <= row < len(self.weeks)):
            return None
        return self.weeks[row] + timedelta(days=self.shown[column])

    def fits(self, count: int) -> int:
        """How many of so many entries are shown in a square; where not all are, a line says how many more there are."""
        lines = max(1, int((self._measures()[1] - 6) // self.line) - 1)
        return count if count <= lines else lines - 1

    def room(self, day: date, place: int) -> QRectF | None:
        """Where the entry of this place stands in its square; the line after the last one shown says how many more."""
        square = self.square(day)
        if square is None:
            return None
        top = square.top() + 2 + (place + 1) * self.line
        return QRectF(square.left() + 3, top, square.width() - 7, self.line - 1)


def week_of(day: date, first_weekday: int) -> date:
    """The first day of the week of a day; `first_weekday` is 1 for Monday to 7 for Sunday."""
    return day - timedelta(days=(day.isoweekday() - first_weekday) % 7)


def is_weekend(day: date) -> bool:
    """Saturday and Sunday."""
    return day.isoweekday() > 5


def week_days(first: date, worked: frozenset[date], whole: bool) -> tuple[date, ...]:
    """The days of a week that are shown: without a weekend nobody works on, but for a `whole` one."""
    days = (first + timedelta(days=ahead) for ahead in range(7))
    return tuple(day for day in days if whole or not is_weekend(day) or day in worked)


def some_days(first: date, worked: frozenset[date], count: int) -> tuple[date, ...]:
    """So many days from this one on, without weekends nobody works on."""
    days = (first + timedelta(days=ahead) for ahead in range(count + 4))
    return tuple(day for day in days if day == first or not is_weekend(day) or day in worked)[:count]


def month_weeks(day: date, first_weekday: int) -> tuple[date, ...]:
    """The first days of the weeks that a month touches."""
    first = day.replace(day=1)
    following = (first + timedelta(days=32)).replace(day=1)
    begin, weeks = week_of(first, first_weekday), []
    while begin < following:
        weeks.append(begin)
        begin += timedelta(days=7)
    return tuple(weeks)
