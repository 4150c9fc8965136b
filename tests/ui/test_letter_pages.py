"""Letters and labels on paper: where the address stands, page after page, label after label, read back (BX-26)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pypdfium2
import pytest

from channergy_crm.records import Lead
from channergy_crm.services.letters import Letter
from channergy_crm.text import label_sheets, placeholders
from ui.paper import label_pages, letter_pages, painting
from ui.paper.sheet import MILLIMETRE, Paper, Words
from ui.session.background import Cancelled

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QApplication

pytestmark = pytest.mark.engines("sqlite")  # no store is asked

HEAD = letter_pages.Head("Acme Office", "1 Harbor St\nBoston, MA 02110", "28 Nov 2026")
SIX = "Acme Outfitters\nAnn Lee\nBuilding 7\n12 Mill Road\nBoston, MA 02110\nUNITED STATES"
WINDOWS = {"A4": (20.0, 45.0, 105.0, 90.0), "Letter": (20.0, 55.0, 112.0, 86.0)}
"""left, top, right and bottom of what is seen through the window of an envelope, in millimetres"""


def nobody(done: int, total: int) -> None:
    pass


def letter(text: str = "Dear Ann,\n\nwelcome.", address: str = SIX, values: dict[str, str] | None = None) -> Letter:
    body = placeholders.fill(placeholders.parse(text), values or {})
    return Letter(Lead(first_name="Ann"), address, placeholders.Filled(()), body, {})


def made(*some: Letter, paper: str = "A4", labels: dict[str, str] | None = None) -> Paper:
    return letter_pages.laid_out(some, HEAD, paper, "Letters", nobody, labels)


def of(paper: Paper, text: str, page: int = 0) -> Words:
    return next(words for words in paper.pages[page].words if words.text == text)


def in_millimetres(words: Words) -> tuple[float, float]:
    return words.x / MILLIMETRE, words.y / MILLIMETRE


# ---------------------------------------------------------------- letters


@pytest.mark.parametrize("paper", WINDOWS)
def test_bx26_the_address_stands_in_the_window_of_the_envelope(qapp: QApplication, paper: str) -> None:
    laid = made(letter(), paper=paper)
    left, top, right, bottom = WINDOWS[paper]
    for line in SIX.splitlines():
        words = next(words for words in laid.pages[0].words if (words.text, words.style) == (line, "text"))
        x, y = in_millimetres(words)
        assert left <= x and x + laid.sheet.width_of(line) / MILLIMETRE <= right, line
        assert top <= y <= bottom, line
    others = [words for words in laid.pages[0].words if words.style not in ("tiny",) and words.text not in SIX]
    assert not [words.text for words in others if left < in_millimetres(words)[0] < right
                and top < in_millimetres(words)[1] < bottom], "nothing else is seen in it"  # fmt: skip


def test_bx26_every_letter_begins_a_page_and_a_long_one_goes_on_with_its_own_numbers(qapp: QApplication) -> None:
    long = letter("\n".join(f"Line {number}" for number in range(70)))
    laid = made(letter(), long, letter())
    assert len(laid.pages) == 4
    said = [page.lines() for page in laid.pages]
    assert ["Acme Office" in lines[0] for lines in said] == [True, True, False, True]
    assert said[1][-1] == "Page 1 of 2" and said[2][-1] == "Page 2 of 2" and "Page 1 of 1" not in said[0]
    lines = [line for page in said[1:3] for line in page if line.startswith("Line ")]
    assert lines == [f"Line {number}" for number in range(70)], "no line is lost at the end of a page"


def test_bx26_what_is_written_bold_is_and_what_is_put_in_stands_as_it_is(qapp: QApplication) -> None:
    laid = made(letter("Dear **{{ a }}**, *soon* {{ b }}", values={"a": "Ann", "b": "**x**"}))
    assert {words.text: words.style for words in laid.pages[0].words if words.style in ("strong", "slanted")} == {
        "Ann": "strong", "soon": "slanted"
    }  # fmt: skip
    assert "**x**" in " ".join(laid.pages[0].lines())


def test_bx26_no_line_is_wider_than_the_page_and_nothing_of_a_long_word_is_lost(qapp: QApplication) -> None:
    word = "abcdefghij" * 40
    laid = made(letter(f"Dear {word} and {'so on ' * 60}end"))
    edge = laid.sheet.width - 20.0 * MILLIMETRE + 1
    assert all(words.x + laid.sheet.width_of(words.text, words.style) <= edge for words in laid.pages[0].words)
    text = "".join(words.text for words in laid.pages[0].words if words.style == "text").replace(" ", "")
    assert word in text and text.endswith("end")


def test_bx26_what_is_not_known_is_said_in_its_place(qapp: QApplication) -> None:
    laid = made(letter("Dear {{ lead.title }},"), labels={"lead.title": "Title"})
    assert of(laid, "(Title not known)").style == "missing"


@pytest.mark.parametrize(("paper", "points"), [("A4", (595, 842)), ("Letter", (612, 792))])
def test_bx26_a_pdf_is_read_back_page_by_page(
    qapp: QApplication, tmp_path: Path, paper: str, points: tuple[int, int]
) -> None:
    laid = made(*(letter(f"Dear number {number},") for number in range(3)), paper=paper)
    assert painting.save_pdf(laid, tmp_path / "letters.pdf", nobody) == 3
    with pypdfium2.PdfDocument(tmp_path / "letters.pdf") as pdf:
        assert [tuple(map(round, page.get_size())) for page in pdf] == [points] * 3
        for number, page in enumerate(pdf):
            said = page.get_textpage().get_text_range()
            assert f"Dear number {number}," in said and "Acme Office" in said and "Boston, MA 02110" in said


# ---------------------------------------------------------------- labels


@pytest.mark.parametrize("sheet", label_sheets.SHEETS, ids=lambda sheet: sheet.name)
def test_bx26_labels_stand_where_the_sheet_has_them(qapp: QApplication, sheet: label_sheets.LabelSheet) -> None:
    some = [letter(f"Number {number}") for number in range(sheet.labels + 1)]
    laid = label_pages.laid_out(some, sheet, 3, "Labels", nobody)
    assert len(laid.pages) == 2 and len(laid.pages[1].words) == 3
    for number in range(sheet.labels - 2):
        words = of(laid, f"Number {number}")
        x, y = in_millimetres(words)
        left, top = sheet.place(number + 2)
        assert x == pytest.approx(left + label_pages.INSIDE) and top < y < top + sheet.height


@pytest.mark.parametrize("name", ["5160", "L7163", "4760"])
def test_bx26_an_address_too_long_for_its_label_is_made_smaller_then_cut_with_a_sign(
    qapp: QApplication, name: str
) -> None:
    sheet = label_sheets.sheet(name, "A4")
    usual, long = letter("Ann Lee\nBoston"), letter("\n".join(["A somewhat longer line of an address"] * 7))
    endless = letter("\n".join(f"{number} {'An endless line ' * 9}" for number in range(30)))
    laid = label_pages.laid_out([usual, long, endless], sheet, 1, "Labels", nobody)
    assert of(laid, "Ann Lee").style == label_pages.USUAL
    assert label_pages.cut([usual, long, endless], sheet) == [endless]
    held = [words for words in laid.pages[0].words if sheet.place(2)[1] * MILLIMETRE < words.y]
    last = [words for words in laid.pages[0].words if words.text.endswith("…")]
    assert held and len(last) == 1
    for words in laid.pages[0].words:
        number = next(n for n in range(3) if _within(words, sheet, n))
        x, y = sheet.place(number)
        assert words.x + laid.sheet.width_of(words.text, words.style) <= (x + sheet.width) * MILLIMETRE
        assert y * MILLIMETRE < words.y <= (y + sheet.height) * MILLIMETRE


def test_bx26_of_an_address_that_is_cut_the_town_is_kept(qapp: QApplication) -> None:
    sheet = label_sheets.sheet("5160", "Letter")
    long = "A company with a name that goes on and on and on and on and on " * 2
    wide = letter("\n".join([*[long] * 4, "Boston, MA 02110"]))
    laid = label_pages.laid_out([wide], sheet, 1, "Labels", nobody)
    lines = laid.pages[0].lines()
    assert label_pages.cut([wide], sheet) and lines[-1] == "Boston, MA 02110"
    assert len(lines) == 5 and all(line.endswith("…") for line in lines[:-1])


def _within(words: Words, sheet: label_sheets.LabelSheet, number: int) -> bool:
    x, y = sheet.place(number)
    return x <= words.x / MILLIMETRE <= x + sheet.width and y <= words.y / MILLIMETRE <= y + sheet.height


def test_bx26_laying_out_is_stopped_between_two_letters(qapp: QApplication) -> None:
    def stop(done: int, total: int) -> None:
        if done:
            raise Cancelled

    some = [letter()] * 300
    with pytest.raises(Cancelled):
        letter_pages.laid_out(some, HEAD, "A4", "Letters", stop)
    with pytest.raises(Cancelled):
        label_pages.laid_out(some, label_sheets.SHEETS[0], 1, "Labels", stop)
