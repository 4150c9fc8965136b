"""What stands between the columns of a table and around its values: decided by pieces from all over the file."""

from __future__ import annotations

import io
import re
from collections import Counter
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from channergy_crm.transfer.reading import pace
from channergy_crm.transfer.reading.encodings import SAMPLE, UTF8, Writing
from channergy_crm.transfer.reading.records import ONE_COLUMN, SEP, Dialect, records

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from channergy_crm.transfer.reading.source import Row

DELIMITERS = ",;\t|"
RARE = "^~:¦"
PIECES = 12  # of a long file, beside its beginning
ROWS = 300  # of each piece
MANY_OPEN = 20  # rows whose quotation mark is never closed are no slip any more
NAMED = {"\\t": "\t", "tab": "\t"}
_WIDE = {"utf-16": 2, "utf-16-le": 2, "utf-16-be": 2, "utf-32": 4, "utf-32-le": 4, "utf-32-be": 4}


class _Fit(NamedTuple):
    score: float
    width: int


def dialect_of(path: Path, writing: Writing, delimiter: str = "", quote: str | None = None) -> Dialect:
    """How the values of a file stand in its lines, as far as nobody says."""
    sample = _Sample(_pieces(path, writing))
    signs = [quote] if quote is not None else ['"', *("'" if sample.has_single() else "")]
    best = max(
        (Dialect(each, sign) for each in ([delimiter] if delimiter else sample.delimiters()) for sign in signs),
        key=sample.preference,
    )
    if not delimiter and sample.fit(best).score <= 0:
        best = Dialect(ONE_COLUMN, best.quote)
    if best.quote and sample.is_never_closed(best):
        best = best._replace(within=True)
    if quote is None and sample.mostly_single(best.delimiter):
        best = best._replace(quote="'")
    best = best._replace(spaced=sample.is_spaced(best))
    if _is_escaped(path, writing, best) or sample.is_escaped_between(best):
        best = best._replace(escaped=True)
    return best._replace(width=sample.fit(best).width)


@dataclass
class _Sample:
    """Pieces of a file, each of whole lines, the beginning first."""

    pieces: Sequence[str]

    def __post_init__(self) -> None:
        self._fits: dict[Dialect, _Fit] = {}
        self.text = "\n".join(self.pieces)

    def delimiters(self) -> list[str]:
        """Those that may stand between the columns; the one the file names, if it does and this may be so."""
        first = re.match(r"[^\r\n]*", self.pieces[0])
        named = SEP.fullmatch(first[0]) if first else None
        if named and named[1]:
            sign = NAMED.get(named[1].lower(), named[1])
            if sign in self.text[first.end() :] if first else False:
                return [sign]
        return [*DELIMITERS, *(sign for sign in RARE if sign in self.text)]

    def preference(self, dialect: Dialect) -> tuple[float, int]:
        """The better it fits, the more columns it gives."""
        return self.fit(dialect)

    def fit(self, dialect: Dialect) -> _Fit:
        """How well the rows agree in their number of values, and that number."""
        if dialect not in self._fits:
            self._fits[dialect] = self._fit(dialect)
        return self._fits[dialect]

    def _rows(self, dialect: Dialect) -> list[Row]:
        return [row for piece in self.pieces for row in islice(records(io.StringIO(piece, newline=""), dialect), ROWS)]

    def _fit(self, dialect: Dialect) -> _Fit:
        rows = self._rows(dialect)
        widths = Counter(1 if row.problem else len(row.values) for row in rows)
        if not rows:
            return _Fit(0, 0)
        first, rare = len(rows[0].values), dialect.delimiter in RARE
        share = widths[first] / len(rows)
        with_titles = _Fit(share + 0.25 - rare * 0.1, first) if first > 1 else _Fit(0, 0)
        if rare and (share < 0.9 or self._in_prose(dialect.delimiter) or len(rows) < 2):
            return _Fit(0, 0)
        width = max(widths, key=lambda each: (widths[each] if each > 1 else 0, each))
        share = widths[width] / len(rows)
        below = width > 2 and share >= 0.5 and not rare and not self._in_prose(dialect.delimiter)
        below = below and widths[width] > 1
        return max(with_titles, _Fit(share - 0.1, width) if below else _Fit(0, 0))

    def is_never_closed(self, dialect: Dialect) -> bool:
        """Whether so many marks are opened only that each costs its line and no value goes on in the next one."""
        found = Counter(bool(row.problem) for row in self._rows(dialect))
        return found[True] >= MANY_OPEN and found[True] * 4 >= found[False]

    def _in_prose(self, delimiter: str) -> bool:
        """Whether blanks follow it, as they do in sentences and addresses."""
        return self.text.count(f"{delimiter} ") * 3 > self.text.count(delimiter)

    def has_single(self) -> bool:
        """Whether single quotation marks may stand around values."""
        return re.search(r"(?:^|[,;\t|^~:¦])'[^'\r\n]*'(?=[,;\t|^~:¦]|\r?$)", self.text, re.M) is not None

    def mostly_single(self, delimiter: str) -> bool:
        """Whether they stand around most of them."""
        between = re.escape(delimiter)

        def quoted(sign: str) -> int:
            return len(re.findall(rf"(?:^|{between}) *{sign}[^{sign}\r\n]*{sign}(?=\r?$|{between})", self.text, re.M))

        return quoted("'") > max(quoted('"'), self.text.count("\n"))

    def is_spaced(self, dialect: Dialect) -> bool:
        """Whether blanks stand before most of the quotation marks that follow a delimiter."""
        if not dialect.quote:
            return False
        between, sign = re.escape(dialect.delimiter), re.escape(dialect.quote)
        blanks = len(re.findall(rf"{between} +{sign}(?!{sign})", self.text))
        return blanks > len(re.findall(rf"{between}{sign}", self.text))

    def is_escaped_between(self, dialect: Dialect) -> bool:
        """Whether a backslash before a delimiter makes it a part of the value: then more rows agree."""
        if "\\" + dialect.delimiter not in self.text:
            return False
        return self.fit(dialect._replace(escaped=True)).score > self.fit(dialect).score


