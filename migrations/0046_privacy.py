"""What the office keeps about people's data: personal fields, times, touches, consents, requests, erasures."""

import peewee


def up(migrator, db):
    class Consent(peewee.Model):
        number = peewee.AutoField(column_name="ConsentNo")
        version = peewee.IntegerField(column_name="RowVersion", constraints=[peewee.SQL("DEFAULT 1")], default=1)
        table = peewee.TextField(column_name="TableName", null=True)
        of = peewee.TextField(column_name="RecordNo", null=True)
        purpose = peewee.TextField(column_name="Purpose", null=True)
        basis = peewee.TextField(column_name="Basis", null=True)
        given = peewee.DateField(column_name="GivenDt", null=True)
        source = peewee.TextField(column_name="Source", null=True)
        withdrawn = peewee.DateField(column_name="WithdrawnDt", null=True)
        operator = peewee.CharField(
            column_name="OperatorID",
            max_length=10,
            null=True,
            index=True,
            constraints=[peewee.SQL('REFERENCES "Operators" ("OperatorID") ON DELETE RESTRICT')],
        )

        class Meta:
            database, legacy_table_names, table_name = db, False, "CRMConsents"
            indexes = ((("table", "of"), False),)

    class DataRequest(peewee.Model):
        number = peewee.AutoField(column_name="RequestNo")
        version = peewee.IntegerField(column_name="RowVersion", constraints=[peewee.SQL("DEFAULT 1")], default=1)
        table = peewee.TextField(column_name="TableName", null=True)
        of = peewee.TextField(column_name="RecordNo", null=True)
        asked = peewee.TextField(column_name="AskedFor", null=True)
        received = peewee.DateField(column_name="ReceivedDt", null=True)
        due = peewee.DateField(column_name="DueDt", null=True)
        answered = peewee.DateField(column_name="AnsweredDt", null=True)
        note = peewee.TextField(column_name="Note", null=True)
        operator = peewee.CharField(
            column_name="OperatorID",
            max_length=10,
            null=True,
            index=True,
            constraints=[peewee.SQL('REFERENCES "Operators" ("OperatorID") ON DELETE RESTRICT')],
        )

        class Meta:
            database, legacy_table_names, table_name = db, False, "CRMDataRequests"
            indexes = ((("table", "of"), False), (("due",), False))

    class ErasureRow(peewee.Model):
        number = peewee.AutoField(column_name="ErasureNo")
        table = peewee.CharField(column_name="TableName", max_length=60)
        key = peewee.CharField(column_name="RecordNo", max_length=60)
        done = peewee.DateTimeField(column_name="ErasedDt")
        by = peewee.CharField(column_name="OperatorID", max_length=40)
        why = peewee.TextField(column_name="Why")
        again = peewee.BooleanField(column_name="IsToDoAgain")
        cleaned = peewee.DateTimeField(column_name="CleanedDt", null=True)

        class Meta:
            database, legacy_table_names, table_name = db, False, "CRMErasures"
            indexes = ((("table", "key"), False),)

    class OptOut(peewee.Model):
        number = peewee.AutoField(column_name="OptOutNo")
        version = peewee.IntegerField(column_name="RowVersion", constraints=[peewee.SQL("DEFAULT 1")], default=1)
        channel = peewee.TextField(column_name="Channel", null=True)
        key_of_address = peewee.TextField(column_name="AddressKey", null=True)
        since = peewee.DateField(column_name="SinceDt", null=True)
        source = peewee.TextField(column_name="Source", null=True)

        class Meta:
            database, legacy_table_names, table_name = db, False, "CRMOptOuts"
            indexes = ((("channel", "key_of_address"), True),)

    class PersonalField(peewee.Model):
        number = peewee.AutoField(column_name="PersonalFieldNo")
        version = peewee.IntegerField(column_name="RowVersion", constraints=[peewee.SQL("DEFAULT 1")], default=1)
        table = peewee.TextField(column_name="TableName", null=True)
        column = peewee.TextField(column_name="ColumnName", null=True)
        erased = peewee.BooleanField(column_name="IsPersonal", constraints=[peewee.SQL("DEFAULT FALSE")], default=True)

        class Meta:
            database, legacy_table_names, table_name = db, False, "CRMPersonalFields"
            indexes = ((("table", "column"), True),)

    class Retention(peewee.Model):
        number = peewee.AutoField(column_name="RetentionNo")
        version = peewee.IntegerField(column_name="RowVersion", constraints=[peewee.SQL("DEFAULT 1")], default=1)
        table = peewee.TextField(column_name="TableName", null=True)
        status = peewee.TextField(column_name="Status", null=True)
        months = peewee.IntegerField(column_name="Months", null=True)

        class Meta:
            database, legacy_table_names, table_name = db, False, "CRMRetention"
            indexes = ((("table", "status"), True),)

    class Touch(peewee.Model):
        number = peewee.AutoField(column_name="TouchNo")
        version = peewee.IntegerField(column_name="RowVersion", constraints=[peewee.SQL("DEFAULT 1")], default=1)
        table = peewee.TextField(column_name="TableName", null=True)
        of = peewee.TextField(column_name="RecordNo", null=True)
        touched = peewee.DateTimeField(column_name="TouchDt", null=True)
        operator = peewee.CharField(
            column_name="OperatorID",
            max_length=10,
            null=True,
            index=True,
            constraints=[peewee.SQL('REFERENCES "Operators" ("OperatorID") ON DELETE RESTRICT')],
        )
        why = peewee.TextField(column_name="Why", null=True)

        class Meta:
            database, legacy_table_names, table_name = db, False, "CRMTouches"
            indexes = ((("table", "of", "touched"), False),)

    db.create_tables([Consent, DataRequest, ErasureRow, OptOut, PersonalField, Retention, Touch])
