"""Records by a day they hold, as a month shows them: deals by when they close, leads by their reminder, contacts by a
day of the office's own (BX-49).
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

import peewee

from channergy_crm import access, clock, work
from channergy_crm.errors import Mistake
from channergy_crm.language import N_, _, many, one
from channergy_crm.records import Account, Lead, Opportunity, Task
from channergy_crm.services import bulk_changes, rights, saving
from channergy_crm.services.calendar.entries import Entry
from channergy_crm.work import key_field
from channergy_crm.work.called import deed
from channergy_crm.work.record import is_one_of, time_of, until_fields_change

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from channergy_crm.work.record import Record

SOON = 7
"""days before a deal is to close"""
USUAL = {
    "opportunity": "opportunity.close_date_1", "lead": "lead.reminder_date", "account": "account.next_reminder",
}  # fmt: skip
"""the day by which records are looked at where nobody says which"""
PROMISED = {"opportunity.close_date_1", "opportunity.close_date_2", "opportunity.due", "lead.reminder_date"}
"""days that are overdue when they have gone by"""
DAY, DAYS = "day", ("day", "moment")  # unsaid: how kinds are written
CALENDAR = (Task, "reminder_date")
"""what the calendar shows anyway"""


class Dated(NamedTuple):
    """A record type and the field, or the computed column, that holds its day; `at` is that of the time, where it has
    one. `moved` says whether somebody may put it on another day at all.
    """

    record: type[Record]
    day: str
    at: str
    moved: bool

    @property
    def label(self) -> str:
        """What the office calls the day."""
        extra = self.record.extras().get(self.day)
        return self.record.kind(self.day).label if extra is None else extra.label

    @property
    def key(self) -> str:
        """How it is called where it is chosen."""
        return f"{self.record.about.target}.{self.day}"

    @property
    def said(self) -> str:
        """What it is called: Opportunities by Close Dt 1."""
        return _("{records} by {field}").format(records=self.record.plural, field=self.label)

    @property
    def kept(self) -> str:
        """Why nobody puts it on another day; nothing where somebody may."""
        said = _("{field} of {records} is kept by the program: it is shown here, and not moved.")
        return "" if self.moved else said.format(field=self.label, records=many(self.record))


def sources(by: str) -> dict[str, Dated]:
    """What can be looked at by month beside activities, as far as this one is shown it: every day a record type of the
    lists holds, those of the office's own fields too.
    """
    rights.require(by, "see")
    return {held.key: held for record in access.governed() for held in _of(record) if _is_shown(held, by)}


def source(name: str) -> Dated | None:
    """The one of this name; of a record type alone the usual one."""
    target, _dot, day = USUAL.get(name, name).partition(".")
    if not day:
        return None
    found = (each for record in access.governed() if record.about.target == target for each in _of(record))
    return next((each for each in found if each.day == day), None)


@until_fields_change
def _of(record: type[Record]) -> list[Dated]:
    """The days of one record type, in the order of its fields."""
    kinds = {name: kind for name, kind in record.offered().items() if kind.written_as in DAYS}
    found = [
        Dated(record, name, time_of(record, name), kind.written_as == DAY and not kind.system)
        for name, kind in kinds.items() if (record, name) != CALENDAR
    ]  # fmt: skip
    return found + [Dated(record, name, "", False) for name, extra in record.extras().items() if extra.dated]


def _is_shown(held: Dated, by: str) -> bool:
    return rights.may(by, "see", held.record) is None and held.day not in rights.hidden(held.record, by)


def between(name: str, first: date, last: date, owners: Sequence[str], by: str) -> list[Entry]:
    """The records of this source whose day is one of these, of these owners, as entries of their kind."""
    held = _found(name)
    rights.require(by, "see", held.record)
    if not _is_shown(held, by):
        return []
    record, extra = held.record, held.record.extras().get(held.day)
    day: Any = record.kind(held.day) if extra is None else extra.asked_by(by)
    fits = _within(day, first, last, is_text=extra is not None, is_day=extra is None and day.written_as == DAY)
    if (owner := record.owner_kind()) is not None:
        fits &= is_one_of(owner, list(owners))
    working = Lead.working() if record is Lead else record.listed()
    fits = fits if working is None else fits & working
    rows: Any = rights.rows(record, by, record, day.alias("day_held"), _about(record).alias("about_whom")).where(fits)
    hidden, may_move = rights.hidden(record, by), held.moved and held.day in bulk_changes.settable(record, by)
    found = [_entry(held, each, hidden, may_move) for each in rows.order_by(day, key_field(record))]
    beyond = rights.beyond(record, [each.task for each in found], by)
    return [each._replace(may_edit=False) if each.task in beyond else each for each in found]


def _found(name: str) -> Dated:
    held = source(name)
    if held is None:
        raise Mistake(_("There is no such day any more: the field was taken off."))
    return held


def _within(day: Any, first: date, last: date, *, is_text: bool, is_day: bool) -> Any:
    if is_day:
        return day.between(first, last)
    after = last + timedelta(days=1)
    if is_text:
        return (day >= f"{first:%Y-%m-%d}") & (day < f"{after:%Y-%m-%d}")
    return (day >= datetime.combine(first, time())) & (day < datetime.combine(after, time()))


def _about(record: type[Record]) -> Any:
    """The account a deal or a task is about."""
    account = Account.select(Account.name)
    if record is Opportunity:
        return account.where(Account.number == Opportunity.account)
    return account.where(Account.number == Task.account) if record is Task else peewee.Value("")


def _entry(dated: Dated, held: Any, hidden: Collection[str], may_move: bool) -> Entry:
    at = getattr(held, dated.at) if dated.at else None
    day, at = _apart(held.day_held, at)
    about = held.about_whom or (held.company if isinstance(held, Lead) and "company" not in hidden else "")
    kind = dated.record.owner_kind()
    owner = str(held.__data__.get(kind.name) or "") if kind is not None else ""
    state = _state(day, at) if dated.key in PROMISED else ""
    state = "done" if isinstance(held, Opportunity) and held.closed else state
    return Entry(held.key, day, at, 0, dated.key, held.caption(), about, "", owner, state, False, 0, may_move)


def _apart(held: Any, at: time | None) -> tuple[date, time | None]:
    """A day and a time, of whatever the store holds."""
    if isinstance(held, str):
        day, _space, rest = held.strip().partition(" ")
        return date.fromisoformat(day[:10]), time.fromisoformat(rest[:5]) if rest else at
    if isinstance(held, datetime):
        return held.date(), held.time().replace(second=0, microsecond=0)
    return held, at


def _state(day: date, at: time | None) -> str:
    now = clock.now()
    if day < now.date() or (day == now.date() and at is not None and at <= now.time()):
        return "overdue"
    return "soon" if (day - now.date()).days < (SOON if at is None else 1) else ""


def move(name: str, number: int, day: date, by: str) -> Record:
    """Put a record on another day, in one step that can be undone; its time stays."""
    dated = _found(name)
    held: Any = dated.record.find(number)
    rights.require(by, "edit", held or dated.record)
    rights.require_shown(dated.record, [dated.day], by)
    if held is None:
        raise Mistake(_("This {record} is not there any more.").format(record=one(dated.record)))
    if not dated.moved:
        raise Mistake(dated.kept)
    said = deed(held, N_("Move {record} {name}"), N_("Move {name}"))
    with work.unit(said, by=by, record=one(dated.record), name=held.caption()):
        setattr(held, dated.day, day)
        saving.save(held, by)
    moved: Record = held
    return moved
