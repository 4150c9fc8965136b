"""The office's own lists behind the drop-downs: edited, renamed, retired (CH-149…CH-154)."""

from __future__ import annotations

from typing import Any

from channergy_crm import access, work
from channergy_crm.errors import Mistake
from channergy_crm.fields import Lookup
from channergy_crm.lookups import CustomLookup, choices
from channergy_crm.record import Record
from channergy_crm.records import ALL
from channergy_crm.services import saving


def fields() -> list[tuple[str, str, str]]:
    """Every list of the office: table name, field name, and what people call it."""
    known = {
        kind.list_key: f"{record.plural}: {kind.label}" if kind.list_key[0] != "All" else f"All: {kind.label}"
        for record in ALL
        for kind in record.kinds().values()
        if isinstance(kind, Lookup)
    }
    stored: Any = CustomLookup.select(CustomLookup.table, CustomLookup.field).distinct().tuples()
    for table, field in stored:
        known.setdefault((table, field), f"{table}: {field}")
    return sorted(((table, field, label) for (table, field), label in known.items()), key=lambda row: row[2])


def add(table: str, field: str, value: str, by: str, *, description: str = "", sort: int | None = None) -> CustomLookup:
    """A new value of a list, also straight from a drop-down."""
    value = value.strip()
    _refuse_double(table, field, value)
    return saving.save(
        CustomLookup(table=table, field=field, value=value, description=description.strip() or value, sort=sort), by
    )


def _refuse_double(table: str, field: str, value: str) -> None:
    if any(choice.value == value for choice in choices(table, field)):
        raise Mistake(f"“{value}” is in this list already.", "value")


def holders(entry: CustomLookup, value: str) -> int:
    """How many rows hold this value."""
    return sum(record.select().where(kind == value).count() for record, kind in _users(entry))


def _users(entry: CustomLookup) -> list[tuple[type[Record], Any]]:
    return [
        (record, kind)
        for record in ALL
        for kind in record.kinds().values()
        if isinstance(kind, Lookup) and kind.list_key == (entry.table, entry.field)
    ]


def save(entry: CustomLookup, by: str, *, change_rows: bool = False) -> CustomLookup:
    """Save one value of a list. When it was renamed, `change_rows` also changes the rows that hold the old value."""
    access.require(by, "edit", entry)
    renamed = entry.changes().get("value")
    if renamed:
        _refuse_double(entry.table, entry.field, entry.value)
    with work.unit(f"Save lookup value {entry.caption()}", by=by):
        entry.save()
        if renamed and change_rows:
            _rename_rows(entry, *renamed)
    return entry


def _rename_rows(entry: CustomLookup, old: str, new: str) -> None:
    for record, kind in _users(entry):
        for row in record.select().where(kind == old):
            setattr(row, kind.name, new)
            row.save()


def remove(number: int, by: str) -> str:
    """Take a value out of its list: deleted when no row holds it, retired when one does. Says which in a sentence."""
    entry = CustomLookup.find(number)
    access.require(by, "remove", entry)
    if entry is None:
        raise Mistake("That value is not there any more.")
    if holders(entry, entry.value):
        with work.unit(f"Retire lookup value {entry.caption()}", by=by):
            entry.retired = True
            entry.save()
        return f"{entry.caption()} is in use and is retired: no longer offered, still readable where it stands."
    saving.delete(entry, by)
    return f"{entry.caption()} is deleted."
