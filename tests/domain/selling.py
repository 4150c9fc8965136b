"""What documents are made of in tests: a customer, products, a vendor, and documents at work."""

from __future__ import annotations

from datetime import date
from typing import Any

from channergy_crm import work
from channergy_crm.records import (
    BY_TABLE,
    Account,
    Customer,
    Opportunity,
    Product,
    ProductVendor,
    SalesDocument,
    TaxClass,
    Vendor,
)
from channergy_crm.services.sales_documents import drafts, flow, issuing
from channergy_crm.work import undo

BY = "ADMIN"
DAY = date(2026, 11, 23)


def kept(record: Any) -> Any:
    with work.unit("Make", by=BY):
        record.save()
    return record


def customer(**values: Any) -> Account:
    held = kept(Customer(company="Miller"))
    return kept(Account(**{
        "name": "Miller", "customer": held.number, "owner": BY, "bill_address": "1 Main Street",
        "bill_city": "Chicago", "bill_state": "IL", "bill_postal_code": "60601", **values,
    }))  # fmt: skip


def product(**values: Any) -> Product:
    taxed = TaxClass.select().where(TaxClass.name == "Ten").first() or kept(TaxClass(name="Ten", rate=10_00))
    return kept(Product(**{"name": "Candle", "code": "C-1", "list_price": 10_00, "tax": taxed.number,
                           "in_stock": 100_000, **values}))  # fmt: skip


def vendor(of: Product, name: str = "Wax", cost: int = 4_00, code: str = "W-1") -> Vendor:
    held = kept(Vendor(name=name, owner=BY))
    kept(ProductVendor(product=of.number, vendor=held.number, cost=cost, their_code=code))
    return held


def deal(account: Account, **values: Any) -> Opportunity:
    return kept(Opportunity(**{"name": "Candles for Miller", "account": account.number, "owner": BY, "stage": "Offer",
                               "amount": 90_00, **values}))  # fmt: skip


def draft(kind: str, *lines: tuple[Product, int], **head: Any) -> SalesDocument:
    """A draft for so many of these products each, saved."""
    head = head or {"account": customer().number}
    document = drafts.start(kind, BY, **head)
    rows = [drafts.line_for(each.number, document, quantity * 1_000, BY) for each, quantity in lines]
    return drafts.save(document, rows, BY)


def issued(kind: str, *lines: tuple[Product, int], **head: Any) -> SalesDocument:
    return issuing.issue(draft(kind, *lines, **head).number, BY)


def billed(order: SalesDocument, quantities: dict[int, int] | None = None) -> SalesDocument:
    return issuing.issue(flow.to_invoice(order.number, BY, quantities).number, BY)


def again(document: SalesDocument) -> SalesDocument:
    return SalesDocument.get(SalesDocument.number == document.number)


def in_stock(of: Product) -> int:
    return Product.get(Product.number == of.number).in_stock // 1_000


def take_back() -> None:
    undo.reverse(undo.undoable(BY).number, by=BY, records=BY_TABLE)
