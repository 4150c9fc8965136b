"""What people write down beside the fields of a record, and who is named in a note (BX-8, BX-48)."""

from __future__ import annotations

import peewee

from channergy_crm.fields import Flag, Link, LongText, Moment, Number, RecordNumber, Text
from channergy_crm.language import _
from channergy_crm.records.operators import Operator
from channergy_crm.store import database
from channergy_crm.work.about import About
from channergy_crm.work.record import Record

LONGEST = 20_000
"""letters of one note"""


class Note(Record):
    """A note on a record of any type: who wrote it, when, and whether it is pinned on top of the timeline.

    Its text is plain, with the signs of a few of Markdown's forms: `**bold**`, `*italic*`, lines that begin with `- `
    or `1. `. It stands at a record by table and number; rights are those of that record.
    """

    number = RecordNumber("Note #", column_name="NoteNo")
    table = Text("Table", column_name="TableName", required=True, system=True, limit=60)
    of = Text("Record #", column_name="RecordNo", required=True, system=True, limit=60)
    text = LongText("Note", column_name="Note", required=True, limit=LONGEST)
    author = Link(Operator, "Operator ID", column_name="OperatorID", required=True, system=True, width=10)
    created = Moment("Create Dt", column_name="CreateDt", required=True, system=True)
    edited = Moment("Last Update Dt", column_name="LastUpdateDt", system=True)
    pinned = Flag("Pinned", column_name="IsPinned", system=True)

    singular = "Note"
    plural = "Notes"
    about = About(icon="note", internal=True)

    class Meta:
        table_name = "CRMNotes"
        indexes = ((("table", "of", "created"), False),)

    def caption(self) -> str:
        return _("Note {number}").format(number=self.number)


class Mention(Record):
    """That a note names an operator: `@ANN`."""

    number = RecordNumber("Mention #", column_name="MentionNo")
    note = Number("Note #", column_name="NoteNo", required=True, index=True)
    operator = Link(Operator, "Operator ID", column_name="OperatorID", required=True, width=10)

    singular = "Mention"
    plural = "Mentions"
    about = About(internal=True)

    class Meta:
        table_name = "CRMMentions"


class MentionRead(peewee.Model):
    """That somebody was told they are named in a note: the program's own bookkeeping, so nobody is told twice."""

    mention = peewee.IntegerField(column_name="MentionNo", primary_key=True)
    told = peewee.DateTimeField(column_name="ToldDt")

    class Meta:
        database = database.proxy
        table_name = "CRMMentionsRead"
        legacy_table_names = False
