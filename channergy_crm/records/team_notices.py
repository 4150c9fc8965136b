"""What is told to the others in the office: a notice somebody sends, and that something was sold (BX-50)."""

from __future__ import annotations

from enum import StrEnum

import peewee

from channergy_crm.fields import LongText, Moment, Number, RecordNumber, Text
from channergy_crm.language import _
from channergy_crm.store import database
from channergy_crm.work.about import About
from channergy_crm.work.record import Record


class Told(StrEnum):
    """What a notice is."""

    NOTICE = "notice"
    SALE = "sale"


class TeamNotice(Record):
    """A notice to everybody (`to` is empty), to a group or to one operator, shown until a moment of the office's clock.

    That something was sold has no text: it names the record, which is shown to those who may see it.
    """

    number = RecordNumber("Notice #", column_name="NoticeNo")
    what = Text("What", column_name="NoticeKind", required=True, system=True, limit=40)
    text = LongText("Text", column_name="NoticeText", limit=500)
    sender = Text("From", column_name="FromOperatorID", required=True, limit=40, width=10)
    to = Text("To", column_name="ToOperatorID", limit=40, width=10)
    made = Moment("Sent", column_name="MadeDt", required=True)
    until = Moment("Until", column_name="UntilDt")
    table = Text("Table", column_name="TableName", system=True, limit=60)
    record = Number("Record #", column_name="RecordNo", system=True)

    singular = "Notice"
    plural = "Notices"
    about = About(internal=True)

    class Meta:
        table_name = "CRMTeamNotices"
        indexes = ((("until",), False),)

    def caption(self) -> str:
        return _("Notice {number}").format(number=self.number)


class NoticeSeen(peewee.Model):
    """That a notice was shown to an operator: never twice. The program's own bookkeeping, in no journal."""

    notice = peewee.IntegerField(column_name="NoticeNo")
    operator = peewee.CharField(column_name="OperatorID", max_length=10)

    class Meta:
        database = database.proxy
        table_name = "CRMNoticesSeen"
        legacy_table_names = False
        primary_key = peewee.CompositeKey("notice", "operator")
