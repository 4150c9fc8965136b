"""Whether the rows of a file are what their history says: a letter that is another one now, in a row or in the history,
is no damage SQLite could see.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from channergy_crm.language import _, ngettext
from channergy_crm.store import foreign
from channergy_crm.work import ChangeRow, key_field
from channergy_crm.work.journal_values import unpacked

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from channergy_crm.store.database import Office
    from channergy_crm.work.record import Record

TOGETHER = 500


class Told(NamedTuple):
    """One sentence, and whether it is only worth knowing."""

    sentence: str
    is_note: bool


class HistoryOf:
    """What is found while the rows of one record type go by."""

    def __init__(self, record: type[Record], office: Office) -> None:
        self._record, self._key = record, key_field(record)
        self._fields = list(record._meta.sorted_fields)
        self._place = self._fields.index(self._key)
        self._compared = {field.name for field in self._fields if not field.hidden and field is not self._key}
        self._others_write = bool(foreign.counted(office.database))
        self._unlike: dict[str, tuple[object, int]] = {}
        self._unread: list[object] = []

    def look(self, rows: Sequence[Sequence[object]]) -> None:
        """At some rows, as they lie in the store."""
        for start in range(0, len(rows), TOGETHER):
            part = {str(row[self._place]): row for row in rows[start : start + TOGETHER]}
            told = self._told(list(part))
            for key, row in part.items():
                self._compare(row, told.get(key, {}))

    def _told(self, keys: Sequence[str]) -> dict[str, dict[str, Any]]:
        """What the history of each says it holds, as far as the history goes back."""
        mine = (ChangeRow.table == self._record._meta.table_name) & ChangeRow.key.in_(list(keys))
        query = ChangeRow.select(ChangeRow.key, ChangeRow.verb, ChangeRow.before, ChangeRow.after).where(mine)
        told: dict[str, dict[str, Any]] = {}
        changes: Any = query.order_by(ChangeRow.number).tuples()
        for key, verb, before, after in changes:
            try:
                was, becomes = unpacked(self._record, before), unpacked(self._record, after)
            except ValueError:
                self._unread.append(key)
                continue
            held = told.setdefault(key, {})
            if verb == "update":
                self._differ(key, was, held)
            elif verb == "insert" and after is not None:
                held.update(dict.fromkeys(self._compared))  # what it does not name was empty
            held.update(becomes)
            if verb == "delete":
                held.clear()
        return told

    def _compare(self, row: Sequence[object], told: dict[str, Any]) -> None:
        stored = {}
        for field, raw in zip(self._fields, row, strict=True):
            try:
                stored[field.name] = field.python_value(raw)
            except (ValueError, TypeError, ArithmeticError):
                continue  # told of already: it cannot stand there
        self._differ(row[self._place], stored, told)

    def _differ(self, key: object, values: dict[str, Any], told: dict[str, Any]) -> None:
        for name in (values.keys() & told.keys() & self._compared) if told else ():
            if values[name] != told[name] and not (_empty(values[name]) and _empty(told[name])):
                first, times = self._unlike.get(name, (key, 0))
                self._unlike[name] = first, times + 1

    def findings(self) -> Iterator[Told]:
        """What was found, a sentence for each field; where other programs write, too, that may be the reason."""
        names = {"records": self._record.plural, "record": self._record.singular}
        for name, (number, times) in self._unlike.items():
            said = ngettext(
                "{records}, {field}: {record} {number} does not hold what its history says ({count:,} row).",
                "{records}, {field}: {record} {number} does not hold what its history says ({count:,} rows).", times,
            )  # fmt: skip
            label = self._record.kind(name).label
            yield Told(said.format(**names, field=label, number=number, count=times), self._others_write)
        if self._unread:
            said = _("{records}: the history of {record} {number} cannot be read.")
            yield Told(said.format(**names, number=self._unread[0]), is_note=False)


def _empty(value: object) -> bool:
    return value in (None, "", False)
