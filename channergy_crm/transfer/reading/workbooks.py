"""Tables in workbooks (XLSX): one sheet, read row by row, its typed cells as text that reads back the same."""

from __future__ import annotations

import warnings
import zipfile
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from itertools import islice
from typing import TYPE_CHECKING

from channergy_crm.errors import CRMError, Mistake
from channergy_crm.language import _
from channergy_crm.transfer.reading.framing import Frame, title_row_of
from channergy_crm.transfer.reading.losses import Losses
from channergy_crm.transfer.reading.source import LONGEST_VALUE, LOOKED_AT, Row, untitled_columns

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from openpyxl import Workbook

LARGEST = 2_000_000_000  # bytes, unpacked: more is an attack, or nothing that fits a workstation
MOST_COLUMNS = 1_000
ERRORS = {"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!"}


@dataclass(frozen=True)
class Sheet:
    """One sheet of a workbook: its column titles, and about how many rows follow."""

    path: Path
    sheets: Sequence[str]
    header: list[str]
    lines: int
    title_row: int = 1
    encoding: str = ""
    delimiter: str = ""
    quote: str = ""
    losses: Losses = field(default_factory=Losses, compare=False)

    @property
    def titled(self) -> bool:
        """Whether one of its rows holds the column titles."""
        return self.title_row > 0

    def untitled(self) -> Sheet:
        """The same sheet, none of whose rows holds column titles: all are values."""
        return replace(self, title_row=0, header=untitled_columns(len(self.header)))

    def beginning(self) -> Sequence[Row]:
        """The first rows as they stand."""
        return list(islice(self._read(), LOOKED_AT))

    def titled_in(self, number: int, header: Sequence[str] = ()) -> Sheet:
        """The same sheet with its titles in this row. `Mistake` when there is no such row."""
        row = next((row for row in self._read() if row.number >= number), None)
        if row is None or row.number != number:
            raise Mistake(_("Row {row} of {file} holds no column titles.").format(row=number, file=self.path.name))
        return replace(self, title_row=number, header=[title.strip() for title in header or row.values])

    def rows(self) -> Iterator[Row]:
        """Its records. Empty rows are left out but counted; what is no record is left out and told."""
        yield from Frame(self.header, self.title_row).records(self._read(), self.losses)

    def _read(self) -> Iterator[Row]:
        with _opened(self.path) as workbook:
            for number, values in _filled(workbook[self.sheets[0]]):
                yield Row(number, values)


def open_sheet(path: Path, sheet: str = "") -> Sheet:
    """The sheet of that name, or the first one with anything in it. `Mistake` when there is none."""
    with _opened(path) as workbook:
        names = list(workbook.sheetnames)
        if sheet and sheet not in names:
            raise Mistake(
                _("{file} has no sheet {sheet}. It has {sheets}.").format(
                    file=path.name, sheet=sheet, sheets=", ".join(names)
                )
            )
        for name in [sheet] if sheet else names:
            rows = [Row(*row) for row in islice(_filled(workbook[name]), LOOKED_AT)]
            if first := title_row_of(rows):
                lines = max(1, getattr(workbook[name], "max_row", None) or 1)
                others = [other for other in names if other != name]
                header = [title.strip() for title in first.values]
                return Sheet(path, [name, *others], header, lines, first.number)
    raise Mistake(_("{file} is empty.").format(file=path.name))


@contextmanager
def _opened(path: Path) -> Iterator[Workbook]:
    from openpyxl import load_workbook

    with path.open("rb") as file, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about styles and dates a table does not need
        try:
            _refuse_bombs(path)
            workbook = load_workbook(file, read_only=True, data_only=True, keep_links=False)
            try:
                yield workbook
            finally:
                workbook.close()
        except (CRMError, MemoryError, GeneratorExit):
            raise
        except Exception as error:  # whatever a damaged file makes the library say
            raise Mistake(
                _("{file} is a workbook that cannot be read; save it as XLSX or CSV again.").format(file=path.name)
            ) from error


def _refuse_bombs(path: Path) -> None:
    with zipfile.ZipFile(path) as packed:
        if sum(part.file_size for part in packed.infolist()) > LARGEST:
            raise Mistake(_("{file} is too large to be read. Save the sheet as CSV first.").format(file=path.name))


def _filled(sheet: object) -> Iterator[tuple[int, list[str]]]:
    """The rows with anything in them, as a spreadsheet numbers them."""
    if not hasattr(sheet, "iter_rows"):
        return  # a sheet that is a chart
    if hasattr(sheet, "reset_dimensions"):
        sheet.reset_dimensions()
    for number, cells in enumerate(sheet.iter_rows(values_only=True), 1):
        values = [_text(cell) for cell in cells[:MOST_COLUMNS]]
        while values and not values[-1]:
            values.pop()
        if values:
            yield number, values


def _text(cell: object) -> str:  # noqa: PLR0911
    if cell is None:
        return ""
    if isinstance(cell, str):
        return "" if cell in ERRORS else cell[:LONGEST_VALUE]
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, float):
        return _figure(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(cell, date):
        return cell.isoformat()
    return cell.strftime("%H:%M") if isinstance(cell, time) else str(cell)


def _figure(number: float) -> str:
    """A number as it is typed: 5125550101 and 0.125, never 1.0 or 5e9, and never like a group of thousands."""
    if number == int(number) if abs(number) < 1e300 else False:
        return str(int(number))
    text = f"{number:.10f}".rstrip("0")
    return f"{text}0" if len(text.partition(".")[2]) == 3 else text
