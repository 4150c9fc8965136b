"""One document leads to the next: a quote is answered, ordered, billed, bought for, credited (VT-86, VT-137).

Each deed has its `why_not_…`, which says beforehand why it cannot be done.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm import clock, hidden, work
from channergy_crm.errors import Mistake
from channergy_crm.language import N_, _
from channergy_crm.records import Order, Product, SalesDocument
from channergy_crm.records.sales_documents import DocumentKind, State
from channergy_crm.services import rights
from channergy_crm.services.products import stock
from channergy_crm.services.sales_documents import billing, buying, copying, drafts, open_lines, standing, their_deals

if TYPE_CHECKING:
    from collections.abc import Mapping

CANCELLABLE = (DocumentKind.SALES_ORDER, DocumentKind.PURCHASE_ORDER)

# ---------------------------------------------------------------- the customer answers a quote


def why_not_accept(document: SalesDocument, by: str) -> str | None:
    """None when a quote may be accepted, or the sentence why not."""
    return _why_not_answer(document, by)


def why_not_decline(document: SalesDocument, by: str) -> str | None:
    """None when a quote may be declined, or the sentence why not."""
    return _why_not_answer(document, by)


def _why_not_answer(document: SalesDocument, by: str) -> str | None:
    if reason := standing.may_change(document, by, [DocumentKind.QUOTE], _("Only quotes are accepted or declined.")):
        return reason
    if not document.is_issued:
        return _("Issue the quote first: the customer answers what was offered.")
    return None if document.state == State.OPEN else _is_already(document)


def _is_already(document: SalesDocument) -> str:
    state = SalesDocument.kind("state").show(document.state)
    return _("{name} is {state} already.").format(name=document.caption(), state=state)


def accept(number: int, by: str) -> SalesDocument:
    """The customer takes a quote: its deal goes to the stage that means won, where people lead it here (K22)."""
    held = standing.find(number, by)
    with work.unit(N_("Accept {name}"), by=by, name=held.caption()):
        document = standing.agreed(number, by, why_not_accept)
        document.state, document.answered_on = State.ACCEPTED.value, clock.today()
        document.save()
        their_deals.won(document, by)
    return document


def why_deal_stays(document: SalesDocument, by: str) -> str | None:
    """Why the deal of a quote keeps its stage when the quote is accepted; None where it goes on, or there is none."""
    rights.require(by, "see", SalesDocument)
    return their_deals.why_stays(document, by)


def decline(number: int, reason: str, by: str) -> SalesDocument:
    """The customer does not take a quote; its deal keeps its stage, and the reason where it has none."""
    held = standing.find(number, by)
    with work.unit(N_("Decline {name}"), by=by, name=held.caption()):
        document = standing.agreed(number, by, why_not_decline)
        document.state, document.answered_on = State.DECLINED.value, clock.today()
        document.reason = reason.strip()
        document.save()
        their_deals.reason(document, by)
    return document


def why_not_new_version(document: SalesDocument, by: str) -> str | None:
    """None when a quote may be offered anew, or the sentence why not."""
    if reason := standing.may_change(document, by, [DocumentKind.QUOTE], _("Only quotes have versions.")):
        return reason
    if not document.is_issued:
        return _("This quote is a draft: change it as it is.")
    if document.state not in (State.OPEN, State.DECLINED):
        return _is_already(document)
    waits = SalesDocument.select().where(
        (SalesDocument.replaces == document.number) & SalesDocument.issued_on.is_null()
    ).first()  # fmt: skip
    return _("{name} is being written already.").format(name=waits.caption()) if waits is not None else None


def new_version(number: int, by: str) -> SalesDocument:
    """The same quote once more, to be changed; the old one holds until the new one is issued."""
    held = standing.find(number, by)
    with work.unit(N_("New version of {name}"), by=by, name=held.caption()):
        document = standing.agreed(number, by, why_not_new_version)
        made = copying.head(document, DocumentKind.QUOTE, by, texts=True, came_from=False)
        made.replaces, made.revision = number, (document.revision or 1) + 1
        made.came_from = document.__data__.get("came_from")
        copying.write(made, [copying.line(each, came_from=None) for each in drafts.of(number)])
    return made


# ---------------------------------------------------------------- ordered, billed, bought


def why_not_to_order(document: SalesDocument, by: str) -> str | None:
    """None when a quote may become an order, or the sentence why not."""
    if reason := standing.may_change(document, by, [DocumentKind.QUOTE], _("Only a quote becomes a sales order.")):
        return reason
    if not document.is_issued:
        return _("Issue the quote first.")
    if document.state not in (State.OPEN, State.ACCEPTED):
        return _is_already(document)
    born = standing.born_of(document.number, DocumentKind.SALES_ORDER)
    return _("{name} came from it already.").format(name=born[0].caption()) if born else billing.why_nothing(document)


def to_order(number: int, by: str) -> SalesDocument:
    """A sales order from a quote, as a draft; a quote that was open is accepted with it."""
    held = standing.find(number, by)
    with work.unit(N_("Sales order from {name}"), by=by, name=held.caption()):
        document = standing.agreed(number, by, why_not_to_order)
        if document.state == State.OPEN:
            accept(number, by)
        return copying.part(document, DocumentKind.SALES_ORDER, by, None)


def why_not_to_invoice(document: SalesDocument, by: str) -> str | None:
    """None when a quote or an order may be billed, or the sentence why not."""
    kinds = [DocumentKind.QUOTE, DocumentKind.SALES_ORDER]
    if reason := standing.may_change(document, by, kinds, _("Only quotes and sales orders are billed.")):
        return reason
    if not document.is_issued:
        return _("Issue the document first.")
    if document.state not in (State.OPEN, State.ACCEPTED):
        return billing.why_done(document) or _is_already(document)
    return billing.why_nothing(document)


def to_invoice(number: int, by: str, quantities: Mapping[int, int] | None = None) -> SalesDocument:
    """An invoice for all that is open of an order or a quote, or for so much of its lines, as a draft; a quote that was
    open is accepted with it. Nothing is billed twice, even where two bill at once.
    """
    held = standing.find(number, by)
    with work.unit(N_("Invoice from {name}"), by=by, name=held.caption()):
        document = standing.agreed(number, by, why_not_to_invoice)
        if document.what == DocumentKind.QUOTE and document.state == State.OPEN:
            accept(number, by)
        return copying.part(document, DocumentKind.INVOICE, by, quantities)


def why_not_to_purchase_orders(document: SalesDocument, by: str) -> str | None:
    """None when what an order needs may be bought, or the sentence why not."""
    said = _("Purchase orders are made from quotes and sales orders.")
    if reason := standing.may_change(document, by, [DocumentKind.QUOTE, DocumentKind.SALES_ORDER], said):
        return reason
    if "cost" in rights.hidden(Product, by):
        return hidden.sentence(Product, ["cost"])
    if not document.is_issued:
        return _("Issue the document first.")
    if document.state not in (State.OPEN, State.ACCEPTED, State.DONE):
        return _is_already(document)
    return buying.why_nothing(document) or buying.why_hidden(document, by)


def to_purchase_orders(number: int, by: str) -> list[SalesDocument]:
    """A purchase order for each vendor of what was ordered, as drafts, with the vendor's number and cost."""
    held = standing.find(number, by)
    with work.unit(N_("Purchase orders from {name}"), by=by, name=held.caption()):
        return buying.orders(standing.agreed(number, by, why_not_to_purchase_orders), by)


