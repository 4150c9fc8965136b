"""How long ago the office was last in touch with each of its people: by call, note, task, or because somebody says so.

Whoever is older than the office keeps such records is proposed to be anonymised, never more (SI-39, SI-41, DP-2).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from channergy_crm import clock, work
from channergy_crm.errors import Mistake, Refused
from channergy_crm.language import _
from channergy_crm.records.privacy import Touch
from channergy_crm.services import rights
from channergy_crm.services.privacy import age_order, retention
from channergy_crm.services.privacy.age_order import Wanted
from channergy_crm.work import bulk, key_field

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from channergy_crm.services.privacy.age_order import Found, Somebody, Step
    from channergy_crm.services.privacy.retention import Kept
    from channergy_crm.work import Unit
    from channergy_crm.work.record import Record

SHOWN = 500
"""people that are read at once"""
TOGETHER, WRITTEN = 400, 2_000
"""people whose rights are asked for at once, and who are touched at once"""


class Who(Protocol):
    """Somebody, by record type and number."""

    @property
    def record(self) -> type[Record]:
        """The record type."""

    @property
    def key(self) -> Any:
        """Its number."""


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


def find(wanted: Wanted, by: str, step: Step | None = None) -> Found:
    """Everybody this operator sees who is wanted, in order; who is anonymised already is nobody any more.

    `step` is told how many are read so far, and may raise what stops it.
    """
    _require(by)
    return age_order.lay_down(wanted, retention.rules(by), by, step)


def read(found: Found, start: int, limit: int, by: str) -> list[Aged]:
    """A part of those who were found, as they are now; who is gone since is left out."""
    _require(by)
    rules, now = retention.rules(by), clock.now()
    some = found[start : start + limit]
    rows = dict(_rows(some, by))
    return [
        _aged(rows[who], rules, found.last(start + place), now) for place, who in enumerate(some) if who in rows
    ]  # fmt: skip


def touch(people: Sequence[Who], why: str, by: str, step: Step | None = None) -> Touched:
    """Their age begins anew, for a reason. One step, which can be undone (SI-41); stopped on the way nothing is done.

    `step` is told how many are touched so far, and may raise what stops it.
    """
    keys = _by_record(people)
    for record, those in keys.items():
        rights.require(by, "edit", record)
        for some in _parts(those):
            for foreign in sorted(rights.beyond(record, some, by), key=str):
                rights.require(by, "edit", record.find(foreign) or record)
    if reason := rights.may_erase(by):
        raise Refused(reason)
    if not why.strip():
        raise Mistake(_("Say why they stay: their age begins anew."), "why")
    with work.unit("Touch records ({count}): {why}", by=by, count=len(people), why=why.strip()) as unit:
        _write_touches(unit, people, {"touched": clock.now(), "operator": by, "why": why.strip()}, step)
    return Touched(len(people), unit.number)


def proposed(by: str) -> int:
    """How many people are older than the office keeps them, of those this operator sees; 0 for who may not erase."""
    rights.require(by, "see")
    if rights.may_erase(by) or not (rules := retention.rules(by)):
        return 0
    return age_order.count(Wanted(too_old=True), rules, by)


def _write_touches(unit: Unit, people: Sequence[Who], values: dict[str, object], step: Step | None) -> None:
    """A part at a time: nobody holds a million of them at once."""
    many, numbers = bulk.Many(Touch), bulk.reserve(Touch, len(people))
    for start in range(0, len(people), WRITTEN):
        some = people[start : start + WRITTEN]
        rows = [many.row({"table": one.record._meta.table_name, "of": str(one.key), **values}) for one in some]
        if step is not None:
            step(start)
        many.insert(unit, rows, numbers[start : start + WRITTEN])


def _require(by: str) -> None:
    rights.require(by, "see")
    if reason := rights.may_erase(by):
        raise Refused(reason)


def _by_record(people: Sequence[Who]) -> dict[type[Record], list[Any]]:
    found: dict[type[Record], list[Any]] = {}
    for one in people:
        found.setdefault(one.record, []).append(one.key)
    return found


def _rows(some: Sequence[Somebody], by: str) -> Iterator[tuple[Somebody, Any]]:
    for record, keys in _by_record(some).items():
        for row in rights.rows(record, by).where(key_field(record).in_(keys)):
            yield age_order.Somebody(record, row.key), row


def _parts(keys: list[Any]) -> Iterator[list[Any]]:
    for start in range(0, len(keys), TOGETHER):
        yield keys[start : start + TOGETHER]


def _aged(row: Any, rules: Sequence[Kept], last: datetime | None, now: datetime) -> Aged:
    record = type(row)
    name, mine = retention.status_of(record), [rule for rule in rules if rule.record is record]
    value = str(row.__data__.get(name) or "") if name else ""
    kept = next((rule for rule in mine if rule.status and rule.status == value), None)
    kept = kept or next((rule for rule in mine if not rule.status), None)
    owner = record.owner_kind()
    held = str(row.__data__.get(owner.name) or "") if owner is not None else ""
    days = max(0, (now - last).days) if last else 0
    too_old = kept is not None and last is not None and last <= retention.before(now, kept.months)
    return Aged(record, row.key, row.caption(), held, value, last, kept, days, too_old)
