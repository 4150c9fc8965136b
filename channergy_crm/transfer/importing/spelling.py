"""What looks like a slip in a file but is taken: values no list knows, two spellings of one value."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, NamedTuple

from channergy_crm.language import _
from channergy_crm.records import lookups
from channergy_crm.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from channergy_crm.fields import Kind

FEW = 300  # so few different values are a list, in which two spellings of one are a slip


class Slip(NamedTuple):
    """A value of a field that is taken as it is, although something else may be meant."""

    name: str
    text: str
    meant: str
    sentence: str


def unlisted(kind: Kind[object], text: str) -> Slip:
    """A value the list of its field does not know."""
    listed = lookups.choices(*kind.list_key) if kind.list_key else []
    choices = {fold(choice.description): choice.description for choice in listed}
    near = get_close_matches(fold(text), list(choices), 1, 0.8)
    meant = choices[near[0]] if near else ""
    sentence = _("“{text}” is not in the list {field}; it is taken as it is.")
    if meant:
        sentence = _("“{text}” is not in the list {field}; it is taken as it is. Is it {meant}?")
    return Slip(kind.name, text, meant, sentence.format(text=text, field=kind.label, meant=meant))


def written_twice(kind: Kind[object], texts: Iterable[str]) -> Iterator[Slip]:
    """The values of a field that are written in several ways."""
    for group in _alike(texts):
        for text in group[1:]:
            yield Slip(kind.name, text, group[0], _in_ways(kind, group))


def _in_ways(kind: Kind[object], group: list[str]) -> str:
    if len(group) == 2:
        return _("{field} is written in two ways: {one} and {other}.").format(
            field=kind.label, one=group[0], other=group[1]
        )
    ways = _("{field} is written in {count} ways: {spellings}.")
    return ways.format(field=kind.label, count=len(group), spellings=", ".join(group))


def _alike(texts: Iterable[str]) -> list[list[str]]:
    """Values that differ in spaces and signs only: GTX Pro and GTXPro."""
    groups: dict[str, list[str]] = {}
    for text in texts:
        groups.setdefault("".join(sign for sign in fold(text) if sign.isalnum()), []).append(text)
    return [sorted(group) for group in groups.values() if len(group) > 1]
