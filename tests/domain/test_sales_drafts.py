"""A document is begun, its lines are priced, and it is saved with them (VT-86, VT-138, VT-142)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from channergy_crm.errors import Mistake
from channergy_crm.records import SalesDocument, SalesLine
from channergy_crm.services import office as settings_of
from channergy_crm.services.sales_documents import drafts, issuing
from channergy_crm.settings import SALES_DUE_DAYS, SALES_TERMS
from tests.domain.selling import BY, DAY, again, customer, deal, draft, issued, kept, product, take_back, vendor

if TYPE_CHECKING:
    from channergy_crm.store.database import Office

pytestmark = pytest.mark.usefixtures("fixed_clock")


def test_vt138_document_from_a_deal_knows_whom_it_is_for(office: Office) -> None:
    held = deal(customer())
    document = drafts.start("quote", BY, deal=held.number)
    assert (document.name, document.subject, document.owner) == ("Miller", "Candles for Miller", BY)
    assert document.addressee == "Miller\n1 Main Street\nChicago, IL 60601"
    assert (document.dated, document.until, document.currency) == (DAY, DAY + timedelta(30), "USD")
    assert document.is_new and not SalesDocument.select().count()


def test_vt86_a_document_goes_to_the_address_of_whom_it_is_for_unless_another_is_written(office: Office) -> None:
    document = drafts.start("quote", BY)
    document.account = customer().number
    drafts.save(document, [], BY)
    assert document.addressee == "Miller\n1 Main Street\nChicago, IL 60601"
    candle = product()
    emptied, written = draft("invoice", (candle, 1)), draft("invoice", (candle, 1))
    emptied.addressee, written.addressee = "", "Miller\nDock 4"
    for each in (emptied, written):
        drafts.save(each, drafts.lines(each.number, BY), BY)
        issuing.issue(each.number, BY)
    assert again(emptied).addressee == document.addressee and again(written).addressee == "Miller\nDock 4"


def test_vt86_last_document_of_a_customer_wins_over_the_office_for_the_terms(office: Office) -> None:
    settings_of.choose(SALES_TERMS, "Net 30", BY)
    settings_of.choose(SALES_DUE_DAYS, 14, BY)
    account = customer()
    first = drafts.start("invoice", BY, account=account.number)
    assert (first.terms, first.until) == ("Net 30", DAY + timedelta(14))
    first.terms, first.language, first.gross = "At once", "de", True
    drafts.save(first, [], BY)
    then = drafts.start("quote", BY, account=account.number)
    assert (then.terms, then.language, then.gross) == ("At once", "de", True)


def test_vt142_line_of_a_product_is_priced_and_taxed_and_bought_at_the_vendors_cost(office: Office) -> None:
    candle = product()
    quote = drafts.start("quote", BY, account=customer().number)
    line = drafts.line_for(candle.number, quote, 2_000, BY)
    assert (line.name, line.price, line.rate, line.quantity) == ("Candle", 10_00, 10_00, 2_000)
    bought = drafts.start("purchase_order", BY, vendor=vendor(candle).number)
    line = drafts.line_for(candle.number, bought, 2_000, BY)
    assert (bought.name, line.code, line.price) == ("Wax", "W-1", 4_00)


def test_vt86_lines_are_saved_with_their_document_in_one_step(office: Office) -> None:
    candle = product()
    document = draft("quote", (candle, 2), (candle, 1))
    assert (document.net, document.tax, document.total) == (30_00, 3_00, 33_00)
    first, second = drafts.lines(document.number, BY)
    second.quantity = 3_000
    heading = SalesLine(what="heading", name="Candles")
    drafts.save(document, [heading, second], BY)
    assert [(line.name, line.place, line.total) for line in drafts.lines(document.number, BY)] == [
        ("Candles", 0, None), ("Candle", 1, 30_00),
    ]  # fmt: skip
    assert SalesLine.find(first.number) is None
    take_back()
    assert [line.quantity for line in drafts.lines(document.number, BY)] == [2_000, 1_000]
    assert again(document).total == 33_00
    take_back()
    assert SalesDocument.select().count() == SalesLine.select().count() == 0


def test_vt86_what_is_missing_is_said_at_its_field(office: Office) -> None:
    document = drafts.start("quote", BY, account=customer().number)
    document.until = document.dated - timedelta(1)
    with pytest.raises(Mistake) as said:
        drafts.save(document, [], BY)
    assert said.value.field == "until"
    document.until, document.dated = None, None
    with pytest.raises(Mistake) as said:
        drafts.save(document, [], BY)
    assert said.value.field == "dated"


def test_vt86_draft_a_colleague_has_issued_is_refused_and_what_was_typed_stays(office: Office) -> None:
    document = draft("quote", (product(), 1))
    mine, rows = again(document), drafts.lines(document.number, BY)
    issuing.issue(document.number, BY)
    mine.subject, rows[0].quantity = "Mine", 5_000
    with pytest.raises(Mistake, match="ADMIN has issued Quote 2026-0001 meanwhile"):
        drafts.save(mine, rows, BY)
    assert (mine.subject, rows[0].quantity) == ("Mine", 5_000)
    assert rows[0].changes() and mine.changes()


def test_vt86_line_a_colleague_added_meanwhile_stays(office: Office) -> None:
    candle = product()
    document = draft("quote", (candle, 1))
    mine, rows = again(document), drafts.lines(document.number, BY)
    theirs = again(document)
    added = drafts.line_for(candle.number, theirs, 4_000, BY)
    drafts.save(theirs, [*drafts.lines(document.number, BY), added], BY)
    rows[0].quantity = 2_000
    drafts.save(mine, rows, BY)
    assert [line.quantity for line in drafts.lines(document.number, BY)] == [2_000, 4_000]
    assert again(document).total == 66_00


def test_vt86_issuing_says_what_is_missing_and_is_not_taken_back(office: Office) -> None:
    candle = product()
    assert "add a product" in (issuing.why_not(draft("quote", account=customer().number), BY) or "")
    nobody = kept(SalesDocument(what="quote", dated=DAY, owner=BY))
    assert "Choose the customer" in (issuing.why_not(nobody, BY) or "")
    document = draft("quote", (candle, 1))
    line = drafts.lines(document.number, BY)[0]
    line.rate = None
    drafts.save(document, [line], BY)
    assert issuing.why_not(document, BY) == "Line 1: enter the rate of tax, 0 where there is none."
    heading, sentence = SalesLine(what="heading", name="Wax"), SalesLine(what="text", name="Poured by hand")
    second = drafts.line_for(candle.number, document, 1_000, BY)
    line.rate, second.price = 0, None
    drafts.save(document, [heading, line, sentence, second], BY)
    assert issuing.lack(document, BY) == (second.number, "price", "Line 2: enter a price."), "as the editor counts"
    done = issued("quote", (candle, 1))
    assert (done.document_no, done.state, done.issued_by) == ("2026-0001", "open", BY)
    with pytest.raises(Mistake, match="is issued: what is on its paper does not change"):
        take_back()
    with pytest.raises(Mistake, match="is issued already"):
        issuing.issue(done.number, BY)
    assert issued("quote", (candle, 1)).document_no == "2026-0002"
    assert issued("invoice", (candle, 1)).document_no == "2026-0001"


def test_vt86_numbers_begin_anew_with_the_year_of_the_document(office: Office) -> None:
    candle = product()
    late = draft("invoice", (candle, 1))
    late.dated, late.until = date(2027, 1, 2), None
    drafts.save(late, drafts.lines(late.number, BY), BY)
    assert issued("invoice", (candle, 1)).document_no == "2026-0001"
    assert issuing.issue(late.number, BY).document_no == "2027-0001"
