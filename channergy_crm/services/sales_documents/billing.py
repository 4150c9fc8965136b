"""What is billed, and what a credit note took back and is billed again (VT-86, VT-137)."""

from __future__ import annotations

from channergy_crm.language import _
from channergy_crm.records import SalesDocument
from channergy_crm.records.sales_documents import DocumentKind, State
from channergy_crm.services.sales_documents import open_lines, standing


def why_nothing(document: SalesDocument) -> str | None:
    """None when something of a quote or an order is to be billed, or the sentence why not."""
    if any(each.open for each in open_lines.of(document)):
        return None
    if document.what == DocumentKind.QUOTE and (orders := standing.born_of(document.number, DocumentKind.SALES_ORDER)):
        return _("{name} came from it: bill that.").format(name=orders[0].caption())
    return why_done(document) or _("All of {name} is on invoices already.").format(name=document.caption())


def why_done(document: SalesDocument) -> str | None:
    """The sentence where all of a document is billed and a credit note took back some of it."""
    if document.what not in (DocumentKind.QUOTE, DocumentKind.SALES_ORDER):
        return None
    for invoice in standing.born_of(document.number, DocumentKind.INVOICE):
        for note in standing.born_of(invoice.number, DocumentKind.CREDIT_NOTE, issued=True):
            if note.answered_on is None:
                said = _("All of {name} is billed. What {note} took back is billed again once that is said there.")
                return said.format(name=document.caption(), note=note.caption())
    return None


def why_not_again(note: SalesDocument) -> str | None:
    """None when what a credit note took back may be billed again, or the sentence why not."""
    if not note.is_issued:
        return _("Issue the credit note first.")
    if note.answered_on is not None:
        return _("What it took back is open again already.")
    invoice = SalesDocument.find(note.__data__.get("came_from"))
    if invoice is None or invoice.__data__.get("came_from") is None:
        return _("It was not billed out of an order or a quote: write a new invoice.")
    if invoice.state == State.CANCELLED:
        said = _("All of {name} is credited: what it billed is open again by itself.")
        return said.format(name=invoice.caption())
    return None


def opened_again(note: SalesDocument) -> None:
    """Within a unit: the order of what a credit note took back is open again."""
    invoice = SalesDocument.find(note.__data__.get("came_from"))
    if invoice is not None and (order := invoice.__data__.get("came_from")) is not None:
        open_lines.settle(order)
