"""The documents a record shows: its own, and those of what is read as one with it, such as an account's contacts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import peewee

from channergy_crm.records import Document
from channergy_crm.services import documents, rights
from channergy_crm.services.timeline.subjects import of as subjects_of

if TYPE_CHECKING:
    from channergy_crm.work.record import Record

MOST = 500
"""of more the newest are shown"""


class Shown(NamedTuple):
    """One document; `where` is the record it hangs on and `opens` leads there, where that is another one than the one
    that is open. `versions` is how many older ones there are.
    """

    document: Document
    where: str
    opens: tuple[str, object] | None
    versions: int


def of(record: Record, by: str) -> list[Shown]:
    """The documents of a record and of what belongs to it, its own first, the newest first."""
    rights.require(by, "see", record)
    held = documents.subject(type(record), record.key, by)
    subjects = subjects_of(held, by)
    mine = (Document.table == type(held)._meta.table_name) & (Document.of == str(held.key))
    own = peewee.Case(None, [(mine, 0)], 1)
    asked = Document.select().where(documents.about(subjects.records) & Document.current.is_null())
    found = list(asked.order_by(own, Document.created.desc(), Document.number.desc()).limit(MOST))
    older = _versions([each.number for each in found])
    return [
        Shown(each, subjects.name(each.table, each.of), subjects.opened(each.table, each.of), older.get(each.number, 0))
        for each in found
    ]


def _versions(numbers: list[int]) -> dict[int, int]:
    counted: Any = Document.select(Document.current, peewee.fn.COUNT(Document.number))
    rows = counted.where(Document.current.in_(numbers)).group_by(Document.current).tuples()
    return {int(number): int(count) for number, count in rows}
