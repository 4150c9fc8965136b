"""What documents shown elsewhere ask no rights for, and which rights the rest needs (VT-22…VT-25, VT-79, CH-1)."""

from __future__ import annotations

from datetime import date
from typing import Any

from channergy_crm.records import Order, SalesDocument
from channergy_crm.services.figures import EVERYBODY
from channergy_crm.services.sales_figures.counting import Asked, Sales
from channergy_crm.transfer.sales_columns import HEAD

PARTS = {
    "services.sales_figures.counting": "shares",
    "services.timeline.sales": "tell_issued tell_sent tell_answered tell_reminded tell_paid",
}
"""how a row is told whose question has asked for rights before"""
PURE = {
    "services.ages": "age_of owed",
    "services.sales_figures.counting": "signed in_currency plain",
    "services.sales_figures.tables": "titles rows",
    "transfer.importing.sales_rows": "titles_known",
    "transfer.sales_columns": "placed",
}
OTHERWISE = (
    " linked.suite.documents_of linked.suite.summed"
    " timeline.sales.issued timeline.sales.sent timeline.sales.answered timeline.sales.reminded timeline.sales.paid"
    " sales_figures.counting.read sales_figures.counting.settled sales_figures.counting.whose_offered"
    " sales_figures.counting.condition sales_figures.counting.owing sales_figures.behind.read"
    " transfer.exporting.sales_figures.export_sales transfer.exporting.sales_documents.export_documents"
    " transfer.importing.sales_documents.take_in"
)
"""only of those that may be seen: tested in test_sales_seen.py and test_sales_figures.py, test_sales_files.py"""
ARGUMENTS: dict[str, Any] = {
    "transfer.importing.sales_rows.titles_known.columns": HEAD,
    "services.linked.suite.documents_of.orders": [1],
    "services.linked.suite.summed.those": Order.number > 0,
    "services.sales_figures.tables.rows.held": Sales(0, 0, [], [], [], [], "USD", {}),
    "services.sales_figures.counting.signed.amount": SalesDocument.net,
    "services.sales_figures.counting.in_currency.currency": "USD",
    **dict.fromkeys(
        [
            *(f"services.sales_figures.counting.{name}.asked" for name in ("read", "settled", "condition", "owing")),
            "services.sales_figures.behind.read.asked",
            "transfer.exporting.sales_figures.export_sales.asked",
        ],
        Asked(date(2026, 11, 1), date(2026, 11, 30), EVERYBODY),
    ),
}
