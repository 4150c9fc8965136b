"""Undo and redo: taking a unit of work back as a unit of its own, as long as nobody has built on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

import peewee

from channergy_crm.errors import Mistake
from channergy_crm.work import ChangeRow, Done, Unit, UnitRow, key_field, listen, unit, unpacked

if TYPE_CHECKING:
    from channergy_crm.record import Record


@dataclass(frozen=True)
class Entry:
    """One unit as the journal names it."""

    number: int
    name: str
    by: str
    done: datetime
    kind: str


def undoable(by: str) -> Entry | None:
    """The unit Ctrl+Z would take back: the latest this operator did or redid that still stands."""
    return _latest(by, ("do", "redo"))


def redoable(by: str) -> Entry | None:
    """The unit Ctrl+Shift+Z would do again: the latest undo, as long as nothing was done since."""
    last_done = (
        UnitRow.select(peewee.fn.MAX(UnitRow.number)).where((UnitRow.by == by) & (UnitRow.kind == "do")).scalar() or 0
    )
    entry = _latest(by, ("undo",))
    return entry if entry and entry.number > last_done else None


def _latest(by: str, kinds: tuple[str, ...]) -> Entry | None:
    standing = (UnitRow.by == by) & UnitRow.kind.in_(kinds) & UnitRow.reversed_by.is_null()
    row = UnitRow.select().where(standing).order_by(UnitRow.number.desc()).first()
    return Entry(row.number, row.name, row.by, row.done, row.kind) if row else None


def reverse(number: int, *, by: str, records: Mapping[str, type[Record]]) -> Done | None:
    """Take a unit back, or do again what was taken back. Refused with a sentence when somebody has built on it."""
    row = UnitRow.get_or_none(UnitRow.number == number)
    if row is None or row.reversed_by is not None:
        raise Mistake("That has been taken back already.")
    told: list[Done] = []
    stop = listen(told.append)
    try:
        with unit(row.name, by=by, kind="redo" if row.kind == "undo" else "undo", reverses=number) as taking_back:
            changes = ChangeRow.select().where(ChangeRow.unit == number).order_by(ChangeRow.number.desc())
            for change in list(changes):
                _reverse_change(taking_back, change, records[change.table])
    finally:
        stop()
    return told[0] if told else None


def _reverse_change(taking_back: Unit, change: ChangeRow, cls: type[Record]) -> None:
    key = int(change.key) if key_field(cls).numeric else change.key
    if change.verb == "delete":
        values = unpacked(cls, change.before)
        values["version"] = values.get("version", 1) + 1
        cls.insert(values).execute()
        taking_back.note(cls, key, "insert")
        return
    stored = cls.find(key)
    if stored is None:
        raise Mistake(f"“{change_name(change)}” cannot be taken back: {cls.singular.lower()} {key} is gone.")
    if change.verb == "insert":
        _refuse_if_built_on(change, stored)
        taking_back.delete(stored)
        return
    before, after = unpacked(cls, change.before), unpacked(cls, change.after)
    for name, value in after.items():
        if stored.__data__.get(name) != value and not cls._meta.fields[name].system:
            label = cls._meta.fields[name].label
            raise Mistake(f"This cannot be taken back: {label} of {stored.caption()} was changed again since.")
    for name, value in before.items():
        setattr(stored, name, value)
    taking_back.update(stored, stored.changes())


def _refuse_if_built_on(change: ChangeRow, stored: Record) -> None:
    later = (
        ChangeRow.select(UnitRow.name, UnitRow.by)
        .join(UnitRow, on=(ChangeRow.unit == UnitRow.number))
        .where(
            (ChangeRow.table == change.table) & (ChangeRow.key == change.key) & (ChangeRow.number > change.number)
            & (ChangeRow.unit != change.unit) & UnitRow.reversed_by.is_null() & (UnitRow.kind != "undo")
        )
        .tuples().first()
    )  # fmt: skip
    if later:
        raise Mistake(f"This cannot be taken back: {later[1]} has worked on {stored.caption()} since ({later[0]}).")


def change_name(change: ChangeRow) -> str:
    """The name of the unit a change belongs to."""
    row = UnitRow.get_or_none(UnitRow.number == change.unit)
    return row.name if row else ""
