"""What of a document's lines is still open: to bill, to order, to receive, to credit (VT-86)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import peewee

from channergy_crm.errors import Mistake
from channergy_crm.language import _
from channergy_crm.money.totals import rounded
from channergy_crm.records import SalesDocument, SalesLine, StockMove
from channergy_crm.records.sales_documents import DocumentKind, State
from channergy_crm.services import reading
from channergy_crm.services.sales_documents import drafts, payments, standing

if TYPE_CHECKING:
    from collections.abc import Mapping

NEXT: dict[DocumentKind, tuple[DocumentKind, ...]] = {
    DocumentKind.QUOTE: (DocumentKind.SALES_ORDER, DocumentKind.INVOICE),
    DocumentKind.SALES_ORDER: (DocumentKind.INVOICE,),
    DocumentKind.INVOICE: (DocumentKind.CREDIT_NOTE,),
}
"""what becomes of the lines of a document; what is ordered of a quote is billed out of the order"""


class OpenLine(NamedTuple):
    """A line, and how much of it is done and still open, in thousandths."""

    line: SalesLine
    done: int
    open: int


def still_open(number: int, by: str) -> list[OpenLine]:
    """What of a document is still to be billed, received or credited; with what is done, nothing left out."""
    held = reading.find(SalesDocument, number, by)
    found = of(held) if held is not None else []
    drafts.shown([each.line for each in found], by)
    return found


def of(document: SalesDocument) -> list[OpenLine]:
    """The same, whoever asks."""
    lines = [line for line in drafts.of(document.number) if standing.billable(line)]
    if document.what == DocumentKind.PURCHASE_ORDER:
        done = _received(document.number)
        lines = [line for line in lines if standing.product_of(line) is not None]
    else:
        done = {line: each[0] for line, each in taken(document).items()}
    return [_open(line, done.get(line.number, 0)) for line in lines]


def taken(document: SalesDocument, *, issued: bool = False, but: object = None) -> dict[int, tuple[int, int]]:
    """What was taken of the lines of a document by what comes after it, quantity and discount by line; less what is to
    be billed again.
    """
    kinds = NEXT.get(DocumentKind(document.what), ())
    found = standing.taken(document.number, *kinds, issued=issued, but=but) if kinds else {}
    back = standing.taken_back(document.number) if DocumentKind.INVOICE in kinds else {}
    for line, (quantity, less) in back.items():
        had = found.get(line, (0, 0))
        found[line] = had[0] - quantity, had[1] - less
    return found


def _open(line: SalesLine, done: int) -> OpenLine:
    """Of what is taken back, a quantity below nothing, so much less is open as was taken back already."""
    return OpenLine(line, done, left_of(line, done))


def left_of(line: SalesLine, done: int) -> int:
    """How much of a line is left."""
    quantity = int(line.quantity or 0)
    return max(quantity - done, 0) if quantity >= 0 else min(quantity - done, 0)


def _received(document: object) -> dict[int, int]:
    lines = SalesLine.select(SalesLine.number).where(SalesLine.document == document)
    asked: Any = StockMove.select(StockMove.line, peewee.fn.SUM(StockMove.quantity)).where(StockMove.line.in_(lines))
    return {int(line): int(quantity or 0) for line, quantity in asked.group_by(StockMove.line).tuples()}


def wanted(document: SalesDocument, quantities: Mapping[int, int] | None) -> list[tuple[SalesLine, int]]:
    """The lines and how much of each is meant: all that is open, or what was chosen; no more than is open."""
    found = []
    for line, _done, left in of(document):
        chosen = left if quantities is None else quantities.get(line.number, 0)
        if not chosen:
            continue
        if abs(chosen) > abs(left) or (chosen < 0) != (left < 0):
            only = _("{line}: only {open} is still open.")
            raise Mistake(only.format(line=line.caption(), open=said(left)), "quantity")
        found.append((line, chosen))
    return found


def said(value: int) -> str:
    """A quantity in a sentence."""
    return SalesLine.kind("quantity").show(value) or "0"


def discount_of(line: SalesLine, quantity: int, before: tuple[int, int]) -> int | None:
    """What a part of a line takes along of its discount in money: all parts together take all of it, to the cent."""
    if not line.less or not line.quantity:
        return line.less
    until = before[0] + quantity
    share = int(line.less) if until == line.quantity else rounded(int(line.less) * until, int(line.quantity))
    return share - before[1]


def settle(order: object) -> None:
    """Within a unit: an order is done when all of it is billed, and open again when it is not."""
    held = standing.fast(order)
    if held.state not in (State.OPEN, State.DONE) or held.what != DocumentKind.SALES_ORDER:
        return
    done = taken(held, issued=True)
    lines = [line for line in drafts.of(held.number) if standing.billable(line)]
    full = all(abs(done.get(line.number, (0, 0))[0]) >= abs(line.quantity or 0) for line in lines)
    _becomes(held, State.DONE if full else State.OPEN)


def credited(invoice: object) -> None:
    """Within a unit: what is credited is not owed; an invoice all of which is credited is cancelled, and what it
    billed is open again. Of a part the office says whether it is billed again (`flow.bill_again`).
    """
    held = standing.fast(invoice)
    payments.settle(held)
    if held.state == State.CANCELLED and (order := held.__data__.get("came_from")) is not None:
        settle(order)


def received(order: SalesDocument) -> None:
    """Within a unit: a purchase order is done when all that was ordered is there, goods and services."""
    _becomes(order, State.DONE if not any(each.open for each in of(order)) else State.OPEN)


def _becomes(document: SalesDocument, state: State) -> None:
    if document.state != state.value:
        document.state = state.value
        document.save()
