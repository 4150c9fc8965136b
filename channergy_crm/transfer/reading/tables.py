"""A table file as people save them: in whatever encoding, with whatever between the columns, sometimes damaged."""

from __future__ import annotations

import codecs
import csv
import io
import re
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple, Protocol, TextIO

from channergy_crm.errors import Mistake, Surroundings
from channergy_crm.language import N_, _
from channergy_crm.transfer.reading.formulas import restored
from channergy_crm.transfer.reading.losses import Losses

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

SAMPLE = 1 << 16
LONGEST_VALUE = 1_000_000
MOST_LINES = 500  # of one row: more is a quotation mark that nobody closed
DELIMITERS = ",;\t|"
ONE_COLUMN = "\x1f"  # splits nothing: nobody can type it

BYTE_ORDER_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF32_LE: "utf-32",  # begins like UTF-16's: asked first
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
NOT_TEXT = {
    b"PK\x03\x04": N_("a workbook"),
    b"\xd0\xcf\x11\xe0": N_("a workbook"),
    b"%PDF": N_("a PDF"),
    b"SQLite format 3": N_("a database"),
}
OTHER = ["cp1251", "cp1253", "cp1255", "cp1256", "koi8_r", "cp932", "gb18030", "big5", "cp949"]
WESTERN = ("cp1252", "cp1250", "cp850", "mac_roman")
SIGN = r"(?:[^\x00-\x7f\w’‘“”„«»‹›–—…°®™©ªº]|[¼½¾¹²³])"
UNLIKELY = re.compile(
    rf"(?<=[^\W\d]){SIGN}|{SIGN}(?=[^\W\d])"  # a sign inside a word
    r"|(?<=[a-z])[À-ÖØ-ÞŒŠŸŽ]|(?<=[A-Z])[À-ÖØ-ÞŒŠŸŽ](?=[a-z])"  # a capital inside a word
    r"|[^\x00-\x7f]{4,}|[\u2500-\u259f\ufffd]"  # hardly any plain letter; no letter at all
)


def untitled_columns(count: int) -> list[str]:
    """What the columns of a file without titles are called."""
    return [_("Column {number}").format(number=place) for place in range(1, count + 1)]


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
        """Whether its first row holds the column titles."""

    @property
    def sheets(self) -> Sequence[str]:
        """The names of the sheets of a workbook, the one being read first."""

    @property
    def losses(self) -> Losses:
        """What it holds that its rows do not say; complete once the rows have been read to the end."""

    def untitled(self) -> Source:
        """The same file, whose first row holds no column titles but values."""

    def rows(self) -> Iterator[Row]:
        """Its rows without the column titles."""


class Row(NamedTuple):
    """One row: where it stands (the column titles are row 1), its values, and why it cannot be read, if it cannot."""

    number: int
    values: list[str]
    problem: str = ""


@dataclass(frozen=True)
class Table:
    """A table file: its column titles, and about how many lines follow."""

    path: Path
    header: list[str]
    lines: int
    encoding: str
    delimiter: str
    sure: bool  # every byte of the file is text in this encoding
    titled: bool = True
    sheets: Sequence[str] = ()
    quote: str = '"'
    losses: Losses = field(default_factory=Losses, compare=False)

    def untitled(self) -> Table:
        """The same file, whose first row holds no column titles but values."""
        return replace(self, titled=False, header=untitled_columns(len(self.header)))

    def rows(self) -> Iterator[Row]:
        """The rows below the column titles, if it has any; empty ones are left out but counted."""
        with _opened(self.path, self.encoding) as file:
            records = enumerate(_records(file, self.delimiter, self.quote), 1)
            if self.titled:
                next((number for number, (values, _problem) in records if _is_title_row(values)), None)
            for number, (values, problem) in records:
                if problem or (any(values) and any(map(str.strip, values))):
                    values = [_unwrapped(value) if value[:1] in "='" else value for value in values]
                    yield Row(number, values, problem or self._problem(values))

    def _problem(self, values: list[str]) -> str:
        width = len(self.header)
        if len(values) > width and any(value.strip() for value in values[width:]):
            return _("It has {count} values, but the table has {width} columns.").format(count=len(values), width=width)
        if not self.sure and any("\ufffd" in value for value in values):
            return _("A character in it cannot be read as {encoding}.").format(encoding=self.encoding.upper())
        return ""


