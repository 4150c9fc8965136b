"""What stands in the calendar of an operator, read from the office: one event for each reminder (SI-31)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from channergy_crm import clock
from channergy_crm.language import _
from channergy_crm.records import Account, Lead, Task
from channergy_crm.services import due, office, reminders, rights
from channergy_crm.settings import OFFICE_ID, OFFICE_NAME, TIME_ZONE
from channergy_crm.text import series
from channergy_crm.transfer.calendars import people, zones
from channergy_crm.transfer.calendars.writing import Event, Wall, written
from channergy_crm.work import key_field

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from channergy_crm.work.record import Record

    Unseen = Mapping[type[Record], frozenset[str]]

TABLES = frozenset(record._meta.table_name for record in (Task, Lead))
"""whose records stand in calendars"""


def wall(by: str) -> Wall:
    """The office's clock: the zone that was chosen for it, or that of this machine; and when its day begins."""
    chosen = office.get(TIME_ZONE, by).strip()
    return Wall(chosen if zones.known(chosen) else zones.here(), due.day_begins(by))


def events(by: str) -> list[Event]:
    """What stands in the calendar of this operator now, by number."""
    rights.require(by, "see")
    tasks = _marked(Task, by, reminders.task_reminders(by)) if rights.may(by, "see", Task) is None else []
    leads = _marked(Lead, by, reminders.lead_reminders(by)) if rights.may(by, "see", Lead) is None else []
    return told([*tasks, *leads], by)


def told(records: Sequence[Task | Lead], by: str) -> list[Event]:
    """These reminders as events; they all have a day. What is not shown to this one does not go out either (VT-96)."""
    rights.require(by, "see")
    id, tasks = office.get(OFFICE_ID, by), [one for one in records if isinstance(one, Task)]
    of_tasks = {one.number: one for one in _those(Lead, (task.lead for task in tasks), by)}
    accounts = {one.number: one for one in _those(Account, (task.account for task in tasks), by)}
    unseen: Unseen = {record: rights.hidden(record, by) for record in (Task, Lead, Account)}
    invited = people.of_tasks(tasks, by)

    def event(one: Task | Lead) -> Event:
        if isinstance(one, Task):
            return _of_task(one, accounts.get(one.account) or of_tasks.get(one.lead), id, unseen)._replace(
                people=invited.get(one.number, ())
            )
        return _of_lead(one, id, unseen)

    return [event(one) for one in records]


def text(held: Sequence[Event], by: str) -> str:
    """The file of these events of an operator."""
    rights.require(by, "see")
    return written(held, f"{office.get(OFFICE_NAME, by)} · {by}", wall(by))


def _marked(record: type[Any], by: str, mine: object) -> list[Any]:
    return list(rights.rows(record, by).where(mine & record.in_calendar).order_by(record.number))


def _those(record: type[Record], keys: Iterable[int | None], by: str) -> Iterable[Any]:
    wanted = sorted({key for key in keys if key is not None})
    if not wanted or rights.may(by, "see", record) is not None:
        return []
    return rights.rows(record, by).where(key_field(record).in_(wanted))


def uid(record: Record, office_id: str) -> str:
    """What a calendar knows a record by, for ever: what it came in with, or its table and number in this office."""
    brought = str(record.__data__.get("calendar_uid") or "")
    return brought or f"{record._meta.table_name}-{record.key}@{office_id}"


def _of_task(task: Task, about: Account | Lead | None, id: str, unseen: Unseen) -> Event:
    hidden, who = unseen[Task], about.caption() if about is not None else ""
    notes, rule = ("" if name in hidden else str(getattr(task, name) or "") for name in ("notes", "repeats"))
    title = f"{task.caption()} · {who}" if who and who not in task.caption() else task.caption()
    event = _event(task, id, title, [_said(about, unseen), notes], rule)
    return event._replace(
        minutes=0 if "minutes" in hidden else task.minutes or 0, place="" if "place" in hidden else task.place or "",
        kind="" if "activity" in hidden else task.activity or "",
        left_out=series.left_out(task.left_out or "") if rule else frozenset(),
    )  # fmt: skip


def _of_lead(lead: Lead, id: str, unseen: Unseen) -> Event:
    notes = "" if "notes" in unseen[Lead] else lead.notes
    return _event(lead, id, _("Call {name}").format(name=lead.caption()), [_said(lead, unseen), notes])


def _event(record: Task | Lead, id: str, title: str, about: Sequence[str], rule: str = "") -> Event:
    day = record.reminder_date or clock.today()
    planned = record.planned_on if isinstance(record, Task) and rule else None
    told = "\n\n".join(part for part in about if part)
    return Event(uid(record, id), (record.version or 1) - 1, title, told, day, record.reminder_time, rule, planned)


def _said(record: Account | Lead | None, unseen: Unseen) -> str:
    """Who it is about and the number to call."""
    if record is None:
        return ""
    company = record.company if isinstance(record, Lead) else ""
    phone = "" if "phone" in unseen[type(record)] else record.phone
    return " · ".join(dict.fromkeys(part for part in (record.caption(), company, phone) if part))
