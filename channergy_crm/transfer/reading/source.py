"""What every file to import is to those who take its rows: its titles, how it is written, its rows, what they lose."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

from channergy_crm.language import _

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from channergy_crm.transfer.reading.losses import Losses

LONGEST_VALUE = 1_000_000
LOOKED_AT = 30  # rows among which the column titles are looked for


class Row(NamedTuple):
    """One row: where it stands (the first of the file is row 1), its values, and why it cannot be read, if so.

    `beside` is what it says that stands in no column, such as a birthday on a visiting card: what it is, and the text.
    """

    number: int
    values: list[str]
    problem: str = ""
    beside: Sequence[tuple[str, str]] = ()


class Source(Protocol):
    """What rows come out of: a table of text, a sheet of a workbook, a file of visiting cards."""

    @property
    def path(self) -> Path:
        """The file."""

    @property
    def header(self) -> list[str]:
        """The column titles."""

    @property
    def lines(self) -> int:
        """About how many rows there are."""

    @property
    def encoding(self) -> str:
        """How its text is written; empty where that is no question."""

    @property
    def delimiter(self) -> str:
        """What stands between the columns; empty where that is no question."""

    @property
    def quote(self) -> str:
        """What stands around values; empty where that is no question, or where nothing does."""

    @property
    def titled(self) -> bool:
        """Whether one of its rows holds the column titles."""

    @property
    def title_row(self) -> int:
        """Which row that is; 0 where there is none or where that is no question."""

    @property
    def sheets(self) -> Sequence[str]:
        """The names of the sheets of a workbook, the one being read first."""

    @property
    def losses(self) -> Losses:
        """What it holds that its rows do not say; told anew each time they are read, complete once that is done."""

    def untitled(self) -> Source:
        """The same file, none of whose rows holds column titles: all are values."""

    def beginning(self) -> Sequence[Row]:
        """The first rows as they stand, among which the titles are; empty where that is no question."""

    def titled_in(self, number: int, header: Sequence[str] = ()) -> Source:
        """The same file with its titles in this row; `header` is what they are called where two rows say it together.

        `Mistake` when there is no such row.
        """

    def rows(self) -> Iterator[Row]:
        """Its rows without the column titles."""


def untitled_columns(count: int) -> list[str]:
    """What the columns of a file without titles are called."""
    return [_("Column {number}").format(number=place) for place in range(1, count + 1)]


def too_wide(values: Sequence[str], width: int) -> str:
    """What is wrong with a row that has more values than the table has columns; nothing when it has not."""
    if len(values) <= width or not any(map(str.strip, values[width:])):
        return ""
    return _("It has {count} values, but the table has {width} columns.").format(count=len(values), width=width)
