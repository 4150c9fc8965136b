"""Mails beside the other messages; who wants none, and whose owner is told when they change (BX-14, VT-98, VT-102)."""

import peewee

EMPTY, NONE, NO = [peewee.SQL("DEFAULT ''")], [peewee.SQL("DEFAULT 0")], [peewee.SQL("DEFAULT FALSE")]
FLAGS = (
    ("CRMLeads", "EmailOptOut", "CRMLeads_no_mail"),
    ("CustomerContacts", "NotifyOwner", "CustomerContacts_told"),
)
OF_BATCHES = ("Subject", "Attachments")
OF_MESSAGES = ("Subject", "Html", "FromAddress", "ServerSaid")


def up(migrator, db):
    class Told(peewee.Model):
        contact = peewee.IntegerField(column_name="ContactNo", primary_key=True)
        unit = peewee.IntegerField(column_name="UnitNo")
        told = peewee.DateTimeField(column_name="ToldDt", null=True)
        waits = peewee.BooleanField(column_name="IsWaiting", default=False)

        class Meta:
            database, legacy_table_names, table_name = db, False, "CRMOwnerNotices"

    db.create_tables([Told])

    def add(table, column, field):
        migrator.migrate(migrator.add_column(table, column, field))

    for column in OF_BATCHES:
        add("CRMMessageBatches", column, peewee.TextField(column_name=column, default="", constraints=EMPTY))
    for column in ("TemplateNo", "CampaignNo"):
        add("CRMMessageBatches", column, peewee.IntegerField(column_name=column, null=True))
    add("CRMMessageBatches", "IsBulk", peewee.BooleanField(column_name="IsBulk", default=False, constraints=NO))
    for column in OF_MESSAGES:
        add("CRMMessages", column, peewee.TextField(column_name=column, default="", constraints=EMPTY))
    name = peewee.CharField(column_name="MessageId", max_length=250, default="", constraints=EMPTY)
    add("CRMMessages", "MessageId", name)
    add("CRMMessages", "Tries", peewee.IntegerField(column_name="Tries", default=0, constraints=NONE))
    for table, column, index in FLAGS:
        add(table, column, peewee.BooleanField(column_name=column, default=False, constraints=NO))
        statement = f'CREATE INDEX "{index}" ON "{table}" ("{column}") WHERE "{column}"'
        db.execute_sql(statement)  # sql: names above
    statement = 'CREATE INDEX "CustomerContacts_no_mail" ON "CustomerContacts" ("EmailOptOut") WHERE "EmailOptOut"'
    db.execute_sql(statement)  # sql: names above
