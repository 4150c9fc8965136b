"""Which of the documents of a record is its picture, such as the image of a contact (VT-103)."""

import peewee


def up(migrator, db):
    flag = peewee.BooleanField(default=False, constraints=[peewee.SQL("DEFAULT FALSE")])
    migrator.migrate(migrator.add_column("CRMDocuments", "IsPicture", flag))
