"""Where a word somebody looks for may stand in a record."""

from __future__ import annotations

import re
from functools import reduce
from operator import or_
from typing import Any

import peewee

from channergy_crm.fields import Text
from channergy_crm.folding import fold
from channergy_crm.record import Record
from channergy_crm.work import key_field

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


def _in_search_text(record: type[Record], word: str) -> list[Any]:
    column = record._meta.fields["search_text"]
    places = [column.contains(fold(word))]
    digits = re.sub(r"\D", "", word)
    if digits != word and len(digits) >= 3 and _PHONE_LIKE.fullmatch(word):
        places.append(column.contains(digits))
    # Rows the suite around the CRM wrote into a shared table have no search text yet.
    unprepared = _in_fields(record, word)
    return [*places, column.is_null() & reduce(or_, unprepared)] if unprepared else places


def _in_fields(record: type[Record], word: str) -> list[Any]:
    found = [kind.match(word) for kind in record.kinds().values() if isinstance(kind, Text)]
    return [place for place in found if place is not None]
