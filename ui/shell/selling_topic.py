"""The topic Selling of Settings, and what is found of it by a search."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from channergy_crm.language import _
from channergy_crm.settings import SALES, SALES_NUMBERS
from ui.areas import Part, Topic

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ui.shell.menu import Menu


def topic(menu: Menu) -> Topic:
    """Tax classes, sums, days and numbers of documents."""
    taxes, numbers = _("VAT sales tax rate percent"), _("number pattern invoice quote order count circle year")
    parts = [
        Part("settings.selling.taxes.grid", _("Tax classes"), taxes),
        *(Part(f"settings.selling.{one.name.rpartition('.')[2]}", one.label, "") for one in SALES),
        Part("settings.selling.numbers_quote", SALES_NUMBERS.label, numbers),
        Part("settings.selling.begin", _("Begin at a higher number…"), numbers),
    ]
    return Topic("selling", _("Selling"), "invoice", partial(_build, menu), parts)


def _build(menu: Menu, parent: QWidget) -> QWidget:
    from ui.setup.sales.topic import SellingTopic

    return SellingTopic(menu.chosen, parent)
