"""What stands on the Home of each operator, and what their program opens with."""

import peewee

WORKING = 'WHERE ((NOT "IsRemoved" AND NOT "IsConverted") AND NOT "IsLost")'


def up(migrator, db):
    class HomeBlock(peewee.Model):
        number = peewee.AutoField(column_name="BlockNo")
        version = peewee.IntegerField(column_name="RowVersion", constraints=[peewee.SQL("DEFAULT 1")], default=1)
        operator = peewee.CharField(
            column_name="OperatorID", max_length=10, null=True, index=True,
            constraints=[peewee.SQL('REFERENCES "Operators" ("OperatorID") ON DELETE RESTRICT')],
        )  # fmt: skip
        name = peewee.TextField(column_name="BlockName", null=True)
        view = peewee.IntegerField(column_name="ViewNo", null=True)
        place = peewee.IntegerField(column_name="PlaceNo", null=True)
        column = peewee.IntegerField(column_name="ColumnNo", null=True)
        rows = peewee.IntegerField(column_name="RowsShown", null=True)

        class Meta:
            database, legacy_table_names, table_name = db, False, "CRMHomeBlocks"

    db.create_tables([HomeBlock])
    first = peewee.TextField(column_name="FirstPage", null=True)
    migrator.migrate(migrator.add_column("CRMPreferences", "FirstPage", first))
    db.execute_sql(
        f'CREATE INDEX IF NOT EXISTS "CRMLeads_working_came" ON "CRMLeads" ("OwnerOperatorID", "CreateDt", "LeadNo") '
        f"{WORKING}"
    )  # sql: the words above
    # The one without an order last: SQLite takes the latest where it has the choice.
    db.execute_sql('DROP INDEX "CRMLeads_working"')
    db.execute_sql(
        f'CREATE INDEX "CRMLeads_working" ON "CRMLeads" ("OwnerOperatorID") {WORKING}'
    )  # sql: the words above
