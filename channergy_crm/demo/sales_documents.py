"""What the sample office has offered, sold, billed and bought, each on its day (VT-86, VT-137)."""
# unsaid file: sample data

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from channergy_crm import clock
from channergy_crm.records import Account, Contact, SalesDocument
from channergy_crm.services.sales_documents import drafts, flow, issuing, payments

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator

    from channergy_crm.records import Product

BY = "ADMIN"
OPENING = "Thank you for your inquiry. We are glad to offer:"


def add(dice: random.Random, products: list[Product]) -> None:
    """Quotes that are being written, open and answered; orders, invoices and what was paid of them, a credit note and
    purchase orders.
    """
    accounts = list(Account.select().order_by(Account.number).limit(40))
    whom = iter(dice.sample(accounts, min(len(accounts), 20)))
    now = clock.now()
    for days in (0, 1, 2):
        with clock.fixed(now - timedelta(days=days)):
            _draft("quote", dice, next(whom), products)
    for days in (3, 6, 12):
        with clock.fixed(now - timedelta(days=days)):
            issuing.issue(_draft("quote", dice, next(whom), products).number, BY)
    with clock.fixed(now - timedelta(days=20)):
        declined = issuing.issue(_draft("quote", dice, next(whom), products).number, BY)
        flow.decline(declined.number, "Bought elsewhere", BY)
    _billed(dice, whom, products)
    _ordered(dice, whom, products)


def _billed(dice: random.Random, whom: Iterator[Account], products: list[Product]) -> None:
    """Invoices: paid, paid in part, overdue, not due yet, and one that was credited."""
    now = clock.now()
    for days, part in ((95, 100), (75, 0), (50, 40), (41, 100), (10, 0)):
        with clock.fixed(now - timedelta(days=days)):
            quote = issuing.issue(_draft("quote", dice, next(whom), products).number, BY)
            order = issuing.issue(flow.to_order(quote.number, BY).number, BY)
            invoice = issuing.issue(flow.to_invoice(order.number, BY).number, BY)
        if part:
            with clock.fixed(now - timedelta(days=days - 9)):
                payments.pay(
                    invoice.number, int(invoice.total or 0) * part // 100, clock.today(), BY, means="Bank transfer"
                )
    with clock.fixed(now - timedelta(days=30)):
        wrong = issuing.issue(_draft("invoice", dice, next(whom), products).number, BY)
        issuing.issue(flow.credit(wrong.number, BY).number, BY)


def _ordered(dice: random.Random, whom: Iterator[Account], products: list[Product]) -> None:
    """Orders that are billed in part or not at all, and what was bought for one of them."""
    now = clock.now()
    with clock.fixed(now - timedelta(days=8)):
        order = issuing.issue(_draft("sales_order", dice, next(whom), products).number, BY)
        first = drafts.lines(order.number, BY)[0]
        flow.to_invoice(order.number, BY, {first.number: int(first.quantity or 0)})
    with clock.fixed(now - timedelta(days=5)):
        order = issuing.issue(_draft("sales_order", dice, next(whom), products[:5]).number, BY)
        for each in flow.to_purchase_orders(order.number, BY)[:1]:
            bought = issuing.issue(each.number, BY)
    with clock.fixed(now - timedelta(days=1)):
        flow.receive(bought.number, BY)


def _draft(kind: str, dice: random.Random, account: Account, products: list[Product]) -> SalesDocument:
    contact = Contact.select().where(Contact.customer == account.customer).order_by(Contact.number).first()
    chosen = dice.sample(products, 3)
    held = drafts.start(kind, BY, account=account.number, contact=contact.number if contact else None)
    held.subject, held.owner = f"{chosen[0].name} and more", account.owner or BY
    held.opening = OPENING if kind == "quote" else ""
    lines = [drafts.line_for(each.number, held, dice.choice((1, 5, 12, 40)) * 1_000, BY) for each in chosen]
    return drafts.save(held, lines, BY)
