"""Generated files in which every word is known, and where each of them must stand after the import: nothing vanishes.

Words look like `Qk0017x`, numbers of telephones like `+49 30 5550017`: none stands twice in a file.
"""

from __future__ import annotations

import base64
import csv
import datetime as dt
import io
import re
from collections import Counter
from dataclasses import dataclass, field, replace
from itertools import count
from random import Random
from typing import TYPE_CHECKING, Any

from openpyxl import Workbook

from channergy_crm import work
from channergy_crm.errors import Mistake
from channergy_crm.records import Account, Contact, Lead
from channergy_crm.text.folding import fold
from channergy_crm.transfer.importing.plan import propose
from channergy_crm.transfer.importing.run import run
from channergy_crm.transfer.reading.sources import open_source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from channergy_crm.transfer.importing.outcome import Outcome
    from channergy_crm.transfer.importing.plan import Plan

KNOWN = ["First Name", "Last Name", "Company", "Phone", "Other Phone", "Email", "Website", "City", "Notes", "Title"]
MORE = ["Phone", "Phone 2", "Mobile", "Fax", "E-mail 2", "Address", "Address 2", "State", "Postal Code", "Country"]
STRANGE = ["County", "Shoe Size", "Colour", "Internal Ref", "Remarks of Ann", ""]
WORD = re.compile(rb"(?:Qk\d{7}x|\+49 30 5\d{7})")


@dataclass
class Words:
    """Words that stand nowhere else, and where in the file each is: those of one place are told together."""

    dice: Random
    start: int
    places: dict[str, object] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._next = count(self.start)

    def word(self, place: object) -> str:
        """One more."""
        return self._noted(f"Qk{next(self._next):07}x", place)

    def phone(self, place: object) -> str:
        """One more telephone number."""
        return self._noted(f"+49 30 5{next(self._next):07}", place)

    def _noted(self, text: str, place: object) -> str:
        self.places[text] = place
        return text

    def cell(self, title: str, place: object) -> str:
        """What somebody may have written below a title."""
        dice = self.dice
        if dice.random() < 0.25:
            return ""
        several = dice.choice((1, 1, 1, 2, 3))
        if re.search("phone|mobile|fax", title, re.I):
            return dice.choice((" / ", "; ", " ::: ")).join(self.phone(place) for _ in range(several))
        if "mail" in title:
            return dice.choice(("; ", ", ", " ::: ")).join(f"{self.word(place)}@a.example" for _ in range(several))
        if title == "Website":
            return f"www.{self.word(place)}.example"
        if title in ("Postal Code", "State", "Country", "First Name", "Last Name"):
            return self.word(place)
        around = dice.choice(
            ("{}", "{}", "{}", "{}, {}", "{}\n{}", 'the "{}"', "={}", "Zoë {}; {}", "'{}", '{} 5"', "-{}")
        )
        return re.sub("{}", lambda _found: self.word(place), around)


@dataclass(frozen=True)
class Made:
    """A file, and what is in it."""

    name: str
    content: bytes
    places: dict[str, object]


def titles(dice: Random) -> list[str]:
    """Some that are known, some that mean the same, some that nobody knows."""
    found = dice.sample(KNOWN, dice.randrange(3, 8)) + dice.sample(MORE, dice.randrange(4))
    found += dice.sample(STRANGE, dice.randrange(4))
    dice.shuffle(found)
    return [*found, "Company"] if not {"Company", "Last Name", "First Name", "Email"} & {*found} else found


def rows(words: Words, header: Sequence[str]) -> list[list[str]]:
    """The rows below these titles."""
    dice = words.dice
    return [
        [words.cell(title, (number, place)) for place, title in enumerate(header)]
        for number in range(dice.randrange(2, 15))
    ]  # fmt: skip


# ---------------------------------------------------------------- tables of text, whole and damaged


def table(dice: Random, start: int) -> Made:
    """A table as a program writes it."""
    words, header, text = Words(dice, start), titles(dice), io.StringIO()
    quoting = dice.choice((csv.QUOTE_MINIMAL, csv.QUOTE_ALL))
    writer = csv.writer(text, delimiter=dice.choice(",;\t|"), quoting=quoting)
    writer.writerows([header, *rows(words, header)])
    return Made("x.csv", text.getvalue().encode(dice.choice(("utf-8", "utf-8-sig", "cp1252"))), words.places)


