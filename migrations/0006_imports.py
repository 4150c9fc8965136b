"""The imports that were made, and the presets for them."""

import peewee


def up(migrator, db):
    class ImportRun(peewee.Model):
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
            database = db
            table_name = "CRMImports"
            legacy_table_names = False

    class ImportPreset(peewee.Model):
        number = peewee.AutoField(column_name="PresetNo")
        table = peewee.TextField(column_name="TableName")
        name = peewee.TextField(column_name="Name")
        columns = peewee.TextField(column_name="Columns")
        plan = peewee.TextField(column_name="Plan")

        class Meta:
            database = db
            table_name = "CRMImportPresets"
            legacy_table_names = False
            indexes = ((("table", "name"), True),)

    db.create_tables([ImportRun, ImportPreset])
