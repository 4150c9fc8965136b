"""What contacts wish: no calls, no e-mail; who serves as a reference, and to whom they report (VT-98…VT-101)."""

import peewee


def up(migrator, db):
    class Contact(peewee.Model):
        number = peewee.AutoField(column_name="ContactNo")

        class Meta:
            database = db
            legacy_table_names = False
            table_name = "CustomerContacts"

    def flag(column):
        return peewee.BooleanField(column_name=column, default=False, constraints=[peewee.SQL("DEFAULT FALSE")])

    for column in ("DoNotCall", "EmailOptOut", "IsReference"):
        migrator.migrate(migrator.add_column("CustomerContacts", column, flag(column)))
    supervisor = peewee.ForeignKeyField(
        Contact, field=Contact.number, column_name="ReportsTo", null=True, backref="+", on_delete="RESTRICT"
    )
    migrator.migrate(migrator.add_column("CustomerContacts", "ReportsTo", supervisor))
