"""Who may be called: the register of numbers, calling hours, holidays; Do Not Call on leads and customers (BX-5, BX-6)."""

import secrets

import peewee

EVERY_DAY, MONDAY_TO_SATURDAY, MONDAY_TO_FRIDAY = "1234567", "123456", "12345"
# Country, days, from, to; without a country it holds wherever nothing else is said. Several rows of one place add up.
HOURS = (
    ("", EVERY_DAY, "08:00", "20:00"),
    ("US", EVERY_DAY, "08:00", "21:00"),
    ("CA", MONDAY_TO_FRIDAY, "09:00", "21:30"),
    ("CA", "67", "10:00", "18:00"),
    *((country, MONDAY_TO_SATURDAY, "08:00", "20:00") for country in ("DE", "AT", "CH", "GB", "NL", "BE", "IT", "ES")),
    ("FR", MONDAY_TO_FRIDAY, "10:00", "13:00"),
    ("FR", MONDAY_TO_FRIDAY, "14:00", "20:00"),
    ("AU", MONDAY_TO_FRIDAY, "09:00", "20:00"),
    ("AU", "6", "09:00", "17:00"),
)


def up(migrator, db):
    class Base(peewee.Model):
        version = peewee.IntegerField(column_name="RowVersion", constraints=[peewee.SQL("DEFAULT 1")], default=1)

        class Meta:
            database = db
            legacy_table_names = False

    class CallingHours(Base):
        number = peewee.AutoField(column_name="HoursNo")
        country = peewee.TextField(column_name="Country", null=True)
        state = peewee.TextField(column_name="State", null=True)
        days = peewee.TextField(column_name="Weekdays", null=True)
        begins = peewee.CharField(column_name="FromTime", max_length=5, null=True)
        ends = peewee.CharField(column_name="ToTime", max_length=5, null=True)

        class Meta:
            table_name = "CRMCallingHours"

    class DoNotCall(Base):
        number = peewee.AutoField(column_name="EntryNo")
        key_of_number = peewee.TextField(column_name="NumberKey", null=True)
        source = peewee.TextField(column_name="Source", null=True)
        listed_on = peewee.DateField(column_name="ListedDt", null=True)
        reason = peewee.TextField(column_name="Reason", null=True)

        class Meta:
            table_name = "CRMDoNotCall"
            indexes = ((("key_of_number", "source"), True), (("source", "listed_on"), False))

    class Holiday(Base):
        number = peewee.AutoField(column_name="HolidayNo")
        day = peewee.DateField(column_name="Day", null=True)
        country = peewee.TextField(column_name="Country", null=True)
        state = peewee.TextField(column_name="State", null=True)
        name = peewee.TextField(column_name="Name", null=True)

        class Meta:
            table_name = "CRMHolidays"
            indexes = ((("day", "country"), False),)

    class Setting(Base):
        name = peewee.CharField(column_name="Name", max_length=60, primary_key=True)
        value = peewee.TextField(column_name="Value", null=True)

        class Meta:
            table_name = "CRMSettings"

    db.create_tables([CallingHours, DoNotCall, Holiday])
    for table in ("Customers", "CRMLeads"):
        flag = peewee.BooleanField(default=False, constraints=[peewee.SQL("DEFAULT FALSE")])
        migrator.migrate(migrator.add_column(table, "DoNotCall", flag))
    for country, days, begins, ends in HOURS:
        CallingHours.insert(country=country, state="", days=days, begins=begins, ends=ends).execute()
    Setting.insert(name="calling.register_secret", value=secrets.token_hex(32)).execute()
