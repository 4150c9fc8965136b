"""Conflicts of fields in which both sides say the same by now: nobody is asked about them any more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm import clock
from channergy_crm.records.sync import WRITER, Conflict
from channergy_crm.sync import fields

if TYPE_CHECKING:
    from collections.abc import Iterable

    from channergy_crm.work.record import Record


def settle(table: str, records: Iterable[Record]) -> None:
    """Within a transaction: those of these records, which the two sides have just compared, are settled by the sync."""
    held = {str(each.key): each for each in records}
    if not held:
        return
    mapped = {each.name: each for each in fields.of(table, fields.Direction.BOTH, fields.Direction.BACK)}
    mine = (Conflict.table == table) & Conflict.key.in_(list(held)) & Conflict.settled.is_null()
    rows = list(Conflict.select().where(mine & Conflict.field.in_(list(mapped))))
    known = fields.names([held[key] for key in {row.key for row in rows}]) if rows else None
    found = [
        row.number for row in rows if fields.same(fields.said(mapped[row.field], held[row.key], known), row.theirs)
    ]
    if found:
        values = {"settled": clock.now(), "by": WRITER, "kept": "theirs", "unit": None}
        Conflict.update(values).where(Conflict.number.in_(found)).execute()
