"""What stands in somebody's calendar, and by which name an event came out of one (SI-31)."""

import peewee


def up(migrator, db):
    def flag():
        return peewee.BooleanField(column_name="InCalendar", default=False, constraints=[peewee.SQL("DEFAULT FALSE")])

    migrator.migrate(
        migrator.add_column("CustServ", "InCalendar", flag()),
        migrator.add_column("CustServ", "CalendarUID", peewee.TextField(null=True)),
        migrator.add_column("CRMLeads", "InCalendar", flag()),
    )
    indexes = (
        ("CRMLeads_in_calendar", '"CRMLeads" ("OwnerOperatorID") WHERE "InCalendar"'),
        ("CustServ_calendar_uid", '"CustServ" ("CalendarUID") WHERE "CalendarUID" <> \'\''),
    )
    for name, where in indexes:
        db.execute_sql(f'CREATE INDEX "{name}" ON {where}')  # sql: names above
