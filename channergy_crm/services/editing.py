"""Who is typing into which record just now: a hint for the others, never a lock. It lapses when a window is gone."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import peewee

from channergy_crm.records.edited import EditedRow
from channergy_crm.services import rights
from channergy_crm.store import database
from channergy_crm.store.complaints import translated
from channergy_crm.store.seconds import CLOCK, now

if TYPE_CHECKING:
    from collections.abc import Collection

    from channergy_crm.store.reader import Reader
    from channergy_crm.work.record import Record

LAPSES_AFTER, RENEWED_EVERY = 90, 30
"""seconds: what is not told again is over"""
STANDING = """SELECT e."TableName", e."RecordNo", e."Holder", COALESCE(o."Name", e."OperatorID"), e."Workstation"
    FROM "CRMEdited" e LEFT JOIN "Operators" o ON o."OperatorID" = e."OperatorID" WHERE e."UntilSeconds" > {clock}
    ORDER BY e."TableName", e."RecordNo", e."Holder" """


class Typing(NamedTuple):
    """That somebody is typing into a record, at which workstation, in which window (`holder`)."""

    table: str
    key: str
    holder: str
    who: str
    station: str


def hold(typed: Collection[tuple[type[Record], object]], holder: str, station: str, by: str) -> None:
    """Tell what is typed into in one window now, or that it still is; what it has held before is given back."""
    rights.require(by, "see")
    for record in {record for record, _key in typed}:
        rights.require(by, "edit", record)
    until = peewee.Expression(now(), "+", LAPSES_AFTER)
    wanted = [(record._meta.table_name, str(key)) for record, key in typed]
    with database.writing(), translated():
        EditedRow.delete().where((EditedRow.holder == holder) | (EditedRow.until <= now())).execute()
        for table, key in wanted:
            EditedRow.insert(holder=holder, table=table, key=key, by=by, station=station, until=until).execute()


def standing(reader: Reader) -> list[Typing]:
    """What is typed into anywhere, in any window."""
    return [Typing(*map(str, row)) for row in reader.rows(STANDING.format(clock=CLOCK[reader.engine]))]
