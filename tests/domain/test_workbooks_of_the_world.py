"""Workbooks as other programs and people save them: a cell means what the spreadsheet showed, nothing goes silently."""

from __future__ import annotations

import datetime as dt
import re
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pytest
import xlsxwriter
from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from channergy_crm.errors import Mistake
from channergy_crm.transfer.exporting.workbook import write_workbook
from channergy_crm.transfer.reading.number_formats import form
from channergy_crm.transfer.reading.unpacking import unescaped
from channergy_crm.transfer.reading.workbooks import Sheet, open_sheet
from channergy_crm.work.record import Extra

if TYPE_CHECKING:
    from collections.abc import Iterator


def table(path: Path, sheet: str = "") -> list[list[str]]:
    """The titles and the rows of a workbook."""
    found = open_sheet(path, sheet)
    return [found.header, *(row.values for row in found.rows())]


def told(found: Sheet) -> list[str]:
    """What a reading says that it leaves out."""
    for _row in found.rows():
        pass
    return [loss.sentence for loss in found.losses]


def book(path: Path, *rows: list[Any], formats: dict[str, str] | None = None) -> Path:
    """A workbook of one sheet, some of its cells in a format of their own."""
    made = Workbook()
    for row in rows:
        made.active.append(row)
    for place, code in (formats or {}).items():
        made.active[place].number_format = code
    made.save(path)
    return path


def rewritten(path: Path, change: Any) -> Path:
    """The same workbook, each of whose parts went through `change`."""
    with zipfile.ZipFile(path) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, part in parts.items():
            packed.writestr(name, change(name, part.decode()))
    return path


# ---------------------------------------------------------------- texts


class Written:
    """Rows of text to export."""

    kinds = (Extra("Notes", str),)

    def __init__(self, *texts: str, title: str = "Notes") -> None:
        self._texts, self.titles = texts, (title,)

    def batches(self) -> Iterator[list[tuple[str]]]:
        """All of them at once."""
        yield [(text,) for text in self._texts]


@given(
    st.text(st.one_of(st.characters(exclude_categories=["Cs"]), st.sampled_from("_x0041_\r\n\x0b\x00<r>")), min_size=1)
)
@example("_x0041_")
@example("_x0041_x0042_")
@example("_x005F_x0041_ and _x005f_")
@example("a\r\nb\rc\nd\x0b\x00\ufffe")
@example("<r>not a tag</r>")
@example(" lead and trail \t")
@settings(deadline=None, max_examples=40)
def test_f14_any_text_that_is_exported_is_read_back_to_the_letter(text: str) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "x.xlsx"
        write_workbook(path, Written(f"+{text}"), "Notes", 1)  # type: ignore[arg-type]
        assert table(path) == [["Notes"], [f"+{text}"]]


def test_f14_a_text_longer_than_a_cell_is_refused_and_the_longest_one_comes_back(tmp_path: Path) -> None:
    longest = "_x0041_" + "a" * 32_760
    write_workbook(tmp_path / "x.xlsx", Written(longest), "Notes", 1)  # type: ignore[arg-type]
    assert table(tmp_path / "x.xlsx")[1] == [longest]
    with pytest.raises(Mistake, match="32,768 characters; a cell of a workbook holds 32,767"):
        write_workbook(tmp_path / "y.xlsx", Written(f"{longest}a"), "Notes", 1)  # type: ignore[arg-type]


@pytest.mark.parametrize("title", ["=1+1", "http://x.example", "12", "<r>x</r>", "_x0041_"])
def test_f14_any_title_comes_back_too(title: str, tmp_path: Path) -> None:
    write_workbook(tmp_path / "x.xlsx", Written("a", title=title), "Notes", 1)  # type: ignore[arg-type]
    assert table(tmp_path / "x.xlsx") == [[title], ["a"]]


def test_f14_codes_of_other_programs_are_read_among_shared_texts_and_in_cells(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "x.xlsx") as made:  # keeps its texts in a list of their own
        sheet = made.add_worksheet()
        sheet.write_column(0, 0, ["Notes", "one\r\ntwo", "typed _x0041_", "\x0b"])
    assert table(tmp_path / "x.xlsx") == [["Notes"], ["one\r\ntwo"], ["typed _x0041_"], ["\x0b"]]
    assert unescaped("_xD83D__xDE00_ _xD83D_!") == "😀 \ufffd!"


