"""What an operator wants to get done in a day: calls, people reached, appointments (BX-22)."""

from __future__ import annotations

from channergy_crm.fields import Link, Number, RecordNumber
from channergy_crm.language import _
from channergy_crm.records.operators import Operator
from channergy_crm.work.about import About
from channergy_crm.work.record import Record

MOST = 9_999


class Goal(Record):
    """The goals of a day. Those without an operator are everybody's who has none of their own; an empty one is none."""

    number = RecordNumber("Goal #", column_name="GoalNo")
    operator = Link(Operator, "Operator ID", column_name="OperatorID", index=True)
    calls = Number("Calls", column_name="Calls", least=1, most=MOST)
    reached = Number("Reached", column_name="Reached", least=1, most=MOST)
    appointments = Number("Appointments", column_name="Appointments", least=1, most=MOST)

    singular = "Daily goal"
    plural = "Daily goals"
    about = About(internal=True)

    class Meta:
        table_name = "CRMGoals"

    def caption(self) -> str:
        return str(self.__data__.get("operator") or _("Everybody"))
