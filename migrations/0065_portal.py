"""Portal (2026-11-28)."""

import peewee


def up(migrator, db):
    class PortalFile(peewee.Model):
        document = peewee.IntegerField(column_name="DocumentNo", primary_key=True)
        ticket = peewee.IntegerField(column_name="TicketNo", index=True)
        contact = peewee.IntegerField(column_name="ContactNo", index=True)

        class Meta:
            database, legacy_table_names, table_name = db, False, "CRMPortalFiles"

    class PortalLink(peewee.Model):
        held = peewee.CharField(column_name="TokenHash", max_length=64, primary_key=True)
        contact = peewee.IntegerField(column_name="ContactNo", index=True)
        address = peewee.CharField(column_name="AddressHash", max_length=64)
        mail = peewee.CharField(column_name="Reference", max_length=40)
        made = peewee.DateTimeField(column_name="CreateDt")
        until = peewee.DateTimeField(column_name="UntilDt", index=True)
        used = peewee.DateTimeField(column_name="UsedDt", null=True)

        class Meta:
            database, legacy_table_names, table_name = db, False, "CRMPortalLinks"

    class PortalSession(peewee.Model):
        held = peewee.CharField(column_name="TokenHash", max_length=64, primary_key=True)
        contact = peewee.IntegerField(column_name="ContactNo", index=True)
        address = peewee.CharField(column_name="AddressHash", max_length=64)
        made = peewee.DateTimeField(column_name="CreateDt")
        until = peewee.DateTimeField(column_name="UntilDt", index=True)
        seen = peewee.DateTimeField(column_name="LastSeenDt")

        class Meta:
            database, legacy_table_names, table_name = db, False, "CRMPortalSessions"

    db.create_tables([PortalFile, PortalLink, PortalSession])
