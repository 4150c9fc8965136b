"""What runs by itself: the occurrences of the jobs, the workstation that does them, and whose its backups are."""

import uuid

import peewee


def up(migrator, db):
    class Base(peewee.Model):
        class Meta:
            database = db
            legacy_table_names = False

    class JobRow(Base):
        number = peewee.AutoField(column_name="JobNo")
        job = peewee.TextField(column_name="JobName")
        due = peewee.DateTimeField(column_name="DueDt")
        state = peewee.TextField(column_name="State")
        tries = peewee.IntegerField(column_name="Tries", default=0)
        next_try = peewee.DateTimeField(column_name="NextTryDt", null=True)
        error = peewee.TextField(column_name="LastError", null=True)
        started = peewee.DateTimeField(column_name="StartedDt", null=True)
        finished = peewee.DateTimeField(column_name="FinishedDt", null=True)
        station = peewee.TextField(column_name="Workstation", null=True)

        class Meta:
            table_name = "CRMJobs"
            indexes = ((("job", "due"), True),)

    class LeaseRow(Base):
        name = peewee.CharField(column_name="LeaseName", max_length=40, primary_key=True)
        holder = peewee.TextField(column_name="Holder")
        until = peewee.BigIntegerField(column_name="UntilSeconds")

        class Meta:
            table_name = "CRMLeases"

    class OfficeSetting(Base):
        name = peewee.CharField(column_name="Name", primary_key=True, max_length=60)
        value = peewee.TextField(column_name="Value", null=True)

        class Meta:
            table_name = "CRMSettings"

    db.create_tables([JobRow, LeaseRow])
    OfficeSetting.insert(name="office_id", value=uuid.uuid4().hex).execute()
