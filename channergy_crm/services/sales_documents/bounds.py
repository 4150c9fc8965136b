"""No document takes more of another than there is: nothing is billed twice, nothing credited beyond what was billed
(VT-86, VT-137).
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from channergy_crm.language import _
from channergy_crm.records import SalesDocument, SalesLine
from channergy_crm.records.sales_documents import DocumentKind
from channergy_crm.services.sales_documents import drafts, open_lines, standing

if TYPE_CHECKING:
    from collections.abc import Mapping


def too_much(document: SalesDocument) -> str | None:
    """The sentence where a document orders, bills or credits more than there was, or None."""
    origin = SalesDocument.find(document.__data__.get("came_from"))
    if origin is None:
        return None
    if document.what == DocumentKind.SALES_ORDER and origin.what == DocumentKind.QUOTE:
        return _beyond(document, origin, {key: done for key, done in _billed_at_once(origin).items() if done})
    if document.what == DocumentKind.INVOICE:
        return _beyond(document, origin, _others(document, origin)) or _beyond_the_quote(document, origin)
    if document.what == DocumentKind.CREDIT_NOTE:
        return _beyond(document, origin, _others(document, origin)) or _worth_more(document, origin)
    return None


def _others(document: SalesDocument, origin: SalesDocument) -> dict[int, int]:
    """What others have taken of each line of the origin."""
    done = open_lines.taken(origin, but=document.number)
    return {line.number: done.get(line.number, (0, 0))[0] for line in drafts.of(origin.number)}


def _beyond(document: SalesDocument, origin: SalesDocument, others: Mapping[int, int]) -> str | None:
    there, mine = {line.number: line for line in drafts.of(origin.number)}, Counter[int]()
    for line in drafts.of(document.number):
        if (key := line.__data__.get("came_from")) in there and key in others:
            mine[key] += int(line.quantity or 0)
    return next((said for key in mine if (said := _above(there[key], mine[key], others[key], origin))), None)


def _above(line: SalesLine, quantity: int, others: int, origin: SalesDocument) -> str | None:
    left = open_lines.left_of(line, others)
    if abs(quantity) <= abs(left):
        return None
    only = _("{line}: only {open} of {name} is still open.")
    return only.format(line=line.caption(), open=open_lines.said(left), name=origin.caption())


# ---------------------------------------------------------------- out of a quote at once, and out of its order


def _billed_at_once(quote: SalesDocument) -> dict[int, int]:
    """What was billed of a quote without an order, by line."""
    billed = standing.taken(quote.number, DocumentKind.INVOICE)
    back = standing.taken_back(quote.number) if billed else {}
    return {key: done[0] - back.get(key, (0, 0))[0] for key, done in billed.items()}


def _beyond_the_quote(document: SalesDocument, order: SalesDocument) -> str | None:
    """Where a quote was billed at once, what its order bills counts as well."""
    quote = SalesDocument.find(order.__data__.get("came_from"))
    at_once = _billed_at_once(quote) if quote is not None and quote.what == DocumentKind.QUOTE else {}
    if quote is None or not any(at_once.values()):
        return None
    others, mine = Counter(at_once), Counter[int]()
    for each in standing.born_of(quote.number, DocumentKind.SALES_ORDER):
        done = open_lines.taken(each, but=document.number)
        for line in drafts.of(each.number):
            others[line.__data__.get("came_from") or 0] += done.get(line.number, (0, 0))[0]
    came_from = {line.number: line.__data__.get("came_from") for line in drafts.of(order.number)}
    for line in drafts.of(document.number):
        mine[came_from.get(line.__data__.get("came_from")) or 0] += int(line.quantity or 0)
    held = {line.number: line for line in drafts.of(quote.number) if at_once.get(line.number)}
    return next((said for key in held if (said := _above(held[key], mine[key], others[key], quote))), None)


# ---------------------------------------------------------------- credited


def _worth_more(note: SalesDocument, invoice: SalesDocument) -> str | None:
    """Where credit notes would take back more money than was billed; each part may differ by a cent, being rounded."""
    others = [each for each in standing.born_of(invoice.number, DocumentKind.CREDIT_NOTE, issued=True)
              if each.number != note.number]  # fmt: skip
    lines = {line.number: line for line in drafts.of(invoice.number) if standing.billable(line)}
    back, mine = Counter[int](), Counter[int]()
    for document, found in ((note, mine), *((each, back) for each in others)):
        for line in drafts.of(document.number):
            found[line.__data__.get("came_from") or 0] += int(line.total or 0)
    for key, line in lines.items():
        if said := _worth(int(line.total or 0), back[key], mine[key], len(others), line.caption()):
            return said
    done = sum(int(each.total or 0) for each in others)
    return _worth(int(invoice.total or 0), done, int(note.total or 0), len(others), invoice.caption())


def _worth(billed: int, done: int, more: int, slack: int, name: str) -> str | None:
    sign = -1 if billed < 0 else 1
    left = sign * (billed - done)
    if sign * more <= max(left, 0) + slack:
        return None
    money = SalesDocument.kind("total").show
    said = _("{name}: {billed} was billed, of which {left} may still be credited, not {more}.")
    return said.format(name=name, billed=money(billed), left=money(sign * max(left, 0)), more=money(more))
