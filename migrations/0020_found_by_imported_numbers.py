"""What other programs number a record by is searched too: the program prepares these rows anew while people work."""

TABLES = ("Customers", "CustomerContacts", "CRMAccounts", "CRMLeads", "CRMOpportunities", "CustServ")


def up(migrator, db):
    for table in TABLES:
        db.execute_sql(
            f'UPDATE "{table}" SET "SearchText" = NULL WHERE "ImportedNo" <> \'\' AND "SearchText" IS NOT NULL'  # noqa: S608
        )  # sql: names above
