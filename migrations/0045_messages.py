"""Messages that are sent to people, the batches they were sent in, and who wants no SMS (SI-24)."""

import peewee

PEOPLE = ("CRMLeads", "CustomerContacts", "Customers")


def up(migrator, db):
    class Batch(peewee.Model):
        key = peewee.CharField(column_name="BatchKey", max_length=40, primary_key=True)
        channel = peewee.CharField(column_name="Channel", max_length=20)
        template = peewee.TextField(column_name="Template")
        by = peewee.CharField(column_name="OperatorID", max_length=10)
        made = peewee.DateTimeField(column_name="CreateDt", index=True)
        left_out = peewee.IntegerField(column_name="LeftOut", default=0)

        class Meta:
            database, legacy_table_names, table_name = db, False, "CRMMessageBatches"

    class Message(peewee.Model):
        number = peewee.AutoField(column_name="MessageNo")
        channel = peewee.CharField(column_name="Channel", max_length=20)
        batch = peewee.CharField(column_name="BatchKey", max_length=40)
        table = peewee.CharField(column_name="TableName", max_length=60)
        key = peewee.CharField(column_name="RecordNo", max_length=60)
        address = peewee.TextField(column_name="Address")
        text = peewee.TextField(column_name="Text")
        parts = peewee.IntegerField(column_name="Parts", default=1)
        reference = peewee.CharField(column_name="Reference", max_length=40, unique=True)
        gateway_id = peewee.CharField(column_name="GatewayId", max_length=120, null=True)
        state = peewee.CharField(column_name="State", max_length=20)
        error = peewee.TextField(column_name="LastError", default="")
        cost = peewee.CharField(column_name="Cost", max_length=40, default="")
        by = peewee.CharField(column_name="OperatorID", max_length=10)
        made = peewee.DateTimeField(column_name="CreateDt")
        changed = peewee.DateTimeField(column_name="StateDt")
        next_try = peewee.DateTimeField(column_name="NextTryDt", null=True)

        class Meta:
            database, legacy_table_names, table_name = db, False, "CRMMessages"
            indexes = ((("batch", "state"), False), (("state", "next_try"), False), (("table", "key", "made"), False))

    db.create_tables([Batch, Message])
    for table in PEOPLE:
        flag = peewee.BooleanField(
            column_name="SmsOptOut", default=False, constraints=[peewee.SQL("DEFAULT FALSE")]
        )  # fmt: skip
        migrator.migrate(migrator.add_column(table, "SmsOptOut", flag))
        statement = f'CREATE INDEX "{table}_no_sms" ON "{table}" ("SmsOptOut") WHERE "SmsOptOut"'
        db.execute_sql(statement)  # sql: names above