# ---------------------------------------------------------------- taken back


def why_not_credit(document: SalesDocument, by: str) -> str | None:
    """None when an invoice may be credited, or the sentence why not."""
    if reason := standing.may_change(document, by, [DocumentKind.INVOICE], _("Only invoices are credited.")):
        return reason
    if not document.is_issued:
        return _("This invoice is a draft: delete it, or change it as it is.")
    if document.state == State.CANCELLED:
        return _is_already(document)
    if any(each.open for each in open_lines.of(document)):
        return None
    return _("All of {name} is on credit notes already.").format(name=document.caption())


def credit(number: int, by: str, quantities: Mapping[int, int] | None = None) -> SalesDocument:
    """A credit note for an invoice or a part of it, as a draft; issued it brings goods back into the stock."""
    held = standing.find(number, by)
    with work.unit(N_("Credit note for {name}"), by=by, name=held.caption()):
        document = standing.agreed(number, by, why_not_credit)
        return copying.part(document, DocumentKind.CREDIT_NOTE, by, quantities)


def why_not_bill_again(document: SalesDocument, by: str) -> str | None:
    """None when what a credit note took back may be billed again, or the sentence why not."""
    said = _("Only what a credit note took back is billed again.")
    if reason := standing.may_change(document, by, [DocumentKind.CREDIT_NOTE], said):
        return reason
    return billing.why_not_again(document)


