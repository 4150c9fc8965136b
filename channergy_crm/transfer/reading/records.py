"""Lines of text taken apart into rows of values, however they are quoted; one damaged line costs that line only."""

from __future__ import annotations

import csv
import io
import re
from collections import deque
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from channergy_crm.language import _
from channergy_crm.transfer.reading import pace
from channergy_crm.transfer.reading.source import LONGEST_VALUE, Row

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import TextIO

ONE_COLUMN = "\x1f"  # splits nothing: nobody can type it
BLOCK = 1 << 18
LONGEST_LINE = 4 * LONGEST_VALUE
LOOK_AHEAD = 16_000_000  # characters in which a quotation mark may be closed: more is nothing to hold in memory
PATIENCE = 4 * LOOK_AHEAD  # characters looked through in vain in one file before it is looked ahead a little only
A_LITTLE = 1 << 12
SHOWN = 1_000  # characters of a value that is too long
SEP = re.compile(r"""\ufeff?["']?\s*sep\s*=\s*(\\t|tab|[^\s"'\w]|\t)?["']?[,;\t|]*\s*""", re.I)
"""the line with which spreadsheets name the delimiter"""
_BLANK = {"\n", "\r\n", "\r"}


class Dialect(NamedTuple):
    """How the values of a table stand in its lines."""

    delimiter: str
    quote: str = '"'
    width: int = 0
    """how many values most rows have, where that is known"""
    escaped: bool = False
    r"""whether \" is a quotation mark, and \ before a delimiter makes it a part of the value"""
    spaced: bool = False
    """whether blanks stand before quotation marks"""
    within: bool = False
    """whether many a mark is never closed, so that no value goes on in the next line"""


class _Blank(str):
    """Nothing but the ends of lines, taken as one: who leans on the Enter key makes millions of them."""

    __slots__ = ()

    @property
    def lines(self) -> int:
        """How many there are."""
        return max(self.count("\n"), self.count("\r"))


class _Unclosed(Exception):
    """Somebody forgot the second quotation mark."""


def records(file: TextIO, dialect: Dialect) -> Iterator[Row]:
    """The rows with anything in them, numbered as they come. An unclosed quotation mark costs its own line only.

    A value may have as many lines as it likes if its quotation mark is closed as it should be.
    """
    lines, scan = _Lines(file), _Scan(dialect)
    plain, delimiter, escaped, row = scan.plain, dialect.delimiter, dialect.escaped, scan.row
    number = 0
    for line in lines:
        number += 1
        if len(line) < 3 and line in _BLANK:
            continue
        if type(line) is _Blank:
            number += line.lines - 1
            continue
        if number == 1 and SEP.fullmatch(line):
            continue
        if plain not in line and not (escaped and "\\" in line):
            values = line.rstrip("\r\n").split(delimiter)
        elif (found := scan.sound(line)) is not None:
            values = found
        elif dialect.within:
            values = scan.in_a_line(line)
        else:
            try:
                values = row(line, lines)
            except _Unclosed:
                lines.give_back()
                yield Row(number, [line.rstrip("\r\n")[:SHOWN]], _("A quotation mark in it is never closed."))
                continue
            lines.keep()
        if len(line) > LONGEST_VALUE or scan.large:
            yield from _shortened(number, values, len(line) >= LONGEST_LINE)
        elif (values[0] and not values[0].isspace()) or any(map(str.strip, values)):
            yield Row(number, values)


def split(text: str, dialect: Dialect) -> list[str]:
    """The values of a text that is one row; nothing when it is none."""
    rows = list(records(io.StringIO(text, newline=""), dialect))
    return rows[0].values if len(rows) == 1 and not rows[0].problem else []


def _shortened(number: int, values: list[str], cut: bool) -> Iterator[Row]:
    long = cut or any(len(value) > LONGEST_VALUE for value in values)
    said = _("It holds a value of more than {longest:,} characters.").format(longest=LONGEST_VALUE)
    if any(map(str.strip, values)):
        yield Row(number, [value[:SHOWN] for value in values] if long else values, said if long else "")


