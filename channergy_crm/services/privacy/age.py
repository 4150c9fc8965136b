"""How long ago the office was last in touch with each of its people: by call, note, task, or because somebody says so.

Whoever is older than the office keeps such records is proposed to be anonymised, never more (SI-39, SI-41, DP-2).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

import peewee

from channergy_crm import clock, work
from channergy_crm.errors import Mistake, Refused
from channergy_crm.language import _
from channergy_crm.records import Note, Opportunity, PhoneCall, Task
from channergy_crm.records.privacy import ErasureRow, Touch
from channergy_crm.services import rights
from channergy_crm.services.privacy import retention
from channergy_crm.store import database
from channergy_crm.text.folding import fold
from channergy_crm.work import ChangeRow, UnitRow, key_field

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from channergy_crm.services.privacy.retention import Kept
    from channergy_crm.work.record import Record

MOST = 2_000
"""people that are listed, the oldest first"""
MET = ((PhoneCall, "started"), (Task, "closed_on"), (Opportunity, "last_activity"))
"""what says that one was in touch, where it hangs on somebody, and when"""
NOTED = ((Note, "created"), (Touch, "touched"))
"""the same where it names somebody by table and number"""
OWN = ("call_date", "created_on")


@dataclass(frozen=True)
class Wanted:
    """Who is listed: of one record type or all; older than so many months; with these words; only who is too old."""

    record: type[Record] | None = None
    months: int = 0
    words: str = ""
    too_old: bool = False


class Aged(NamedTuple):
    """One of them: what they are called, whose they are, how it stands, when one was last in touch, and by what rule
    they are too old by now; None where there is no rule.
    """

    record: type[Record]
    key: Any
    name: str
    owner: str
    status: str
    last: datetime | None
    kept: Kept | None
    days: int
    too_old: bool

    @property
    def months(self) -> int:
        """The age in whole months."""
        return int(self.days / 30.44)


class Touched(NamedTuple):
    """How many were touched, and the unit that did it."""

    records: int
    unit: int


class Listed(NamedTuple):
    """The oldest of them, and whether there are more."""

    people: list[Aged]
    more: bool


def listed(wanted: Wanted, by: str) -> Listed:
    """Everybody this operator sees, the oldest first; who is anonymised already is nobody any more."""
    rights.require(by, "see")
    if reason := rights.may_erase(by):
        raise Refused(reason)
    rules, found = retention.rules(by), list[Aged]()
    for record in retention.aged() if wanted.record is None else [wanted.record]:
        found += _of_type(record, wanted, rules, by)
    found.sort(key=lambda one: one.last or datetime.min)
    return Listed(found[:MOST], len(found) > MOST)


def touch(people: Sequence[tuple[type[Record], object]], why: str, by: str) -> Touched:
    """Their age begins anew, for a reason. One step, which can be undone (SI-41)."""
    for record, key in people:
        rights.require(by, "edit", record.find(key) or record)
    if reason := rights.may_erase(by):
        raise Refused(reason)
    if not why.strip():
        raise Mistake(_("Say why they stay: their age begins anew."), "why")
    with work.unit("Touch records ({count}): {why}", by=by, count=len(people), why=why.strip()) as unit:
        for record, key in people:
            Touch.create(table=record._meta.table_name, of=str(key), touched=clock.now(), operator=by, why=why.strip())
    return Touched(len(people), unit.number)


def proposed(by: str) -> int:
    """How many people are older than the office keeps them, of those this operator sees; 0 for who may not erase."""
    rights.require(by, "see")
    if rights.may_erase(by) or not (rules := retention.rules(by)):
        return 0
    return sum(len(_of_type(record, Wanted(record, 0, "", too_old=True), rules, by)) for record in retention.aged())


# ---------------------------------------------------------------- asked of the store


def _of_type(record: type[Record], wanted: Wanted, rules: Sequence[Kept], by: str) -> list[Aged]:
    mine = [rule for rule in rules if rule.record is record]
    if wanted.too_old and not mine:
        return []
    months = min((rule.months for rule in mine), default=0) if wanted.too_old else 0
    now = clock.now()
    query = _query(record, retention.before(now, max(months, wanted.months)), by)
    held = [_aged(row, mine, now) for row in query]
    held = [_begun(one, now) if one.last is None else one for one in held]
    held = [one for one in held if not wanted.months or one.last is None
            or one.last <= retention.before(now, wanted.months)]  # fmt: skip
    words = fold(wanted.words).split()
    return [one for one in held if (one.too_old or not wanted.too_old) and _says(one, words)]


def _says(one: Aged, words: Sequence[str]) -> bool:
    """Whether all of these words stand in what is shown of somebody."""
    return all(word in fold(f"{one.name} {one.owner} {one.status}") for word in words)


def _query(record: type[Record], limit: datetime, by: str) -> Any:
    """Records with the moment one was last in touch, those before `limit` alone, the oldest first."""
    key = key_field(record)
    query: Any = rights.rows(record, by)
    moments: list[Any] = [record._meta.fields[name] for name in OWN if name in record._meta.fields]
    for source, on in _sources(record):
        query = query.join(source, peewee.JOIN.LEFT_OUTER, on=on(source))
        moments.append(source.c.last)
    last = _latest(moments)
    gone = ErasureRow.select(ErasureRow.key).where(ErasureRow.table == record._meta.table_name)
    if (listed_ones := record.about.standing) and "removed" in listed_ones:
        query = query.where(~record._meta.fields["removed"])
    query = query.where(key.cast("TEXT").not_in(gone) & (last.is_null() | (last <= _said(limit))))
    oldest_first = peewee.fn.COALESCE(last, _said(datetime(1, 1, 1)))
    return query.select_extend(last.alias("last_met")).order_by(oldest_first, key).limit(MOST + 1)


def _sources(record: type[Record]) -> Iterator[tuple[Any, Any]]:
    """What tells of meetings, put together by record: each with the condition by which it belongs."""
    key = key_field(record)
    for kind, name in MET:
        for link in kind._meta.refs:
            if link.rel_model is record:
                last = peewee.fn.MAX(kind._meta.fields[name]).alias("last")
                grouped: Any = kind.select(link.alias("of"), last).where(link.is_null(False)).group_by(link)
                yield grouped.alias(f"{kind.__name__.lower()}_{link.name}"), lambda source: source.c.of == key
    for book, name in NOTED:
        fields: Any = book._meta.fields
        last = peewee.fn.MAX(fields[name]).alias("last")
        here = fields["table"] == record._meta.table_name
        grouped = book.select(fields["of"].alias("of"), last).where(here).group_by(fields["of"])
        yield grouped.alias(book.__name__.lower()), lambda source: source.c.of == key.cast("TEXT")
    customer = record._meta.fields.get("customer")
    if customer is not None and "created_on" not in record._meta.fields:
        made: Any = customer.rel_model
        grouped = made.select(made.number.alias("of"), made.created_on.alias("last"))
        yield grouped.alias("customer_made"), lambda source: source.c.of == customer


def _latest(moments: list[Any]) -> Any:
    """The latest of several moments, some of which may be missing."""
    if isinstance(database.proxy.obj, peewee.PostgresqlDatabase):
        return peewee.fn.GREATEST(*[moment.cast("TIMESTAMP") for moment in moments])
    texts = [peewee.fn.COALESCE(moment, "") for moment in moments]
    return peewee.fn.NULLIF(peewee.fn.MAX("", *texts), "")


def _said(moment: datetime) -> object:
    return moment if isinstance(database.proxy.obj, peewee.PostgresqlDatabase) else f"{moment:%Y-%m-%d %H:%M:%S}"


def _aged(row: Any, rules: Sequence[Kept], now: datetime) -> Aged:
    record, last = type(row), _moment(row.last_met)
    name = retention.status_of(record)
    value = str(row.__data__.get(name) or "") if name else ""
    kept = next((rule for rule in rules if rule.status and rule.status == value), None)
    kept = kept or next((rule for rule in rules if not rule.status), None)
    owner = record.owner_kind()
    held = str(row.__data__.get(owner.name) or "") if owner is not None else ""
    made = Aged(record, row.key, row.caption(), held, value, last, kept, 0, too_old=False)
    return _dated(made, last, now)


def _dated(one: Aged, last: datetime | None, now: datetime) -> Aged:
    days = max(0, (now - last).days) if last else 0
    too_old = one.kept is not None and last is not None and last <= retention.before(now, one.kept.months)
    return one._replace(last=last, days=days, too_old=too_old)


def _begun(one: Aged, now: datetime) -> Aged:
    """Of whom nothing says when one was in touch, the journal says when they came."""
    mine = (ChangeRow.table == one.record._meta.table_name) & (ChangeRow.key == str(one.key))
    units = ChangeRow.select(peewee.fn.MIN(ChangeRow.unit)).where(mine)
    return _dated(one, _moment(UnitRow.select(UnitRow.done).where(UnitRow.number == units).scalar()), now)


def _moment(held: object) -> datetime | None:
    if isinstance(held, str):
        return datetime.fromisoformat(held) if held else None
    if isinstance(held, date) and not isinstance(held, datetime):
        return datetime(held.year, held.month, held.day)
    return held if isinstance(held, datetime) else None
