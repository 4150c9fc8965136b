"""Campaigns and their members, the campaign a deal came from, and what a campaign may be called."""

import peewee

LISTS = {
    "CampaignType": ["Conference", "Webinar", "Trade Show", "Public Relations", "Partners", "Referral Program",
                     "Advertisement", "Banner Ads", "Direct Mail", "E-mail", "Telemarketing", "Others"],
    "CampaignStatus": ["Planning", "Active", "Inactive", "Completed", "Cancelled"],
}  # fmt: skip
"""what a new office begins with, in the order of the drop-downs"""


def up(migrator, db):
    class Campaign(peewee.Model):
        number = peewee.AutoField(column_name="CampaignNo")
        version = peewee.IntegerField(column_name="RowVersion", constraints=[peewee.SQL("DEFAULT 1")], default=1)
        name = peewee.TextField(column_name="CampaignName", null=True)
        type = peewee.TextField(column_name="CampaignType", null=True)
        status = peewee.TextField(column_name="CampaignStatus", null=True)
        product = peewee.TextField(column_name="Product", null=True)
        audience = peewee.TextField(column_name="TargetAudience", null=True)
        sponsor = peewee.TextField(column_name="Sponsor", null=True)
        begins = peewee.DateField(column_name="StartDt", null=True)
        closes = peewee.DateField(column_name="CloseDt", null=True)
        budget = peewee.BigIntegerField(column_name="Budget", null=True)
        expected_cost = peewee.BigIntegerField(column_name="ExpectedCost", null=True)
        actual_cost = peewee.BigIntegerField(column_name="ActualCost", null=True)
        expected_revenue = peewee.BigIntegerField(column_name="ExpectedRevenue", null=True)
        expected_responses = peewee.IntegerField(column_name="ExpectedResponses", null=True)
        actual_responses = peewee.IntegerField(column_name="ActualResponses", null=True)
        notes = peewee.TextField(column_name="Notes", null=True)
        owner = peewee.CharField(
            column_name="OwnerOperatorID",
            max_length=10,
            null=True,
            index=True,
            constraints=[peewee.SQL('REFERENCES "Operators" ("OperatorID") ON DELETE RESTRICT')],
        )
        created_on = peewee.DateField(column_name="CreateDt", null=True)
        last_activity = peewee.DateTimeField(column_name="LastActivityDt", null=True)
        search_text = peewee.TextField(column_name="SearchText", null=True)

        class Meta:
            database, legacy_table_names, table_name = db, False, "CRMCampaigns"

    class CampaignMember(peewee.Model):
        number = peewee.AutoField(column_name="MemberNo")
        version = peewee.IntegerField(column_name="RowVersion", constraints=[peewee.SQL("DEFAULT 1")], default=1)
        campaign = peewee.IntegerField(
            column_name="CampaignNo",
            null=True,
            constraints=[peewee.SQL('REFERENCES "CRMCampaigns" ("CampaignNo") ON DELETE RESTRICT')],
        )
        lead = peewee.IntegerField(
            column_name="LeadNo",
            null=True,
            index=True,
            constraints=[peewee.SQL('REFERENCES "CRMLeads" ("LeadNo") ON DELETE RESTRICT')],
        )
        contact = peewee.IntegerField(
            column_name="ContactNo",
            null=True,
            index=True,
            constraints=[peewee.SQL('REFERENCES "CustomerContacts" ("ContactNo") ON DELETE RESTRICT')],
        )
        status = peewee.TextField(column_name="MemberStatus", null=True)
        result = peewee.TextField(column_name="CallCode", null=True)
        responded_on = peewee.DateField(column_name="RespondedDt", null=True)
        note = peewee.TextField(column_name="Note", null=True)
        since = peewee.DateTimeField(column_name="StatusDt", null=True)

        class Meta:
            database, legacy_table_names, table_name = db, False, "CRMCampaignMembers"
            indexes = (
                (("campaign", "lead"), True),
                (("campaign", "contact"), True),
                (("campaign", "status", "lead"), False),
            )

    db.create_tables([Campaign, CampaignMember])
    db.execute_sql(
        'CREATE INDEX IF NOT EXISTS "CRMCampaigns_unprepared" ON "CRMCampaigns" ("CampaignNo") WHERE ("SearchText" IS NULL)'
    )
    migrator.migrate(
        migrator.add_column(
            "CRMOpportunities",
            "CampaignNo",
            peewee.IntegerField(
                column_name="CampaignNo",
                null=True,
                constraints=[peewee.SQL('REFERENCES "CRMCampaigns" ("CampaignNo") ON DELETE RESTRICT')],
            ),
        )
    )
    db.execute_sql('CREATE INDEX IF NOT EXISTS "CRMOpportunities_CampaignNo" ON "CRMOpportunities" ("CampaignNo")')
    _offer(db)


def _offer(db):
    """Values somebody has put there already stay, and nothing is put beside them."""

    class Lookup(peewee.Model):
        number = peewee.AutoField(column_name="LookupNo")
        table = peewee.TextField(column_name="TableName")
        field = peewee.TextField(column_name="FieldName")
        value = peewee.TextField(column_name="LookupValue")
        description = peewee.TextField(column_name="LookupDescription")
        sort = peewee.IntegerField(column_name="SortNo", null=True)

        class Meta:
            database, legacy_table_names, table_name = db, False, "CustomLookup"

    for field, values in LISTS.items():
        if Lookup.select().where((Lookup.table == "CRMCampaigns") & (Lookup.field == field)).exists():
            continue
        for place, value in enumerate(values):
            row = {"table": "CRMCampaigns", "field": field, "value": value, "description": value, "sort": place}
            Lookup.insert(row).execute()
