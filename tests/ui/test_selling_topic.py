"""Settings > Selling: tax classes, currency, days and numbers of documents, for administrators."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QLineEdit, QTableView

from channergy_crm.records.products import TaxClass
from channergy_crm.records.sales_documents import DocumentKind
from channergy_crm.services import office, selling
from channergy_crm.services.rights import Program
from channergy_crm.settings import REGION, SALES_DUE_DAYS
from tests.ui.setting_up import settings

if TYPE_CHECKING:
    from tests.ui.hands import Hands

pytestmark = pytest.mark.engines("sqlite")


def typed(hands: Hands, name: str, text: str) -> QLineEdit:
    """A line, with this in it and left."""
    line = hands.part(name, QLineEdit)
    line.setFocus()
    line.selectAll()
    hands.bot.keyClicks(line, text)
    line.editingFinished.emit()
    return line


def test_taxes_and_numbers_are_chosen_in_settings(hands: Hands) -> None:
    office.choose(REGION, "DE", "ADMIN")
    settings(hands, "settings.selling.taxes.grid")
    hands.click("settings.selling.taxes.usual")
    assert [(each.name, each.rate, each.standard) for each in selling.tax_classes(Program.ITSELF)] == [
        ("Standard", 1_900, True), ("0 %", 0, False), ("Reduced", 700, False),
    ]  # fmt: skip
    grid = hands.part("settings.selling.taxes.grid", QTableView)
    assert grid.model().rowCount() == 3
    typed(hands, "settings.selling.taxes.new_name", "Books")
    typed(hands, "settings.selling.taxes.new_rate", "5.5")
    hands.click("settings.selling.taxes.add")
    assert TaxClass.get(TaxClass.name == "Books").rate == 550
    typed(hands, "settings.selling.numbers_invoice", "I-{number}")
    assert selling.next_number(DocumentKind.INVOICE, Program.ITSELF).endswith("-0001")
    typed(hands, "settings.selling.numbers_invoice", "I-{year2}/{number:5}")
    assert selling.next_number(DocumentKind.INVOICE, Program.ITSELF).endswith("/00001")
    typed(hands, "settings.selling.due_days", "14")
    assert office.whole(SALES_DUE_DAYS, Program.ITSELF) == 14
