"""What the office keeps about people's data: which fields are theirs, for how long, with whose consent, who asked.

Everything that stands at a record names it by table and number (DP-1, DP-2, DP-6, DP-9, DP-10).
"""

from __future__ import annotations

from enum import StrEnum

import peewee

from channergy_crm.fields import Date, Flag, Link, LongText, Moment, Number, RecordNumber, Text
from channergy_crm.language import N_, _
from channergy_crm.records.operators import Operator
from channergy_crm.store import database
from channergy_crm.work.about import ADMINISTRATORS, About
from channergy_crm.work.record import Record

LONGEST_KEPT = 1_200
"""months: a hundred years"""


class PersonalField(Record):
    """That the office takes a field for personal, or not, where it has said so itself (SI-36, SI-38)."""

    number = RecordNumber("Number", column_name="PersonalFieldNo")
    table = Text("Table", column_name="TableName", required=True, limit=60)
    column = Text("Column", column_name="ColumnName", required=True, limit=64)
    erased = Flag("Personal", column_name="IsPersonal", default=True)

    singular = "Personal field"
    plural = "Personal fields"
    about = About(internal=True, rights=ADMINISTRATORS)

    class Meta:
        table_name = "CRMPersonalFields"
        indexes = ((("table", "column"), True),)

    def caption(self) -> str:
        return _("Personal field {number}").format(number=self.number)


class Retention(Record):
    """How many months records of a type, or those with one status, stay after they were last in touch (DP-2)."""

    number = RecordNumber("Number", column_name="RetentionNo")
    table = Text("Table", column_name="TableName", required=True, system=True, limit=60)
    status = Text("Status", column_name="Status", limit=120)
    months = Number("Months", column_name="Months", least=1, most=LONGEST_KEPT, required=True)

    singular = "Time to keep"
    plural = "Times to keep"
    about = About(internal=True, rights=ADMINISTRATORS)

    class Meta:
        table_name = "CRMRetention"
        indexes = ((("table", "status"), True),)

    def caption(self) -> str:
        return _("Time to keep {number}").format(number=self.number)


class Touch(Record):
    """That somebody has looked at a record and says why it stays: its age begins anew (SI-41)."""

    number = RecordNumber("Touch #", column_name="TouchNo")
    table = Text("Table", column_name="TableName", required=True, system=True, limit=60)
    of = Text("Record #", column_name="RecordNo", required=True, system=True, limit=60)
    touched = Moment("Touched", column_name="TouchDt", required=True, system=True)
    operator = Link(Operator, "Operator ID", column_name="OperatorID", required=True, system=True, width=10)
    why = Text("Why", column_name="Why", required=True, limit=250, width=40)

    singular = "Touch"
    plural = "Touches"
    about = About(internal=True)

    class Meta:
        table_name = "CRMTouches"
        indexes = ((("table", "of", "touched"), False),)

    def caption(self) -> str:
        return _("Touch {number}").format(number=self.number)


class Basis(StrEnum):
    """What allows the office to keep somebody's data for a purpose."""

    CONSENT = N_("consent")
    CONTRACT = N_("contract")
    LEGITIMATE = N_("legitimate interest")
    LAW = N_("legal duty")


class Consent(Record):
    """What somebody has agreed to: for which purpose, since when, where that is from, and until when (DP-10)."""

    number = RecordNumber("Consent #", column_name="ConsentNo")
    table = Text("Table", column_name="TableName", required=True, system=True, limit=60)
    of = Text("Record #", column_name="RecordNo", required=True, system=True, limit=60)
    purpose = Text("Purpose", column_name="Purpose", required=True, suggested=True, limit=120, width=30)
    basis = Text("Basis", column_name="Basis", required=True, system=True, limit=40)
    given = Date("Given", column_name="GivenDt", required=True, past=True)
    source = Text("Source", column_name="Source", required=True, limit=250, width=30)
    withdrawn = Date("Withdrawn", column_name="WithdrawnDt", past=True)
    operator = Link(Operator, "Operator ID", column_name="OperatorID", required=True, system=True, width=10)

    singular = "Consent"
    plural = "Consents"
    about = About(internal=True)

    class Meta:
        table_name = "CRMConsents"
        indexes = ((("table", "of"), False),)

    def caption(self) -> str:
        return _("Consent {number}").format(number=self.number)


