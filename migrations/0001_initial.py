"""The tables of a new office."""

import peewee


def up(migrator, db):
    class Base(peewee.Model):
        class Meta:
            database = db
            legacy_table_names = False

    class UnitRow(Base):
        number = peewee.AutoField(column_name="UnitNo")
        name = peewee.TextField(column_name="Name")
        by = peewee.TextField(column_name="OperatorID")
        done = peewee.DateTimeField(column_name="DoneDt")
        kind = peewee.TextField(column_name="Kind")
        reverses = peewee.IntegerField(column_name="Reverses", null=True)
        reversed_by = peewee.IntegerField(column_name="ReversedBy", null=True)

        class Meta:
            table_name = "CRMUnits"
            indexes = ((("by", "number"), False),)

    class ChangeRow(Base):
        number = peewee.AutoField(column_name="ChangeNo")
        unit = peewee.IntegerField(column_name="UnitNo", index=True)
        table = peewee.TextField(column_name="TableName")
        key = peewee.TextField(column_name="RecordNo")
        verb = peewee.TextField(column_name="Verb")
        before = peewee.TextField(column_name="Before", null=True)
        after = peewee.TextField(column_name="After", null=True)

        class Meta:
            table_name = "CRMChanges"
            indexes = ((("table", "key"), False),)

    class Operator(Base):
        id = peewee.CharField(column_name="OperatorID", primary_key=True, max_length=10)
        version = peewee.IntegerField(column_name="RowVersion", constraints=[peewee.SQL("DEFAULT 1")], default=1)
        name = peewee.TextField(column_name="Name", null=True)
        active = peewee.BooleanField(column_name="IsActive", constraints=[peewee.SQL("DEFAULT TRUE")], default=True)

        class Meta:
            table_name = "Operators"

    class CustomLookup(Base):
        number = peewee.AutoField(column_name="LookupNo")
        version = peewee.IntegerField(column_name="RowVersion", constraints=[peewee.SQL("DEFAULT 1")], default=1)
        table = peewee.TextField(column_name="TableName", null=True)
        field = peewee.TextField(column_name="FieldName", null=True)
        value = peewee.TextField(column_name="LookupValue", null=True)
        description = peewee.TextField(column_name="LookupDescription", null=True)
        sort = peewee.IntegerField(column_name="SortNo", null=True)
        retired = peewee.BooleanField(column_name="IsRetired", constraints=[peewee.SQL("DEFAULT FALSE")], default=False)

        class Meta:
            table_name = "CustomLookup"
            indexes = ((("table", "field", "value"), True),)

    class OfficeSetting(Base):
        name = peewee.CharField(column_name="Name", primary_key=True, max_length=60)
        version = peewee.IntegerField(column_name="RowVersion", constraints=[peewee.SQL("DEFAULT 1")], default=1)
        value = peewee.TextField(column_name="Value", null=True)

        class Meta:
            table_name = "CRMSettings"

    class Customer(Base):
        number = peewee.AutoField(column_name="CustNo")
        version = peewee.IntegerField(column_name="RowVersion", constraints=[peewee.SQL("DEFAULT 1")], default=1)
        company = peewee.TextField(column_name="Company", null=True)
        first_name = peewee.TextField(column_name="FirstName", null=True)
        last_name = peewee.TextField(column_name="LastName", null=True)
        address = peewee.TextField(column_name="BillAddress", null=True)
        city = peewee.TextField(column_name="City", null=True)
        state = peewee.TextField(column_name="State", null=True)
        postal_code = peewee.TextField(column_name="PostalCode", null=True)
        country = peewee.TextField(column_name="Country", null=True)
        phone = peewee.TextField(column_name="Phone", null=True)
        other_phone = peewee.TextField(column_name="OtherPhone", null=True)
        fax = peewee.TextField(column_name="Fax", null=True)
        email = peewee.TextField(column_name="Email", null=True)
        website = peewee.TextField(column_name="Website", null=True)
        notes = peewee.TextField(column_name="Notes", null=True)
        created_on = peewee.DateField(column_name="CreateDt", null=True)
        search_text = peewee.TextField(column_name="SearchText", null=True)
        phone_digits = peewee.TextField(column_name="PhoneDigits", null=True, index=True)
        phone_e164 = peewee.TextField(column_name="PhoneE164", null=True, index=True)
        other_phone_digits = peewee.TextField(column_name="OtherPhoneDigits", null=True, index=True)
        other_phone_e164 = peewee.TextField(column_name="OtherPhoneE164", null=True, index=True)

        class Meta:
            table_name = "Customers"

    class Order(Base):
        number = peewee.AutoField(column_name="OrderNo")
        version = peewee.IntegerField(column_name="RowVersion", constraints=[peewee.SQL("DEFAULT 1")], default=1)
        customer = peewee.ForeignKeyField(Customer, column_name="CustNo", null=True, backref="+", on_delete="RESTRICT")
        ordered_on = peewee.DateField(column_name="OrderDt", null=True)
        amount = peewee.BigIntegerField(column_name="Amount", null=True)

        class Meta:
            table_name = "Orders"

    class Contact(Base):
        number = peewee.AutoField(column_name="ContactNo")
        version = peewee.IntegerField(column_name="RowVersion", constraints=[peewee.SQL("DEFAULT 1")], default=1)
        customer = peewee.ForeignKeyField(Customer, column_name="CustNo", null=True, backref="+", on_delete="RESTRICT")
        first_name = peewee.TextField(column_name="FirstName", null=True)
        last_name = peewee.TextField(column_name="LastName", null=True)
        title = peewee.TextField(column_name="Title", null=True)
        phone = peewee.TextField(column_name="Phone", null=True)
        other_phone = peewee.TextField(column_name="OtherPhone", null=True)
        fax = peewee.TextField(column_name="Fax", null=True)
        email = peewee.TextField(column_name="Email", null=True)
        notes = peewee.TextField(column_name="Notes", null=True)
        search_text = peewee.TextField(column_name="SearchText", null=True)
        phone_digits = peewee.TextField(column_name="PhoneDigits", null=True, index=True)
        phone_e164 = peewee.TextField(column_name="PhoneE164", null=True, index=True)
        other_phone_digits = peewee.TextField(column_name="OtherPhoneDigits", null=True, index=True)
        other_phone_e164 = peewee.TextField(column_name="OtherPhoneE164", null=True, index=True)

        class Meta:
            table_name = "CustomerContacts"

    class Account(Base):
        number = peewee.AutoField(column_name="CRMAccountNo")
        version = peewee.IntegerField(column_name="RowVersion", constraints=[peewee.SQL("DEFAULT 1")], default=1)
        customer = peewee.ForeignKeyField(
            Customer, column_name="CustNo", null=True, unique=True, backref="+", on_delete="RESTRICT"
        )
        originating_lead = peewee.IntegerField(column_name="OriginatingLeadNo", null=True)
        name = peewee.TextField(column_name="AccountName", null=True)
        description = peewee.TextField(column_name="AccountDescription", null=True)
        type = peewee.TextField(column_name="Type", null=True)
        industry = peewee.TextField(column_name="Industry", null=True)
        employees = peewee.IntegerField(column_name="Employees", null=True)
        annual_revenue = peewee.BigIntegerField(column_name="AnnualRevenue", null=True)
        order_volume = peewee.IntegerField(column_name="OrderVolume", null=True)
        previous_system = peewee.TextField(column_name="PreviousSystem", null=True)
        phone = peewee.TextField(column_name="Phone", null=True)
        fax = peewee.TextField(column_name="Fax", null=True)
        email = peewee.TextField(column_name="Email", null=True)
        website = peewee.TextField(column_name="Website", null=True)
        owner = peewee.ForeignKeyField(
            Operator, column_name="OwnerOperatorID", null=True, backref="+", on_delete="RESTRICT"
        )
        search_text = peewee.TextField(column_name="SearchText", null=True)
        phone_digits = peewee.TextField(column_name="PhoneDigits", null=True, index=True)
        phone_e164 = peewee.TextField(column_name="PhoneE164", null=True, index=True)

        class Meta:
            table_name = "CRMAccounts"

    Account.add_index(Account.owner, peewee.fn.LOWER(Account.name), name="CRMAccounts_owner_name")
    Account.add_index(peewee.fn.LOWER(Account.email), name="CRMAccounts_email")

    class Opportunity(Base):
        number = peewee.AutoField(column_name="OpportunityNo")
        version = peewee.IntegerField(column_name="RowVersion", constraints=[peewee.SQL("DEFAULT 1")], default=1)
        account = peewee.ForeignKeyField(
            Account, column_name="CRMAccountNo", null=True, backref="+", on_delete="RESTRICT"
        )
        created_on = peewee.DateField(column_name="CreateDt", null=True)
        created_by = peewee.TextField(column_name="CreateID", null=True)
        originating_lead = peewee.IntegerField(column_name="OriginatingLeadNo", null=True)
        updated_on = peewee.DateField(column_name="LastUpdateDt", null=True)
        updated_by = peewee.ForeignKeyField(
            Operator, column_name="LastUpdateID", null=True, backref="+", on_delete="RESTRICT"
        )
        last_activity = peewee.DateTimeField(column_name="LastActivityDt", null=True)
        name = peewee.TextField(column_name="Name", null=True)
        description = peewee.TextField(column_name="Description", null=True)
        lead_source = peewee.TextField(column_name="LeadSource", null=True)
        partner = peewee.TextField(column_name="Partner", null=True)
        type = peewee.TextField(column_name="Type", null=True)
        amount = peewee.BigIntegerField(column_name="Amount", null=True)
        budget = peewee.BigIntegerField(column_name="Budget", null=True)
        cost_conscious = peewee.BooleanField(
            column_name="CostConscious", constraints=[peewee.SQL("DEFAULT FALSE")], default=False
        )
        close_date_1 = peewee.DateField(column_name="CloseDt1", null=True)
        close_date_2 = peewee.DateField(column_name="CloseDt2", null=True)
        closed = peewee.BooleanField(column_name="Closed", constraints=[peewee.SQL("DEFAULT FALSE")], default=False)
        next_step = peewee.TextField(column_name="NextStep", null=True)
        stage = peewee.TextField(column_name="Stage", null=True)
        stage_duration = peewee.IntegerField(column_name="StageDuration", null=True)
        interest_level = peewee.TextField(column_name="InterestLevel", null=True)
        probability = peewee.IntegerField(column_name="Probability", null=True)
        objection = peewee.TextField(column_name="Objection", null=True)
        outcome = peewee.TextField(column_name="LostWon", null=True)
        outcome_reason = peewee.TextField(column_name="LostWonReason", null=True)
        decision_maker = peewee.TextField(column_name="DecisionMakerName", null=True)
        custom_1 = peewee.TextField(column_name="Custom1", null=True)
        custom_2 = peewee.TextField(column_name="Custom2", null=True)
        custom_3 = peewee.TextField(column_name="Custom3", null=True)
        custom_4 = peewee.TextField(column_name="Custom4", null=True)
        owner = peewee.ForeignKeyField(
            Operator, column_name="OwnerOperatorID", null=True, backref="+", on_delete="RESTRICT"
        )
        search_text = peewee.TextField(column_name="SearchText", null=True)

        class Meta:
            table_name = "CRMOpportunities"

    class Lead(Base):
        number = peewee.AutoField(column_name="LeadNo")
        version = peewee.IntegerField(column_name="RowVersion", constraints=[peewee.SQL("DEFAULT 1")], default=1)
        type = peewee.TextField(column_name="Type", null=True)
        lead_source = peewee.TextField(column_name="LeadSource", null=True)
        description = peewee.TextField(column_name="Description", null=True)
        first_name = peewee.TextField(column_name="FirstName", null=True)
        last_name = peewee.TextField(column_name="LastName", null=True)
        company = peewee.TextField(column_name="Company", null=True)
        title = peewee.TextField(column_name="Title", null=True)
        phone = peewee.TextField(column_name="Phone", null=True)
        time_zone = peewee.TextField(column_name="TimeZone", null=True)
        email = peewee.TextField(column_name="Email", null=True)
        website = peewee.TextField(column_name="Website", null=True)
        notes = peewee.TextField(column_name="Notes", null=True)
        objection = peewee.TextField(column_name="Objection", null=True)
        call_try = peewee.TextField(column_name="CallTry", null=True)
        call_date = peewee.DateField(column_name="CallDt", null=True)
        call_code = peewee.TextField(column_name="CallCode", null=True)
        call_status = peewee.TextField(column_name="CallStatus", null=True)
        reminder_date = peewee.DateField(column_name="ReminderDt", null=True)
        reminder_time = peewee.CharField(column_name="ReminderTime", max_length=5, null=True)
        owner = peewee.ForeignKeyField(
            Operator, column_name="OwnerOperatorID", null=True, backref="+", on_delete="RESTRICT"
        )
        fax = peewee.TextField(column_name="Fax", null=True)
        other_phone = peewee.TextField(column_name="OtherPhone", null=True)
        address = peewee.TextField(column_name="Address", null=True)
        city = peewee.TextField(column_name="City", null=True)
        state = peewee.TextField(column_name="State", null=True)
        postal_code = peewee.TextField(column_name="PostalCode", null=True)
        country = peewee.TextField(column_name="Country", null=True)
        account = peewee.ForeignKeyField(
            Account, column_name="CRMAccountNo", null=True, backref="+", on_delete="RESTRICT"
        )
        customer = peewee.ForeignKeyField(Customer, column_name="CustNo", null=True, backref="+", on_delete="RESTRICT")
        opportunity = peewee.IntegerField(column_name="OpportunityNo", null=True)
        removed = peewee.BooleanField(column_name="IsRemoved", constraints=[peewee.SQL("DEFAULT FALSE")], default=False)
        converted = peewee.BooleanField(
            column_name="IsConverted", constraints=[peewee.SQL("DEFAULT FALSE")], default=False
        )
        created_on = peewee.DateTimeField(column_name="CreateDt", null=True)
        created_by = peewee.TextField(column_name="CreateID", null=True)
        search_text = peewee.TextField(column_name="SearchText", null=True)
        phone_digits = peewee.TextField(column_name="PhoneDigits", null=True, index=True)
        phone_e164 = peewee.TextField(column_name="PhoneE164", null=True, index=True)
        other_phone_digits = peewee.TextField(column_name="OtherPhoneDigits", null=True, index=True)
        other_phone_e164 = peewee.TextField(column_name="OtherPhoneE164", null=True, index=True)

        class Meta:
            table_name = "CRMLeads"
            indexes = ((("owner", "reminder_date", "reminder_time"), False),)

    Lead.add_index(Lead.owner, peewee.fn.LOWER(Lead.last_name), name="CRMLeads_owner_last_name")
    Lead.add_index(Lead.owner, peewee.fn.LOWER(Lead.company), name="CRMLeads_owner_company")
    Lead.add_index(peewee.fn.LOWER(Lead.email), name="CRMLeads_email")

    class Task(Base):
        number = peewee.AutoField(column_name="CustServNo")
        version = peewee.IntegerField(column_name="RowVersion", constraints=[peewee.SQL("DEFAULT 1")], default=1)
        action = peewee.TextField(column_name="Action", null=True)
        reminder_date = peewee.DateField(column_name="ReminderDt", null=True)
        reminder_time = peewee.CharField(column_name="ReminderTime", max_length=5, null=True)
        notes = peewee.TextField(column_name="Notes", null=True)
        priority = peewee.TextField(column_name="Priority", null=True)
        status = peewee.TextField(column_name="Status", null=True)
        closed = peewee.BooleanField(column_name="Closed", constraints=[peewee.SQL("DEFAULT FALSE")], default=False)
        account = peewee.ForeignKeyField(
            Account, column_name="CRMAccountNo", null=True, backref="+", on_delete="RESTRICT"
        )
        opportunity = peewee.ForeignKeyField(
            Opportunity, column_name="OpportunityNo", null=True, backref="+", on_delete="RESTRICT"
        )
        lead = peewee.ForeignKeyField(Lead, column_name="LeadNo", null=True, backref="+", on_delete="RESTRICT")
        customer = peewee.ForeignKeyField(Customer, column_name="CustNo", null=True, backref="+", on_delete="RESTRICT")
        owner = peewee.ForeignKeyField(
            Operator, column_name="OwnerOperatorID", null=True, backref="+", on_delete="RESTRICT"
        )
        is_crm = peewee.BooleanField(column_name="IsCRM", constraints=[peewee.SQL("DEFAULT FALSE")], default=False)
        created_on = peewee.DateTimeField(column_name="CreateDt", null=True)
        search_text = peewee.TextField(column_name="SearchText", null=True)

        class Meta:
            table_name = "CustServ"
            indexes = ((("owner", "closed", "reminder_date", "reminder_time"), False),)

    db.create_tables(
        [
            UnitRow,
            ChangeRow,
            Operator,
            CustomLookup,
            OfficeSetting,
            Customer,
            Order,
            Contact,
            Account,
            Opportunity,
            Lead,
            Task,
        ]
    )
