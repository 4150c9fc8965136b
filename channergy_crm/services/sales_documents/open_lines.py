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

NEXT = {
    DocumentKind.QUOTE: DocumentKind.SALES_ORDER, DocumentKind.SALES_ORDER: DocumentKind.INVOICE,
    DocumentKind.INVOICE: DocumentKind.CREDIT_NOTE,
}  # fmt: skip
"""what becomes of the lines of a document"""


class OpenLine(NamedTuple):
    """A line, and how much of it is done and still open, in thousandths."""

    line: SalesLine
    done: int
    open: int


def still_open(number: int, by: str) -> list[OpenLine]:
    """What of a document is still to be billed, received or credited; with what is done, nothing left out."""
    held = reading.find(SalesDocument, number, by)
    return of(held) if held is not None else []


def of(document: SalesDocument) -> list[OpenLine]:
    """The same, whoever asks."""
    lines = [line for line in drafts.of(document.number) if standing.billable(line)]
    if document.what == DocumentKind.PURCHASE_ORDER:
        done = _received(document.number)
        lines = [line for line in lines if standing.is_goods(line)]
    else:
        after = NEXT.get(DocumentKind(document.what))
        done = {line: each[0] for line, each in standing.taken(document.number, after).items()} if after else {}
    return [_open(line, done.get(line.number, 0)) for line in lines]


def _open(line: SalesLine, done: int) -> OpenLine:
    """Of what is taken back, a quantity below nothing, so much less is open as was taken back already."""
    quantity = int(line.quantity or 0)
    left = quantity - done
    return OpenLine(line, done, max(left, 0) if quantity >= 0 else min(left, 0))


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
            said = _("{line}: only {open} is still open.")
            raise Mistake(said.format(line=line.caption(), open=_quantity(left)), "quantity")
        found.append((line, chosen))
    return found


def _quantity(value: int) -> str:
    return SalesLine.kind("quantity").show(value) or "0"


def discount_of(line: SalesLine, quantity: int, before: tuple[int, int]) -> int | None:
    """What a part of a line takes along of its discount in money: all parts together take all of it, to the cent."""
    if not line.less or not line.quantity:
        return line.less
    until = before[0] + quantity
    share = int(line.less) if until == line.quantity else rounded(int(line.less) * until, int(line.quantity))
    return share - before[1]


def too_much(document: SalesDocument) -> str | None:
    """The sentence where a document bills or credits more than there was, or None."""
    origin = SalesDocument.find(document.__data__.get("came_from"))
    kind = DocumentKind(document.what)
    if origin is None or kind not in (DocumentKind.INVOICE, DocumentKind.CREDIT_NOTE):
        return None
    others = standing.taken(origin.number, kind, but=document.number)
    there = {line.number: line for line in drafts.of(origin.number)}
    mine: dict[int, int] = {}
    for line in drafts.of(document.number):
        if (key := line.__data__.get("came_from")) in there:
            mine[key] = mine.get(key, 0) + int(line.quantity or 0)
    for key, quantity in mine.items():
        left = _open(there[key], others.get(key, (0, 0))[0]).open
        if abs(quantity) > abs(left):
            return _("{line}: only {open} of {name} is still open.").format(
                line=there[key].caption(), open=_quantity(left), name=origin.caption()
            )
    return None


def settle(order: object) -> None:
    """Within a unit: an order is done when all of it is billed, and open again when it is not."""
    held = standing.fast(order)
    if held.state not in (State.OPEN, State.DONE) or held.what != DocumentKind.SALES_ORDER:
        return
    done = standing.taken(held.number, DocumentKind.INVOICE, issued=True)
    lines = [line for line in drafts.of(held.number) if standing.billable(line)]
    full = all(abs(done.get(line.number, (0, 0))[0]) >= abs(line.quantity or 0) for line in lines)
    _becomes(held, State.DONE if full else State.OPEN)


def credited(invoice: object) -> None:
    """Within a unit: what is credited is not owed; an invoice all of which is credited is cancelled, and what it
    billed is open again.
    """
    held = standing.fast(invoice)
    payments.settle(held)
    if held.state == State.CANCELLED and (order := held.__data__.get("came_from")) is not None:
        settle(order)


def received(order: SalesDocument) -> None:
    """Within a unit: a purchase order is done when all goods are there."""
    _becomes(order, State.DONE if not any(each.open for each in of(order)) else State.OPEN)


def _becomes(document: SalesDocument, state: State) -> None:
    if document.state != state.value:
        document.state = state.value
        document.save()
