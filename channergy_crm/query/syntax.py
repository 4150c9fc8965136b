"""The filter as it is typed: words, `field:value` tests, `-` for not, OR and brackets, read into a small tree.

acme status:"call back" -phone: due<today (city:austin OR city:dallas)
"""

from __future__ import annotations

import re
from typing import NamedTuple

from channergy_crm.errors import Mistake
from channergy_crm.language import _
from channergy_crm.patterns import pattern

DEEPEST = 8
"""brackets within brackets; nobody thinks deeper, and the database would not follow"""
MOST = 200
"""words and tests of one filter"""
LONGEST = 1_000
"""letters of one of them"""
_TEST = pattern(r"([^\W\d][\w.]*)(:|<=|>=|!=|=|<|>)(.*)", re.DOTALL)


class FilterMistake(Mistake):
    """What is wrong with a typed filter, and where: from `start` to `end` of the text."""

    def __init__(self, message: str, start: int, end: int) -> None:
        super().__init__(message)
        self.start = start
        self.end = end


class Word(NamedTuple):
    """Stands anywhere in the record."""

    text: str
    start: int
    end: int


class Test(NamedTuple):
    """One field compared with a value; an empty value with `:` asks whether there is any."""

    field: str
    sign: str
    value: str
    start: int
    end: int


class Not(NamedTuple):
    """The opposite."""

    part: Node


class All(NamedTuple):
    """Every part holds."""

    parts: tuple[Node, ...]


class Any_(NamedTuple):  # noqa: N801  Any is taken by typing
    """At least one part holds."""

    parts: tuple[Node, ...]


Node = Word | Test | Not | All | Any_


class _Token(NamedTuple):
    role: str
    text: str
    start: int
    end: int


def parse(text: str) -> Node | None:
    """The tree of a filter, None for an empty one; `FilterMistake` points at what cannot be read."""
    tokens = _tokens(text)
    if not tokens:
        return None
    reader = _Reader(tokens, len(text))
    _refuse_too_much(tokens)
    tree = reader.either()
    if reader.left:
        wrong = reader.left[0]
        raise FilterMistake(_("There is no bracket to close here."), wrong.start, wrong.end)
    return tree


def _refuse_too_much(tokens: list[_Token]) -> None:
    words = [token for token in tokens if token.role in ("word", "phrase")]
    if len(words) > MOST:
        said = _("A filter takes {most} words at most.").format(most=MOST)
        raise FilterMistake(said, words[MOST].start, tokens[-1].end)
    for word in words:
        if len(word.text) > LONGEST:
            raise FilterMistake(_("This is too long to look for."), word.start, word.end)


class _Reader:
    def __init__(self, tokens: list[_Token], length: int) -> None:
        self.left = tokens
        self._length, self._deep = length, 0

    def either(self) -> Node:
        parts = [self._together()]
        while self.left and self.left[0].role == "or":
            self.left.pop(0)
            parts.append(self._together())
        return parts[0] if len(parts) == 1 else Any_(tuple(parts))

    def _together(self) -> Node:
        parts: list[Node] = []
        while self.left and self.left[0].role not in ("or", ")"):
            parts.append(self._one())
        if not parts:
            start, end = (self.left[0].start, self.left[0].end) if self.left else (self._length, self._length)
            raise FilterMistake(_("Something to look for is missing here."), start, end)
        return parts[0] if len(parts) == 1 else All(tuple(parts))

    def _one(self) -> Node:
        token = self.left.pop(0)
        if token.role == "not":
            return self._after_not(token)
        if token.role == "(":
            return self._within(token)
        return _leaf(token)

    def _within(self, bracket: _Token) -> Node:
        if self._deep == DEEPEST:
            said = _("Brackets go no deeper than {deepest} into each other.").format(deepest=DEEPEST)
            raise FilterMistake(said, bracket.start, bracket.end)
        self._deep += 1
        inner = self.either()
        self._deep -= 1
        if not self.left:
            raise FilterMistake(_("This bracket is not closed."), bracket.start, bracket.end)
        self.left.pop(0)
        return inner

    def _after_not(self, token: _Token) -> Node:
        """The opposite of what comes next; a second sign takes back the first."""
        turned = True
        while self.left and self.left[0].role == "not":
            token, turned = self.left.pop(0), not turned
        if not self.left or self.left[0].role in ("or", ")"):
            raise FilterMistake(_("What it should not be is missing here."), token.start, token.end)
        part = self._one()
        return Not(part) if turned else part


def _leaf(token: _Token) -> Node:
    test = _TEST.fullmatch(token.text) if token.role == "word" else None
    if test is None:
        return Word(unquoted(token.text), token.start, token.end)
    return Test(test[1], test[2], unquoted(test[3]), token.start, token.end)


def unquoted(text: str) -> str:
    """A value without the quotes around it."""
    return text.replace('"', "").strip()


def _tokens(text: str) -> list[_Token]:
    found: list[_Token] = []
    place = 0
    while place < len(text):
        sign = text[place]
        if sign.isspace():
            place += 1
        elif sign in "()":
            found.append(_Token(sign, sign, place, place + 1))
            place += 1
        elif sign == "-" and place + 1 < len(text) and not text[place + 1].isspace() and not text[place + 1].isdigit():
            found.append(_Token("not", sign, place, place + 1))
            place += 1
        else:
            end = _word_end(text, place)
            piece = text[place:end]
            role = "or" if piece == "OR" else "phrase" if piece.startswith('"') else "word"
            found.append(_Token(role, piece, place, end))
            place = end
    return [token for token in found if token.role != "word" or token.text != "AND"]


def _word_end(text: str, start: int) -> int:
    """Words end at a blank or a bracket, but not inside quotes; "(504)" in a phone number stays one word."""
    quoted = False
    for place in range(start, len(text)):
        sign = text[place]
        if sign == '"':
            quoted = not quoted
        elif not quoted and (sign.isspace() or sign in "()"):
            return place
    return len(text)