def _pieces(path: Path, writing: Writing) -> list[str]:
    """The beginning of a file and pieces from all over it, as whole lines."""
    size = path.stat().st_size
    with writing.opened(path) as file:
        head = file.read(4 * SAMPLE)
    if size <= 4 * SAMPLE:
        return [head]
    head = head[: max(head.rfind("\n"), head.rfind("\r")) + 1] or head
    encoding, found = _without_mark(path, writing), [head]
    with path.open("rb") as bytes_:
        for number in range(1, PIECES + 1):
            start = max(4 * SAMPLE, (size - SAMPLE) * number // PIECES)
            bytes_.seek(start - start % _WIDE.get(encoding, 1))
            text = bytes_.read(SAMPLE).decode(encoding, "replace")
            begin = min((place for place in (text.find("\n"), text.find("\r")) if place >= 0), default=-1)
            end = max(text.rfind("\n"), text.rfind("\r"))
            found.append(text[begin + 1 : end + 1] if 0 <= begin < end else "")
    return [piece for piece in found if piece]


def _without_mark(path: Path, writing: Writing) -> str:
    """The encoding as it is in the middle of the file."""
    if writing.encoding in UTF8:
        return "utf-8"
    if writing.encoding not in ("utf-16", "utf-32"):
        return writing.encoding
    with path.open("rb") as file:
        return f"{writing.encoding}-be" if file.read(1) in (b"\xfe", b"\0") else f"{writing.encoding}-le"


def _is_escaped(path: Path, writing: Writing, dialect: Dialect) -> bool:
    r"""Whether \" stands anywhere in a value, where it ends none."""
    if not dialect.quote:
        return False
    sign, between = re.escape(dialect.quote), re.escape(dialect.delimiter)
    marked = f"\\{dialect.quote}"
    inside = re.compile(
        rf"(?<!\\)(?:\\\\)*\\{sign}(?:[^\s{sign}{between}]|{sign}(?=\s*(?:{between}|[\r\n]|\Z))|\s+[^\s{between}])"
    )
    rest = ""
    with writing.opened(path) as file:
        while block := file.read(1 << 18):
            pace.tell(len(block))
            if marked in block and inside.search(rest + block):
                return True
            rest = block[-100:]
    return False
