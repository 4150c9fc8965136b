"""What the sample office has offered, sold, billed and bought, each on its day (VT-86, VT-137)."""
# unsaid file: sample data

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from channergy_crm import clock, work
from channergy_crm.records import Account, Contact, Payment, Product, SalesDocument, SalesLine, StockMove
from channergy_crm.records.sales_documents import DocumentKind, NumberCircle, State
from channergy_crm.services import selling
from channergy_crm.services.sales_documents import copying, drafts, flow, issuing
from channergy_crm.work import bulk

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from channergy_crm.work.record import Record

BY = "ADMIN"
OPENING = "Thank you for your inquiry. We are glad to offer:"
MOST, MOST_LINES = 40, 160
"""how many documents and lines are written at once, at most"""
BILLED = ((95, 100), (75, 0), (50, 40), (41, 100), (10, 0))
"""so many days ago, and how much of it is paid by now"""
QUOTE, ORDER, INVOICE, CREDIT = (
    DocumentKind.QUOTE, DocumentKind.SALES_ORDER, DocumentKind.INVOICE, DocumentKind.CREDIT_NOTE,
)  # fmt: skip


def add(dice: random.Random, products: list[Product]) -> None:
    """Quotes that are being written, open and answered; orders, invoices and what was paid of them, a credit note and
    purchase orders.
    """
    accounts = list(Account.select().order_by(Account.number).limit(40))
    whom = iter(dice.sample(accounts, min(len(accounts), 20)))
    books = _Books(dice, products)
    _offered(books, whom)
    _billed(books, whom)
    books.write()
    _ordered(dice, whom, products)


def _offered(books: _Books, whom: Iterator[Account]) -> None:
    """Quotes: being written, open, and one that was declined."""
    for days in (0, 1, 2):
        books.draft(QUOTE, next(whom), days)
    for days in (3, 6, 12):
        books.issue(books.draft(QUOTE, next(whom), days), State.OPEN)
    declined = books.issue(books.draft(QUOTE, next(whom), 20), State.DECLINED)
    declined.answered_on, declined.reason = declined.dated, "Bought elsewhere"


