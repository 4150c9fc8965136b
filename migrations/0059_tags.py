"""Tags, on which records they stand, and whether an operator wants to see the cloud of them."""

import peewee


def up(migrator, db):
    class Base(peewee.Model):
        version = peewee.IntegerField(column_name="RowVersion", constraints=[peewee.SQL("DEFAULT 1")], default=1)

        class Meta:
            database = db
            legacy_table_names = False

    class Operator(peewee.Model):
        id = peewee.CharField(column_name="OperatorID", max_length=10, primary_key=True)

        class Meta:
            database = db
            legacy_table_names = False
            table_name = "Operators"

    class Tag(Base):
        number = peewee.AutoField(column_name="TagNo")
        name = peewee.TextField(column_name="TagName", null=True)
        colour = peewee.TextField(column_name="Colour", null=True)
        shared = peewee.BooleanField(column_name="IsShared", constraints=[peewee.SQL("DEFAULT FALSE")], default=False)
        owner = peewee.ForeignKeyField(
            Operator, column_name="OwnerOperatorID", null=True, backref="+", on_delete="RESTRICT"
        )

        class Meta:
            table_name = "CRMTags"

    class Tagging(Base):
        number = peewee.AutoField(column_name="TaggingNo")
        tag = peewee.ForeignKeyField(
            Tag, column_name="TagNo", null=True, backref="+", on_delete="RESTRICT", index=False
        )
        table = peewee.TextField(column_name="TableName", null=True)
        record = peewee.IntegerField(column_name="RecordNo", null=True)

        class Meta:
            table_name = "CRMTaggings"
            indexes = ((("tag", "table", "record"), True), (("table", "record"), False))

    db.create_tables([Tag, Tagging])
    shown = peewee.BooleanField(column_name="ShowsTagCloud", constraints=[peewee.SQL("DEFAULT TRUE")], default=True)
    migrator.migrate(migrator.add_column("CRMPreferences", "ShowsTagCloud", shown))
