"""The order of a million working leads is read out of an index alone, on a server too: the number of the lead is in it."""

WORKING = 'WHERE NOT "IsRemoved" AND NOT "IsConverted"'
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
    for name, order in ORDERS.items():
        db.execute_sql(f'DROP INDEX "{name}"')  # sql: names above
        db.execute_sql(f'CREATE INDEX "{name}" ON "CRMLeads" ({order}) {WORKING}')  # sql: names above
