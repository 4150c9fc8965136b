"""The parts of a workbook (XLSX, also Strict): its sheets, its texts, how cells show numbers, its rows one by one."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING, NamedTuple
from xml.parsers import expat

from channergy_crm.transfer.reading import pace
from channergy_crm.transfer.reading.number_formats import BUILT_IN, GENERAL, Form, form
from channergy_crm.transfer.reading.tables import LONGEST_VALUE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from zipfile import ZipFile

BLOCK = 1 << 16
HIDDEN = {"hidden", "veryHidden"}
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?\d+")


class Part(NamedTuple):
    """One sheet as the workbook lists it: its name, where it lies, whether people see it."""

    name: str
    inside: str
    visible: bool


class Cell(NamedTuple):
    """One cell with something in it: its column from 1, what it showed, and what sort it is of.

    The sorts: “day”, “number” (a bare one), “error”, “formula” (without a saved result), “cut” (too long to
    be read whole), or nothing special.
    """

    column: int
    text: str
    sort: str = ""


@dataclass
class Book:
    """An open workbook."""

    packed: ZipFile
    parts: list[Part] = field(default_factory=list)
    active: int = 0
    from_1904: bool = False
    uncounted: bool = False  # its formulas wait to be counted: a 0 in one is no result
    forms: list[Form] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)


def unescaped(text: str) -> str:
    """What `_x000D_` and the like in the text of a workbook stand for; `_x005F_` is an underscore that was typed."""
    if "_x" not in text:
        return text
    found = _ESCAPED.sub(lambda code: chr(int(code[1], 16)), text)
    # two escapes may be the halves of one sign; a half alone is no character
    return found.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def open_book(packed: ZipFile) -> Book:
    """Read all of it that is small: everything but the rows."""
    book = Book(packed)
    inside = _workbook_part(packed)
    related = dict(_relations(packed, inside))

    def start(name: str, values: dict[str, str]) -> None:
        if name == "workbookPr":
            book.from_1904 = values.get("date1904", "0") in ("1", "true", "on")
        elif name == "calcPr":
            book.uncounted = values.get("fullCalcOnLoad", "0") in ("1", "true", "on")
        elif name == "workbookView":
            book.active = int(values.get("activeTab", "0"))
        elif name == "sheet":
            at = next((value for key, value in values.items() if key.rpartition(":")[2] == "id"), "")
            kind, target = related.get(at, ("", ""))
            visible = values.get("state") not in HIDDEN
            book.parts.append(Part(values["name"], target if kind == "worksheet" else "", visible))

    _parse(packed, inside, start)
    there = set(packed.namelist())
    for kind, target in related.values():
        if target not in there:
            continue
        if kind == "styles":
            book.forms = _forms(packed, target, book.from_1904)
        elif kind == "sharedStrings":
            book.texts = _texts(packed, target)
    return book


def _workbook_part(packed: ZipFile) -> str:
    """Where the list of its sheets lies."""
    for kind, target in dict(_relations(packed, "")).values():
        if kind == "officeDocument":
            return target
    raise ValueError("no workbook in it")


def _relations(packed: ZipFile, inside: str) -> Iterator[tuple[str, tuple[str, str]]]:
    folder, name = posixpath.split(inside)
    found: list[tuple[str, tuple[str, str]]] = []

    def start(tag: str, values: dict[str, str]) -> None:
        if tag == "Relationship" and values.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", folder, values["Target"])).lstrip("/")
            found.append((values["Id"], (values["Type"].rpartition("/")[2], target)))

    _parse(packed, posixpath.join(folder, "_rels", f"{name}.rels"), start)
    return iter(found)


def _forms(packed: ZipFile, inside: str, from_1904: bool) -> list[Form]:
    codes = dict(BUILT_IN)
    numbers: list[int] = []
    within = [""]

    def start(name: str, values: dict[str, str]) -> None:
        if name == "numFmt" and within[0] == "":
            codes[int(values["numFmtId"])] = values.get("formatCode", GENERAL)
        elif name in ("cellStyleXfs", "cellXfs", "cellStyles", "dxfs"):
            within[0] = name
        elif name == "xf" and within[0] == "cellXfs":
            numbers.append(int(values.get("numFmtId", "0")))

    _parse(packed, inside, start)
    known = {number: form(codes.get(number, GENERAL), from_1904=from_1904) for number in set(numbers)}
    return [known[number] for number in numbers]


def _texts(packed: ZipFile, inside: str) -> list[str]:
    """The texts that cells share, without what is written above them to say how they sound."""
    texts: list[str] = []
    reading = _Texts(texts.append)
    _parse(packed, inside, reading.start, reading.end, reading.data)
    return texts


class _Texts:
    """Gathers each text of the list of shared ones."""

    def __init__(self, take: Callable[[str], object]) -> None:
        self._take, self._pieces = take, list[str]()
        self._reading = self._sounds = False

    def start(self, name: str, _values: dict[str, str]) -> None:
        if name == "rPh":
            self._sounds = True
        self._reading = name == "t" and not self._sounds

    def end(self, name: str) -> None:
        self._reading = False
        if name == "rPh":
            self._sounds = False
        elif name == "si":
            self._take(unescaped("".join(self._pieces))[: LONGEST_VALUE + 1])
            self._pieces.clear()

    def data(self, text: str) -> None:
        if self._reading:
            self._pieces.append(text)


def rows_of(book: Book, inside: str) -> Iterator[tuple[int, list[Cell]]]:
    """The rows of a sheet that hold anything, with their numbers, a block of the file at a time."""
    reading = _Rows(book)
    parser = _parser(reading.start, reading.end, reading.data)
    with book.packed.open(inside) as file:
        for block in iter(lambda: file.read(BLOCK), b""):
            pace.tell(len(block))
            parser.Parse(block, False)
            yield from reading.rows
            reading.rows.clear()
        parser.Parse(b"", True)
        yield from reading.rows


class _Rows:
    """Gathers the cells of each row while the file is parsed."""

    def __init__(self, book: Book) -> None:
        self.rows: list[tuple[int, list[Cell]]] = []
        self._texts, self._forms, self._uncounted = book.texts, book.forms, book.uncounted
        self._plain = form(GENERAL)
        self._number = self._column = 0
        self._cells: list[Cell] = []
        self._columns: dict[str, int] = {}
        self._sort = self._style = ""
        self._pieces: list[str] = []
        self._formula: list[str] | None = None
        self._into: list[str] | None = None
        self._sounds = self._valued = False

    def start(self, name: str, values: dict[str, str]) -> None:
        """A cell begins, or its value, its formula or its text does."""
        if name == "c":
            self._column = self._place(values.get("r", ""))
            self._sort, self._style = values.get("t", "n"), values.get("s", "")
            self._pieces, self._formula, self._valued = [], None, False
        elif name == "v" or (name == "t" and not self._sounds):
            self._into, self._valued = self._pieces, True
        elif name == "f":
            self._into = self._formula = []
        elif name == "row":
            self._number = int(float(values.get("r", self._number + 1)))
            self._column = 0
        elif name == "rPh":
            self._sounds = True

    def end(self, name: str) -> None:
        """It ends: a cell with anything in it is kept, and a row that has such cells."""
        if name == "c":
            text = "".join(self._pieces)
            if text or self._formula is not None:
                self._keep(text)
        elif name == "row":
            if self._cells:
                self.rows.append((self._number, self._cells))
                self._cells = []
        elif name == "rPh":
            self._sounds = False
        else:
            self._into = None

    def data(self, text: str) -> None:
        """A piece of what stands between the tags."""
        if self._into is not None:
            self._into.append(text)

    def _place(self, reference: str) -> int:
        letters = reference.rstrip("0123456789")
        column = self._columns.get(letters)
        if column is None:
            if not letters:
                return self._column + 1
            column = 0
            for letter in _REFERENCE.fullmatch(reference)[1].upper():  # type: ignore[index]  # damaged: said so
                column = column * 26 + ord(letter) - 64
            self._columns[letters] = column
        return column

    def _keep(self, text: str) -> None:
        sort, shown = "", text
        waiting = self._uncounted and self._formula is not None and self._sort == "n" and text == "0"
        if waiting or not text:
            if self._sort == "str" and self._valued:
                return  # a formula that says nothing
            sort, shown = "formula", f"={''.join(self._formula or [])}"
        elif self._sort == "s":
            shown = self._texts[int(text)]
        elif self._sort == "n":
            sort, shown = self._number_in(text)
        elif self._sort == "b":
            shown = "TRUE" if text.strip() in ("1", "true") else "FALSE"  # unsaid: as spreadsheets show it
        elif self._sort == "e":
            sort = "error"
        elif self._sort == "d":
            sort, shown = "day", _iso(text)
        else:
            shown = unescaped(text)
        if len(shown) > LONGEST_VALUE:
            shown, sort = shown[:LONGEST_VALUE], "cut"
        if shown:
            self._cells.append(Cell(self._column, shown, sort))

    def _number_in(self, text: str) -> tuple[str, str]:
        place = int(self._style or 0)
        form = self._forms[place] if place < len(self._forms) else self._plain
        try:
            number = float(text) if "." in text or "E" in text or "e" in text else int(text)
        except ValueError:
            return "", text  # a text whose program took it for a number
        return "day" if form.day else "number" if form.plain else "", form.show(number)


def _iso(text: str) -> str:
    """2026-11-23T00:00:00.000Z is a day, with anything else than midnight a moment."""
    day, _t, clock = text.removesuffix("Z").partition("T")
    clock = clock.partition(".")[0]
    return f"{day} {clock}".strip() if clock.strip("0:") else day


def _parser(
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None] | None = None,
    data: Callable[[str], None] | None = None,
) -> expat.XMLParserType:
    """What parses a part, whatever prefix its names have; it declares nothing of its own, which only attacks do."""
    names: dict[str, str] = {}

    def short(name: str) -> str:
        names[name] = found = name.rpartition(":")[2]
        return found

    def refuse(*_declared: object) -> None:
        raise ValueError("it declares entities")

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.EntityDeclHandler = refuse
    parser.StartElementHandler = lambda name, values: start(names.get(name) or short(name), values)
    if end:
        parser.EndElementHandler = lambda name: end(names.get(name) or short(name))
    parser.CharacterDataHandler = data
    return parser


def _parse(
    packed: ZipFile,
    inside: str,
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None] | None = None,
    data: Callable[[str], None] | None = None,
) -> None:
    parser = _parser(start, end, data)
    file: IO[bytes]
    with packed.open(inside) as file:
        for block in iter(lambda: file.read(BLOCK), b""):
            pace.tell(len(block))
            parser.Parse(block, False)
        parser.Parse(b"", True)
