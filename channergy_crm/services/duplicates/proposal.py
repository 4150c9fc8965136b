"""Two or more records side by side: where they differ, and what is proposed for the one that is kept (BX-9)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any

import peewee

from channergy_crm import work
from channergy_crm.clock import today
from channergy_crm.errors import Mistake
from channergy_crm.language import _, all_of, many, one
from channergy_crm.services import areas, rights
from channergy_crm.text.folding import fold
from channergy_crm.work.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from channergy_crm.fields import Kind, Link

MOST = 5  # that fit side by side
JOINED = -1
"""chosen: all of the texts, one after the other"""


Hanging = Counter[type[Record]]
"""how many records of which type belong to one"""


@dataclass(frozen=True)
class Side:
    """One field of all the records: their values, whose is proposed, and whether there is nothing to choose."""

    name: str
    kind: Kind[object]
    values: Sequence[object]
    proposed: int
    settled: bool = False
    """somebody has a value that survives, such as “Do Not Call”"""

    @property
    def differs(self) -> bool:
        """Whether the records do not all say the same."""
        return any(value != self.values[0] for value in self.values)

    @property
    def joinable(self) -> bool:
        """Whether all of it can stand one after the other: long texts, and the values of a list."""
        return self.kind.joinable and len(self._texts()) > 1

    def _texts(self) -> list[object]:
        return list(dict.fromkeys(text for text in self.values if text))

    def value(self, choice: int) -> object:
        """What the one that is kept will hold."""
        return self.kind.joined(self._texts()) if choice == JOINED else self.values[choice]


@dataclass(frozen=True)
class Proposal:
    """Records that are to become one: which is kept, field by field, and what hangs on each of them."""

    record: type[Record]
    records: Sequence[Record]
    keep: int
    sides: Sequence[Side]
    hanging: Sequence[Hanging]
    belonging: Sequence[str]
    """the account each belongs to"""

    def moving(self, keep: int) -> Hanging:
        """How many records of which type move to the one that is kept."""
        return sum((count for place, count in enumerate(self.hanging) if place != keep), Counter())


def propose(record: type[Record], keys: Sequence[object], by: str) -> Proposal:
    """What would become of these records. `Mistake` when they cannot become one."""
    if not 2 <= len(keys) <= MOST:
        raise Mistake(_("Mark two to {most} {records} to merge them.").format(most=MOST, records=many(record)))
    rights.require(by, "edit", record)
    rights.require(by, "remove", record)
    held = [record.find(key) for key in keys]
    if None in held:
        raise Mistake(
            _("{record} {number} is not there any more.").format(record=record.singular, number=keys[held.index(None)])
        )
    found = [each for each in held if each is not None]
    for each in found:
        rights.require(by, "edit", each)
        rights.require(by, "remove", each)
    refuse(found)
    hanging = [hanging_on(each) for each in found]
    keep = _best(found, hanging)
    return Proposal(record, found, keep, sides(found, keep), hanging, [belongs_to(each) for each in found])


def refuse(records: Sequence[Record]) -> None:
    """A Mistake when these cannot become one, whichever of them is kept."""
    for record in records:
        if record.__data__.get("removed"):
            raise Mistake(_("{name} is removed; bring it back first.").format(name=record.caption()))
    if len(tied := [record for record in records if bound(record)]) > 1:
        names = all_of([record.caption() for record in tied])
        raise Mistake(
            _("{names} have {bound} of their own, which stay where they are: they cannot be merged.").format(
                names=names, bound=bound(tied[0])
            )
        )
    for child, link in links_to(type(records[0])):
        if link.unique and child.select().where(link.in_([record.key for record in records])).count() > 1:
            raise Mistake(
                _("Each of them has an {record}. Merge the {records} instead.").format(
                    record=one(child), records=many(child)
                )
            )


def hanging_on(record: Record) -> Hanging:
    """How many records of which type belong to this one, or to what it has all to itself."""
    ties: dict[type[Record], list[peewee.Expression]] = {}
    for head in (record, *_parents(record)):
        for other, link in links_to(type(head)):
            if other is not type(record) and not link.binding:
                ties.setdefault(other, []).append(link == head.key)
    return +Counter({other: other.select().where(reduce(or_, found)).count() for other, found in ties.items()})


def belongs_to(record: Record) -> str:
    """The name of the account a contact belongs to; '' where a record stands for itself."""
    named = type(record).extras().get("account_name")
    if named is None:
        return ""
    key = work.key_field(type(record))
    return str(type(record).select(named.expression).where(key == record.key).scalar() or "")


def links_to(record: type[Record]) -> Iterator[tuple[type[Record], Kind[object]]]:
    """Every field of every record that points at records of this type."""
    for other in areas.every_record():
        for field in other._meta.sorted_fields:
            if field.points_at(record):
                yield other, field


def bound(record: Record) -> str:
    """What this record, or what it has all to itself, cannot be parted from, such as "orders"; '' for nothing."""
    for head in (record, *_parents(record)):
        for other, link in links_to(type(head)):
            if link.binding and other.select().where(link == head.key).exists():
                return str(many(other))
    return ""


def _parents(record: Record) -> list[Record]:
    links = [(link.rel_model, getattr(record, link.name)) for link in own_links(type(record))]
    found = [parent.find(key) for parent, key in links if key is not None]
    return [parent for parent in found if parent is not None]


def _best(records: Sequence[Record], hanging: Sequence[Hanging]) -> int:
    """Whom to keep: what cannot go, then the one on whom most hangs, then the fullest, then the oldest."""

    def worth(place: int) -> tuple[bool, bool, int, int, int]:
        record = records[place]
        filled = sum(1 for name in record.kinds() if getattr(record, name))
        converted = bool(record.__data__.get("converted"))
        return converted, bool(bound(record)), hanging[place].total(), filled, -_order(record.key)

    return max(range(len(records)), key=worth)


def _order(key: object) -> int:
    return key if isinstance(key, int) else 0


def own_links(record: type[Record]) -> list[Link]:
    """The links by which a record has another all to itself: an account its customer."""
    return [link for link in record._meta.refs if link.unique]


def sides(records: Sequence[Record], keep: int) -> list[Side]:
    """Every field a person fills in, with what is proposed."""
    age = _changed(records)
    found = []
    for name, kind in type(records[0]).kinds().items():
        values = [getattr(record, name) for record in records]
        if kind.system or kind.primary_key:
            continue
        survivor = next((place for place, value in enumerate(values) if value in kind.survives), None)
        chosen = survivor if survivor is not None else _proposed(kind, values, keep, age)
        found.append(Side(name, kind, values, chosen, survivor is not None))
    return [_together(side, found) for side in found]


def _together(side: Side, sides: Sequence[Side]) -> Side:
    """A time is taken from where its day is taken."""
    day = side.name.removesuffix("_time") + "_date"
    held = next((other for other in sides if other.name == day and side.name.endswith("_time")), None)
    return side if held is None else Side(side.name, side.kind, side.values, held.proposed, side.settled)


def _changed(records: Sequence[Record]) -> list[tuple[int, int]]:
    """How lately each was changed: the greater, the later."""
    table = type(records[0])._meta.table_name
    row = work.ChangeRow
    latest = {
        record.key: row.select(peewee.fn.MAX(row.unit)).where((row.table == table) & (row.key == str(record.key)))
        for record in records
    }
    return [(latest[record.key].scalar() or 0, _order(record.key)) for record in records]


def _day(values: Sequence[date], filled: Sequence[int]) -> int:
    """Of days to come the next, so that nobody is called too late; of days that are over the last."""
    first_of_today = datetime.combine(today(), time()) if isinstance(values[filled[0]], datetime) else today()
    coming = [place for place in filled if values[place] >= first_of_today]
    if coming:
        return min(coming, key=lambda place: values[place])
    return max(filled, key=lambda place: values[place])


def _proposed(kind: Kind[object], values: Sequence[Any], keep: int, age: Sequence[tuple[int, int]]) -> int:
    filled = [place for place, value in enumerate(values) if value not in (None, "", False)]
    if not filled or len({values[place] for place in filled}) == 1 or not kind.weighed:
        return keep if keep in filled or not filled else filled[0]
    if kind.textual:
        longest = max(filled, key=lambda place: (len(values[place]), age[place]))
        if all(fold(values[place]) in fold(values[longest]) for place in filled):
            return longest
        if kind.joinable:
            return JOINED
    elif isinstance(values[filled[0]], date):
        return _day(values, filled)
    return max(filled, key=lambda place: age[place])
