"""What the sample office sells and to whom: products, prices, vendors, and documents at every stage (VT-142, VT-86)."""
# unsaid file: sample data

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from channergy_crm import clock, work
from channergy_crm.demo import sales_documents
from channergy_crm.records import (
    Price,
    PriceBook,
    Product,
    ProductVendor,
    StockMove,
    TaxClass,
    Vendor,
    VendorContact,
)

if TYPE_CHECKING:
    import random

BY = "ADMIN"
VENDORS = (
    ("Northern Wax Company", "Goods", "218-555-0110", "orders@northernwax.example", "400 Harbor Road", "Duluth", "MN",
     "55802", "Rita", "Solberg"),
    ("Paper & Print House", "Goods", "414-555-0144", "desk@paperprint.example", "9 Mill Lane", "Milwaukee", "WI",
     "53202", "Owen", "Clarke"),
    ("Lakeland Freight", "Freight", "312-555-0177", "booking@lakelandfreight.example", "77 Dock Street", "Chicago",
     "IL", "60607", "Dana", "Whitfield"),
)  # fmt: skip
PRODUCTS = (
    ("CS-204", "Candle set “Harvest”", "Candles > Sets", False, "set", 24_00, 13_80, True, 0, 412_000),
    ("CS-210", "Candle set “Winter”", "Candles > Sets", False, "set", 28_00, 15_90, True, 0, 180_000),
    ("CP-020", "Pillar candle, 20 cm", "Candles > Single", False, "piece", 6_40, 2_95, True, 0, 2_350_000),
    ("GB-010", "Gift box, two colors", "Packaging", False, "piece", 3_20, 1_65, True, 1, 1_900_000),
    ("GB-012", "Gift ribbon", "Packaging", False, "m", 45, 18, True, 1, 3_200_500),
    ("SV-003", "Printing the logo", "Services", True, "lot", 240_00, 120_00, False, 1, None),
    ("SV-011", "Storage", "Services", True, "month", 90_00, 40_00, False, None, None),
    ("SV-001", "Delivery, pallet", "Services > Freight", True, "pallet", 180_00, 139_00, True, 2, None),
    ("SV-020", "Advice in the shop", "Services", True, "hour", 85_00, None, True, None, None),
)  # fmt: skip
"""code, name, category, service, unit, price, cost, taxed, by which vendor, in stock"""
RATE = 8_25


def add(dice: random.Random) -> None:
    """Products with their vendors and prices, and what was sold of them."""
    with work.unit("Enter what we sell", by=BY):
        taxed, untaxed = TaxClass.select().order_by(TaxClass.number)
        taxed.rate = RATE
        taxed.save()
        vendors = [_vendor(*each) for each in VENDORS]
        products = [_product(taxed, untaxed, vendors, *each) for each in PRODUCTS]
        _prices(products)
    sales_documents.add(dice, products)


def _vendor(
    name: str, kind: str, phone: str, email: str, address: str, city: str, state: str, code: str, first: str, last: str
) -> Vendor:
    held = Vendor(name=name, type=kind, phone=phone, email=email, address=address, city=city, state=state,
                  postal_code=code, country="USA", owner="ANN", days_to_pay=30, our_number=f"C-{len(name)}40",
                  created_on=clock.today() - timedelta(days=300))  # fmt: skip
    held.save()
    VendorContact(vendor=held, first_name=first, last_name=last, title="Sales", phone=phone, email=email).save()
    return held


def _product(
    taxed: TaxClass, untaxed: TaxClass, vendors: list[Vendor], code: str, name: str, category: str, service: bool,
    unit: str, price: int, cost: int | None, with_tax: bool, vendor: int | None, stock: int | None,
) -> Product:  # fmt: skip
    held = Product(code=code, name=name, category=category, service=service, unit=unit, list_price=price, cost=cost,
                   tax=(taxed if with_tax else untaxed).number, in_stock=stock, reorder_at=200_000 if stock else None,
                   vendor=vendors[vendor].number if vendor is not None else None,
                   created_on=clock.today() - timedelta(days=290))  # fmt: skip
    held.save()
    if stock:
        StockMove(product=held, quantity=stock, moved=clock.now() - timedelta(days=280), by=BY, reason="Counted").save()
    if vendor is not None:
        ProductVendor(product=held, vendor=vendors[vendor], their_code=f"{code[3:]}/{code[:2]}", cost=cost,
                      days="5 days").save()  # fmt: skip
    return held


def _prices(products: list[Product]) -> None:
    retail = PriceBook(name="Large quantities", notes="For everybody, from a quantity on.",
                       created_on=clock.today() - timedelta(days=200))  # fmt: skip
    dealers = PriceBook(name="Dealers", group="Customer", currency="USD", created_on=clock.today() - timedelta(days=90),
                        first_day=clock.today() - timedelta(days=90))  # fmt: skip
    for book in (retail, dealers):
        book.save()
    for held in products[:5]:
        for quantity, share in ((100_000, 95), (500_000, 90)):
            Price(book=retail, product=held, quantity=quantity, price=(held.list_price or 0) * share // 100).save()
        Price(book=dealers, product=held, quantity=0, price=(held.list_price or 0) * 92 // 100).save()
