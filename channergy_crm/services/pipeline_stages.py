"""From stage to stage: of the deals that came to one, how many went on, and how long they were in it (BX-24)."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from channergy_crm.language import _
from channergy_crm.records.projects import Course, Means
from channergy_crm.records.stages import BETWEEN, Move, moves
from channergy_crm.services.pipeline_deals import processes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from channergy_crm.services.pipeline_deals import Deal

Key = tuple[int, str]
"""a process and one of its stages"""


ON, HERE, LOST, ELSEWHERE = range(4)
"""what became of a deal that came to a stage"""


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


def steps(counted: Sequence[Deal], say: Callable[[str], str] = str) -> list[Step]:
    """Every open and every won stage of the processes of these deals, in order. `say` tells what people call a stage,
    which is named with its process where there are several.
    """
    fates = defaultdict[Key, list[int]](lambda: [0, 0, 0, 0])
    stays = defaultdict[Key, list[int]](list)
    every = processes(counted)
    places = {course.number: _places(course) for course in every}
    for deal in counted:
        way, process = moved_through(deal), deal.process.number
        for stage, fate in _fates(deal, way, places[process]).items():
            fates[process, stage][fate] += 1
        for stage, days in _stays(way):
            stays[process, stage].append(days)
    found = []
    for course in every:
        for each in course.stages:
            if each.means is not Means.LOST:
                key = course.number, each.stage
                said = say(each.stage)
                if len(every) > 1:
                    said = _("{process}: {stage}").format(process=course.name, stage=said)
                found.append(_step(key, said, each.means, fates[key], stays[course.number, _in_way(each.stage)]))
    return found


def _step(key: Key, label: str, means: Means, fates: Sequence[int], stays: Sequence[int]) -> Step:
    on, here, lost, elsewhere = fates
    days = median(stays) if stays else None
    return Step(key, label, means, sum(fates), on, here, lost, elsewhere, days, len(stays))


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


def _fates(deal: Deal, way: Sequence[Move], places: Mapping[str, tuple[int, str]]) -> dict[str, int]:
    """What became of it, by each stage of its process it came to; the last time it was there counts."""
    here, further = _in_way(deal.stage), -1
    found: dict[str, int] = {}
    for move in reversed(way):
        place, stage = places.get(move.stage, (-1, ""))
        if stage and stage not in found:
            found[stage] = (
                HERE if move.stage == here else ON if further > place
                else LOST if deal.means is Means.LOST else ELSEWHERE
            )  # fmt: skip
        if place > further:
            further = place
    return found


def _stays(way: Sequence[Move]) -> Iterable[tuple[str, int]]:
    """The stages it has left, with the days between coming and leaving."""
    return ((before.stage, (after.on - before.on).days) for before, after in pairwise(way))


def came(counted: Iterable[Deal], key: Key) -> list[Deal]:
    """The deals that came to a stage."""
    wanted = _in_way(key[1])
    return [deal for deal in counted if deal.process.number == key[0]
            and any(move.stage == wanted for move in moved_through(deal))]  # fmt: skip


def left(counted: Iterable[Deal], key: Key) -> list[Deal]:
    """The deals that left a stage."""
    wanted = _in_way(key[1])
    return [deal for deal in counted if deal.process.number == key[0]
            and any(stage == wanted for stage, _days in _stays(moved_through(deal)))]  # fmt: skip
