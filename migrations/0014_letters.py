"""A letter is a letter: what long lists are sorted and matched by stands folded in a column of its own, under an index,
and what is found by another folding than before is prepared anew.

Texts of plain signs are folded by LOWER and done here; the few others lose their SearchText and are prepared by the
program, a few hundred at a time, while people work. The indices hold plain columns: other programs write here too.
"""

import peewee

FOLDED = {
    "Customers": ["Email"],
    "CustomerContacts": ["Email"],
    "CRMAccounts": ["AccountName", "Email"],
    "CRMLeads": ["LastName", "Company", "Email"],
}
SEARCHED = {
    "Customers": "Company FirstName LastName City Phone OtherPhone Email",
    "CustomerContacts": "FirstName LastName Title Phone OtherPhone Email",
    "CRMAccounts": "AccountName AccountDescription Phone Email",
    "CRMLeads": "Description FirstName LastName Company Title Phone Email OtherPhone City",
    "CRMOpportunities": "Name DecisionMakerName",
    "CustServ": "Action Notes",
}
OLD = ["Customers_email", "CustomerContacts_email", "CRMAccounts_email", "CRMAccounts_owner_name", "CRMLeads_email",
       "CRMLeads_working_last_name", "CRMLeads_working_company", "CRMLeads_working"]  # fmt: skip
WORKING = 'WHERE NOT "IsRemoved" AND NOT "IsConverted"'
NEW = {
    "Customers_email": '"Customers" ("EmailFolded")',
    "CustomerContacts_email": '"CustomerContacts" ("EmailFolded")',
    "CRMAccounts_email": '"CRMAccounts" ("EmailFolded")',
    "CRMAccounts_owner_name": '"CRMAccounts" ("OwnerOperatorID", "AccountNameFolded")',
    "CRMLeads_email": '"CRMLeads" ("EmailFolded")',
    "CRMLeads_working_last_name": f'"CRMLeads" ("OwnerOperatorID", "LastNameFolded") {WORKING}',
    "CRMLeads_working_company": f'"CRMLeads" ("OwnerOperatorID", "CompanyFolded") {WORKING}',
    # The one without an order last: SQLite takes the latest where it has the choice.
    "CRMLeads_working": f'"CRMLeads" ("OwnerOperatorID") {WORKING}',
}


def up(migrator, db):
    postgres = isinstance(db, peewee.PostgresqlDatabase)
    for table in SEARCHED:
        # It would take these writes for another program's. `store/trigrams.py` makes it again.
        db.execute_sql(
            f'DROP TRIGGER IF EXISTS "{table}_words_raw"' + (f' ON "{table}"' if postgres else "")
        )  # sql: names above
    for name in OLD:
        db.execute_sql(f'DROP INDEX IF EXISTS "{name}"')  # sql: names above
    for table, columns in FOLDED.items():
        _folded(db, table, columns, 'COLLATE "C"' if postgres else "")
    for table, columns in SEARCHED.items():
        _unprepared(db, table, columns.split(), postgres=postgres)
    for name, place in NEW.items():
        db.execute_sql(f'CREATE INDEX "{name}" ON {place}')  # sql: names above


def _folded(db, table, columns, collation):
    for column in columns:
        db.execute_sql(
            f'ALTER TABLE "{table}" ADD COLUMN "{column}Folded" TEXT {collation} DEFAULT \'\''
        )  # sql: names above
    sets = ", ".join(f'"{column}Folded" = COALESCE(LOWER("{column}" {collation}), \'\')' for column in columns)
    db.execute_sql(f'UPDATE "{table}" SET {sets}')  # noqa: S608  # sql: names above


def _unprepared(db, table, columns, *, postgres):
    own = db.execute_sql('SELECT "TableName", "ColumnName" FROM "CustomFields"').fetchall()
    there = {column.name for column in db.get_columns(table)}
    texts = [f'"{column}"' for column in [*columns, *(row[1] for row in own if row[0] == table and row[1] in there)]]
    if postgres:
        special = [f"CAST({text} AS TEXT) COLLATE \"C\" ~ E'[^ -_a-~\\r\\n]'" for text in texts]
    else:
        special = [f"{text} GLOB '*[^ -_a-~\r\n]*'" for text in texts]
    waiting = f'"SearchText" IS NOT NULL AND ({" OR ".join(special)})'
    db.execute_sql(f'UPDATE "{table}" SET "SearchText" = NULL WHERE {waiting}')  # noqa: S608  # sql: names above
