"""Which rights are needed to look for products and older documents while a document is written (VT-142)."""

from __future__ import annotations

from datetime import date
from typing import Any

from channergy_crm.records import SalesDocument

NEEDS = (
    " products.offered.find products.offered.with_codes products.offered.stock_of products.offered.rates"
    " products.offered.usual_rate sales_documents.older.find "
)
ARGUMENTS: dict[str, Any] = {
    "services.products.offered.find.text": "candle",
    "services.products.offered.find.limit": 5,
    "services.products.offered.with_codes.codes": ["A"],
    "services.products.offered.stock_of.products": [1],
    "services.products.offered.rates.day": date(2026, 1, 1),
    "services.products.offered.usual_rate.day": date(2026, 1, 1),
    "services.sales_documents.older.find.document": SalesDocument(what="quote"),
    "services.sales_documents.older.find.text": "",
    "services.sales_documents.older.find.limit": 5,
}
