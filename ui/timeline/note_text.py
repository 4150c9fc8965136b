"""The text of a note as lines with bold and italic words: a few of Markdown's signs, read by ourselves.

Nothing of a note is ever drawn as markup: whatever is no such sign stands as it was typed.
"""

from __future__ import annotations

import re
from typing import NamedTuple

STRESSED = re.compile(r"\*\*(?=\S)(.{1,300}?)(?<=\S)\*\*|\*(?=\S)(.{1,300}?)(?<=\S)\*")
"""a few words, not pages: a hundred thousand letters full of stars are read at once, too"""
ITEM = re.compile(r"\s*[-*•] +(.*)")
NUMBERED = re.compile(r"\s*(\d{1,3}[.)]) +(.*)")
DOT, INDENT = "•", 14


class Piece(NamedTuple):
    """Some words of a line, and how they are stressed."""

    text: str
    bold: bool = False
    italic: bool = False


class Line(NamedTuple):
    """One line: its pieces, and the sign of a list before it, where it is in one."""

    pieces: list[Piece]
    sign: str = ""


def lines(text: str) -> list[Line]:
    """The lines of a note."""
    return [_line(line) for line in text.strip().splitlines()] or [Line([])]


def plain(text: str) -> str:
    """The words of a note without the signs, to be heard or searched."""
    return "\n".join(
        f"{line.sign} {words}".strip()
        for line in lines(text) for words in ["".join(piece.text for piece in line.pieces)]
    )  # fmt: skip


def _line(text: str) -> Line:
    if item := ITEM.fullmatch(text):
        return Line(_pieces(item[1]), DOT)
    if numbered := NUMBERED.fullmatch(text):
        return Line(_pieces(numbered[2]), numbered[1])
    return Line(_pieces(text))


def _pieces(text: str, *, bold: bool = False, italic: bool = False) -> list[Piece]:
    found, at = [], 0
    for stressed in STRESSED.finditer(text):
        if stressed.start() > at:
            found.append(Piece(text[at : stressed.start()], bold, italic))
        strong, leaning = stressed[1], stressed[2]
        found += _pieces(strong or leaning, bold=bold or bool(strong), italic=italic or bool(leaning))
        at = stressed.end()
    if at < len(text):
        found.append(Piece(text[at:], bold, italic))
    return found
