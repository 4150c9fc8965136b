"""Reminders that come up by themselves, each once for the very moment it is due (BX-15, C8, C9)."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

import peewee

from channergy_crm import clock, work
from channergy_crm.errors import Mistake
from channergy_crm.language import N_, counted
from channergy_crm.phones.there import local_clock
from channergy_crm.records import Account, Lead, Task
from channergy_crm.records.shown_reminders import ShownRow
from channergy_crm.services import office, reading, reminders, rights
from channergy_crm.services.bulk_changes import Changed
from channergy_crm.services.events import origins
from channergy_crm.settings import DAY_BEGINS
from channergy_crm.store import database
from channergy_crm.store.complaints import translated
from channergy_crm.text.clocks import read_time

if TYPE_CHECKING:
    from collections.abc import Sequence

    from peewee import ColumnBase

MOST = 3
"""reminders that are shown each by itself; the others are counted"""
KEPT_FOR = timedelta(days=60)
"""what came up longer ago and does not stand as it did any more is forgotten"""
Reminding = type[Lead] | type[Task]
RECORDS: tuple[tuple[Reminding, Any], ...] = (
    (Task, reminders.task_reminders), (Lead, reminders.lead_reminders),
)  # fmt: skip
"""what reminds, and which of it is an operator's"""


class Reminder(NamedTuple):
    """A reminder that is due: of which record, when on the office's clock, what it says and how they are reached.

    `at` is None where it has a day alone; `due` is when it comes up then. `there` is what the clock shows where they
    are now, "" where it shows the same here or that is not known.
    """

    record: Reminding
    number: int
    due: datetime
    at: time | None
    title: str
    who: str
    phone: str
    there: str


class Come(NamedTuple):
    """How many have just come up; how many stand there unanswered, here and in all windows, the first of those here,
    and when the next one will come up, today or tomorrow."""

    new: int
    here: int
    missed: int
    first: list[Reminder]
    next: datetime | None


NOTHING = Come(0, 0, 0, [], None)


def day_begins(by: str) -> time:
    """When the working day of the office begins: a reminder without a time comes up then."""
    rights.require(by, "count", Task)
    try:
        return read_time(office.get(DAY_BEGINS, by)) or time(9)
    except Mistake:
        return time(9)


def come(by: str, holder: str, before: int = 0) -> Come:
    """Let come up in this window what is due by now, or in so many minutes, and has not come up anywhere for the very
    moment it is due; and tell what stands there.
    """
    rights.require(by, "count", Task)
    now, begins = clock.now(), day_begins(by)
    new = _take(by, holder, now, now + timedelta(minutes=before), begins)
    coming = _next(by, now + timedelta(minutes=before), begins)
    return standing(by, holder)._replace(new=new, next=coming - timedelta(minutes=before) if coming else None)


def standing(by: str, holder: str) -> Come:
    """What came up in this window and still stands unanswered; nothing new comes up."""
    rights.require(by, "count", Task)
    begins, found, here, missed = day_begins(by), [], 0, 0
    for record, mine in RECORDS:
        ours = peewee.Case(None, [(ShownRow.holder == holder, 1)], 0)
        counts: Any = _waiting(record, mine(by), by, None).select(peewee.fn.COUNT(ours), peewee.fn.SUM(ours))
        every, held = next(iter(counts.tuples()))
        missed, here = missed + every, here + int(held or 0)
        if held:
            waiting = _waiting(record, mine(by), by, holder)
            found += list(waiting.order_by(record.reminder_date.desc(), _clock(record, begins)).limit(MOST))
    if not missed:
        return NOTHING
    found.sort(key=lambda one: (-one.reminder_date.toordinal(), one.reminder_time or begins))
    return Come(0, here, missed, [_told(one, begins, by) for one in found[:MOST]], None)


def gather(by: str, holder: str) -> None:
    """Bring what came up in other windows of this operator, or before, and stands unanswered, into this one."""
    rights.require(by, "count", Task)
    with database.writing(), translated():
        ShownRow.update(holder=holder).where((ShownRow.by == by) & ShownRow.answered.is_null()).execute()


