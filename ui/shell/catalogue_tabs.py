"""The tabs Products, Price books and Vendors: they come when somebody wants them (VT-142, VT-106)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from channergy_crm.language import N_
from channergy_crm.records import PriceBook, Product, Vendor
from ui.screen import Command, Tab
from ui.shell.menu import SELLING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ui.pages.page import Page
    from ui.session.session import Session
    from ui.shell.menu import Menu


def _products(session: Session, parent: QWidget) -> Page:
    from ui.pages.catalogue.products import ProductsPage

    return ProductsPage(session, parent)


def _price_books(session: Session, parent: QWidget) -> Page:
    from ui.pages.catalogue.page import PriceBooksPage

    return PriceBooksPage(session, parent)


def _vendors(session: Session, parent: QWidget) -> Page:
    from ui.pages.catalogue.page import VendorsPage

    return VendorsPage(session, parent)


CATALOGUE: list[Tab[Page]] = [
    Tab("products", "Products", "product", _products, targets=("product", "new_product"), closable=True,
        records=(Product,)),
    Tab("price_books", "Price books", "price_book", _price_books, targets=("price_book", "new_price_book"),
        closable=True, records=(PriceBook,)),
    Tab("vendors", "Vendors", "vendor", _vendors, targets=("vendor", "new_vendor"), closable=True, records=(Vendor,)),
]  # fmt: skip


def _go(target: str, menu: Menu) -> None:
    menu.session.go_to(target)


CATALOGUE_COMMANDS = [
    Command("products", N_("Products"), partial(_go, "products"), "product", group=SELLING),
    Command("price_books", N_("Price books"), partial(_go, "price_books"), "price_book", group=SELLING),
    Command("vendors", N_("Vendors"), partial(_go, "vendors"), "vendor", group=SELLING),
    Command("new_product", N_("New product"), partial(_go, "new_product"), "product"),
    Command("new_price_book", N_("New price book"), partial(_go, "new_price_book"), "price_book"),
    Command("new_vendor", N_("New vendor"), partial(_go, "new_vendor"), "vendor"),
]
