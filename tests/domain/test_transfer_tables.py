"""Tables of text as other programs write them: long notes, mixed letters, reports, dialects, and what is no table."""

from __future__ import annotations

import contextlib
import csv
import io
import random
import zipfile
from typing import TYPE_CHECKING

import pytest

from channergy_crm.errors import Mistake
from channergy_crm.records import Lead
from channergy_crm.transfer.importing.plan import propose
from channergy_crm.transfer.reading.framing import is_frame
from channergy_crm.transfer.reading.pace import watched
from channergy_crm.transfer.reading.sources import open_source
from channergy_crm.transfer.reading.tables import open_table

if TYPE_CHECKING:
    from pathlib import Path

TITLES = "First Name,Last Name,Company,Phone\n"


def rows_of(folder: Path, content: str | bytes, name: str = "x.csv") -> list[list[str]]:
    """The values of the rows of such a file; a row that cannot be read is said."""
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    source = propose(Lead, open_source(path)).source
    return [[row.problem] if row.problem else row.values for row in source.rows()]


def told(folder: Path, content: str) -> dict[str, int]:
    """How often what was left out."""
    path = folder / "x.csv"
    path.write_text(content, "utf-8", newline="")
    source = propose(Lead, open_source(path)).source
    list(source.rows())
    return {loss.what: loss.times for loss in source.losses}


# ---------------------------------------------------------------- long notes and open quotation marks


@pytest.mark.parametrize("lines", [501, 20_000])
def test_f20_a_long_note_is_one_value(tmp_path: Path, lines: int) -> None:
    note = "".join(f'> line {number}, "said"\n' for number in range(lines))
    text = io.StringIO()
    csv.writer(text).writerows(
        [["Last Name", "Company", "Notes"], ["Aker", "Aker Oy", note], ["Holm", "Holm Oy", "ok"]]
    )
    assert rows_of(tmp_path, text.getvalue()) == [["Aker", "Aker Oy", note], ["Holm", "Holm Oy", "ok"]]


def test_f20_an_open_mark_costs_its_own_line(tmp_path: Path) -> None:
    """Also where marks that are closed, or inches, come later."""
    rest = 'Bo,Lee,"Acme, Inc",1\nCy,Orr,5" pipe,2\n' * 400
    found = rows_of(tmp_path, f'{TITLES}Al,"Ray,Bell,0\n{rest}')
    assert found[0] == ["A quotation mark in it is never closed."]
    assert found[1:] == [["Bo", "Lee", "Acme, Inc", "1"], ["Cy", "Orr", '5" pipe', "2"]] * 400


def test_f38_marks_that_are_never_closed_line_after_line_cost_nothing(tmp_path: Path) -> None:
    """Each such line was looked through to the end of the file, and lost."""
    lines = 'Al,"Ray,Bell,0\nBo,"Lee ""B""",Acme,1\n"Cy",Orr,5" pipe,2\n'
    found = rows_of(tmp_path, TITLES + lines * 20_000)
    kept = [["Al", "Ray", "Bell", "0"], ["Bo", 'Lee "B"', "Acme", "1"], ["Cy", "Orr", '5" pipe', "2"]]
    assert found == kept * 20_000


