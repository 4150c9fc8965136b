"""Brings back what was deleted, under its own number: a record, and what was deleted with it and hung on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from channergy_crm.work.journal import ChangeRow
from channergy_crm.work.journal_values import unpacked
from channergy_crm.work.stored import key_field
from channergy_crm.work.unit import current

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from channergy_crm.work.record import Record


class Gone(NamedTuple):
    """A record that was deleted: what it was, its key, the change that says so, the unit, and what it held."""

    record: type[Record]
    key: object
    change: int
    unit: int
    values: Mapping[str, object]

    def instance(self) -> Record:
        """The record as it was, not in the store."""
        empty = {name: kind.empty for name, kind in self.record._meta.fields.items()}
        held: dict[str, Any] = {**empty, **self.values}
        return self.record(**held)

    def caption(self) -> str:
        """How people called it."""
        return self.instance().caption()


def gone(change: ChangeRow, types: Mapping[str, type[Record]]) -> Gone | None:
    """What a deletion took away; None where the journal does not hold it any more."""
    record = types.get(change.table)
    if record is None or change.before is None:
        return None
    key: object = int(change.key) if key_field(record).numeric else change.key
    values = {key_field(record).name: key, **unpacked(record, change.before)}
    return Gone(record, key, change.number, change.unit, values)


def stands(record: type[Record], keys: Sequence[object]) -> set[object]:
    """Those of these keys that are in the store."""
    key = key_field(record)
    return set(record.select(key).where(key.in_(list(keys))).scalars()) if keys else set()


def along(target: Gone, types: Mapping[str, type[Record]]) -> list[Gone]:
    """The record and what was deleted in the same unit and hung on it, directly or through others: owners first."""
    rows = ChangeRow.select().where((ChangeRow.unit == target.unit) & (ChangeRow.verb == "delete"))
    others = [held for row in rows if row.number != target.change and (held := gone(row, types)) is not None]
    found, more = [target], True
    while more:
        hanging = [one for one in others if one not in found and any(hangs_on(one, each) for each in found)]
        found += [one for one in hanging if one.key not in stands(one.record, [one.key])]
        others = [one for one in others if one not in hanging]
        more = bool(hanging)
    return found


def hangs_on(one: Gone, other: Gone) -> bool:
    """Whether it pointed at the other one."""
    return any(kind is other.record and key == other.key for kind, key in _pointed_at(one, {}))


def _pointed_at(one: Gone, types: Mapping[str, type[Record]]) -> Iterator[tuple[type[Record], object]]:
    for link in one.record._meta.refs:
        yield link.rel_model, one.values.get(link.name)
    if one.record.about.part_of:
        yield one.record, one.values.get(one.record.about.part_of)
    table, number = (one.values.get(name) for name in one.record.about.stands_at)
    if (kind := types.get(str(table or ""))) is not None and number:
        yield kind, int(str(number)) if key_field(kind).numeric else number


def needs(found: Sequence[Gone], types: Mapping[str, type[Record]]) -> Iterator[tuple[Gone, type[Record], object]]:
    """What must be there before these can be: each with what points at it, its type and its key."""
    for one in found:
        for kind, key in _pointed_at(one, types):
            coming = any(each.record is kind and each.key == key for each in found)
            if key not in (None, "") and not coming and key not in stands(kind, [key]):
                yield one, kind, key


def _owners_first(found: Sequence[Gone]) -> Iterator[Gone]:
    """Each after everything it hangs on; of what hangs on each other, as it stands."""
    waiting = list(found)
    while waiting:
        free = [one for one in waiting if not any(hangs_on(one, other) for other in waiting if other is not one)]
        yield from free or waiting
        waiting = [one for one in waiting if one not in free] if free else []


def bring_back(found: Sequence[Gone]) -> None:
    """Write these within the current unit, as they were. The journal does not name the fields that were empty."""
    for one in _owners_first(found):
        fields = one.record._meta.fields
        held: dict[str, object] = {name: kind.empty for name, kind in fields.items()}
        held |= {name: kind.default() if callable(kind.default) else kind.default
                 for name, kind in fields.items() if kind.default is not None}  # fmt: skip
        held |= one.values
        held["version"] = int(str(one.values.get("version") or 1)) + 1
        key = str(key_field(one.record).name)
        names = [key, *(name for name in held if name != key)]
        row = [fields[name].db_value(held[name]) for name in names]
        current().insert_many(one.record, names, [row])
