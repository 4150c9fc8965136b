"""The list of working leads opens with what is promised, soonest first: an index holds that order."""

WORKING = 'WHERE NOT "IsRemoved" AND NOT "IsConverted"'
PROMISED = '"OwnerOperatorID", ("ReminderDt" IS NULL), "ReminderDt", ("ReminderTime" IS NULL), "ReminderTime"'

NEWEST = '(CASE WHEN ("ReminderDt" IS NULL) THEN - "LeadNo" ELSE "LeadNo" END)'


def up(migrator, db):
    db.execute_sql(
        f'CREATE INDEX "CRMLeads_working_promised" ON "CRMLeads" ({PROMISED}, {NEWEST}) {WORKING}'
    )  # sql: names above
    # The one without an order last: SQLite takes the latest where it has the choice.
    db.execute_sql('DROP INDEX "CRMLeads_working"')
    db.execute_sql(f'CREATE INDEX "CRMLeads_working" ON "CRMLeads" ("OwnerOperatorID") {WORKING}')  # sql: names above
