"""Lists somebody gathers by hand: a name, and the records that were put on it."""

from __future__ import annotations

from channergy_crm.fields import Flag, Number, Owner, RecordNumber, Reference, Text
from channergy_crm.language import quoted
from channergy_crm.records.operators import Operator
from channergy_crm.work.about import About
from channergy_crm.work.record import Record


class Gathered(Record):
    """A list of records of one type, put together by hand: “Spring fair”. Own, or shared with the office (BX-14)."""

    number = RecordNumber("List #", column_name="ListNo")
    table = Text("Table", column_name="TableName", required=True, system=True, limit=60, index=True)
    name = Text("Name", column_name="ListName", required=True, limit=60)
    shared = Flag("Shared with the office", column_name="IsShared")
    owner = Owner(Operator, "Operator ID", column_name="OwnerOperatorID", required=True, system=True)

    singular = "List"
    plural = "Lists"
    about = About(internal=True)

    class Meta:
        table_name = "CRMLists"

    def caption(self) -> str:
        return quoted(self.name)


class GatheredRow(Record):
    """One record on one list."""

    number = RecordNumber("Row #", column_name="ListRowNo")
    list = Reference("CRMLists", "List #", column_name="ListNo", index=True)
    record = Number("Record #", column_name="RecordNo", index=True)

    singular = "Row of a list"
    plural = "Rows of lists"
    about = About(internal=True)

    class Meta:
        table_name = "CRMListRows"
