"""Who asked not to be called is found by their further numbers, too: an index over those who have some."""

COLUMNS = {
    "CRMLeads": '"DoNotCall", "CallCode", "MorePhonesDigits"',
    "Customers": '"DoNotCall", "MorePhonesDigits"',
    "CustomerContacts": '"DoNotCall", "MorePhonesDigits"',
}
WHERE = "WHERE \"MorePhonesDigits\" <> ''"


def up(migrator, db):
    for table, columns in COLUMNS.items():
        db.execute_sql(f'CREATE INDEX "{table}_more_refused" ON "{table}" ({columns}) {WHERE}')  # sql: names above
