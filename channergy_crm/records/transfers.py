"""What the program remembers of imports (the runs, and the presets people saved), and of what was taken out (DP-12)."""

from __future__ import annotations

import peewee

from channergy_crm.store import database


class ImportRun(peewee.Model):
    """One import: what came out of which file, by whom, and the unit of work that did it."""

    number = peewee.AutoField(column_name="ImportNo")
    unit = peewee.IntegerField(column_name="UnitNo", index=True)
    table = peewee.TextField(column_name="TableName")
    file = peewee.TextField(column_name="FileName")
    by = peewee.TextField(column_name="OperatorID")
    done = peewee.DateTimeField(column_name="DoneDt")
    created = peewee.IntegerField(column_name="Created")
    updated = peewee.IntegerField(column_name="Updated")
    skipped = peewee.IntegerField(column_name="Skipped")
    refused = peewee.IntegerField(column_name="Refused")

    class Meta:
        database = database.proxy
        table_name = "CRMImports"
        legacy_table_names = False


class ImportPreset(peewee.Model):
    """How files that look alike are imported, under a name, for the whole office."""

    number = peewee.AutoField(column_name="PresetNo")
    table = peewee.TextField(column_name="TableName")
    name = peewee.TextField(column_name="Name")
    columns = peewee.TextField(column_name="Columns")
    plan = peewee.TextField(column_name="Plan")

    class Meta:
        database = database.proxy
        table_name = "CRMImportPresets"
        legacy_table_names = False
        indexes = ((("table", "name"), True),)


class ExportRow(peewee.Model):
    """Records that were exported or printed: who did it, when, which and where to.

    Without an operator it was done at the command line. What was printed has the format "paper" or "pdf".
    """

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


IMPORTS: list[type[peewee.Model]] = [ImportRun, ImportPreset]