def _billed(books: _Books, whom: Iterator[Account]) -> None:
    """Invoices: paid, paid in part, overdue, not due yet, and one that was credited."""
    for days, part in BILLED:
        quote = books.issue(books.draft(QUOTE, next(whom), days), State.ACCEPTED)
        quote.answered_on = quote.dated
        order = books.issue(books.after(quote, ORDER), State.DONE)
        invoice = books.issue(books.after(order, INVOICE), State.OPEN)
        books.pay(invoice, int(invoice.total or 0) * part // 100, days - 9)
    wrong = books.issue(books.draft(INVOICE, next(whom), 30), State.CANCELLED)
    books.issue(books.after(wrong, CREDIT), State.OPEN)


class _Books:
    """Documents put together in memory and written at once, as they would stand had each been issued on its day."""

    def __init__(self, dice: random.Random, products: list[Product]) -> None:
        self._dice, self._products, self._now = dice, products, clock.now()
        self._keys = {SalesDocument: iter(bulk.reserve(SalesDocument, MOST)),
                      SalesLine: iter(bulk.reserve(SalesLine, MOST_LINES))}  # fmt: skip
        self._lines: dict[int, list[SalesLine]] = {}
        self._documents: list[SalesDocument] = []
        self._paid: list[dict[str, object]] = []
        self._moved: list[dict[str, object]] = []

    def draft(self, kind: DocumentKind, account: Account, days: int) -> SalesDocument:
        """One that somebody began so many days ago."""
        with clock.fixed(self._now - timedelta(days=days)):
            return self._keep(*_begun(kind, self._dice, account, self._products))

    def after(self, source: SalesDocument, kind: DocumentKind) -> SalesDocument:
        """What became of all of another on the same day."""
        with clock.fixed(self._at(source)):
            lines = [copying.line(each) for each in self._lines[source.number]]
            return self._keep(copying.head(source, kind, BY), lines)

    def _keep(self, document: SalesDocument, lines: list[SalesLine]) -> SalesDocument:
        document.number = next(self._keys[SalesDocument])
        for place, line in enumerate(lines):
            line.number, line.document, line.place = next(self._keys[SalesLine]), document.number, place
        drafts.reckoned(document, lines)
        self._documents.append(document)
        self._lines[document.number] = lines
        return document

    def issue(self, document: SalesDocument, state: State) -> SalesDocument:
        """It is issued; which number it gets is seen once all are there."""
        document.state, document.issued_on, document.issued_by = state.value, self._at(document), BY
        if document.what == INVOICE and state is State.OPEN:
            document.open_amount = document.total
        return document

    def _at(self, document: SalesDocument) -> datetime:
        return self._now - (self._now.date() - document.dated)  # type: ignore[operator]

    def pay(self, invoice: SalesDocument, amount: int, days: int) -> None:
        """So much of it came in."""
        if not amount:
            return
        at = self._now - timedelta(days=days)
        self._paid.append({"document": invoice.number, "paid_on": at.date(), "amount": amount, "by": BY,
                           "means": "Bank transfer", "entered": at})  # fmt: skip
        invoice.paid, invoice.open_amount = amount, int(invoice.total or 0) - amount
        if not invoice.open_amount:
            invoice.state = State.PAID.value

    def write(self) -> None:
        """All of it at once."""
        self._number()
        self._move()
        lines = [line for held in self._lines.values() for line in held]
        _insert(SalesDocument, [held.__data__ for held in self._documents], list(map(self._at, self._documents)))
        _insert(SalesLine, [line.__data__ for line in lines])
        _insert(Payment, self._paid)
        _insert(StockMove, self._moved)

    def _number(self) -> None:
        """One after the other in each kind and year, by their day."""
        given = Counter[tuple[str, int]]()
        for document in sorted(self._documents, key=lambda each: (each.dated, each.number)):
            if document.is_issued:
                with clock.fixed(self._at(document)):
                    kind, year = DocumentKind(document.what), clock.today().year
                    given[kind.value, year] += 1
                    document.year, document.count = year, given[kind.value, year]
                    document.document_no = selling.next_number(kind, BY, count=document.count)
        for (what, year), last in given.items():
            NumberCircle(what=what, year=year, last=last).save()

    def _move(self) -> None:
        """Goods go out with an invoice and come back with a credit note."""
        goods = {each.number: each for each in Product.select().where(~Product.service)}
        for document in self._documents:
            sign = issuing.GOES_OUT.get(DocumentKind(document.what), 0)
            for line in self._lines[document.number] if sign else ():
                if (held := goods.get(line.__data__["product"])) is not None:
                    quantity = sign * int(line.quantity or 0)
                    held.in_stock = (held.in_stock or 0) + quantity
                    self._moved.append({"product": held.number, "quantity": quantity, "moved": document.issued_on,
                                        "by": BY, "document": document.caption(), "line": line.number})  # fmt: skip
        work.current().save_many(goods.values())


def _insert(record: type[Record], values: Sequence[dict[str, Any]], moments: Sequence[datetime] = ()) -> None:
    """At once, though each as if at its own moment, where there are some."""
    many, name, rows = bulk.Many(record), work.key_field(record).name, []
    for held, moment in zip(values, moments or [clock.now()] * len(values), strict=True):
        with clock.fixed(moment):
            rows.append(many.row({key: value for key, value in held.items() if key != name}))
    keys = [held[name] for held in values if name in held] or bulk.reserve(record, len(rows))
    many.insert(work.current(), rows, keys)


def _ordered(dice: random.Random, whom: Iterator[Account], products: list[Product]) -> None:
    """Orders that are billed in part or not at all, and what was bought for one of them."""
    now = clock.now()
    with clock.fixed(now - timedelta(days=8)):
        order = issuing.issue(_saved(ORDER, dice, next(whom), products).number, BY)
        first = drafts.lines(order.number, BY)[0]
        flow.to_invoice(order.number, BY, {first.number: int(first.quantity or 0)})
    with clock.fixed(now - timedelta(days=5)):
        order = issuing.issue(_saved(ORDER, dice, next(whom), products[:5]).number, BY)
        for each in flow.to_purchase_orders(order.number, BY)[:1]:
            bought = issuing.issue(each.number, BY)
    with clock.fixed(now - timedelta(days=1)):
        flow.receive(bought.number, BY)


def _saved(kind: DocumentKind, dice: random.Random, account: Account, products: list[Product]) -> SalesDocument:
    return drafts.save(*_begun(kind, dice, account, products), BY)


def _begun(
    kind: DocumentKind, dice: random.Random, account: Account, products: list[Product]
) -> tuple[SalesDocument, list[SalesLine]]:  # fmt: skip
    contact = Contact.select().where(Contact.customer == account.customer).order_by(Contact.number).first()
    chosen = dice.sample(products, 3)
    held = drafts.start(kind, BY, account=account.number, contact=contact.number if contact else None)
    held.subject, held.owner = f"{chosen[0].name} and more", account.owner or BY
    held.opening = OPENING if kind == QUOTE else ""
    return held, [drafts.line_for(each.number, held, dice.choice((1, 5, 12, 40)) * 1_000, BY) for each in chosen]
