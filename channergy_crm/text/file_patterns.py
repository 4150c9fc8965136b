"""What a file is called, out of a pattern with fields: `Quote {{ document.number }} {{ account.name }}` (BX-52)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm.language import _
from channergy_crm.text import placeholders
from channergy_crm.text.file_names import cleaned

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

LONGEST = 120
"""letters: a folder's path has to fit in front of it"""
_AS_A_WORD = str.maketrans({"/": "-", "\\": "-", "\n": " ", "\t": " "})
"""what would end a folder's name stands in numbers such as 2026/118"""


def problem(pattern: str, known: Collection[str]) -> str | None:
    """What is wrong with a pattern, in a sentence; None when nothing is."""
    if (wrong := placeholders.problem(pattern, known)) is not None:
        return wrong
    if "/" in pattern or "\\" in pattern:
        return _("A file's name has no “/” and no “\\”; the folder is chosen when it is saved.")
    return None


def name(pattern: str, values: Mapping[str, str], otherwise: str, ending: str = "") -> str:
    """The name of a file: filled in, cleaned, cut where it is too long; never a path. `ending` begins with a dot."""
    said = placeholders.fill(placeholders.parse(pattern), {key: _word(text) for key, text in values.items()}).text
    for each in (said, otherwise):
        if plain := cleaned(_word(" ".join(each.split())), LONGEST - len(ending)):
            return cleaned(plain.removesuffix(ending) + ending, LONGEST)
    return cleaned(_("File") + ending)


def _word(text: str) -> str:
    return text.translate(_AS_A_WORD)
