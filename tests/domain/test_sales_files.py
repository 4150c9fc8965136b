"""Documents with their lines in files: they go out, come in and come back without a difference (VT-106, VT-112)."""

from __future__ import annotations

import csv
from datetime import date
from typing import TYPE_CHECKING

import pytest

from channergy_crm import clock, work
from channergy_crm.errors import Mistake, Refused
from channergy_crm.records import BY_TABLE, Payment, Product, SalesDocument, SalesLine, TaxClass, Vendor
from channergy_crm.records.sales_documents import DocumentKind
from channergy_crm.services import imports, roles, saving
from channergy_crm.services.sales_documents import flow, payments
from channergy_crm.transfer.exporting.sales_documents import export_documents
from channergy_crm.transfer.importing.sales_documents import take_in
from channergy_crm.work import undo
from tests import made
from tests.domain.secured import ANN, Secured

if TYPE_CHECKING:
    from pathlib import Path

BY = "ADMIN"


@pytest.fixture(autouse=True)
def _there(office, fixed_clock):
    return office


@pytest.fixture
def candle() -> Product:
    with work.unit("Make", by=BY):
        Vendor.create(name="Northern Wax", owner=BY)
        tax = TaxClass.select().first()
        tax.rate = 8_25
        tax.save()
        return Product.create(code="CS-204", name="Candle set", tax=tax.number, unit="set", list_price=24_00, cost=9_00)


def file(folder: Path, text: str) -> Path:
    path = folder / "documents.csv"
    path.write_text(text, "utf-8")
    return path


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as held:
        return list(csv.DictReader(held))


def test_vt106_rows_of_one_number_are_one_document_priced_and_linked(tmp_path: Path, candle: Product) -> None:
    made.account("Acme")
    path = file(tmp_path, "Kind,Document #,Account,Subject,Date,Product Code,Line Text,Quantity,Price,Tax %,Total\n"
                          "Quote,17,Acme,Candles,2026-11-02,CS-204,,10,,,259.80\n"
                          "Quote,17,Acme,Candles,2026-11-02,,By hand,2.5,10.00,0,\n"
                          "Quote,18,Bell,More,2026-11-03,XX-1,Unknown,1,5.00,0,6.00\n")  # fmt: skip
    taken = take_in(path, BY)
    assert (taken.documents, taken.issued, taken.lines, taken.refused) == (2, 0, 3, [])
    first, second = SalesDocument.select().order_by(SalesDocument.number)
    lines = list(SalesLine.select().where(SalesLine.document == first.number).order_by(SalesLine.place))
    assert [(line.name, line.quantity, line.price, line.rate, line.unit) for line in lines] == [
        ("Candle set", 10_000, 24_00, 8_25, "set"), ("By hand", 2_500, 10_00, 0, "")
    ]  # fmt: skip
    assert (first.net, first.tax, first.total, first.name, first.state) == (265_00, 19_80, 284_80, "Acme", "draft")
    assert first.account is not None and first.internal_notes == "Document # 17" and not first.document_no
    assert (second.name, second.__data__["account"], second.total) == ("Bell", None, 5_00)
    told = [sentence for _row, sentence in taken.told]
    assert "Total is 259.80 in the file; the lines come to 284.80." in told
    assert any("no account “Bell”" in each for each in told) and any("no product “XX-1”" in each for each in told)
    assert [row for row, _said in taken.told if _said.startswith("It comes in as a draft")] == [2, 4]
    again = take_in(path, BY)
    assert again.documents == 0 and [row for row, _said in again.already] == [2, 3, 4], "each is there once"
    assert [run.created for run in imports.runs(BY)] == [2]
    saving.undo_latest(BY)
    assert not SalesDocument.select().exists()


def test_vt137_what_was_issued_elsewhere_keeps_its_number_and_is_frozen(tmp_path: Path, candle: Product) -> None:
    made.account("Acme")
    path = file(tmp_path, "Kind,Document #,State,Account,Date,Valid Until,Line Kind,Product,Quantity,Price,"
                          "Tax %,Paid On\n"
                          "Invoice,R-7,Open,Acme,2026-10-02,2026-11-02,,Candle set,10,20.00,0,\n"
                          "Invoice,R-7,Open,Acme,2026-10-02,2026-11-02,Payment,,,150.00,,2026-10-20\n"
                          "Invoice,R-8,Paid,Acme,2026-10-03,,,Candle set,1,20.00,0,\n")  # fmt: skip
    taken = take_in(path, BY)
    assert (taken.documents, taken.issued, taken.lines, taken.payments) == (2, 2, 2, 2)
    first, second = SalesDocument.select().order_by(SalesDocument.number)
    assert (first.document_no, first.year, first.count, first.state) == ("R-7", None, None, "open")
    assert (first.total, first.paid, first.open_amount) == (200_00, 150_00, 50_00)
    assert (second.state, second.open_amount, second.issued_on.date()) == ("paid", 0, date(2026, 10, 3))
    assert any("no payment" in sentence for _row, sentence in taken.told)
    first.subject = "Something else"
    with pytest.raises(Mistake), work.unit("Change", by=BY):
        first.save()
    assert Payment.select().count() == 2 and take_in(path, BY).documents == 0


