"""A table file as people save them: in whatever encoding, with whatever between the columns, sometimes damaged."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import islice
from typing import TYPE_CHECKING

from channergy_crm.errors import Mistake
from channergy_crm.language import N_, _
from channergy_crm.transfer.reading import strangers
from channergy_crm.transfer.reading.dialects import DELIMITERS as DELIMITERS
from channergy_crm.transfer.reading.dialects import dialect_of
from channergy_crm.transfer.reading.encodings import UTF8, Writing, count_lines, is_marked, spoken, writing_of
from channergy_crm.transfer.reading.encodings import read_text as read_text
from channergy_crm.transfer.reading.formulas import restored
from channergy_crm.transfer.reading.framing import Frame, title_row_of
from channergy_crm.transfer.reading.losses import Losses
from channergy_crm.transfer.reading.records import ONE_COLUMN as ONE_COLUMN
from channergy_crm.transfer.reading.records import Dialect, records
from channergy_crm.transfer.reading.source import LONGEST_VALUE as LONGEST_VALUE
from channergy_crm.transfer.reading.source import LOOKED_AT, Row, Source, untitled_columns

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

__all__ = [
    "DELIMITERS",
    "LONGEST_VALUE",
    "ONE_COLUMN",
    "Row",
    "Source",
    "Table",
    "open_table",
    "read_text",
    "untitled_columns",
]

MARK, TURNED = "\ufeff", "\ufffe"
"""the mark of an encoding, also in the middle of files put together; read the wrong way round nothing is right"""
NOTHING = "\0\ufeff \t"  # with such zeros a crash or a disk fills what it did not write
MENDED = N_("Rows with letters that are not UTF-8, read as {encoding}")


@dataclass(frozen=True)
class Table:
    """A table file: its column titles, and about how many lines follow."""

    path: Path
    header: list[str]
    lines: int
    writing: Writing
    dialect: Dialect
    title_row: int = 1
    sheets: Sequence[str] = ()
    losses: Losses = field(default_factory=Losses, compare=False)

    @property
    def encoding(self) -> str:
        """How its text is written."""
        return self.writing.encoding

    @property
    def delimiter(self) -> str:
        """What stands between the columns."""
        return self.dialect.delimiter

    @property
    def quote(self) -> str:
        """What stands around values."""
        return self.dialect.quote

    @property
    def titled(self) -> bool:
        """Whether one of its rows holds the column titles."""
        return self.title_row > 0

    def untitled(self) -> Table:
        """The same file, none of whose rows holds column titles: all are values."""
        return replace(self, title_row=0, header=untitled_columns(len(self.header)))

    def beginning(self) -> Sequence[Row]:
        """The first rows as they stand."""
        return list(islice(self._read(), LOOKED_AT))

    def titled_in(self, number: int, header: Sequence[str] = ()) -> Table:
        """The same file with its titles in this row. `Mistake` when there is no such row."""
        row = next((row for row in self._read() if row.number >= number), None)
        if row is None or row.number != number or row.problem:
            raise Mistake(_("Row {row} of {file} holds no column titles.").format(row=number, file=self.path.name))
        titles = [title.strip("\ufeff \t") for title in header or row.values]
        return replace(self, title_row=number, header=titles)

    def rows(self) -> Iterator[Row]:
        """Its records. Empty rows are left out but counted; what is no record is left out and told."""
        self.losses.begin()
        yield from Frame(self.header, self.title_row).records(self._read(tell=True), self.losses)

    def _read(self, *, tell: bool = False) -> Iterator[Row]:
        with spoken(self.path, self.encoding), self.writing.opened(self.path) as file:
            for row in records(file, self.dialect):
                whole = "".join(row.values)
                if "\0" in whole and not whole.strip(NOTHING):
                    continue
                if MARK in whole:
                    row = row._replace(values=[value.replace(MARK, "") for value in row.values])
                    whole = whole.replace(MARK, "")
                if not whole.isascii():
                    row = self._understood(row, whole, tell=tell)
                if "=" in whole or "'" in whole:
                    values = [_unwrapped(value) if value[:1] in "='" else value for value in row.values]
                    row = row._replace(values=values)
                yield row

    def _understood(self, row: Row, whole: str, *, tell: bool) -> Row:
        """A row whose letters are not UTF-8, although those of the file are, as it was meant."""
        encoding = self.encoding
        if encoding in UTF8:
            if not is_marked(whole):
                return row
            encoding, values = self.writing.otherwise, [self.writing.mended(value) for value in row.values]
            row = row._replace(values=values)
            if tell:
                what = _(MENDED).format(encoding=encoding.upper())
                self.losses.tell(what, row.number, ", ".join(filter(None, values)), kept=True)
            whole = "".join(values)
        if "\ufffd" not in whole and TURNED not in whole:
            return row
        said = _("A character in it cannot be read as {encoding}.").format(encoding=encoding.upper())
        return row._replace(problem=row.problem or said)


def open_table(path: Path, encoding: str = "", delimiter: str = "", quote: str | None = None) -> Table:
    """Find out how a table file is written, as far as nobody says. `Mistake` when it is none, or empty."""
    with spoken(path, encoding):
        strangers.refuse(path)
        writing = writing_of(path, encoding)
        dialect = dialect_of(path, writing, delimiter, quote)
        table = Table(path, [], count_lines(path), writing, dialect)
    first = title_row_of(table.beginning())
    if first is None:
        raise Mistake(_("{file} is empty.").format(file=path.name))
    return replace(table, title_row=first.number, header=[title.strip("\ufeff \t") for title in first.values])


def _unwrapped(value: str) -> str:
    """`="08014"`, which keeps spreadsheets from counting, is 08014; `'=1+1`, which keeps them from more, is =1+1."""
    return value[2:-1] if value.startswith('="') and value.endswith('"') and len(value) > 2 else restored(value)
