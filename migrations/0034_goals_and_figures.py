"""The goals of a day, and what figures are counted from: calls in the order of time, leads as they came in."""

import peewee


def up(migrator, db):
    class Goal(peewee.Model):
        number = peewee.AutoField(column_name="GoalNo")
        version = peewee.IntegerField(column_name="RowVersion", constraints=[peewee.SQL("DEFAULT 1")], default=1)
        operator = peewee.CharField(
            column_name="OperatorID", max_length=10, null=True, index=True,
            constraints=[peewee.SQL('REFERENCES "Operators" ("OperatorID") ON DELETE RESTRICT')],
        )  # fmt: skip
        calls = peewee.IntegerField(column_name="Calls", null=True)
        reached = peewee.IntegerField(column_name="Reached", null=True)
        appointments = peewee.IntegerField(column_name="Appointments", null=True)

        class Meta:
            database, legacy_table_names, table_name = db, False, "CRMGoals"

    db.create_tables([Goal])
    db.execute_sql('CREATE INDEX IF NOT EXISTS "CRMLeads_came" ON "CRMLeads" ("CreateDt")')
    db.execute_sql('CREATE INDEX IF NOT EXISTS "CRMOpportunities_of_lead" ON "CRMOpportunities" ("OriginatingLeadNo")')
    db.execute_sql(
        'CREATE INDEX IF NOT EXISTS "CRMCalls_came_to" ON "CRMCalls" ("OperatorID", "CallCode", "ListName", '
        '"IsReached", "IsMeasured", "StartDt", "Direction", "Seconds")'
    )
    db.execute_sql(
        'CREATE INDEX IF NOT EXISTS "CRMCalls_when" ON "CRMCalls" ("StartDt", "TimeZone", "IsReached", "Direction", '
        '"OperatorID", "ListName")'
    )
