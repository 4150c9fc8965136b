"""The outbox: what has changed here and is to be sent. `records/sync.py` puts it there in the unit that changes it."""

from __future__ import annotations

import peewee

from channergy_crm.records import BY_TABLE
from channergy_crm.records.sync import TABLES, Outgoing, put
from channergy_crm.store import database
from channergy_crm.store.complaints import translated
from channergy_crm.work import UnitRow, key_field


def put_everything() -> None:
    """Let every client of the office wait: when the sync is switched on, for nobody noted meanwhile what was changed.
    What says the same on both sides is found equal when it is its turn.
    """
    latest = UnitRow.select(peewee.fn.MAX(UnitRow.number)).scalar() or 0
    with database.writing(), translated(), database.proxy.atomic():
        for table in TABLES:
            record = BY_TABLE[table]
            number = key_field(record).cast("TEXT")
            put(
                record.select(peewee.Value(table), number, peewee.Value(latest)).where(key_field(record).is_null(False))
            )


def forget_everything() -> None:
    """Nothing waits any more: the connection was taken off."""
    with database.writing(), translated():
        Outgoing.delete().execute()
