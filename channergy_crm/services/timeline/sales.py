"""What became of sales documents, on the timelines of whom they are about: issued, sent, answered, paid (VT-79).

Each of these is a source of its own, for one document stands there as often as something became of it.
"""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING, Any

from channergy_crm.language import _
from channergy_crm.records import Payment, SalesDocument
from channergy_crm.records.sales_documents import DocumentKind, State
from channergy_crm.services import rights

if TYPE_CHECKING:
    from collections.abc import Callable

    import peewee

    from channergy_crm.services.timeline.subjects import Subjects

    Asking = Callable[[Subjects, str], "Asked"]
    Telling = Callable[["Asked"], "Told"]

Asked = Any
"""a question for rows of the store, or one of its rows"""
Told = tuple[int, datetime, str, str, str, tuple[object, ...], SalesDocument]
"""its number, when, its title, a note, who, the place, the document"""


def issued(subjects: Subjects, by: str) -> Asked:
    """The documents that were issued, the question for them."""
    rights.require(by, "see")
    return _those(subjects, by).where(SalesDocument.issued_on.is_null(False))


def tell_issued(held: Asked) -> Told:
    """A quote, an order, an invoice or a credit note was issued."""
    said = _("{document} issued · {total}").format(document=held.caption(), total=_money(held.total))
    note = held.subject or ""
    return held.number, held.issued_on, said, note, held.issued_by or "", (held.issued_on, held.number), held


def sent(subjects: Subjects, by: str) -> Asked:
    """The documents that were sent."""
    rights.require(by, "see")
    return _those(subjects, by).where(SalesDocument.sent_on.is_null(False))


def tell_sent(held: Asked) -> Told:
    """A document went out."""
    said = _("{document} sent").format(document=held.caption())
    return held.number, held.sent_on, said, "", "", (held.sent_on, held.number), held


def answered(subjects: Subjects, by: str) -> Asked:
    """The quotes the customer has accepted or declined."""
    rights.require(by, "see")
    there = SalesDocument.answered_on.is_null(False) & (SalesDocument.what == DocumentKind.QUOTE.value)
    return _those(subjects, by).where(there)


def tell_answered(held: Asked) -> Told:
    """The customer has answered a quote; why not, where they declined."""
    declined = held.state == State.DECLINED
    said = _("{document} declined") if declined else _("{document} accepted")
    at = datetime.combine(held.answered_on, time())
    title, why = said.format(document=held.caption()), held.reason or "" if declined else ""
    return held.number, at, title, why, "", (held.answered_on, held.number), held


def paid(subjects: Subjects, by: str) -> Asked:
    """The payments for the invoices, each with its invoice."""
    rights.require(by, "see")
    if subjects.sales is None:
        return Payment.select().where(Payment.number.is_null())
    asked: Asked = Payment.select(Payment, SalesDocument).join(SalesDocument, on=Payment.document)
    seen = rights.seen(SalesDocument, by)
    asked = asked.where(subjects.sales & Payment.entered.is_null(False))
    return asked if seen is None else asked.where(seen)


def tell_paid(held: Asked) -> Told:
    """Money came in for an invoice, or went back."""
    invoice = held.document
    said = _("Paid for {document}: {amount}") if held.amount >= 0 else _("Paid back for {document}: {amount}")
    title = said.format(document=invoice.caption(), amount=_money(abs(held.amount)))
    return held.number, held.entered, title, held.reference or "", held.by or "", (held.entered, held.number), invoice


def reminded(subjects: Subjects, by: str) -> Asked:
    """The invoices the customer was reminded of."""
    rights.require(by, "see")
    return _those(subjects, by).where(SalesDocument.reminded_on.is_null(False))


def tell_reminded(held: Asked) -> Told:
    """The customer was reminded of an invoice, for the first, second or third time; the last time is told."""
    count = int(held.reminded or 1)
    said = _("Reminded of {document}") if count == 1 else _("Reminded of {document}, reminder {count}")
    at = datetime.combine(held.reminded_on, time())
    note = _("{amount} open").format(amount=_money(held.open_amount)) if (held.open_amount or 0) > 0 else ""
    title = said.format(document=held.caption(), count=count)
    return held.number, at, title, note, "", (held.reminded_on, held.number), held


def _those(subjects: Subjects, by: str) -> Asked:
    query: Asked = rights.rows(SalesDocument, by)
    return query.where(subjects.sales if subjects.sales is not None else SalesDocument.number.is_null())


def _money(cents: int | None) -> str:
    return SalesDocument.kind("total").show(cents or 0)


OF_SALES: dict[str, tuple[Asking, Telling, tuple[peewee.Field, peewee.Field]]] = {
    "issued": (issued, tell_issued, (SalesDocument.issued_on, SalesDocument.number)),
    "sent": (sent, tell_sent, (SalesDocument.sent_on, SalesDocument.number)),
    "answered": (answered, tell_answered, (SalesDocument.answered_on, SalesDocument.number)),
    "reminded": (reminded, tell_reminded, (SalesDocument.reminded_on, SalesDocument.number)),
    "paid": (paid, tell_paid, (Payment.entered, Payment.number)),
}
"""the question, how one of its rows is told, and what they are ordered by"""
