"""Fields put into texts: `{{ lead.first_name or "there" }}` in scripts, snippets and all that is written later (BX-28).

A text is parsed once, filled as often as wanted, and what was put in is never parsed again. There are no conditions
and no code: a place names a field, and says at most what stands there when nothing is known.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from channergy_crm.language import _

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

OPENS, CLOSES = "{{", "}}"
LIKE = 60
"""percent: so alike two names must be for one to be meant by the other"""
SHOWN = 40
"""letters of what was not understood"""
_PLACE = re.compile(
    r"\{\{[ \t]{0,20}([A-Za-z_]\w{0,63}(?:\.\w{1,64})?)[ \t]{0,20}"
    r"(?:or[ \t]{0,20}(?:\"([^\"\n]{0,400})\"|“([^”\n]{0,400})”|'([^'\n]{0,400})')[ \t]{0,20})?\}\}"
)
"""every part has a most, so that no text takes longer than it is long"""


class Place(NamedTuple):
    """Where a field is put in: its name, and what stands there when nothing is known.

    "" is nothing at all; None is a sign that something is missing.
    """

    name: str
    otherwise: str | None = None


Part = str | Place
Parts = tuple[Part, ...]


class Piece(NamedTuple):
    """A piece of a filled text: words as they were written, words put in (`filled`), or a field of which nothing is
    known (`missing`, without words).
    """

    text: str
    filled: bool = False
    missing: bool = False
    name: str = ""


class Filled(NamedTuple):
    """A text with its fields put in, piece by piece."""

    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        """The whole of it; what is not known is left out."""
        return "".join(piece.text for piece in self.pieces)

    @property
    def missing(self) -> list[str]:
        """The names of the fields of which nothing is known, each once."""
        return list(dict.fromkeys(piece.name for piece in self.pieces if piece.missing))


def parse(text: str) -> Parts:
    """The words and the places of a text in their order; what is not understood stays as it was written."""
    parts: list[Part] = []
    begun = at = 0
    while (at := text.find(OPENS, at)) >= 0:
        found = _PLACE.match(text, at)
        if found is None:
            at += 1
            continue
        if begun < at:
            parts.append(text[begun:at])
        parts.append(Place(found[1], next((said for said in found.groups()[1:] if said is not None), None)))
        begun = at = found.end()
    if begun < len(text):
        parts.append(text[begun:])
    return tuple(parts)


def names(parts: Iterable[Part]) -> list[str]:
    """The fields a text asks for, each once."""
    return list(dict.fromkeys(part.name for part in parts if isinstance(part, Place)))


def fill(parts: Iterable[Part], values: Mapping[str, str]) -> Filled:
    """Put the values in, by name; one that is empty or not there is missing, unless the text says what stands there."""
    return Filled(tuple(_filled(part, values) for part in parts))


def _filled(part: Part, values: Mapping[str, str]) -> Piece:
    if isinstance(part, str):
        return Piece(part)
    said = values.get(part.name, "").strip() or part.otherwise
    return Piece(said or "", filled=bool(said), missing=said is None, name=part.name)


def problem(text: str, known: Collection[str]) -> str | None:
    """The first thing in a text that cannot be filled in, in a sentence; None when all of it can."""
    parts = parse(text)
    for name in names(parts):
        if name not in known:
            return _unknown(name, known)
    return next((_unread(part) for part in parts if isinstance(part, str) and OPENS in part), None)


def _unknown(name: str, known: Collection[str]) -> str:
    meant = like(name, known)
    if not meant:
        return _("There is no field “{name}”; choose one under “Put in a field”.").format(name=name)
    return _("There is no field “{name}”; did you mean “{meant}”?").format(name=name, meant=meant)


def _unread(text: str) -> str:
    rest = text[text.find(OPENS) :].split("\n", 1)[0]
    end = rest.find(CLOSES)
    said = rest[: end + len(CLOSES)] if end >= 0 else rest
    said = said if len(said) <= SHOWN else f"{said[:SHOWN]}…"
    example = written("lead.first_name", _("there"))
    return _("“{text}” is not understood; a field is written like this: {example}").format(text=said, example=example)


def like(name: str, known: Collection[str]) -> str:
    """The field that is most likely meant by a name there is not, of several the first; "" where none is alike."""
    from rapidfuzz import process  # only for a slip

    found = process.extractOne(name, list(known), score_cutoff=LIKE)
    return str(found[0]) if found else ""


def written(name: str, otherwise: str = "") -> str:
    """How a place stands in a text."""
    instead = ["or", f'"{otherwise}"'] if otherwise else []
    return " ".join([OPENS, name, *instead, CLOSES])
