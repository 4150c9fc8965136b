"""What somebody is typing into at some workstation just now: a hint for the others, no lock."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import peewee

from channergy_crm.store import database
from channergy_crm.store.seconds import CLOCK

if TYPE_CHECKING:
    from channergy_crm.store.reader import Reader

STANDING = """SELECT e."TableName", e."RecordNo", e."Holder", COALESCE(o."Name", e."OperatorID"), e."Workstation"
    FROM "CRMEdited" e LEFT JOIN "Operators" o ON o."OperatorID" = e."OperatorID" WHERE e."UntilSeconds" > {clock}
    ORDER BY e."TableName", e."RecordNo", e."Holder" """


class EditedRow(peewee.Model):
    """One record in one window, and until when that holds by the clock of the store: seconds since 1970."""

    holder = peewee.CharField(column_name="Holder", max_length=40)
    table = peewee.CharField(column_name="TableName", max_length=60)
    key = peewee.CharField(column_name="RecordNo", max_length=60)
    by = peewee.TextField(column_name="OperatorID")
    station = peewee.TextField(column_name="Workstation")
    until = peewee.BigIntegerField(column_name="UntilSeconds")

    class Meta:
        database = database.proxy
        table_name = "CRMEdited"
        legacy_table_names = False
        primary_key = peewee.CompositeKey("holder", "table", "key")


class Typing(NamedTuple):
    """That somebody is typing into a record, at which workstation, in which window (`holder`)."""

    table: str
    key: str
    holder: str
    who: str
    station: str


def standing(reader: Reader) -> list[Typing]:
    """What is typed into anywhere, in any window."""
    return [Typing(*map(str, row)) for row in reader.rows(STANDING.format(clock=CLOCK[reader.engine]))]
