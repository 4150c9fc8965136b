"""The working leads of an operator come out of an index alone, in their usual orders, however many there are."""

import peewee


def up(migrator, db):
    class Lead(peewee.Model):
        number = peewee.AutoField(column_name="LeadNo")
        owner = peewee.CharField(column_name="OwnerOperatorID")
        last_name = peewee.TextField(column_name="LastName")
        company = peewee.TextField(column_name="Company")
        removed = peewee.BooleanField(column_name="IsRemoved")
        converted = peewee.BooleanField(column_name="IsConverted")

        class Meta:
            database = db
            legacy_table_names = False
            table_name = "CRMLeads"

    db.execute_sql('DROP INDEX "CRMLeads_owner_last_name"')
    db.execute_sql('DROP INDEX "CRMLeads_owner_company"')
    # The one without an order last: SQLite takes the latest where it has the choice.
    working = ~Lead.removed & ~Lead.converted
    Lead.add_index(Lead.owner, peewee.fn.LOWER(Lead.last_name), where=working, name="CRMLeads_working_last_name")
    Lead.add_index(Lead.owner, peewee.fn.LOWER(Lead.company), where=working, name="CRMLeads_working_company")
    Lead.add_index(Lead.owner, where=working, name="CRMLeads_working")
    Lead._schema.create_indexes()