def damaged(dice: Random, start: int) -> Made:
    """The same after a few accidents. What belongs together nobody can say any more: each line is a place."""
    content = bytearray(table(dice, start).content)
    for _ in range(dice.randrange(1, 5)):
        _damage(dice, content)
    lines = re.split(rb"\r\n|\r|\n", bytes(content))
    places = {word.decode(): number for number, line in enumerate(lines) for word in WORD.findall(line)}
    return Made("x.csv", bytes(content), places)


def _damage(dice: Random, content: bytearray) -> None:
    at = dice.randrange(len(content) + 1)
    match dice.randrange(4):
        case 0:
            sign = dice.choice(
                (b'"', b",", b";", b"\n", b"\r\n", b"\xff", b"\xe4", b"\0", b"\xef\xbb\xbf", b"\\", b"\r")
            )
            content[at:at] = sign
        case 1:
            found = [place for place, sign in enumerate(content) if sign in b'",;\n\r']
            del content[(gone := dice.choice(found)) : gone + 1]
        case 2:
            first = content.find(b"\n") + 1
            line = dice.choice(
                (bytes(content[:first]), b"-----;-----\r\n", b"Total: 3\r\n", b"\r\n\r\n", b"Page 1 of 2\r\n")
            )
            at = content.find(b"\n", at) + 1
            content[at:at] = line
        case _:
            del content[-dice.randrange(1, 1 + len(content) // 4) :]


# ---------------------------------------------------------------- workbooks


def workbook(dice: Random, start: int) -> Made:
    """A workbook of several sheets, its table somewhere on one of them."""
    words, book, packed = Words(dice, start), Workbook(), io.BytesIO()
    header = titles(dice)
    sheet: Any = book.active
    sheet.title = "People"
    down, right = dice.choice((1, 1, 3)), dice.choice((1, 1, 2))
    if down > 1:
        sheet.cell(1, right, f"List of {words.word('above')}")
    made = rows(words, header)
    for number, row in enumerate([header, *made], down):
        for place, text in enumerate(row, right):
            cell = sheet.cell(number, place)
            if text.startswith("="):
                cell.value, cell.data_type = text, "s"
            else:
                cell.value = text or None
    below = down + len(made) + 1
    if len(header) > 2 and dice.random() < 0.5:
        sheet.cell(below, right, "Total:")
        sheet.cell(below, right + 1, 12)
    _strange_cells(words, sheet, down, right + len(header))
    for number in range(dice.randrange(3)):
        other = book.create_sheet(f"Other {number}")
        other.append([words.word(("sheet", number)) for _ in range(3)])
        other.sheet_state = dice.choice(("visible", "hidden"))
    book.save(packed)
    return Made("x.xlsx", packed.getvalue(), words.places)


def _strange_cells(words: Words, sheet: Any, down: int, column: int) -> None:
    """A column nobody knows, with what spreadsheets have in cells beside text."""
    sheet.cell(down, column, "Of all sorts")
    for row in range(down + 1, down + 4):
        value = words.dice.choice((12.5, True, dt.datetime(2026, 2, 3, 4, 5), "#N/A", "=A1", 9_000_001, words.word))
        sheet.cell(row, column, value((row, column)) if callable(value) else value)


# ---------------------------------------------------------------- visiting cards

PROPERTIES = [
    "NICKNAME:{}", "BDAY:{}", "CATEGORIES:{},{}", "ORG:{};{};{}", "TITLE:{}", "ROLE:{}", "URL:www.{}.example",
    "NOTE:{}\\n{}", "IMPP:skype:{}", "X-SOCIALPROFILE;TYPE=a:https://s.example/{}", "RELATED:{}", "ANNIVERSARY:{}",
    "EMAIL;TYPE=work:{}@a.example", "EMAIL:{}@b.example", "TEL;TYPE=cell:#", "TEL:#", "TEL;TYPE=fax,work:#",
    "TEL;TYPE=home:#", "TEL;X-Hut:#", "X-CUSTOM-NUMBER:#", "ADR;TYPE=home:{};{};{};{};{};{};{}", "ADR:;;{};{};;{};{}",
    "GENDER:{}", "TZ:{}", "GEO:{}", "X-HOBBY:{}", "LABEL:{}", "FN:{} {}", "PHOTO:http://{}.example/a.jpg",
    "item1.TEL:#\nitem1.X-ABLabel:{}", "item2.EMAIL:{}@c.example\nitem2.X-ABLabel:{}", "T EL {}",
    "item3.ADR:;;{};;;;\nitem3.X-ABLabel:{}", "item4.URL:www.{}.example\nitem4.X-ABLabel:{}",
    "NOTE;ENCODING=BASE64:{}", "NOTE;ENCODING=QUOTED-PRINTABLE:{}=3D{}",
    "item5.X-ABRELATEDNAMES:{}\nitem5.X-ABLabel:{}", "SOUND:{}",
]  # fmt: skip


def cards(dice: Random, start: int) -> Made:
    """Visiting cards of every version, some of them damaged."""
    words, lines = Words(dice, start), list[str]()
    for number in range(dice.randrange(1, 8)):
        lines += ["BEGIN:VCARD", f"VERSION:{dice.choice(('2.1', '3.0', '4.0'))}"]
        chosen = dice.choices(PROPERTIES, k=dice.randrange(2, 14))
        name = dice.choice(("N:{};{};{};{};{}", "N:{};{};;;", "FN:{} {}", "ORG:{}"))
        group = number > 0 and dice.random() < 0.05
        chosen = [name, *chosen, *(["KIND:group"] if group else [])]
        lines += [
            _said(words, said, ("group", number) if group else (number, place)) for place, said in enumerate(chosen)
        ]
        lines += [] if dice.random() < 0.1 else ["END:VCARD"]
        if dice.random() < 0.1 and lines[-1] == "END:VCARD":
            lines.append(words.word(("outside", number)))
    sign = dice.choice(("\n", "\r\n", "\r"))
    text = "\n".join(line for each in lines for line in _folded(dice, each)).replace("\n", sign)
    return Made("x.vcf", text.encode(), words.places)


def _said(words: Words, said: str, place: object) -> str:
    return re.sub("{}|#", lambda sign: words.word(place) if sign[0] == "{}" else words.phone(place), said)


def _folded(dice: Random, line: str) -> Iterator[str]:
    if len(line) < 60 or "\n" in line or "QUOTED" in line or dice.random() < 0.5 or line.startswith("T EL"):
        yield line
    else:
        yield from (line[:50], f" {line[50:]}")


# ---------------------------------------------------------------- address books

LINES = [
    "givenName: {}", "sn: {}", "cn: {} {}", "displayName: {}", "o: {}", "title: {}", "telephoneNumber: #", "mobile: #",
    "mobile: #", "homePhone: #", "mail: {}@a.example", "mail: {}@b.example", "mozillaSecondEmail: {}@c.example",
    "street: {}", "l: {}", "postalAddress: {}$ {}", "description: {}", "description: {}", "mozillaNickname: {}",
    "departmentNumber: {}", "mozillaCustom1: {}", "userCertificate: {}", "labeledURI: http://{}.example", "{} alone",
    "fax: #", "st: {}", "c: {}",
]  # fmt: skip


def address_book(dice: Random, start: int) -> Made:
    """People as directories write them, mailing lists among them."""
    words, entries = Words(dice, start), list[str]()
    for number in range(dice.randrange(1, 8)):
        group = number > 0 and dice.random() < 0.1
        chosen = ["objectclass: groupOfNames", "cn: {}"] if group else ["objectclass: person", "sn: {}"]
        chosen += [] if group else dice.choices(LINES, k=dice.randrange(1, 12))
        lines = [_said(words, said, (number, group or place)) for place, said in enumerate(chosen)]
        lines = [_coded(line) if dice.random() < 0.1 and ": " in line else line for line in lines]
        entries.append("\n".join([f"dn: cn={number}", *(part for line in lines for part in _folded(dice, line))]))
    return Made("x.ldif", "\n\n".join(entries).encode(), words.places)


def _coded(line: str) -> str:
    name, _colon, value = line.partition(": ")
    return f"{name}:: {base64.b64encode(value.encode()).decode()}"


# ---------------------------------------------------------------- what must hold

PICTURES = "Pictures, sounds and keys"
WORDLESS = (
    "Cards without an end",
    "Formulas",
    "Cells that hold an error",
    "Rows that repeat",
    "Rows that hold nothing",
)
"""what is told of these is no word of ours"""
FORMATS: dict[str, Callable[[Random, int], Made]] = {
    "table": table, "damaged": damaged, "workbook": workbook, "cards": cards, "address book": address_book,
}  # fmt: skip


def vanished(folder: Path, form: str, seed: int) -> list[str]:
    """Make a file, import it, and look for every word of it; what stands neither in the office nor in the report.

    The words of one place (a cell, a row that is no record, a sheet) may all be missing where one loss is told.
    """
    dice = Random(f"{form} {seed}")
    made, keep = FORMATS[form](dice, seed % 9_000 * 1_000), dice.random() < 0.5
    record: Any = dice.choice((Lead, Lead, Contact, Account))
    path = folder / made.name
    path.write_bytes(made.content)
    try:
        plan = propose(record, open_source(path))
        plan = replace(plan, order="DMY", keep_in_notes=keep, missing_links="create")
        outcome = run(plan, operator="ADMIN")
    except Mistake as mistake:
        expected = form == "damaged" or (record is not Lead and mistake.message.startswith("None of the columns"))
        return [] if expected else [f"not imported: {mistake.message}"]
    aside = [*_above(plan), *([] if keep else _aside(plan))]
    there = _plain(f"{_stored(plan, outcome)} {_of_rows(plan, outcome)} {aside} {plan.source.header}")
    missing = {place for word, place in made.places.items() if _plain(word) not in there}
    told = Counter({loss.what: loss.times for loss in outcome.losses if not loss.what.startswith(WORDLESS)})
    others = told - Counter(what for what, _text in aside)
    complaints = [
        f"{what}: {told[what]} told" for what, _text in _aside(plan) if keep and told[what] and what != PICTURES
    ]
    complaints += [f"{what} is told too seldom" for what in Counter(what for what, _text in aside) - told]
    if len(missing) > others.total():
        complaints.append(f"{len(missing)} places are missing, {others} are told: {missing}")
    return complaints


def _above(plan: Plan) -> Iterator[tuple[str, str]]:
    """The rows above the column titles, of several lines perhaps."""
    for row in plan.source.beginning():
        if row.number < plan.source.title_row:
            yield "Rows above the column titles", " ".join(row.values)


def _aside(plan: Plan) -> Iterator[tuple[str, str]]:
    """What has no field, under the name by which it is told: the columns that go nowhere, what cards say beside."""
    for row in plan.rows():
        for place, title in plan.nowhere().items() if not row.problem else ():
            if place < len(row.values) and row.values[place].strip():
                yield f"Column “{title}”", row.values[place]
        yield from row.beside if not row.problem else ()


def _stored(plan: Plan, outcome: Outcome) -> str:
    """All that the records say that were made."""
    made = {plan.record: outcome.taken, **outcome.missing}
    records = [each for record, count in made.items() if count for each in _newest(record, count)]
    return " ".join(str(value) for record in records for value in record.__data__.values())


def _newest(record: Any, count: int) -> Any:
    return record.select().order_by(work.key_field(record).desc()).limit(count)


def _of_rows(plan: Plan, outcome: Outcome) -> str:
    """What stands in the rows that were not taken: they are told as a whole."""
    numbers = {number for number, _said in (*outcome.refused, *outcome.already)}
    held = (f"{row.values} {row.beside}" for row in plan.rows() if row.number in numbers)
    return " ".join(held)


def _plain(text: str) -> str:
    return re.sub(r"[^\w+]", "", fold(text))
