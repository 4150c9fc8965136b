"""Who sells in the office, what is done of each kind in the month, on which day and by whom: as data, with a seed."""

from __future__ import annotations

import random
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import NamedTuple

FIRST = date(2026, 11, 2)
DAYS = [FIRST + timedelta(days=days) for days in range(29) if days % 7 < 5]
"""the working days of November 2026"""
PEOPLE = {
    "ADMIN": "", "ANN": "Team leader", "BEN": "Operator", "CARLA": "Operator", "DEV": "Operator", "IVO": "Reader",
}  # fmt: skip
BOOKS, READER = "ANN", "IVO"
"""who keeps the books of all, and who may only look"""


class Size(NamedTuple):
    """How much is done in the month."""

    sellers: tuple[str, ...]
    days: tuple[date, ...]
    counts: dict[str, int]


SMALL = Size(
    ("BEN", "CARLA"), (DAYS[0], DAYS[-1]),
    {"write_quote": 4, "decline": 1, "new_version": 1, "to_order": 2, "buy": 1, "receive": 1, "bill": 3, "pay": 3,
     "remind": 1, "credit": 1, "only_look": 1},
)  # fmt: skip
LARGE = Size(
    ("BEN", "CARLA", "DEV"), tuple(DAYS),
    {"write_quote": 200, "decline": 25, "new_version": 15, "to_order": 120, "buy": 30, "receive": 24, "bill": 180,
     "pay": 150, "remind": 20, "credit": 10, "only_look": 5},
)  # fmt: skip
SPANS = {
    "write_quote": (0.0, 0.85), "new_version": (0.25, 0.9), "decline": (0.2, 0.95), "to_order": (0.05, 0.9),
    "bill": (0.12, 0.97), "only_look": (0.5, 1.0), "buy": (0.1, 0.92), "receive": (0.25, 1.0), "remind": (0.85, 1.0),
    "pay": (0.3, 1.0), "credit": (0.45, 1.0),
}  # fmt: skip
"""from which part of the month to which something is done; the order is that of a day"""
KEPT_BY = {"pay": BOOKS, "remind": BOOKS, "credit": BOOKS, "buy": BOOKS, "receive": BOOKS, "only_look": READER}
"""what is not done by those who sell"""


class Deed(NamedTuple):
    """Something that is done: `turn` is how many of its kind the same person has done before, `dice` is its luck."""

    name: str
    turn: int
    dice: int


class Visit(NamedTuple):
    """Somebody signs in at that time and does this."""

    at: datetime
    by: str
    deeds: tuple[Deed, ...]


def month(size: Size, seed: int = 15) -> list[Visit]:
    """The visits of the month, in their order."""
    dice, order, placed = random.Random(seed), list(SPANS), []
    people = list(PEOPLE)
    for name, count in size.counts.items():
        begin, end = SPANS[name]
        for place in range(count):
            by = KEPT_BY.get(name, size.sellers[place % len(size.sellers)])
            turn = place if name in KEPT_BY else place // len(size.sellers)
            at = begin + (end - begin) * (place + 0.5) / count
            day = min(int(at * len(size.days)), len(size.days) - 1)
            who = len(people) if by == BOOKS else people.index(by)  # who keeps the books comes last
            placed.append((day, who, order.index(name), turn, by, Deed(name, turn, dice.randrange(1_000_000))))
    visits = []
    for (day, who, by), held in groupby(sorted(placed), key=lambda each: (each[0], each[1], each[4])):
        at = datetime.combine(size.days[day], time(8)) + timedelta(hours=who)
        visits.append(Visit(at, by, tuple(each[-1] for each in held)))
    return visits
