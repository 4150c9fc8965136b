"""Money that comes in for invoices: in parts, all of it or too much; who owes what, and who was reminded (VT-86)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import peewee

from channergy_crm import clock, work
from channergy_crm.errors import Mistake
from channergy_crm.language import N_, _
from channergy_crm.records import Payment, SalesDocument
from channergy_crm.records.sales_documents import DocumentKind, State
from channergy_crm.services import reading, rights
from channergy_crm.services.sales_documents import drafts, standing

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

MOST_REMINDERS = 3
AGES = (30, 60, 90)
"""days an invoice is overdue; what is older comes last"""


class Debt(NamedTuple):
    """An invoice that is not paid. `days` is since when it is due, below 1 where it is not due yet; `age` is the place
    among 0-30, 31-60, 61-90 and older, None where it is not due yet.
    """

    number: int
    document_no: str
    name: str
    account: int | None
    dated: date | None
    until: date | None
    total: int
    open_amount: int
    currency: str
    reminded: int
    days: int
    age: int | None


def of(number: int, by: str) -> list[Payment]:
    """The payments of an invoice, in their order."""
    if reading.find(SalesDocument, number, by) is None:
        return []
    asked: Any = Payment.select().where(Payment.document == number)
    return list(asked.order_by(Payment.paid_on, Payment.number))


def why_not_pay(document: SalesDocument, by: str) -> str | None:
    """None when money may come in for a document, or the sentence why not."""
    sentence = _("Only invoices are paid.")
    if reason := standing.may_change(document, by, [DocumentKind.INVOICE], sentence):
        return reason
    return None if document.is_issued else _("Issue the invoice first.")


def pay(
    number: int, amount: int | None, paid_on: date | None, by: str, *, means: str = "", reference: str = ""
) -> Payment:
    """Money that came in for an invoice, or went back where it is below nothing; undo takes it back."""
    document = standing.find(number, by)
    if not amount:
        raise Mistake(_("Enter what was paid."), "amount")
    if paid_on is None:
        raise Mistake(_("Enter the day it was paid."), "paid_on")
    if paid_on > clock.today():
        raise Mistake(_("This day is still to come."), "paid_on")
    shown = Payment.kind("amount").show(amount)
    with work.unit(N_("Payment of {amount} for {name}"), by=by, amount=shown, name=document.caption()):
        document = standing.agreed(number, by, why_not_pay)
        if document.state == State.CANCELLED and amount > 0:
            raise Mistake(_("This invoice is cancelled: nothing is owed for it."), "amount")
        made = Payment(document=number, paid_on=paid_on, amount=amount, means=means, reference=reference, by=by,
                       entered=clock.now())  # fmt: skip
        made.save()
        settle(document)
    return made


def take_back(payment: int, by: str) -> SalesDocument:
    """A payment that was entered by mistake is taken away; the invoice is owed again."""
    rights.require(by, "edit", SalesDocument)
    held = Payment.find(payment)
    if held is None:
        raise Mistake(_("The payment is not there any more."))
    number = held.__data__["document"]
    document = standing.find(number, by)
    shown = Payment.kind("amount").show(held.amount)
    with work.unit(
        N_("Take back payment of {amount} for {name}"), by=by, amount=shown, name=document.caption()
    ) as unit:
        document = standing.fast(number)
        with unit.what_follows():
            held.delete_instance()
        settle(document)
    return document


def settle(invoice: SalesDocument) -> None:
    """Within a unit: what is paid and still owed, and how it stands by that."""
    paid = int(Payment.select(peewee.fn.SUM(Payment.amount)).where(Payment.document == invoice.number).scalar() or 0)
    credited, whole = _credited(invoice)
    left = int(invoice.total or 0) - paid - credited
    state = State.PAID if left <= 0 else State.OPEN
    if whole:
        state, left = State.CANCELLED, -paid
    changed = {"paid": paid, "open_amount": left, "state": state.value}
    for name, value in changed.items():
        if getattr(invoice, name) != value:
            setattr(invoice, name, value)
    if invoice.changes():
        invoice.save()


def _credited(invoice: SalesDocument) -> tuple[int, bool]:
    """What credit notes say, and whether they take back all of it; parts may differ from the whole by a cent each."""
    notes = standing.born_of(invoice.number, DocumentKind.CREDIT_NOTE, issued=True)
    amount = sum(int(each.total or 0) for each in notes)
    if not notes or abs(int(invoice.total or 0) - amount) >= len(notes):
        return amount, False
    done = standing.taken(invoice.number, DocumentKind.CREDIT_NOTE, issued=True)
    lines = [line for line in drafts.of(invoice.number) if standing.billable(line)]
    return amount, all(done.get(line.number, (0, 0))[0] == (line.quantity or 0) for line in lines)


def said(document: SalesDocument) -> str:
    """How it stands with the money: what is open, overpaid or paid."""
    left = int(document.open_amount or 0)
    shown = SalesDocument.kind("open_amount").show(abs(left))
    if left < 0:
        return _("overpaid {amount}").format(amount=shown)
    if left > 0:
        return _("{amount} open").format(amount=shown)
    return _("paid") if document.state == State.PAID else ""


def why_not_remind(document: SalesDocument, by: str) -> str | None:
    """None when the customer may be reminded of an invoice, or the sentence why not."""
    sentence = _("Only invoices are reminded of.")
    if reason := standing.may_change(document, by, [DocumentKind.INVOICE], sentence):
        return reason
    if document.state != State.OPEN or (document.open_amount or 0) <= 0:
        return _("Nothing is owed for this invoice.")
    if document.until is None or document.until >= clock.today():
        return _("This invoice is not overdue.")
    if document.reminded_on == clock.today():
        return _("The customer was reminded of it today.")
    if (document.reminded or 0) >= MOST_REMINDERS:
        return _("The customer was reminded {count} times already.").format(count=MOST_REMINDERS)
    return None


def remind(number: int, by: str) -> SalesDocument:
    """The customer is reminded of an overdue invoice, for the first, second or third time."""
    document = standing.find(number, by)
    with work.unit(N_("Reminder of {name}"), by=by, name=document.caption()):
        document = standing.agreed(number, by, why_not_remind)
        document.reminded, document.reminded_on = (document.reminded or 0) + 1, clock.today()
        document.save()
    return document


def debts(by: str) -> Sequence[Debt]:
    """The invoices that are not paid, what is due longest first; only those this operator may see."""
    rights.require(by, "see", SalesDocument)
    unpaid = (SalesDocument.what == DocumentKind.INVOICE.value) & (SalesDocument.state == State.OPEN.value)
    asked: Any = rights.rows(SalesDocument, by).where(unpaid & (SalesDocument.open_amount > 0))
    rows = [_debt(each) for each in asked]
    return sorted(rows, key=lambda row: (-row.days, row.number))


def _debt(each: SalesDocument) -> Debt:
    days = (clock.today() - each.until).days if each.until is not None else 0
    age = sum(days > most for most in AGES) if days > 0 else None
    return Debt(
        each.number, each.document_no, each.name or "", each.__data__.get("account"), each.dated, each.until,
        int(each.total or 0), int(each.open_amount or 0), each.currency or "", int(each.reminded or 0), days, age,
    )  # fmt: skip
