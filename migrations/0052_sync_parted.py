"""When it was heard that a record and what it is on the Viper site no longer belong together."""

import peewee
from playhouse.migrate import migrate


def up(migrator, db):
    migrate(migrator.add_column("CRMSyncLinks", "PartedDt", peewee.DateTimeField(null=True)))
