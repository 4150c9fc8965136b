"""Nothing is billed twice and nothing credited beyond what was billed, by whichever way it goes (VT-86, VT-137)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from channergy_crm.errors import Mistake
from channergy_crm.records import BY_TABLE, Opportunity, Product, StockMove
from channergy_crm.services.sales_documents import chain, drafts, flow, issuing, open_lines
from channergy_crm.work import undo
from tests.domain.selling import (
    BY,
    again,
    billed,
    customer,
    deal,
    draft,
    in_stock,
    issued,
    product,
    take_back,
    vendor,
)

if TYPE_CHECKING:
    from channergy_crm.records import SalesDocument
    from channergy_crm.store.database import Office

pytestmark = pytest.mark.usefixtures("fixed_clock")


def opened(document: SalesDocument) -> list[int]:
    return [each.open // 1_000 for each in open_lines.still_open(document.number, BY)]


def key(document: SalesDocument) -> int:
    return int(drafts.lines(document.number, BY)[0].number)


def test_vt86_a_quote_is_billed_without_an_order_in_parts_and_what_is_left_is_ordered(office: Office) -> None:
    held = deal(customer())
    quote = issued("quote", (product(), 5), (product(name="Box"), 1), deal=held.number)
    part = billed(quote, {key(quote): 2_000})
    assert (again(quote).state, Opportunity.get().stage, opened(quote)) == ("accepted", "Order", [3, 1])
    assert [each.depth for each in chain.chain(part.number, BY)] == [0, 1]
    with pytest.raises(Mistake, match="only 3 is still open"):
        flow.to_invoice(quote.number, BY, {key(quote): 4_000})
    order = flow.to_order(quote.number, BY)
    assert [line.quantity for line in drafts.lines(order.number, BY)] == [3_000, 1_000]
    said = f"{order.caption()} came from it: bill that."
    assert (flow.why_not_to_invoice(again(quote), BY), opened(quote)) == (said, [0, 0])
    rows = drafts.lines(order.number, BY)
    rows[0].quantity = 4_000
    drafts.save(order, rows, BY)
    assert issuing.why_not(order, BY) == "Candle: only 3 of Quote 2026-0001 is still open."
    rows[0].quantity = 3_000
    drafts.save(order, rows, BY)
    order = issuing.issue(order.number, BY)
    assert billed(order).net == 40_00 and again(order).state == "done"


def test_vt86_a_quote_that_is_billed_whole_is_not_ordered(office: Office) -> None:
    quote = issued("quote", (product(), 5))
    invoice = billed(quote)
    said = "All of Quote 2026-0001 is on invoices already."
    assert flow.why_not_to_invoice(again(quote), BY) == flow.why_not_to_order(again(quote), BY) == said
    issuing.issue(flow.credit(invoice.number, BY).number, BY)
    assert again(invoice).state == "cancelled" and opened(quote) == [5]
    assert flow.why_not_to_order(again(quote), BY) is None


def test_vt86_an_order_that_is_not_cancelled_after_all_bills_nothing_its_quote_has_billed(office: Office) -> None:
    quote = issued("quote", (product(), 5))
    order = issuing.issue(flow.to_order(quote.number, BY).number, BY)
    flow.cancel(order.number, "", BY)
    cancelled = undo.undoable(BY)
    assert cancelled is not None and billed(quote, {key(quote): 3_000}).net == 30_00
    undo.reverse(cancelled.number, by=BY, records=BY_TABLE)
    bill = flow.to_invoice(order.number, BY)
    assert issuing.why_not(bill, BY) == "Candle: only 2 of Quote 2026-0001 is still open."
    rows = drafts.lines(bill.number, BY)
    rows[0].quantity = 2_000
    drafts.save(bill, rows, BY)
    issuing.issue(bill.number, BY)


def test_vt86_discounts_in_money_go_along_where_a_quote_is_billed_and_ordered(office: Office) -> None:
    quote = draft("quote", (product(), 3))
    rows = drafts.lines(quote.number, BY)
    rows[0].less, quote.less = 1_00, 50
    quote = issuing.issue(drafts.save(quote, rows, BY).number, BY)
    first = billed(quote, {rows[0].number: 1_000})
    order = issuing.issue(flow.to_order(quote.number, BY).number, BY)
    assert first.net + order.net == quote.net == 28_50


def test_vt86_credit_notes_take_back_no_more_money_than_was_billed(office: Office) -> None:
    invoice = issued("invoice", (product(), 3), (product(name="Box"), 1))
    note = flow.credit(invoice.number, BY, {key(invoice): 1_000})
    rows = drafts.lines(note.number, BY)
    rows[0].price = 31_00
    drafts.save(note, rows, BY)
    said = "Candle: 30.00 was billed, of which 30.00 may still be credited, not 31.00."
    assert issuing.why_not(note, BY) == said
    rows[0].price = 29_00
    drafts.save(note, rows, BY)
    issuing.issue(note.number, BY)
    rest = flow.credit(invoice.number, BY)
    assert issuing.why_not(rest, BY) == "Candle: 30.00 was billed, of which 1.00 may still be credited, not 20.00."
    rows = drafts.lines(rest.number, BY)
    rows[0].price = 50
    more = drafts.line_for(rows[1].__data__["product"], rest, 1_000, BY)
    drafts.save(rest, [*rows, more], BY)
    said = "Invoice 2026-0001: 44.00 was billed, of which 12.10 may still be credited, not 23.10."
    assert issuing.why_not(rest, BY) == said
    drafts.save(rest, rows, BY)
    issuing.issue(rest.number, BY)
    assert again(invoice).open_amount == 0


def test_vt86_parts_that_are_rounded_apart_take_back_all_of_it(office: Office) -> None:
    invoice = issued("invoice", (product(list_price=5), 3))
    for _turn in range(3):
        issuing.issue(flow.credit(invoice.number, BY, {key(invoice): 1_000}).number, BY)
    assert again(invoice).state == "cancelled"


def test_vt86_a_part_that_was_credited_is_billed_again_once_the_office_says_so(office: Office) -> None:
    candle = product()
    order = issued("sales_order", (candle, 5))
    invoice = billed(order)
    note = flow.credit(invoice.number, BY, {key(invoice): 2_000})
    assert flow.why_not_bill_again(note, BY) == "Issue the credit note first."
    note = issuing.issue(note.number, BY)
    assert (again(order).state, opened(order), in_stock(candle)) == ("done", [0], 97)
    assert flow.why_not_to_invoice(again(order), BY) == (
        "All of Sales order 2026-0001 is billed. "
        "What Credit note 2026-0001 took back is billed again once that is said there."
    )
    flow.bill_again(note.number, BY)
    assert (again(order).state, opened(order)) == ("open", [2])
    assert flow.why_not_bill_again(again(note), BY) == "What it took back is open again already."
    take_back()
    assert (again(order).state, opened(order)) == ("done", [0])
    flow.bill_again(note.number, BY)
    with pytest.raises(Mistake, match="only 2 is still open"):
        flow.to_invoice(order.number, BY, {key(order): 3_000})
    assert billed(order).net == 20_00 and again(order).state == "done"
    rest = issuing.issue(flow.credit(invoice.number, BY).number, BY)
    assert (again(invoice).state, opened(order)) == ("cancelled", [3])
    assert flow.why_not_bill_again(rest, BY) == (
        "All of Invoice 2026-0001 is credited: what it billed is open again by itself."
    )
    alone = issued("invoice", (candle, 2))
    note = issuing.issue(flow.credit(alone.number, BY, {key(alone): 1_000}).number, BY)
    assert "not billed out of an order" in (flow.why_not_bill_again(note, BY) or "")


def test_vt86_what_is_billed_again_has_its_discounts_again(office: Office) -> None:
    order = draft("sales_order", (product(), 4))
    rows = drafts.lines(order.number, BY)
    rows[0].less, order.less = 1_00, 40
    order = issuing.issue(drafts.save(order, rows, BY).number, BY)
    invoice = billed(order)
    note = issuing.issue(flow.credit(invoice.number, BY, {key(invoice): 1_000}).number, BY)
    flow.bill_again(note.number, BY)
    assert billed(order).net == note.net == 9_65


def test_vt142_services_that_were_bought_are_counted_too(office: Office) -> None:
    advice, candle = product(name="Advice", service=True, in_stock=None), product()
    wax = vendor(advice)
    order = issued("purchase_order", (advice, 3), vendor=wax.number)
    flow.receive(order.number, BY, {key(order): 1_000})
    assert (again(order).state, opened(order)) == ("open", [2])
    with pytest.raises(Mistake, match="only 2"):
        flow.receive(order.number, BY, {key(order): 3_000})
    flow.receive(order.number, BY)
    assert (again(order).state, StockMove.select().count(), again(order).is_issued) == ("done", 2, True)
    assert Product.get(Product.number == advice.number).in_stock is None and in_stock(candle) == 100
