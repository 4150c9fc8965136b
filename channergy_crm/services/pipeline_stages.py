"""From stage to stage: of the deals that came to one, how many went on, and how long they were in it (BX-24)."""

from __future__ import annotations

from collections import defaultdict
from enum import Enum
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from channergy_crm.records import Opportunity
from channergy_crm.records.lookups import describe
from channergy_crm.records.projects import Course, Means
from channergy_crm.records.stages import BETWEEN, Move, moves
from channergy_crm.services.pipeline import processes

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from channergy_crm.services.pipeline import Deal

Key = tuple[int, str]
"""a process and one of its stages"""


class Fate(Enum):
    """What became of a deal that came to a stage."""

    ON = "on"
    HERE = "here"
    LOST = "lost"
    ELSEWHERE = "elsewhere"


class Step(NamedTuple):
    """A stage of a process that deals came to: how many, how many of them went further on, are still there, were lost
    from there, or stand elsewhere (they went back, or to a stage outside the process).

    `days` is how long those that left it were there, the one in the middle; None while none has left it.
    """

    key: Key
    label: str
    means: Means
    came: int
    on: int
    here: int
    lost: int
    elsewhere: int
    days: float | None
    left: int

    @property
    def percent(self) -> int | None:
        """How many of a hundred went on; None where nobody came."""
        return round(100 * self.on / self.came) if self.came else None


def steps(counted: Sequence[Deal]) -> list[Step]:
    """Every open and every won stage of the processes of these deals, in order; a stage is named with its process where
    there are several.
    """
    fates = defaultdict[Key, dict[Fate, int]](lambda: dict.fromkeys(Fate, 0))
    stays = defaultdict[Key, list[int]](list)
    for deal in counted:
        way = moved_through(deal)
        for stage, fate in _fates(deal, way).items():
            fates[deal.process.number, stage][fate] += 1
        for stage, days in _stays(way):
            stays[deal.process.number, stage].append(days)
    found, every = [], processes(counted)
    for process in every:
        for stage in process.stages:
            if stage.means is not Means.LOST:
                key = process.number, stage.stage
                label = _label(process, stage.stage, several=len(every) > 1)
                found.append(_step(key, label, stage.means, fates[key], stays[process.number, _in_way(stage.stage)]))
    return found


def _label(process: Course, stage: str, *, several: bool) -> str:
    said = describe(Opportunity.kind("stage"), stage)
    return f"{process.name}: {said}" if several else said


def _step(key: Key, label: str, means: Means, fates: dict[Fate, int], stays: Sequence[int]) -> Step:
    counts = (fates[fate] for fate in (Fate.ON, Fate.HERE, Fate.LOST, Fate.ELSEWHERE))
    return Step(key, label, means, sum(fates.values()), *counts, median(stays) if stays else None, len(stays))


def moved_through(deal: Deal) -> list[Move]:
    """The stages a deal has been in, the earliest first; one whose way is not known came at once to where it stands."""
    way = moves(deal.path)
    here = _in_way(deal.stage)
    since = deal.since or deal.created
    if here and since is not None and (not way or way[-1].stage != here):
        way.append(Move(here, since))
    return way


def _in_way(stage: str) -> str:
    """A stage as it is written into the way of a deal."""
    return stage.replace(BETWEEN, "/")


def _places(process: Course) -> dict[str, tuple[int, str]]:
    """How far on each stage is, won ones the furthest, and what it is called; lost ones lead nowhere."""
    order = sorted((each for each in process.stages if each.means is not Means.LOST),
                   key=lambda each: each.means is Means.WON)  # fmt: skip
    return {_in_way(each.stage): (place, each.stage) for place, each in enumerate(order)}


def _fates(deal: Deal, way: Sequence[Move]) -> dict[str, Fate]:
    """What became of it, by each stage of its process it came to; the last time it was there counts."""
    places, here, further = _places(deal.process), _in_way(deal.stage), -1
    found: dict[str, Fate] = {}
    for move in reversed(way):
        place, stage = places.get(move.stage, (-1, ""))
        if stage and stage not in found:
            found[stage] = (
                Fate.HERE if move.stage == here else Fate.ON if further > place
                else Fate.LOST if deal.means is Means.LOST else Fate.ELSEWHERE
            )  # fmt: skip
        further = max(further, place)
    return found


def _stays(way: Sequence[Move]) -> Iterable[tuple[str, int]]:
    """The stages it has left, with the days between coming and leaving."""
    return ((before.stage, (after.on - before.on).days) for before, after in zip(way, way[1:], strict=False))


def came(counted: Iterable[Deal], key: Key) -> list[Deal]:
    """The deals that came to a stage."""
    return [deal for deal in counted if deal.process.number == key[0] and key[1] in _fates(deal, moved_through(deal))]


def left(counted: Iterable[Deal], key: Key) -> list[Deal]:
    """The deals that left a stage."""
    wanted = _in_way(key[1])
    return [deal for deal in counted if deal.process.number == key[0]
            and any(stage == wanted for stage, _days in _stays(moved_through(deal)))]  # fmt: skip
