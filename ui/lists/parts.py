"""Which record of a list stands in which row, where heads of sections stand between them and some are folded."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence


class Head(NamedTuple):
    """The head of a section: its name, what it is called, its colour by meaning and its drawing."""

    name: str
    title: str
    ink: str = ""
    drawing: str = ""


class Parts:
    """A list in sections, each with a head above it; without sections it is just as long as it is.

    A *row* is what is counted on the screen, a *place* is where a record stands in the list; both from 0.
    """

    def __init__(self, counts: Sequence[int], folded: Sequence[bool] = (), *, headed: bool = False) -> None:
        self._headed = headed
        self._parts: list[tuple[int, int, int, int]] = []  # the section, its head's row, its first place, rows below
        row = place = 0
        for number, count in enumerate(counts):
            if headed and not count:
                continue
            below = 0 if headed and folded[number] else count
            self._parts.append((number, row, place, below))
            row, place = row + below + headed, place + count
        self.rows, self.records = row, place
        self.counts = list(counts)

    def head(self, row: int) -> int:
        """The section whose head stands in this row, or -1."""
        return next((number for number, at, _place, _below in self._parts if at == row), -1) if self._headed else -1

    def heads(self) -> list[int]:
        """The rows in which heads stand."""
        return [at for _number, at, _place, _below in self._parts] if self._headed else []

    def section(self, row: int) -> int:
        """The section a row belongs to, or -1."""
        return next((number for number, at, _place, _below in reversed(self._parts) if at <= row), -1)

    def place(self, row: int) -> int:
        """The place of the record in a row; -1 for a head, and where there is no such row."""
        if not self._headed:
            return row if 0 <= row < self.rows else -1
        for _number, at, place, below in self._parts:
            if at < row <= at + below:
                return place + row - at - 1
        return -1

    def row(self, place: int) -> int:
        """The row in which the record of a place stands; -1 where its section is folded."""
        if not self._headed:
            return place
        for _number, at, first, below in self._parts:
            if first <= place < first + below:
                return at + 1 + place - first
        return -1

    def runs(self, start: int, count: int) -> list[tuple[int, int]]:
        """The places of a run of rows: where each part of it begins and how many there are."""
        if not self._headed:
            return [(start, count)]
        found = []
        for _number, at, first, below in self._parts:
            begin, end = max(start, at + 1), min(start + count, at + 1 + below)
            if begin < end:
                found.append((first + begin - at - 1, end - begin))
        return found

    def nearest(self, row: int) -> int:
        """The row of a record at this row, below it, or else above it; -1 where there is none."""
        down = next((each for each in range(max(row, 0), self.rows) if self.place(each) >= 0), -1)
        return down if down >= 0 else next((each for each in range(min(row, self.rows - 1), -1, -1)
                                            if self.place(each) >= 0), -1)  # fmt: skip
