"""What a list that is called through asks of its own: tries, a pause, calls a day; a claim knows out of which it is."""

import peewee


def up(migrator, db):
    steps = [
        migrator.add_column("CRMListViews", name, peewee.IntegerField(null=True))
        for name in ("MostTries", "CoolDownMinutes", "MostADay")
    ]
    named = peewee.CharField(max_length=80, default="", constraints=[peewee.SQL("DEFAULT ''")])
    migrator.migrate(*steps, migrator.add_column("CRMClaims", "ListName", named))
    db.execute_sql('CREATE INDEX "CRMClaims_ListName" ON "CRMClaims" ("ListName")')
