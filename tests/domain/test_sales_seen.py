"""Sales documents with whom they are about: on the timeline and in More information; the suite (VT-79, CH-1)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from channergy_crm import clock, work
from channergy_crm.records import Account, Contact, Lead, Opportunity, Order, Payment, SalesDocument, Vendor
from channergy_crm.services.linked import changing, reading
from channergy_crm.services.never_ordered import make_leads
from channergy_crm.services.timeline import pages
from tests import made
from tests.domain.secured import ANN, Secured

if TYPE_CHECKING:
    from channergy_crm.work.record import Record

BY = "ADMIN"
SALES = ["issued", "sent", "answered", "reminded", "paid"]


@pytest.fixture(autouse=True)
def _there(office, fixed_clock):
    return office


def said(record: Record, by: str = BY) -> list[str]:
    return [each.title for each in pages.of(record, by, kinds=SALES).entries]


def group(record: Record, name: str, by: str = BY) -> Any:
    return next((each for each in reading.of(type(record), record.key, by) if each.name == name), None)


def test_vt79_vt80_a_quote_stands_with_its_account_its_contact_and_its_deal_until_it_is_paid() -> None:
    acme = made.account("Acme")
    ann, deal = made.contact(acme, "Ann"), made.opportunity(acme, "Candles")
    now = clock.now()
    quote = made.document("quote", acme, 25_000, document_no="2026-1", count=1, contact=ann.number, deal=deal.number,
                          sent_on=now + timedelta(minutes=5))  # fmt: skip
    invoice = made.document("invoice", acme, 25_000, document_no="2026-7", count=7, deal=deal.number)
    with work.unit("Answer", by=BY):
        quote.answered_on, quote.state = now.date() + timedelta(days=1), "declined"
        quote.reason = "Too dear"
        quote.save()
        Payment.create(document=invoice.number, paid_on=now.date(), amount=10_000, by=BY,
                       entered=now + timedelta(days=2))  # fmt: skip
    told = ["Paid for Invoice 2026-7: 100.00", "Quote 2026-1 declined", "Quote 2026-1 sent",
            "Invoice 2026-7 issued · 250.00", "Quote 2026-1 issued · 250.00"]  # fmt: skip
    assert said(acme) == said(deal) == told
    assert said(ann) == [each for each in told if each.startswith("Quote")]
    page = pages.of(acme, BY)
    assert [page.counts[kind] for kind in SALES] == [2, 1, 1, 0, 1]
    entry = next(each for each in page.entries if each.kind == "answered")
    assert entry.note == "Too dear" and entry.opens == ("CRMSalesDocuments", quote.number)
    assert pages.of(quote, BY, kinds=SALES).counts["issued"] == 0, "of a document itself its history tells"


def test_vt79_pages_of_sales_follow_one_another_without_a_gap() -> None:
    acme = made.account("Acme")
    for count in range(7):
        made.document("quote", acme, 100, document_no=f"{count}", count=count, sent_on=clock.now())
    before, seen = None, []
    while True:
        page = pages.of(acme, BY, kinds=SALES, before=before, limit=3)
        seen += [(each.kind, each.number) for each in page.entries]
        before = page.before
        if before is None:
            break
    assert len(seen) == len(set(seen)) == 14


def test_vt79_what_a_role_does_not_show_stands_on_no_timeline() -> None:
    office = Secured()
    office.let({"use": "all", "view": "all"}, Account)
    acme = made.account("Acme")
    quote = made.document("quote", acme, 100, document_no="1", count=1)
    invoice = made.document("invoice", acme, 100, document_no="1", count=2)
    with work.unit("Pay", by=BY):
        Payment.create(document=invoice.number, paid_on=clock.today(), amount=100, entered=clock.now())
    assert said(acme, ANN) == [] and group(acme, "sales_document", ANN) is None
    office.let({"use": "all", "view": "own"}, SalesDocument)
    assert said(acme, ANN) == []
    with work.unit("Give", by=BY):
        quote.owner = ANN
        quote.save()
    assert said(acme, ANN) == ["Quote 1 issued · 1.00"]


def test_vt79_documents_are_listed_with_their_people_and_a_quote_is_made_there() -> None:
    acme = made.account("Acme")
    ann, deal = made.contact(acme, "Ann"), made.opportunity(acme, "Candles")
    made.document("quote", acme, 100, document_no="1", count=1, contact=ann.number, deal=deal.number)
    with work.unit("Make", by=BY):
        vendor = Vendor.create(name="Wax", owner=BY)
    bought = made.document("purchase_order", None, 100, vendor=vendor.number)
    for held in (acme, ann, deal):
        found = group(held, "sales_document")
        assert [row.said for row in found.rows] == ["Quote 1"] and "new" in found.offers
    found = group(vendor, "sales_document")
    assert [row.key for row in found.rows] == [bought.number] and "new" in found.offers
    assert {record: where for record, (where, _word) in reading.QUOTED.items()} == {
        Account: "new_quote", Contact: "new_quote", Opportunity: "new_quote", Vendor: "new_purchase_order"
    }  # fmt: skip
    assert changing.candidates(Account, acme.key, "sales_document", "1", BY) != []


def test_ch1_the_orders_of_the_suite_stand_with_the_account_are_added_up_and_lead_to_our_own() -> None:
    acme = made.account("Acme")
    ours = made.document("sales_order", acme, 30_000, document_no="5", count=5)
    with work.unit("Order", by=BY):
        Order.create(customer=acme.customer, ordered_on=clock.today(), amount=12_000)
        Order.create(customer=acme.customer, ordered_on=clock.today(), amount=30_000, document=ours.number)
    found = group(acme, "order")
    assert (found.total, found.sum) == (2, 42_000), "the one we wrote is that one order, not two"
    assert [row.opens for row in found.rows] == [("CRMSalesDocuments", ours.number), None]
    office = Secured()
    office.let({"use": "all", "view": "all"}, Account)
    assert [row.opens for row in group(acme, "order", ANN).rows] == [None, None]


def test_ch1_who_has_an_order_of_ours_has_ordered() -> None:
    acme, bolt = made.account("Acme"), made.account("Bolt")
    ours = made.document("sales_order", acme, 30_000, document_no="5", count=5)
    with work.unit("Order", by=BY):
        Order.create(customer=acme.customer, ordered_on=clock.today(), amount=30_000, document=ours.number)
    make_leads(BY)
    assert [lead.customer for lead in Lead.select()] == [bolt.customer]
