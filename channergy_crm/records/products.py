"""What the office sells: goods and services, their prices, where they come from and what is in stock (VT-7, VT-142)."""

from __future__ import annotations

from enum import StrEnum

from channergy_crm.errors import Mistake
from channergy_crm.fields import (
    Date,
    Flag,
    Imported,
    Link,
    LongText,
    Lookup,
    Moment,
    Money,
    OneOf,
    Quantity,
    Rate,
    RecordNumber,
    Reference,
    SearchText,
    Text,
)
from channergy_crm.language import N_, _, quoted
from channergy_crm.records.vendors import Vendor
from channergy_crm.text.folding import fold
from channergy_crm.work.about import ADMINISTRATORS, About, Called, Values
from channergy_crm.work.record import Extra, Record

BETWEEN = ">"
"""stands between a category and the one inside it"""


class NoTax(StrEnum):
    """Why nothing is taken; the value is stored."""

    EXEMPT = "exempt"
    REVERSE = "reverse"
    WITHIN = "within"
    EXPORT = "export"
    SMALL = "small"


NO_TAX: dict[str, str] = {
    NoTax.EXEMPT: N_("exempt"),
    NoTax.REVERSE: N_("reverse charge"),
    NoTax.WITHIN: N_("within the European Union"),
    NoTax.EXPORT: N_("export"),
    NoTax.SMALL: N_("small business"),
}


class TaxClass(Record):
    """How a product is taxed: a rate, and the one that takes its place from a day on."""

    number = RecordNumber("Tax Class #", column_name="TaxClassNo")
    name = Text("Name", column_name="Name", required=True, limit=40)
    rate = Rate("Rate %", column_name="Rate", required=True)
    new_rate = Rate("New Rate %", column_name="NewRate")
    new_from = Date("From", column_name="NewRateDt")
    no_tax = OneOf("Why No Tax", column_name="NoTax", words=NO_TAX)
    """of a class whose rate is nothing: it stands on paper, and in an e-invoice"""
    standard = Flag("Usual", column_name="IsStandard")
    retired = Flag("Retired", column_name="IsRetired")

    singular = "Tax class"
    plural = "Tax classes"
    about = About(called=Called(("name",)), rights=ADMINISTRATORS)

    class Meta:
        table_name = "CRMTaxClasses"

    def caption(self) -> str:
        return quoted(self.name or "")

    def rate_on(self, day: object) -> int:
        """What is taken on a day, in hundredths of a percent."""
        changed = self.new_from is not None and self.new_rate is not None and day is not None and day >= self.new_from  # type: ignore[operator]
        return int((self.new_rate if changed else self.rate) or 0)


class LinkToTaxClass(Link):
    """To a tax class; people read and write its name."""

    edited_by = "few"
    shown_as = "said"
    compared_as = "value"
    numeric = False
    reads_names = True

    def offered(self) -> list[tuple[object, str]]:
        """Those that are not retired, the usual one first."""
        asked = TaxClass.select().where(~TaxClass.retired).order_by(TaxClass.standard.desc(), TaxClass.number)
        return [(each.number, f"{each.name} ({each.kind('rate').show(each.rate)} %)") for each in asked]

    def show(self, value: object) -> str:
        held = TaxClass.find(int(str(value))) if value is not None else None
        return held.name if held is not None else "" if value is None else str(value)

    def read(self, text: str) -> int | None:
        wanted = fold(text.strip())
        if not wanted:
            return None
        for each in TaxClass.select().order_by(TaxClass.retired, TaxClass.number):
            if wanted in (fold(each.name), str(each.number)):
                return int(each.number)
        raise Mistake(_("There is no tax class “{name}”.").format(name=text.strip()), self.name)


class Stock(Quantity):
    """How much there is: undo of a move takes just this move away again, whatever has come and gone since (VT-7)."""

    grown = staticmethod(lambda before, then, now: (now or 0) - (then or 0) + (before or 0))


def product_names(code: str, name: str) -> tuple[str, ...]:
    """By its name, and by its code."""
    return name, code


class Spent(Money):
    """What something costs the office, as it is known of its product: a role that hides it there shows it nowhere."""

    hidden_with: tuple[str, ...] = ("CRMProducts",)


