"""The customers of an operator come out of an index alone: their contacts are found without reading every account."""

import peewee


def up(migrator, db):
    class Account(peewee.Model):
        number = peewee.AutoField(column_name="CRMAccountNo")
        customer = peewee.IntegerField(column_name="CustNo")
        owner = peewee.CharField(column_name="OwnerOperatorID")

        class Meta:
            database = db
            legacy_table_names = False
            table_name = "CRMAccounts"

    Account.add_index(Account.owner, Account.customer, name="CRMAccounts_owner_customer")
    Account._schema.create_indexes()
