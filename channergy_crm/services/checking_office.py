"""The deep check of an office: whether every row, link, index and search text is what the declarations say.

It only reads. What it finds is told field by field, with one example and the number of rows, never row by row.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import peewee

from channergy_crm import work
from channergy_crm.language import _, many, ngettext
from channergy_crm.records import ALL, BY_TABLE, lookups
from channergy_crm.records.sync import TABLES, Met, Outgoing, SyncLink
from channergy_crm.services import contents
from channergy_crm.services.checking_history import HistoryOf
from channergy_crm.work import key_field

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from playhouse.schema_diff import SchemaDiff

    from channergy_crm.store.database import Office
    from channergy_crm.store.reader import Reader
    from channergy_crm.work.record import Record

Progress = Callable[[int, int, str], None]
SHOWN = 40
"""letters of a wrong value"""

INVALID = """SELECT c.relname FROM pg_index AS i JOIN pg_class AS c ON c.oid = i.indexrelid
    WHERE NOT i.indisvalid AND pg_table_is_visible(c.oid)"""


@dataclass(frozen=True)
class Finding:
    """One sentence about the office. A note is worth knowing; anything else is wrong."""

    sentence: str
    is_note: bool = False


@dataclass(frozen=True)
class Checked:
    """How many rows were looked at, and what was found."""

    rows: int
    findings: list[Finding]

    @property
    def wrong(self) -> list[Finding]:
        """What is wrong, without the notes."""
        return [finding for finding in self.findings if not finding.is_note]


def check(office: Office, progress: Progress = lambda done, total, text: None) -> Checked:
    """Look at everything in an office that is open; where tables or columns are missing, at nothing else."""
    missing = list(_missing_tables(office))
    if missing:
        return Checked(0, missing)
    findings, rows = list(_missing_indexes(office)), 0
    reader = office.reader()
    try:
        for place, record in enumerate(ALL):
            rows_of = _RowsOf(record)
            history = HistoryOf(record, office) if office.path else None
            for batch in reader.stream(*record.select(*rows_of.fields).sql()):
                rows_of.look(batch)
                if history:
                    history.look(batch)
                progress(place, len(ALL), _("Checking {records}").format(records=many(record)))
            rows += rows_of.count
            findings += [*rows_of.findings(), *_broken_links(record, reader)]
            findings += [Finding(*told) for told in history.findings()] if history else []
    finally:
        reader.close()
    return Checked(rows, [*findings, *_broken_documents(), *_strayed(), *_search_index(office, progress)])


def _difference(office: Office) -> SchemaDiff:
    """The tables as they are against the declarations."""
    from playhouse.schema_diff import diff_models

    return diff_models(office.database, [*ALL, *work.JOURNAL])


def _missing_tables(office: Office) -> Iterator[Finding]:
    difference = _difference(office)
    for model in difference.create_tables:
        yield Finding(_("The table {table} is missing.").format(table=model._meta.table_name))
    for field in difference.add_columns:
        said = _("The column {column} of {table} is missing.")
        yield Finding(said.format(column=field.column_name, table=field.model._meta.table_name))


def _missing_indexes(office: Office) -> Iterator[Finding]:
    for index in _difference(office).add_indexes:
        if index.name:
            yield Finding(_("The index {name} of {table} is missing.").format(name=index.name, table=index.table))
        else:
            said = _("The index over {columns} of {table} is missing.")
            yield Finding(said.format(columns=", ".join(index.columns), table=index.table))
    if office.engine == "postgresql":
        for (name,) in office.database.execute_sql(INVALID).fetchall():
            yield Finding(_("The index {name} is not finished.").format(name=name))


def _broken_links(record: type[Record], reader: Reader) -> Iterator[Finding]:
    """Links to a record that is not there."""
    key = key_field(record)
    for link in record._meta.refs:
        there = link.rel_model.select(link.rel_field)
        found = reader.rows(*record.select(key, link).where(link.is_null(False) & link.not_in(there)).sql())
        if found:
            number, target = found[0]
            said = ngettext(
                "{records}, {field}: {other} {target} of {record} {number} is not there ({count:,} row).",
                "{records}, {field}: {other} {target} of {record} {number} is not there ({count:,} rows).", len(found),
            )  # fmt: skip
            about = {**_names(record), "field": link.label, "other": link.rel_model.singular}
            yield Finding(said.format(**about, target=target, number=number, count=len(found)))


def _broken_documents() -> Iterator[Finding]:
    """Documents whose parts are not all there."""
    if found := contents.broken():
        number, name = found[0]
        said = ngettext(
            "Documents: what is in “{name}” (document {number}) is not whole ({count:,} document).",
            "Documents: what is in “{name}” (document {number}) is not whole ({count:,} documents).", len(found),
        )  # fmt: skip
        yield Finding(said.format(name=name, number=number, count=len(found)))


def _strayed() -> Iterator[Finding]:
    """What the Viper site has of records that are not here, and of which no change waits that would tell it so."""
    for table in TABLES:
        record: Any = BY_TABLE[table]
        key = key_field(record).cast("TEXT")
        here = record.select(peewee.Value(1)).where(key == SyncLink.key)
        waits = Outgoing.select(peewee.Value(1)).where((Outgoing.table == table) & (Outgoing.key == SyncLink.key))
        alone = (SyncLink.table == table) & (SyncLink.met == Met.SYNCED.value)
        asked = SyncLink.select(SyncLink.key, SyncLink.remote).order_by(SyncLink.number)
        found: Any = list(asked.where(alone & ~peewee.fn.EXISTS(here) & ~peewee.fn.EXISTS(waits)).tuples())
        if found:
            said = ngettext(
                "{records}: {remote} in Viper is {record} {number}, which is not there ({count:,} row).",
                "{records}: {remote} in Viper is {record} {number}, which is not there ({count:,} rows).", len(found),
            )  # fmt: skip
            about = {**_names(record), "number": found[0][0], "remote": found[0][1], "count": len(found)}
            yield Finding(said.format(**about), is_note=True)


def _search_index(office: Office, progress: Progress) -> Iterator[Finding]:
    """What SQLite's search index knows of each row; PostgreSQL keeps its own with the rows."""
    if office.path is None:
        return
    from channergy_crm.store import inspection

    tables = inspection.searched_tables(office.path)
    for place, table in enumerate(tables):
        record = BY_TABLE.get(table)
        step = _("Checking the search index of {records}").format(records=many(record) if record else table)
        progress(place, len(tables), step)
        called = record.plural if record else table
        strayed = inspection.search_index(office.path, table)
        if strayed is None:
            yield Finding(
                _("{records}: the search index is damaged. Restore the latest backup.").format(records=called)
            )
        elif strayed:
            alone, more = _("{records}: the search index does not fit row {row}."), len(strayed) - 1
            several = ngettext(
                "{records}: the search index does not fit row {row} and {count:,} more.",
                "{records}: the search index does not fit row {row} and {count:,} more.", more,
            )  # fmt: skip
            yield Finding((several if more else alone).format(records=called, row=strayed[0], count=more))