class Product(Record):
    """Something the office sells: goods, of which there may be some in stock, or a service (VT-142)."""

    number = RecordNumber("Product #", column_name="ProductNo")
    code = Text("Product Code", column_name="ProductCode", searched=True, folded=True, width=12, limit=40,
                synonyms="product code, code, sku, part number, article number, item number, Artikelnr")  # fmt: skip
    name = Text("Product Name", column_name="ProductName", required=True, searched=True, folded=True, width=36,
                limit=250, synonyms="product, product name, item, item name, service name, Artikel")  # fmt: skip
    category = Text("Category", column_name="Category", searched=True, suggested=True, limit=200, width=24,
                    hint="Candles > Gift sets",
                    synonyms="product category, series, product line, Kategorie, Warengruppe")  # fmt: skip
    description = LongText("Description", column_name="Description")
    service = Flag("Service", column_name="IsService", width=10)
    unit = Lookup("Unit", column_name="Unit", width=10, synonyms="usage unit, uom, Einheit")
    list_price = Money("List Price", column_name="ListPrice", negative=False,
                       synonyms="unit price, sales price, price, Preis, Verkaufspreis")  # fmt: skip
    cost = Money("Cost", column_name="Cost", negative=False, synonyms="purchase cost, cost price, Einkaufspreis")
    tax = LinkToTaxClass(TaxClass, "Tax Class", column_name="TaxClassNo", width=16)
    vendor = Link(Vendor, "Vendor", column_name="VendorNo", index=True, width=24)
    in_stock = Stock("In Stock", column_name="InStock", system=True)
    reorder_at = Quantity("Reorder At", column_name="ReorderAt", least=0)
    notes = LongText("Notes", column_name="Notes")
    inactive = Flag("Inactive", column_name="IsInactive", width=10)
    created_on = Date("Create Dt", column_name="CreateDt", past=True, system=True)
    last_activity = Moment("Last Activity Dt", column_name="LastActivityDt", touched=True)
    imported = Imported("Imported #", synonyms="product id, product no, product number, article id")
    search_text = SearchText()

    singular = "Product"
    plural = "Products"
    about = About(
        icon="product", title=("code", "name"), detail=("category",), standing=("inactive",), target="product",
        screen="products", page=True, known_by=("code", "name"), signs=lambda values: _product_signs(values),
        usually="Product code, or the name where there is none", extendable=True, documents=True,
        called=Called(("code", "name"), product_names, new="name"), rank=50,
    )  # fmt: skip

    class Meta:
        table_name = "CRMProducts"

    def caption(self) -> str:
        return self.name or _("Product {number}").format(number=self.number)

    @classmethod
    def declared_extras(cls) -> dict[str, Extra]:
        name = Vendor.select(Vendor.name).where(Vendor.number == cls.vendor)
        return {"vendor_name": Extra("Vendor", name, width=26)}


Product.add_index(Product.kind("code_folded"), name="CRMProducts_code")
Product.add_index(Product.kind("name_folded"), name="CRMProducts_name")


def _product_signs(values: Values) -> list[str]:
    code, name = fold(str(values.get("code") or "")), fold(str(values.get("name") or ""))
    return [f"\n{code}"] if code else [name]


class ProductVendor(Record):
    """That a vendor has a product: their number of it, and what it costs there. It is a part of the product."""

    number = RecordNumber("Product Vendor #", column_name="ProductVendorNo")
    product = Link(Product, "Product", column_name="ProductNo", required=True, index=True, along=True, width=30)
    vendor = Link(Vendor, "Vendor", column_name="VendorNo", required=True, index=True, width=30)
    their_code = Text("Their Number", column_name="VendorCode", width=16, limit=60)
    cost = Spent("Cost", column_name="Cost", negative=False)
    least = Quantity("Smallest Quantity", column_name="LeastQuantity", least=0)
    days = Text("Delivery Time", column_name="DeliveryTime", width=16, limit=60)

    singular = "Vendor of a product"
    plural = "Vendors of products"
    about = About(known_by=("product", "vendor"), usually="Product and vendor", rights="CRMProducts", rank=54)

    class Meta:
        table_name = "CRMProductVendors"
        indexes = ((("product", "vendor"), True),)

    @classmethod
    def declared_extras(cls) -> dict[str, Extra]:
        product = Product.select(Product.name).where(Product.number == cls.product)
        vendor = Vendor.select(Vendor.name).where(Vendor.number == cls.vendor)
        return {"product_name": Extra("Product", product, width=34), "vendor_name": Extra("Vendor", vendor, width=34)}


