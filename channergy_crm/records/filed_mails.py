"""Mails that are filed with a person, and which mails of a watched folder were looked at (BX-14)."""

from __future__ import annotations

from enum import StrEnum

import peewee

from channergy_crm.fields import Link, LongText, Moment, Number, RecordNumber, Text
from channergy_crm.language import _
from channergy_crm.records.operators import Operator
from channergy_crm.store import database
from channergy_crm.work.about import About
from channergy_crm.work.record import Record

LONGEST_ID, LONGEST_ADDRESSES, LONGEST_SUBJECT, LONGEST_TEXT = 250, 2_000, 500, 100_000
IN, OUT = "in", "out"
"""a mail to the office, and one the office has sent"""


class FiledMail(Record):
    """A mail on a record: from whom, to whom, when it was sent, what it says. Its files are documents there.

    It stands at a record by table and number, as notes do; rights are those of that record. `answers` is the number of
    the message of ours it is somebody's answer to. `files` are the numbers of its documents.
    """

    number = RecordNumber("Mail #", column_name="FiledMailNo")
    message_id = Text("Message ID", column_name="MessageId", required=True, limit=LONGEST_ID)
    table = Text("Table", column_name="TableName", required=True, system=True, limit=60)
    of = Text("Record #", column_name="RecordNo", required=True, system=True, limit=60)
    direction = Text("Direction", column_name="Direction", required=True, system=True, limit=40)
    sender = Text("From", column_name="Sender", limit=LONGEST_ADDRESSES)
    to = Text("To", column_name="Recipients", limit=LONGEST_ADDRESSES)
    subject = Text("Subject", column_name="Subject", limit=LONGEST_SUBJECT)
    sent = Moment("Sent", column_name="SentDt", required=True, system=True)
    text = LongText("Text", column_name="Text", limit=LONGEST_TEXT)
    answers = Number("Answer to", column_name="AnswersMessageNo", system=True, index=True)
    files = Text("Files", column_name="DocumentNos", system=True, hidden=True, limit=LONGEST_ADDRESSES)
    by = Link(Operator, "Operator ID", column_name="OperatorID", system=True, width=10)
    created = Moment("Create Dt", column_name="CreateDt", required=True, system=True)

    singular = "Filed mail"
    plural = "Filed mails"
    about = About(icon="email", internal=True, found_again=True, stands_at=("table", "of"))

    class Meta:
        table_name = "CRMFiledMails"
        indexes = ((("message_id",), True), (("table", "of", "sent"), False))

    def caption(self) -> str:
        return self.subject or _("Mail {number}").format(number=self.number)


class Seen(StrEnum):
    """What has become of a mail in the watched folder."""

    FILED = "filed"
    WAITING = "waiting"


class WatchedRow(peewee.Model):
    """A mail of the watched folder that was looked at: the program's own bookkeeping, in no journal.

    It names nobody: `mail` is a hash of the mail's own id, so that it is known again where the server counts anew.
    """

    number = peewee.AutoField(column_name="WatchedNo")
    place = peewee.CharField(column_name="PlaceKey", max_length=40)
    """which folder of which server, as a hash"""
    validity = peewee.BigIntegerField(column_name="UidValidity")
    uid = peewee.BigIntegerField(column_name="Uid")
    mail = peewee.CharField(column_name="MailHash", max_length=64, index=True)
    state = peewee.CharField(column_name="State", max_length=20)
    looked = peewee.DateTimeField(column_name="LookedDt")

    class Meta:
        database = database.proxy
        table_name = "CRMWatchedMails"
        legacy_table_names = False
        indexes = ((("place", "validity", "uid"), True), (("state",), False))
