"""The history of a record, what was deleted and what was done on a day are found at once; units grow too old to undo."""

import peewee


def up(migrator, db):
    migrator.migrate(migrator.add_column("CRMUnits", "Pruned", peewee.IntegerField(null=True)))
    db.execute_sql('CREATE INDEX "CRMUnits_DoneDt_UnitNo" ON "CRMUnits" ("DoneDt", "UnitNo")')
    db.execute_sql(
        'CREATE INDEX "CRMChanges_TableName_RecordNo_UnitNo" ON "CRMChanges" ("TableName", "RecordNo", "UnitNo")'
    )
    db.execute_sql('DROP INDEX "CRMChanges_TableName_RecordNo"')
    db.execute_sql('CREATE INDEX "CRMChanges_TableName_UnitNo" ON "CRMChanges" ("TableName", "UnitNo")')
    db.execute_sql('CREATE INDEX "CRMChanges_deleted" ON "CRMChanges" ("UnitNo") WHERE "Verb" = \'delete\'')
