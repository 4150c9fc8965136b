"""A valid record of any type, made by asking its kinds: a new record type needs nothing here."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from channergy_crm import work
from channergy_crm.fields import (
    Date,
    Email,
    Flag,
    Link,
    Lookup,
    Moment,
    Money,
    Number,
    OneOf,
    Percent,
    Phone,
    Quantity,
    Rate,
    RecordNumber,
    Reference,
    Repeats,
    Text,
    Time,
    Website,
)  # fmt: skip
from channergy_crm.records.calling_hours import Weekdays
from channergy_crm.records.operators import Operator

if TYPE_CHECKING:
    from channergy_crm.work.record import Record

BY = "ADMIN"


def value_for(kind: Any, turn: int = 0) -> Any:
    """A value of this kind; another one for each turn."""
    samples: list[tuple[type | tuple[type, ...], list[Any]]] = [
        (Phone, ["504-621-8927", "+44 20 7946 0018", "212-555-0134"]),
        (Email, ["ann@example.com", "ben@example.com", "c@example.com"]),
        (Website, ["www.example.com", "https://example.org", "example.net"]),
        (Lookup, ["Reached", "Häagen & Co", "10"]),
        (Weekdays, ["12345", "67", "1234567"]),
        (OneOf, list(getattr(kind, "words", ())) * 3),
        (Repeats, ["FREQ=DAILY", "AFTER=14D", "FREQ=MONTHLY;BYMONTHDAY=-1"]),
        (Text, [f"{kind.label} one", f"{kind.label} – zwei", f"{kind.label} 'three'"]),
        (Percent, [10, 55, 100]),
        (Rate, [0, 1900, 825]),
        (Quantity, [1000, 2500, 12]),
        (Reference, [3, 4, 5]),
        (Number, _numbers(kind)),
        (Money, [0, 123456, 99]),
        (Date, [date(2026, 2, 28), date(2024, 2, 29), date(2030, 12, 31)]),
        (Time, [time(0, 0), time(13, 30), time(23, 59)]),
        (Moment, [datetime(2026, 3, 1, 8, 15), datetime(2026, 3, 2, 0, 0), datetime(2026, 3, 3, 23, 59)]),
        (Flag, [False, True, False]),
    ]
    return next(values[turn % 3] for cls, values in samples if isinstance(kind, cls))


def _numbers(kind: Any) -> list[int]:
    """Three numbers that fit."""
    if isinstance(kind, Number):
        return [max(kind.least, 0 if kind.name != "version" else 1), min(17, kind.most - 1), min(1200, kind.most)]
    return []


def plain(record: type[Record]) -> list[Any]:
    """The fields a person fills in: neither numbers, nor links, nor what the program keeps."""
    return [kind for kind in record.kinds().values() if not kind.system and not _is_key(kind) and not _is_link(kind)]


def _is_key(kind: Any) -> bool:
    return bool(kind.primary_key) or isinstance(kind, RecordNumber)


def _is_link(kind: Any) -> bool:
    return isinstance(kind, Link)


def valid(record: type[Record], turn: int = 0) -> Record:
    """A new record of this type with every field filled in, not yet saved; what it links to is in the store."""
    values: dict[str, Any] = {}
    for kind in record._meta.sorted_fields:
        if isinstance(kind, RecordNumber) or getattr(kind, "hidden", False):
            continue
        if kind.primary_key:
            values[kind.name] = f"KEY{turn}"
        elif isinstance(kind, Link) and kind.rel_model is record:
            values[kind.name] = None
        elif isinstance(kind, Link):
            values[kind.name] = BY if kind.rel_model is Operator else stored(kind.rel_model, turn).key
        elif not getattr(kind, "touched", False) and not kind.freezes:
            values[kind.name] = value_for(kind, turn)
    return record(**values)


def stored(record: type[Record], turn: int = 0) -> Record:
    """The same in the store."""
    if record is Operator and turn == 0:
        found = Operator.find(BY)
        assert found is not None
        return found
    with work.unit("Make", by=BY):
        made = valid(record, turn)
        made.save()
    return made


def changed(record: Record, turn: int) -> Any:
    """Change one field somebody could change; the field."""
    kind = next(kind for kind in plain(type(record)) if not isinstance(kind, Flag))
    setattr(record, kind.name, value_for(kind, turn))
    return kind
