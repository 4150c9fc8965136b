"""The few rows whose text for searching has not been prepared yet are found at once."""

import peewee

TABLES = {
    "Customers": "CustNo",
    "CustomerContacts": "ContactNo",
    "CRMAccounts": "CRMAccountNo",
    "CRMOpportunities": "OpportunityNo",
    "CRMLeads": "LeadNo",
    "CustServ": "CustServNo",
}


def up(migrator, db):
    for table, key in TABLES.items():

        class Row(peewee.Model):
            number = peewee.AutoField(column_name=key)
            search_text = peewee.TextField(column_name="SearchText", null=True)

            class Meta:
                database = db
                legacy_table_names = False
                table_name = table

        Row.add_index(Row.number, where=Row.search_text.is_null(), name=f"{table}_unprepared")
        Row._schema.create_indexes()
