"""The sync with the Viper site: its fields, what waits, who is who there, what disagreed, how far it has read.

The billing address of an account that is there already is that of its customer.
"""

import peewee

ADDRESS = {"BillAddress": "BillAddress", "BillCity": "City", "BillState": "State", "BillCountry": "Country",
           "BillPostalCode": "PostalCode"}  # fmt: skip


def up(migrator, db):
    class Outgoing(peewee.Model):
        number = peewee.AutoField(column_name="OutboxNo")
        table = peewee.CharField(column_name="TableName", max_length=60)
        key = peewee.CharField(column_name="RecordNo", max_length=60)
        unit = peewee.IntegerField(column_name="UnitNo")
        state = peewee.CharField(column_name="State", max_length=20, default="waiting")
        reason = peewee.CharField(column_name="Reason", max_length=40, default="")
        request = peewee.CharField(column_name="RequestKey", max_length=40, default="")
        tries = peewee.IntegerField(column_name="Tries", default=0)
        next_try = peewee.DateTimeField(column_name="NextTryDt", null=True)
        error = peewee.TextField(column_name="LastError", default="")
        made = peewee.DateTimeField(column_name="CreateDt")

        class Meta:
            database, legacy_table_names, table_name = db, False, "CRMSyncOutbox"
            indexes = (
                (("table", "key"), True),
                (("state", "next_try"), False),
                (("table", "state", "reason"), False),
            )

    class SyncLink(peewee.Model):
        number = peewee.AutoField(column_name="LinkNo")
        table = peewee.CharField(column_name="TableName", max_length=60)
        key = peewee.CharField(column_name="RecordNo", max_length=60)
        remote = peewee.CharField(column_name="RemoteID", max_length=120)
        etag = peewee.CharField(column_name="ETag", max_length=200, default="")
        base = peewee.TextField(column_name="Base", default="{}")
        shown = peewee.TextField(column_name="Shown", default="{}")
        met = peewee.CharField(column_name="State", max_length=20, default="synced")
        synced = peewee.DateTimeField(column_name="SyncedDt")
        left = peewee.DateTimeField(column_name="LeftDt", null=True)

        class Meta:
            database, legacy_table_names, table_name = db, False, "CRMSyncLinks"
            indexes = ((("table", "key"), True), (("table", "remote"), True), (("met",), False))

    class Conflict(peewee.Model):
        number = peewee.AutoField(column_name="ConflictNo")
        table = peewee.CharField(column_name="TableName", max_length=60)
        key = peewee.CharField(column_name="RecordNo", max_length=60)
        field = peewee.CharField(column_name="FieldName", max_length=64)
        ours = peewee.TextField(column_name="Ours", default="")
        theirs = peewee.TextField(column_name="Theirs", default="")
        seen = peewee.DateTimeField(column_name="SeenDt")
        settled = peewee.DateTimeField(column_name="SettledDt", null=True)
        by = peewee.CharField(column_name="OperatorID", max_length=40, default="")
        kept = peewee.CharField(column_name="Kept", max_length=10, default="ours")
        unit = peewee.IntegerField(column_name="UnitNo", null=True)

        class Meta:
            database, legacy_table_names, table_name = db, False, "CRMSyncConflicts"
            indexes = ((("table", "key"), False), (("settled",), False))

    class Cursor(peewee.Model):
        what = peewee.CharField(column_name="Kind", max_length=40, primary_key=True)
        cursor = peewee.CharField(column_name="Cursor", max_length=400, default="")
        read = peewee.DateTimeField(column_name="ReadDt", null=True)

        class Meta:
            database, legacy_table_names, table_name = db, False, "CRMSyncState"

    class Person(peewee.Model):
        owner = peewee.CharField(column_name="OwnerID", max_length=10, primary_key=True)
        remote = peewee.CharField(column_name="RemoteID", max_length=120, unique=True)
        name = peewee.CharField(column_name="RemoteName", max_length=200, default="")

        class Meta:
            database, legacy_table_names, table_name = db, False, "CRMSyncPeople"

    db.create_tables([Outgoing, SyncLink, Conflict, Cursor, Person])
    migrator.migrate(
        migrator.add_column("CRMAccounts", "OtherPhone", peewee.TextField(column_name="OtherPhone", null=True))
    )
    migrator.migrate(
        migrator.add_column("CRMAccounts", "BillAddress", peewee.TextField(column_name="BillAddress", null=True))
    )
    migrator.migrate(
        migrator.add_column("CRMAccounts", "BillCity", peewee.TextField(column_name="BillCity", null=True))
    )
    migrator.migrate(
        migrator.add_column("CRMAccounts", "BillState", peewee.TextField(column_name="BillState", null=True))
    )
    migrator.migrate(
        migrator.add_column("CRMAccounts", "BillCountry", peewee.TextField(column_name="BillCountry", null=True))
    )
    migrator.migrate(
        migrator.add_column("CRMAccounts", "BillPostalCode", peewee.TextField(column_name="BillPostalCode", null=True))
    )
    migrator.migrate(
        migrator.add_column(
            "CRMAccounts", "OtherPhoneDigits", peewee.TextField(column_name="OtherPhoneDigits", null=True, index=True)
        )
    )
    migrator.migrate(
        migrator.add_column(
            "CRMAccounts", "OtherPhoneE164", peewee.TextField(column_name="OtherPhoneE164", null=True, index=True)
        )
    )
    migrator.migrate(
        migrator.add_column(
            "CustomerContacts",
            "OwnerOperatorID",
            peewee.CharField(
                column_name="OwnerOperatorID",
                max_length=10,
                null=True,
                index=True,
                constraints=[peewee.SQL('REFERENCES "Operators" ("OperatorID") ON DELETE RESTRICT')],
            ),
        )
    )
    migrator.migrate(
        migrator.add_column(
            "CustomerContacts", "MailingAddress", peewee.TextField(column_name="MailingAddress", null=True)
        )
    )
    migrator.migrate(
        migrator.add_column("CustomerContacts", "MailingCity", peewee.TextField(column_name="MailingCity", null=True))
    )
    migrator.migrate(
        migrator.add_column("CustomerContacts", "MailingState", peewee.TextField(column_name="MailingState", null=True))
    )
    migrator.migrate(
        migrator.add_column(
            "CustomerContacts", "MailingPostalCode", peewee.TextField(column_name="MailingPostalCode", null=True)
        )
    )
    migrator.migrate(
        migrator.add_column(
            "CustomerContacts", "MailingCountry", peewee.TextField(column_name="MailingCountry", null=True)
        )
    )
    migrator.migrate(
        migrator.add_column("CRMOpportunities", "ArrivalDt", peewee.DateField(column_name="ArrivalDt", null=True))
    )
    migrator.migrate(
        migrator.add_column("CRMOpportunities", "DepartureDt", peewee.DateField(column_name="DepartureDt", null=True))
    )
    migrator.migrate(migrator.add_column("CRMOpportunities", "DueDt", peewee.DateField(column_name="DueDt", null=True)))
    db.execute_sql('CREATE INDEX IF NOT EXISTS "CRMAccounts_OtherPhoneDigits" ON "CRMAccounts" ("OtherPhoneDigits")')
    db.execute_sql('CREATE INDEX IF NOT EXISTS "CRMAccounts_OtherPhoneE164" ON "CRMAccounts" ("OtherPhoneE164")')
    db.execute_sql(
        'CREATE INDEX IF NOT EXISTS "CustomerContacts_OwnerOperatorID" ON "CustomerContacts" ("OwnerOperatorID")'
    )
    db.execute_sql(
        'CREATE INDEX IF NOT EXISTS "CustomerContacts_customer_owner" '
        'ON "CustomerContacts" ("CustNo", "OwnerOperatorID")'
    )
    sets = ", ".join(
        f'"{ours}" = (SELECT c."{theirs}" FROM "Customers" c WHERE c."CustNo" = "CRMAccounts"."CustNo")'  # noqa: S608
        for ours, theirs in ADDRESS.items()
    )
    db.execute_sql(f'UPDATE "CRMAccounts" SET {sets} WHERE "CustNo" IS NOT NULL')  # sql: names above  # noqa: S608
