"""Notices to the others in the office, each shown once to everybody it is for; “Sale!” among them (BX-50)."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, NamedTuple

import peewee

from channergy_crm import access, clock, work
from channergy_crm.errors import Mistake, Refused
from channergy_crm.language import _
from channergy_crm.records import BY_TABLE
from channergy_crm.records.office import OfficeSetting
from channergy_crm.records.operators import Operator
from channergy_crm.records.team_notices import NoticeSeen, TeamNotice, Told
from channergy_crm.services import rights
from channergy_crm.settings import SALE_TOLD
from channergy_crm.store import database
from channergy_crm.store.complaints import translated

if TYPE_CHECKING:
    from channergy_crm.work.record import Record

ON = "on"
SALE_STANDS = timedelta(hours=2)
"""so long a sale is news to somebody who comes later"""
LONGEST = 500


class News(NamedTuple):
    """A notice as it is shown: what it says, and the record a sale is about, for those who may see it."""

    number: int
    text: str
    sale: bool
    record: Record | None = None


def why_not(by: str) -> str | None:
    """None when this one may send notices, or the sentence why not: while Security is on, those who lead do."""
    if refused := rights.may(by, "see", TeamNotice):
        return refused
    if not rights.is_secured() or rights.views_all(by) or rights.may(by, "administer") is None:
        return None
    return _("Notices are sent by administrators and by those who view all operators.")


def send(text: str, to: str, by: str, until: datetime | None = None) -> TeamNotice:
    """Tell something to everybody (`to` is ""), a group or one operator; it stands until then, or until tonight."""
    rights.require(by, "see", TeamNotice)
    if refused := why_not(by):
        raise Refused(refused)
    text, made = text.strip(), clock.now()
    if not text:
        raise Mistake(_("Say what the others are to know."), "text")
    if len(text) > LONGEST:
        raise Mistake(_("A notice has at most {count:,} letters.").format(count=LONGEST), "text")
    if to and Operator.find(to) is None:
        raise Mistake(_("There is no operator or group {id}.").format(id=to), "to")
    until = until or datetime.combine(made.date(), time.max).replace(microsecond=0)
    if until <= made:
        raise Mistake(_("This moment has passed; choose a later one."), "until")
    notice = TeamNotice(what=Told.NOTICE.value, text=text, sender=by, to=to, made=made, until=until)
    with work.unit("Send a notice", by=by):
        notice.save()
    return notice


def sale(record: Record, by: str) -> TeamNotice | None:
    """Tell the office that something was sold, where it wants to be told: a part of the unit in which that is written.

    `record` is the lead or the opportunity; undo of the unit takes the notice back as well.
    """
    rights.require(by, "see", type(record))
    held = OfficeSetting.find(SALE_TOLD.name)
    if held is None or held.value != ON:
        return None
    made = clock.now()
    notice = TeamNotice(
        what=Told.SALE.value, sender=by, to="", made=made, until=made + SALE_STANDS,
        table=type(record)._meta.table_name, record=record.key,
    )  # fmt: skip
    with work.unit("Tell of a sale", by=by):
        notice.save()
    return notice


def is_won(record: Record) -> bool:
    """Whether a record says of itself that it was sold."""
    won = record.about.won
    return bool(won) and all(getattr(record, name) == value for name, value in won.items())


def was_won(record: Record) -> bool:
    """Whether it said so in the store, before what has been changed in it since."""
    won, changed = record.about.won, record.changes()
    if record.is_new or not won:
        return False
    return all(changed.get(name, (getattr(record, name),))[0] == value for name, value in won.items())


def take(by: str, *, sales: bool = True) -> list[News]:
    """What this operator has not been shown yet, the oldest first. It counts as shown from now on, in every window.

    Without `sales` those are passed over, and are not told later either.
    """
    rights.require(by, "see", TeamNotice)
    now = clock.now()
    seen = NoticeSeen.select(NoticeSeen.notice).where(NoticeSeen.operator == by)
    mine = (TeamNotice.to.is_null()) | TeamNotice.to.in_(["", by, *access.groups_of(by)])
    fresh = mine & (TeamNotice.sender != by) & (TeamNotice.until > now) & TeamNotice.number.not_in(seen)
    taken = [notice for notice in TeamNotice.select().where(fresh).order_by(TeamNotice.number) if _mark(notice, by)]
    return [_news(notice, by) for notice in taken if sales or notice.what != Told.SALE]


def _mark(notice: TeamNotice, by: str) -> bool:
    """Whether it is this window that shows it: only one of an operator's windows gets it marked."""
    try:
        with database.writing(), translated(), database.proxy.atomic():
            NoticeSeen.insert(notice=notice.number, operator=by).execute()
    except peewee.IntegrityError:
        return False
    return True


def _news(notice: TeamNotice, by: str) -> News:
    sender = Operator.find(notice.sender)
    name = sender.name if sender is not None else notice.sender
    if notice.what != Told.SALE:
        return News(notice.number, _("{name}: {text}").format(name=name, text=notice.text), sale=False)
    about = BY_TABLE.get(notice.table or "")
    record = about.find(notice.record) if about is not None else None
    if record is None or rights.may(by, "see", record) is not None:
        return News(notice.number, _("Sale! {name} has sold.").format(name=name), sale=True)
    said = _("Sale! {name}: {record}").format(name=name, record=record.caption())
    return News(notice.number, said, sale=True, record=record)
