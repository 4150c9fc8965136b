"""Saved list views."""

import peewee


def up(migrator, db):
    class Base(peewee.Model):
        class Meta:
            database = db
            legacy_table_names = False

    class Operator(Base):
        id = peewee.CharField(column_name="OperatorID", max_length=10, primary_key=True)

        class Meta:
            table_name = "Operators"

    class ListView(Base):
        number = peewee.AutoField(column_name="ViewNo")
        version = peewee.IntegerField(column_name="RowVersion", constraints=[peewee.SQL("DEFAULT 1")], default=1)
        screen = peewee.TextField(column_name="ScreenName", null=True, index=True)
        name = peewee.TextField(column_name="ViewName", null=True)
        filter_text = peewee.TextField(column_name="FilterText", null=True)
        columns = peewee.TextField(column_name="ColumnNames", null=True)
        order = peewee.TextField(column_name="SortOrder", null=True)
        colours = peewee.TextField(column_name="ColourRules", null=True)
        shared = peewee.BooleanField(column_name="IsShared", constraints=[peewee.SQL("DEFAULT FALSE")], default=False)
        pinned = peewee.BooleanField(column_name="IsPinned", constraints=[peewee.SQL("DEFAULT FALSE")], default=False)
        opens = peewee.BooleanField(column_name="IsDefault", constraints=[peewee.SQL("DEFAULT FALSE")], default=False)
        place = peewee.IntegerField(column_name="SortNo", null=True)
        owner = peewee.ForeignKeyField(
            Operator, column_name="OwnerOperatorID", null=True, backref="+", on_delete="RESTRICT"
        )

        class Meta:
            table_name = "CRMListViews"

    db.create_tables([ListView])
