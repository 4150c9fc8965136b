"""Much that an event has made is taken away at once; the journal keeps all of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm.work import in_bulk, key_field
from channergy_crm.work.journal_values import filled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from channergy_crm.work import Unit
    from channergy_crm.work.record import Record

AT_ONCE = 500


def take_away(unit: Unit, record: type[Record], numbers: Sequence[int]) -> int:
    """Delete these rows within a unit; how many were there. What hangs on them must have gone before."""
    key, gone = key_field(record), 0
    for start in range(0, len(numbers), AT_ONCE):
        part = list(numbers[start : start + AT_ONCE])
        held = list(record.select().where(key.in_(part)))
        with in_bulk(record, part):
            record.delete().where(key.in_(part)).execute()
        for each in held:
            unit.note(record, each.key, "delete", before=filled(each.__data__))
        gone += len(held)
    return gone
