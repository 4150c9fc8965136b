"""Who took which records out of the office."""

import peewee


def up(migrator, db):
    class ExportRow(peewee.Model):
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
            database = db
            legacy_table_names = False
            table_name = "CRMExports"

    db.create_tables([ExportRow])
