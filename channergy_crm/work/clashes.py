"""Merges what two people typed into one record; where both changed one field, whoever saves later is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from channergy_crm.errors import Clash, Difference, Mistake
from channergy_crm.language import _
from channergy_crm.work.journal import UnitRow, latest_unit
from channergy_crm.work.stored import Stored, derive

if TYPE_CHECKING:
    from collections.abc import Mapping


Changes = dict[str, tuple[object, object]]
"""what a record held and shall hold, by field"""


def endings(cls: type[Stored]) -> tuple[str, ...]:
    """The flags by which one leaves the working lists; none where these records stay in them."""
    return tuple(cls.about.standing) if cls.listed() is not None else ()


def take_theirs(record: Stored, name: str, value: object) -> None:
    """What somebody else has saved into this field is what it holds; nothing is changed in it here any more."""
    record.__data__[name] = value
    record.__dict__.get("_before", {}).pop(name, None)
    record._dirty.discard(name)


def write(record: Stored, changes: Changes) -> Changes:
    """Write the changed fields of a record, with what others saved meanwhile; what was written, by field."""
    if _write_if(record, changes, _as_it_was(record, changes)):
        return changes
    while True:  # on PostgreSQL somebody may be faster even now
        changes = with_derived(record, merge(record, changes))
        if not changes or _write_if(record, changes, _of_this_version(record)):
            return changes


def _write_if(record: Stored, changes: Changes, condition: object) -> bool:
    fields = record._meta.fields
    values = {fields[name]: pair[1] for name, pair in changes.items()}
    values[fields["version"]] = (record.__data__["version"] or 1) + 1
    return bool(type(record).update(values).where(condition).execute())


def _of_this_version(record: Stored) -> Any:
    fields, meta = record._meta.fields, record._meta
    return (meta.primary_key == record.key) & (fields["version"] == record.__data__["version"])


def _as_it_was(record: Stored, changes: Changes) -> Any:
    """Nobody has saved it since it was loaded; other programs count no versions, so its values are compared, too."""
    condition = _of_this_version(record)
    compared = {name: pair[0] for name, pair in changes.items()}
    compared.update((name, record.__data__.get(name)) for name in endings(type(record)) if name not in compared)
    for name, value in compared.items():
        field = record._meta.fields[name]
        if not field.system or name in endings(type(record)):
            condition &= field.is_null() if value is None else field == value
    return condition


def merge(record: Stored, changes: Mapping[str, tuple[object, object]]) -> Changes:
    """Somebody saved this record meanwhile: take their other fields, keep ours, and raise `Clash` where both
    changed the same field to something else. Returns what is still ours to write.
    """
    stored = type(record).find(record.key)
    if stored is None:
        raise Mistake(_("{name} was deleted by somebody else meanwhile.").format(name=record.caption()))
    _refuse_what_is_over(record, stored, changes)
    ours: Changes = {}
    clashes = []
    for name, (base, mine) in changes.items():
        theirs = stored.__data__.get(name)
        kind = record._meta.fields[name]
        if theirs == mine:
            continue
        if theirs != base and not kind.system:
            clashes.append(Difference(name, kind.label, base, mine, theirs))
        ours[name] = (theirs, mine)
    if clashes:
        raise Clash(record.caption(), clashes, _last_editor(record, stored))
    for name, value in stored.__data__.items():
        if name not in ours:
            record.__data__[name] = value
    return ours


def with_derived(record: Stored, ours: Changes) -> Changes:
    """What is ours to write, and what follows from it and from what others wrote: both are found by search then."""
    if not ours:
        return ours
    theirs = dict(record.__data__)
    derive(record)
    derived = {name: value for name, value in record.__data__.items() if value != theirs.get(name)}
    return {**ours, **{name: (ours.get(name, (theirs.get(name),))[0], value) for name, value in derived.items()}}


def _refuse_what_is_over(record: Stored, stored: Stored, changes: Mapping[str, tuple[object, object]]) -> None:
    """What was removed or converted meanwhile is hidden: nobody would see what is written into it."""
    for name in endings(type(record)):
        if stored.__data__.get(name) and not record.__data__.get(name) and name not in changes:
            unit = latest_unit(record._meta.table_name, record.key)
            raise Mistake(
                what_became_of(record, unit if stored.__data__["version"] != record.__data__["version"] else None)
            )


def what_became_of(record: Stored, unit: UnitRow | None) -> str:
    """A sentence about a record that has left its list while somebody was typing; `unit` is what was done to it."""
    if unit is None:
        return _("Nothing was saved: {name} was taken off the list by another program meanwhile.").format(
            name=record.caption()
        )
    return _("Nothing was saved: {operator} has worked on {name} meanwhile ({deed}).").format(
        operator=unit.by, name=record.caption(), deed=unit.message
    )


def _last_editor(record: Stored, stored: Stored) -> str:
    if stored.__data__["version"] == record.__data__["version"]:
        return ""  # another program: no journal tells which
    row = latest_unit(record._meta.table_name, record.key)
    return row.by if row else ""
