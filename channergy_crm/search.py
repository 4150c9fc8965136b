"""Where a word somebody looks for may stand in a record."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import reduce
from operator import or_
from typing import Any

import peewee

from channergy_crm import search_index
from channergy_crm.fields import Phone, Text
from channergy_crm.folding import fold
from channergy_crm.record import Record
from channergy_crm.work import key_field

FEW = 2_000
"""rows that are named one by one"""
SOME = 10_000
"""rows that are looked up one by one sooner than found in the order of a list"""
_PHONE_LIKE = re.compile(r"[0-9()+./-]*[0-9][0-9()+./-]*")


def word(record: type[Record], word: str) -> Any:
    """The rows in which a word stands somewhere, without case or accents.

    Digits are also looked for inside phone numbers and as the record's own number.
    """
    places = _in_search_text(record, word) if "search_text" in record._meta.fields else _in_fields(record, word)
    own_number = key_field(record).match(word)
    if own_number is not None:
        places = [*places, own_number]
    for extra in record.extras().values():
        if not extra.numeric:
            places = [*places, peewee.fn.LOWER(extra.expression).contains(fold(word))]
    return reduce(or_, places) if places else peewee.SQL("1 = 0")


def spellings_of(word: str) -> tuple[str, ...]:
    """What a word stands as in a record's search text: folded, and a piece of a phone number as its digits too."""
    digits = re.sub(r"\D", "", word)
    by_digits = (digits,) if len(digits) >= 3 and _PHONE_LIKE.fullmatch(word) else ()
    return tuple(dict.fromkeys([fold(word), *by_digits]))


def in_text(record: type[Record], ways: Sequence[str]) -> Any:
    """The rows in whose search text one of these stands."""
    column = record._meta.fields["search_text"]
    return reduce(or_, [column.contains(way) for way in ways])


def in_fields(record: type[Record], word: str) -> Any:
    """The rows without a search text in which a word stands: the suite around the CRM wrote them."""
    without = record._meta.fields["search_text"].is_null()
    found = _in_fields(record, word)
    found += [Text.match(kind, word) for kind in record.kinds().values() if isinstance(kind, Phone)]
    return without & reduce(or_, found)


def narrowed(
    record: type[Record], words: Sequence[str], rows: Callable[[str, Sequence[Any]], list[Any]], *, whole: bool = False
) -> Any:
    """Of a list in which all these words must stand: the few rows the index knows of, or None when it does not help.
    More than some are named only when the `whole` list is wanted.

    It only saves looking at the others; the list still tests what it tests.
    """
    table = search_index.words_table(record._meta.table_name)
    asked = search_index.matching([spellings_of(word) for word in words]) if table else ""
    if not asked or any(not extra.numeric for extra in record.extras().values()):
        return None
    key, without = key_field(record), record._meta.fields["search_text"].is_null()
    few = rows(
        f'SELECT rowid FROM "{table}" WHERE "{table}" MATCH ? LIMIT ?', (asked, SOME + 1)  # noqa: S608  our own index
    )  # fmt: skip
    few += rows(*record.select(key).where(without).limit(SOME).sql()) if len(few) <= SOME else []
    if len(few) > FEW:
        return _many(record, table, asked, words) if whole or len(few) <= SOME else None
    return key.in_([row[0] for row in few] + [int(word) for word in words if key.match(word) is not None])


def _many(record: type[Record], table: str | None, asked: str, words: Sequence[str]) -> Any:
    """The rows the index knows of, however many, and those whose own number is one of the words."""
    key, name = key_field(record).column_name, record._meta.table_name
    known = f'SELECT rowid FROM "{table}" WHERE "{table}" MATCH ?'  # noqa: S608  our own names
    unknown = f'SELECT "{key}" FROM "{name}" WHERE "SearchText" IS NULL'  # noqa: S608  our own names
    numbers = [int(word) for word in words if key_field(record).match(word) is not None]
    parts = " UNION ALL ".join([known, unknown, *("SELECT ?" for _ in numbers)])
    return key_field(record).in_(peewee.SQL(f"({parts})", [asked, *numbers]))  # sql: our own names


def _in_search_text(record: type[Record], word: str) -> list[Any]:
    return [in_text(record, spellings_of(word)), in_fields(record, word)]


def _in_fields(record: type[Record], word: str) -> list[Any]:
    found = [kind.match(word) for kind in record.kinds().values() if isinstance(kind, Text)]
    return [place for place in found if place is not None]