def open_table(path: Path, encoding: str = "", delimiter: str = "", quote: str | None = None) -> Table:
    """Find out how a table file is written, as far as nobody says. `Mistake` when it is none, or empty."""
    try:
        found, lines, sure = (encoding, _count_lines(path), False) if encoding else _encoding(path)
        with _opened(path, found) as file:
            sample = file.read(SAMPLE)
        delimiter = delimiter or _delimiter(sample)
        quote = _quote(sample, delimiter) if quote is None else quote
        with _opened(path, found) as file:
            titles = next(
                (values for values, _problem in _records(file, delimiter, quote) if _is_title_row(values)), None
            )
    except FileNotFoundError:
        raise Mistake(_("There is no file {file}.").format(file=path)) from None
    except IsADirectoryError:
        raise Mistake(_("{folder} is a folder. Choose a file in it.").format(folder=path)) from None
    except LookupError:
        raise Mistake(
            _("There is no encoding called {encoding}. Try utf-8 or cp1252.").format(encoding=encoding)
        ) from None
    except OSError as error:
        raise Surroundings(_("{file} cannot be read: {reason}.").format(file=path, reason=error.strerror)) from error
    if not titles:
        raise Mistake(_("{file} is empty.").format(file=path.name))
    return Table(path, [title.strip("\ufeff \t") for title in titles], lines, found, delimiter, sure, quote=quote)


def read_text(path: Path, encoding: str = "") -> tuple[str, str]:
    """The whole text of a file, and the encoding it was read in."""
    found = encoding or _encoding(path)[0]
    with _opened(path, found) as file:
        return file.read(), found


def _opened(path: Path, encoding: str) -> TextIO:
    return path.open(encoding=encoding, errors="replace", newline="")


# ---------------------------------------------------------------- the encoding


def _encoding(path: Path) -> tuple[str, int, bool]:
    """The file's encoding, about how many lines it has, and whether that is certain."""
    with path.open("rb") as file:
        head = file.read(SAMPLE)
    for beginning, name in NOT_TEXT.items():
        if head.startswith(beginning):
            raise Mistake(
                _("{file} is {form}. Save the table as CSV (UTF-8) first and import that file.").format(
                    file=path.name, form=_(name)
                )
            )
    for mark, name in BYTE_ORDER_MARKS.items():
        if head.startswith(mark):
            return name, _count_lines(path), False
    if wide := _utf16_without_mark(head):
        return wide, _count_lines(path), False
    strange = _first_strange_bytes(path)
    return (_guess(strange), _count_lines(path), False) if strange else ("utf-8", _count_lines(path), True)


def _count_lines(path: Path) -> int:
    with path.open("rb") as file:
        counts = [(block.count(b"\n"), block.count(b"\r")) for block in iter(lambda: file.read(1 << 20), b"")]
    return max([1, *map(sum, zip(*counts, strict=True))])


def _utf16_without_mark(head: bytes) -> str:
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if max(even, odd) * 25 < len(head) or min(even, odd) * 10 > max(even, odd):
        return ""
    return "utf-16-be" if even > odd else "utf-16-le"


