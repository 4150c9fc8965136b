"""Who wants to be told when the rows of a saved view change, and which rows it had when they were told last."""

import peewee


def up(migrator, db):
    class Watch(peewee.Model):
        number = peewee.AutoField(column_name="WatchNo")
        view = peewee.IntegerField(column_name="ViewNo")
        operator = peewee.CharField(column_name="OperatorID", max_length=10)
        text = peewee.TextField(column_name="FilterText", default="")
        seen = peewee.DateTimeField(column_name="LastSeenDt")
        count = peewee.IntegerField(column_name="RowsThen", default=0)
        keys = peewee.TextField(column_name="RecordNos", default="")
        turn = peewee.IntegerField(column_name="TurnNo", default=0)

        class Meta:
            database, legacy_table_names, table_name = db, False, "CRMWatchedViews"
            indexes = ((("operator", "view"), True),)

    db.create_tables([Watch])
