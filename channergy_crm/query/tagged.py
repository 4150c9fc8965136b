"""Lists asked for a tag: the few records that wear it are named, so that no others need a look (BX-40)."""

from __future__ import annotations

from functools import reduce
from operator import and_
from typing import TYPE_CHECKING

import peewee

from channergy_crm.query.words import FEW, Narrow
from channergy_crm.records import Tagging
from channergy_crm.records.tags import wears
from channergy_crm.work import key_field

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from channergy_crm.store.reader import Row
    from channergy_crm.work.record import Record

SOON, MANY = 3_000, 20_000
"""records that are looked up and sorted sooner than the first of them are met in the order of a list; and so many that
these are met sooner than all are gathered
"""


def narrowed(
    record: type[Record], tags: Sequence[Sequence[int]], rows: Callable[[str, Sequence[object]], list[Row]],
    *, whole: bool = False,
) -> Narrow | None:  # fmt: skip
    """The condition for the records that wear one of each of these, in the words that take least time for the `whole`
    list, or for its beginning; None where no tag is asked for.
    """
    if not tags:
        return None
    key, asked = key_field(record), _wear(record, sorted(tags, key=len))
    if whole:
        return Narrow(key.in_(asked), few=False)
    if len(tags) > 1:  # to find them takes a while, and is not done twice
        sql, params = asked.limit(FEW + 1).sql()
        found = rows(sql, params)
        if len(found) <= FEW:
            return Narrow(key.in_([row[0] for row in found]), few=True)
    sql, params = asked.limit(MANY + 1).sql()
    count = int(rows(f"SELECT COUNT(*) FROM ({sql})", params)[0][0])  # noqa: S608  # sql: the question of peewee
    if count > (SOON if len(tags) > 1 else MANY):
        return Narrow(reduce(and_, [wears(record, each) for each in tags]), few=False)
    return Narrow(key.in_(asked), few=count <= SOON)


def _wear(record: type[Record], tags: Sequence[Sequence[int]]) -> peewee.ModelSelect[Tagging]:
    """The numbers of the records that wear one of each."""
    first, table = Tagging.alias(), record._meta.table_name
    held = [(first.table == table) & first.tag.in_(list(tags[0]))]
    for more in tags[1:]:
        other = Tagging.alias()
        also = other.tag.in_(list(more)) & (other.table == table) & (other.record == first.record)
        held.append(peewee.fn.EXISTS(other.select(peewee.SQL("1")).where(also)))
    found: peewee.ModelSelect[Tagging] = first.select(first.record).where(reduce(and_, held))
    return found
