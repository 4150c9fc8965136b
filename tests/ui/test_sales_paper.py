"""Documents of a sale on paper, read back out of the PDF: every line, every sum, what was carried over (BX-26)."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import pypdfium2
import pytest
import segno

from channergy_crm.money.totals import reckon
from channergy_crm.records import SalesDocument, SalesLine
from channergy_crm.records.products import NoTax
from channergy_crm.records.sales_documents import DocumentKind
from channergy_crm.services import sales_texts
from channergy_crm.services.sales_paper import Letterhead, OnPaper, Open, Person, Reminding
from ui.paper import painting
from ui.paper.sales import codes, pages, reminder
from ui.paper.sheet import MILLIMETRE

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from ui.paper.sheet import Paper

pytestmark = pytest.mark.engines("sqlite")

HEAD = Letterhead(
    "Channergy Kerzen GmbH", "Am Kai 3\n20457 Hamburg", "US", bank="Hafenbank", iban="DE89370400440532013000",
    bic="COBADEFFXXX", tax="22/815/08154", register="HRB 12345", link="https://pay.example/{number}?a={amount}",
)  # fmt: skip


def nobody(done: int, total: int) -> None:
    """Nobody waits."""


def document(what: str = "invoice", count: int = 3, head: Letterhead = HEAD, **said: Any) -> OnPaper:
    """A document of so many items in groups of ten, of two rates."""
    given = {"document_no": "2026-118", "name": "Müller & Söhne", "addressee": "Müller & Söhne\nKai 1\n20457 Hamburg",
             "language": "en", "dated": date(2026, 11, 26), "until": date(2026, 12, 24), "currency": "EUR",
             "revision": 1, "owner": "ANN", "issued_on": datetime(2026, 11, 26, 10)}  # fmt: skip
    held, lines = SalesDocument(what=what, **(given | said)), list[SalesLine]()
    for number in range(count):
        if number % 10 == 0:
            lines.append(SalesLine(what="heading", name=f"Group {number // 10}"))
        lines.append(SalesLine(what="item", name=f"Candle {number}", code=f"CS-{number}", quantity=1_000 + number * 250,
                               price=24_00 + number, rate=19_00 if number % 2 else 7_00, unit="set",
                               description="Beeswax, poured by hand." if number % 3 else ""))  # fmt: skip
    totals = reckon([line.item for line in lines], held.way)
    return OnPaper(
        held,
        lines,
        totals,
        head,
        Person("Ann Hill", "ann@example.com"),
        "10042",
        "Ann Lee",
        "2026-100" if what == "credit_note" else "",
    )


def laid_out(said: OnPaper, paper: str = "A4") -> Paper:
    texts = {part: sales_texts.usual(said.kind, "en", part) for part in (sales_texts.OPENING, sales_texts.CLOSING)}
    return pages.laid_out(said, texts, nobody, paper)


def read_back(paper: Paper) -> list[str]:
    """The text of each page of the PDF."""
    with pypdfium2.PdfDocument(painting.pdf(paper, nobody)) as pdf:
        return [" ".join(pdf[place].get_textpage().get_text_bounded().split()) for place in range(len(pdf))]


def amount(cents: int) -> str:
    return f"{cents / 100:,.2f}"


def test_bx26_every_line_every_sum_and_every_page_number_is_in_the_pdf(qapp: QApplication) -> None:
    said = document(count=45, discount=5_00, terms="Net 30 days")
    paper = laid_out(said)
    texts = read_back(paper)
    for page, text in zip(paper.pages, texts, strict=True):
        assert sorted(text.split()) == sorted(" ".join(words.text for words in page.words).split())
    whole, totals = " ".join(texts), said.totals
    assert len(texts) >= 3
    rows = [row for page in paper.pages for row in page.lines()]
    items = [(line, each) for line, each in zip(said.lines, totals.items, strict=True) if line.item is not None]
    for number, (line, each) in enumerate(items, 1):
        found = [row for row in rows if row.startswith(f"{number}  {line.name}  ")]
        assert len(found) == 1 and found[0].endswith(f"  {amount(each)}"), line.name
    for place, text in enumerate(texts, 1):
        assert f"Page {place} of {len(texts)}" in text and "Description" in text and "Hafenbank" in text
    for expected in ("Invoice 2026-118", "Due", "12/24/2026", "10042", "Ann Hill", f"-{amount(totals.discount)}",
                     amount(totals.net), f"19 % tax on {amount(totals.rates[0].net)}", amount(totals.rates[1].tax),
                     f"€{amount(totals.total)}", "Terms: Net 30 days", "DE89 3704 0044 0532 0130 00",
                     "Subtotal Group 0"):  # fmt: skip
        assert expected in whole, expected


@pytest.mark.parametrize("what", list(DocumentKind))
@pytest.mark.parametrize("gross", [False, True])
def test_bx26_each_kind_says_the_numbers_of_its_document(qapp: QApplication, what: str, gross: bool) -> None:
    said = document(what, count=5, gross=gross, discount=5_00, less=0)
    said.lines[1].discount, said.lines[2].less = 10_00, 1_50
    said = said._replace(totals=reckon([line.item for line in said.lines], said.document.way))
    whole, totals = " ".join(read_back(laid_out(said))), said.totals
    title = {"quote": "Quote", "sales_order": "Sales order", "purchase_order": "Purchase order", "invoice": "Invoice",
             "credit_note": "Credit note"}[what]  # fmt: skip
    for expected in (f"{title} 2026-118", "11/26/2026", "Müller & Söhne", f"€{amount(totals.total)}",
                     amount(totals.lines), f"-{amount(totals.discount)}", "10 %", "1.50",
                     "Subtotal Group 0"):  # fmt: skip
        assert expected in whole, expected
    assert (f"Net {amount(totals.net)}" in whole) != gross
    for each in totals.rates:
        tax = f"{each.rate // 100} % tax on {amount(each.net)}"
        assert f"including {tax} {amount(each.tax)}" in whole if gross else f"{tax} {amount(each.tax)}" in whole
    for line, total in zip(said.lines, totals.items, strict=True):
        assert line.item is None or (line.name in whole and amount(total) in whole)
    assert ("For invoice 2026-100" in whole) == (what == "credit_note")
    assert ("Pay by transfer" in whole) == (what == "invoice")


@pytest.mark.parametrize("why", list(NoTax))
def test_bx26_why_nothing_is_taken_stands_under_the_sums(qapp: QApplication, why: str) -> None:
    said = document(count=2)
    said.lines[1].rate = 0
    whole = " ".join(read_back(laid_out(said._replace(untaxed={1: why}))))
    assert sales_texts.UNTAXED[why] in whole


def test_bx26_german_paper_says_amounts_and_days_as_germans_do(qapp: QApplication) -> None:
    said = document(count=60, language="de", head=HEAD._replace(region="DE"))
    texts, totals = read_back(laid_out(said)), said.totals
    whole = " ".join(texts)
    german = f"{totals.total / 100:,.2f}".translate(str.maketrans(",.", ".,"))
    for expected in ("Rechnung 2026-118", "26.11.2026", f"{german} €", "Übertrag", f"Seite 2 von {len(texts)}"):
        assert expected in whole, expected


def test_bx26_what_is_carried_over_is_the_sum_of_the_lines_before(qapp: QApplication) -> None:
    said = document(count=60)
    texts = [page.lines() for page in laid_out(said).pages]
    sums = {line.name: total for line, total in zip(said.lines, said.totals.items, strict=True)}
    so_far = 0
    for place, lines in enumerate(texts):
        carried = [line for line in lines if line.startswith("Carried over")]
        assert len(carried) == bool(place) + (place < len(texts) - 1)
        if place:
            assert carried[0].endswith(amount(so_far))
        so_far += sum(sums[found[0]] for line in lines if (found := re.search(r"Candle \d+", line)))
        if place < len(texts) - 1:
            assert carried[-1].endswith(amount(so_far))
    assert so_far == said.totals.lines
    plain = document(count=60, head=HEAD._replace(blocks=frozenset()))
    assert not any("Carried" in text for text in read_back(laid_out(plain)))


def test_bx26_nothing_is_torn_or_leaves_the_page(qapp: QApplication) -> None:
    said = document(count=40)
    for line in said.lines[3::7]:
        line.description = "Poured by hand, one after the other. " * 60
    paper = laid_out(said)
    right = paper.sheet.width - 20 * MILLIMETRE
    for page in paper.pages:
        for words in page.words:
            assert words.x + paper.sheet.width_of(words.text, words.style) <= right + 2, words
            assert 0 < words.y < paper.sheet.height - 5 * MILLIMETRE
    for page in paper.pages:
        texts = page.lines()
        for place, text in enumerate(texts):
            if re.fullmatch(r"Group \d", text):
                assert any("Candle" in after for after in texts[place + 1 : place + 2]), (
                    "a heading stays with its lines"
                )


@pytest.mark.parametrize("kind", list(DocumentKind))
@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_bx26_each_kind_says_what_it_is_in_the_language_of_its_document(
    qapp: QApplication, kind: DocumentKind, paper: str
) -> None:
    lines = [line for page in laid_out(document(kind, language="de"), paper).pages for line in page.lines()]
    whole = "\n".join(lines)
    assert "26.11.2026" in whole and "24,00" in whole and "Datum" in whole
    assert ("2026-100" in whole) == (kind is DocumentKind.CREDIT_NOTE)
    assert ("24.12.2026" in whole) == (kind in (DocumentKind.QUOTE, DocumentKind.INVOICE))


def test_bx26_a_draft_says_so_and_has_no_code_to_pay_by(qapp: QApplication) -> None:
    draft = laid_out(document(issued_on=None, document_no=""))
    assert [words.style for words in draft.pages[0].words if words.text == "Draft"] == ["draft"]
    assert not draft.pages[-1].pictures
    assert len(laid_out(document()).pages[-1].pictures) == 1


def test_bx26_the_code_pays_in_euros_by_transfer_and_else_by_link() -> None:
    assert codes.said_by(document()) == ("transfer", "DE89370400440532013000")
    dollars = document(currency="USD", document_no="2026/7")
    total = dollars.totals.total
    assert codes.said_by(dollars) == ("link", f"https://pay.example/2026%2F7?a={total // 100}.{total % 100:02}")
    assert codes.said_by(document(currency="USD", head=HEAD._replace(link=""))) == ("", "")
    assert codes.said_by(document(head=HEAD._replace(iban="DE00", link=""))) == ("", "")
    assert codes.said_by(document("quote")) == ("", "")
    assert codes.said_by(document(head=HEAD._replace(blocks=frozenset()))) == ("", "")


def test_bx26_the_code_says_whom_how_much_and_what_for(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    said, given = document(document_no="2026-119"), list[str | bytes]()
    drawn = segno.make
    monkeypatch.setattr(segno, "make", lambda text, *how, **more: given.append(text) or drawn(text, *how, **more))
    assert len(laid_out(said).pages[-1].pictures) == 1
    text = given[0].decode("latin-1") if isinstance(given[0], bytes) else given[0]
    assert text.splitlines() == [
        "BCD", "002", "2", "SCT", "COBADEFFXXX", "Channergy Kerzen GmbH", "DE89370400440532013000",
        f"EUR{amount(said.totals.total).replace(',', '').rstrip('0').rstrip('.')}", "", "", "2026-119",
    ]  # fmt: skip


def names(count: int) -> str:
    return " ".join(f"word{number}" for number in range(count))


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_bx26_long_names_are_read_whole_and_stand_in_nothing_s_way(qapp: QApplication, paper: str) -> None:
    head = HEAD._replace(size=13.0, office=names(8), address="1 A\n2 B\n3 C\n4 D\n5 E\n6 F\n7 G",
                         register="HRB 1\nDirector: Ann Hill\nSeat: Hamburg")  # fmt: skip
    said = document(count=4, head=head, addressee=f"{names(8)}\nKai 1\n20457 Hamburg", their_reference="PO 4711",
                    their_tax_number="DE1", delivery=date(2026, 11, 30), opening="The text begins.")  # fmt: skip
    said.lines[1].name, said.lines[1].price = names(40), 12_345_678_90
    said = said._replace(totals=reckon([line.item for line in said.lines], said.document.way), corrects="2026-100")
    pages_of = laid_out(said, paper).pages
    first = pages_of[0]
    text = next(words.y for words in first.words if words.text.startswith("Invoice 2026-118"))
    above = [words for words in first.words if words.text in ("20457 Hamburg", "22/815/08154", "DE1")]
    assert len(above) == 3 and all(words.y < text for words in above)
    head_of = {words.text: words.x for words in first.words}
    assert head_of["Quantity"] - head_of["Description"] > 0.2 * (head_of["Total"] - head_of["#"])
    label, total = (next(words for words in pages_of[-1].words if words.style == "fact" and words.text[:1] == sign)
                    for sign in "T€")  # fmt: skip
    assert label.x + 4 * 13 * 20 < total.x, "a large sum leaves room for what it is"
    whole = " ".join(" ".join(page.lines()) for page in pages_of)
    assert "word39" in whole and "Seat: Hamburg" in whole
    for page in pages_of:
        assert not [words for words in page.words if words.text.endswith("…") and "word" not in words.text]


@pytest.mark.parametrize("count", range(14, 34))
def test_bx26_a_total_never_stands_alone_on_its_page(qapp: QApplication, count: int) -> None:
    last = laid_out(document(count=count, discount=5_00)).pages[-1]
    whole = [line for line in last.lines() if line.startswith("Total")]
    items = [line for line in last.lines() if re.search(r"Candle \d+", line)]
    assert not whole or items, "a line of the document stands with it"
    assert items and last.pictures, "and so does the code that pays it"


def test_bx26_values_put_in_are_never_parsed_again(qapp: QApplication) -> None:
    said = document(opening="For {{ account.name }}, {{ document.total }}:", name="{{ operator.name }}")
    whole = " ".join(read_back(laid_out(said)))
    assert f"For {{{{ operator.name }}}}, €{amount(said.totals.total)}:" in whole
    assert "For our delivery" not in whole
    assert "For our delivery" not in " ".join(read_back(laid_out(document(opening="-"))))


@pytest.mark.parametrize("level", [1, 2, 3])
def test_bx26_a_reminder_lists_what_is_open_and_its_fee(qapp: QApplication, level: int) -> None:
    owed = [Open(f"2026-{number}", date(2026, 10, number % 28 + 1), date(2026, 11, 1), 119_00, 100_00 + number)
            for number in range(1, 41)]  # fmt: skip
    said = Reminding(document(), level, owed, 5_00, date(2026, 11, 28))
    kind = reminder.kind_of(level)
    whole = " ".join(read_back(reminder.laid_out(said, {"opening": sales_texts.usual(kind, "en", "opening")}, "A4")))
    assert sales_texts.KINDS[kind] in whole and sales_texts.usual(kind, "en", "opening") in whole
    assert all(amount(each.open) in whole for each in owed)
    assert f"€{amount(sum(each.open for each in owed) + 5_00)}" in whole and "Page 2 of 2" in whole
