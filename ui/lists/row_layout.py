"""Where the words of a row stand: two lines in a narrow list, and how many columns have room in a wide one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from ui.lists.row_words import Said

NARROW, MIDDLE = 560, 440
"""a list narrower than the first has two lines; from the second on the phone stands in the middle of them as well"""
LEFT, RIGHT, GAP = 16, 16, 10
CHECK = 26
"""what the check of a marked row takes before its name"""
SIGN = 18
"""what the drawing before a reminder takes"""
TAG = 6
"""what a tag has left and right of its word"""
LEAST = 120
"""a column that may be shortened is left out below this"""

Measure = Callable[[str, str], int]
"""how wide a text is in a font: "name", "normal", "small" """


class Piece(NamedTuple):
    """Something written in a row: what it is, where it begins and how wide it may be."""

    what: str
    text: str
    left: int
    width: int


def two_lines(said: Said, width: int, measure: Measure, *, marked: bool = False) -> list[Piece]:
    """What stands where. Names, phones and reminders come whole; the tag and the second line take what is left."""
    left, right = LEFT + (CHECK if marked else 0), width - RIGHT
    if width < MIDDLE or not said.phone or not said.when:
        return [*_first(said, left, right, measure), *_second(said, left, right, measure, middle=False)]
    middle = left + (right - left) * 45 // 100
    piece = Piece("phone", said.phone, middle, measure("normal", said.phone))
    first = _first(said, left, right, measure)
    second = _second(said, left, right, measure, middle=True)
    if not _clear(piece, [*first, *second]):
        return [*first, *_second(said, left, right, measure, middle=False)]
    return [*first, *second, piece]


def _clear(piece: Piece, others: Sequence[Piece]) -> bool:
    """Whether there is room for it between what stands left and right of it; the second line gives way."""
    left = max((one.left + one.width for one in others if one.left < piece.left and one.what != "second"), default=0)
    right = min((one.left for one in others if one.left > piece.left), default=piece.left + piece.width)
    return left + GAP <= piece.left and piece.left + piece.width + GAP <= right


def _first(said: Said, left: int, right: int, measure: Measure) -> list[Piece]:
    if said.aside and not said.tag:  # an amount comes whole
        amount = measure("name", said.aside)
        whole = min(measure("name", said.name), right - left - amount - GAP)
        return [Piece("name", said.name, left, whole), Piece("aside", said.aside, right - amount, amount)]
    whole = min(measure("name", said.name), right - left)
    pieces = [Piece("name", said.name, left, whole)]
    if said.aside:
        font, around = "small", 2 * TAG + (SIGN if said.refused else 0)
        room = right - left - whole - GAP
        wanted = measure(font, said.aside) + around
        if room >= min(wanted, 3 * SIGN):
            wanted = min(wanted, room)
            pieces.append(Piece("aside", said.aside, right - wanted, wanted))
    return pieces


def _second(said: Said, left: int, right: int, measure: Measure, *, middle: bool) -> list[Piece]:
    pieces = []
    if said.when:
        wanted = measure("small", said.when) + (SIGN if said.sign.drawing else 0)
        pieces.append(Piece("when", said.when, right - wanted, wanted))
    elif said.phone and not middle:
        wanted = measure("small", said.phone)
        pieces.append(Piece("phone_small", said.phone, right - wanted, wanted))
    end = pieces[0].left - GAP if pieces else right
    if middle:
        end = min(end, left + (right - left) * 45 // 100 - GAP)
    if said.second and end - left >= SIGN:
        pieces.append(Piece("second", said.second, left, min(measure("small", said.second), end - left)))
    return pieces


def fitting(wanted: Sequence[int], may_shrink: Sequence[bool], room: int) -> int:
    """How many columns, from the first on, have room: at least one. The last ones are left out first."""
    taken = 0
    for count, (width, shrinks) in enumerate(zip(wanted, may_shrink, strict=True)):
        least = min(width, LEAST) if shrinks else width
        if taken + least > room:
            return max(1, count)
        taken += width
        if taken > room:
            return count + 1
    return max(1, len(wanted))