# ---------------------------------------------------------------- numbers


@pytest.mark.parametrize(
    ("code", "number", "shown"),
    [
        ("0%", 1, "100%"), ("0%", 0.25, "25%"), ("0.0%", 0.255, "25.5%"), ("0%", 0.07, "7%"), ("0.00%", 0.5, "50%"),
        ("0%;[Red]-0%", -0.1, "-10%"), ("00000", 2138, "02138"), ("00000", 0, "00000"),
        ("00000\\-0000", 71020001, "07102-0001"),
        ("000-00-0000", 12345678, "012-34-5678"), ("0000000000", 301234567, "0301234567"),
        ("+0", 15125550193, "+15125550193"),
        ("[<=9999999]###\\-####;\\(###\\)\\ ###\\-####", 5125550192, "(512) 555-0192"),
        ("[<=9999999]###\\-####;\\(###\\)\\ ###\\-####", 5550192, "555-0192"),
        ('0#" "##" "##" "##" "##', 474555010, "04 74 55 50 10"), ('"INV-"0000', 12, "INV-0012"),
        ("0000", 12.5, "0013"), ('"Yes";"Yes";"No"', 1, "Yes"), ('"Yes";"Yes";"No"', 0, "No"),
        ("General", 5125550101.0, "5125550101"), ("0", 5, "5"), ("#,##0.00", 1234.5, "1234.5"),
        ("0.00E+00", 5125550101, "5125550101"),
        ('#,##0.00 "€"', 99.995, "99.9950"), ("[$€-407]#,##0", 1000, "1000"),
        ('"$"#,##0_);[Red]\\("$"#,##0\\)', -5, "-5"),
        ("# ##0", 1234567, "1234567"), ("# ?/?", 0.5, "0.5"), ("0;-0", -5, "-5"), ('0 "pcs"', 12, "12"),
        (";;;", 7, "7"),
        ("@", 800, "800"), ("_-* #,##0.00\\ _D_M_-", 3, "3"),
    ],
)  # fmt: skip
def test_f23_a_number_is_read_as_the_spreadsheet_shows_it(code: str, number: float, shown: str) -> None:
    assert form(code).show(number) == shown


@pytest.mark.parametrize(
    ("code", "number", "shown"),
    [
        ("dd/mm/yyyy", 45356, "2024-03-05"), ("d. mmmm yyyy", 45357.5, "2024-03-06"),
        ("yyyy-mm-dd h:mm:ss", 45357.5, "2024-03-06 12:00:00"),
        ("[$-409]d\\-mmm\\-yy;@", 45356, "2024-03-05"), ("h:mm AM/PM", 0.395833333333333, "09:30"),
        ("h:mm:ss", 0.5000116, "12:00:01"),
        ("[h]:mm", 1.0625, "25:30"), ("mmm yyyy", 1, "1900-01-01"), ("yyyy-mm-dd", -3, "-3"),
        ("yyyy-mm-dd", 0, ""), ("h:mm", 0, "00:00"),
        ("yyyy-mm-dd", 9e9, "9000000000"),
    ],
)  # fmt: skip
def test_f23_days_and_times_are_read_in_every_format(code: str, number: float, shown: str) -> None:
    assert form(code).show(number) == shown


def test_f23_the_cells_of_a_sheet_mean_what_they_show(tmp_path: Path) -> None:
    rows = [
        ["Share", "Zip", "Phone", "Closed", "At", "On"],
        [1, 2138, 15125550193, True, dt.time(9, 5), dt.date(2026, 2, 1)],
    ]
    path = book(tmp_path / "x.xlsx", *rows, formats={"A2": "0%", "B2": "00000", "C2": "+0"})
    assert table(path)[1] == ["100%", "02138", "+15125550193", "TRUE", "09:05", "2026-02-01"]


def test_f23_days_counted_from_1904_are_days(tmp_path: Path) -> None:
    path = book(tmp_path / "x.xlsx", ["Name", "On"], ["Ann", 43894], formats={"B2": "yyyy-mm-dd"})
    rewritten(path, lambda _name, part: re.sub(r"<workbookPr\s*/>", '<workbookPr date1904="1"/>', part))
    assert table(path)[1] == ["Ann", "2024-03-05"]


