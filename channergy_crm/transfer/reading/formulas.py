"""Text that a spreadsheet would take for a formula, made harmless on the way out and read back as it was."""

from __future__ import annotations

import re
from operator import itemgetter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

STARTS = frozenset("=+-@\t\r\n'")
_first = itemgetter(0)
_FORMULA = re.compile(r"'*[=+\-@\t\r\n]")
_DEFUSED = re.compile(r"'+[=+\-@\t\r\n]")
_NUMBER = re.compile(r"[+-]\d+([.,]\d+)?")
_PHONE = re.compile(r"\+(?:[ ().\-/]*\d){7,15}[ ().\-/]*(?:(?:x|ext\.?) ?\d{1,6})?")


def defused(text: str, *, phone: bool = False) -> str:
    """The text with an apostrophe before it when a spreadsheet would calculate it; numbers stay, valid phones too."""
    if not _FORMULA.match(text) or _NUMBER.fullmatch(text) or (phone and _PHONE.fullmatch(text)):
        return text
    return f"'{text}"


def all_defused(column: Sequence[str | None], *, phone: bool = False) -> Sequence[str | None]:
    """The same for a column of texts, empty ones among them."""
    if STARTS.isdisjoint(map(_first, filter(None, column))):
        return column
    return [defused(text, phone=phone) if text and text[0] in STARTS else text for text in column]


def restored(text: str) -> str:
    """What was `defused`, as it was."""
    return text[1:] if _DEFUSED.match(text) else text
