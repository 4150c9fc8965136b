"""The office on the first morning: people, products at two rates of tax, price books, vendors, customers, deals."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from channergy_crm import clock, work
from channergy_crm.records import Price, PriceBook, Product, ProductVendor, TaxClass, Vendor
from channergy_crm.services import groups, office
from channergy_crm.services.home import arranging
from channergy_crm.settings import BRIDGE, POP_UP, SALES_DUE_DAYS, Station
from channergy_crm.store.database import open_database
from tests import made
from tests.journeys.month.plan import FIRST, PEOPLE, Size
from tests.secured import secure

if TYPE_CHECKING:
    from fractions import Fraction
    from pathlib import Path

    from tests.journeys.month.book import Book

BY = "ADMIN"
DUE_DAYS = 14
BLOCKS = ("top_quotes", "top_sales_orders", "top_purchase_orders", "top_invoices", "due_by_age")
WHOLESALE = "Wholesale"


class Ware(NamedTuple):
    """A product: what is typed to find it, list price and cost in cents, rate of tax, by which vendor, in stock."""

    code: str
    name: str
    price: int
    cost: int
    rate: int
    vendor: int | None
    stock: int | None


WARES = (
    Ware("CS-204", "Harvest candle set", 24_00, 13_80, 825, 0, 4_120),
    Ware("CP-020", "Pillar candle", 6_40, 2_95, 825, 0, 9_000),
    Ware("GB-010", "Gift box", 3_20, 1_65, 825, 1, 9_000),
    Ware("RB-012", "Ribbon", 45, 18, 210, 1, 32_000),
    Ware("BK-001", "Book of wicks", 19_99, 8_00, 210, 1, 3_000),
    Ware("SV-003", "Printing the logo", 240_00, 120_00, 0, None, None),
    Ware("SV-020", "Advice in the shop", 85_33, 30_00, 825, None, None),
)
BY_CODE = {ware.code: ware for ware in WARES}
PRICES = {
    ("", 100): {"CS-204": 22_50, "CP-020": 5_90, "GB-010": 2_95},
    (WHOLESALE, 0): {"CS-204": 20_00, "BK-001": 15_55},
    (WHOLESALE, 200): {"CS-204": 18_25, "CP-020": 4_45, "RB-012": 31},
}
"""by the group of customers (none: everybody) and from which quantity on"""


def price(code: str, quantity: Fraction, group: str) -> int:
    """What so much of a product costs a customer: of their group first, then of everybody, the largest that fits."""
    for whose in (group, "") if group else ("",):
        fitting = [least for (of, least), held in PRICES.items() if of == whose and code in held and least <= quantity]
        if fitting:
            return PRICES[whose, max(fitting)][code]
    return BY_CODE[code].price


def furnish(url: str, folder: Path, size: Size, held: Book) -> None:
    """Make it in an empty office. A workstation pops nothing up: it would come whenever a deed takes long enough."""
    Station().set(BRIDGE, "copy_only")
    Station().set(POP_UP, False)
    there = open_database(url)
    try:
        with clock.fixed(datetime.combine(FIRST - timedelta(days=1), time(18))):
            secure(folder, **{by: role for by, role in PEOPLE.items() if role})
            groups.create("SALES", "Sales", BY)
            groups.let_in("SALES", [by for by in PEOPLE if by != BY], BY)
            office.choose(SALES_DUE_DAYS, str(DUE_DAYS), BY)
            _wares()
            for by in size.sellers:
                _work_of(by, size, held)
    finally:
        there.close()


def blocks(url: str, people: list[str]) -> None:
    """Their Home shows what is open, as soon as there is something of it."""
    there = open_database(url)
    try:
        for by in people:
            arranging.arrange([BLOCKS[:2], BLOCKS[2:4], BLOCKS[4:]], by)
    finally:
        there.close()


def _wares() -> None:
    with work.unit("Enter what we sell", by=BY):
        standard, none = TaxClass.select().order_by(TaxClass.number)
        standard.rate = 825
        standard.save()
        taxes = {825: standard, 0: none, 210: TaxClass.create(name="Reduced", rate=210)}
        vendors = [
            Vendor.create(name=name, days_to_pay=30, owner=BY) for name in ("Northern Wax", "Paper & Print House")
        ]
        wares: dict[str, Any] = {}
        for ware in WARES:
            bought = vendors[ware.vendor] if ware.vendor is not None else None
            wares[ware.code] = Product.create(
                code=ware.code, name=ware.name, service=ware.stock is None, unit="piece", list_price=ware.price,
                cost=ware.cost, tax=taxes[ware.rate], vendor=bought,
                in_stock=None if ware.stock is None else ware.stock * 1_000,
            )  # fmt: skip
            if bought is not None:
                ProductVendor.create(
                    product=wares[ware.code], vendor=bought, their_code=f"V{ware.code}", cost=ware.cost
                )
        for group in ("", WHOLESALE):
            name = f"For {group or 'everybody'}"
            book = PriceBook.create(name=name, currency="USD", group=group)
            for (of, least), prices in PRICES.items():
                for code, cents in prices.items() if of == group else ():
                    Price.create(book=book, product=wares[code], quantity=least * 1_000, price=cents)


def _work_of(by: str, size: Size, held: Book) -> None:
    for _deal in range(-(-size.counts["write_quote"] // len(size.sellers))):
        number = held.next()
        group = WHOLESALE if number % 2 else ""
        account = made.account(f"Quay {number:03}", by, type=group, bill_address=f"{number} Harbor Road",
                               bill_city="Duluth", bill_state="MN", bill_postal_code="55802")  # fmt: skip
        deal = made.opportunity(account, f"Deal {number:03}", stage="Offer", amount=1_000_00)
        held.deals.setdefault(by, []).append(deal.number)
        held.accounts.setdefault(by, []).append(account.number)
