"""Everything of one person: their records, what hangs on them, and what of it was deleted or merged meanwhile."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any

from channergy_crm.records import Task
from channergy_crm.records.erasing import Whom
from channergy_crm.records.events import FollowUp
from channergy_crm.services import areas, history
from channergy_crm.services.privacy import personal
from channergy_crm.work import ChangeRow, UnitRow, key_field
from channergy_crm.work.journal import gone_from

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from channergy_crm.work.record import Record

TOGETHER = 400
Keys = dict["type[Record]", set[Any]]


@dataclass
class Circle:
    """The records of a person and what hangs on them, by type; some may be deleted and stand in the journal alone."""

    people: Keys = field(default_factory=dict)
    parts: Keys = field(default_factory=dict)
    _asked: set[tuple[str, str, Any]] = field(default_factory=set, repr=False)
    """which links of deleted records have been looked through already"""

    def whom(self, numbers: Iterable[str] = ()) -> Whom:
        """The same for the tables that name records."""
        return Whom({record: sorted(keys, key=str) for record, keys in self.every()}, list(numbers))

    def every(self) -> Iterator[tuple[type[Record], set[Any]]]:
        """All record types with their keys."""
        yield from self.people.items()
        yield from self.parts.items()


def around(record: type[Record], key: object, *, along: bool) -> Circle:
    """The circle of one record. With `along`, everything that is about the very same person: what a lead was converted
    into, and the contacts of an account. Without, the record itself (an account with its customer).
    """
    circle = Circle({record: {key}})
    before = -1
    while before != (before := sum(map(len, circle.people.values()))):
        for kind, keys in list(circle.people.items()):
            for other, more in _of_the_same(circle, kind, along=along):
                circle.people.setdefault(other, set()).update(more)
            keys |= set(_merged(kind, keys))
    _gather_parts(circle)
    return circle


def _same(record: type[Record], *, along: bool) -> list[Any]:
    """The links of a record to others that are about the same one."""
    names = [record.about.speaks_for, *(record.about.same_as if along else ())]
    kinds = [record.kind(name) for name in names if name]
    return [kind for kind in kinds if kind.linked_to.about.person]


def _of_the_same(
    circle: Circle, record: type[Record], *, along: bool
) -> Iterator[tuple[type[Record], set[Any]]]:  # fmt: skip
    keys = circle.people[record]
    for link in _same(record, along=along):
        yield link.linked_to, set(_values(record, keys, link))
    for other in personal.people():
        same = _same(other, along=along)
        links = [link for link in other._meta.refs if link.rel_model is record and link.rel_model is not other]
        for link in links:
            if link in same or (along and link.name not in (other.about.speaks_for, *other.about.same_as)):
                yield other, set(_holding(other, link, keys))
                yield other, set(_deleted(circle, other, [link], {record: keys}))


def _values(record: type[Record], keys: set[Any], link: Any) -> Iterator[Any]:
    """What these records link to; of deleted ones what they linked to at the end."""
    there = set()
    for some in _parts(keys):
        rows: Any = record.select(key_field(record), link).where(key_field(record).in_(some)).tuples()
        for key, value in rows:
            there.add(key)
            if value is not None:
                yield value
    for change in _changes(record, keys - there):
        value = (json.loads(change.before) if change.before else {}).get(link.name)
        if value is not None:
            yield value


def _holding(record: type[Record], link: Any, keys: set[Any]) -> Iterator[Any]:
    for some in _parts(keys):
        yield from record.select(key_field(record)).where(link.in_(some)).scalars()


def _merged(record: type[Record], keys: set[Any]) -> Iterator[Any]:
    """What was merged with these: the same person under another number."""
    table, mine = record._meta.table_name, {str(key) for key in keys}
    for some in _parts(mine):
        here = (ChangeRow.table == table) & ChangeRow.key.in_(some)
        units = (
            ChangeRow.select(ChangeRow.unit).join(UnitRow, on=(UnitRow.number == ChangeRow.unit))
            .where(here & (UnitRow.name == history.MERGE))
        )  # fmt: skip
        members: dict[int, set[str]] = {}
        for change in ChangeRow.select().where((ChangeRow.table == table) & ChangeRow.unit.in_(units)):
            if _is_one_of_them(record, change):
                members.setdefault(change.unit, set()).add(change.key)
        for those in members.values():
            if those & mine:
                yield from (key_in(record, key) for key in those)


def _is_one_of_them(record: type[Record], change: ChangeRow) -> bool:
    """Whether a record was merged, and not only linked to one that was, such as whom a contact reports to."""
    own = {link.name for link in record._meta.refs if link.rel_model is record}
    touched = json.loads(change.after).keys() if change.after else set()
    return change.verb == "delete" or not touched or not touched <= own


def _gather_parts(circle: Circle) -> None:
    for record, those in circle.people.items():
        circle.parts.setdefault(Task, set()).update(_follow_ups(record, those))
    held = -1
    while held != (held := sum(map(len, circle.parts.values()))):
        whole: Mapping[type[Record], set[Any]] = {**circle.people, **circle.parts}
        for record in personal.hanging():
            links = [link for link in record._meta.refs if link.rel_model in whole and link.rel_model is not record]
            for link in links:
                found = set(_holding(record, link, whole[link.rel_model]))
                circle.parts.setdefault(record, set()).update(found)
            if links:
                circle.parts.setdefault(record, set()).update(_deleted(circle, record, links, whole))


def _follow_ups(record: type[Record], keys: set[Any]) -> Iterator[int]:
    """The tasks events have made for these: that of a contact hangs on the account, and names the contact."""
    for some in _parts({str(key) for key in keys}):
        about = (FollowUp.table == record._meta.table_name) & FollowUp.of.in_(some)
        yield from FollowUp.select(FollowUp.task).where(about & FollowUp.task.is_null(False)).scalars()


def _deleted(
    circle: Circle, record: type[Record], links: list[Any], whole: Mapping[type[Record], set[Any]]
) -> Iterator[Any]:  # fmt: skip
    """The deleted records that hung on these when they went."""
    table = record._meta.table_name
    asked = {(table, link.name, key) for link in links for key in whole[link.rel_model]} - circle._asked
    circle._asked |= asked
    wanted = [(name, key) for _table, name, key in asked]
    gone = gone_from(record._meta.table_name) & ChangeRow.before.is_null(False)
    for start in range(0, len(wanted), TOGETHER):
        some = wanted[start : start + TOGETHER]
        words = [ChangeRow.before.contains(f'"{name}": {json.dumps(key)}') for name, key in some]
        rows: Any = ChangeRow.select(ChangeRow.key, ChangeRow.before).where(gone & reduce(or_, words)).tuples()
        for key, before in rows:
            held = json.loads(before)
            if any(held.get(name) == value for name, value in some):
                yield key_in(record, key)


def _changes(record: type[Record], keys: set[Any]) -> Iterator[ChangeRow]:
    """The deletions of these."""
    for some in _parts(keys):
        here = (ChangeRow.table == record._meta.table_name) & ChangeRow.key.in_([str(key) for key in some])
        yield from ChangeRow.select().where(here & (ChangeRow.verb == "delete"))


def key_in(record: type[Record], key: str) -> Any:
    """The key of a record as a table that names it holds it: as text."""
    return int(key) if key_field(record).numeric else key


def _parts(keys: Iterable[Any]) -> Iterator[list[Any]]:
    every = sorted(keys, key=str)
    for start in range(0, len(every), TOGETHER):
        yield every[start : start + TOGETHER]


def named(table: str) -> type[Record] | None:
    """The record type of a table, also of an area that is off."""
    return areas.every_table().get(table)
