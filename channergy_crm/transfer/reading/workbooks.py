"""Tables in workbooks (XLSX): one sheet, read row by row, its cells as the text that the spreadsheet showed."""

from __future__ import annotations

import re
import zipfile
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import chain, islice
from typing import TYPE_CHECKING, NamedTuple

from channergy_crm.errors import CRMError, Mistake
from channergy_crm.language import N_, _
from channergy_crm.transfer.reading import pace
from channergy_crm.transfer.reading.framing import Frame, title_row_of
from channergy_crm.transfer.reading.losses import Losses
from channergy_crm.transfer.reading.number_formats import moment
from channergy_crm.transfer.reading.source import LOOKED_AT as BEGINNING
from channergy_crm.transfer.reading.source import Row, untitled_columns
from channergy_crm.transfer.reading.unpacking import Book, Cell, Part, open_book, rows_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

LARGEST = 2_000_000_000  # bytes, unpacked: more is an attack, or nothing that fits a workstation
LARGEST_TEXTS = 400_000_000  # the same, of the texts that cells share: they are in memory all at once
MOST_COLUMNS = 1_000
MOST_ROWS = 1_048_576  # as spreadsheets have them
LOOKED_AT = 200  # rows that tell where the table begins and which columns hold days
SERIALS = range(15_000, 80_000)  # the days from 1941 to 2119, as spreadsheets count them
NUMBER = re.compile(r"\d{5}(?:\.\d+)?")
OF_DAYS = re.compile(r"\b(?:date|dt|day|datum|fecha|birthday|dob|geburtstag|anniversary)\b", re.I)
ROW_START = re.compile(rb"<(?:\w+:)?row[\s/>]")
SOME_VALUE = re.compile(rb"<(?:\w+:)?(?:v|is)>")
UNREAD = {
    "error": N_("Cells that hold an error"),
    "formula": N_("Formulas without a saved result (open the workbook in a spreadsheet and save it once)"),
}


TOLD = {**UNREAD, "cut": N_("Ends of values that are too long to be read whole")}


class _Shape(NamedTuple):
    """Where the table of a sheet lies: the columns to the left of it that are empty, those that hold days."""

    left: int = 0
    days: frozenset[int] = frozenset()
    days_from_1904: bool = False


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
    shape: _Shape = field(default_factory=_Shape)
    unread: Sequence[str] = ()

    @property
    def titled(self) -> bool:
        """Whether one of its rows holds the column titles."""
        return self.title_row > 0

    def untitled(self) -> Sheet:
        """The same sheet, none of whose rows holds column titles: all are values."""
        return replace(self, title_row=0, header=untitled_columns(len(self.header)))

    def beginning(self) -> Sequence[Row]:
        """The first rows as they stand."""
        return list(islice(self._read(Losses()), BEGINNING))

    def titled_in(self, number: int, header: Sequence[str] = ()) -> Sheet:
        """The same sheet with its titles in this row. `Mistake` when there is no such row."""
        row = next((row for row in self._read(Losses()) if row.number >= number), None)
        if row is None or row.number != number:
            raise Mistake(_("Row {row} of {file} holds no column titles.").format(row=number, file=self.path.name))
        return replace(self, title_row=number, header=[title.strip() for title in header or row.values])

    def rows(self) -> Iterator[Row]:
        """Its records. Empty rows are left out but counted; what is no record is left out and told."""
        self.losses.begin()
        for name in self.unread:
            self.losses.tell(_("Other sheets of the workbook"), 0, name)
        yield from Frame(self.header, self.title_row).records(self._read(self.losses), self.losses)

    def _read(self, losses: Losses) -> Iterator[Row]:
        with _opened(self.path) as book:
            part = next(part for part in book.parts if part.name == self.sheets[0])
            for number, cells in rows_of(book, part.inside):
                if values := _values(number, cells, self.shape, losses):
                    yield Row(number, values)


def open_sheet(path: Path, sheet: str = "") -> Sheet:
    """The sheet of that name, or the one people see when they open the file. `Mistake` when there is none."""
    with _opened(path) as book:
        names = [part.name for part in book.parts]
        if sheet and sheet not in names:
            raise Mistake(
                _("{file} has no sheet {sheet}. It has {sheets}.").format(
                    file=path.name, sheet=sheet, sheets=", ".join(names)
                )
            )
        for part in _in_order(book, sheet):
            lines = _count_rows(path, book, part) if part.inside else 0
            rows = list(islice(_first_rows(book, part), LOOKED_AT)) if lines else []
            if rows:
                plain = [Row(number, _values(number, cells, _Shape(), Losses())) for number, cells in rows[:BEGINNING]]
                first = title_row_of([row for row in plain if row.values])
                place = next((place for place, row in enumerate(plain) if row is first), 0)
                shape = _shape(rows[place:], book.from_1904)
                titles = _values(rows[place][0], rows[place][1], shape, Losses())
                others = [name for name in names if name != part.name]
                unread = () if sheet else tuple(_with_contents(book, part))
                header = [title.strip() for title in titles]
                return Sheet(path, [part.name, *others], header, lines, rows[place][0], shape=shape, unread=unread)
    raise Mistake(_("{file} is empty.").format(file=path.name))


