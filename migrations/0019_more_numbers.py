"""Any number of further phone numbers, each with what it is (BX-16)."""

import peewee

TABLES = ("Customers", "CustomerContacts", "CRMAccounts", "CRMLeads")


def up(migrator, db):
    for table in TABLES:
        for column in ("MorePhones", "MorePhonesDigits"):
            migrator.migrate(migrator.add_column(table, column, peewee.TextField(null=True)))
