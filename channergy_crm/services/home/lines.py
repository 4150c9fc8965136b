"""What a block of Home is filled with: rows that open what they are about, how many there are in all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from channergy_crm.store import database
from channergy_crm.store.complaints import translated
from channergy_crm.work import key_field

if TYPE_CHECKING:
    from collections.abc import Iterator
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
    """The rows of a block and how many there are in all; a `sum` in cents, and how many of them come `tomorrow`."""

    lines: tuple[Line, ...]
    total: int
    sum: int | None = None
    tomorrow: int = 0


NOTHING = Content((), 0)


def rows(query: ListQuery, limit: int = ROWS, *order: object) -> Iterator[tuple[int, dict[str, Any]]]:
    """The first rows of a list, each with its number and its values by column; in another order where one is told."""
    asked = query.select(key_field(query.record), *query.sources())
    asked = asked.order_by(*order) if order else query.ordered(asked)
    sql, params = asked.limit(limit).sql()
    with translated():
        found = database.proxy.obj.execute_sql(sql, params).fetchall()
    for row in found:
        yield row[0], {name: convert(value) for name, convert, value in
                       zip((*query.columns, *query.beside), query.converters(), row[1:], strict=True)}  # fmt: skip


def count(query: ListQuery) -> int:
    """How many rows a list has."""
    return int(query.select(key_field(query.record)).count())
