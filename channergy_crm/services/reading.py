"""Reading records for the screen, the same for every type."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, TypeVar

from channergy_crm import work
from channergy_crm.services import rights
from channergy_crm.work import key_field
from channergy_crm.work.record import Record

if TYPE_CHECKING:
    from collections.abc import Mapping

    from channergy_crm.query.listing import ListQuery
    from channergy_crm.work import UnitRow

R = TypeVar("R", bound=Record)

LATEST = 3_000
"""records that are looked at for what was typed before"""
SUGGESTED = 50


def begin(query: ListQuery) -> None:
    """Asked once before a list is read for the operator who looks."""
    rights.require(query.by, "see", query.record)


def find(record: type[R], key: object, by: str) -> R | None:
    """The record of this key as the store holds it now, or None."""
    rights.require(by, "see", record)
    held = record.find(key) if key is not None else None
    if held is not None:
        rights.require(by, "see", held)
    return held


def latest_unit(record: type[Record], key: object, by: str) -> UnitRow | None:
    """What was done to this record last, and who did it; None when the journal knows nothing of it."""
    if find(record, key, by) is None:
        return None
    return work.latest_unit(record._meta.table_name, key)


def exists(record: type[Record], condition: object, by: str) -> bool:
    """Whether there is a record like that."""
    rights.require(by, "see", record)
    return bool(rights.rows(record, by).where(condition).exists())


def count(record: type[Record], condition: object, by: str) -> int:
    """How many records are like that."""
    rights.require(by, "count", record)
    return int(rights.rows(record, by).where(condition).count())


def counts(queries: Mapping[int, ListQuery], by: str) -> dict[int, int]:
    """How many rows each of these lists has."""
    rights.require(by, "count")
    return {number: int(query.select().count()) for number, query in queries.items()}


def suggestions(record: type[Record], name: str, by: str) -> list[str]:
    """What this office typed into a free text field of its latest records, most used first (CH-19, CH-20, K5)."""
    rights.require(by, "choose", record)
    if name in rights.hidden(record, by):
        return []
    latest = rights.rows(record, by, record.kind(name)).order_by(key_field(record).desc()).limit(LATEST)
    used = Counter(str(value) for value in latest.scalars() if value)
    return [value for value, _times in used.most_common(SUGGESTED)]
