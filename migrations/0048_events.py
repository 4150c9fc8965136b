"""Events, the follow-ups they made, what was rerouted, and who gets follow-ups while somebody is away."""

import peewee

INDEXES = {
    "Orders_OrderDt": '"Orders" ("OrderDt")',
    "Customers_came": '"Customers" ("CreateDt")',
    "CRMOpportunities_came": '"CRMOpportunities" ("CreateDt")',
    "CRMOpportunities_in_stage": '"CRMOpportunities" ("StageDt")',
    "CustServ_done": '"CustServ" ("ClosedDt") WHERE "ClosedDt" IS NOT NULL',
}


def up(migrator, db):
    class Event(peewee.Model):
        number = peewee.AutoField(column_name="EventNo")
        version = peewee.IntegerField(column_name="RowVersion", constraints=[peewee.SQL("DEFAULT 1")], default=1)
        name = peewee.TextField(column_name="EventName", null=True)
        type = peewee.TextField(column_name="EventType", null=True)
        state = peewee.TextField(column_name="State", null=True)
        trigger = peewee.TextField(column_name="TriggerName", null=True)
        table = peewee.TextField(column_name="TableName", null=True)
        field = peewee.TextField(column_name="FieldName", null=True)
        value = peewee.TextField(column_name="FieldValue", null=True)
        amount = peewee.IntegerField(column_name="Amount", null=True)
        unit = peewee.TextField(column_name="TimeUnit", null=True)
        yearly = peewee.BooleanField(column_name="IsYearly", constraints=[peewee.SQL("DEFAULT FALSE")], default=False)
        filter_text = peewee.TextField(column_name="FilterText", null=True)
        existing = peewee.BooleanField(
            column_name="IsExisting", constraints=[peewee.SQL("DEFAULT FALSE")], default=True
        )
        action = peewee.TextField(column_name="ActionText", null=True)
        notes = peewee.TextField(column_name="NotesText", null=True)
        due_after = peewee.IntegerField(column_name="DueAfter", null=True)
        due_working = peewee.BooleanField(
            column_name="IsDueWorking", constraints=[peewee.SQL("DEFAULT FALSE")], default=False
        )
        due_time = peewee.CharField(column_name="DueTime", max_length=5, null=True)
        country = peewee.TextField(column_name="Country", null=True)
        priority = peewee.TextField(column_name="Priority", null=True)
        goes_to = peewee.TextField(column_name="GoesTo", null=True)
        receiver = peewee.TextField(column_name="ReceiverID", null=True)
        otherwise = peewee.TextField(column_name="ElseID", null=True)
        most_a_day = peewee.IntegerField(column_name="MostADay", null=True)
        ends_by = peewee.TextField(column_name="EndsBy", null=True)
        done_field = peewee.TextField(column_name="DoneField", null=True)
        done_value = peewee.TextField(column_name="DoneValue", null=True)
        shelf = peewee.TextField(column_name="ShelfName", null=True)
        written_by = peewee.CharField(
            column_name="WriterID",
            max_length=10,
            null=True,
            index=True,
            constraints=[peewee.SQL('REFERENCES "Operators" ("OperatorID") ON DELETE RESTRICT')],
        )
        changed_on = peewee.DateTimeField(column_name="StateDt", null=True)

        class Meta:
            database, legacy_table_names, table_name = db, False, "CRMEvents"

    class FollowUp(peewee.Model):
        number = peewee.AutoField(column_name="FollowUpNo")
        version = peewee.IntegerField(column_name="RowVersion", constraints=[peewee.SQL("DEFAULT 1")], default=1)
        event = peewee.IntegerField(
            column_name="EventNo",
            null=True,
            index=True,
            constraints=[peewee.SQL('REFERENCES "CRMEvents" ("EventNo") ON DELETE RESTRICT')],
        )
        table = peewee.TextField(column_name="TableName", null=True)
        of = peewee.TextField(column_name="RecordNo", null=True)
        occurrence = peewee.TextField(column_name="Occurrence", null=True)
        task = peewee.IntegerField(
            column_name="CustServNo",
            null=True,
            constraints=[peewee.SQL('REFERENCES "CustServ" ("CustServNo") ON DELETE RESTRICT')],
        )
        made = peewee.DateTimeField(column_name="MadeDt", null=True)
        receiver = peewee.TextField(column_name="ReceiverID", null=True)
        fell = peewee.TextField(column_name="FellTo", null=True)

        class Meta:
            database, legacy_table_names, table_name = db, False, "CRMFollowUps"
            indexes = (
                (("event", "table", "of", "occurrence"), True),
                (("table", "of"), False),
                (("event", "task", "receiver"), False),
                (("event", "made"), False),
                (("task", "event", "made", "fell"), False),
                (("made", "task"), False),
            )

    class Rerouting(peewee.Model):
        number = peewee.AutoField(column_name="RerouteNo")
        version = peewee.IntegerField(column_name="RowVersion", constraints=[peewee.SQL("DEFAULT 1")], default=1)
        task = peewee.IntegerField(
            column_name="CustServNo",
            null=True,
            index=True,
            constraints=[peewee.SQL('REFERENCES "CustServ" ("CustServNo") ON DELETE RESTRICT')],
        )
        giver = peewee.CharField(
            column_name="FromID",
            max_length=10,
            null=True,
            index=True,
            constraints=[peewee.SQL('REFERENCES "Operators" ("OperatorID") ON DELETE RESTRICT')],
        )
        receiver = peewee.CharField(
            column_name="ToID",
            max_length=10,
            null=True,
            index=True,
            constraints=[peewee.SQL('REFERENCES "Operators" ("OperatorID") ON DELETE RESTRICT')],
        )
        until = peewee.DateField(column_name="UntilDt", null=True)
        note = peewee.TextField(column_name="Note", null=True)
        made = peewee.DateTimeField(column_name="MadeDt", null=True)
        back = peewee.DateTimeField(column_name="BackDt", null=True)

        class Meta:
            database, legacy_table_names, table_name = db, False, "CRMReroutes"
            indexes = ((("until",), False),)

    class Look(peewee.Model):
        event = peewee.IntegerField(column_name="EventNo", primary_key=True)
        looked = peewee.DateTimeField(column_name="LookedDt")
        unit = peewee.IntegerField(column_name="UnitNo", default=0)
        last = peewee.IntegerField(column_name="LastNo", default=0)
        order = peewee.IntegerField(column_name="LastOrderNo", default=0)

        class Meta:
            database, legacy_table_names, table_name = db, False, "CRMEventLooks"

    db.create_tables([Event, FollowUp, Rerouting, Look])
    migrator.migrate(
        migrator.add_column("CRMAbsences", "RerouteTo", peewee.TextField(column_name="RerouteTo", null=True)),
        migrator.add_index("CustServ", ("Closed", "ClosedDt", "OwnerOperatorID", "CustServNo"), unique=False),
    )
    for name, where in INDEXES.items():
        db.execute_sql(f'CREATE INDEX "{name}" ON {where}')  # sql: names above
