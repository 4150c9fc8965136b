"""What each kind of sales document is called inside a sentence: “3 quotes”, “All invoices” (VT-86)."""

from __future__ import annotations

from typing import ClassVar

from channergy_crm.language import N_


class QuoteName:
    """Quotes."""

    singular: ClassVar[str] = N_("Quote")
    plural: ClassVar[str] = N_("Quotes")


class SalesOrderName:
    """Sales orders."""

    singular: ClassVar[str] = N_("Sales order")
    plural: ClassVar[str] = N_("Sales orders")


class PurchaseOrderName:
    """Purchase orders."""

    singular: ClassVar[str] = N_("Purchase order")
    plural: ClassVar[str] = N_("Purchase orders")


class InvoiceName:
    """Invoices."""

    singular: ClassVar[str] = N_("Invoice")
    plural: ClassVar[str] = N_("Invoices")


class CreditNoteName:
    """Credit notes."""

    singular: ClassVar[str] = N_("Credit note")
    plural: ClassVar[str] = N_("Credit notes")


NAMES = (QuoteName, SalesOrderName, PurchaseOrderName, InvoiceName, CreditNoteName)
"""in the order of the kinds"""