def test_vt106_nothing_is_dropped_silently(tmp_path: Path, candle: Product) -> None:
    path = file(tmp_path, "Kind,Document #,Customer,Colour,Quantity,Price,Line Text\n"
                          "Quote,1,Acme,red,many,1.00,A\nQuote,1,Acme,,1,1.00,B\n"
                          "Quote,2,Bolt,,1,1.00,C\nQuote,2,Bell,,1,1.00,D\n"
                          ",,,,3,1.00,E\n"
                          "Memo,3,Cole,,1,1.00,F\n")  # fmt: skip
    dry = take_in(path, BY, dry_run=True)
    assert not SalesDocument.select().exists()
    taken = take_in(path, BY)
    assert (dry.documents, dry.lines) == (taken.documents, taken.lines) == (1, 3)
    assert [row for row, _said in taken.refused] == [2, 3, 7]
    assert taken.lines + len(taken.refused) == 6, "each row is a line, or told"
    told = dict(taken.told)
    assert "Colour" in told[2] and "“Bell”" in told[5]
    with pytest.raises(Mistake, match="no documents with lines"):
        take_in(file(tmp_path, "First Name,Phone\nAnn,1\n"), BY)
    unsaid = take_in(file(tmp_path, "Document #,Customer,Price\n1,Acme,1.00\n"), BY)
    assert "column Kind" in unsaid.refused[0][1]
    assert take_in(file(tmp_path, "Document #,Customer,Price\n1,Acme,1.00\n"), BY, kind=DocumentKind.QUOTE).lines == 1


def test_vt106_the_columns_of_vtiger_are_understood(tmp_path: Path, candle: Product) -> None:
    made.account("Acme")
    path = file(tmp_path, "Subject,Quote No,Quote Stage,Organization Name,Valid Till,Created Time,Item No,Item Name,"
                          "Quantity,List Price,Item Discount Percent,Currency,Total\n"
                          "Candles,QUO1,Accepted,Acme,2026-12-01,2026-11-01,CS-204,Candle set,4,20.00,10,"
                          "USD,77.94\n")  # fmt: skip
    taken = take_in(path, BY, kind=DocumentKind.QUOTE)
    held = SalesDocument.get()
    assert taken.told == [] and (held.document_no, held.state, held.is_issued) == ("QUO1", "accepted", True)
    assert (held.net, held.total, held.until, held.name) == (72_00, 77_94, date(2026, 12, 1), "Acme")


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_vt112_documents_come_back_without_a_difference(tmp_path: Path, candle: Product, ending: str) -> None:
    acme = made.account("Acme")
    wax = Vendor.get().number
    known = {"subject": "=Candles; “two”", "opening": "Dear all,\nwe offer", "terms": "30 days", "discount": 2_50,
             "less": 1_00, "until": date(2026, 12, 31), "addressee": "Acme\n1 Main St"}  # fmt: skip
    lines = [(candle.number, 3, 24_00), (None, 2, 10_00)]
    made.document("quote", acme, lines=lines, **known)
    made.document("quote", acme, lines=lines, document_no="Q-1", count=1, state="accepted", **known)
    made.document("purchase_order", None, lines=lines, document_no="P-1", count=2, vendor=wax, name="Northern Wax")
    paid = made.document("invoice", acme, lines=lines, document_no="I-1", count=3)
    with work.unit("Make", by=BY):
        SalesLine.create(document=SalesDocument.get(SalesDocument.issued_on.is_null()).number, what="heading",
                         place=9, name="Extras")  # fmt: skip
        Payment.create(document=paid.number, paid_on=clock.today(), amount=50_00, reference="000123", means="Transfer",
                       entered=clock.now())  # fmt: skip
    first = tmp_path / f"first.{ending}"
    assert export_documents(first, BY) == 3 + 2 + 2 + 3
    before, after = tmp_path / "before.csv", tmp_path / "after.csv"
    export_documents(before, BY)
    with work.unit("As if they were others", by=BY):
        SalesDocument.update(document_no="other").where(SalesDocument.document_no != "").execute()
        SalesDocument.update(subject="Another").where(SalesDocument.issued_on.is_null()).execute()
    taken = take_in(first, BY)
    assert (taken.documents, taken.lines, taken.payments, taken.refused) == (4, 9, 1, [])
    export_documents(after, BY)
    old, new = read(before), read(after)[10:]
    aside = {"Record #", "Issued", "Net", "Tax", "Total"}  # the sums of the test are none that were reckoned
    different = [(key, row[key], again[key]) for row, again in zip(old, new, strict=True) for key in row
                 if key not in aside and row[key] != again[key]]  # fmt: skip
    assert different == []
    assert [row["Issued"][:10] for row in old] == [row["Issued"][:10] for row in new]
    assert new[-1]["Payment Reference"] == "000123" and new[-1]["Line Kind"] == "Payment"


