"""What operators say of themselves, and when they are away."""

from __future__ import annotations

import json

import peewee

from channergy_crm.fields import Date, Email, Flag, Kind, Link, LongText, Lookup, Number, Phone, RecordNumber, Text
from channergy_crm.records.operators import Operator
from channergy_crm.work.record import Record


class OwnerCode(Kind[str], peewee.CharField[str]):
    """Whose preferences these are: the ID of an operator."""


class Preferences(Record):
    """An operator's own data and wishes; everybody changes their own (VT-46, VT-50…VT-53, VT-56, VT-64)."""

    operator = OwnerCode("Operator ID", column_name="OperatorID", max_length=10, primary_key=True)
    title = Text("Title", column_name="Title")
    phone = Phone("Phone", column_name="Phone", keyed=False)
    email = Email("Email", column_name="Email")
    reports_to = Link(Operator, "Reports To", column_name="ReportsTo")
    signature = LongText("Signature", column_name="Signature", limit=4000)
    own_composer = Flag("Write e-mail inside the program", column_name="UsesInternalComposer")
    lead_days = Number("A lead is new for", column_name="LeadDays", hint="days", most=365)
    calendar_view = Lookup("Calendar opens with", column_name="CalendarView")
    default_view = Number("Leads open with view", column_name="LeadViewNo", system=True)
    tag_cloud = Flag("Show the tag cloud", column_name="ShowsTagCloud", default=True)
    home_blocks = LongText("Home blocks", column_name="HomeBlocks", system=True)
    first_page = Text("Start with", column_name="FirstPage", system=True, limit=20)
    """the tab that opens first, by its name; "" as the office does it (VT-14, K24)"""

    singular = "Preferences"
    plural = "Preferences"

    class Meta:
        table_name = "CRMPreferences"

    def caption(self) -> str:
        return self.operator


class Absence(Record):
    """Days on which an operator is away: others may take over the reminders meanwhile (BX-39)."""

    number = RecordNumber("Absence #", column_name="AbsenceNo")
    operator = Link(Operator, "Operator ID", column_name="OperatorID", required=True, index=True)
    first = Date("From", column_name="FromDt", required=True)
    last = Date("Until", column_name="UntilDt", required=True)
    note = Text("Why", column_name="Note")
    reroutes_to = Text("Tasks meanwhile go to", column_name="RerouteTo", system=True, limit=250)
    """the IDs of those who get them in turn, as a list in JSON; "" while they stay"""

    singular = "Absence"
    plural = "Absences"

    class Meta:
        table_name = "CRMAbsences"

    def receivers(self) -> list[str]:
        """The IDs of those who get what becomes due meanwhile, in turn."""
        try:
            held = json.loads(self.reroutes_to) if self.reroutes_to else []
        except ValueError:
            return []
        return [str(id) for id in held] if isinstance(held, list) else []
