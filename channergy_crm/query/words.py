"""Where a word somebody looks for may stand in a record."""

from __future__ import annotations

import re
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, NamedTuple

import peewee

from channergy_crm.hidden import NOTHING
from channergy_crm.patterns import pattern
from channergy_crm.store import letters, trigrams
from channergy_crm.text.folding import plain_signs, ways
from channergy_crm.work import key_field

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence, Set

    from channergy_crm.store.reader import Row
    from channergy_crm.work.record import Record

FEW = 2_000
"""rows that are named one by one"""
SOME = 10_000
"""rows that are looked up and sorted sooner than met in the order of a list"""
MANY = 100_000
"""rows of which the first in the order of a list are met sooner than the index tells which they are"""
_PHONE_LIKE = pattern(r"[0-9()+./-]*[0-9][0-9()+./-]*")


class Sight(NamedTuple):
    """What may be looked through: not the fields that are `kept` from who asks. Where all rows are `prepared` for
    searching, nothing but their search text. Own tags are found by their owner alone: `by`.
    """

    kept: Set[str] = NOTHING
    prepared: bool = False
    by: str = ""


EVERYTHING = Sight()


def word(record: type[Record], word: str, sight: Sight = EVERYTHING) -> peewee.ColumnBase:
    """The rows in which a word stands somewhere, without case or accents.

    Digits are also looked for inside phone numbers and as the record's own number.
    """
    in_text = "search_text" in record._meta.fields
    places = _in_search_text(record, word, sight) if in_text else _in_fields(record, word, sight.kept)
    own_number = key_field(record).match(word)
    if own_number is not None:
        places = [*places, own_number]
    for extra in record.extras().values():
        if extra.has_words:
            places = [*places, letters.holds(extra.expression, word)]
    return reduce(or_, places) if places else peewee.SQL("1 = 0")


def spellings_of(word: str) -> tuple[str, ...]:
    """What a word stands as in a record's search text: folded, and a piece of a phone number as its digits too."""
    plain = plain_signs(word)
    digits = re.sub(r"\D", "", plain)
    by_digits = (digits,) if len(digits) >= 3 and _PHONE_LIKE.fullmatch(plain) else ()
    return tuple(dict.fromkeys([*ways(word), *by_digits]))


def in_text(record: type[Record], ways: Sequence[str]) -> peewee.ColumnBase:
    """The rows in whose search text one of these stands."""
    column = record.kind("search_text")
    return reduce(or_, [letters.contains(column, way) for way in ways])


def in_fields(record: type[Record], word: str, kept: Set[str] = NOTHING) -> peewee.ColumnBase:
    """The rows without a search text in which a word stands: the suite around the CRM wrote them."""
    return record.kind("search_text").is_null() & in_shown(record, word, kept)


def in_shown(record: type[Record], word: str, kept: Set[str]) -> peewee.ColumnBase:
    """The rows in which a word stands in a field that is not `kept` from who asks; the search text tells of all."""
    typed = [kind.match_as_typed(word) for name, kind in record.kinds().items() if name not in kept]
    found = [*_in_fields(record, word, kept), *(each for each in typed if each is not None)]
    return reduce(or_, found) if found else peewee.SQL("1 = 0")


def all_prepared(record: type[Record], rows: Callable[[str, Sequence[object]], list[Row]]) -> bool:
    """Whether every row has its search text, so that a word need be looked for nowhere else."""
    name = record._meta.table_name
    return "search_text" in record._meta.fields and not rows(
        f'SELECT 1 FROM "{name}" WHERE "SearchText" IS NULL LIMIT 1',  # noqa: S608
        (),
    )  # sql: our own name


class Narrow(NamedTuple):
    """Which rows the index knows of: the condition, and whether they are so few that each is looked up by itself."""

    condition: peewee.ColumnBase
    few: bool


def narrowed(
    record: type[Record], words: Sequence[str], rows: Callable[[str, Sequence[object]], list[Row]],
    *, whole: bool = False,
) -> Narrow | None:  # fmt: skip
    """Of a list in which all these words must stand: the rows the index knows of, or None when it does not help. When
    nearly every row has the words, naming them only helps the `whole` list, not its beginning.

    It only saves looking at the others; the list still tests what it tests.
    """
    table = trigrams.words_table(record._meta.table_name)
    asked = trigrams.matching([spellings_of(word) for word in words]) if table else ""
    if not asked or any(extra.has_words for extra in record.extras().values()):
        return None
    key, name = key_field(record), record._meta.table_name
    known = f'SELECT rowid FROM "{table}" WHERE "{table}" MATCH ?'  # noqa: S608  our own index
    unknown = f'SELECT "{key.column_name}" FROM "{name}" WHERE "SearchText" IS NULL'  # noqa: S608  our own names
    found = rows(f"{known} UNION ALL {unknown} LIMIT ?", (asked, FEW + 1))  # sql: our own names  # unsaid: SQL
    numbers = [int(word) for word in words if key.match(word) is not None]
    if len(found) <= FEW:
        return Narrow(key.in_([row[0] for row in found] + numbers), few=True)
    count = rows(f"SELECT COUNT(*) FROM ({known} LIMIT ?)", (asked, MANY + 1))[0][0]  # noqa: S608  our own index
    if count > MANY and not whole:
        return None
    parts = " UNION ALL ".join([known, unknown, *("SELECT ?" for _ in numbers)])  # unsaid: SQL
    return Narrow(key.in_(peewee.SQL(f"({parts})", [asked, *numbers])), few=count <= SOME)  # sql: our names


def _in_search_text(record: type[Record], word: str, sight: Sight) -> list[peewee.ColumnBase]:
    there = in_text(record, spellings_of(word))
    there = there & in_shown(record, word, sight.kept) if sight.kept else there
    return [there, *(() if sight.prepared else (in_fields(record, word, sight.kept),))]


def _in_fields(record: type[Record], word: str, kept: Set[str]) -> list[peewee.ColumnBase]:
    found = [kind.match(word) for name, kind in record.kinds().items() if kind.textual and name not in kept]
    return [place for place in found if place is not None]
