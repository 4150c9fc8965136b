"""How days and times are typed in another language, and what that is in English: rules, a line each, and word lists."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Rules = list[tuple[re.Pattern[str], str]]


def rules(said: str, names: Mapping[str, str]) -> Rules:
    r"""These lines as patterns: what is typed, “ = ”, what it is in English, in which `\s` is a blank that stays.
    `names` stand for parts of them, such as DAY for any weekday.
    """
    found = []
    for line in said.strip().splitlines():
        typed, _equals, english = line.partition(" =")
        pattern = re.sub("|".join(names), lambda name: names[name[0]], typed)
        found.append((re.compile(pattern), english.strip().replace(r"\s", " ")))
    return found


def any_of(words: Iterable[str]) -> str:
    """A pattern for one of these, the longest first."""
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


class Tongue:
    """What is typed in one language: the names of days and months, numbers in words, units of time with what makes
    them several (`several`), the rules (`said`), and those that hold only where the operator works in it (`own`),
    because the same signs mean something else in another. `counts_before`: what a number in words may stand before,
    beside a unit.
    """

    def __init__(
        self, days: Mapping[str, str], months: Mapping[str, str], counts: Mapping[str, int], units: Mapping[str, str],
        *, several: str, said: str, own: str, counts_before: str,
    ) -> None:  # fmt: skip
        self._days, self._months, self._counts, self._units = days, months, counts, units
        day, unit, month = any_of(days), rf"(?:{any_of(units)})(?:{several})?", any_of(months)
        names = {"DAY": day, "NUMBER": r"\d{1,4}", "UNIT": unit, "MONTH": month}
        self._said, self._own = rules(said, names), rules(own, names)
        self._counted = re.compile(rf"\b({any_of(counts)}) (?={unit}\b|{counts_before})")
        self._unit = re.compile(rf"\b({any_of(units)})({several})?\b")
        self._month = re.compile(rf"\b({month})\b\.?")
        self._first_day = re.compile(rf"^((?:(?:on|this|next|last) )?)({day})\b[.,]*")
        self._last_day = re.compile(rf"(?<=[\dh] )({day})\.?$")

    def in_english(self, words: str, *, spoken: bool = False) -> str:
        """What was typed with the words of this language in English. `spoken`: the operator works in it."""
        for pattern, english in self._own if spoken else ():
            words = pattern.sub(english, words)
        words = self._counted.sub(lambda found: f"{self._counts[found[1]]} ", words)
        for pattern, english in self._said:
            words = pattern.sub(english, words)
        words = self._unit.sub(lambda found: self._units[found[1]] + ("s" if found[2] else ""), words)
        words = self._month.sub(lambda found: self._months[found[1]], words)
        words = self._first_day.sub(lambda found: found[1] + self._days[found[2]], words)
        words = self._last_day.sub(lambda found: self._days[found[1]], words)
        return " ".join(words.split())
