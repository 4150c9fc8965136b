"""What runs by itself: each occurrence of each job, and which workstation does them for the office just now.

The program's own bookkeeping: it stands in no journal, nobody undoes it and no other window is told. Kept by `jobs`.
"""

from __future__ import annotations

from typing import Literal

import peewee

from channergy_crm.store import database

State = Literal["waiting", "running", "done", "failed"]


class JobRow(peewee.Model):
    """One occurrence of a job: when it was due by the office's clock, and what has become of it."""

    number = peewee.AutoField(column_name="JobNo")
    job = peewee.TextField(column_name="JobName")
    due = peewee.DateTimeField(column_name="DueDt")
    state = peewee.TextField(column_name="State")
    tries = peewee.IntegerField(column_name="Tries", default=0)
    next_try = peewee.DateTimeField(column_name="NextTryDt", null=True)
    """when it is tried again; None: not any more"""
    error = peewee.TextField(column_name="LastError", null=True)
    started = peewee.DateTimeField(column_name="StartedDt", null=True)
    finished = peewee.DateTimeField(column_name="FinishedDt", null=True)
    station = peewee.TextField(column_name="Workstation", null=True)

    class Meta:
        database = database.proxy
        table_name = "CRMJobs"
        legacy_table_names = False
        indexes = ((("job", "due"), True),)


class LeaseRow(peewee.Model):
    """Who does something for the whole office, and until when by the clock of the store: seconds since 1970."""

    name = peewee.CharField(column_name="LeaseName", max_length=40, primary_key=True)
    holder = peewee.TextField(column_name="Holder")
    until = peewee.BigIntegerField(column_name="UntilSeconds")

    class Meta:
        database = database.proxy
        table_name = "CRMLeases"
        legacy_table_names = False
