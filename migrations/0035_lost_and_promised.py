"""Lost leads leave the working list; who promised to call back is kept with the lead."""

import peewee

WORKING = 'WHERE NOT "IsRemoved" AND NOT "IsConverted" AND NOT "IsLost"'
PROMISED = '("ReminderDt" IS NULL), "ReminderDt", ("ReminderTime" IS NULL), "ReminderTime"'
NEWEST = '(CASE WHEN ("ReminderDt" IS NULL) THEN - "LeadNo" ELSE "LeadNo" END)'
# The one without an order last: SQLite takes the latest where it has the choice.
ORDERS = {
    "CRMLeads_working_promised": f'"OwnerOperatorID", {PROMISED}, {NEWEST}, "LeadNo"',
    "CRMLeads_working_last_name": '"OwnerOperatorID", "LastNameFolded", "LeadNo"',
    "CRMLeads_working_company": '"OwnerOperatorID", "CompanyFolded", "LeadNo"',
    "CRMLeads_working": '"OwnerOperatorID"',
}


def up(migrator, db):
    class Operator(peewee.Model):
        id = peewee.CharField(column_name="OperatorID", max_length=10, primary_key=True)

        class Meta:
            database = db
            legacy_table_names = False
            table_name = "Operators"

    lost = peewee.BooleanField(column_name="IsLost", default=False, constraints=[peewee.SQL("DEFAULT FALSE")])
    promised = peewee.ForeignKeyField(
        Operator, field=Operator.id, column_name="CallBackID", null=True, backref="+", on_delete="RESTRICT"
    )
    migrator.migrate(
        migrator.add_column("CRMLeads", "IsLost", lost), migrator.add_column("CRMLeads", "CallBackID", promised)
    )
    db.execute_sql('UPDATE "CRMLeads" SET "IsLost" = TRUE WHERE "CallStatus" = \'Lost\'')
    for name, order in ORDERS.items():
        db.execute_sql(f'DROP INDEX "{name}"')  # sql: names above
        db.execute_sql(f'CREATE INDEX "{name}" ON "CRMLeads" ({order}) {WORKING}')  # sql: names above