def test_f38_millions_of_line_ends_are_left_out_and_counted(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(b"Last Name,Company\n" + b"\r\n" * 2_000_000 + b"Lee,Acme\n")
    assert [(row.number, row.values) for row in open_table(path).rows()] == [(2_000_002, ["Lee", "Acme"])]


class Enough(Exception):
    """Whoever waits wants no more."""


def test_f38_whoever_waits_for_a_file_hears_of_it_and_can_stop_it(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(b"Last Name,Company\nLee,Acme\n" + b"\n" * 8_000_000)
    heard: list[str] = []

    def step(_done: int, _total: int, text: str) -> None:
        heard.append(text)
        if "MB" in text:
            raise Enough

    with pytest.raises(Enough):
        watched(lambda: open_source(path), step)
    assert heard[-1] == "1.0 MB read"


def test_f38_a_value_that_is_too_long_is_told_and_costs_one_row(tmp_path: Path) -> None:
    note = "a line\n" * 150_000
    found = rows_of(tmp_path, f'{TITLES}Al,Ray,"{note}",1\nBo,Lee,Acme,2\n')
    assert found == [["It holds a value of more than 1,000,000 characters."], ["Bo", "Lee", "Acme", "2"]]
    assert rows_of(tmp_path, "x" * 5_000_000 + "\n") == []


# ---------------------------------------------------------------- letters


def test_f22_letters_that_are_utf8_prove_it_row_by_row(tmp_path: Path) -> None:
    good, bad = "Jürgen,Groß,Köln AG,1\n", "René,Béla,Besançon SA,2\n"
    for content in (TITLES + good * 3, TITLES + "A,B,C,3\n" * 50_000 + good):
        found = rows_of(tmp_path, content.encode() + bad.encode("cp1252"))
        assert found[-2:] == [["Jürgen", "Groß", "Köln AG", "1"], ["René", "Béla", "Besançon SA", "2"]]
    assert rows_of(tmp_path, (TITLES + bad).encode("cp1252") + good.encode())[1] == ["Jürgen", "Groß", "Köln AG", "1"]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32", "utf-16-le", "utf-16-be"])
def test_f22_a_plain_file_taken_for_another_is_said_not_a_crash(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "x.csv"
    path.write_text(TITLES + "Ann,Lee,Acme,1\n", "utf-8")
    with contextlib.suppress(Mistake):
        list(open_table(path, encoding).rows())
    path.write_bytes("ÿþnn,Lee\nA,B\n".encode("cp1252"))
    assert open_table(path).encoding == "cp1252"


NAMES = {
    "cp1250": "Łukasz,Żółć,Wrocław Śląsk,1\nJiří,Dvořák,Plzeň,2\n",
    "cp852": "Łukasz,Żółć,Wrocław Śląsk,1\nJiří,Dvořák,Plzeň,2\n",
    "iso8859_2": "Łukasz,Żółć,Wrocław Śląsk,1\nJiří,Dvořák,Plzeň,2\n",
    "cp1251": "Иван,Петров,ООО Ромашка,1\nМария,Сидорова,Завод,2\n",
    "cp866": "Иван,Петров,ООО Ромашка,1\nМария,Сидорова,Завод,2\n",
    "koi8_r": "Иван,Петров,ООО Ромашка,1\nМария,Сидорова,Завод,2\n",
    "mac_roman": "Jürgen,Groß,Köln AG,1\nRené,Béla,Besançon SA,2\nZoë,Müller,Åse Øst,3\n",
    "cp850": "Jürgen,Groß,Köln AG,1\nRené,Béla,Besançon SA,2\n",
    "cp1252": "Jürgen,Groß,Köln AG,1\nRené,Béla,Besançon SA,2\n",
}


@pytest.mark.parametrize("encoding", NAMES)
def test_f22_the_letters_of_east_and_west_are_told_apart(tmp_path: Path, encoding: str) -> None:
    found = rows_of(tmp_path, (TITLES + NAMES[encoding]).encode(encoding))
    assert found == [line.split(",") for line in NAMES[encoding].splitlines()]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_f25_marks_of_an_encoding_in_the_middle_are_no_text(tmp_path: Path, encoding: str) -> None:
    """Files that were put together one behind the other."""
    parts = (TITLES + "Jürgen,Groß,Köln AG,1\n", TITLES + "René,\ufeffBéla,Besançon,2\n")
    found = rows_of(tmp_path, b"".join(part.encode(encoding) for part in parts))
    assert found == [["Jürgen", "Groß", "Köln AG", "1"], ["René", "Béla", "Besançon", "2"]]


def test_f25_a_part_written_the_other_way_round_is_said(tmp_path: Path) -> None:
    turned = b"\xfe\xff" + "René,Béla,Besançon,2\n".encode("utf-16-be")
    found = rows_of(tmp_path, (TITLES + "Jürgen,Groß,Köln AG,1\n").encode("utf-16") + turned)
    assert found == [["Jürgen", "Groß", "Köln AG", "1"], ["A character in it cannot be read as UTF-16."]]


def test_f25_a_row_of_zeros_is_none(tmp_path: Path) -> None:
    """A crash leaves them at the end of a file."""
    content = TITLES + "Ann,Lee,Acme,1\n\0\0,\0,,\nBob,Ray,,2\n" + "\0" * 5_000
    assert rows_of(tmp_path, content) == [["Ann", "Lee", "Acme", "1"], ["Bob", "Ray", "", "2"]]


# ---------------------------------------------------------------- rows that are no records


REPORT = """
\r
"Active leads, all countries"
Copyright (c) 2000-2024 Example Inc. All rights reserved.
Confidential Information - Do Not Distribute
Generated By:  Ann Example  3/5/2024 9:14 AM
Example Company
"""


def test_f25_what_a_report_ends_with_is_no_record(tmp_path: Path) -> None:
    body = TITLES + "Ann,Lee,Total Wine,1\n,,Total Wine,\n"
    assert rows_of(tmp_path, body + REPORT) == [["Ann", "Lee", "Total Wine", "1"], ["", "", "Total Wine", ""]]
    assert told(tmp_path, body + REPORT) == {"Rows of a report's frame, such as totals and remarks": 5}
    assert told(tmp_path, body) == {}


@pytest.mark.parametrize(
    ("cells", "frame"),
    [
        (["Total records: 3"], True),
        (["Grand Total", "12,500.00"], True),
        (["Grand Total"], True),
        (["Total:", "3"], True),
        (["3 records"], True),
        (["Page 1 of 2"], True),
        (["--- End of report ---"], True),
        (["Total Wine"], False),
        (["Total"], False),
        (["Total", "512-555-0101"], False),
        (["Total", "5125550101"], False),
        (["Copyright Clearance Center"], False),
        (["Confidential Records Inc"], False),
        (["Page One Books"], False),
        (["Count Basie", "5"], False),
    ],
)
def test_f25_a_company_is_no_total(cells: list[str], frame: bool) -> None:
    assert is_frame(cells) is frame


def test_f25_files_that_were_put_together(tmp_path: Path) -> None:
    """The titles again, with the mark of the encoding, also in another order; and lines."""
    other = "\ufeffCompany,Phone,Last Name,First Name\nAcme,2,Orr,Cy\n"
    text = f"\ufeff{TITLES}Al,Ray,Bell,0\n\ufeff{TITLES}-----,-----,-----,-----\n\ufeffBo,Lee,Corn,1\n{other}"
    assert rows_of(tmp_path, text) == [
        ["Al", "Ray", "Bell", "0"], ["Bo", "Lee", "Corn", "1"], ["Cy", "Orr", "Acme", "2"]
    ]  # fmt: skip
    assert told(tmp_path, text) == {"Rows that repeat the column titles": 2, "Rows that hold nothing but a line": 1}


def test_f26_titles_below_notes_are_found_and_can_be_set(tmp_path: Path) -> None:
    text = f'Notes:\n"When you export, some are missing, because people choose."\n\n{TITLES}Al,Ray,Bell,0\nBo,Lee,C,1\n'
    assert rows_of(tmp_path, text) == [["Al", "Ray", "Bell", "0"], ["Bo", "Lee", "C", "1"]]
    assert told(tmp_path, text) == {"Rows above the column titles": 2}
    source = open_source(tmp_path / "x.csv")
    plan = propose(Lead, source, title_row=5)
    assert (plan.source.title_row, plan.source.header) == (5, ["Al", "Ray", "Bell", "0"])
    with pytest.raises(Mistake, match="Row 3 of x.csv holds no column titles"):
        propose(Lead, source, title_row=3)


def test_f26_two_rows_of_titles_say_it_together(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("Contact,,Company,\nFirst,Last,Name,City\nAl,Ray,Bell,Oulu\n", "utf-8")
    plan = propose(Lead, open_source(path))
    assert plan.source.header == ["Contact First", "Contact Last", "Company Name", "Company City"]
    assert list(plan.columns.values()) == ["first_name", "last_name", "company", "city"]


# ---------------------------------------------------------------- dialects


@pytest.mark.parametrize(
    "text",
    [
        'First Name,Company,Phone\n"Al","Ford \\"The Shop\\", Inc.","1"\n',
        'First Name, Company, Phone\n"Al", "Ford ""The Shop"", Inc.", "1"\n',
        '"sep=;"\r\nFirst Name;Company;Phone\r\nAl;"Ford ""The Shop"", Inc.";1\r\n',
        'sep= ;\r\nFirst Name;Company;Phone\r\nAl;Ford "The Shop", Inc.;1\r\n',
        'First Name^Company^Phone\nAl^Ford "The Shop", Inc.^1\n',
        "First Name~Company~Phone\nAl~Ford \"The Shop\", Inc.~1\n",
        "'First Name','Company','Phone'\n'Al','Ford \"The Shop\", Inc.','1'\n",
        'First Name,Company,Phone\nAl,Ford "The Shop"\\, Inc.,1\n',
    ],
)  # fmt: skip
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_f31_dialects_are_told_by_the_whole_file(tmp_path: Path, text: str, encoding: str) -> None:
    assert rows_of(tmp_path, text.encode(encoding)) == [["Al", 'Ford "The Shop", Inc.', "1"]]


def test_f31_what_comes_late_counts(tmp_path: Path) -> None:
    plain = '"Bo","Corn","2"\n' * 60_000
    found = rows_of(tmp_path, f'First Name,Company,Phone\n{plain}"Al","Ford \\"The Shop\\", Inc.","1"\n')
    assert found[-1] == ["Al", 'Ford "The Shop", Inc.', "1"]


def test_f31_a_path_that_ends_in_a_backslash_stays(tmp_path: Path) -> None:
    assert rows_of(tmp_path, 'Company,Notes,City\n"A","C:\\temp\\","X"\n') == [["A", "C:\\temp\\", "X"]]


# ---------------------------------------------------------------- what is no table


LDIF = """version: 1

dn: cn=Al Ray,mail=al@ray.example
objectclass: person
cn:: WsO8bGxlIFJheQ==
givenName:: WsO8bGxl
sn: Ray
mail: al@ray
 .example
telephoneNumber: 512-555-0101
mobile: 512-555-0102
o: Bell
description: one

dn: cn=List
objectclass: groupOfNames
member: cn=Al Ray
"""


def test_f34_an_address_book_is_read(tmp_path: Path) -> None:
    path = tmp_path / "book.ldif"
    path.write_text(LDIF, "utf-8")
    plan = propose(Lead, open_source(path))
    (row,) = plan.source.rows()
    assert {name: row.values[place] for place, name in plan.columns.items()} == {
        "first_name": "Zülle", "last_name": "Ray", "email": "al@ray.example", "phone": "512-555-0101",
        "other_phone": "512-555-0102", "company": "Bell", "notes": "one",
    }  # fmt: skip


def packed(name: str, content: str = "x") -> bytes:
    """A packed file with one in it."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as file:
        file.writestr(name, content)
    return held.getvalue()


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b'[{"first_name":"Al"}]', "a JSON file"),
        (b'{"people": [{"a": 1}]}', "a JSON file"),
        (b"<html><body><table><tr><td>A</td></tr></table></body></html>", "a web page"),
        (b'<?xml version="1.0"?>\n<people><p/></people>', "an XML file"),
        (b"{\\rtf1\\ansi x}", "a text document"),
        (b"From: a@b.example\nTo: c@d.example\nSubject: x\nDate: y\n\nHello", "a mail"),
        (b"BEGIN:VCALENDAR\nEND:VCALENDAR\n", "a calendar"),
        (b"\x89PNG\r\n\x1a\n", "a picture"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "a workbook of the old kind"),
        (b"\0\1\0\0Standard Jet DB\0", "a database"),
        (packed("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), "a workbook \\(ODS\\)"),
        (packed("Index/Document.iwa"), "a document of Numbers"),
        (packed("people.csv"), "a packed file"),
    ],
)
def test_f34_what_is_no_table_is_said(tmp_path: Path, content: bytes, what: str) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(content)
    with pytest.raises(Mistake, match=f"x.csv is {what}"):
        open_source(path)


# ---------------------------------------------------------------- nothing vanishes

WORDS = [
    "Ann",
    "Zoë",
    "Total Wine",
    "O'Brien",
    '5" pipe',
    'said "no"',
    "a, b; c",
    "two\nlines",
    "",
    "512-555-0101",
    "¼",
]


@pytest.mark.parametrize("seed", range(40))
def test_every_filled_cell_stands_in_a_row_or_is_told(tmp_path: Path, seed: int) -> None:
    dice = random.Random(seed)
    width, delimiter = dice.randrange(2, 6), dice.choice(",;\t|")
    titles = ["First Name", "Last Name", "Company", "Phone", "Notes"][:width]
    made = [[dice.choice(WORDS) for _ in range(width)] for _ in range(dice.randrange(1, 30))]
    text = io.StringIO()
    quoting = dice.choice((csv.QUOTE_MINIMAL, csv.QUOTE_ALL))
    csv.writer(text, delimiter=delimiter, quoting=quoting).writerows([titles, *made])
    encoding = dice.choice(("utf-8", "utf-8-sig", "utf-16", "cp1252"))
    assert rows_of(tmp_path, text.getvalue().encode(encoding)) == [row for row in made if any(row)]