class _Lines:
    """The lines of a file, read by blocks; those a row went on for can be given back."""

    def __init__(self, file: TextIO) -> None:
        self._read = chain.from_iterable(_blocks(file))
        self._waiting: deque[str] = deque()
        self._taken: list[str] = []
        self._patience = PATIENCE
        self.allowed = LOOK_AHEAD

    def __iter__(self) -> Iterator[str]:
        waiting = self._waiting
        while True:
            while waiting:
                yield waiting.popleft()
            for line in self._read:
                yield line
                if waiting:
                    break
            else:
                return

    def more(self) -> str:
        """The next line of the same row. `_Unclosed` at the end of the file, or when the row has become too long."""
        line = self._waiting.popleft() if self._waiting else next(self._read, "")
        if not line:
            raise _Unclosed
        self._taken.append(line)
        self.allowed -= len(line)
        if self.allowed < 0:
            raise _Unclosed
        return line

    def keep(self) -> None:
        """What was taken belongs to the row."""
        if self._taken:
            self._taken = []
            self.allowed = LOOK_AHEAD if self._patience > 0 else A_LITTLE

    def give_back(self) -> None:
        """It does not."""
        self._patience -= sum(map(len, self._taken))
        self._waiting.extendleft(reversed(self._taken))
        self._taken = []
        self.allowed = LOOK_AHEAD if self._patience > 0 else A_LITTLE

    @property
    def taken(self) -> list[str]:
        """What the row being read went on for."""
        return self._taken


def _blocks(file: TextIO) -> Iterator[list[str]]:
    """Lines by the block, with their ends. Of one that is too long the beginning is given, without an end."""
    rest, skipping = "", False
    while block := file.read(BLOCK):
        pace.tell(len(block))
        if block[-1] == "\r":
            block += file.read(1)
        if not rest and not skipping and block[0] in "\r\n" and not block.strip("\r\n"):
            yield [_Blank(block)]
            continue
        found = io.StringIO(rest + block, newline="").readlines()
        rest = "" if found[-1][-1] in "\r\n" else found.pop()
        if skipping and found:
            found, skipping = found[1:], False
        elif skipping:
            rest = ""
        yield found
        if len(rest) >= LONGEST_LINE:
            yield [rest[:LONGEST_LINE]]
            rest, skipping = "", True
    if rest and not skipping:
        yield [rest]


