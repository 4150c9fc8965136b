"""Which reminders have been shown to whom, and for which moment: each comes up once (BX-15)."""

from __future__ import annotations

import peewee

from channergy_crm.store import database


class ShownRow(peewee.Model):
    """That a reminder came up for an operator at the moment it was due.

    The program's own bookkeeping: it stands in no journal and nobody undoes it. `due` is the day and the time the
    reminder says, such as "2026-11-23 15:20", or the day and a blank where it says no time; a reminder that is put off
    says another one and comes up again. `holder` is the window it came up in; `answered` is empty while nobody has
    gone to it.
    """

    by = peewee.CharField(column_name="OperatorID", max_length=10)
    table = peewee.CharField(column_name="TableName", max_length=60)
    number = peewee.IntegerField(column_name="RecordNo")
    due = peewee.CharField(column_name="DueDt", max_length=20)
    holder = peewee.CharField(column_name="Holder", max_length=40)
    shown = peewee.DateTimeField(column_name="ShownDt")
    answered = peewee.DateTimeField(column_name="AnsweredDt", null=True)

    class Meta:
        database = database.proxy
        table_name = "CRMShownReminders"
        legacy_table_names = False
        primary_key = peewee.CompositeKey("by", "table", "number", "due")
