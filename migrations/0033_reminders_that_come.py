"""Which reminders came up for whom; tasks that come again: by a rule, or so long after they were done."""

import peewee


def up(migrator, db):
    class ShownRow(peewee.Model):
        by = peewee.CharField(column_name="OperatorID", max_length=10)
        table = peewee.CharField(column_name="TableName", max_length=60)
        number = peewee.IntegerField(column_name="RecordNo")
        due = peewee.CharField(column_name="DueDt", max_length=20)
        holder = peewee.CharField(column_name="Holder", max_length=40)
        shown = peewee.DateTimeField(column_name="ShownDt")
        answered = peewee.DateTimeField(column_name="AnsweredDt", null=True)

        class Meta:
            database = db
            legacy_table_names = False
            table_name = "CRMShownReminders"
            primary_key = peewee.CompositeKey("by", "table", "number", "due")

    db.create_tables([ShownRow])
    migrator.migrate(
        migrator.add_column("CustServ", "RepeatRule", peewee.TextField(null=True)),
        migrator.add_column("CustServ", "RepeatAnchor", peewee.DateField(null=True)),
    )
