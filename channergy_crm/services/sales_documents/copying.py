"""A document becomes the next one: its head and lines are taken over, whole or in part (VT-86)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm import clock
from channergy_crm.errors import Mistake
from channergy_crm.language import _
from channergy_crm.money.totals import of_item, rounded
from channergy_crm.records import SalesDocument, SalesLine
from channergy_crm.records.sales_documents import DocumentKind, LineKind, State
from channergy_crm.services.sales_documents import drafts, heads, open_lines, standing

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

HEAD = (
    "subject", "name", "account", "contact", "deal", "project", "addressee", "delivered_to", "their_tax_number",
    "their_reference", "language", "delivery", "terms", "price_book", "currency", "gross", "rounding", "discount",
    "less", "owner",
)  # fmt: skip
TEXTS = ("opening", "closing", "internal_notes")
LINE = (
    "what", "product", "code", "name", "description", "quantity", "unit", "price", "discount", "less", "rate", "cost",
)  # fmt: skip
Part = tuple[SalesLine, int]
"""a line and how much of it"""


def head(
    source: SalesDocument, kind: DocumentKind, by: str, *, texts: bool = False, came_from: bool = True
) -> SalesDocument:
    """A draft for the same customer on the same terms; when it is due is reckoned anew."""
    made = SalesDocument(what=kind.value, dated=clock.today(), created_on=clock.today(), state=State.DRAFT.value)
    for name in (*HEAD, *(TEXTS if texts else ())):
        setattr(made, name, source.__data__.get(name))
    if came_from:
        made.came_from = source.number
    made.until = heads.until(made, by)
    return made


def line(source: SalesLine, **values: object) -> SalesLine:
    """The same line for another document."""
    made = SalesLine(**{name: source.__data__.get(name) for name in LINE})
    made.came_from = source.number
    for name, value in values.items():
        setattr(made, name, value)
    return made


def write(document: SalesDocument, lines: Sequence[SalesLine]) -> SalesDocument:
    """Within a unit: keep a new draft with its lines."""
    drafts.reckoned(document, lines)
    document.save()
    for place, each in enumerate(lines):
        each.document, each.place = document.number, place
        each.save()
    return document


def part(source: SalesDocument, kind: DocumentKind, by: str, quantities: Mapping[int, int] | None) -> SalesDocument:
    """Within a unit: a draft with what is open of a document, or with what was chosen of it."""
    wanted = {each.number: quantity for each, quantity in open_lines.wanted(source, quantities)}
    if not wanted:
        raise Mistake(_("Nothing of {name} is open any more.").format(name=source.caption()), "quantity")
    before = open_lines.taken(source)
    every = drafts.of(source.number)
    whole = all(wanted.get(each.number) == each.quantity for each in every if standing.billable(each))
    made = [
        line(each) if not standing.billable(each)
        else line(each, quantity=wanted[each.number],
                  less=open_lines.discount_of(each, wanted[each.number], before.get(each.number, (0, 0))))
        for each in (every if whole else _with_headings(every, wanted))
    ]  # fmt: skip
    held = head(source, kind, by)
    held.less = source.less if whole else _less(source, every, made)
    return write(held, made)


def _with_headings(every: Sequence[SalesLine], wanted: Mapping[int, int]) -> list[SalesLine]:
    """The chosen lines, and the headings under which any of them stands."""
    found: list[SalesLine] = []
    heading: SalesLine | None = None
    for each in every:
        if each.what == LineKind.HEADING:
            heading = each
        elif each.number in wanted:
            found += [each] if heading is None else [heading, each]
            heading = None
    return found


def _less(source: SalesDocument, every: Sequence[SalesLine], part: Sequence[SalesLine]) -> int:
    """What a part takes along of the discount of the whole document; the last one takes what is left of it."""
    less = int(source.less or 0)
    if not less:
        return 0
    taken = standing.less_taken(source.number, *open_lines.NEXT[DocumentKind(source.what)])
    if not any(each.open for each in open_lines.of(source) if not _covers(each, part)):
        return max(less - taken, 0)
    worth, whole = (sum(of_item(each.item) for each in rows if each.item is not None) for rows in (part, every))
    return min(rounded(less * worth, whole), less - taken) if whole > 0 else 0


def _covers(each: open_lines.OpenLine, part: Sequence[SalesLine]) -> bool:
    return any(made.__data__.get("came_from") == each.line.number and made.quantity == each.open for made in part)
