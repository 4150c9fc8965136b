"""The units of work this window has done: what Ctrl+Z takes back, and what nobody has to tell it of."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from channergy_crm.store import database

if TYPE_CHECKING:
    from collections.abc import Iterator

AT_ONCE = 500

_numbers: dict[int, None] = {}  # in the order they were done


def add(number: int) -> None:
    """This window does this unit; known before anybody else can see it in the store."""
    _numbers[number] = None


def discard(number: int) -> None:
    """Nothing was written after all."""
    _numbers.pop(number, None)


def holds(number: int) -> bool:
    """Whether this window has done that unit."""
    return number in _numbers


def latest_first() -> Iterator[list[int]]:
    """All of them, the latest first, a few hundred at once."""
    numbers = iter(list(_numbers)[::-1])
    while some := list(islice(numbers, AT_ONCE)):
        yield some


database.when_opened.append(_numbers.clear)
