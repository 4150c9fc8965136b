"""What two sides that were changed apart come to, field by field: what goes to us, what to them, what both changed.

Nothing here knows the store or the net. Values are those of the wire, by the site's names: text, numbers, true or
false, nothing. `base` is what the site said when the two last agreed, so what is ours differs from it when it is still
to be sent (VP-3, VP-4, VP-28…VP-58, BX-34).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

from channergy_crm.sync.fields import Direction, normal, same

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    Value = str | int | float | bool | None
    Values = Mapping[str, Value]

_LATER = (Direction.FIRST, Direction.BOTH, Direction.BACK)
"""where a field is mapped twice, such as the stage of a program, the last of these is its way from then on"""


class Way(Protocol):
    """What merging must know of a field that is mapped (`sync.fields.Mapped`)."""

    @property
    def remote(self) -> str:
        """What the site calls it."""

    @property
    def direction(self) -> Direction:
        """Which way it goes."""


class Disagreed(NamedTuple):
    """A field that both sides have changed, by the site's name: ours is sent, theirs is kept."""

    remote: str
    ours: Value
    theirs: Value


class Merged(NamedTuple):
    """What a merge comes to, by the site's names. `base` is what is to be kept of what they said, for the next time."""

    to_us: dict[str, Value]
    to_them: dict[str, Value]
    conflicts: tuple[Disagreed, ...]
    base: dict[str, Value]


def first(ours: Values, mapped: Iterable[Way]) -> dict[str, Value]:
    """What is told of a record when it is made there: all but what only ever comes back, and nothing that is empty."""
    wanted = dict.fromkeys(each.remote for each in mapped if each.direction != Direction.BACK)
    return {name: normal(ours.get(name)) for name in wanted if normal(ours.get(name)) != ""}


def merge(base: Values, ours: Values, theirs: Values, mapped: Iterable[Way]) -> Merged:
    """Put three together: what both said last, what is here, what is there. What they do not name is as it was."""
    ways = {each.remote: each.direction for each in sorted(mapped, key=lambda each: _LATER.index(each.direction))}
    found = Merged({}, {}, (), {name: normal(value) for name, value in base.items()})
    disagreed = []
    for name, way in ways.items():
        was, here = base.get(name), ours.get(name)
        there = theirs.get(name, was)
        if way != Direction.FIRST and name in theirs:
            found.base[name] = normal(there)
        if way == Direction.FIRST or same(here, there) or (way == Direction.BACK and name not in theirs):
            continue
        if way == Direction.BACK or same(here, was):
            found.to_us[name] = normal(there)
            continue
        found.to_them[name] = normal(here)
        if not same(there, was):
            disagreed.append(Disagreed(name, normal(here), normal(there)))
    return found._replace(conflicts=tuple(disagreed))