class Channel(StrEnum):
    """By what somebody does not want to be reached."""

    EMAIL = "email"


class OptOut(Record):
    """An address that is not written to, whoever it belongs to by now; a number not called is a `DoNotCall` (DP-7).

    `key_of_address` is the folded address, or `h:` and a keyed hash of it where somebody asked to be forgotten.
    """

    number = RecordNumber("Entry #", column_name="OptOutNo")
    channel = Text("Channel", column_name="Channel", required=True, system=True, limit=20)
    key_of_address = Text("Address", column_name="AddressKey", required=True, limit=400, personal=True, width=30)
    since = Date("Since", column_name="SinceDt", required=True, past=True)
    source = Text("Source", column_name="Source", limit=250, width=30)

    singular = "Address not to be written to"
    plural = "Addresses not to be written to"
    about = About(rank=98)

    class Meta:
        table_name = "CRMOptOuts"
        indexes = ((("channel", "key_of_address"), True),)

    def caption(self) -> str:
        return _("Address not to be written to {number}").format(number=self.number)


class Asked(StrEnum):
    """What somebody asked for."""

    ACCESS = N_("everything about them")
    ERASE = N_("to be forgotten")
    CORRECT = N_("a correction")
    OBJECT = N_("no more advertising")


class DataRequest(Record):
    """That somebody asked the office about their data: when it came in, until when it is due, when it was answered."""

    number = RecordNumber("Request #", column_name="RequestNo")
    table = Text("Table", column_name="TableName", required=True, system=True, limit=60)
    of = Text("Record #", column_name="RecordNo", required=True, system=True, limit=60)
    asked = Text("Asked for", column_name="AskedFor", required=True, system=True, limit=40)
    received = Date("Received", column_name="ReceivedDt", required=True, past=True)
    due = Date("Due", column_name="DueDt", required=True)
    answered = Date("Answered", column_name="AnsweredDt", past=True)
    note = LongText("Note", column_name="Note", personal=True)
    operator = Link(Operator, "Operator ID", column_name="OperatorID", required=True, system=True, width=10)

    singular = "Request about data"
    plural = "Requests about data"
    about = About(internal=True)

    class Meta:
        table_name = "CRMDataRequests"
        indexes = ((("table", "of"), False), (("due",), False))

    def caption(self) -> str:
        return _("Request {number}").format(number=self.number)


class ErasureRow(peewee.Model):
    """That a record was anonymised: the program's own bookkeeping, in no journal, and never taken back (DP-4).

    A backup that is older than it is cleaned again by it; every workstation cleans its drafts by it.
    """

    number = peewee.AutoField(column_name="ErasureNo")
    table = peewee.CharField(column_name="TableName", max_length=60)
    key = peewee.CharField(column_name="RecordNo", max_length=60)
    done = peewee.DateTimeField(column_name="ErasedDt")
    by = peewee.CharField(column_name="OperatorID", max_length=40)
    why = peewee.TextField(column_name="Why")
    again = peewee.BooleanField(column_name="IsToDoAgain", default=False)
    """an older backup was put back since: it must be done once more"""
    cleaned = peewee.DateTimeField(column_name="CleanedDt", null=True)
    """when the file had no trace of it any more"""

    class Meta:
        database = database.proxy
        table_name = "CRMErasures"
        legacy_table_names = False
        indexes = ((("table", "key"), False),)


ERASURES: list[type[peewee.Model]] = [ErasureRow]
