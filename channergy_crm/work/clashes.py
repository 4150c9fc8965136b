"""Merges what two people typed into one record; where both changed one field, whoever saves later is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm.errors import Clash, Difference, Mistake
from channergy_crm.language import _
from channergy_crm.work.journal import ChangeRow, UnitRow
from channergy_crm.work.stored import Stored, derive

if TYPE_CHECKING:
    from collections.abc import Mapping


def write_if_unchanged(record: Stored, changes: Mapping[str, tuple[object, object]]) -> bool:
    """Write the changed fields, unless somebody has saved the record since it was loaded; tells whether it did."""
    cls, fields = type(record), record._meta.fields
    values = {fields[name]: pair[1] for name, pair in changes.items()}
    values[fields["version"]] = (record.__data__["version"] or 1) + 1
    unchanged = (cls._meta.primary_key == record.key) & (fields["version"] == record.__data__["version"])
    return bool(cls.update(values).where(unchanged).execute())


def merge(record: Stored, changes: Mapping[str, tuple[object, object]]) -> dict[str, tuple[object, object]]:
    """Somebody saved this record meanwhile: take their other fields, keep ours, and raise `Clash` where both
    changed the same field to something else. Returns what is still ours to write.
    """
    stored = type(record).find(record.key)
    if stored is None:
        raise Mistake(_("{name} was deleted by somebody else meanwhile.").format(name=record.caption()))
    ours, clashes = {}, []
    for name, (base, mine) in changes.items():
        theirs = stored.__data__.get(name)
        kind = record._meta.fields[name]
        if theirs == mine:
            continue
        if theirs != base and not kind.system:
            clashes.append(Difference(name, kind.label, base, mine, theirs))
        ours[name] = (theirs, mine)
    if clashes:
        raise Clash(record.caption(), clashes, _last_editor(record))
    for name, value in stored.__data__.items():
        if name not in ours:
            record.__data__[name] = value
    return ours


def with_derived(record: Stored, ours: dict[str, tuple[object, object]]) -> dict[str, tuple[object, object]]:
    """What is ours to write, and what follows from it and from what others wrote: both are found by search then."""
    if not ours:
        return ours
    theirs = dict(record.__data__)
    derive(record)
    derived = {name: value for name, value in record.__data__.items() if value != theirs.get(name)}
    return {**ours, **{name: (ours.get(name, (theirs.get(name),))[0], value) for name, value in derived.items()}}


def _last_editor(record: Stored) -> str:
    row = (
        UnitRow.select(UnitRow.by)
        .join(ChangeRow, on=(ChangeRow.unit == UnitRow.number))
        .where((ChangeRow.table == record._meta.table_name) & (ChangeRow.key == str(record.key)))
        .order_by(UnitRow.number.desc())
        .first()
    )
    return row.by if row else ""
