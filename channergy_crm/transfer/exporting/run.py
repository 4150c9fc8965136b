"""Records out into a file: of any type, as many as there are, all of the file or nothing of it (VT-112…VT-117)."""

from __future__ import annotations

import errno
import locale
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Literal

import peewee

from channergy_crm import clock, work
from channergy_crm.errors import Mistake, Surroundings
from channergy_crm.language import _, many
from channergy_crm.query.listing import ListQuery, label
from channergy_crm.records import Operator
from channergy_crm.records.transfers import ExportRow
from channergy_crm.services import rights
from channergy_crm.services.privacy import personal
from channergy_crm.store.complaints import ReadOnly
from channergy_crm.text.folding import fold
from channergy_crm.transfer.exporting.text import Style, style_of_place, write_text
from channergy_crm.transfer.exporting.vcard import card_columns, write_cards
from channergy_crm.transfer.exporting.workbook import write_workbook
from channergy_crm.transfer.importing import plan

if TYPE_CHECKING:
    from pathlib import Path

    from channergy_crm.fields import Kind
    from channergy_crm.store.database import Office
    from channergy_crm.store.reader import Reader, Row
    from channergy_crm.work.record import Extra, Record

Progress = Callable[[int, int, str], None]
What = Literal["all", "marked", "found", "page"]
Form = Literal["csv", "vtiger", "xlsx", "vcard3", "vcard4"]

BATCH = 2_000
VTIGER = Style(encoding="utf-8", vtiger=True)
SUFFIXES: dict[str, Form] = {".csv": "csv", ".tsv": "csv", ".txt": "csv", ".xlsx": "xlsx", ".vcf": "vcard3"}
CARDS = {"vcard3": "3.0", "vcard4": "4.0"}


def exportable() -> dict[str, type[Record]]:
    """The records a file can be made of, by the word the commands have for them."""
    return {**plan.importable(), "operators": Operator}


@dataclass(frozen=True)
class Wanted:
    """What goes out: the rows, their order and their columns; with `keys` only these records, in this order."""

    query: ListQuery
    what: What = "all"
    keys: Sequence[object] | None = None
    impersonal: bool = False
    """without anything that says who somebody is, for training and statistics (DP-15)"""


def everything(record: type[Record], operator: str = "") -> peewee.ColumnBase | None:
    """The rows of this operator, or of the whole office; what the suite keeps in a shared table stays (CH-148)."""
    if operator:
        return rights.visible(record, operator)
    shared: peewee.ColumnBase | None = record._meta.fields.get("is_crm")
    return shared


def all_columns(record: type[Record]) -> list[str]:
    """Every field of a record, and what its lists show beside them."""
    return [*record.offered(), *_written(record)]


def _written(record: type[Record]) -> list[str]:
    return [name for name, extra in record.extras().items() if not extra.pictured]


def columns_named(record: type[Record], text: str) -> list[str]:
    """The columns somebody wrote down, by their names or labels with commas between; `all` for every one."""
    if text.strip().lower() == "all":
        return all_columns(record)
    every = [*record.kinds(), *_written(record)]  # retired fields too: what they hold can still be read
    known = {fold(word): name for name in every for word in (label(record, name), name)}
    wanted = [part.strip() for part in text.split(",")]
    if strange := [part for part in wanted if fold(part) not in known]:
        raise Mistake(
            _("{records} have no column {column}. They have {columns}.").format(
                records=record.plural, column=strange[0], columns=", ".join(all_columns(record))
            )
        )
    return [known[fold(part)] for part in wanted]


def manner(path: Path, form: Form | None, delimiter: str | None, encoding: str | None) -> tuple[Form, Style | None]:
    """How a file is written, by what was asked for and by its ending; otherwise as is usual in this place."""
    form = form or SUFFIXES.get(path.suffix.lower())
    if form is None:
        raise Mistake(
            _("What kind of file is {file}? Give it an ending such as .csv or .xlsx, or say --format.").format(
                file=path.name
            )
        )
    if form != "csv":
        return form, None
    usual = style_of_place(decimal_sign())
    delimiter = delimiter or ("\t" if path.suffix.lower() == ".tsv" else usual.delimiter)
    if len(delimiter) != 1 or delimiter in '"\r\n':
        raise Mistake(_("Between the columns stands one sign, such as a comma or a semicolon."))
    return form, replace(usual, delimiter=delimiter, encoding=encoding or usual.encoding)


def decimal_sign() -> str:
    """The decimal sign of the place, as the system's settings tell it."""
    before = locale.setlocale(locale.LC_NUMERIC)
    try:
        locale.setlocale(locale.LC_NUMERIC, "")
        return str(locale.localeconv()["decimal_point"])
    except locale.Error:
        return "."
    finally:
        locale.setlocale(locale.LC_NUMERIC, before)


def personal_columns(record: type[Record]) -> frozenset[str]:
    """The columns of records that say who somebody is: the fields that are emptied when somebody is anonymised, the
    texts they are known by elsewhere, and what is looked up in other records.
    """
    brought = {name for name, kind in record.kinds().items() if kind.brought or kind.dialed or kind.likeness}
    words = {name for name, extra in record.extras().items() if extra.has_words or not extra.numeric}
    return frozenset({*personal.erased(record), *brought, *words})


def forms(record: type[Record]) -> list[Form]:
    """The forms of file a record can be written to: vCards are for people."""
    return ["xlsx", "csv", "vtiger", *(("vcard3", "vcard4") if card_columns(record) else ())]


