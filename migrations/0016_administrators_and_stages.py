"""Who is an administrator (CH-156), the stages of the sales process (K16, K22), and the lost among the called (K25)."""

import peewee

STAGES = ["Draft", "Prospect", "Offer", "Order", "Lost"]
FORMER = ["Prospecting", "Qualification", "Proposal", "Negotiation", "Closed Won", "Closed Lost"]
"""what offices began with before; what is in use stays"""


def up(migrator, db):
    class Base(peewee.Model):
        class Meta:
            database = db
            legacy_table_names = False

    class Operator(Base):
        id = peewee.CharField(column_name="OperatorID", max_length=10, primary_key=True)
        administrator = peewee.BooleanField(
            column_name="IsAdministrator", default=False, constraints=[peewee.SQL("DEFAULT FALSE")]
        )

        class Meta:
            table_name = "Operators"

    class Lookup(Base):
        number = peewee.AutoField(column_name="LookupNo")
        table = peewee.TextField(column_name="TableName")
        field = peewee.TextField(column_name="FieldName")
        value = peewee.TextField(column_name="LookupValue")
        description = peewee.TextField(column_name="LookupDescription")
        sort = peewee.IntegerField(column_name="SortNo", null=True)

        class Meta:
            table_name = "CustomLookup"

    class Opportunity(Base):
        number = peewee.AutoField(column_name="OpportunityNo")
        stage = peewee.TextField(column_name="Stage")

        class Meta:
            table_name = "CRMOpportunities"

    migrator.migrate(migrator.add_column("Operators", "IsAdministrator", Operator.administrator))
    first = Operator.select(peewee.fn.MIN(Operator.id)).scalar()
    here = Operator.select().where(Operator.id == "ADMIN").exists()
    Operator.update(administrator=True).where(Operator.id == ("ADMIN" if here else first)).execute()
    stages = (Lookup.table == "CRMOpportunities") & (Lookup.field == "Stage")
    in_use = Opportunity.select(Opportunity.stage).distinct()
    Lookup.delete().where(stages & Lookup.value.in_(FORMER) & Lookup.value.not_in(in_use)).execute()
    _add(Lookup, "CRMOpportunities", "Stage", STAGES)
    _add(Lookup, "CRMLeads", "CallStatus", ["Lost"])


def _add(Lookup, table, field, values):
    """Behind those that are there already."""
    here = (Lookup.table == table) & (Lookup.field == field)
    there = {row.value for row in Lookup.select().where(here)}
    last = Lookup.select(peewee.fn.MAX(Lookup.sort)).where(here).scalar()
    new = [value for value in values if value not in there]
    for place, value in enumerate(new, 0 if last is None else last + 1):
        sort = place if last is not None else None
        Lookup.insert(table=table, field=field, value=value, description=value, sort=sort).execute()
