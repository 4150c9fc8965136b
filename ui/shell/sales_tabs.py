"""The tabs Quotes, Sales orders, Purchase orders and Invoices: they come when somebody wants them (VT-86, VT-137)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from channergy_crm.language import N_
from channergy_crm.records import SalesDocument
from ui.screen import Command, Tab
from ui.shell.menu import SELLING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ui.pages.page import Page
    from ui.session.session import Session
    from ui.shell.menu import Menu


def _build(kind: str, session: Session, parent: QWidget) -> Page:
    from ui.pages.sales.page import PAGES

    return PAGES[kind](session, parent)


SALES: list[Tab[Page]] = [
    Tab("quotes", "Quotes", "quote", partial(_build, "quote"), targets=("quote", "new_quote"), closable=True,
        records=(SalesDocument,)),
    Tab("sales_orders", "Sales orders", "order", partial(_build, "sales_order"),
        targets=("sales_order", "new_sales_order"), closable=True, records=(SalesDocument,)),
    Tab("purchase_orders", "Purchase orders", "purchase", partial(_build, "purchase_order"),
        targets=("purchase_order", "new_purchase_order"), closable=True, records=(SalesDocument,)),
    Tab("invoices", "Invoices", "invoice", partial(_build, "invoice"), targets=("invoice", "new_invoice"),
        closable=True, records=(SalesDocument,)),
]  # fmt: skip


def _go(target: str, menu: Menu) -> None:
    menu.session.go_to(target)


SALES_COMMANDS = [
    Command("quotes", N_("Quotes"), partial(_go, "quotes"), "quote", group=SELLING),
    Command("sales_orders", N_("Sales orders"), partial(_go, "sales_orders"), "order", group=SELLING),
    Command("purchase_orders", N_("Purchase orders"), partial(_go, "purchase_orders"), "purchase", group=SELLING),
    Command("invoices", N_("Invoices"), partial(_go, "invoices"), "invoice", group=SELLING),
]
NEW_COMMANDS = [
    Command("new_quote", N_("New quote"), partial(_go, "new_quote"), "quote"),
    Command("new_sales_order", N_("New sales order"), partial(_go, "new_sales_order"), "order"),
    Command("new_purchase_order", N_("New purchase order"), partial(_go, "new_purchase_order"), "purchase"),
    Command("new_invoice", N_("New invoice"), partial(_go, "new_invoice"), "invoice"),
]