class PriceBook(Record):
    """Prices that hold for some: in a currency, for a group of customers, for a time (VT-142)."""

    number = RecordNumber("Price Book #", column_name="PriceBookNo")
    name = Text("Price Book Name", column_name="PriceBookName", required=True, searched=True, width=30, limit=120,
                synonyms="price book, price list, Preisliste, Preisbuch")  # fmt: skip
    currency = Lookup("Currency", column_name="Currency", table="All", width=8)
    group = Lookup("Customer Group", column_name="CustomerGroup", table="CRMAccounts", of="Type", tells=True)
    first_day = Date("Valid From", column_name="ValidFromDt")
    last_day = Date("Valid To", column_name="ValidToDt")
    inactive = Flag("Inactive", column_name="IsInactive", width=10)
    notes = LongText("Notes", column_name="Notes")
    created_on = Date("Create Dt", column_name="CreateDt", past=True, system=True)
    last_activity = Moment("Last Activity Dt", column_name="LastActivityDt", touched=True)
    search_text = SearchText()

    singular = "Price book"
    plural = "Price books"
    about = About(
        icon="price_book", title=("name",), detail=("group",), standing=("inactive",), target="price_book",
        screen="price_books", page=True, known_by=("name",), usually="Name", extendable=True, documents=True,
        called=Called(("name",), new="name"), rights="CRMProducts", rank=51,
    )  # fmt: skip

    class Meta:
        table_name = "CRMPriceBooks"

    def caption(self) -> str:
        return self.name or _("Price book {number}").format(number=self.number)


class Price(Record):
    """What a product costs in a price book, from a quantity on. It is a part of the book."""

    number = RecordNumber("Price Entry #", column_name="PriceNo")
    book = Link(PriceBook, "Price Book", column_name="PriceBookNo", required=True, along=True, width=30)
    product = Link(Product, "Product", column_name="ProductNo", required=True, index=True, along=True, width=30)
    quantity = Quantity("From Quantity", column_name="FromQuantity", least=0, default=0, width=14)
    price = Money("Price", column_name="Price", required=True, negative=False)

    singular = "Price"
    plural = "Prices"
    about = About(known_by=("book", "product", "quantity"), usually="Price book, product and quantity",
                  rights="CRMProducts", rank=55)  # fmt: skip

    class Meta:
        table_name = "CRMPrices"
        indexes = ((("book", "product", "quantity"), True),)

    @classmethod
    def declared_extras(cls) -> dict[str, Extra]:
        product = Product.select(Product.name).where(Product.number == cls.product)
        code = Product.select(Product.code).where(Product.number == cls.product)
        book, group = (
            PriceBook.select(field).where(PriceBook.number == cls.book) for field in (PriceBook.name, PriceBook.group)
        )
        return {
            "product_name": Extra("Product", product, width=34),
            "product_code": Extra(N_("Product Code"), code, width=12),
            "book_name": Extra(N_("Price Book"), book, width=30),
            "group": Extra(N_("Customer Group"), group, width=18),
        }


class StockMove(Record):
    """That some of a product came in or went out: with a document, or by a correction with its reason."""

    number = RecordNumber("Stock Move #", column_name="StockMoveNo")
    product = Link(Product, "Product", column_name="ProductNo", required=True, index=True, along=True, width=30)
    quantity = Quantity("Quantity", column_name="Quantity", required=True)
    moved = Moment("Moved", column_name="MovedDt", system=True)
    by = Text("Operator", column_name="OperatorID", system=True, limit=60, width=10)
    reason = Text("Reason", column_name="Reason", limit=250, width=36)
    document = Text("Document", column_name="DocumentNo", system=True, limit=60, width=16)
    line = Reference("SalesLine", "Line", column_name="SalesLineNo", index=True)

    singular = "Stock move"
    plural = "Stock moves"
    about = About(internal=True, rights="CRMProducts")

    class Meta:
        table_name = "CRMStockMoves"
