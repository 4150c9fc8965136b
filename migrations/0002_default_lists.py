"""The first operator and the lists a new office starts with. All of them can be changed afterwards."""

import peewee

TIME_ZONES = [
    ("Pacific/Honolulu", "UTC−10 Hawaii (Honolulu)"),
    ("America/Anchorage", "UTC−9 Alaska (Anchorage)"),
    ("America/Los_Angeles", "UTC−8 Pacific (Los Angeles)"),
    ("America/Denver", "UTC−7 Mountain (Denver)"),
    ("America/Phoenix", "UTC−7 Arizona (Phoenix)"),
    ("America/Chicago", "UTC−6 Central (Chicago)"),
    ("America/New_York", "UTC−5 Eastern (New York)"),
    ("America/Halifax", "UTC−4 Atlantic (Halifax)"),
    ("America/Puerto_Rico", "UTC−4 Puerto Rico"),
    ("America/St_Johns", "UTC−3:30 Newfoundland (St. John's)"),
    ("Europe/London", "UTC+0 United Kingdom (London)"),
    ("Europe/Dublin", "UTC+0 Ireland (Dublin)"),
    ("Europe/Lisbon", "UTC+0 Portugal (Lisbon)"),
    ("Europe/Berlin", "UTC+1 Central Europe (Berlin)"),
    ("Europe/Paris", "UTC+1 Central Europe (Paris)"),
    ("Europe/Madrid", "UTC+1 Central Europe (Madrid)"),
    ("Europe/Athens", "UTC+2 Eastern Europe (Athens)"),
    ("Europe/Helsinki", "UTC+2 Eastern Europe (Helsinki)"),
]

CALL_CODES = [
    ("NEW", "New Lead"),
    ("N", "No Answer"),
    ("B", "Busy"),
    ("A", "Answering Machine"),
    ("DC", "Disconnected Number"),
    ("NI", "Not Interested"),
    ("NP", "No Pitch No Price"),
    ("CALLBK", "Call Back"),
    ("DEC", "Declined Sale"),
    ("SALE", "Sale Made"),
    ("DNC", "Do Not Call"),
    ("WN", "Wrong Number"),
    ("WP", "Wrong Person"),
]

STAGES = [
    ("Draft", "Draft"),
    ("Prospecting", "Prospecting (10 %)"),
    ("Qualification", "Qualification (20 %)"),
    ("Proposal", "Proposal (50 %)"),
    ("Negotiation", "Negotiation (80 %)"),
    ("Closed Won", "Closed Won (100 %)"),
    ("Closed Lost", "Closed Lost (0 %)"),
]

# In the order of their meaning: these carry a sort number. The others are sorted by what people read.
ORDERED = {
    ("All", "TimeZone"): TIME_ZONES,
    ("CRMLeads", "CallTry"): [(str(count), str(count)) for count in range(11)],
    ("CRMLeads", "CallCode"): CALL_CODES,
    ("CRMLeads", "CallStatus"): ["Not Called", "Reached", "Not Reached", "Call Back Scheduled", "Closed"],
    ("CRMOpportunities", "Stage"): STAGES,
    ("CRMOpportunities", "InterestLevel"): ["Hot", "Warm", "Cold"],
    ("CRMOpportunities", "NextStep"): ["Call", "Send information", "Demo", "Quote", "Follow up", "Close"],
    ("CRMOpportunities", "LostWon"): ["Won", "Lost"],
}

PLAIN = {
    ("CRMAccounts", "Type"): ["Customer", "Inquiry", "Mailing", "Ordering", "Other", "Prospect"],
    ("CRMAccounts", "Industry"): [
        "Chemicals", "Consulting", "Education", "Entertainment", "Food & Beverage", "Healthcare", "Manufacturing",
        "Media", "Other", "Retail", "Shipping", "Technology", "Utilities",
    ],
    ("CRMOpportunities", "Type"): ["Existing Business", "New Business"],
    ("CRMOpportunities", "LeadSource"): [
        "Cold Call", "Self Generated", "Conference", "Trade Show", "Web Site", "Word of mouth", "Other",
    ],
    ("CustServ", "Priority"): ["High", "Low", "Normal"],
    ("CustServ", "Status"): ["In Progress", "Not Started"],
}  # fmt: skip


def up(migrator, db):
    class Base(peewee.Model):
        class Meta:
            database = db
            legacy_table_names = False

    class Operator(Base):
        id = peewee.CharField(column_name="OperatorID", max_length=10, primary_key=True)
        name = peewee.TextField(column_name="Name")

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

    Operator.insert(id="ADMIN", name="Administrator").execute()
    rows = []
    for (table, field), values in {**ORDERED, **PLAIN}.items():
        for place, value in enumerate(values):
            stored, read = (value, value) if isinstance(value, str) else value
            sort = place if (table, field) in ORDERED else None
            rows.append((table, field, stored, read, sort))
    Lookup.insert_many(
        rows, fields=[Lookup.table, Lookup.field, Lookup.value, Lookup.description, Lookup.sort]
    ).execute()
