"""What other programs number a record by is kept, so that a file of theirs is known again."""

import peewee

TABLES = ("CRMLeads", "CRMAccounts", "Customers", "CustomerContacts", "CRMOpportunities", "CustServ", "Orders")


def up(migrator, db):
    migrator.migrate(*(migrator.add_column(table, "ImportedNo", peewee.TextField(null=True)) for table in TABLES))
    # Few leads have one; those that do are found without reading all of them.
    db.execute_sql('CREATE INDEX "CRMLeads_imported" ON "CRMLeads" ("ImportedNo") WHERE "ImportedNo" <> \'\'')