def answer(record: Reminding, number: int, by: str) -> None:
    """Somebody has gone to the record, or dialed its number: its reminder does not stand there any more."""
    rights.require(by, "see", record)
    this = (ShownRow.by == by) & (ShownRow.table == record._meta.table_name) & (ShownRow.number == number)
    with database.writing(), translated():
        ShownRow.update(answered=clock.now()).where(this & ShownRow.answered.is_null()).execute()


def snooze_all(moment: datetime, by: str, holder: str) -> Changed:
    """Put off all that stands unanswered in this window, in one step."""
    rights.require(by, "edit", Task)
    rights.require(by, "edit", Lead)
    held: list[tuple[Reminding, list[int]]] = []
    for record, mine in RECORDS:
        numbers = list(_waiting(record, mine(by), by, holder).select(record.number).scalars())
        beyond = rights.beyond(record, numbers, by)
        held.append((record, [number for number in numbers if number not in beyond]))
    count = 0
    with work.unit("Snooze reminders", by=by) as unit:
        for record, numbers in held:
            if numbers:
                count += reminders.snooze(record, numbers, moment.date(), by, moment.time())
        said = [str(counted(record, len(numbers))) for record, numbers in held if numbers]
        unit.say(N_("Snooze {records}"), records=", ".join(said))
    return Changed(count, unit.number)


def next_working_day(today: date) -> date:
    """The first day after this one on which people work."""
    return next(day for day in (today + timedelta(days=ahead) for ahead in range(1, 4)) if day.isoweekday() <= 5)


def prune(by: str) -> None:
    """Forget what came up long ago and does not stand as it did any more."""
    rights.require(by, "count", Task)
    old = (ShownRow.by == by) & (ShownRow.shown < clock.now() - KEPT_FOR)
    for record, _mine in RECORDS:
        stands = record.select(record.number).where((record.number == ShownRow.number) & (said(record) == ShownRow.due))
        with database.writing(), translated():
            gone = old & (ShownRow.table == record._meta.table_name) & ~peewee.fn.EXISTS(stands)
            ShownRow.delete().where(gone).execute()


# ---------------------------------------------------------------- which are due


def said(record: Reminding) -> ColumnBase:
    """The moment a reminder is due as it says itself: its day, a blank, its time if it has one."""
    at = peewee.fn.COALESCE(record.reminder_time, "")
    told: ColumnBase = record.reminder_date.cast("TEXT").concat(" ").concat(at)
    return told


def _clock(record: Reminding, begins: time) -> ColumnBase:
    at: ColumnBase = peewee.fn.COALESCE(peewee.fn.NULLIF(record.reminder_time, ""), f"{begins:%H:%M}")
    return at


def _timed(record: Reminding) -> ColumnBase:
    timed: ColumnBase = record.reminder_time > ""
    return timed


def _come_by(record: Reminding, moment: datetime, begins: time) -> Sequence[ColumnBase]:
    """Those whose moment is not after this one, on the wall clock: an hour that the clocks leave out in spring has come
    when they have gone past it. In parts, each found by the index of owner, day and time.
    """
    clock_, today = f"{moment:%H:%M}", record.reminder_date == moment.date()
    parts = [record.reminder_date < moment.date(), today & _timed(record) & (record.reminder_time <= clock_)]
    if begins <= moment.time():
        parts += [today & record.reminder_time.is_null(), today & (record.reminder_time == "")]
    return parts


def _shown(record: Reminding, by: str) -> Any:
    this = (ShownRow.by == by) & (ShownRow.table == record._meta.table_name) & (ShownRow.number == record.number)
    return ShownRow.select(ShownRow.number).where(this & (ShownRow.due == said(record))).limit(1)


