"""What of selling asks no rights itself, and which rights the rest needs."""

from __future__ import annotations

from typing import Any

from channergy_crm.records.products import TaxClass
from channergy_crm.records.sales_documents import DocumentKind

PURE = {"services.selling": "currency_of_country numbers_of"}
PARTS: dict[str, str] = {}
OFFICE: dict[str, str] = {}
BY_THE_PROGRAM: dict[str, str] = {}
NEEDS = " selling.currency selling.tax_classes selling.next_count selling.next_number "
"""touches no records of the matrix: whoever works here reads what the office charges"""
FOR_ADMINISTRATORS = (
    " selling.add_tax_class selling.save_tax_class selling.remove_tax_class selling.fill_usual_rates selling.begin_at "
)
ARGUMENTS: dict[str, Any] = {
    "services.selling.save_tax_class.tax_class": TaxClass(name="Books", rate=700),
    "services.selling.add_tax_class.rate": 700,
    "services.selling.begin_at.count": 100,
    "services.selling.next_number.pattern": "{year}-{number}",
    **{
        f"services.selling.{name}.kind": DocumentKind.INVOICE
        for name in ("numbers_of", "next_count", "next_number", "begin_at")
    },
}
USUAL: dict[str, Any] = {}
