"""Calls, meetings and tasks: how long, where, with whom, on which days not; how somebody's calendar opens."""

import peewee

LISTS = {
    ("CustServ", "ActivityKind"): [("call", "Call"), ("meeting", "Meeting"), ("task", "Task")],
    ("CRMPreferences", "CalendarView"): [("day", "Day"), ("week", "Week"), ("month", "Month"), ("list", "List")],
}
"""what a new office begins with, in the order of the drop-downs"""


def up(migrator, db):
    class Base(peewee.Model):
        class Meta:
            database = db
            legacy_table_names = False

    class Task(Base):
        number = peewee.AutoField(column_name="CustServNo")

        class Meta:
            table_name = "CustServ"

    class Guest(Base):
        version = peewee.IntegerField(column_name="RowVersion", constraints=[peewee.SQL("DEFAULT 1")], default=1)
        number = peewee.AutoField(column_name="GuestNo")
        task = peewee.ForeignKeyField(
            Task, field=Task.number, column_name="CustServNo", null=True, backref="+", on_delete="RESTRICT"
        )
        table = peewee.TextField(column_name="TableName", null=True)
        of = peewee.TextField(column_name="RecordNo", null=True)
        answer = peewee.TextField(column_name="Answer", null=True)

        class Meta:
            table_name = "CRMGuests"
            indexes = ((("task", "table", "of"), True), (("table", "of"), False))

    class Lookup(Base):
        number = peewee.AutoField(column_name="LookupNo")
        table = peewee.TextField(column_name="TableName")
        field = peewee.TextField(column_name="FieldName")
        value = peewee.TextField(column_name="LookupValue")
        description = peewee.TextField(column_name="LookupDescription")
        sort = peewee.IntegerField(column_name="SortNo", null=True)

        class Meta:
            table_name = "CustomLookup"

    db.create_tables([Guest])
    migrator.migrate(
        migrator.add_column("CustServ", "ActivityKind", peewee.TextField(null=True)),
        migrator.add_column("CustServ", "DurationMinutes", peewee.IntegerField(null=True)),
        migrator.add_column("CustServ", "Place", peewee.TextField(null=True)),
        migrator.add_column("CustServ", "RepeatExcept", peewee.TextField(null=True)),
        migrator.add_column("CRMPreferences", "CalendarView", peewee.TextField(null=True)),
    )
    where = '"CustServ" ("OwnerOperatorID") WHERE "RepeatRule" <> \'\' AND NOT "Closed"'
    db.execute_sql(f'CREATE INDEX "CustServ_repeats" ON {where}')  # sql: names above
    for (table, field), values in LISTS.items():
        for place, (value, said) in enumerate(values):
            row = {"table": table, "field": field, "value": value, "description": said, "sort": place}
            Lookup.insert(row).execute()
