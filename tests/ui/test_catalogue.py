"""The tabs Products, Price books and Vendors by menu and by key (VT-142, VT-106, VT-7)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtGui import QAction

from channergy_crm import work
from channergy_crm.records import Price, PriceBook, Product, StockMove, Vendor, VendorContact
from tests.ui.hands import CTRL, KEY
from ui.pages.catalogue.page import PriceBooksPage, VendorsPage
from ui.pages.catalogue.products import ProductsPage
from ui.pages.catalogue.stock_dialog import StockDialog
from ui.shell.menu import Menu
from ui.shell.selection_menu import ways

if TYPE_CHECKING:
    from tests.ui.hands import Hands

pytestmark = [pytest.mark.engines("sqlite"), pytest.mark.usefixtures("fixed_clock")]
BY = "ADMIN"


def kept(record: Any) -> Any:
    with work.unit("Make", by=BY):
        record.save()
    return record


def test_vt142_vt43_the_menu_opens_the_list_and_the_plus_makes_a_product(hands: Hands) -> None:
    found = [way.name for way in ways(hands.window.findChild(Menu)) if way.group == "Selling"]
    assert {"Products", "Price books", "Vendors"} <= set(found)
    hands.window.findChild(QAction, "main.products").trigger()
    hands.bot.waitUntil(lambda: hands.here() == "products")
    hands.reads("products", "name", [])
    hands.click("products.create")
    hands.fill("products.name", "Candle")
    hands.fill("products.list_price", "24.00")
    hands.press(KEY.Key_S, CTRL)
    hands.reads("products", "name", ["Candle"])
    assert Product.get().list_price == 24_00


def test_vt142_category_narrows_the_list_and_a_product_shows_its_prices_and_stock(hands: Hands) -> None:
    held = kept(Product(name="Candle", category="A > B"))
    kept(Product(name="Ribbon", category="C"))
    kept(Price(product=held, book=kept(PriceBook(name="Dealers")), price=20_00))
    hands.window.session.go_to("product", held.number)
    hands.reads("products", "name", ["Candle", "Ribbon"])
    page: ProductsPage = hands.window.findChild(ProductsPage)
    assert page.branches is not None
    page.branches.choice.set_value("A")
    page.branches.choice.changed.emit()
    hands.reads("products", "name", ["Candle"])
    page.tabs.setCurrentIndex(1)
    hands.reads("products.prices", "price", ["20.00"])
    page.tabs.setCurrentIndex(3)
    dialog = StockDialog(held, hands.window.session, page)
    dialog.on_hand.set_value(5_000)
    dialog.accept()
    assert StockMove.select().count() == 0, "a reason is asked for"
    dialog.reason.setText("Counted")
    dialog.accept()
    hands.reads("products.stock", "reason", ["Counted"])


def test_vt142_price_book_shows_its_prices_and_vendor_its_contacts(hands: Hands) -> None:
    book = kept(PriceBook(name="Dealers"))
    kept(Price(product=kept(Product(name="Candle")), book=book, price=20_00))
    hands.window.session.go_to("price_book", book.number)
    hands.reads("price_books", "name", ["Dealers"])
    hands.window.findChild(PriceBooksPage).tabs.setCurrentIndex(1)
    hands.reads("price_books.prices", "product_name", ["Candle"])
    vendor = kept(Vendor(name="Wax", owner=BY))
    kept(VendorContact(vendor=vendor, last_name="Solberg"))
    hands.window.session.go_to("vendor", vendor.number)
    hands.reads("vendors", "name", ["Wax"])
    hands.window.findChild(VendorsPage).tabs.setCurrentIndex(1)
    hands.reads("vendors.contacts", "last_name", ["Solberg"])
