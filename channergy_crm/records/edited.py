"""What somebody is typing into at some workstation just now: a hint for the others, no lock."""

from __future__ import annotations

import peewee

from channergy_crm.store import database


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
