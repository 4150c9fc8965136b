"""An invoice as XML inside its PDF: valid against its schema, the sums of its paper, what is lacking said (BX-26)."""

from __future__ import annotations

import io
from datetime import date, datetime
from typing import Any
from xml.etree import ElementTree

import pytest

from channergy_crm.errors import Mistake
from channergy_crm.money.totals import reckon
from channergy_crm.outgoing import einvoice
from channergy_crm.records import SalesDocument, SalesLine
from channergy_crm.services import sales_texts
from channergy_crm.services.sales_paper import Letterhead, OnPaper, Person

pytest.importorskip("facturx")
pytest.importorskip("drafthorse")

RAM = "{urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100}"
HEAD = Letterhead("Channergy Kerzen GmbH", "Am Kai 3\n20457 Hamburg", "DE", iban="DE89370400440532013000",
                  bic="COBADEFFXXX", tax="22/815/08154", vat="DE123456789")  # fmt: skip


def document(what: str = "invoice", head: Letterhead = HEAD, unit: str = "piece", **said: Any) -> OnPaper:
    given = {"document_no": "2026-118", "addressee": "Müller & Söhne\nKai 1\n1010 Wien\nAUSTRIA", "currency": "EUR",
             "dated": date(2026, 11, 26), "until": date(2026, 12, 24), "issued_on": datetime(2026, 11, 26),
             "owner": "ANN", "their_reference": "PO <1>"}  # fmt: skip
    held = SalesDocument(what=what, **(given | said))
    lines = [SalesLine(what="heading", name="Candles")]
    lines += [SalesLine(what="item", name=f"Candle & {n}", quantity=n * 333, price=9_99, rate=rate, unit=unit,
                        discount=n * 100) for n, rate in enumerate((19_00, 7_00, 19_00, 0), 1)]  # fmt: skip
    totals = reckon([line.item for line in lines], held.way)
    corrects = "2026-100" if what == "credit_note" else ""
    return OnPaper(held, lines, totals, head, Person("Ann Hill", "ann@example.com"), "10042", "", corrects)


def numbers(root: ElementTree.Element, name: str) -> list[int]:
    return [round(float(each.text or "0") * 100) for each in root.iter(f"{RAM}{name}")]


@pytest.mark.parametrize("what", ["invoice", "credit_note"])
@pytest.mark.parametrize(("gross", "discount", "rounding"), [(False, 0, "document"), (False, 12_50, "line"),
                                                             (True, 3_33, "document")])  # fmt: skip
def test_bx26_the_xml_is_valid_and_has_the_sums_of_the_paper(
    what: str, gross: bool, discount: int, rounding: str
) -> None:
    said = document(what, gross=gross, discount=discount, rounding=rounding)
    made = einvoice.xml(said)  # raises where it is not valid against its schema
    root, totals = ElementTree.fromstring(made), said.totals
    assert (numbers(root, "GrandTotalAmount"), numbers(root, "TaxBasisTotalAmount")) == ([totals.total], [totals.net])
    assert numbers(root, "TaxTotalAmount") == [totals.tax]
    lines, less = numbers(root, "LineTotalAmount"), numbers(root, "AllowanceTotalAmount")[0]
    assert lines[-1] == sum(lines[:-1]) and lines[-1] - less == totals.net
    assert sum(numbers(root, "BasisAmount")) == totals.net and sum(numbers(root, "CalculatedAmount")) == totals.tax
    codes = [each.text for each in root.iter(f"{RAM}TypeCode")]
    assert codes[0] == {"invoice": "380", "credit_note": "381"}[what]
    assert [each.text for each in root.iter(f"{RAM}CountryID")] == ["DE", "AT"]
    assert b"PO &lt;1&gt;" in made and b"Candle &amp; 1" in made
    assert (b"2026-100" in made) == (what == "credit_note")


@pytest.mark.parametrize(
    ("why", "category", "code"),
    [
        ("reverse", "AE", "VATEX-EU-AE"),
        ("exempt", "E", None),
        ("within", "K", "VATEX-EU-IC"),
        ("export", "G", "VATEX-EU-G"),
    ],
)
@pytest.mark.parametrize("discount", [0, 7_77])
def test_bx26_why_nothing_is_taken_stands_in_the_xml(why: str, category: str, code: str | None, discount: int) -> None:
    said = document(discount=discount, their_tax_number="ATU12345678")
    said.lines[2].rate = 0
    said = said._replace(totals=reckon([line.item for line in said.lines], said.document.way), untaxed={4: why})
    root, totals = ElementTree.fromstring(einvoice.xml(said)), said.totals
    settled = next(root.iter(f"{RAM}ApplicableHeaderTradeSettlement"))
    found = {each.findtext(f"{RAM}CategoryCode"): each for each in settled.findall(f"{RAM}ApplicableTradeTax")}
    assert {"S", "Z", category} == set(found), "what is taxed at 0 without a reason stays zero rated"
    assert found[category].findtext(f"{RAM}ExemptionReason") == sales_texts.UNTAXED[why]
    assert found[category].findtext(f"{RAM}ExemptionReasonCode") == code
    assert sum(numbers(root, "BasisAmount")) == totals.net and numbers(root, "GrandTotalAmount") == [totals.total]
    bare = said._replace(document=document().document)
    assert bool(einvoice.lacking(bare)) == (why in ("reverse", "within"))


def test_bx26_it_is_put_into_the_pdf_and_read_back() -> None:
    from facturx import get_facturx_xml_from_pdf
    from pypdf import PdfWriter

    blank, held = PdfWriter(), io.BytesIO()
    blank.add_blank_page(595, 842)
    blank.write(held)
    said = document()
    pdf = einvoice.put_into(held.getvalue(), said)
    name, made = get_facturx_xml_from_pdf(pdf, check_schematron=False)
    assert name == "factur-x.xml" and made == einvoice.xml(said)


def test_bx26_what_is_lacking_is_said_before_in_sentences() -> None:
    bare = document(head=HEAD._replace(address="", vat="", tax=""), unit="Gebinde", currency="")
    found = einvoice.lacking(bare)
    assert len(found) == 4 and any("Gebinde" in sentence for sentence in found)
    with pytest.raises(Mistake, match="tax number"):
        einvoice.put_into(b"%PDF", bare)
    assert einvoice.lacking(document()) == [] and einvoice.why_missing() is None


def test_bx26_addresses_are_taken_apart_as_far_as_the_standard_asks() -> None:
    assert einvoice.place("A\nB\n12 Mill Road\nBoston, MA 02110", "US") == (
        "A",
        "12 Mill Road",
        "02110",
        "Boston",
        "US",
    )
    assert einvoice.place("A\nKai 1\n20457 Hamburg\nDEUTSCHLAND", "US") == ("A", "Kai 1", "20457", "Hamburg", "DE")
    assert einvoice.place("A\nSomewhere", "us") == ("A", "Somewhere", "", "", "US")
    assert einvoice.place("", "DE") == ("", "", "", "", "DE")