def _first_strange_bytes(path: Path) -> bytes:
    """A piece of the file around the first bytes that are not UTF-8; nothing when all of it is."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            try:
                decoder.decode(block, final=len(block) < 1 << 20)
            except UnicodeDecodeError as error:
                start = max(0, error.start - SAMPLE // 2)
                return block[start : start + SAMPLE]
    return b""


def _guess(strange: bytes) -> str:
    """The encoding in which this reads least oddly; the library is asked when it is no Western text at all."""
    text = strange.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    if broken * 4 < sum(not letter.isascii() for letter in text):
        return "utf-8"

    def oddness(encoding: str) -> int:
        return sum(map(len, UNLIKELY.findall(strange.decode(encoding, "replace"))))

    best = min(WESTERN, key=oddness)
    if oddness(best) * 5 <= sum(byte > 127 for byte in strange):
        return best
    from charset_normalizer import from_bytes

    found = from_bytes(strange, cp_isolation=OTHER).best()
    return found.encoding if found else best


# ---------------------------------------------------------------- the rows


def _delimiter(sample: str) -> str:
    """What stands between the columns: the sign that splits most rows into as many values as the titles."""
    named = re.match(r"\ufeff?sep=(.)\r?\n", sample)
    if named:
        return named[1]

    def fit(delimiter: str) -> tuple[float, int]:
        try:
            rows = [row for row in islice(csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter), 100) if row]
        except csv.Error:
            return 0, 0
        width = len(rows[0]) if rows else 0
        return (sum(len(row) == width for row in rows) / len(rows), width) if width > 1 else (0, 0)

    best = max(DELIMITERS, key=fit)
    return best if fit(best)[0] else ONE_COLUMN


def _quote(sample: str, delimiter: str) -> str:
    """What stands around the values: the double sign, unless the single one stands around most of them."""
    between = re.escape(delimiter)

    def quoted(sign: str) -> int:
        return len(re.findall(rf"(?:^|{between}){sign}[^{sign}\r\n]*{sign}(?=\r?$|{between})", sample, re.M))

    return "'" if quoted("'") > max(quoted('"'), sample.count("\n")) else '"'


def _is_title_row(values: list[str]) -> bool:
    """The first row with anything in it, but not the line with which Excel names the delimiter."""
    return any(values) and not (values[0].lstrip("\ufeff") == "sep=" and not any(values[1:]))


def _unwrapped(value: str) -> str:
    """`="08014"`, which keeps spreadsheets from counting, is 08014; `'=1+1`, which keeps them from more, is =1+1."""
    return value[2:-1] if value.startswith('="') and value.endswith('"') and len(value) > 2 else restored(value)


class _Unclosed(Exception):
    """A row goes on for so many lines that somebody forgot a quotation mark."""


class _Lines:
    """The lines of a file; those of the row being read are remembered and can be given back."""

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self._waiting: list[str] = []
        self.taken: list[str] = []
        self.ended = False

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._waiting.pop() if self._waiting else self._file.readline()
        if not line:
            self.ended = True
            raise StopIteration
        self.taken.append(line)
        if len(self.taken) > MOST_LINES:
            raise _Unclosed
        return line

    def give_back_all_but_one(self) -> None:
        """Only the first line belonged to the row after all."""
        self._waiting.extend(reversed(self.taken[1:]))
        self.ended = False


def _records(file: TextIO, delimiter: str, quote: str) -> Iterator[tuple[list[str], str]]:
    """The rows of a file and what is wrong with them. An unclosed quotation mark costs its own line only."""
    csv.field_size_limit(LONGEST_VALUE)
    lines = _Lines(file)
    begin = partial(
        csv.reader, lines, delimiter=delimiter, quotechar=quote or None,
        quoting=csv.QUOTE_MINIMAL if quote else csv.QUOTE_NONE,
    )  # fmt: skip
    reader = begin()
    while True:
        lines.taken.clear()
        try:
            values = next(reader)
            unclosed = lines.ended and len(lines.taken) > 1
        except StopIteration:
            return
        except (csv.Error, _Unclosed):
            values, unclosed = [], len(lines.taken) > 1
            if not unclosed:
                yield values, _("It holds a value of more than {longest:,} characters.").format(longest=LONGEST_VALUE)
                continue
        if unclosed:
            first = lines.taken[0].rstrip("\r\n")
            lines.give_back_all_but_one()
            reader = begin()
            yield [first], _("A quotation mark in it is never closed.")
        else:
            yield values, ""