class _Scan:
    """Takes one row after the other apart, by the signs of one dialect."""

    def __init__(self, dialect: Dialect) -> None:
        self._dialect = dialect
        self.plain = dialect.quote or "\0\0"
        sign, between = re.escape(dialect.quote), re.escape(dialect.delimiter)
        blank = " *" if dialect.delimiter == "\t" else "[ \t]*"
        self._opens = re.compile(rf"{blank}{sign}") if sign else None
        self._closes = re.compile(rf"{blank}(?:{between}|\r?\n|\r|\Z)")
        self._doubled = re.compile(
            rf"{sign}{sign}([^\s{sign}{between}][^{sign}{between}\r\n]*){sign}{sign}(?={between}|\r|\n|\Z)"
        )
        value = rf"(?:{sign}[^{sign}]*+(?:{sign}{sign}[^{sign}]*+)*+{sign}|[^{sign}{between}\r\n]*+)"
        self._sound = re.compile(rf"{value}(?:{between}{value})*+(?:\r?\n|\r)?").fullmatch if sign else None
        csv.field_size_limit(LONGEST_LINE * 2)
        self._fed: list[str] = []
        self._library = csv.reader(
            iter(self._fed.pop, None), delimiter=dialect.delimiter, quotechar=dialect.quote or None
        )
        self._mended = re.compile(rf"\\([\\{between}{sign}])")
        self.large = False

    def sound(self, line: str) -> list[str] | None:
        """The values of a line that is written by the book, which the library takes apart sooner than anybody."""
        self.large = False
        if self._dialect.escaped or self._sound is None or not self._sound(line):
            return None
        self._fed.append(line)
        return next(self._library)

    def in_a_line(self, line: str) -> list[str]:
        """The values of a line in which a mark was left out; what is opened and never closed is not there."""
        sign = self._dialect.quote
        values = line.rstrip("\r\n").split(self._dialect.delimiter)
        return [self._bare(value, sign) if sign in value else value for value in values]

    @staticmethod
    def _bare(value: str, sign: str) -> str:
        plain = value.strip(" ")
        if plain.count(sign) == 1:
            return plain.strip(sign) if plain[0] == sign or plain[-1] == sign else value
        whole = len(plain) > 1 and plain[0] == sign == plain[-1]
        return plain[1:-1].replace(sign + sign, sign) if whole else value

    def row(self, line: str, lines: _Lines) -> list[str]:
        """The values of a row that begins with this line. `_Unclosed` when it has no end."""
        first, values, place = line, list[str](), 0
        self.large = False
        while True:
            value, line, place, last = self._value(line, place, lines.more)
            values.append(value)
            if last:
                break
        if lines.taken:
            self.large = sum(map(len, lines.taken)) > LONGEST_VALUE
            if self._swallowed(first, lines.taken, values):
                raise _Unclosed
        return values

    def _value(self, line: str, place: int, more: Callable[[], str]) -> tuple[str, str, int, bool]:
        """One value, the line in which it ends, where it goes on there, and whether it was the last."""
        opened = self._opens.match(line, place) if self._opens else None
        if opened and (twice := self._doubled.match(line, opened.end() - 1)):
            return self._ended(twice[1], line, twice.end())
        if opened and (found := self._quoted(line, place, opened.end(), more)):
            return self._ended(*found)
        end = self._end_of_plain(line, place)
        value = line[place:] if end < 0 else line[place:end]
        value = value.rstrip("\r\n") if end < 0 else value
        if self._dialect.escaped and "\\" in value:
            value = "" if value == r"\N" else self._mended.sub(r"\1", value)
        return value, line, end + 1, end < 0

    def _ended(self, value: str, line: str, place: int) -> tuple[str, str, int, bool]:
        found = self._closes.match(line, place)
        end = found.end() if found else len(line)
        return value, line, end, not (found and end > place and line[end - 1] == self._dialect.delimiter)

    def _end_of_plain(self, line: str, place: int) -> int:
        """Where the delimiter after a value without quotation marks stands; -1 when it is the last one."""
        end = line.find(self._dialect.delimiter, place)
        while self._dialect.escaped and end > 0 and self._is_escaped(line, end):
            end = line.find(self._dialect.delimiter, end + 1)
        return end

    @staticmethod
    def _is_escaped(line: str, place: int) -> bool:
        start = place
        while start > 0 and line[start - 1] == "\\":
            start -= 1
        return (place - start) % 2 == 1

    def _quoted(
        self, line: str, start: int, place: int, more: Callable[[], str]
    ) -> tuple[str, str, int] | None:  # fmt: skip
        """A value in quotation marks, the line in which it is closed, and where; none when they are only a part of it.

        A mark is its end where a delimiter or the end of the line follows. Marks that nobody doubled belong to it.
        """
        sign, dialect, same, parts = self._dialect.quote, self._dialect, line, list[str]()
        blanks = place - 1 > start
        while True:
            at = line.find(sign, place)
            if at < 0:
                if line is same and (self._is_whole(line, start) or (blanks and not dialect.spaced)):
                    return None
                parts.append(line[place:])
                line, place = more(), 0
            elif dialect.escaped and self._is_escaped(line, at):
                parts.append(line[place : at + 1])
                place = at + 1
            elif line.startswith(sign, at + 1):
                parts.append(line[place : at + 1])
                place = at + 2
            elif self._closes.match(line, at + 1):
                parts.append(line[place:at])
                value = "".join(parts)
                return (self._mended.sub(r"\1", value) if dialect.escaped else value), line, at + 1
            elif self._opens_anew(line, at) and (line is not same or self._is_whole(line, start)):
                if line is same:
                    return None
                raise _Unclosed
            else:
                parts.append(line[place : at + 1])
                place = at + 1

    def _is_whole(self, line: str, start: int) -> bool:
        """Whether the marks in a value are pairs, so that they are a part of it: `"Big" Jim`."""
        end = line.find(self._dialect.delimiter, start)
        return line.count(self._dialect.quote, start, end if end >= 0 else len(line)) % 2 == 0

    def _opens_anew(self, line: str, place: int) -> bool:
        """Whether a mark begins a value: the one before it was forgotten."""
        if self._dialect.spaced:
            place = len(line[:place].rstrip(" "))
        return place == 0 or line[place - 1] == self._dialect.delimiter

    def _swallowed(self, first: str, taken: list[str], values: list[str]) -> bool:
        """Whether a value that goes on over lines has swallowed rows: each of them would be a row of its own."""
        width = self._dialect.width
        if width < 2:
            return False
        if any(map(str.strip, values[width:])):
            return True
        gaps, sign = width - 1, self._dialect.delimiter
        rows = sum(line.count(sign) == gaps for line in taken)
        return first.count(sign) == gaps and rows * 4 >= len(taken) * 3
