"""Which record a link may point at: found by any part of its name or its number; one's own first, the newest first."""

from __future__ import annotations

from functools import reduce
from operator import and_
from typing import TYPE_CHECKING, Any, NamedTuple

import peewee

from channergy_crm.errors import Mistake
from channergy_crm.language import _, counted, one
from channergy_crm.query import words
from channergy_crm.services import rights
from channergy_crm.store import trigrams
from channergy_crm.text.folding import fold
from channergy_crm.work import key_field

if TYPE_CHECKING:
    from collections.abc import Mapping

    from channergy_crm.fields import Kind
    from channergy_crm.work.record import Record

SHOWN = 12
LOOKED_AT = 5_000
"""the newest records, among which is looked where no index helps"""


class Candidate(NamedTuple):
    """A record a link may point at: its number, what it is called, and whether it is one's own."""

    key: object
    caption: str
    own: bool


def caption(record: type[Record], key: object, by: str) -> str:
    """What the record with this number is called; the number itself when it is not there any more."""
    rights.require(by, "see", record)
    held = record.find(key)
    return held.caption() if held is not None and not rights.may(by, "see", held) else str(key)


def recent(record: type[Record], by: str, limit: int = SHOWN) -> list[Candidate]:
    """The newest records."""
    return candidates(record, "", by, limit)


def candidates(record: type[Record], text: str, by: str, limit: int = SHOWN, among: Any = None) -> list[Candidate]:
    """The records in which all these words stand, and the one with this number; only `among` those that fit that."""
    rights.require(by, "see", record)
    mine, key = rights.visible(record, by), key_field(record)
    fits = _fits(record, text.split())
    fits = fits if among is None else among & fits
    found = [
        Candidate(held.key, held.caption(), own=True)
        for held in rights.rows(record, by).where(mine & fits).order_by(key.desc()).limit(limit)
    ]
    if len(found) < limit:
        others = rights.rows(record, by).where(fits & key.not_in([held.key for held in found]))
        if (listed := record.listed()) is not None:
            others = others.where(listed)
        rest = others.order_by(key.desc()).limit(limit - len(found))
        found += [Candidate(held.key, held.caption(), own=False) for held in rest]
    return found


def alike(kind: Any, values: Mapping[str, object]) -> Any:
    """The condition for what a link of a record that holds these values may point at; None where any may be meant."""
    beside = getattr(kind, "beside", "")
    if not beside:
        return None
    target, key = kind.linked_to, key_field(kind.linked_to)
    held = values.get(beside)
    return (target.kind(beside) == (held if held is not None else -1)) & (key != (values.get(key.name) or 0))


def read(record: type[Record], text: str, by: str, among: Any = None) -> object:
    """The number of the record that is called just so, or has this number; `Mistake` when there is none, or several."""
    found = candidates(record, text, by, among=among)
    numbered = [held for held in found if str(held.key) == text]
    meant = numbered or [held for held in found if fold(held.caption) == fold(text)]
    own = [held for held in meant if held.own] or meant
    if len(own) == 1:
        return own[0].key
    if own:
        raise Mistake(
            _("{records} are called “{text}”; choose one in the list.").format(
                records=counted(record, len(own)), text=text
            )
        )
    raise Mistake(_("No {record} is called “{text}”; choose one in the list.").format(record=one(record), text=text))


def _fits(record: type[Record], asked: list[str]) -> peewee.ColumnBase:
    key: Kind[object] = key_field(record)
    if not asked:
        return key.is_null(False)
    fits: peewee.ColumnBase = reduce(and_, [_stands_in(record, word) for word in asked])
    near = _near(record, asked)
    fits = fits if near is None else near & fits
    numbered = key.match(asked[0]) if len(asked) == 1 else None
    return fits if numbered is None else fits | numbered


def _stands_in(record: type[Record], word: str) -> peewee.ColumnBase:
    if "search_text" not in record._meta.fields:
        return words.word(record, word)
    return words.in_text(record, words.spellings_of(word)) | words.in_fields(record, word)


def _near(record: type[Record], asked: list[str]) -> peewee.ColumnBase | None:
    """Where to look, so that nobody waits: what the index knows, or else the newest; None where the store finds it."""
    key: Kind[object] = key_field(record)
    table = trigrams.words_table(record._meta.table_name)
    if table and (match := trigrams.matching([words.spellings_of(word) for word in asked])):
        known = f'SELECT rowid FROM "{table}" WHERE "{table}" MATCH ? ORDER BY rowid DESC LIMIT {LOOKED_AT}'  # noqa: S608
        indexed = key.in_(peewee.SQL(f"({known})", [match]))  # sql: our own names
        return indexed | record.kind("search_text").is_null()
    on_server = "search_text" in record._meta.fields and not table
    if not key.numeric or (on_server and min(len(word) for word in asked) >= trigrams.LETTERS):
        return None
    newest = record.select(key).order_by(key.desc()).limit(1).offset(LOOKED_AT).scalar()
    return key > (newest if newest is not None else 0)
