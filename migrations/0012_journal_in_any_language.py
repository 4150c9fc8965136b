"""The journal keeps a message and what is put into it; what was written before stays the sentence it is."""

import peewee


def up(migrator, db):
    migrator.migrate(migrator.add_column("CRMUnits", "Parameters", peewee.TextField(null=True)))
