"""What a block of Home is filled with: rows that open what they are about, how many there are in all."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

import peewee

from channergy_crm.query import conditions, words
from channergy_crm.store import database
from channergy_crm.store.complaints import translated
from channergy_crm.work import key_field

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, time

    from channergy_crm.fields import Kind
    from channergy_crm.query.listing import ListQuery

ROWS = 8
"""rows of a block at most"""


class Said(NamedTuple):
    """A value, and the kind of field that knows how it is shown; None for text and numbers as they are."""

    kind: Kind[Any] | None
    value: object


class Line(NamedTuple):
    """One row: what it opens, what it is called, what else is said of it from left to right.

    `day` and `at` are when it is promised, `phone` is dialed from the row. One that opens nothing is a heading, in the
    colour of its `meaning`.
    """

    opens: tuple[str, object] | None
    name: str
    said: tuple[Said, ...] = ()
    day: date | None = None
    at: time | None = None
    phone: str = ""
    meaning: str = ""
    icon: str = ""


class Content(NamedTuple):
    """The rows of a block and how many there are in all; a `sum` in cents, how many of them come `tomorrow`, for how
    many `days` one is new.
    """

    lines: tuple[Line, ...]
    total: int
    sum: int | None = None
    tomorrow: int = 0
    days: int = 0


NOTHING = Content((), 0)


Found = list[tuple[int, dict[str, Any]]]
"""rows by number, with their values by column"""


def first_of(query: ListQuery, limit: int = ROWS, *order: object) -> Found:
    """The first rows of a list, in its order or in another one that is told."""
    key = key_field(query.record)
    return _whole(query, [row[0] for row in _read(_first(query, limit, order, key))])


def first_and_all(query: ListQuery, limit: int = ROWS, *order: object) -> tuple[Found, int]:
    """The same, and how many rows the list has: found out on one way through it."""
    query, key = _narrowed(query), key_field(query.record)
    every = peewee.NodeList((peewee.fn.COUNT(key), peewee.SQL("OVER ()")))
    found = _read(_first(query, limit, order, key, every))
    return _whole(query, [row[0] for row in found]), int(found[0][1]) if found else 0


def how_many(query: ListQuery) -> int:
    """How many rows a list has."""
    return int(_narrowed(query).select(key_field(query.record)).count())


def _first(query: ListQuery, limit: int, order: Sequence[object], *what: object) -> Any:
    """Their numbers first: what else is shown is looked up of those few alone."""
    asked = query.select(*what)
    return (asked.order_by(*order) if order else query.ordered(asked)).limit(limit)


def _whole(query: ListQuery, keys: Sequence[int]) -> Found:
    if not keys:
        return []
    key, names, converters = key_field(query.record), (*query.columns, *query.beside), query.converters()
    found = {}
    for row in _read(query.seen(key, *query.sources()).where(key.in_(list(keys)))):
        values = zip(names, converters, row[1:], strict=True)
        found[row[0]] = {name: convert(value) for name, convert, value in values}
    return [(number, found[number]) for number in keys if number in found]


def _read(asked: Any) -> list[tuple[Any, ...]]:
    return _rows(*asked.sql())


def _rows(sql: str, params: Sequence[object]) -> list[tuple[Any, ...]]:
    with translated():
        found: list[tuple[Any, ...]] = database.proxy.obj.execute_sql(sql, params).fetchall()
    return found


def _narrowed(query: ListQuery) -> ListQuery:
    """Where the index of words knows which rows a filter can mean, the others need no look."""
    if not query.text or database.on_server():
        return query
    known = words.narrowed(query.record, conditions.words(query.record, query.text), _rows, whole=True)
    if known is None:
        return query
    there = known.condition if query.condition is None else query.condition & known.condition
    return replace(query, condition=there)
