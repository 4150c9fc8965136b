"""Who is typing into which record just now: a hint for the others, never a lock. It lapses when a window is gone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import peewee

from channergy_crm.records.edited import EditedRow
from channergy_crm.services import rights
from channergy_crm.store import database
from channergy_crm.store.complaints import translated
from channergy_crm.store.seconds import now

if TYPE_CHECKING:
    from collections.abc import Collection

    from channergy_crm.work.record import Record

LAPSES_AFTER, RENEWED_EVERY = 90, 30
"""seconds: what is not told again is over"""


def hold(entered: Collection[tuple[type[Record], object]], holder: str, station: str, by: str) -> None:
    """Tell what is entered into in one window now, or that it still is; what it has held before is given back."""
    rights.require(by, "see")
    for record in {record for record, _key in entered}:
        rights.require(by, "edit", record)
    until = peewee.Expression(now(), "+", LAPSES_AFTER)
    wanted = [(record._meta.table_name, str(key)) for record, key in entered]
    with database.writing(), translated():
        EditedRow.delete().where((EditedRow.holder == holder) | (EditedRow.until <= now())).execute()
        for table, key in wanted:
            EditedRow.insert(holder=holder, table=table, key=key, by=by, station=station, until=until).execute()
