"""What somebody means who types a product into a line: found by its code or any part of its name, with what there is of
it (VT-142).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from channergy_crm.records.products import Product, TaxClass
from channergy_crm.services import linking, rights
from channergy_crm.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

SHOWN = 20
AT_ONCE = 400
"""numbers in one question to the store"""


class Offered(NamedTuple):
    """A product that may be meant."""

    number: int
    code: str
    name: str
    unit: str
    price: int | None
    in_stock: int | None
    """None for a service, and where nobody counts"""


class Stock(NamedTuple):
    """How much there is of a product; None where it is not kept in stock."""

    in_stock: int | None


def find(text: str, by: str, limit: int = SHOWN) -> list[Offered]:
    """The products in which all these words stand; those whose code begins so come first."""
    rights.require(by, "see", Product)
    wanted = fold(text.strip())
    if not wanted:
        return []
    folded: Any = Product.kind("code_folded")
    coded = rights.rows(Product, by).where(folded.startswith(wanted) & ~Product.inactive)
    held = {each.number: each for each in coded.order_by(folded, Product.number).limit(limit)}
    if len(held) < limit:
        keys = [each.key for each in linking.candidates(Product, text, by, limit, ~Product.inactive)]
        rest = {each.number: each for each in rights.rows(Product, by).where(Product.number.in_(keys))}
        held |= {key: rest[key] for key in keys if key in rest and key not in held}
    return [_offered(each) for each in list(held.values())[:limit]]


def with_codes(codes: Collection[str], by: str) -> dict[str, int]:
    """The products that have just these codes, by the folded code; of two with the same one the first."""
    rights.require(by, "see", Product)
    wanted = sorted({fold(code) for code in codes if code.strip()})
    folded: Any = Product.kind("code_folded")
    found: dict[str, int] = {}
    for at in range(0, len(wanted), AT_ONCE):
        asked = rights.rows(Product, by).where(folded.in_(wanted[at : at + AT_ONCE]) & ~Product.inactive)
        for each in asked.order_by(Product.number.desc()):
            found[fold(each.code)] = each.number
    return found


def stock_of(products: Collection[int], by: str) -> dict[int, Stock]:
    """How much there is of each of these."""
    rights.require(by, "see", Product)
    numbers, found = sorted(products), {}
    for at in range(0, len(numbers), AT_ONCE):
        for each in rights.rows(Product, by).where(Product.number.in_(numbers[at : at + AT_ONCE])):
            found[each.number] = Stock(None if each.service else each.in_stock)
    return found


def rates(day: date, by: str) -> dict[str, int]:
    """What is taken on a day, in hundredths of a percent, by the folded name of the tax class."""
    rights.require(by, "see", Product)
    return {fold(each.name or ""): each.rate_on(day) for each in TaxClass.select().where(~TaxClass.retired)}


def usual_rate(day: date, by: str) -> int | None:
    """What is usually taken on a day; None where the office has said nothing."""
    rights.require(by, "see", Product)
    held = TaxClass.select().where(TaxClass.standard & ~TaxClass.retired).order_by(TaxClass.number).first()
    return held.rate_on(day) if held is not None else None


def _offered(product: Product) -> Offered:
    return Offered(product.number, product.code or "", product.name or "", product.unit or "", product.list_price,
                   None if product.service else product.in_stock)  # fmt: skip
