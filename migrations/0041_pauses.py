"""When somebody pauses in a queue, and why."""

import peewee


def up(migrator, db):
    class Pause(peewee.Model):
        number = peewee.AutoField(column_name="PauseNo")
        by = peewee.CharField(column_name="OperatorID", max_length=10)
        reason = peewee.CharField(column_name="Reason", max_length=20)
        began = peewee.DateTimeField(column_name="StartDt")
        ended = peewee.DateTimeField(column_name="EndDt", null=True)
        seconds = peewee.IntegerField(column_name="Seconds", null=True)

        class Meta:
            database, legacy_table_names, table_name = db, False, "CRMPauses"
            indexes = ((("by", "began"), False),)

    db.create_tables([Pause])
