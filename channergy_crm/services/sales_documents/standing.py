"""How it stands with documents: found with the right to change them, held fast, counted (VT-86)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import peewee

from channergy_crm import work
from channergy_crm.errors import Mistake
from channergy_crm.language import _
from channergy_crm.records import Product, SalesDocument, SalesLine
from channergy_crm.records.sales_documents import DocumentKind, LineKind, State
from channergy_crm.services import rights

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    WhyNot = Callable[[SalesDocument, str], str | None]

OVER = (State.CANCELLED.value, State.REPLACED.value, State.DECLINED.value)


def find(number: int, by: str) -> SalesDocument:
    """A document this operator may change; a sentence where it is gone."""
    rights.require(by, "edit", SalesDocument)
    held = SalesDocument.find(number)
    if held is None:
        raise Mistake(_("The document is not there any more."))
    rights.require(by, "edit", held)
    return held


def fast(number: object) -> SalesDocument:
    """Within a unit: a document nobody else changes until its end."""
    held = work.locked(SalesDocument, SalesDocument.number == number)
    if not held:
        raise Mistake(_("The document is not there any more."))
    return held[0]


def agreed(number: int, by: str, why_not: WhyNot) -> SalesDocument:
    """Within a unit: a document held fast, with which this may still be done."""
    held = fast(number)
    if sentence := why_not(held, by):
        raise Mistake(sentence)
    return held


def may_change(document: SalesDocument, by: str, kinds: Collection[str], sentence: str) -> str | None:
    """None when this operator may change a document of one of these kinds, or the sentence why not."""
    if reason := rights.may(by, "edit", SalesDocument):
        return reason
    if document.is_new or document.what not in kinds:
        return sentence
    return rights.may(by, "edit", document)


def product_of(line: SalesLine) -> Product | None:
    """The product a line is about."""
    return Product.find(line.__data__.get("product"))


def billable(line: SalesLine) -> bool:
    """Whether there is something to bill: neither a sentence nor a heading."""
    return line.what == LineKind.ITEM


def taken(
    document: object, *kinds: DocumentKind, issued: bool = False, but: object = None
) -> dict[int, tuple[int, int]]:
    """What documents of some kinds have taken of the lines of another: quantity and discount, by line.

    Drafts count, but where only `issued` ones are asked for; what was cancelled counts no more. `but` is one of them
    that is left out.
    """
    there: Any = SalesLine.alias()
    held: Any = SalesDocument.alias()
    asked: Any = (
        SalesLine.select(
            SalesLine.came_from, peewee.fn.SUM(peewee.fn.COALESCE(SalesLine.quantity, 0)),
            peewee.fn.SUM(peewee.fn.COALESCE(SalesLine.less, 0)),
        )
        .join(there, on=(SalesLine.came_from == there.number))
        .join(held, on=(SalesLine.document == held.number))
        .where((there.document == document) & held.what.in_(kinds) & held.state.not_in(OVER))
        .group_by(SalesLine.came_from)
    )  # fmt: skip
    if issued:
        asked = asked.where(held.issued_on.is_null(False))
    if but is not None:
        asked = asked.where(held.number != but)
    return {int(line): (int(quantity or 0), int(less or 0)) for line, quantity, less in asked.tuples()}


def taken_back(document: object) -> dict[int, tuple[int, int]]:
    """What of the lines of an order or a quote was billed, credited, and is to be billed again: quantity and discount,
    by line.
    """
    billed: Any = SalesLine.alias()
    ordered: Any = SalesLine.alias()
    invoice: Any = SalesDocument.alias()
    note: Any = SalesDocument.alias()
    asked: Any = (
        SalesLine.select(
            ordered.number, peewee.fn.SUM(peewee.fn.COALESCE(SalesLine.quantity, 0)),
            peewee.fn.SUM(peewee.fn.COALESCE(SalesLine.less, 0)),
        )
        .join(billed, on=(SalesLine.came_from == billed.number))
        .join(ordered, on=(billed.came_from == ordered.number))
        .join(invoice, on=(billed.document == invoice.number))
        .join(note, on=(SalesLine.document == note.number))
        .where((ordered.document == document) & (invoice.what == DocumentKind.INVOICE.value)
               & invoice.state.not_in(OVER) & _again(note))
        .group_by(ordered.number)
    )  # fmt: skip
    return {int(line): (int(quantity or 0), int(less or 0)) for line, quantity, less in asked.tuples()}


def _again(note: Any) -> Any:
    """A credit note of which the office has said that it is billed again: since that day (`flow.bill_again`)."""
    return (note.what == DocumentKind.CREDIT_NOTE.value) & note.answered_on.is_null(False) & note.state.not_in(OVER)


def less_taken(document: object, *kinds: DocumentKind) -> int:
    """What was taken of the discount of a whole document, less what is to be billed again."""
    born = born_of(document, *kinds)
    less = sum(int(each.less or 0) for each in born)
    bills = [each.number for each in born if each.what == DocumentKind.INVOICE]
    notes = SalesDocument.select(peewee.fn.SUM(peewee.fn.COALESCE(SalesDocument.less, 0)))
    again = notes.where(SalesDocument.came_from.in_(bills) & _again(SalesDocument)).scalar() if bills else 0
    return less - int(again or 0)


def born_of(document: object, *kinds: DocumentKind, issued: bool = False) -> list[SalesDocument]:
    """The documents of some kinds that came from another and still stand."""
    asked = SalesDocument.select().where(
        (SalesDocument.came_from == document) & SalesDocument.what.in_(kinds) & SalesDocument.state.not_in(OVER)
    )
    if issued:
        asked = asked.where(SalesDocument.issued_on.is_null(False))
    return list(asked.order_by(SalesDocument.number))
