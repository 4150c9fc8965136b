"""The tabs Products, Price books and Vendors by menu and by key (VT-142, VT-106, VT-7)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QApplication, QLineEdit

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


def stored_stock(of: Product) -> int:
    return Product.get(Product.number == of.number).in_stock


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
    assert page.standing() == "2 products", "whose they are is not said of what is the whole office's"
    assert page.branches is not None
    tree = page.branches.tree
    tree.setFocus()
    for key, path in ((KEY.Key_Down, "A"), (KEY.Key_Right, "A > B"), (KEY.Key_Left, "A")):
        hands.bot.keyClick(tree, key)
        assert page.branches.path == path, key
    hands.reads("products", "name", ["Candle"])
    assert [tree.topLevelItem(place).text(1) for place in range(3)] == ["2", "1", "1"]
    hands.bot.keyClick(tree, KEY.Key_Left)
    kept(Product(name="Box", category="A"))
    hands.bot.waitUntil(lambda: tree.topLevelItem(1).text(1) == "2")
    assert page.branches.path == "A" and not tree.topLevelItem(1).isExpanded(), "it stays as it was left"
    hands.bot.keyClick(tree, KEY.Key_Return)
    assert page.table.grid.hasFocus()
    hands.reads("products", "name", ["Box", "Candle"])
    page.table.go_to(held.number)
    hands.bot.waitUntil(lambda: page.panel.record is not None and page.panel.record.key == held.number)
    page.tabs.setCurrentIndex(1)
    hands.reads("products.prices", "price", ["20.00"])
    page.tabs.setCurrentIndex(3)
    dialog = StockDialog(held, hands.window.session, page)
    dialog.on_hand.clear()
    hands.bot.keyClicks(dialog.on_hand, "5")
    dialog.accept()
    assert StockMove.select().count() == 0, "a reason is asked for"
    dialog.reason.setText("Counted")
    dialog.accept()
    hands.reads("products.stock", "reason", ["Counted"])
    assert stored_stock(held) == 5_000
    page.tabs.setCurrentIndex(0)
    hands.bot.waitUntil(lambda: hands.part("products.in_stock", QLineEdit).text() == "5")


def test_vt142_vt106_price_book_shows_its_prices_and_vendor_its_contacts_to_call(hands: Hands, programs: Any) -> None:
    book = kept(PriceBook(name="Dealers"))
    kept(Price(product=kept(Product(name="Candle")), book=book, price=20_00))
    hands.window.session.go_to("price_book", book.number)
    hands.reads("price_books", "name", ["Dealers"])
    hands.window.findChild(PriceBooksPage).tabs.setCurrentIndex(1)
    hands.reads("price_books.prices", "product_name", ["Candle"])
    vendor = kept(Vendor(name="Wax", owner=BY, phone="218-555-0199"))
    kept(VendorContact(vendor=vendor, last_name="Solberg", phone="218-555-0110", email="rita@wax.example"))
    hands.window.session.go_to("vendor", vendor.number)
    hands.reads("vendors", "name", ["Wax"])
    hands.window.findChild(VendorsPage).tabs.setCurrentIndex(1)
    hands.reads("vendors.contacts", "last_name", ["Solberg"])
    part: Any = hands.window.findChild(VendorsPage).parts[0]
    part.table.go_to_row(0)
    part.table.grid.setFocus()
    hands.press(KEY.Key_F9)
    hands.bot.waitUntil(lambda: QGuiApplication.clipboard().text() == "+12185550110")
    part.bar.commands.run("send_mail")
    assert programs.opened == ["mailto:rita@wax.example"]


def test_vt142_prices_are_typed_under_the_list_and_pasted_with_the_wrong_rows_beside(hands: Hands) -> None:
    book, candle = kept(PriceBook(name="Dealers")), kept(Product(name="Candle", code="C-1"))
    hands.window.session.go_to("price_book", book.number)
    hands.reads("price_books", "name", ["Dealers"])
    page: PriceBooksPage = hands.window.findChild(PriceBooksPage)
    page.tabs.setCurrentIndex(1)
    part: Any = page.parts[0]
    entry = part.entry
    hands.bot.keyClicks(entry.editors["product"], "Candle")
    for name, typed in (("product", ""), ("quantity", "2.500"), ("price", "")):
        hands.bot.keyClicks(entry.editors[name], typed)
        hands.bot.keyClick(entry.editors[name], KEY.Key_Return)
    assert "missing" in entry._said.text() and Price.select().count() == 0
    hands.bot.keyClicks(entry.editors["price"], "19")
    hands.bot.keyClick(entry.editors["price"], KEY.Key_Return)
    hands.reads("price_books.prices", "price", ["19.00"])
    assert Price.get().quantity == 2_500 and entry.editors["product"].text() == ""
    part.table.grid.setFocus()
    part.table.grid.setCurrentIndex(part.table.model.index(0, 0))
    hands.bot.keyClicks(part.table.grid, "C")
    assert entry.editors["product"].hasFocus() and entry.editors["product"].text() == "C", "typing begins a product"
    entry.editors["product"].set_value(None)
    left: list[str] = []

    def look() -> None:
        dialog: Any = QApplication.activeModalWidget()
        left.append(dialog.wrong.item(0).text())
        dialog.accept()
        left.append(dialog.text.toPlainText())
        dialog.reject()

    QGuiApplication.clipboard().setText("C-1\t10\t18.00\nX-9\t1\t2.00")
    QTimer.singleShot(0, look)
    hands.bot.keyClick(part.table.grid, KEY.Key_V, CTRL)
    assert "X-9" in left[0] and left[1] == "X-9\t1\t2.00", "what was wrong is named, and stays"
    hands.reads("price_books.prices", "price", ["19.00", "18.00"])
    hands.window.session.undo()
    assert [each.price for each in Price.select()] == [19_00] and candle.number
