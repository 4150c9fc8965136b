"""What the results of calls mean, for the codes the office has: their digits and when to try again (BX-2)."""

import peewee

# Code: digit in the call bar (0: under "other"), meaning, status, minutes until the next try, most tries.
RULES = {
    "N": (1, "no answer", "Not Reached", 1440, 6),
    "B": (2, "no answer", "Not Reached", 30, 6),
    "A": (3, "no answer", "Not Reached", 1440, 6),
    "CALLBK": (4, "call back", "Call Back Scheduled", 1440, None),
    "NI": (5, "refused", "Closed", None, None),
    "SALE": (6, "won", "Reached", None, None),
    "WP": (7, "reached", "Reached", 1440, 6),
    "WN": (8, "wrong number", "Closed", None, None),
    "DNC": (9, "do not call", "Closed", None, None),
    "DC": (0, "wrong number", "Closed", None, None),
    "NP": (0, "refused", "Closed", None, None),
    "DEC": (0, "refused", "Closed", None, None),
}


def up(migrator, db):
    class Base(peewee.Model):
        class Meta:
            database = db
            legacy_table_names = False

    class CallRule(Base):
        version = peewee.IntegerField(column_name="RowVersion", constraints=[peewee.SQL("DEFAULT 1")], default=1)
        number = peewee.AutoField(column_name="RuleNo")
        code = peewee.TextField(column_name="CallCode", null=True, unique=True)
        digit = peewee.IntegerField(column_name="Digit", null=True)
        meaning = peewee.TextField(column_name="Meaning", null=True)
        status = peewee.TextField(column_name="CallStatus", null=True)
        delay = peewee.IntegerField(column_name="DelayMinutes", null=True)
        most_tries = peewee.IntegerField(column_name="MostTries", null=True)
        sort = peewee.IntegerField(column_name="SortNo", null=True)

        class Meta:
            table_name = "CRMRetryRules"

    class Lookup(Base):
        number = peewee.AutoField(column_name="LookupNo")
        table = peewee.TextField(column_name="TableName")
        field = peewee.TextField(column_name="FieldName")
        value = peewee.TextField(column_name="LookupValue")

        class Meta:
            table_name = "CustomLookup"

    db.create_tables([CallRule])
    codes, statuses = (
        {row.value for row in Lookup.select().where((Lookup.table == "CRMLeads") & (Lookup.field == field))}
        for field in ("CallCode", "CallStatus")
    )
    for place, (code, (digit, meaning, status, delay, most)) in enumerate(RULES.items()):
        if code in codes:
            known = status if status in statuses else ""
            CallRule.insert(
                code=code, digit=digit, meaning=meaning, status=known, delay=delay, most_tries=most, sort=place
            ).execute()
