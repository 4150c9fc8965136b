"""What follows when a deal moves to another stage, whatever way it got there (SI-5, SI-6, K16, K22)."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

import peewee

from channergy_crm.clock import today
from channergy_crm.fields import LongText, Lookup
from channergy_crm.records.projects import Means, course_of
from channergy_crm.records.sync import led_there

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from channergy_crm.records.projects import Course, StageOf

OUTCOMES = {Means.WON: "Won", Means.LOST: "Lost"}
"""what *Lost/Won* holds of a deal that ended so"""
SIGN, BETWEEN = "@", "|"


class Move(NamedTuple):
    """That a deal came to a stage on a day."""

    stage: str
    on: date


class StagePath(LongText):
    """The stages a deal has been in and the day it came to each, the latest last; the program alone writes it."""

    kept = True
    grown = staticmethod(lambda before, then, now: _without(before, str(then or ""), str(now or "")))

    def __init__(self, **options: Any) -> None:
        super().__init__("", **{"system": True, **options})  # without a label nobody meets it

    def holding(self, value: str) -> peewee.ColumnBase:
        """The deals that have been in this stage, and perhaps in one that is written almost like it."""
        return peewee.Value(BETWEEN).concat(self).contains(f"{BETWEEN}{_in_path(value)}{SIGN}")

    def renamed(self, held: str | None, old: str, new: str) -> str | None:
        """The same way through a stage that is called otherwise now; each day stays."""
        was, is_ = _in_path(old), _in_path(new)
        parts = [part.rpartition(SIGN) for part in held.split(BETWEEN)] if held else []
        return BETWEEN.join(f"{is_ if stage == was else stage}{sign}{day}" for stage, sign, day in parts) or held


def _in_path(stage: str) -> str:
    return stage.replace(BETWEEN, "/")


def _without(before: str | None, then: str, now: str) -> str | None:
    """The path as it was before it was written anew, and the moves that have come to it since."""
    return f"{before or ''}{now.removeprefix(then)}" if now.startswith(then) else before


def moves(path: object) -> list[Move]:
    """What a stage path says, the earliest first; what cannot be read is passed over."""
    return [move for part in str(path or "").split(BETWEEN) if (move := _move(part)) is not None]


@lru_cache(16_384)
def _move(part: str) -> Move | None:
    """One of them; many deals came to the same stage on the same day."""
    stage, _sign, day = part.rpartition(SIGN)
    try:
        return Move(stage, date.fromisoformat(day))
    except ValueError:
        return None


def written(made: Sequence[Move]) -> str:
    """The stage path of these moves."""
    return BETWEEN.join(f"{_in_path(move.stage)}{SIGN}{move.on.isoformat()}" for move in made)


class StageOfDeal(Lookup):
    """Where a deal stands in its process; since when, and what its meaning brings, is kept beside it."""

    along = ("stage_path",)
    disagrees = staticmethod(lambda kind, values: led_there(kind, values.get("number")))

    def derived(self) -> tuple[str, ...]:
        """What a move may set: the words of K22, and the way so far."""
        return ("stage_path", "stage_since", *FOLLOWING)

    def derive(self, values: Mapping[str, object], changed: Collection[str]) -> dict[str, object]:
        """What a move brings; nothing where the stage is what it was."""
        if self.name not in changed:
            return {}
        path, stage = moves(values.get("stage_path")), str(values.get(self.name) or "")
        before = path[-1].stage if path else ""
        if before == _in_path(stage):
            return {}
        found: dict[str, object] = {"stage_path": written([*path, Move(stage, today())]), "stage_since": today()}
        process = course_of(_number(values.get("project")))
        if process is not None:
            follows = consequences(process, before if path else None, stage, values)
            said = {name for name in follows if name in changed and values.get(name) not in (None, "", False)}
            found |= {name: value for name, value in follows.items() if name not in said}
        return found


FOLLOWING = ("closed", "outcome", "outcome_reason", "actual_amount", "close_date_2", "probability")


def consequences(process: Course, before: str | None, stage: str, values: Mapping[str, object]) -> dict[str, object]:
    """What a move within a process sets and clears, by python name. `before` is None for a deal that is new.

    Won: closed, with its actual value and day; lost: closed, with its day; back again, what the move had set goes.
    """
    was, is_ = process.means(before), process.means(stage)
    found: dict[str, object] = _probability(process.stage(before), process.stage(stage), before, values)
    if was is not is_ and was is not Means.OPEN:
        found |= {"closed": False, "outcome": "", "close_date_2": None}
        found |= {"actual_amount": None} if was is Means.WON else {"outcome_reason": ""}
    if is_ is Means.OPEN or was is is_:
        return found
    found |= {"closed": True, "outcome": OUTCOMES[is_]}
    if not values.get("close_date_2") or "close_date_2" in found:
        found["close_date_2"] = _ended_on(values, new=before is None)
    if is_ is Means.WON and values.get("actual_amount") is None:
        found["actual_amount"] = values.get("amount")
    return found


def _ended_on(values: Mapping[str, object], *, new: bool) -> date:
    """Today; of a deal that comes in ended already, from a file, the day it was to end if that has been."""
    planned = values.get("close_date_1")
    return planned if new and isinstance(planned, date) and planned <= today() else today()


def _probability(
    was: StageOf | None, is_: StageOf | None, before: str | None, values: Mapping[str, object]
) -> dict[str, object]:
    """It follows only where it still is what the stage before said (K16)."""
    if is_ is None or is_.probability is None:
        return {}
    held = values.get("probability")
    said = was.probability if was is not None else None
    untouched = held is None or (before is not None and held == said)
    return {"probability": is_.probability} if untouched else {}


def _number(value: object) -> int | None:
    """A project as it is held: its number, or nothing."""
    return value if isinstance(value, int) else getattr(value, "number", None)
