"""Records and rows that share a sign, and are the same unless something that both fill differs."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Apart = tuple[object, ...]
"""what can speak against two being the same, by position; None where nothing is said"""
FEW = 32  # so few that share a sign are looked at one by one


class Group:
    """Those who share one sign."""

    def __init__(self) -> None:
        self.members: list[tuple[Apart, int]] = []
        self._by_value: list[dict[object, list[int]]] = []

    def add(self, apart: Apart, who: int) -> None:
        """One more."""
        self.members.append((apart, who))
        if self._by_value:
            self._place(len(self.members) - 1)
        elif len(self.members) > FEW:
            self._by_value = [{} for _each in apart]
            for place in range(len(self.members)):
                self._place(place)

    def _place(self, place: int) -> None:
        for held, value in zip(self._by_value, self.members[place][0], strict=True):
            held.setdefault(value, []).append(place)

    def near(self, apart: Apart) -> Iterable[tuple[Apart, int]]:
        """Those among whom the ones that do not differ are."""
        if not self._by_value:
            return self.members
        nobody: Sequence[int] = ()
        ways = [(held.get(value, nobody), held.get(None, nobody))
                for held, value in zip(self._by_value, apart, strict=True) if value is not None]  # fmt: skip
        if not ways:
            return self.members
        same, silent = min(ways, key=lambda way: len(way[0]) + len(way[1]))
        return (self.members[place] for found in (same, silent) for place in found)


class Alike:
    """Groups of those who share a sign."""

    def __init__(self) -> None:
        self._groups: dict[str, Group] = {}
        self._claimed: dict[int, Apart] = {}

    def add(self, sign: str, apart: Apart, who: int) -> None:
        """One more that has this sign."""
        group = self._groups.get(sign)
        if group is None:
            group = self._groups[sign] = Group()
        group.add(apart, who)

    def find(self, sign: str, apart: Apart) -> int | None:
        """The one that agrees in most, and differs in nothing that both fill."""
        group = self._groups.get(sign)
        best, most = None, -1
        for other, who in group.near(apart) if group is not None else ():
            if who in self._claimed and _agreeing(apart, self._claimed[who]) < 0:
                continue
            agreeing = _agreeing(apart, other)
            if agreeing > most:
                best, most = who, agreeing
        return best

    def only(self, sign: str, start: Apart) -> int | None:
        """The only one with this sign, where it begins like this one."""
        group = self._groups.get(sign)
        if group is None or len(group.members) != 1:
            return None
        ((apart, who),) = group.members
        return None if _agreeing(start, self._claimed.get(who, apart)) < 0 else who

    def claim(self, who: int, apart: Apart) -> None:
        """From now on this is so: who begins otherwise is another one."""
        self._claimed[who] = apart


def _agreeing(one: Apart, other: Apart) -> int:
    """In how much two agree; -1 when they differ in something that both fill."""
    found = 0
    for mine, theirs in zip(one, other, strict=False):
        if mine is not None and theirs is not None:
            if mine != theirs:
                return -1
            found += 1
    return found
