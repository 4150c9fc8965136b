"""How rules for words that are typed are written: a pattern, “ = ” and what it is in English, a line each."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Rules = list[tuple[re.Pattern[str], str]]


def rules(said: str, names: Mapping[str, str]) -> Rules:
    """These lines as patterns; `names` stand for parts of them, such as DAY for any weekday."""
    found = []
    for line in said.strip().splitlines():
        typed, _equals, english = line.partition(" =")
        pattern = re.sub("|".join(names), lambda name: names[name[0]], typed)
        found.append((re.compile(pattern), english.strip().replace(r"\s", " ")))
    return found


def any_of(words: Iterable[str]) -> str:
    """A pattern for one of these, the longest first."""
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))
