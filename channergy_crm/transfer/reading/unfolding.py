"""Tables all of whose columns came to lie in the first one, as some spreadsheets open and save them (VT-131)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from channergy_crm.transfer.reading.dialects import DELIMITERS
from channergy_crm.transfer.reading.records import Dialect, split
from channergy_crm.transfer.reading.source import Row, Source, too_wide, untitled_columns

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from channergy_crm.transfer.reading.losses import Losses


@dataclass(frozen=True)
class Unfolded:
    """Such a table, taken apart again: each row is the text of its only cell, split once more."""

    source: Source
    header: list[str]
    delimiter: str
    quote: str = '"'

    @property
    def path(self) -> Path:
        """The file."""
        return self.source.path

    @property
    def lines(self) -> int:
        """About how many rows there are."""
        return self.source.lines

    @property
    def encoding(self) -> str:
        """How its text is written."""
        return self.source.encoding

    @property
    def titled(self) -> bool:
        """Whether its first row holds the column titles."""
        return self.source.titled

    @property
    def title_row(self) -> int:
        """Which of its rows holds them."""
        return self.source.title_row

    @property
    def sheets(self) -> Sequence[str]:
        """The sheets of the workbook."""
        return self.source.sheets

    @property
    def losses(self) -> Losses:
        """What it holds that its rows do not say."""
        return self.source.losses

    def untitled(self) -> Unfolded:
        """The same, whose first row holds no column titles but values."""
        header = untitled_columns(len(self.header))
        return replace(self, source=self.source.untitled(), header=header)

    def beginning(self) -> Sequence[Row]:
        """The first rows, taken apart."""
        return [self._apart(row) for row in self.source.beginning()]

    def titled_in(self, number: int, header: Sequence[str] = ()) -> Unfolded:
        """The same, with its titles in this row."""
        source = self.source.titled_in(number)
        titles = header or _split(source.header[0], self.delimiter)
        return replace(self, source=source, header=[title.strip() for title in titles])

    def _apart(self, row: Row) -> Row:
        return row._replace(values=_split(row.values[0] if row.values else "", self.delimiter) or row.values)

    def rows(self) -> Iterator[Row]:
        """The rows, taken apart."""
        width = len(self.header)
        for row in map(self._apart, self.source.rows()):
            yield row._replace(problem=row.problem or too_wide(row.values, width))


def unfolded(source: Source) -> Source:
    """The table itself, or taken apart where its only column holds the titles and the values of several."""
    if len(source.header) != 1:
        return source
    first = [row for row in source.beginning() if row.number > source.title_row and not row.problem]
    cells = [row.values[0] for row in first if row.values]
    for delimiter in DELIMITERS:
        titles = _split(source.header[0], delimiter)
        same = sum(len(_split(cell, delimiter)) == len(titles) for cell in cells)
        if len(titles) > 1 and all(titles) and same > 0.9 * len(cells):
            return Unfolded(source, [title.strip() for title in titles], delimiter)
    return source


def _split(text: str, delimiter: str) -> list[str]:
    return split(text, Dialect(delimiter))
