"""What is promised: due now, upcoming and pending, the calls of today (VT-27, VT-29)."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from channergy_crm import access, clock
from channergy_crm.query.listing import ListQuery
from channergy_crm.records import Lead, PhoneCall, Task
from channergy_crm.records.call_log import Direction
from channergy_crm.services import reminders, rights
from channergy_crm.services.calendar import entries
from channergy_crm.services.home.lines import ROWS, Content, Line, Said, first_of, how_many
from channergy_crm.text.names import person_name

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from peewee import ColumnBase

    from channergy_crm.services.calendar.entries import Entry

ORDER = (("reminder_date", False),)
OF_TASK = ("action", "account_name", "phone", "reminder_date", "reminder_time", "account")
OF_LEAD = ("description", "first_name", "last_name", "company", "phone", "reminder_date", "reminder_time")
PENDING, AHEAD = 3, 14
"""rows of what is pending where more is coming; days that are looked ahead"""
LATEST = time(23, 59)


class Hour(NamedTuple):
    """An hour of today on the office's clock: how many were called in it, how many of them were reached."""

    hour: int
    calls: int
    reached: int


def due_now(by: str, project: int | None = None) -> Content:
    """The tasks and leads promised until the end of today, the oldest first; how many in all, and how many tomorrow."""
    rights.require(by, "count", Task)
    today, found, tomorrow = clock.today(), list[Line](), 0
    if rights.may(by, "see", Task) is None:
        mine = reminders.task_reminders(by, project)
        found += [_task(number, values) for number, values in first_of(_until(Task, OF_TASK, mine, today, by))]
        tomorrow += how_many(_on(Task, mine, today + timedelta(days=1), by))
    if rights.may(by, "see", Lead) is None:
        mine = reminders.lead_reminders(by, project)
        found += [_lead(number, values) for number, values in first_of(_until(Lead, OF_LEAD, mine, today, by))]
        tomorrow += how_many(_on(Lead, mine, today + timedelta(days=1), by))
    found.sort(key=_when)
    return Content(tuple(found[:ROWS]), sum(reminders.due(by, project=project)), tomorrow=tomorrow)


def activities(by: str, project: int | None = None) -> Content:
    """What is overdue and not closed, then what comes today and on the next days, each under its heading (VT-27).

    It is what the calendar says of the same operator: one rule of what is pending.
    """
    rights.require(by, "count", Task)
    whose = access.lists_of(by, Task)
    late, coming = entries.pending(whose, by, ROWS, project), entries.upcoming(whose, by, ROWS, project, AHEAD)
    shown = late[: max(PENDING, ROWS - len(coming))]
    lines = _lines([*shown, *coming[: ROWS - len(shown)]], by)
    today, mine = clock.today(), reminders.task_reminders(by, project)
    until = Task.reminder_date <= today + timedelta(days=AHEAD)
    invited = sum(each.guest for each in coming)
    return Content(tuple(lines), how_many(ListQuery(Task, (), mine & until, by=by)) + invited)


def pending(by: str, limit: int = ROWS, project: int | None = None) -> list[Line]:
    """The tasks of this operator that are overdue and not closed, the oldest first (VT-27)."""
    rights.require(by, "count", Task)
    return _lines(entries.pending(access.lists_of(by, Task), by, limit, project), by)


def upcoming(by: str, limit: int = ROWS, project: int | None = None) -> list[Line]:
    """What comes later today and within two weeks for this operator, the next first, each once (VT-27)."""
    rights.require(by, "count", Task)
    return _lines(entries.upcoming(access.lists_of(by, Task), by, limit, project, AHEAD), by)


def _lines(held: Sequence[Entry], by: str) -> list[Line]:
    """As rows, with the phone numbers of those they are about."""
    query = ListQuery(Task, OF_TASK, Task.number.in_([each.task for each in held]), by=by)
    found = dict(first_of(query, len(held))) if held else {}
    return [_activity(each, found.get(each.task)) for each in held]


def _activity(entry: Entry, values: Mapping[str, Any] | None) -> Line:
    meaning = "overdue" if entry.state == "overdue" else ""
    if values is None:  # what one is only invited to, and may not see as a record
        return Line(("calendar", entry.task), entry.title, (Said(None, entry.place),), entry.day, entry.at, "",
                    meaning, "task")  # fmt: skip
    line = _task(entry.task, values)
    return line._replace(day=entry.day, at=entry.at, meaning=meaning)


def calls_today(by: str) -> list[Hour]:
    """The hours of today in which this operator called somebody, by the office's clock."""
    rights.require(by, "count", PhoneCall)
    begun = datetime.combine(clock.today(), time())
    mine = (PhoneCall.operator == by) & (PhoneCall.started >= begun) & (PhoneCall.direction == Direction.OUT.value)
    held: dict[int, list[int]] = {}
    asked: Any = PhoneCall.select(PhoneCall.started, PhoneCall.reached).where(mine).tuples()
    for started, reached in asked:
        counts = held.setdefault(started.hour, [0, 0])
        counts[0] += 1
        counts[1] += bool(reached)
    return [Hour(hour, *counts) for hour, counts in sorted(held.items())]


def _until(record: Any, columns: tuple[str, ...], mine: ColumnBase, day: date, by: str) -> ListQuery:
    return ListQuery(record, columns, mine & (record.reminder_date <= day), order=ORDER, by=by)


def _on(record: Any, mine: ColumnBase, day: date, by: str) -> ListQuery:
    return ListQuery(record, (), mine & (record.reminder_date == day), by=by)


def _when(line: Line) -> tuple[int, time]:
    return line.day.toordinal() if line.day is not None else 0, line.at or LATEST


def _task(number: int, values: Mapping[str, Any]) -> Line:
    opens = "account_task" if values["account"] else "task"
    return Line((opens, number), str(values["action"] or ""), (Said(None, values["account_name"] or ""),),
                values["reminder_date"], values["reminder_time"], str(values["phone"] or ""), icon="task")  # fmt: skip


def _lead(number: int, values: Mapping[str, Any]) -> Line:
    name = person_name(values["first_name"] or "", values["last_name"] or "")
    what = str(values["description"] or name or values["company"] or "")
    who = " · ".join(part for part in (name, values["company"]) if part and part != what)
    return Line(("lead", number), what, (Said(None, who),), values["reminder_date"], values["reminder_time"],
                str(values["phone"] or ""), icon="lead")  # fmt: skip
