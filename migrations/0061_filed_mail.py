"""Mails filed with a person, and which mails of the watched folder were looked at; messages found by their own id."""

import peewee

OPERATOR = [peewee.SQL('REFERENCES "Operators" ("OperatorID") ON DELETE RESTRICT')]


def up(migrator, db):
    class FiledMail(peewee.Model):
        number = peewee.AutoField(column_name="FiledMailNo")
        version = peewee.IntegerField(column_name="RowVersion", constraints=[peewee.SQL("DEFAULT 1")], default=1)
        message_id = peewee.TextField(column_name="MessageId", null=True)
        table = peewee.TextField(column_name="TableName", null=True)
        of = peewee.TextField(column_name="RecordNo", null=True)
        direction = peewee.TextField(column_name="Direction", null=True)
        sender = peewee.TextField(column_name="Sender", null=True)
        to = peewee.TextField(column_name="Recipients", null=True)
        subject = peewee.TextField(column_name="Subject", null=True)
        sent = peewee.DateTimeField(column_name="SentDt", null=True)
        text = peewee.TextField(column_name="Text", null=True)
        answers = peewee.IntegerField(column_name="AnswersMessageNo", null=True, index=True)
        files = peewee.TextField(column_name="DocumentNos", null=True)
        by = peewee.CharField(column_name="OperatorID", max_length=10, null=True, index=True, constraints=OPERATOR)
        created = peewee.DateTimeField(column_name="CreateDt", null=True)

        class Meta:
            database, legacy_table_names, table_name = db, False, "CRMFiledMails"
            indexes = ((("message_id",), True), (("table", "of", "sent"), False))

    class WatchedRow(peewee.Model):
        number = peewee.AutoField(column_name="WatchedNo")
        place = peewee.CharField(column_name="PlaceKey", max_length=40)
        validity = peewee.BigIntegerField(column_name="UidValidity")
        uid = peewee.BigIntegerField(column_name="Uid")
        mail = peewee.CharField(column_name="MailHash", max_length=64, index=True)
        state = peewee.CharField(column_name="State", max_length=20)
        looked = peewee.DateTimeField(column_name="LookedDt")

        class Meta:
            database, legacy_table_names, table_name = db, False, "CRMWatchedMails"
            indexes = ((("place", "validity", "uid"), True), (("state",), False))

    db.create_tables([FiledMail, WatchedRow])
    migrator.migrate(migrator.add_index("CRMMessages", ("MessageId",)))
