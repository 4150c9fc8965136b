"""Comment files (2026-11-28)."""

import peewee


def up(migrator, db):
    class CommentFile(peewee.Model):
        document = peewee.IntegerField(column_name="DocumentNo", primary_key=True)
        comment = peewee.IntegerField(column_name="CommentNo", index=True)

        class Meta:
            database, legacy_table_names, table_name = db, False, "CRMTicketCommentFiles"

    class PortalRate(peewee.Model):
        held = peewee.CharField(column_name="WhoHash", max_length=64, primary_key=True)
        until = peewee.DoubleField(column_name="UntilSeconds", index=True)

        class Meta:
            database, legacy_table_names, table_name = db, False, "CRMPortalRates"

    db.create_tables([CommentFile, PortalRate])
