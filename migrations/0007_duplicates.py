"""Contacts and customers are found by their e-mail address; pairs that look alike and are not the same."""

import peewee

TABLES = {"Customers": "CustNo", "CustomerContacts": "ContactNo"}


def up(migrator, db):
    for table, key in TABLES.items():

        class Row(peewee.Model):
            number = peewee.AutoField(column_name=key)
            email = peewee.TextField(column_name="Email", null=True)

            class Meta:
                database = db
                legacy_table_names = False
                table_name = table

        Row.add_index(peewee.fn.LOWER(Row.email), name=f"{table}_email")
        Row._schema.create_indexes()

    class Apart(peewee.Model):
        number = peewee.AutoField(column_name="ApartNo")
        version = peewee.IntegerField(column_name="RowVersion", constraints=[peewee.SQL("DEFAULT 1")], default=1)
        table = peewee.TextField(column_name="TableName", null=True)
        one = peewee.IntegerField(column_name="OneNo", null=True, index=True)
        other = peewee.IntegerField(column_name="OtherNo", null=True, index=True)

        class Meta:
            database = db
            legacy_table_names = False
            table_name = "CRMApart"

    db.create_tables([Apart])
