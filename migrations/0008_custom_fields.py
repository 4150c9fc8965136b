"""The fields an office adds to its records, and what it calls the built-in ones."""

import peewee


def up(migrator, db):
    class CustomField(peewee.Model):
        number = peewee.AutoField(column_name="FieldNo")
        version = peewee.IntegerField(column_name="RowVersion", constraints=[peewee.SQL("DEFAULT 1")], default=1)
        table = peewee.TextField(column_name="TableName", null=True)
        column = peewee.TextField(column_name="ColumnName", null=True)
        label = peewee.TextField(column_name="Label", null=True)
        kind_name = peewee.TextField(column_name="FieldKind", null=True)
        hint = peewee.TextField(column_name="Hint", null=True)
        place = peewee.IntegerField(column_name="SortNo", null=True)
        off_form = peewee.BooleanField(column_name="IsHidden", constraints=[peewee.SQL("DEFAULT FALSE")], default=False)
        retired = peewee.BooleanField(column_name="IsRetired", constraints=[peewee.SQL("DEFAULT FALSE")], default=False)

        class Meta:
            database = db
            legacy_table_names = False
            table_name = "CustomFields"
            indexes = ((("table", "column"), True),)

    db.create_tables([CustomField])
