"""What the program remembers of imports: the runs, and the presets people saved. Kept by `services.imports`."""

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


IMPORTS: list[type[peewee.Model]] = [ImportRun, ImportPreset]
