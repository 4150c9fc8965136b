"""Prices of one book taken over into another, dearer or cheaper (VT-142)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from channergy_crm import work
from channergy_crm.errors import Mistake
from channergy_crm.language import _
from channergy_crm.money.totals import rounded
from channergy_crm.records.products import Price, PriceBook
from channergy_crm.services import rights
from channergy_crm.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

WHOLE = 100_00
"""a hundred percent, in hundredths of one"""
MOST = 1_000_00
"""nobody means more percent than that"""


def others(book: int, by: str) -> Sequence[PriceBook]:
    """The books whose prices can be taken over into one, by name."""
    rights.require(by, "see", PriceBook)
    rows = rights.rows(PriceBook, by).where(PriceBook.number != book)
    return sorted(rows, key=lambda row: (fold(row.name or ""), row.number))


def copy_prices(source: int, target: int, percent: int, by: str) -> int:
    """Put all prices of a book into another, so many hundredths of a percent dearer or, below nothing, cheaper.

    What stands in the other for the same product and quantity is replaced; one undo takes all of it back. How many.
    """
    rights.require(by, "edit", PriceBook)
    if not -WHOLE <= percent <= MOST:
        raise Mistake(_("Give a share between -100 and 1,000 percent."), "percent")
    into = PriceBook.find(target)
    if into is None or PriceBook.find(source) is None or source == target:
        raise Mistake(_("Choose the price book whose prices are taken over."), "book")
    rows: Any = list(Price.select().where((Price.book == source) & Price.price.is_null(False)).order_by(Price.number))
    asked: Any = Price.select().where(Price.book == target)
    held = {(each.__data__["product"], each.quantity or 0): each for each in asked}
    with work.unit("Copy prices to {name}", by=by, name=into.caption()):
        for row in rows:
            key = (row.__data__["product"], row.quantity or 0)
            price = held.get(key) or Price(book=target, product=key[0], quantity=key[1])
            price.price = rounded(row.price * (WHOLE + percent), WHOLE)
            price.save()
    return len(rows)
