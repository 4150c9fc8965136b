"""How many rows came into a watched view since somebody looked at it last, and which."""

import peewee


def up(migrator, db):
    none, nobody = [peewee.SQL("DEFAULT 0")], [peewee.SQL("DEFAULT ''")]
    count = peewee.IntegerField(column_name="NewCount", default=0, constraints=none)
    numbers = peewee.TextField(column_name="NewRecordNos", default="", constraints=nobody)
    migrator.migrate(migrator.add_column("CRMWatchedViews", "NewCount", count))
    migrator.migrate(migrator.add_column("CRMWatchedViews", "NewRecordNos", numbers))
