"""What stands on an operator's Home: its blocks, in which column and in which place of it (VT-15, VT-55, VT-62)."""

from __future__ import annotations

from channergy_crm.fields import Link, Number, RecordNumber, Text
from channergy_crm.records.operators import Operator
from channergy_crm.work.about import About
from channergy_crm.work.record import Record


class HomeBlock(Record):
    """A block of an operator's Home, or a saved view that is counted there.

    One that was taken off stays with no rows, so that it comes back where it stood; a block nobody has placed yet has
    no row here.
    """

    number = RecordNumber("Block #", column_name="BlockNo")
    operator = Link(Operator, "Operator ID", column_name="OperatorID", required=True, index=True)
    name = Text("Block", column_name="BlockName", required=True, system=True, limit=60)
    view = Number("View #", column_name="ViewNo", system=True)
    place = Number("Place", column_name="PlaceNo")
    column = Number("Column", column_name="ColumnNo")
    rows = Number("Rows", column_name="RowsShown", most=8)

    singular = "Block of Home"
    plural = "Blocks of Home"
    about = About(internal=True)

    class Meta:
        table_name = "CRMHomeBlocks"

    def caption(self) -> str:
        return self.name