def _in_order(book: Book, sheet: str) -> list[Part]:
    """The sheets in which to look for a table: the one in front, the ones people see, and then the hidden ones."""
    if sheet:
        return [part for part in book.parts if part.name == sheet]
    front = book.parts[book.active : book.active + 1]
    return sorted(book.parts, key=lambda part: (not part.visible, part not in front))


@contextmanager
def _opened(path: Path) -> Iterator[Book]:
    try:
        with zipfile.ZipFile(path) as packed:
            _refuse_bombs(path, packed)
            yield open_book(packed)
    except (CRMError, MemoryError, GeneratorExit):
        raise
    except Exception as error:  # whatever a damaged file makes the libraries say
        raise Mistake(
            _("{file} is a workbook that cannot be read; save it as XLSX or CSV again.").format(file=path.name)
        ) from error


def _refuse_bombs(path: Path, packed: zipfile.ZipFile) -> None:
    parts = packed.infolist()
    texts = max((part.file_size for part in parts if part.filename.endswith("sharedStrings.xml")), default=0)
    if sum(part.file_size for part in parts) > LARGEST or texts > LARGEST_TEXTS:
        raise Mistake(_("{file} is too large to be read. Save the sheet as CSV first.").format(file=path.name))


def _count_rows(path: Path, book: Book, part: Part) -> int:
    """How many rows a sheet has; more than spreadsheets have are refused before anything is kept of them."""
    count = sum(len(ROW_START.findall(block)) for block in _blocks(book, part))
    if count > MOST_ROWS:
        raise Mistake(
            _("{file} has {count:,} rows, and a workbook holds {most:,}. Save the sheet as CSV first.").format(
                file=path.name, count=count, most=MOST_ROWS
            )
        )
    return max(1, count)


def _blocks(book: Book, part: Part) -> Iterator[bytes]:
    """The bytes of a sheet, cut between tags."""
    with book.packed.open(part.inside) as file:
        rest = b""
        while block := file.read(1 << 20):
            pace.tell(len(block))
            whole, _open, rest = (rest + block).rpartition(b"<")
            yield whole
            rest = b"<" + rest if _open else b""
        yield rest


def _with_contents(book: Book, but: Part) -> Iterator[str]:
    for part in book.parts:
        if part != but and part.inside and any(map(SOME_VALUE.search, _blocks(book, part))):
            yield part.name


# ---------------------------------------------------------------- the table in a sheet


def _first_rows(book: Book, part: Part) -> Iterator[tuple[int, list[Cell]]]:
    """The rows of a sheet with anything in them but errors."""
    return (row for row in rows_of(book, part.inside) if any(cell.sort not in UNREAD for cell in row[1]))


def _shape(rows: list[tuple[int, list[Cell]]], from_1904: bool) -> _Shape:
    """Where the table begins, and in which columns numbers are days that lost their format."""
    left = min(cell.column for _number, cells in rows for cell in cells) - 1
    titles = {cell.column: cell.text for cell in rows[0][1]}
    below = list(chain.from_iterable(cells for _number, cells in rows[1:]))
    bare = {cell.column for cell in below if cell.sort == "number" and _is_serial(cell.text)}
    other = {cell.column for cell in below if cell.sort == "number" and not _is_serial(cell.text)}
    dated = {cell.column for cell in below if cell.sort == "day"}
    dated |= {column for column in bare if OF_DAYS.search(titles.get(column, ""))}
    return _Shape(left, frozenset((bare & dated) - other), from_1904)


def _is_serial(text: str) -> bool:
    return bool(NUMBER.fullmatch(text)) and int(float(text)) in SERIALS


def _values(number: int, cells: Iterable[Cell], shape: _Shape, losses: Losses) -> list[str]:
    """The values of a row, as many as there are; what cannot be one is told."""
    left, days, from_1904 = shape
    values: list[str] = []
    for column, text, sort in cells:
        place = column - left - 1
        if sort in TOLD:
            losses.tell(_(TOLD[sort]), number, text)
            if sort in UNREAD:
                continue
        if place >= MOST_COLUMNS:
            losses.tell(_("Values beyond column {most:,}").format(most=MOST_COLUMNS), number, text)
        elif place < 0:
            losses.tell(_("Values to the left of the table"), number, text)
        else:
            if column in days and sort == "number" and _is_serial(text):
                text = moment(float(text), clock=True, from_1904=from_1904)
            if place != len(values):
                values += [""] * (place - len(values) + 1)
                values[place] = text
            else:
                values.append(text)
    return values
