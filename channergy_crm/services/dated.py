"""Records by a day they hold, as a month shows them: deals by when they close, leads by their reminder (BX-49)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import peewee

from channergy_crm import clock, work
from channergy_crm.errors import Mistake
from channergy_crm.language import N_, _, one
from channergy_crm.records import Account, Lead, Opportunity
from channergy_crm.services import rights
from channergy_crm.services.calendar.entries import Entry
from channergy_crm.work.called import deed
from channergy_crm.work.record import is_one_of

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date, time

    from channergy_crm.work.record import Record

SOON = 7
"""days before a deal is to close"""


class Dated(NamedTuple):
    """A record type, the field that holds its day, and that of the time, where it has one."""

    record: type[Opportunity] | type[Lead]
    day: str
    at: str = ""


SOURCES = {"opportunity": Dated(Opportunity, "close_date_1"), "lead": Dated(Lead, "reminder_date", "reminder_time")}
"""what can be looked at by month beside activities"""


def between(source: str, first: date, last: date, owners: Sequence[str], by: str) -> list[Entry]:
    """The records of this source whose day is one of these, of these owners, as entries of their kind."""
    dated = SOURCES[source]
    rights.require(by, "see", dated.record)
    if {dated.day} & rights.hidden(dated.record, by):
        return []
    day = dated.record.kind(dated.day)
    fits = is_one_of(dated.record.owner, list(owners)) & day.between(first, last)
    if dated.record is Lead:
        fits &= Lead.working()
    account = Account.select(Account.name)
    about = account.where(Account.number == Opportunity.account) if dated.record is Opportunity else peewee.Value("")
    rows: Any = rights.rows(dated.record, by, dated.record, about.alias("about_whom")).where(fits)
    hidden = rights.hidden(dated.record, by)
    found = [_entry(source, held, hidden) for held in rows.order_by(day, dated.record.number)]
    beyond = rights.beyond(dated.record, [each.task for each in found], by)
    return [each._replace(may_edit=False) if each.task in beyond else each for each in found]


def _entry(source: str, held: Any, hidden: Collection[str]) -> Entry:
    dated = SOURCES[source]
    day, at = getattr(held, dated.day), getattr(held, dated.at) if dated.at else None
    about = held.about_whom or (held.company if isinstance(held, Lead) and "company" not in hidden else "")
    state = "done" if isinstance(held, Opportunity) and held.closed else _state(day, at)
    return Entry(held.number, day, at, 0, source, held.caption(), about, "", held.owner, state, False, 0, True)


def _state(day: date, at: time | None) -> str:
    now = clock.now()
    if day < now.date() or (day == now.date() and at is not None and at <= now.time()):
        return "overdue"
    return "soon" if (day - now.date()).days < (SOON if at is None else 1) else ""


def move(source: str, number: int, day: date, by: str) -> Record:
    """Put a record on another day, in one step that can be undone; its time stays."""
    dated = SOURCES[source]
    held = dated.record.find(number)
    rights.require(by, "edit", held or dated.record)
    rights.require_shown(dated.record, [dated.day], by)
    if held is None:
        raise Mistake(_("This {record} is not there any more.").format(record=one(dated.record)))
    said = deed(held, N_("Move {record} {name}"), N_("Move {name}"))
    with work.unit(said, by=by, record=one(dated.record), name=held.caption()):
        setattr(held, dated.day, day)
        held.save()
    return held
