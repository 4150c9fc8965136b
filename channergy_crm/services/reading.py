"""Reading single records and counting them, for whoever may see them."""

from __future__ import annotations

from typing import Any, TypeVar

from channergy_crm import access
from channergy_crm.work.record import Record

R = TypeVar("R", bound=Record)


def find(record: type[R], key: Any, by: str) -> R | None:
    """The record with this number, or None."""
    access.require(by, "see", record)
    return record.find(key) if key is not None else None


def exists(record: type[Record], condition: Any, by: str) -> bool:
    """Whether there is a record for which this is true."""
    access.require(by, "see", record)
    return bool(record.select().where(condition).exists())


def count(record: type[Record], condition: Any, by: str) -> int:
    """How many records there are for which this is true."""
    access.require(by, "see", record)
    return int(record.select().where(condition).count())
