"""Which price of a product applies, and why: of a chosen price book, of the customer's group, of all, or the list
price (VT-142).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from channergy_crm.language import _
from channergy_crm.records.products import Price, PriceBook, Product
from channergy_crm.services import rights
from channergy_crm.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from channergy_crm.records import Account

CHOSEN, OF_GROUP, OF_ALL = range(3)
"""whose price goes before whose"""


class Found(NamedTuple):
    """A price in cents, the sentence why it is this one, and the price book it stands in."""

    price: int | None
    why: str
    book: int | None = None


class Holding(NamedTuple):
    """A price a product has in a book, and whom it is for."""

    price: Price
    book: PriceBook
    rule: str


def price_for(
    product: Product, quantity: int, day: date, by: str, *, account: Account | None = None, currency: str = "",
    book: int | None = None,
) -> Found:  # fmt: skip
    """What so much of a product costs somebody on a day; the quantity is in thousandths."""
    rights.require(by, "see", product)
    group = fold((account.type if account is not None else "") or "")
    fitting = [
        (rank, -int(price.quantity or 0), int(price.price or 0), int(price.number), price, held)
        for price, held in _prices(product)
        if holds(held, day, currency) and (price.quantity or 0) <= quantity and price.price is not None
        for rank in _rank(held, group, book)
    ]
    if not fitting:
        return Found(product.list_price, _("List price") if product.list_price is not None else _("No price"))
    *_order, price, held = min(fitting, key=lambda each: each[:4])
    return Found(price.price, _why(product, price, held), held.number)


def holds(book: PriceBook, day: date, currency: str = "") -> bool:
    """Whether the prices of a book are taken on a day, in a currency."""
    begun = book.first_day is None or book.first_day <= day
    over = book.last_day is not None and book.last_day < day
    return begun and not over and not book.inactive and fold(book.currency or "") in ("", fold(currency))


def holding(product: Product, day: date, by: str) -> list[Holding]:
    """Every price of a product that is taken on a day, in whatever currency, by book and quantity."""
    rights.require(by, "see", product)
    rows = [(price, book) for price, book in _prices(product) if holds(book, day, book.currency or "")]
    rows.sort(key=lambda row: (fold(row[1].name or ""), row[1].number, row[0].quantity or 0))
    return [Holding(price, book, rule(price, book)) for price, book in rows]


def rule(price: Price, book: PriceBook) -> str:
    """Whom a price is for, and from which quantity on."""
    whom = _("Group {group}").format(group=book.group) if book.group else _("Everybody")
    if not price.quantity:
        return whom
    return _("{whom}, from {quantity}").format(whom=whom, quantity=Price.kind("quantity").show(price.quantity))


def _rank(book: PriceBook, group: str, chosen: int | None) -> Iterable[int]:
    if chosen is not None and book.number == chosen:
        yield CHOSEN
    elif not book.group:
        yield OF_ALL
    elif group and fold(book.group) == group:
        yield OF_GROUP


def _prices(product: Product) -> Sequence[tuple[Price, PriceBook]]:
    """The prices of a product with their books."""
    if product.is_new:
        return []
    asked: Any = Price.select(Price, PriceBook).join(PriceBook).where(Price.product == product.number)
    return [(each, each.book) for each in asked]


def _why(product: Product, price: Price, book: PriceBook) -> str:
    name = book.caption()
    if price.quantity:
        name = _("{book}, from {quantity}").format(book=name, quantity=Price.kind("quantity").show(price.quantity))
    kind = Price.kind("price")
    if product.list_price is None or product.list_price == price.price:
        return _("{rule}: {price}").format(rule=name, price=kind.show(price.price))
    return _("{rule}: {price} instead of {list_price}").format(
        rule=name, price=kind.show(price.price), list_price=kind.show(product.list_price)
    )
