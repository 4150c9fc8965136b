"""Who took which records out of the office, when and into which file (DP-12)."""

from __future__ import annotations

import peewee

from channergy_crm.store import database


class ExportRow(peewee.Model):
    """One export that was finished. Without an operator it was made at the command line."""

    number = peewee.AutoField(column_name="ExportNo")
    by = peewee.TextField(column_name="OperatorID")
    done = peewee.DateTimeField(column_name="DoneDt")
    table = peewee.TextField(column_name="TableName")
    what = peewee.TextField(column_name="What")
    search = peewee.TextField(column_name="Filter")
    columns = peewee.TextField(column_name="Columns")
    rows = peewee.IntegerField(column_name="RowCount")
    form = peewee.TextField(column_name="Format")
    file = peewee.TextField(column_name="FileName")

    class Meta:
        database = database.proxy
        table_name = "CRMExports"
        legacy_table_names = False
