"""What stands in somebody's calendar: few among many, and known again by what their calendar calls it (SI-31)."""

from __future__ import annotations

import peewee

from channergy_crm.records.activities import Task
from channergy_crm.records.people import Lead


def brought() -> peewee.ColumnBase:
    """The tasks that came out of somebody's calendar."""
    # Written without parameters: an index over these alone is only recognised by its very words.
    return peewee.NodeList((Task.calendar_uid, peewee.SQL("<> ''")))


Lead.add_index(Lead.owner, where=peewee.NodeList((Lead.in_calendar,)), name="CRMLeads_in_calendar")
Task.add_index(Task.calendar_uid, where=brought(), name="CustServ_calendar_uid")