def test_f23_numbers_in_a_column_of_days_are_days_and_others_stay_numbers(tmp_path: Path) -> None:
    rows = [
        ["Name", "Last Seen", "Call Dt", "Zip", "Amount"],
        ["Ann", 45356, 45356, 45356, 45356],
        ["Bob", 45357.5, 45357, 2138, 12],
        ["Cyd", 45358, "soon", 71020, dt.date(2026, 2, 1)],
    ]
    path = book(tmp_path / "x.xlsx", *rows, formats={"B4": "dd/mm/yyyy"})
    assert table(path)[1:] == [
        ["Ann", "2024-03-05", "2024-03-05", "45356", "45356"],
        ["Bob", "2024-03-06 12:00:00", "2024-03-06", "2138", "12"],
        ["Cyd", "2024-03-07", "soon", "71020", "2026-02-01"],
    ]


# ---------------------------------------------------------------- sheets


def three_sheets(path: Path) -> Path:
    made = Workbook()
    made.active.title = "Lists"
    made.active.append(["Industry"])
    made.active.sheet_state = "hidden"
    made.create_sheet("Empty")
    made.create_chartsheet("Chart")
    made.create_sheet("Old").append(["Company"])
    made.create_sheet("Leads").append(["First Name", "Phone"])
    made["Leads"].append(["Nils", "512-555-0191"])
    made.active = made["Leads"]
    made.save(path)
    return path


def test_f24_the_sheet_in_front_is_read_and_the_others_are_told(tmp_path: Path) -> None:
    path = three_sheets(tmp_path / "x.xlsx")
    found = open_sheet(path)
    assert (found.sheets[0], found.header) == ("Leads", ["First Name", "Phone"])
    assert told(found) == ["Other sheets of the workbook: 2; the first: “Lists”."]
    assert table(path, "Lists") == [["Industry"]]
    assert told(open_sheet(path, "Lists")) == []
    with pytest.raises(Mistake, match="is empty"):
        open_sheet(path, "Chart")


def test_f24_an_empty_or_hidden_sheet_in_front_gives_way_to_one_that_people_see(tmp_path: Path) -> None:
    path = three_sheets(tmp_path / "x.xlsx")
    for front in ("0", "1", "2", "77"):
        rewritten(path, lambda _name, part, front=front: re.sub(r'activeTab="\d+"', f'activeTab="{front}"', part))
        assert open_sheet(path).sheets[0] == "Old"


def test_f24_formulas_without_a_saved_result_and_errors_are_told(tmp_path: Path) -> None:
    path = book(tmp_path / "x.xlsx", ["Name", "Company"], ["Nils", '=A2&" Oy"'], ["Pia", "=A3"], ["Kai", "#N/A"])
    found = open_sheet(path)
    assert [row.values for row in found.rows()] == [["Nils"], ["Pia"], ["Kai"]]
    assert [loss.sentence for loss in found.losses] == [
        "Formulas without a saved result (open the workbook in a spreadsheet and save it once): 2; "
        'the first in row 2: “=A2&" Oy"”.',
        "Cells that hold an error: 1; the first in row 4: “#N/A”.",
    ]


def test_f40_the_end_of_a_value_that_is_too_long_is_told(tmp_path: Path) -> None:
    path = book(tmp_path / "x.xlsx", ["Name", "Note"], ["Nils", "?"])
    rewritten(path, lambda _name, part: part.replace("?</t>", f"{'n' * 1_000_001}</t>"))
    assert [len(text) for text in table(path)[1]] == [4, 1_000_000]
    assert told(open_sheet(path))[0].startswith(
        "Ends of values that are too long to be read whole: 1; the first in row 2"
    )


def test_f24_results_that_were_never_counted_are_told_and_saved_ones_are_read(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "x.xlsx") as made:  # a library that saves 0 as the result of every formula
        sheet = made.add_worksheet()
        sheet.write_row(0, 0, ["Name", "Company", "Note"])
        for row, saved in enumerate([None, 12, "Aker Oy", ""], 1):
            sheet.write_string(row, 0, "Nils")
            sheet.write_formula(row, 1, "=A2", **({} if saved is None else {"value": saved}))
    found = open_sheet(tmp_path / "x.xlsx")
    assert [row.values for row in found.rows()] == [["Nils"], ["Nils", "12"], ["Nils", "Aker Oy"], ["Nils"]]
    assert [(loss.times, loss.row, loss.text) for loss in found.losses][0][1:] == (2, "=A2")


