"""From the quote to the paid invoice, and back (VT-86, VT-137, CH-1)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from channergy_crm import clock
from channergy_crm.errors import Mistake
from channergy_crm.records import Opportunity, Order, SalesDocument, StockMove, Vendor
from channergy_crm.services import office as settings_of
from channergy_crm.services.sales_documents import chain, drafts, flow, issuing, open_lines, payments
from channergy_crm.settings import ORDERS_TO_SUITE
from tests.domain.secured import ANN, Secured
from tests.domain.selling import (
    BY,
    DAY,
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
    from channergy_crm.store.database import Office

pytestmark = pytest.mark.usefixtures("fixed_clock")


def test_vt86_accepted_quote_wins_its_deal_with_its_net_sum(office: Office) -> None:
    held = deal(customer())
    quote = issued("quote", (product(), 3), deal=held.number)
    assert flow.why_deal_stays(quote, BY) is None
    flow.accept(quote.number, BY)
    won = Opportunity.get(Opportunity.number == held.number)
    assert (won.stage, won.actual_amount, won.close_date_2, won.outcome) == ("Order", 30_00, DAY, "Won")
    assert (again(quote).state, again(quote).answered_on) == ("accepted", DAY)
    assert "is Accepted already" in (flow.why_not_decline(again(quote), BY) or "")
    take_back()
    assert Opportunity.get(Opportunity.number == held.number).stage == "Offer"
    assert again(quote).state == "open"


def test_vt86_declined_quote_leaves_its_deal_where_it_is_with_the_reason(office: Office) -> None:
    held = deal(customer())
    quote = issued("quote", (product(), 3), deal=held.number)
    flow.decline(quote.number, " too dear ", BY)
    lost = Opportunity.get(Opportunity.number == held.number)
    assert (lost.stage, lost.outcome_reason, again(quote).state) == ("Offer", "too dear", "declined")


def test_vt86_new_version_keeps_the_number_and_replaces_the_old_one_when_issued(office: Office) -> None:
    quote = issued("quote", (product(), 3))
    second = flow.new_version(quote.number, BY)
    assert (again(quote).state, second.document_no or "") == ("open", "")
    assert "is being written already" in (flow.why_not_new_version(again(quote), BY) or "")
    second = issuing.issue(second.number, BY)
    assert (second.document_no, second.revision, again(quote).state) == ("2026-0001", 2, "replaced")
    assert second.caption() == "Quote 2026-0001, version 2"
    assert issued("quote", (product(), 1)).document_no == "2026-0002"


def test_vt86_order_is_billed_in_parts_and_nothing_twice(office: Office) -> None:
    candle = product()
    quote = issued("quote", (candle, 5), (product(name="Box"), 2))
    order = flow.to_order(quote.number, BY)
    assert again(quote).state == "accepted"
    assert "came from it already" in (flow.why_not_to_order(again(quote), BY) or "")
    assert "came from it: bill that." in (flow.why_not_to_invoice(again(quote), BY) or "")
    order = issuing.issue(order.number, BY)
    first, _second = drafts.lines(order.number, BY)
    part = billed(order, {first.number: 2_000})
    assert (part.total, part.open_amount, in_stock(candle)) == (22_00, 22_00, 98)
    with pytest.raises(Mistake, match="only 3 is still open"):
        flow.to_invoice(order.number, BY, {first.number: 4_000})
    assert again(order).state == "open"
    rest = billed(order)
    assert [line.quantity for line in drafts.lines(rest.number, BY)] == [3_000, 2_000]
    assert again(order).state == "done"
    assert [each.depth for each in chain.chain(part.number, BY)] == [0, 1, 2, 2]
    with pytest.raises(Mistake, match="is Done already"):
        flow.to_invoice(order.number, BY)


def test_vt86_draft_that_bills_more_than_was_ordered_is_not_issued(office: Office) -> None:
    order = issued("sales_order", (product(), 5))
    invoice = flow.to_invoice(order.number, BY)
    assert "is on invoices already" in (flow.why_not_to_invoice(order, BY) or "")
    rows = drafts.lines(invoice.number, BY)
    rows[0].quantity = 6_000
    drafts.save(invoice, rows, BY)
    assert issuing.why_not(invoice, BY) == "Candle: only 5 of Sales order 2026-0001 is still open."


def test_vt86_discounts_in_money_go_along_with_the_parts_to_the_cent(office: Office) -> None:
    order = draft("sales_order", (product(), 3))
    rows = drafts.lines(order.number, BY)
    rows[0].less, order.less = 1_00, 50
    order = issuing.issue(drafts.save(order, rows, BY).number, BY)
    key = rows[0].number
    parts = [billed(order, {key: 1_000}) for _turn in range(3)]
    assert sum(drafts.lines(each.number, BY)[0].less for each in parts) == 1_00
    assert sum(each.less for each in parts) == 50
    assert sum(each.net for each in parts) == order.net == 28_50


def test_vt86_credit_note_brings_goods_back_and_a_whole_one_opens_the_order(office: Office) -> None:
    candle = product()
    order = issued("sales_order", (candle, 5))
    invoice = billed(order)
    key = drafts.lines(invoice.number, BY)[0].number
    issuing.issue(flow.credit(invoice.number, BY, {key: 2_000}).number, BY)
    assert (again(invoice).open_amount, again(invoice).state, in_stock(candle)) == (33_00, "open", 97)
    assert again(order).state == "done"
    issuing.issue(flow.credit(invoice.number, BY).number, BY)
    assert (again(invoice).open_amount, again(invoice).state, in_stock(candle)) == (0, "cancelled", 100)
    assert again(order).state == "open"
    assert [each.open for each in open_lines.still_open(order.number, BY)] == [5_000]
    assert "is Cancelled already" in (flow.why_not_credit(again(invoice), BY) or "")


def test_ch1_vt86_order_becomes_one_of_the_suite_until_it_is_cancelled(office: Office) -> None:
    account = customer()
    settings_of.choose(ORDERS_TO_SUITE, "on", BY)
    order = issued("sales_order", (product(), 5), account=account.number)
    held = Order.get(Order.document == order.number)
    assert (held.amount, held.ordered_on, held.customer) == (55_00, DAY, account.customer)
    flow.cancel(order.number, "no money", BY)
    assert (again(order).state, again(order).reason, Order.select().count()) == ("cancelled", "no money", 0)
    take_back()
    assert (again(order).state, Order.select().count()) == ("open", 1)
    flow.to_invoice(order.number, BY)
    assert "bills some of it" in (flow.why_not_cancel(again(order), BY) or "")


def test_vt142_purchase_orders_go_to_each_vendor_and_what_comes_goes_into_the_stock(office: Office) -> None:
    candle, box, advice = product(), product(name="Box"), product(name="Advice", service=True)
    vendor(candle), vendor(box, "Paper", 50, "P-9")
    order = issued("sales_order", (candle, 5), (box, 2), (advice, 1))
    first, second = flow.to_purchase_orders(order.number, BY)
    assert [(each.name, each.net) for each in (first, second)] == [("Wax", 20_00), ("Paper", 1_00)]
    assert "on purchase orders already" in (flow.why_not_to_purchase_orders(order, BY) or "")
    first = issuing.issue(first.number, BY)
    line = drafts.lines(first.number, BY)[0]
    flow.receive(first.number, BY, {line.number: 2_000})
    assert (in_stock(candle), again(first).state) == (102, "open")
    with pytest.raises(Mistake, match="only 3"):
        flow.receive(first.number, BY, {line.number: 4_000})
    flow.receive(first.number, BY)
    assert (in_stock(candle), again(first).state) == (105, "done")
    take_back()
    assert (in_stock(candle), again(first).state, StockMove.select().count()) == (102, "open", 1)


def test_vt142_who_may_not_see_a_vendor_is_told_before_anything_is_ordered_there(office: Office) -> None:
    candle = product()
    vendor(candle)
    order = issued("sales_order", (candle, 5))
    secured = Secured()
    secured.let({"use": "all", "view": "all", "edit": "all"})
    assert flow.why_not_to_purchase_orders(order, ANN) is None
    secured.let({"use": "all", "view": "own", "edit": "own"}, Vendor)
    assert "your role shows you only your own vendors" in (flow.why_not_to_purchase_orders(order, ANN) or "")


def test_vt86_payments_in_parts_too_much_and_taken_back(office: Office) -> None:
    invoice = issued("invoice", (product(), 1))
    payments.pay(invoice.number, 5_00, DAY, BY)
    assert (again(invoice).paid, again(invoice).open_amount, again(invoice).state) == (5_00, 6_00, "open")
    more = payments.pay(invoice.number, 8_00, DAY, BY, means="Bank transfer", reference="X")
    assert (again(invoice).open_amount, again(invoice).state) == (-2_00, "paid")
    assert payments.said(again(invoice)) == "overpaid 2.00"
    take_back()
    assert (again(invoice).open_amount, again(invoice).state, len(payments.of(invoice.number, BY))) == (6_00, "open", 1)
    more = payments.pay(invoice.number, 6_00, DAY, BY)
    assert again(invoice).state == "paid"
    payments.take_back(more.number, BY)
    assert (again(invoice).open_amount, again(invoice).state) == (6_00, "open")
    with pytest.raises(Mistake) as said:
        payments.pay(invoice.number, 1, DAY + timedelta(1), BY)
    assert said.value.field == "paid_on"


def test_vt86_only_overdue_invoices_are_reminded_of_three_times_at_most(office: Office) -> None:
    invoice = issued("invoice", (product(), 1))
    assert flow.why_not_cancel(invoice, BY) == (
        "An invoice is not cancelled but credited: make a credit note for all of it."
    )
    assert payments.why_not_remind(invoice, BY) == "This invoice is not overdue."
    assert [(row.days, row.age) for row in payments.debts(BY)] == [(-30, None)]
    late = clock.now() + timedelta(75)
    with clock.fixed(late):
        assert [(row.open_amount, row.days, row.age) for row in payments.debts(BY)] == [(11_00, 45, 1)]
    for turn in (1, 2, 3):
        with clock.fixed(late + timedelta(14 * turn)):
            assert payments.remind(invoice.number, BY).reminded == turn
            if turn < 3:
                with pytest.raises(Mistake, match="today"):
                    payments.remind(invoice.number, BY)
    with clock.fixed(late + timedelta(60)), pytest.raises(Mistake, match="reminded 3 times"):
        payments.remind(invoice.number, BY)
    payments.pay(invoice.number, 11_00, DAY, BY)
    assert not payments.debts(BY)


def test_vt86_services_are_not_in_stock(office: Office) -> None:
    issued("invoice", (product(name="Advice", service=True, in_stock=None), 1))
    assert not StockMove.select().count() and SalesDocument.select().count() == 1
