"""What each kind of sales document is called inside a sentence: “3 quotes”, “All invoices” (VT-86)."""

from __future__ import annotations

from typing import ClassVar


class QuoteName:
    """Quotes."""

    singular: ClassVar[str] = "Quote"
    plural: ClassVar[str] = "Quotes"


class SalesOrderName:
    """Sales orders."""

    singular: ClassVar[str] = "Sales order"
    plural: ClassVar[str] = "Sales orders"


class PurchaseOrderName:
    """Purchase orders."""

    singular: ClassVar[str] = "Purchase order"
    plural: ClassVar[str] = "Purchase orders"


class InvoiceName:
    """Invoices."""

    singular: ClassVar[str] = "Invoice"
    plural: ClassVar[str] = "Invoices"


class CreditNoteName:
    """Credit notes."""

    singular: ClassVar[str] = "Credit note"
    plural: ClassVar[str] = "Credit notes"


NAMES = (QuoteName, SalesOrderName, PurchaseOrderName, InvoiceName, CreditNoteName)
"""in the order of the kinds"""
