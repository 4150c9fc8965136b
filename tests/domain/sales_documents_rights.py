"""Which rights documents need: drafted, issued, answered, billed, paid (VT-86)."""

from __future__ import annotations

from datetime import date
from typing import Any

from channergy_crm.records import SalesDocument, SalesLine
from channergy_crm.records.projects import Course

DEEDS = (
    "accept", "decline", "new_version", "to_order", "to_invoice", "to_purchase_orders", "credit", "cancel", "receive",
    "bill_again",
)  # fmt: skip
PURE = {
    "services.sales_documents.payments": "said",
    "services.sales_documents.their_deals": "won_stage",
    "services.sales_documents.standing": "billable",
    "services.sales_documents.open_lines": "discount_of left_of said",
}
PARTS = {
    "services.sales_documents.heads": "begin until whose address_of addressed",
    "services.sales_documents.drafts": "of shown price_of rate_of reckoned",
    "services.sales_documents.numbers": "take",
    "services.sales_documents.standing": "fast agreed product_of taken born_of taken_back less_taken",
    "services.sales_documents.open_lines": "of taken wanted settle credited received",
    "services.sales_documents.bounds": "too_much",
    "services.sales_documents.billing": "why_nothing why_done why_not_again opened_again",
    "services.sales_documents.payments": "settle",
    "services.sales_documents.copying": "head line write part",
    "services.sales_documents.buying": "why_nothing why_hidden orders vendor_of",
    "services.sales_documents.their_deals": "why_stays won reason",
}
NEEDS = (
    " sales_documents.drafts.start sales_documents.drafts.address_of sales_documents.drafts.lines"
    " sales_documents.drafts.line_for sales_documents.drafts.save sales_documents.issuing.why_not"
    " sales_documents.issuing.lack sales_documents.issuing.issue sales_documents.issuing.sent"
    " sales_documents.mailed.settle sales_documents.open_lines.still_open"
    " sales_documents.payments.of sales_documents.payments.why_not_pay sales_documents.payments.pay"
    " sales_documents.payments.take_back sales_documents.payments.why_not_remind sales_documents.payments.remind"
    " sales_documents.payments.debts sales_documents.chain.chain sales_documents.flow.why_deal_stays"
    " sales_documents.standing.find sales_documents.standing.may_change "
    + "".join(f" sales_documents.flow.{name} sales_documents.flow.why_not_{name}" for name in DEEDS)
    + " "
)
"""touches no records of the matrix"""
_HERE = "services.sales_documents"
ARGUMENTS: dict[str, Any] = {
    f"{_HERE}.drafts.start.kind": "quote",
    **{f"{_HERE}.drafts.{name}.document": SalesDocument(what="quote") for name in ("line_for", "save")},
    f"{_HERE}.drafts.lines.document": 1,
    f"{_HERE}.drafts.line_for.product": 1,
    f"{_HERE}.drafts.line_for.quantity": 1_000,
    f"{_HERE}.drafts.save.rows": [],
    **{f"{_HERE}.drafts.start.{name}": None for name in ("account", "contact", "deal", "vendor")},
    **{f"{_HERE}.drafts.address_of.{name}": None for name in ("account", "contact", "vendor")},
    f"{_HERE}.issuing.lack.document": SalesDocument(what="quote", number=1),
    f"{_HERE}.issuing.why_not.document": SalesDocument(what="quote", number=1),
    **{f"{_HERE}.flow.why_not_{name}.document": SalesDocument(what="quote") for name in DEEDS},
    f"{_HERE}.flow.why_deal_stays.document": SalesDocument(what="quote"),
    **{f"{_HERE}.flow.{name}.quantities": None for name in ("to_invoice", "credit", "receive")},
    **{f"{_HERE}.payments.{name}.document": SalesDocument(what="invoice") for name in
       ("why_not_pay", "why_not_remind", "said")},
    f"{_HERE}.payments.pay.amount": 1_00,
    f"{_HERE}.payments.pay.paid_on": date(2026, 1, 1),
    f"{_HERE}.payments.pay.means": "",
    f"{_HERE}.payments.pay.reference": "",
    f"{_HERE}.payments.take_back.payment": 1,
    f"{_HERE}.standing.may_change.document": SalesDocument(what="invoice"),
    f"{_HERE}.standing.may_change.kinds": ["quote"],
    f"{_HERE}.standing.may_change.sentence": "No.",
    f"{_HERE}.standing.billable.line": SalesLine(what="item"),
    f"{_HERE}.their_deals.won_stage.process": Course(1, "Sale", True, ()),
    f"{_HERE}.open_lines.left_of.line": SalesLine(what="item", quantity=1_000),
    f"{_HERE}.open_lines.left_of.done": 0,
    f"{_HERE}.open_lines.said.value": 1_000,
    f"{_HERE}.open_lines.discount_of.line": SalesLine(what="item", quantity=1_000, less=1_00),
    f"{_HERE}.open_lines.discount_of.quantity": 1_000,
    f"{_HERE}.open_lines.discount_of.before": (0, 0),
}  # fmt: skip
