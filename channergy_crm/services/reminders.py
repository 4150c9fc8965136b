"""Reminders: what is overdue, due today and coming, for one operator, on the office's wall clock (CH-10…CH-16)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from channergy_crm import clock, work
from channergy_crm.errors import Mistake
from channergy_crm.language import N_, _, counted
from channergy_crm.records import Account, Lead, Task
from channergy_crm.services import reading, rights, tasks
from channergy_crm.work.called import deed

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime, time

    from peewee import ColumnBase

State = Literal["overdue", "due", "today", "coming"]
Standing = Literal["late", "today", "later", "none"]
STANDINGS: tuple[Standing, ...] = ("late", "today", "later", "none")
"""how reminders stand, in the order in which they are looked at"""


def task_reminders(by: str, project: int | None = None) -> ColumnBase:
    """Open tasks that carry a reminder (CH-11); with a project those that belong to it."""
    return open_tasks(by, project) & Task.reminder_date.is_null(False)


def open_tasks(by: str, project: int | None = None) -> ColumnBase:
    """All open tasks (CH-12); with a project those that belong to it."""
    still_open: ColumnBase = rights.visible(Task, by, project) & ~Task.closed
    return still_open


def lead_reminders(by: str, project: int | None = None) -> ColumnBase:
    """Leads that carry a reminder, neither removed nor converted nor lost (CH-13, VT-152); with a project those that
    belong to it.
    """
    mine: ColumnBase = rights.visible(Lead, by, project) & Lead.working()
    return mine & Lead.reminder_date.is_null(False)


def _timed(record: type[Lead] | type[Task]) -> ColumnBase:
    timed: ColumnBase = record.reminder_time.is_null(False) & (record.reminder_time != "")
    return timed


def conditions(record: type[Lead] | type[Task]) -> list[ColumnBase]:
    """The conditions of `STANDINGS`: late is an earlier day, or a minute that has come today."""
    now = clock.now()
    come = (record.reminder_date == now.date()) & _timed(record) & (record.reminder_time <= now.strftime("%H:%M"))
    return [
        (record.reminder_date < now.date()) | come, record.reminder_date == now.date(),
        record.reminder_date > now.date(), record.reminder_date.is_null(),
    ]  # fmt: skip


def due(by: str, whose: str = "", project: int | None = None) -> tuple[int, int]:
    """How many reminders are late, and how many more come today: what the badge of the tab tells (F-51).

    Those of `by`, or of somebody whose lists they look at (K3), of all projects or of one.
    """
    rights.require(by, "count", Task)
    now, late, today = clock.now(), 0, 0
    of_leads = rights.visible(Lead, whose or by, project) & Lead.working()
    for record, mine in ((Task, open_tasks(whose or by, project)), (Lead, of_leads)):
        rows = rights.rows(record, by, record.number)
        # In the words of the index over what is promised: asked in others, each late one is looked up in the table.
        promised = record.reminder_date.is_null() == False  # noqa: E712  peewee writes the comparison
        on_this_day = mine & (record.reminder_date == now.date())
        come = rows.where(on_this_day & _timed(record) & (record.reminder_time <= f"{now:%H:%M}")).count()
        late += rows.where(mine & promised & (record.reminder_date < now.date())).count() + come
        today += rows.where(on_this_day).count() - come
    return late, today


def state(day: date | None, at: time | None, now: datetime | None = None) -> State | None:
    """How a reminder stands: overdue (an earlier day), due (its minute has come), later today, or coming."""
    now = now or clock.now()
    if day is None:
        return None
    if day < now.date():
        return "overdue"
    if day > now.date():
        return "coming"
    return "due" if at is None or at <= now.time().replace(second=0, microsecond=0) else "today"


def standing(day: date | None, at: time | None, now: datetime | None = None) -> Standing:
    """In which section a reminder stands: late, today, later, or none where it has no day."""
    held = state(day, at, now)
    if held == "due" and at is None:
        return "today"
    known: dict[str | None, Standing] = {"overdue": "late", "due": "late", "today": "today", "coming": "later"}
    return known.get(held, "none")


def snooze(record: type[Lead] | type[Task], numbers: Sequence[int], day: date, by: str, at: time | None = None) -> int:
    """Put the reminders of these off to another day in one step; how many. Without a time each keeps its own."""
    rights.require(by, "edit", record)
    with work.unit("Snooze reminders", by=by) as unit:
        held: list[Lead | Task] = work.locked(record, record.number.in_(list(numbers)))
        for one in held:
            one.reminder_date, one.reminder_time = day, at or one.reminder_time
        unit.say(N_("Snooze {records}"), records=counted(record, len(held)))
        return unit.save_many(held)


def close_task(number: int, by: str) -> None:
    """Close the task of a reminder (CH-15)."""
    if not tasks.close([number], by):
        raise Mistake(_("That task is closed already."))


def close_lead(number: int, by: str) -> None:
    """Take the reminder off a lead (CH-15)."""
    lead = Lead.find(number)
    rights.require(by, "edit", lead or Lead)
    if lead is None:
        raise Mistake(_("Lead {number} is not there any more.").format(number=number))
    said = deed(lead, N_("Close reminder of lead {name}"), N_("Close reminder of {name}"))
    with work.unit(said, by=by, name=lead.caption()):
        lead.reminder_date = None
        lead.reminder_time = None
        lead.save()


def close_leads(numbers: Sequence[int], by: str) -> int:
    """Take the reminders off all of these leads in one step; how many had one (CH-15, F-68)."""
    rights.require(by, "edit", Lead)
    with work.unit("Close reminders of leads", by=by) as unit:
        held = [lead for lead in work.locked(Lead, Lead.number.in_(list(numbers))) if lead.reminder_date]
        for lead in held:
            lead.reminder_date = lead.reminder_time = None
        unit.say(N_("Close reminders of {records}"), records=counted(Lead, len(held)))
        return unit.save_many(held)


def phone_behind(record: type[Lead] | type[Task], number: int, by: str) -> str:
    """The phone number to dial for a reminder: the lead's, or that of the task's account or lead."""
    held = reading.find(record, number, by)
    if isinstance(held, Lead):
        return held.phone
    if held is None:
        return ""
    account = Account.find(held.account) if held.account else None
    lead = Lead.find(held.lead) if held.lead else None
    return (account.phone if account else "") or (lead.phone if lead else "")