def _take(by: str, holder: str, now: datetime, until: datetime, begins: time) -> int:
    """Whoever writes down first that a reminder came up has it: two windows never show the same one."""
    new = 0
    for record, mine in RECORDS:
        # Asked for each by the key, not as NOT EXISTS: a server that has not counted yet how many came up would go
        # through all of them for each of them.
        whose = mine(by) & peewee.NodeList((_shown(record, by), peewee.SQL("IS NULL")))
        for part in _come_by(record, until, begins):
            if rights.rows(record, by, record.number).where(whose & part).limit(1).exists():
                new += _write(record, whose & part, by, holder, now)
    return new


def _write(record: Reminding, due: ColumnBase, by: str, holder: str, now: datetime) -> int:
    known = [peewee.Value(each) for each in (by, record._meta.table_name)]
    more = peewee.Value(holder), ShownRow.shown.db_value(now)
    rows = rights.rows(record, by, *known, record.number, said(record), *more).where(due)
    fields = [ShownRow.by, ShownRow.table, ShownRow.number, ShownRow.due, ShownRow.holder, ShownRow.shown]
    with database.writing(), translated():
        written: int = ShownRow.insert_from(rows, fields).on_conflict_ignore().as_rowcount().execute()
    return written


def _next(by: str, moment: datetime, begins: time) -> datetime | None:
    """When the next one is due, today or tomorrow: whatever is later is looked for then."""
    found = []
    for record, mine in RECORDS:
        for ahead in (0, 1):
            day = moment.date() + timedelta(days=ahead)
            on = mine(by) & (record.reminder_date == day)
            later = on & (record.reminder_time > ("" if ahead else f"{moment:%H:%M}"))
            at: Any = rights.rows(record, by, record.reminder_time).where(later).order_by(record.reminder_time)
            found += [datetime.combine(day, first) for first in at.limit(1).scalars() if first]
            untimed = on & record.reminder_time.is_null()
            if (ahead or begins > moment.time()) and rights.rows(record, by, record.number).where(untimed).exists():
                found.append(datetime.combine(day, begins))
    return min(found, default=None)


# ---------------------------------------------------------------- what stands there


def _waiting(record: Reminding, mine: ColumnBase, by: str, holder: str | None) -> Any:
    """The records that came up, unanswered, whose reminder says the same moment still."""
    this = (ShownRow.by == by) & (ShownRow.table == record._meta.table_name) & ShownRow.answered.is_null()
    if holder is not None:
        this &= ShownRow.holder == holder
    same = (ShownRow.number == record.number) & (ShownRow.due == said(record))
    return rights.rows(record, by).join(ShownRow, on=same).where(mine & this)


def _told(one: Lead | Task, begins: time, by: str) -> Reminder:
    due = datetime.combine(one.reminder_date or clock.today(), one.reminder_time or begins)
    if isinstance(one, Lead):
        name = " ".join(part for part in (one.first_name, one.last_name) if part)
        who, phone, zone = " · ".join(part for part in (name, one.company) if part), one.phone, one.time_zone
        title, key = one.description or one.caption(), one.number
        return Reminder(Lead, key, due, one.reminder_time, title, who, phone, _there(zone or phone))
    account = reading.find(Account, one.account, by) if one.account and not rights.may(by, "see", Account) else None
    lead = Lead.find(one.lead) if one.lead else None
    lead = lead if lead is not None and rights.may(by, "see", lead) is None else None
    phone = (account.phone if account else "") or (lead.phone if lead else "")
    who = account.name if account else lead.caption() if lead else ""
    came = origins.said([one.number], by).get(one.number)
    who = " · ".join(part for part in (who, came and came.in_a_line) if part)
    zone = (lead.time_zone if lead and not (account and account.phone) else "") or phone
    return Reminder(Task, one.number, due, one.reminder_time, one.caption(), who, phone, _there(zone))


def _there(zone_or_number: str) -> str:
    at = local_clock(zone_or_number, database.region()) if zone_or_number else ""
    return at if at != f"{clock.now():%H:%M}" else ""
