"""When somebody pauses in a queue, and why: figures tell time at the telephone from time away from it (BX-4)."""

from __future__ import annotations

import peewee

from channergy_crm.language import N_
from channergy_crm.store import database

REASONS = {"break": N_("Break"), "meeting": N_("Meeting"), "other": N_("Other work"), "training": N_("Training")}
"""by the key that is stored"""


class PauseRow(peewee.Model):
    """A pause of an operator. Without an end nobody knows how long it was: the program ended in it.

    The program's own bookkeeping: it stands in no journal, for time that has passed is not taken back.
    """

    number = peewee.AutoField(column_name="PauseNo")
    by = peewee.CharField(column_name="OperatorID", max_length=10)
    reason = peewee.CharField(column_name="Reason", max_length=20)
    began = peewee.DateTimeField(column_name="StartDt")
    ended = peewee.DateTimeField(column_name="EndDt", null=True)
    seconds = peewee.IntegerField(column_name="Seconds", null=True)

    class Meta:
        database = database.proxy
        table_name = "CRMPauses"
        legacy_table_names = False
        indexes = ((("by", "began"), False),)