def bill_again(number: int, by: str) -> SalesDocument:
    """What a credit note took back of a part of an invoice is open again in the order, to be billed once more."""
    held = standing.find(number, by)
    with work.unit(N_("Bill again what {name} took back"), by=by, name=held.caption()) as unit:
        document = standing.agreed(number, by, why_not_bill_again)
        document.answered_on = clock.today()
        document.save()
        with unit.what_follows():
            billing.opened_again(document)
    return document


def why_not_cancel(document: SalesDocument, by: str) -> str | None:
    """None when an order may be cancelled, or the sentence why not."""
    if document.what == DocumentKind.INVOICE and document.is_issued and not rights.may(by, "edit", document):
        return _("An invoice is not cancelled but credited: make a credit note for all of it.")
    if reason := standing.may_change(document, by, CANCELLABLE, _("Only orders are cancelled.")):
        return reason
    if not document.is_issued:
        return _("This order is a draft: delete it.")
    if document.state != State.OPEN:
        return _is_already(document)
    if document.what == DocumentKind.PURCHASE_ORDER:
        some = any(each.done for each in open_lines.of(document))
        return _("Some of it has been received already.") if some else None
    bills = standing.born_of(document.number, DocumentKind.INVOICE)
    said = _("{name} bills some of it: delete it where it is a draft, or credit it.")
    return said.format(name=bills[0].caption()) if bills else None


def cancel(number: int, reason: str, by: str) -> SalesDocument:
    """An order that comes to nothing; in the suite it is no order any more."""
    held = standing.find(number, by)
    with work.unit(N_("Cancel {name}"), by=by, name=held.caption()) as unit:
        document = standing.agreed(number, by, why_not_cancel)
        document.state, document.reason = State.CANCELLED.value, reason.strip()
        document.save()
        with unit.what_follows():
            for order in list(Order.select().where(Order.document == number)):
                order.delete_instance()
    return document


def why_not_receive(document: SalesDocument, by: str) -> str | None:
    """None when what was bought may come in, or the sentence why not."""
    said = _("Only what is on a purchase order comes in.")
    if reason := standing.may_change(document, by, [DocumentKind.PURCHASE_ORDER], said):
        return reason
    if not document.is_issued:
        return _("Issue the purchase order first.")
    return None if document.state == State.OPEN else _is_already(document)


def receive(number: int, by: str, quantities: Mapping[int, int] | None = None) -> SalesDocument:
    """What was bought has come: all that is open, or so much of its lines. Goods go into the stock."""
    held = standing.find(number, by)
    with work.unit(N_("Receive {name}"), by=by, name=held.caption()) as unit:
        document = standing.agreed(number, by, why_not_receive)
        came = open_lines.wanted(document, quantities)
        if quantities is not None and not came:
            raise Mistake(_("Enter how much has come."), "quantity")
        with unit.what_follows():
            for line, quantity in sorted(came, key=lambda each: each[0].__data__["product"]):
                if (product := standing.product_of(line)) is not None:
                    stock.came(product, quantity, by, document=document.caption()[:60], line=line.number)
            open_lines.received(document)
    return document
