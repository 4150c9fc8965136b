"""The tab Sales figures, and what the menu of selling has beside it: files of documents, the way of a sale."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm.language import N_
from channergy_crm.records import SalesDocument
from ui.screen import Command, Tab
from ui.shell.menu import SELLING, Menu

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ui.pages.page import Page
    from ui.session.session import Session


def _build(session: Session, parent: QWidget) -> Page:
    from ui.pages.sales_figures.page import SalesFiguresPage

    return SalesFiguresPage(session, parent)


SALES_FIGURES: Tab[Page] = Tab(
    "sales_figures", "Sales figures", "figures", _build, closable=True, records=(SalesDocument,)
)


def _figures(menu: Menu) -> None:
    menu.session.go_to("sales_figures")


def _documents_in(menu: Menu) -> None:
    from ui.transfer import documents_dialog

    documents_dialog.begin(menu.session, menu.window)


def _documents_out(menu: Menu) -> None:
    from ui.transfer import documents_dialog

    documents_dialog.export(menu.session, menu.window)


def _sale_way(menu: Menu) -> None:
    from ui.pages import sale_way

    sale_way.show(menu.session, menu.window)


OF_SALES = [
    Command("sales_figures", N_("Sales figures"), _figures, "figures", group=SELLING),
    Command("sale_way", N_("The way of a sale…"), _sale_way, "order", group=SELLING),
    Command("documents_in", N_("Import documents with their lines…"), _documents_in, "import", group=SELLING),
    Command("documents_out", N_("Export documents with their lines…"), _documents_out, "export", group=SELLING),
]
