"""Which records somebody is typing into just now: a hint for the others, which lapses by itself."""

import peewee


def up(migrator, db):
    class EditedRow(peewee.Model):
        holder = peewee.CharField(column_name="Holder", max_length=40)
        table = peewee.CharField(column_name="TableName", max_length=60)
        key = peewee.CharField(column_name="RecordNo", max_length=60)
        by = peewee.TextField(column_name="OperatorID")
        station = peewee.TextField(column_name="Workstation")
        until = peewee.BigIntegerField(column_name="UntilSeconds")

        class Meta:
            database = db
            legacy_table_names = False
            table_name = "CRMEdited"
            primary_key = peewee.CompositeKey("holder", "table", "key")

    db.create_tables([EditedRow])
