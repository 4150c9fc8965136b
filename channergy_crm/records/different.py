"""What somebody has said about records that look alike: that they are not the same."""

from __future__ import annotations

from channergy_crm.fields import Number, RecordNumber, Text
from channergy_crm.language import _
from channergy_crm.work.about import About
from channergy_crm.work.record import Record


class Apart(Record):
    """Two records that look alike and are not the same; they are not offered as duplicates again (C13)."""

    number = RecordNumber("Apart #", column_name="ApartNo")
    table = Text("Table", column_name="TableName", required=True, limit=60)
    one = Number("One", column_name="OneNo", index=True)
    other = Number("Other", column_name="OtherNo", index=True)

    singular = "Pair of different records"
    plural = "Pairs of different records"
    about = About(internal=True)

    class Meta:
        table_name = "CRMApart"

    def caption(self) -> str:
        return _("{one} and {other}").format(one=self.one, other=self.other)
