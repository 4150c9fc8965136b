"""Tickets with what was said about them, answers to what is asked often, and who may use the customer portal."""

import peewee

LISTS = {
    ("CRMTickets", "Status"): ["Open", "In Progress", "Wait For Response", "Closed"],
    ("CRMTickets", "Priority"): ["Urgent", "High", "Normal", "Low"],
    ("CRMTickets", "Severity"): ["Critical", "Major", "Minor", "Feature"],
    ("CRMTickets", "Category"): ["Question", "Fault", "Complaint", "Return", "Other"],
    ("CRMFAQ", "Status"): ["Draft", "Reviewed", "Published", "Obsolete"],
}
"""what a new office begins with, in the order of the drop-downs"""


def up(migrator, db):
    class FAQ(peewee.Model):
        number = peewee.AutoField(column_name="FAQNo")
        version = peewee.IntegerField(column_name="RowVersion", constraints=[peewee.SQL("DEFAULT 1")], default=1)
        question = peewee.TextField(column_name="Question", null=True)
        answer = peewee.TextField(column_name="Answer", null=True)
        status = peewee.TextField(column_name="Status", null=True)
        category = peewee.TextField(column_name="Category", null=True)
        product = peewee.IntegerField(
            column_name="ProductNo",
            null=True,
            index=True,
            constraints=[peewee.SQL('REFERENCES "CRMProducts" ("ProductNo") ON DELETE RESTRICT')],
        )
        ticket = peewee.IntegerField(column_name="TicketNo", null=True)
        used = peewee.IntegerField(column_name="TimesUsed", null=True)
        used_on = peewee.DateTimeField(column_name="LastUsedDt", null=True)
        owner = peewee.CharField(
            column_name="OwnerOperatorID",
            max_length=10,
            null=True,
            index=True,
            constraints=[peewee.SQL('REFERENCES "Operators" ("OperatorID") ON DELETE RESTRICT')],
        )
        created_on = peewee.DateTimeField(column_name="CreateDt", null=True)
        last_activity = peewee.DateTimeField(column_name="LastActivityDt", null=True)
        imported = peewee.TextField(column_name="ImportedNo", null=True)
        search_text = peewee.TextField(column_name="SearchText", null=True)

        class Meta:
            database, legacy_table_names, table_name = db, False, "CRMFAQ"

    class Ticket(peewee.Model):
        number = peewee.AutoField(column_name="TicketNo")
        version = peewee.IntegerField(column_name="RowVersion", constraints=[peewee.SQL("DEFAULT 1")], default=1)
        title = peewee.TextField(column_name="Title", null=True)
        account = peewee.IntegerField(
            column_name="CRMAccountNo",
            null=True,
            index=True,
            constraints=[peewee.SQL('REFERENCES "CRMAccounts" ("CRMAccountNo") ON DELETE RESTRICT')],
        )
        contact = peewee.IntegerField(
            column_name="ContactNo",
            null=True,
            index=True,
            constraints=[peewee.SQL('REFERENCES "CustomerContacts" ("ContactNo") ON DELETE RESTRICT')],
        )
        product = peewee.IntegerField(
            column_name="ProductNo",
            null=True,
            index=True,
            constraints=[peewee.SQL('REFERENCES "CRMProducts" ("ProductNo") ON DELETE RESTRICT')],
        )
        status = peewee.TextField(column_name="Status", null=True)
        priority = peewee.TextField(column_name="Priority", null=True)
        severity = peewee.TextField(column_name="Severity", null=True)
        category = peewee.TextField(column_name="Category", null=True)
        description = peewee.TextField(column_name="Description", null=True)
        solution = peewee.TextField(column_name="Solution", null=True)
        due = peewee.DateTimeField(column_name="AnswerDueDt", null=True)
        solve_due = peewee.DateTimeField(column_name="SolutionDueDt", null=True)
        quiet = peewee.BooleanField(column_name="IsQuiet", constraints=[peewee.SQL("DEFAULT FALSE")], default=False)
        came_by = peewee.TextField(column_name="CameBy", null=True)
        owner = peewee.CharField(
            column_name="OwnerOperatorID",
            max_length=10,
            null=True,
            index=True,
            constraints=[peewee.SQL('REFERENCES "Operators" ("OperatorID") ON DELETE RESTRICT')],
        )
        closed = peewee.BooleanField(column_name="IsClosed", constraints=[peewee.SQL("DEFAULT FALSE")], default=False)
        waiting = peewee.BooleanField(column_name="IsWaiting", constraints=[peewee.SQL("DEFAULT FALSE")], default=False)
        closed_on = peewee.DateTimeField(column_name="ClosedDt", null=True)
        answered_on = peewee.DateTimeField(column_name="FirstAnswerDt", null=True)
        last_said = peewee.DateTimeField(column_name="LastCommentDt", null=True)
        split_from = peewee.IntegerField(column_name="SplitFromNo", null=True)
        created_on = peewee.DateTimeField(column_name="CreateDt", null=True)
        last_activity = peewee.DateTimeField(column_name="LastActivityDt", null=True)
        imported = peewee.TextField(column_name="ImportedNo", null=True)
        search_text = peewee.TextField(column_name="SearchText", null=True)

        class Meta:
            database, legacy_table_names, table_name = db, False, "CRMTickets"

    class TicketComment(peewee.Model):
        number = peewee.AutoField(column_name="CommentNo")
        version = peewee.IntegerField(column_name="RowVersion", constraints=[peewee.SQL("DEFAULT 1")], default=1)
        ticket = peewee.IntegerField(
            column_name="TicketNo",
            null=True,
            index=True,
            constraints=[peewee.SQL('REFERENCES "CRMTickets" ("TicketNo") ON DELETE RESTRICT')],
        )
        text = peewee.TextField(column_name="CommentText", null=True)
        author = peewee.CharField(
            column_name="OperatorID",
            max_length=10,
            null=True,
            index=True,
            constraints=[peewee.SQL('REFERENCES "Operators" ("OperatorID") ON DELETE RESTRICT')],
        )
        contact = peewee.IntegerField(
            column_name="ContactNo",
            null=True,
            index=True,
            constraints=[peewee.SQL('REFERENCES "CustomerContacts" ("ContactNo") ON DELETE RESTRICT')],
        )
        came_by = peewee.TextField(column_name="CameBy", null=True)
        internal = peewee.BooleanField(
            column_name="IsInternal", constraints=[peewee.SQL("DEFAULT FALSE")], default=False
        )
        solves = peewee.BooleanField(column_name="IsSolution", constraints=[peewee.SQL("DEFAULT FALSE")], default=False)
        said_on = peewee.DateTimeField(column_name="CreateDt", null=True)

        class Meta:
            database, legacy_table_names, table_name = db, False, "CRMTicketComments"

    class TicketNewsRow(peewee.Model):
        ticket = peewee.IntegerField(column_name="TicketNo", primary_key=True)
        status = peewee.TextField(column_name="ToldStatus", default="")
        warned = peewee.DateTimeField(column_name="WarnedOfDt", null=True)

        class Meta:
            database, legacy_table_names, table_name = db, False, "CRMTicketNews"

    db.create_tables([TicketNewsRow, FAQ, Ticket, TicketComment])
    db.execute_sql('CREATE INDEX IF NOT EXISTS "CRMFAQ_unprepared" ON "CRMFAQ" ("FAQNo") WHERE ("SearchText" IS NULL)')
    db.execute_sql(
        'CREATE INDEX IF NOT EXISTS "CRMTickets_of_owner" ON "CRMTickets" ("OwnerOperatorID", "IsClosed", "AnswerDueDt")'
    )
    db.execute_sql('CREATE INDEX IF NOT EXISTS "CRMTickets_due" ON "CRMTickets" ("IsClosed", "AnswerDueDt")')
    db.execute_sql(
        'CREATE INDEX IF NOT EXISTS "CRMTickets_unprepared" ON "CRMTickets" ("TicketNo") WHERE ("SearchText" IS NULL)'
    )
    migrator.migrate(
        migrator.add_column(
            "CustomerContacts",
            "IsPortalUser",
            peewee.BooleanField(column_name="IsPortalUser", constraints=[peewee.SQL("DEFAULT FALSE")], default=False),
        ),
        migrator.add_column("CustServ", "TicketNo", peewee.IntegerField(column_name="TicketNo", null=True)),
    )
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

    for (table, field), values in LISTS.items():
        if Lookup.select().where((Lookup.table == table) & (Lookup.field == field)).exists():
            continue
        for place, value in enumerate(values):
            row = {"table": table, "field": field, "value": value, "description": value, "sort": place}
            Lookup.insert(row).execute()
