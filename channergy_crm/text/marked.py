"""A text with Markdown verbs as it reads: what is bold, what is slanted, the points of a list, where a link leads.

Only what somebody wrote is looked through, never what was put into it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from channergy_crm.text.placeholders import Piece

POINT = "•\u00a0\u00a0"
_VERBS = re.compile(
    r"(?P<link>\[(?P<said>[^\]\n]{1,200})\]\((?P<where>[^\s()]{1,500})\))"
    r"|(?P<strong>\*\*)"
    r"|(?P<slanted>(?<![*\w])\*(?=\S)|(?<=\S)\*(?![*\w]))"
    r"|(?P<point>^[-*] +)",
    re.MULTILINE,
)


class Run(NamedTuple):
    """Some letters of one form; `piece` is the piece of the filled text they are of."""

    text: str
    piece: Piece
    strong: bool = False
    slanted: bool = False
    link: str = ""


def runs(pieces: Iterable[Piece]) -> list[Run]:
    """The runs of a filled text in their order."""
    return list(_Reader().read(pieces))


class _Reader:
    """Goes through a text once; bold begins in one piece and may end in another."""

    def __init__(self) -> None:
        self._strong = self._slanted = False

    def read(self, pieces: Iterable[Piece]) -> Iterator[Run]:
        for piece in pieces:
            if piece.filled or piece.missing:
                yield self._run(piece.text, piece)
            else:
                yield from self._written(piece)

    def _written(self, piece: Piece) -> Iterator[Run]:
        at = 0
        for found in _VERBS.finditer(piece.text):
            if at < found.start():
                yield self._run(piece.text[at : found.start()], piece)
            at = found.end()
            if found["link"]:
                yield self._run(found["said"], piece, found["where"])
            elif found["point"]:
                yield self._run(POINT, piece)
            elif found["strong"]:
                self._strong = not self._strong
            else:
                self._slanted = not self._slanted
        if at < len(piece.text):
            yield self._run(piece.text[at:], piece)

    def _run(self, text: str, piece: Piece, link: str = "") -> Run:
        return Run(text, piece, self._strong, self._slanted, link)
