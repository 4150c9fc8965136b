"""Whether the numbers of a file are those of the program that numbers of this title came from before (F-0)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

from channergy_crm.text.likeness import company_words, person_words, same_person

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from channergy_crm.fields.imported import Number

T = TypeVar("T")
ANOTHER = -2  # so much speaks against a file being the same program's; one other name alone does not
MOST_SOURCES = 20  # programs that call their numbers alike


class Sources(Generic[T]):
    """Whether the numbers of a file are those of the program that numbers of this title came from before (F-0).

    Nearly every program calls its numbers “Id”. Where most of the records they mean are called otherwise and reached
    otherwise than the rows say, the file is another program's, and its numbers are kept under “Id 2”.
    """

    def __init__(self, rows: Iterable[tuple[Iterable[Number], T]], vote: Callable[[T, T], int]) -> None:
        self._vote = vote
        self._rows: dict[str, list[tuple[str, T]]] = {}
        for numbers, row in rows:
            for number in numbers:
                self._rows.setdefault(number.source, []).append((number.loose, row))

    def others(self, stored: Mapping[tuple[str, str], T]) -> dict[str, str]:
        """The sources of the file that are to be called otherwise; `stored` is what the records that have a number say
        of themselves, by the source and the number.
        """
        found = {source: self._meant(source, stored) for source in self._rows}
        return {source: meant for source, meant in found.items() if meant != source}

    def _meant(self, source: str, stored: Mapping[tuple[str, str], T]) -> str:
        free = ""
        for each in (source, *(f"{source}{count}" for count in range(2, MOST_SOURCES))):
            votes = sum(self._vote(row, stored[each, number]) for number, row in self._rows[source]
                        if (each, number) in stored)  # fmt: skip
            if votes > 0:
                return each
            if votes > ANOTHER and not free:
                free = each
        return free or source


def vote(one: Sequence[str], other: Sequence[str]) -> int:
    """Whether what people or companies are called and reached by is the same; the name comes first."""
    return ANOTHER if _contradicts(one, other) else _agreement(one, other)


def vote_by_most(one: Sequence[str], other: Sequence[str]) -> int:
    """1 when most of what both say is the same, `ANOTHER` when most of it differs, 0 when it is half and half."""
    both = [mine == theirs for mine, theirs in zip(one, other, strict=False) if mine and theirs]
    agreeing = sum(both)
    return 0 if 2 * agreeing == len(both) else 1 if 2 * agreeing > len(both) else ANOTHER


def _agreement(one: Sequence[str], other: Sequence[str]) -> int:
    """1 when something that both say is the same, -1 when all of it differs, 0 when nothing can be compared."""
    called = bool(one and other) and _same_name(one[0], other[0])
    both = [mine == theirs for mine, theirs in zip(one, other, strict=False) if mine and theirs]
    return (1 if called or any(both) else -1) if both else 0


def _same_name(one: str, other: str) -> bool:
    """Whether two are called alike: a first name or a legal form may be left out, a name begun."""
    if one == other:
        return bool(one)
    mine, theirs = set(company_words(one)), set(company_words(other))
    return bool(mine and theirs) and (
        mine <= theirs or theirs <= mine or same_person(person_words(one), person_words(other))
    )


def _contradicts(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether all differs, and that is more than a name, which may have changed."""
    return (
        _agreement(one, other) < 0 and sum(bool(mine and theirs) for mine, theirs in zip(one, other, strict=False)) > 1
    )