def test_f23_a_number_beyond_all_formats_and_a_text_among_numbers_spoil_nothing(tmp_path: Path) -> None:
    path = book(tmp_path / "x.xlsx", ["Zip", "Other"], [2138, 7], formats={"A2": "00000"})
    huge = rewritten(
        path, lambda _name, part: part.replace("<v>2138</v>", "<v>1E+40</v>").replace("<v>7</v>", "<v>seven</v>")
    )
    assert table(huge)[1] == [f"{int(1e40)}", "seven"]


def test_f24_a_strict_workbook_is_read(tmp_path: Path) -> None:
    path = book(tmp_path / "x.xlsx", ["Name", "On"], ["Nils", dt.date(2026, 2, 1)], ["Pia", 0.5], formats={"B3": "0%"})

    def strict(_name: str, part: str) -> str:
        part = part.replace(
            "http://schemas.openxmlformats.org/officeDocument/2006/", "http://purl.oclc.org/ooxml/officeDocument/"
        )
        return part.replace(
            "http://schemas.openxmlformats.org/spreadsheetml/2006/", "http://purl.oclc.org/ooxml/spreadsheetml/"
        )

    rewritten(path, strict)
    assert table(path) == [["Name", "On"], ["Nils", "2026-02-01"], ["Pia", "50%"]]


def test_f24_days_as_strict_workbooks_write_them_and_prefixed_names(tmp_path: Path) -> None:
    path = book(tmp_path / "x.xlsx", ["Name", "On"], ["Nils", "DAY"], ["Pia", "MOMENT"])

    def change(name: str, part: str) -> str:
        if "worksheets/" not in name:
            return part
        part = re.sub(r"<(/?)(?=[a-z])", r"<\1x:", part).replace("xmlns=", "xmlns:x=")
        day = r'<x:c r="B\1" t="d"><x:v>2026-02-01T\2.000Z</x:v></x:c>'
        part = re.sub(r'<x:c r="B(2)"()[^>]*>.*?</x:c>', day.replace(r"\2", "00:00:00"), part)
        return re.sub(r'<x:c r="B(3)"()[^>]*>.*?</x:c>', day.replace(r"\2", "09:30:00"), part)

    assert table(rewritten(path, change))[1:] == [["Nils", "2026-02-01"], ["Pia", "2026-02-01 09:30:00"]]


def test_f24_a_table_that_begins_at_c5_is_read_from_there(tmp_path: Path) -> None:
    made = Workbook()
    made.active["C5"], made.active["D5"], made.active["C6"], made.active["D7"] = "Name", "Phone", "Ann", "555"
    made.save(tmp_path / "x.xlsx")
    found = open_sheet(tmp_path / "x.xlsx")
    assert found.header == ["Name", "Phone"]
    assert [(row.number, row.values) for row in found.rows()] == [(6, ["Ann"]), (7, ["", "555"])]


# ---------------------------------------------------------------- size


def test_f40_columns_beyond_the_first_thousand_are_told(tmp_path: Path) -> None:
    path = book(tmp_path / "x.xlsx", [f"C{place}" for place in range(1003)], ["a", *[None] * 1000, "beyond"])
    found = open_sheet(path)
    assert len(found.header) == 1000
    assert told(found) == ["Values beyond column 1,000: 4; the first in row 1: “C1000”."]


def test_f38_more_rows_than_a_spreadsheet_has_are_refused_at_once(tmp_path: Path) -> None:
    path = book(tmp_path / "x.xlsx", ["Name"], ["Ann"])
    many = "<row><c><v>1</v></c></row>" * 1_100_000

    def change(name: str, part: str) -> str:
        return part.replace("</sheetData>", f"{many}</sheetData>") if "worksheets/" in name else part

    with pytest.raises(Mistake, match="1,100,002 rows, and a workbook holds 1,048,576"):
        open_sheet(rewritten(path, change))


def test_f38_a_workbook_that_declares_entities_is_refused(tmp_path: Path) -> None:
    path = book(tmp_path / "x.xlsx", ["Name"], ["Ann"])
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'

    def change(name: str, part: str) -> str:
        return bomb + part.replace("Ann", "&b;") if "worksheets/" in name else part

    with pytest.raises(Mistake, match="cannot be read"):
        open_sheet(rewritten(path, change))