def test_vt96_costs_that_are_not_shown_go_into_no_file_and_come_out_of_none(tmp_path: Path, candle: Product) -> None:
    office = Secured()
    office.let({"use": "all", "view": "all", "export": "all", "import": "all"}, SalesDocument, Product)
    made.document("quote", made.account("Acme"), 100, lines=[(candle.number, 1, 100)], owner=ANN)
    path = tmp_path / "out.csv"
    export_documents(path, ANN)
    assert "Cost" in read(path)[0]
    roles.hide(office.role, {Product: ["cost"]}, BY)
    export_documents(path, ANN)
    assert "Cost" not in read(path)[0]
    roles.hide(office.role, {SalesLine: ["cost"]}, BY)
    with pytest.raises(Refused):
        take_in(file(tmp_path, "Kind,Customer,Price,Cost\nQuote,Acme,1.00,0.50\n"), ANN)


@pytest.mark.parametrize("title", ["Standing", "State", "Status", "Bundesland"])
def test_vt112_how_a_document_stands_is_read_by_its_new_and_its_old_titles(tmp_path: Path, title: str) -> None:
    """In German it was once called as the state of an address is."""
    path = file(tmp_path, f"Kind,Document #,{title},Date,Customer,Line Text,Quantity,Price,Tax %\n"
                          "Invoice,17,Open,2026-11-02,Acme,By hand,1,10.00,0\n")  # fmt: skip
    assert take_in(path, BY).issued == 1
    held = SalesDocument.get()
    assert (held.state, SalesDocument.kind("state").label) == ("open", "Standing")


HISTORY = ("Kind,Document #,Standing,Account,Date,Valid Until,Line Kind,Product,Quantity,Price,Tax %,Paid On\n"
           "Invoice,R-7,Open,Acme,2026-10-02,2026-11-02,,Candle set,10,20.00,0,\n"
           "Invoice,R-7,Open,Acme,2026-10-02,2026-11-02,Payment,,,150.00,,2026-10-20\n"
           "Invoice,R-8,Open,Acme,2026-10-03,,,Candle set,1,20.00,0,\n"
           "Invoice,R-8,Open,Acme,2026-10-03,,,Candle set,2,20.00,0,\n")  # fmt: skip


def _counts() -> tuple[int, int, int]:
    return SalesDocument.select().count(), SalesLine.select().count(), Payment.select().count()


@pytest.mark.parametrize("gently", [False, True])
def test_vt111_history_of_another_program_is_taken_back_and_comes_again(
    tmp_path: Path, candle: Product, gently: bool
) -> None:
    made.account("Acme")
    take_in(file(tmp_path, HISTORY), BY)
    assert _counts() == (2, 3, 1)
    if gently:
        assert imports.reject(imports.runs(BY)[0].number, BY).kept == []
    else:
        saving.undo_latest(BY)
    assert _counts() == (0, 0, 0)
    saving.redo_latest(BY)
    first = SalesDocument.get(SalesDocument.document_no == "R-7")
    assert (first.state, first.paid, first.open_amount, *_counts()) == ("open", 150_00, 50_00, 2, 3, 1)
    with pytest.raises(Mistake, match="R-7 is issued"), work.unit("Delete", by=BY):
        first.delete_instance()


@pytest.mark.parametrize("hanging", ["paid", "credited", "reminded"])
def test_vt111_history_on_which_something_of_ours_hangs_stays_whole_and_says_why(
    tmp_path: Path, candle: Product, hanging: str
) -> None:
    made.account("Acme")
    take_in(file(tmp_path, HISTORY), BY)
    first = SalesDocument.get(SalesDocument.document_no == "R-7")
    if hanging == "paid":
        payments.pay(first.number, 20_00, clock.today(), BY)
        said = "R-7 has a payment of 20.00 that did not come with it, so it stays."
    elif hanging == "credited":
        said = f"{flow.credit(first.number, BY).caption()} came from Invoice R-7, so Invoice R-7 stays."
    else:
        payments.remind(first.number, BY)
        said = "The customer was reminded of Invoice R-7, so it stays."
    run = imports.runs(BY)[0]
    with pytest.raises(Mistake, match=said):
        undo.reverse(run.unit, by=BY, records=BY_TABLE)
    kept = imports.reject(run.number, BY).kept
    assert [each for each in kept if said in each] == [next(each for each in kept if said in each)]
    stays = SalesDocument.get(SalesDocument.document_no == "R-7")
    assert stays.paid == (170_00 if hanging == "paid" else 150_00)
    assert SalesLine.select().where(SalesLine.document == stays.number).count() == 1
    assert Payment.select().where(Payment.document == stays.number).count() == (2 if hanging == "paid" else 1)
    assert not SalesDocument.select().where(SalesDocument.document_no == "R-8").exists()
