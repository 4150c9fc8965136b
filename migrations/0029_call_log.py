"""The call log, what was dialed, who has taken which lead out of a queue; results of calls say more of what follows."""

import peewee


def up(migrator, db):
    class Base(peewee.Model):
        class Meta:
            database = db
            legacy_table_names = False

    def link(table, column, key, field=peewee.AutoField):
        target = type(
            table,
            (Base,),
            {
                "key": field(column_name=key, primary_key=True),
                "Meta": type("Meta", (), {"table_name": table}),
            },
        )
        return peewee.ForeignKeyField(
            target, field=target.key, column_name=column, null=True, backref="+", on_delete="RESTRICT"
        )

    def flag(column):
        return peewee.BooleanField(column_name=column, default=False, constraints=[peewee.SQL("DEFAULT FALSE")])

    class PhoneCall(Base):
        version = peewee.IntegerField(column_name="RowVersion", constraints=[peewee.SQL("DEFAULT 1")], default=1)
        number = peewee.AutoField(column_name="CallNo")
        lead = link("CRMLeads", "LeadNo", "LeadNo")
        account = link("CRMAccounts", "CRMAccountNo", "CRMAccountNo")
        customer = link("Customers", "CustNo", "CustNo")
        contact = link("CustomerContacts", "ContactNo", "ContactNo")
        opportunity = link("CRMOpportunities", "OpportunityNo", "OpportunityNo")
        operator = link(
            "Operators", "OperatorID", "OperatorID", lambda **options: peewee.CharField(max_length=10, **options)
        )
        direction = peewee.TextField(column_name="Direction", null=True)
        phone = peewee.TextField(column_name="Number", null=True)
        phone_digits = peewee.TextField(column_name="NumberDigits", null=True, index=True)
        phone_e164 = peewee.TextField(column_name="NumberE164", null=True, index=True)
        started = peewee.DateTimeField(column_name="StartDt", null=True)
        ended = peewee.DateTimeField(column_name="EndDt", null=True)
        seconds = peewee.IntegerField(column_name="Seconds", null=True)
        measured = flag("IsMeasured")
        wrap_up = peewee.IntegerField(column_name="WrapUpSeconds", null=True)
        code = peewee.TextField(column_name="CallCode", null=True)
        reached = flag("IsReached")
        note = peewee.TextField(column_name="Note", null=True)
        bridge = peewee.TextField(column_name="Bridge", null=True)
        list_name = peewee.TextField(column_name="ListName", null=True)
        zone = peewee.TextField(column_name="TimeZone", null=True)
        override = peewee.TextField(column_name="Override", null=True)
        recording = peewee.TextField(column_name="RecordingUrl", null=True)

        class Meta:
            table_name = "CRMCalls"
            indexes = ((("operator", "started"), False), (("lead", "started"), False))

    class DialRow(Base):
        number = peewee.AutoField(column_name="DialNo")
        key = peewee.CharField(column_name="NumberKey", max_length=40)
        dialed = peewee.DateTimeField(column_name="DialedDt")
        by = peewee.CharField(column_name="OperatorID", max_length=10)
        lead = peewee.IntegerField(column_name="LeadNo", null=True)

        class Meta:
            table_name = "CRMDials"
            indexes = ((("key", "dialed"), False), (("lead", "dialed"), False))

    class ClaimRow(Base):
        lead = peewee.IntegerField(column_name="LeadNo", primary_key=True)
        by = peewee.CharField(column_name="OperatorID", max_length=10)
        holder = peewee.CharField(column_name="Holder", max_length=40)
        until = peewee.BigIntegerField(column_name="UntilSeconds")

        class Meta:
            table_name = "CRMClaims"
            indexes = ((("holder",), False),)

    db.create_tables([PhoneCall, DialRow, ClaimRow])
    migrator.migrate(
        migrator.add_column("CRMRetryRules", "ExhaustedStatus", peewee.TextField(null=True)),
        migrator.add_column("CRMRetryRules", "IsOtherPartOfDay", flag("IsOtherPartOfDay")),
        migrator.add_column("CRMRetryRules", "IsOnWorkingDays", flag("IsOnWorkingDays")),
        migrator.add_column("CRMRetryRules", "IsNextNumber", flag("IsNextNumber")),
    )
    # Where nobody answers, the next number of the same person comes first.
    db.execute_sql("UPDATE \"CRMRetryRules\" SET \"IsNextNumber\" = TRUE WHERE \"CallCode\" IN ('N', 'B', 'DC')")
