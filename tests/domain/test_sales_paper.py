"""What stands on the paper of documents, what is kept of it, and what files are called (BX-26, BX-52)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import peewee
import pytest

from channergy_crm import clock
from channergy_crm.errors import Mistake, Refused
from channergy_crm.language import into
from channergy_crm.money.totals import reckon
from channergy_crm.records import Account, Product, SalesDocument, SalesLine
from channergy_crm.records.products import NoTax
from channergy_crm.services import documents, office, sales_paper, sales_texts, saving, selling
from channergy_crm.settings import OFFICE_ADDRESS, OFFICE_NAME, PAPER_BLOCKS, PAPER_FEE, PAPER_FILE, PAPER_IBAN
from channergy_crm.store import database
from channergy_crm.store.database import open_database
from channergy_crm.text import file_patterns
from channergy_crm.text.iban import is_bic, is_iban, written
from channergy_crm.work import UnitRow, unit

if TYPE_CHECKING:
    from channergy_crm.store.database import Office

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360f8ff9f0100070601ff"
    "9b6dd0c80000000049454e44ae426082"
)
PDF = b"%PDF-1.4\nof a document\n%%EOF\n"


def issued(by: str, what: str = "invoice", count: int = 1, **said: Any) -> SalesDocument:
    """A document of two lines with its number."""
    given = {"dated": date(2026, 11, 2), "until": date(2026, 11, 20), "currency": "EUR", "name": "Harbor Gifts",
             "year": 2026, "count": count, "document_no": f"2026-{count}", "owner": by, **said}  # fmt: skip
    with unit("Make a document", by=by):
        held = SalesDocument(what=what, **given)
        held.save()
        lines = [SalesLine(document=held, place=place, name=f"Candle {place}", quantity=2_000, price=10_00, rate=19_00)
                 for place in range(2)]  # fmt: skip
        totals = reckon([line.item for line in lines], held.way)
        for line in lines:
            line.save()
        held.net, held.tax, held.total = totals.net, totals.tax, totals.total
        held.open_amount, held.state, held.issued_on = totals.total, "open", clock.now()
        held.save()
    return held


@pytest.mark.usefixtures("office", "fixed_clock")
def test_bx26_paper_is_kept_the_first_time_and_stays_those_bytes(operator: str) -> None:
    held = issued(operator)
    assert sales_paper.kept_bytes(held.number, operator) is None
    assert sales_paper.keep(held.number, PDF, "Invoice 2026-1.pdf", operator) == PDF
    assert sales_paper.keep(held.number, PDF + b"other", "Invoice.pdf", operator) == PDF
    there = documents.of([(SalesDocument, held.number)], operator)
    assert [each.name for each in there] == ["Invoice 2026-1.pdf"]
    sales_paper.keep(held.number, PDF + b"reminder", "Reminder.pdf", operator, level=1)
    assert sales_paper.kept_bytes(held.number, operator, level=1) == PDF + b"reminder"
    assert sales_paper.kept_bytes(held.number, operator, level=2) is None


@pytest.mark.usefixtures("office", "fixed_clock")
def test_bx26_what_was_sent_is_renamed_but_never_replaced_removed_or_undone(operator: str) -> None:
    held = issued(operator)
    before = saving.undoable(operator)
    sales_paper.keep(held.number, PDF, "Invoice 2026-1.pdf", operator)
    paper = sales_paper.kept(held.number, operator)
    assert paper is not None
    assert saving.undoable(operator) == before, "Ctrl+Z goes on with what was done before"
    kept = int(UnitRow.select(UnitRow.number).where(UnitRow.name == "Keep the paper of {name}").scalar())
    with pytest.raises(Mistake, match="as it was issued"):
        saving.reverse(kept, operator)
    documents.change(paper.number, operator, name="Something else", note="another note")
    assert sales_paper.keep(held.number, PDF + b"anew", "Invoice.pdf", operator) == PDF
    for wrong in (
        lambda: documents.replace(paper.number, PDF + b"other", operator, name="Invoice.pdf"),
        lambda: documents.remove(paper.number, operator),
    ):
        with pytest.raises(Mistake, match="as it was issued"):
            wrong()
    assert sales_paper.kept_bytes(held.number, operator) == PDF


@pytest.mark.usefixtures("office", "fixed_clock")
def test_bx26_of_two_seats_that_keep_at_once_one_is_first(operator: str) -> None:
    held = issued(operator)
    with pytest.raises(Mistake), unit("Keep twice", by=operator):
        for _turn in range(2):
            documents.keep(held, PDF, operator, "Keep twice", name="Invoice.pdf", paper=0)


@pytest.mark.usefixtures("office", "fixed_clock")
def test_bx26_a_draft_is_not_kept(operator: str) -> None:
    with unit("Make a draft", by=operator):
        draft = SalesDocument(what="quote", dated=clock.today(), owner=operator)
        draft.save()
    with pytest.raises(Mistake):
        sales_paper.keep(draft.number, PDF, "Quote.pdf", operator)


@pytest.mark.usefixtures("office", "fixed_clock")
def test_bx26_all_its_paper_says_is_read_with_the_letterhead(operator: str) -> None:
    office.choose(OFFICE_ADDRESS, "Harbor Ltd\n1 Dock", operator)
    unnamed = sales_paper.letterhead(operator)
    assert (unnamed.office, unnamed.address) == ("Harbor Ltd", "1 Dock"), "never the name of the program"
    office.choose(OFFICE_NAME, "Harbor Office", operator)
    office.choose(PAPER_IBAN, "DE89 3704 0044 0532 0130 00", operator)
    office.choose(PAPER_BLOCKS["qr"], "off", operator)
    said = sales_paper.read(issued(operator).number, operator)
    assert (said.totals.net, said.totals.tax, said.totals.total) == (40_00, 7_60, 47_60)
    assert [line.name for line in said.lines] == ["Candle 0", "Candle 1"]
    assert said.head.office == "Harbor Office" and said.head.iban.startswith("DE89")
    assert said.head.blocks == {"sender", "footer", "carried", "contact"}
    with pytest.raises(Mistake):
        sales_paper.read(4711, operator)


@pytest.mark.usefixtures("office", "fixed_clock")
def test_bx26_why_nothing_is_taken_is_said_by_the_tax_class_of_the_product(operator: str) -> None:
    held = selling.add_tax_class("Abroad", 0, operator)
    held.no_tax = NoTax.REVERSE.value
    selling.save_tax_class(held, operator)
    with unit("Make a quote", by=operator):
        product = Product.create(name="Candle", tax=held.number)
        quote = SalesDocument.create(what="quote", dated=clock.today(), owner=operator)
        for rate in (0, 19_00):
            SalesLine.create(document=quote.number, name="Candle", product=product.number, rate=rate, quantity=1_000)
    assert sales_paper.read(quote.number, operator).untaxed == {0: "reverse"}
    held.rate = 19_00
    with pytest.raises(Mistake, match="rate is 0"):
        selling.save_tax_class(held, operator)


@pytest.mark.usefixtures("office", "fixed_clock")
def test_bx26_a_logo_is_the_offices_and_can_be_taken_off(operator: str) -> None:
    assert sales_paper.logo(operator) == b""
    sales_paper.choose_logo(PNG, operator)
    assert sales_paper.logo(operator) == PNG
    for wrong in (b"GIF89a no letterhead", b"\x89PNG\r\n\x1a\n" + b"x" * sales_paper.LARGEST_LOGO):
        with pytest.raises(Mistake):
            sales_paper.choose_logo(wrong, operator)
    assert sales_paper.logo(operator) == PNG
    sales_paper.choose_logo(b"", operator)
    assert sales_paper.logo(operator) == b""


@pytest.mark.usefixtures("office", "fixed_clock")
def test_bx26_a_reminder_lists_what_the_customer_left_open(operator: str) -> None:
    with unit("Make an account", by=operator):
        account = Account.create(name="Harbor Gifts", owner=operator)
    late = clock.today() - timedelta(days=3)
    first, second = (issued(operator, count=turn, account=account.number, until=late) for turn in (1, 2))
    issued(operator, count=3, account=account.number, until=clock.today() + timedelta(days=9))
    issued(operator, count=4, until=late)
    office.choose(PAPER_FEE, "500", operator)
    said = sales_paper.reminding(first.number, 2, operator)
    assert [each.number for each in said.owed] == ["2026-1", "2026-2"] and said.fee == 500
    with unit("Pay", by=operator):
        first.open_amount = 0
        first.save()
    assert [each.number for each in sales_paper.reminding(first.number, 2, operator).owed] == [second.document_no]
    with pytest.raises(Mistake):
        sales_paper.reminding(issued(operator, "quote", 5).number, 1, operator)


@pytest.mark.usefixtures("office")
def test_bx26_texts_are_the_offices_by_kind_and_language_or_the_programs(operator: str) -> None:
    usual = sales_texts.text("invoice", "en", sales_texts.OPENING, operator)
    assert usual == "For our delivery we invoice:"
    office.choose(sales_texts.setting("invoice", "de", sales_texts.OPENING), "Wir berechnen Ihnen:", operator)
    assert sales_texts.text("invoice", "de", sales_texts.OPENING, operator) == "Wir berechnen Ihnen:"
    assert sales_texts.text("invoice", "en", sales_texts.OPENING, operator) == usual
    assert sales_texts.problem("{{ document.number }} {{ account.name }}") is None
    assert "document.number" in (sales_texts.problem("{{ document.nummer }}") or "")
    assert sales_texts.problem("{{ document.number|upper }}"), "nothing runs"
    assert into("de")("Leads") and into("xx")("Phone") == "Phone"


@pytest.mark.usefixtures("office")
def test_bx52_files_are_called_as_the_pattern_says(operator: str) -> None:
    values = {"document.kind": "Quote", "document.number": "2026/118", "account.name": "A:B*? \\..\\Müller\n& Sohn"}
    assert (
        sales_texts.file_name("quote", values, "Quote", ".pdf", operator)
        == "Quote 2026-118 A_B__ -..-Müller & Sohn.pdf"
    )
    office.choose(PAPER_FILE.of("quote"), "{{ account.name }}", operator)
    long = sales_texts.file_name("quote", {"account.name": "x" * 400}, "Quote", ".pdf", operator)
    assert len(long) == file_patterns.LONGEST and long.endswith("x.pdf")
    assert sales_texts.file_name("quote", {}, "Quote 7", ".pdf", operator) == "Quote 7.pdf"
    assert (
        sales_texts.file_name("quote", {"account.name": "../../etc/passwd"}, "Quote", ".pdf", operator)
        == "-..-etc-passwd.pdf"
    )
    assert sales_texts.pattern_problem("quote", "{{ account.name }}/x") and sales_texts.pattern_problem(
        "quote", "{{ x }}"
    )
    assert sales_texts.pattern_problem("lists", "{{ list }} {{ view }} {{ date }}") is None


def test_bx52_exported_lists_are_called_by_a_pattern_of_their_own(operator: str) -> None:
    values = {"list": "Leads", "view": "Mine", "date": "2026-11-30"}
    assert sales_texts.file_name(sales_texts.LISTS, values, "Leads", ".csv", operator) == "Leads 2026-11-30.csv"
    office.choose(PAPER_FILE.of(sales_texts.LISTS), "{{ date }} {{ list }} {{ view }}", operator)
    assert sales_texts.file_name(sales_texts.LISTS, values, "Leads", ".csv", operator) == "2026-11-30 Leads Mine.csv"


def test_bx26_accounts_are_told_by_their_check_digits() -> None:
    assert is_iban("DE89 3704 0044 0532 0130 00") and is_iban("gb82west12345698765432")
    for wrong in ("DE88 3704 0044 0532 0130 00", "DE89 3704 0044 0532 0130 0", "", "1234", "DE89370400440532013Ö00"):
        assert not is_iban(wrong)
    assert written("de89370400440532013000") == "DE89 3704 0044 0532 0130 00"
    assert is_bic("COBADEFFXXX") and is_bic("cobadeff") and not is_bic("COBADEF") and not is_bic("C0BADEFF")


def test_bx26_only_an_administrator_chooses_the_letterhead(office: Office, operator: str) -> None:
    with pytest.raises(Refused):
        sales_paper.choose_logo(PNG, "NOBODY")


def test_bx26_papers_kept_by_their_notes_before_are_carried_over(empty_database_url: str) -> None:
    office = open_database(empty_database_url)
    store, number = office.database, 0

    columns = ("DocumentNo", "TableName", "RecordNo", "DocumentName", "ContentType", "Size", "ContentHash", "CreateDt",
               "Note", "CurrentDocumentNo", "RowVersion")  # fmt: skip
    rows = peewee.Table("CRMDocuments", columns).bind(store)

    def put(of: str, note: str, of_type: str = "application/pdf", current: int | None = None) -> int:
        nonlocal number
        number += 1
        row = (number, "CRMSalesDocuments", of, "a.pdf", of_type, 1, "x", f"2026-11-0{number} 10:00:00", note, current,
               1)  # fmt: skip
        rows.insert([row], columns=[getattr(rows, name) for name in columns]).execute()
        return number

    with database.writing():
        store.execute_sql('DROP INDEX "CRMDocuments_paper"')
        store.execute_sql('ALTER TABLE "CRMDocuments" DROP COLUMN "PaperLevel"')
        store.execute_sql('ALTER TABLE "CRMTaxClasses" DROP COLUMN "NoTax"')
        store.execute_sql("DELETE FROM schema_migration WHERE name = '0063_paper_kept'")
        first = put("1", "Das Papier, wie es ausgestellt wurde", current=2)
        put("1", "The paper as it was issued")
        reminder, other = put("1", "Reminder 2"), put("2", "The paper as it was issued")
        put("3", "a note")
        put("3", "Mahnung 1", "text/plain")
    assert database.migrate(office) == ["0063_paper_kept"]
    marked = store.execute_sql(
        'SELECT "DocumentNo", "PaperLevel" FROM "CRMDocuments" WHERE "PaperLevel" IS NOT NULL ORDER BY "DocumentNo"'
    )
    assert [tuple(row) for row in marked.fetchall()] == [(first, 0), (reminder, 2), (other, 0)]
    office.close()
