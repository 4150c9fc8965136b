"""Documents that are being written: begun, their lines priced, saved with them in one step (VT-86, VT-142)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from channergy_crm import clock, work
from channergy_crm.errors import Mistake
from channergy_crm.language import N_, _
from channergy_crm.money.totals import ONE, reckon
from channergy_crm.records import Account, Product, ProductVendor, SalesDocument, SalesLine, TaxClass
from channergy_crm.records.sales_documents import DocumentKind, LineKind
from channergy_crm.services import reading, rights
from channergy_crm.services.products import prices
from channergy_crm.services.sales_documents import heads
from channergy_crm.work import clashes

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

MOST_LINES = 2_000
_TOTALS = ("net", "tax", "total", "cost")


def start(
    kind: DocumentKind | str, by: str, *, account: int | None = None, contact: int | None = None,
    deal: int | None = None, vendor: int | None = None,
) -> SalesDocument:  # fmt: skip
    """A new document, not saved yet, with its head filled: whom it is for, where it goes, on which terms."""
    rights.require(by, "create", SalesDocument)
    return heads.begin(kind, by, account=account, contact=contact, deal=deal, vendor=vendor)


def address_of(by: str, *, account: int | None = None, contact: int | None = None, vendor: int | None = None) -> str:
    """The address of a customer, a person there or a vendor, as it stands on the envelope."""
    rights.require(by, "see", SalesDocument)
    return heads.address_of(by, account=account, contact=contact, vendor=vendor)


def lines(document: int, by: str) -> list[SalesLine]:
    """The lines of a document, in their order; none where it is not there."""
    return shown(of(document), by) if reading.find(SalesDocument, document, by) is not None else []


def shown(rows: list[SalesLine], by: str) -> list[SalesLine]:
    """The lines as this one may see them: without what they cost where that is hidden, which nobody has changed."""
    if "cost" in rights.hidden(SalesLine, by):
        for line in rows:
            clashes.take_theirs(line, "cost", None)
    return rows


def of(document: object) -> list[SalesLine]:
    """The lines of a document, whoever asks."""
    asked: Any = SalesLine.select().where(SalesLine.document == document)
    return list(asked.order_by(SalesLine.place, SalesLine.number))


def line_for(product: int, document: SalesDocument, quantity: int, by: str) -> SalesLine:
    """A line for so much of a product, not saved yet: with its price for this customer on this day, or what it costs
    at the vendor. The quantity is in thousandths.
    """
    held = reading.find(Product, product, by)
    if held is None:
        raise Mistake(_("The product is gone."), "product")
    day = document.dated or clock.today()
    line = SalesLine(
        what=LineKind.ITEM.value, product=held.number, code=held.code, name=held.name, description=held.description,
        quantity=quantity, unit=held.unit, rate=rate_of(held, day), cost=held.cost,
    )  # fmt: skip
    if document.what == DocumentKind.PURCHASE_ORDER:
        bought = _bought(held, document.__data__.get("vendor"))
        line.code = (bought.their_code if bought is not None else "") or held.code
        line.cost = bought.cost if bought is not None and bought.cost is not None else held.cost
        line.price = None if "cost" in rights.hidden(Product, by) else line.cost
    else:
        line.price = price_of(held, document, quantity, day, by).price
    return shown([line], by)[0]


def price_of(product: Product, document: SalesDocument, quantity: int, day: date, by: str) -> prices.Found:
    """What so much of a product costs on a document, and why."""
    account = Account.find(document.__data__.get("account"))
    book = document.__data__.get("price_book")
    return prices.price_for(product, quantity, day, by, account=account, currency=document.currency or "", book=book)


def rate_of(product: Product, day: date) -> int:
    """How a product is taxed on a day; one that says nothing of it is taxed as usual."""
    held = TaxClass.find(product.__data__.get("tax"))
    if held is None:
        held = TaxClass.select().where(TaxClass.standard & ~TaxClass.retired).order_by(TaxClass.number).first()
    return held.rate_on(day) if held is not None else 0


def _bought(product: Product, vendor: object) -> ProductVendor | None:
    found: ProductVendor | None = (
        ProductVendor.select()
        .where((ProductVendor.product == product.number) & (ProductVendor.vendor == vendor))
        .first()
    )
    return found


def reckoned(document: SalesDocument, rows: Sequence[SalesLine]) -> None:
    """What each line and the whole document come to, by the document's own way."""
    totals = reckon([line.item for line in rows], document.way)
    for line, amount in zip(rows, totals.items, strict=True):
        line.total = amount if line.what == LineKind.ITEM else None
    for name in _TOTALS:
        if getattr(document, name) != (value := getattr(totals, name)):
            setattr(document, name, value)