def export(
    office: Office, wanted: Wanted, path: Path, *, by: str = "", form: Form = "csv", style: Style | None = None,
    progress: Progress | None = None,
) -> int:  # fmt: skip
    """Write records to a file, and a line to the export log; how many were written.

    `by` is the operator, who must have the right to export; nobody at the command line, where whoever holds the office
    holds all of it. `progress` is told how far it is; what it raises ends the export with nothing left behind.
    """
    record = wanted.query.record
    rights.require(by or rights.Program.COMMAND_LINE, "export", record)
    if form not in forms(record):
        raise Mistake(_("{records} cannot be written as vCards; those are for people.").format(records=record.plural))
    if office.path and path.exists() and path.samefile(office.path):
        raise Mistake(_("{file} is the office itself. Choose another file.").format(file=path))
    if wanted.impersonal and form in CARDS:
        raise Mistake(_("A card says who somebody is: without personal data choose a table."))
    kept = rights.hidden(record, by) | (personal_columns(record) if wanted.impersonal else frozenset())
    columns = card_columns(record) if form in CARDS else wanted.query.columns
    wanted = replace(wanted, query=replace(wanted.query, columns=[name for name in columns if name not in kept]))
    part = path.with_name(f"{path.name}.part")
    reader = office.reader()
    try:
        source = Source(reader, wanted, progress)
        with said(path):
            _write(part, source, form, style)
            try:
                with work.unit("Export", by=by):
                    _note(wanted, by, form, source.count, path)
                    part.replace(path)
            except ReadOnly:  # whoever may only read the office has no place to put it down
                part.replace(path)
    finally:
        reader.close()
        part.unlink(missing_ok=True)
    return source.count


def _write(part: Path, source: Source, form: Form, style: Style | None) -> None:
    if form == "xlsx":
        write_workbook(part, source, source.record.plural, source.total)
    elif form in CARDS:
        write_cards(part, source, list(source.query.columns), CARDS[form])
    else:
        write_text(part, source, style or (VTIGER if form == "vtiger" else Style()))


def _note(wanted: Wanted, by: str, form: Form, rows: int, path: Path) -> None:
    query = wanted.query
    ExportRow.insert(
        by=by, done=clock.now(), table=query.record._meta.table_name, what=wanted.what, search=query.text,
        columns=", ".join(query.columns), rows=rows, form=form, file=str(path.absolute()),
    ).execute()  # fmt: skip


@contextmanager
def said(path: Path) -> Iterator[None]:
    """What the disk refuses, in words."""
    try:
        yield
    except IsADirectoryError:
        raise Mistake(_("{folder} is a folder. Name a file in it.").format(folder=path)) from None
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise Surroundings(
                _("The disk is full. {file} was not written; make room and try again.").format(file=path.name)
            ) from error
        raise Surroundings(
            _("{file} cannot be written: {reason}.").format(file=path, reason=error.strerror or error)
        ) from error


class Source:
    """The rows on their way out, some at a time, however many there are."""

    def __init__(self, reader: Reader, wanted: Wanted, progress: Progress | None) -> None:
        self.query, self._keys = wanted.query, wanted.keys
        self.record = self.query.record
        self.count = 0
        self._reader, self._progress = reader, progress

    @property
    def titles(self) -> list[str]:
        """The headings of the columns."""
        return [label(self.record, name) for name in self.query.columns]

    @property
    def kinds(self) -> list[Kind[object] | Extra]:
        """What stands in each column: a field's kind or an extra."""
        extras = self.record.extras()
        return [extras.get(name) or self.record.kind(name) for name in self.query.columns]

    @cached_property
    def total(self) -> int:
        """How many rows there are to write."""
        if self._keys is not None:
            return len(self._keys)
        counting = self.query.select(peewee.fn.COUNT(work.key_field(self.record)))
        return int(self._reader.rows(*counting.sql())[0][0])

    def batches(self) -> Iterator[list[Row]]:
        """The stored values of the rows. After the last column may follow what is not to be written."""
        total, records = self.total, many(self.record)
        for batch in self._read():
            if self._progress:
                self._progress(
                    self.count,
                    total,
                    _("{count:,} of {total:,} {records}").format(count=self.count, total=total, records=records),
                )
            yield batch
            self.count += len(batch)

    def _read(self) -> Iterator[list[Row]]:
        if self._keys is None and not self.query.order:
            query = self.query.ordered(self.query.select(*self.query.sources()))
            sql, params = query.sql()
            return self._reader.stream(sql, params, BATCH)
        return self._in_order()

    def _in_order(self) -> Iterator[list[Row]]:
        """The order is laid down with the numbers alone, so that sorting never takes more memory than these."""
        key = work.key_field(self.record)
        query = self.query.seen(*self.query.sources(), key).where(key.in_([0] * BATCH))
        sql, params = query.sql()  # once; the numbers of each batch are put in the place of the noughts
        for keys in self._batches_of_keys():
            wanted = [*keys, *[keys[-1]] * (BATCH - len(keys))]
            rows = {row[-1]: row for row in self._reader.rows(sql, [*params[:-BATCH], *wanted])}
            yield [rows[number] for number in keys if number in rows]

    def _batches_of_keys(self) -> Iterator[list[object]]:
        if self._keys is not None:
            keys = self._keys
            yield from (list(keys[start : start + BATCH]) for start in range(0, len(keys), BATCH))
            return
        sql, params = self.query.ordered(self.query.select(work.key_field(self.record))).sql()
        for rows in self._reader.stream(sql, params, BATCH):
            yield [row[0] for row in rows]