class _RowsOf:
    """What is found while the rows of one record type go by."""

    def __init__(self, record: type[Record]) -> None:
        self.record = record
        self.fields: list[Any] = list(record._meta.sorted_fields)
        self.count = self._waiting = 0
        self._key = self.fields.index(key_field(record))
        self._wrong: dict[str, tuple[object, object, int]] = {}
        self._unfit: dict[str, tuple[object, int]] = {}
        self._lookups = [field for field in self.fields if field.list_key]
        self._known = {
            field.name: {choice.value for choice in lookups.choices(*field.list_key)} for field in self._lookups
        }
        self._unknown: dict[str, Counter[str]] = {field.name: Counter() for field in self._lookups}

    def look(self, rows: Sequence[Sequence[object]]) -> None:
        """At some rows, as they lie in the store."""
        for row in rows:
            self.count += 1
            values = {
                field.name: self._read(field, raw, row[self._key]) for field, raw in zip(self.fields, row, strict=True)
            }
            self._look_at_derived(values, row[self._key])
            self._look_at_lookups(values)

    def _read(self, field: Any, raw: object, number: object) -> object:
        """The value of a field. What would be another value when it is written back is wrong."""
        if raw is None or (raw == "" and field.null):
            return raw
        try:
            value = field.python_value(raw)
            fits = raw in (value, str(value), field.db_value(value))
        except (ValueError, TypeError, ArithmeticError):
            fits, value = False, None
        if not fits or isinstance(raw, bytes) or (field.numeric and not isinstance(value, int)):
            held, first, times = self._wrong.get(field.name, (raw, number, 0))
            self._wrong[field.name] = held, first, times + 1
            return None
        return value

    def _look_at_derived(self, values: dict[str, object], number: object) -> None:
        """The digits of phones and the text that is searched, against what they follow from."""
        if "search_text" in values and values["search_text"] is None:
            self._waiting += 1
            return
        for kind in self.record.deriving():
            names = [name for name in kind.found_by or kind.derived() if self.record.kind(name).hidden]
            fitting = kind.derive(values, values.keys()) if names else {}
            for name in names:
                if (values[name] or "") != (fitting.get(name) or ""):
                    first, times = self._unfit.get(name, (number, 0))
                    self._unfit[name] = first, times + 1

    def _look_at_lookups(self, values: dict[str, object]) -> None:
        for field in self._lookups:
            if held := values[field.name]:
                known = self._known[field.name]
                self._unknown[field.name].update(part for part in field.parts(held) if part not in known)

    def findings(self) -> Iterator[Finding]:
        """What was found, a sentence for each field."""
        for name, (raw, number, times) in self._wrong.items():
            said = ngettext(
                "{records}, {field}: “{value}” in {record} {number} cannot stand there ({count:,} row).",
                "{records}, {field}: “{value}” in {record} {number} cannot stand there ({count:,} rows).", times,
            )  # fmt: skip
            yield self._finding(said, name, times, value=str(raw)[:SHOWN], number=number)
        for name, (number, times) in self._unfit.items():
            said = ngettext(
                "{records}, {field}: it does not fit the rest of {record} {number} ({count:,} row).",
                "{records}, {field}: it does not fit the rest of {record} {number} ({count:,} rows).", times,
            )  # fmt: skip
            yield self._finding(said, name, times, number=number)
        for name, unknown in self._unknown.items():
            for value, times in sorted(unknown.items()):
                said = ngettext(
                    "{records}, {field}: no list knows “{value}” ({count:,} row).",
                    "{records}, {field}: no list knows “{value}” ({count:,} rows).", times,
                )  # fmt: skip
                yield replace(self._finding(said, name, times, value=value[:SHOWN]), is_note=True)
        if self._waiting:
            said = ngettext(
                "{records}: {count:,} row waits to be prepared for searching.",
                "{records}: {count:,} rows wait to be prepared for searching.", self._waiting,
            )  # fmt: skip
            yield Finding(said.format(records=self.record.plural, count=self._waiting), is_note=True)

    def _finding(self, said: str, name: str, count: int, **more: object) -> Finding:
        """A sentence about a field, filled in."""
        return Finding(said.format(**_names(self.record), field=self.record.kind(name).label, count=count, **more))


def _names(record: type[Record]) -> dict[str, str]:
    return {"records": record.plural, "record": record.singular}