def save(document: SalesDocument, rows: Sequence[SalesLine], by: str) -> SalesDocument:
    """Write a draft with its lines, in one step; lines that are not among them are taken away.

    What a colleague has saved meanwhile is kept where nothing else was typed there, and a line they have added stays.
    """
    new = document.is_new
    rights.require(by, "create" if new else "edit", document)
    if not new:
        rights.require_shown(SalesDocument, document.changes(), by)
    _sensible(document, rows)
    hides = "cost" in rights.hidden(SalesLine, by)
    if hides:
        _at_cost(document, rows)
    if not new or not document.name:
        document.name = heads.whose(document) or document.name
    if new:
        document.addressee = heads.addressed(document, by)
    said = N_("Create {name}") if new else N_("Save {name}")
    waiting = [line.held() for line in rows]
    try:
        with work.unit(said, by=by, name=document.caption()) as unit:
            _write(document, rows)
            unit.say(said, name=document.caption())
    except BaseException:
        for line, held in zip(rows, waiting, strict=True):
            line.hold(held)
        raise
    finally:
        if hides:
            shown(list(rows), by)
    return document


def _at_cost(document: SalesDocument, rows: Sequence[SalesLine]) -> None:
    """What lines cost is not for everybody to write: it stays, and a new line costs what its product does."""
    kept = {} if document.is_new else {line.number: line.cost for line in of(document.number)}
    for line in rows:
        if line.number in kept and "product" not in line.changes():
            clashes.take_theirs(line, "cost", kept[line.number])
        else:
            product = Product.find(line.__data__.get("product"))
            cost = product.cost if product is not None else None
            line.cost = line.price if document.what == DocumentKind.PURCHASE_ORDER else cost


def _write(document: SalesDocument, rows: Sequence[SalesLine]) -> None:
    alone = True
    if not document.is_new:
        stored = work.locked(SalesDocument, SalesDocument.number == document.number)
        if not stored:
            raise Mistake(_("{name} was deleted by somebody else meanwhile.").format(name=document.caption()))
        _still_a_draft(document, stored[0])
        alone = stored[0].__data__["version"] == document.__data__["version"]
    document.save()
    kept = {line.number for line in rows if not line.is_new}
    there = of(document.number)
    others = [line for line in there if line.number not in kept]
    if alone:
        for line in others:
            line.delete_instance()
        others = []
    every = [*rows, *others]
    reckoned(document, every)
    for place, line in enumerate(every):
        if line.is_new:
            line.document = document.number
        if line.place != place:
            line.place = place
        line.save()
    document.save()


def _still_a_draft(document: SalesDocument, stored: SalesDocument) -> None:
    if stored.issued_on is None:
        return
    raise Mistake(
        _("{operator} has issued {name} meanwhile: it does not change any more. What you have typed is still here; "
          "copy it into a new document.").format(operator=stored.issued_by, name=stored.caption())
    )  # fmt: skip


def _sensible(document: SalesDocument, rows: Sequence[SalesLine]) -> None:
    if document.dated is None:
        raise Mistake(_("Enter the date of the document."), "dated")
    if document.until is not None and document.until < document.dated:
        raise Mistake(_("This day lies before the date of the document."), "until")
    if document.discount is not None and document.discount > 10_000:
        raise Mistake(_("A discount of more than 100 % leaves nothing to pay."), "discount")
    if len(rows) > MOST_LINES:
        raise Mistake(_("A document has at most {count:,} lines.").format(count=MOST_LINES))
    for place, line in enumerate((line for line in rows if line.what == LineKind.ITEM), 1):
        if line.discount is not None and line.discount > 10_000:
            raise Mistake(_("Line {place}: a discount is at most 100 %.").format(place=place))
        if line.quantity is None:
            line.quantity = ONE
