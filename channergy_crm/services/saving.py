"""Saving, deleting and taking back, the same for every record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from channergy_crm import access, work
from channergy_crm.services import areas
from channergy_crm.work import undo
from channergy_crm.work.record import Record

if TYPE_CHECKING:
    from collections.abc import Sequence

R = TypeVar("R", bound=Record)


def save(record: R, by: str) -> R:
    """Write a new or changed record. Other people's changes to other fields are kept; `Clash` when both changed one."""
    new = record.is_new
    access.require(by, "create" if new else "edit", record)
    verb = "Create" if new else "Save"
    with work.unit(f"{verb} {record.singular.lower()} {record.caption()}", by=by):
        record.save()
    return record


def settle_clash(record: R, choice: dict[str, Any], by: str) -> R:
    """Save a record two people changed: `choice` holds the value somebody chose for each field in question."""
    access.require(by, "edit", record)
    fresh = type(record).find(record.key)
    if fresh is None:
        return save(record, by)
    for name, (_, mine) in record.changes().items():
        if name != "version":
            setattr(fresh, name, choice.get(name, mine))
    return save(fresh, by)


def delete(record: Record, by: str) -> None:
    """Delete a record; undo brings it back."""
    access.require(by, "remove", record)
    with work.unit(f"Delete {record.singular.lower()} {record.caption()}", by=by):
        record.delete_instance()


def delete_all(records: Sequence[Record], by: str) -> str:
    """Delete records of one type in one step; undo brings all of them back. What was deleted, in words."""
    first, count = records[0], len(records)
    what = f"{count} {first.plural.lower()}" if count > 1 else f"{first.singular.lower()} {first.caption()}"
    with work.unit(f"Delete {what}", by=by):
        for record in records:
            delete(record, by)
    return what


def undo_latest(by: str) -> work.Done | None:
    """Take back the latest thing this operator did; what was taken back, or None when there is nothing."""
    entry = undo.undoable(by)
    return reverse(entry.number, by) if entry else None


def redo_latest(by: str) -> work.Done | None:
    """Do again what was taken back last."""
    entry = undo.redoable(by)
    return reverse(entry.number, by) if entry else None


def reverse(number: int, by: str, progress: undo.Progress | None = None) -> work.Done | None:
    """Take back one particular unit, or do again what was taken back."""
    access.require(by, "edit")
    return undo.reverse(number, by=by, records=areas.every_table(), progress=progress)
