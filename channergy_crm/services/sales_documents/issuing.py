"""A document is issued: it gets its number and stays as it is; goods leave the stock with an invoice (VT-86, VT-7)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from channergy_crm import clock, work
from channergy_crm.errors import Mistake, Refused
from channergy_crm.language import N_, _
from channergy_crm.records import Account, Order, SalesDocument, SalesLine
from channergy_crm.records.sales_documents import KINDS, DocumentKind, LineKind, State
from channergy_crm.services import office, rights
from channergy_crm.services.products import stock
from channergy_crm.services.sales_documents import bounds, drafts, heads, numbers, open_lines, payments, standing
from channergy_crm.settings import ORDERS_TO_SUITE

if TYPE_CHECKING:
    from collections.abc import Callable


class Lack(NamedTuple):
    """What a line still needs: which line (its number), in which field, said in a sentence."""

    line: int
    field: str
    sentence: str


GOES_OUT = {DocumentKind.INVOICE: -1, DocumentKind.CREDIT_NOTE: 1}
"""what a document does to the stock"""


def why_not(document: SalesDocument, by: str) -> str | None:
    """None when a document may be issued, or the sentence what it still needs."""
    if reason := rights.may(by, "edit", document) or rights.may_issue(by):
        return reason
    if document.is_new:
        return _("Save the document first.")
    if document.issued_on is not None:
        return _("{name} is issued already.").format(name=document.caption())
    return _head_lacks(document) or _lines_lack(document) or _version(document) or bounds.too_much(document)


def _head_lacks(document: SalesDocument) -> str | None:
    if document.dated is None:
        return _("Enter the date of the document.")
    if document.what == DocumentKind.PURCHASE_ORDER and document.__data__.get("vendor") is None:
        return _("Choose the vendor this order goes to.")
    if document.what != DocumentKind.PURCHASE_ORDER and not _has_customer(document):
        return _("Choose the customer this document is for.")
    return None


def _has_customer(document: SalesDocument) -> bool:
    held = document.__data__
    return held.get("account") is not None or held.get("contact") is not None


def lack(document: SalesDocument, by: str) -> Lack | None:
    """The first line that lacks something before a document may be issued; lines are counted as the editor and the
    paper count them, without headings and sentences (VT-142).
    """
    rights.require(by, "see", document)
    return None if document.is_new else _lack(drafts.of(document.number))


def _lack(lines: list[SalesLine]) -> Lack | None:
    items = (line for line in lines if line.what == LineKind.ITEM)
    for place, line in enumerate(items, 1):
        for field, lacks, said in _WANTED:
            if lacks(line):
                return Lack(int(line.number), field, _(said).format(place=place))
    return None


_WANTED: tuple[tuple[str, Callable[[SalesLine], bool], str], ...] = (
    ("rate", lambda line: line.rate is None, N_("Line {place}: enter the rate of tax, 0 where there is none.")),
    ("price", lambda line: line.price is None, N_("Line {place}: enter a price.")),
    ("quantity", lambda line: not line.quantity, N_("Line {place}: enter a quantity.")),
)
"""what a line needs: the field, whether it lacks, the sentence"""


def _lines_lack(document: SalesDocument) -> str | None:
    lines = drafts.of(document.number)
    if all(line.what != LineKind.ITEM for line in lines):
        return _("There is nothing on the document yet: add a product.")
    found = _lack(lines)
    return found.sentence if found is not None else None


def _version(document: SalesDocument) -> str | None:
    old = SalesDocument.find(document.__data__.get("replaces"))
    if old is None or old.state in (State.OPEN, State.DECLINED):
        return None
    return _("{name} can be replaced no more: it is {state}.").format(name=old.caption(), state=_state(old))


def _state(document: SalesDocument) -> str:
    return SalesDocument.kind("state").show(document.state)


def issue(number: int, by: str) -> SalesDocument:
    """Give a document its number and let it stand; what hangs on it is done in the same step. Nobody takes that back:
    a correction is another document.
    """
    held = standing.find(number, by)
    if reason := rights.may_issue(by):
        raise Refused(reason)
    kind = _(KINDS[DocumentKind(held.what)].singular)
    with work.unit(N_("Issue {name}"), by=by, name=held.caption()) as unit:
        document = standing.fast(number)
        _hold_origin(document)
        if sentence := why_not(document, by):
            raise Mistake(sentence)
        lines = drafts.of(number)
        drafts.reckoned(document, lines)
        for line in lines:
            line.save()
        _put_down(document, by)
        unit.say(N_("Issue {kind} {number}"), kind=kind, number=document.document_no)
        _afterwards(document, lines, by)
    return document


def _hold_origin(document: SalesDocument) -> None:
    """Nobody else bills, orders or replaces the same until this is done."""
    for name in ("came_from", "replaces"):
        if (origin := document.__data__.get(name)) is not None:
            before = standing.fast(origin).__data__.get("came_from")
            if document.what in GOES_OUT and before is not None:
                standing.fast(before)


def _put_down(document: SalesDocument, by: str) -> None:
    document.name, document.addressee = heads.whose(document) or document.name, heads.addressed(document, by)
    old = SalesDocument.find(document.__data__.get("replaces"))
    if old is not None:
        document.year, document.count, document.document_no = old.year, old.count, old.document_no
        document.revision = (old.revision or 1) + 1
    else:
        day = document.dated or clock.today()
        document.year = day.year
        document.count, document.document_no = numbers.take(document.what, day, by)
    document.state, document.issued_on, document.issued_by = State.OPEN.value, clock.now(), by
    if document.what == DocumentKind.INVOICE:
        document.open_amount = document.total
    document.save()
    if old is not None:
        old.state = State.REPLACED.value
        old.save()


def _afterwards(document: SalesDocument, lines: list[SalesLine], by: str) -> None:
    origin = document.__data__.get("came_from")
    with work.current().what_follows():
        _stock(document, lines, by)
        if document.what == DocumentKind.SALES_ORDER:
            _tell_the_suite(document, by)
        if document.what == DocumentKind.INVOICE:
            payments.settle(document)
            if origin is not None:
                open_lines.settle(origin)
        if document.what == DocumentKind.CREDIT_NOTE and origin is not None:
            open_lines.credited(origin)


def _stock(document: SalesDocument, lines: list[SalesLine], by: str) -> None:
    sign = GOES_OUT.get(DocumentKind(document.what), 0)
    if not sign:
        return
    for line in sorted(lines, key=lambda line: line.__data__.get("product") or 0):
        product = standing.product_of(line) if standing.billable(line) else None
        if product is not None and not product.service:
            quantity = sign * int(line.quantity or 0)
            stock.move(product, quantity, by, document=document.caption()[:60], line=line.number)


def _tell_the_suite(document: SalesDocument, by: str) -> None:
    """An order of a customer is an order of the suite, too (CH-1): the customer counts as one who has ordered."""
    account = Account.find(document.__data__.get("account"))
    if office.get(ORDERS_TO_SUITE, by) != heads.ON or account is None or account.__data__.get("customer") is None:
        return
    day = min(document.dated or clock.today(), clock.today())
    Order(customer=account.__data__["customer"], ordered_on=day, amount=document.total,
          document=document.number).save()  # fmt: skip


def sent(number: int, by: str) -> SalesDocument:
    """Note that a document went to the customer."""
    document = standing.find(number, by)
    if not document.is_issued:
        raise Mistake(_("Issue the document first: what is sent has its number."))
    with work.unit(N_("Sent {name}"), by=by, name=document.caption()):
        document.sent_on = clock.now()
        document.save()
    return document
