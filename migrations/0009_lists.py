"""Lists put together by hand."""

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

    class Gathered(Base):
        number = peewee.AutoField(column_name="ListNo")
        table = peewee.TextField(column_name="TableName", null=True, index=True)
        name = peewee.TextField(column_name="ListName", null=True)
        shared = peewee.BooleanField(column_name="IsShared", constraints=[peewee.SQL("DEFAULT FALSE")], default=False)
        owner = peewee.ForeignKeyField(
            Operator, column_name="OwnerOperatorID", null=True, backref="+", on_delete="RESTRICT"
        )

        class Meta:
            table_name = "CRMLists"

    class GatheredRow(Base):
        number = peewee.AutoField(column_name="ListRowNo")
        list = peewee.IntegerField(column_name="ListNo", null=True, index=True)
        record = peewee.IntegerField(column_name="RecordNo", null=True, index=True)

        class Meta:
            table_name = "CRMListRows"

    db.create_tables([Gathered, GatheredRow])
