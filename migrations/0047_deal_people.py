"""Contacts and operators of a deal, and the roles they may have in it."""

import peewee

LISTS = {
    "CRMDealContacts": ["Decision maker", "Technical", "Purchasing", "User"],
    "CRMDealOperators": ["Technical", "Sales support", "Project management"],
}
"""the roles a new office begins with, in the order of their drop-downs"""


def up(migrator, db):
    class Base(peewee.Model):
        class Meta:
            database = db
            legacy_table_names = False

    def link(table, key, field=peewee.AutoField):
        target = type(
            table,
            (Base,),
            {
                "key": field(column_name=key, primary_key=True),
                "Meta": type("Meta", (), {"table_name": table}),
            },
        )
        return peewee.ForeignKeyField(
            target, field=target.key, column_name=key, null=True, backref="+", on_delete="RESTRICT"
        )

    def counted():
        return peewee.IntegerField(column_name="RowVersion", constraints=[peewee.SQL("DEFAULT 1")], default=1)

    class DealContact(Base):
        version = counted()
        number = peewee.AutoField(column_name="DealContactNo")
        deal = link("CRMOpportunities", "OpportunityNo")
        contact = link("CustomerContacts", "ContactNo")
        role = peewee.TextField(column_name="Role", null=True)
        place = peewee.IntegerField(column_name="SortNo", null=True)

        class Meta:
            table_name = "CRMDealContacts"
            indexes = ((("deal", "contact"), True),)

    class DealOperator(Base):
        version = counted()
        number = peewee.AutoField(column_name="DealOperatorNo")
        deal = link("CRMOpportunities", "OpportunityNo")
        operator = link("Operators", "OperatorID", lambda **options: peewee.CharField(max_length=10, **options))
        role = peewee.TextField(column_name="Role", null=True)
        place = peewee.IntegerField(column_name="SortNo", null=True)

        class Meta:
            table_name = "CRMDealOperators"
            indexes = ((("deal", "operator"), True),)

    class Lookup(Base):
        number = peewee.AutoField(column_name="LookupNo")
        table = peewee.TextField(column_name="TableName")
        field = peewee.TextField(column_name="FieldName")
        value = peewee.TextField(column_name="LookupValue")
        description = peewee.TextField(column_name="LookupDescription")
        sort = peewee.IntegerField(column_name="SortNo", null=True)

        class Meta:
            table_name = "CustomLookup"

    db.create_tables([DealContact, DealOperator])
    for table, roles in LISTS.items():
        for place, role in enumerate(roles):
            row = {"table": table, "field": "Role", "value": role, "description": role, "sort": place}
            Lookup.insert(row).execute()
