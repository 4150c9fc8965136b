"""How the numbers of documents are written: {year}, {year2} and {number}, with so many digits {number:04}."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from channergy_crm.language import _

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST = 40
"""characters a number may have on paper"""
MOST_DIGITS, COUNTED_TO = 12, 999_999_999
_WORD = re.compile(r"\{(year2?|number)(?::0?(\d{1,2}))?\}")
_STRANGE = re.compile(r"[{}]")


def check(pattern: str) -> str | None:
    """Why documents cannot be numbered like this, in words; None where they can."""
    words = {word for word, _digits in _WORD.findall(pattern)}
    if _STRANGE.search(_WORD.sub("", pattern)):
        return _("In braces stand only {words}.").format(words="{year}, {year2}, {number}, {number:04}")
    if "number" not in words:
        return _("{word} is missing: without it all documents had the same number.").format(word="{number}")
    if not words & {"year", "year2"}:
        return _("{word} is missing: the count begins anew each year.").format(word="{year}")
    return _unfit(pattern)


def _unfit(pattern: str) -> str | None:
    if any(not 1 <= int(digits) <= MOST_DIGITS for digits in _digits(pattern)):
        return _("A number has from 1 to {most} digits.").format(most=MOST_DIGITS)
    if any(not sign.isprintable() for sign in pattern) or pattern != pattern.strip():
        return _("A number begins and ends with a sign that is seen.")
    if _ambiguous(pattern):
        return _("Between {year} and {number} stands a sign, such as a dash, or {number} has its digits.").format(
            year="{year}", number="{number}"
        )
    if len(number(pattern, 9999, COUNTED_TO)) > LONGEST:
        return _("A number takes at most {most} characters.").format(most=LONGEST)
    return None


def _digits(pattern: str) -> Iterator[str]:
    return (digits for _word, digits in _WORD.findall(pattern) if digits)


def _ambiguous(pattern: str) -> bool:
    """Whether two counts of two years may be written alike: 2026 and 11, 202 and 611."""
    return bool(re.search(r"[\d}]\{number\}|\{number\}[\d{]", pattern))


def number(pattern: str, year: int, count: int) -> str:
    """What a document is called."""

    def written(found: re.Match[str]) -> str:
        held = {"year": year, "year2": year % 100, "number": count}[found[1]]
        width = int(found[2] or (2 if found[1] == "year2" else 0))
        return f"{held:0{width}}" if width else str(held)

    return _WORD.sub(written, pattern)
