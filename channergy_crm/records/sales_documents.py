"""Quotes, sales and purchase orders, invoices, credit notes: one kind of record with its lines (VT-86, VT-137)."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple

from channergy_crm.fields import (
    Date,
    Flag,
    Link,
    LongText,
    Lookup,
    Moment,
    Money,
    Number,
    OneOf,
    Owner,
    Quantity,
    Rate,
    RecordNumber,
    SearchText,
    Text,
)
from channergy_crm.language import N_, _
from channergy_crm.money.totals import Item, Way
from channergy_crm.records.document_names import NAMES
from channergy_crm.records.operators import Operator
from channergy_crm.records.people import Account, Contact
from channergy_crm.records.products import PriceBook, Product, Spent
from channergy_crm.records.projects import InProject
from channergy_crm.records.sales import Opportunity
from channergy_crm.records.vendors import Vendor
from channergy_crm.work.about import ADMINISTRATORS, About, Lines
from channergy_crm.work.record import Record

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from channergy_crm.language import Named


GUARDS: dict[type[Record], Callable[[object, str, Mapping[str, Any], Mapping[str, Any]], None]] = {}
"""what keeps what is issued as it is, by record type; `records/issued.py` puts it here"""


def _stays(cls: type[Record], *change: Any) -> None:
    GUARDS[cls](*change)


class DocumentKind(StrEnum):
    """What a document is; the value is stored."""

    QUOTE = "quote"
    SALES_ORDER = "sales_order"
    PURCHASE_ORDER = "purchase_order"
    INVOICE = "invoice"
    CREDIT_NOTE = "credit_note"


class Said(NamedTuple):
    """What people call a kind of document, where its documents are listed, and its drawing."""

    singular: str
    plural: str
    screen: str
    target: str
    icon: str


KINDS: dict[DocumentKind, Said] = {
    DocumentKind.QUOTE: Said(N_("Quote"), N_("Quotes"), "quotes", "quote", "quote"),
    DocumentKind.SALES_ORDER: Said(N_("Sales order"), N_("Sales orders"), "sales_orders", "sales_order", "order"),
    DocumentKind.PURCHASE_ORDER: Said(
        N_("Purchase order"), N_("Purchase orders"), "purchase_orders", "purchase_order", "purchase"
    ),
    DocumentKind.INVOICE: Said(N_("Invoice"), N_("Invoices"), "invoices", "invoice", "invoice"),
    DocumentKind.CREDIT_NOTE: Said(N_("Credit note"), N_("Credit notes"), "invoices", "invoice", "invoice"),
}
"""in the order of the sale"""
NAMED: dict[DocumentKind, type[Named]] = dict(zip(DocumentKind, NAMES, strict=True))
"""what each is called inside a sentence"""
LOOKED_AT = 500
"""of how many documents is asked of which kind they are; more are just documents"""


class State(StrEnum):
    """How it stands with a document; the value is stored."""

    DRAFT = "draft"
    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    REPLACED = "replaced"
    DONE = "done"
    PAID = "paid"
    CANCELLED = "cancelled"


STATES: dict[str, str] = {
    State.DRAFT: N_("Draft"), State.OPEN: N_("Still open"), State.ACCEPTED: N_("Accepted"),
    State.DECLINED: N_("Declined"), State.REPLACED: N_("Replaced"), State.DONE: N_("Done"), State.PAID: N_("Paid"),
    State.CANCELLED: N_("Cancelled"),
}  # fmt: skip
ROUNDINGS = {"document": N_("for each rate of tax"), "line": N_("on each line")}


LIVING = frozenset({
    "state", "answered_on", "reason", "paid", "open_amount", "reminded", "reminded_on", "sent_on", "internal_notes",
    "owner", "account", "contact", "vendor", "deal", "project", "last_activity", "search_text", "version",
})  # fmt: skip
"""what of an issued document may still change: how it stands and to whom it hangs, nothing that is on its paper"""

MOVING = frozenset({"product", "search_text", "version"})
"""what of an issued line may change: which product it leads to, once two of them are merged; a person who is anonymised
leaves the line as it is
"""


class Issued(Moment):
    """When a document was issued: from then on it stays as it is."""

    freezes = True


class SalesDocument(Record):
    """A quote, an order, an invoice or a credit note. Issued it has its number and is frozen: what is on its paper
    never changes again, and a correction is another document.
    """

    number = RecordNumber("Record #", column_name="SalesDocumentNo")
    what = OneOf("Kind", column_name="Kind", words={kind: said.singular for kind, said in KINDS.items()}, required=True,
                 system=True)  # fmt: skip
    document_no = Text("Document #", column_name="DocumentNo", system=True, searched=True, limit=40, width=14)
    revision = Number("Version", column_name="Revision", system=True, default=1, least=1, most=999, width=8)
    year = Number("Year of the number", column_name="NumberYear", hidden=True)
    count = Number("Count of the number", column_name="NumberCount", hidden=True)
    state = OneOf(
        "Standing",
        column_name="State",
        words=STATES,
        system=True,
        default=State.DRAFT.value,
        width=12,
        synonyms="state, status",
    )
    subject = Text("Subject", column_name="Subject", searched=True, limit=250, width=36)
    name = Text("Customer", column_name="CustomerName", searched=True, limit=760, width=32, system=True)
    account = Link(Account, "Account", column_name="CRMAccountNo", index=True, width=24)
    contact = Link(Contact, "Contact", column_name="ContactNo", index=True, width=20)
    vendor = Link(Vendor, "Vendor", column_name="VendorNo", index=True, width=24)
    deal = Link(Opportunity, "Opportunity", column_name="OpportunityNo", index=True, width=24)
    project = InProject()
    addressee = LongText("Address", column_name="Addressee", personal=True, limit=1_000)
    delivered_to = LongText("Delivery Address", column_name="DeliveryAddress", personal=True, limit=1_000)
    their_tax_number = Text("Their Tax Number", column_name="TheirTaxNumber", personal=True, limit=40, width=16)
    their_reference = Text("Their Reference", column_name="TheirReference", searched=True, limit=80, width=18)
    language = Text("Language", column_name="Language", limit=40, width=8)
    dated = Date("Date", column_name="DocumentDt", required=True)
    until = Date("Valid Until", column_name="UntilDt", hint="of an invoice: due")
    delivery = Date("Delivery Date", column_name="DeliveryDt")
    terms = Text("Terms", column_name="Terms", suggested=True, limit=250, width=30)
    price_book = Link(PriceBook, "Price Book", column_name="PriceBookNo", width=20)
    currency = Lookup("Currency", column_name="Currency", table="All", width=8)
    gross = Flag("Prices With Tax", column_name="IsGross", width=14)
    rounding = OneOf("Tax Rounded", column_name="Rounding", words=ROUNDINGS, default="document")
    discount = Rate("Discount %", column_name="Discount")
    less = Money("Discount", column_name="DiscountAmount", negative=False)
    opening = LongText("Opening Text", column_name="OpeningText", personal=True)
    closing = LongText("Closing Text", column_name="ClosingText", personal=True)
    internal_notes = LongText("Internal Notes", column_name="InternalNotes", personal=True)
    net = Money("Net", column_name="NetAmount", system=True, default=0)
    tax = Money("Tax", column_name="TaxAmount", system=True, default=0)
    total = Money("Total", column_name="TotalAmount", system=True, default=0)
    cost = Spent("Cost", column_name="CostAmount", system=True)
    paid = Money("Paid", column_name="PaidAmount", system=True, default=0)
    open_amount = Money("Open Amount", column_name="OpenAmount", system=True, default=0)
    reminded = Number("Reminders", column_name="Reminders", system=True, default=0, width=10)
    reminded_on = Date("Reminded On", column_name="RemindedDt", system=True, past=True)
    issued_on = Issued("Issued", column_name="IssuedDt", system=True)
    issued_by = Text("Issued By", column_name="IssuedID", system=True, limit=60, width=10)
    sent_on = Moment("Sent", column_name="SentDt", system=True)
    answered_on = Date("Answered On", column_name="AnsweredDt", system=True, past=True)
    reason = Text("Reason", column_name="Reason", limit=250, width=30, system=True)
    came_from = Link("self", "Came From", column_name="CameFromNo", index=True, system=True)
    replaces = Link("self", "Replaces", column_name="ReplacesNo", index=True, system=True)
    owner = Owner(Operator, "Assigned To", column_name="OwnerOperatorID", required=True)
    created_on = Date("Create Dt", column_name="CreateDt", past=True, system=True)
    last_activity = Moment("Last Activity Dt", column_name="LastActivityDt", touched=True)
    search_text = SearchText()

    singular = "Sales document"
    plural = "Sales documents"
    is_called_by_kind = True
    about = About(
        icon="invoice", title=("document_no", "name"), detail=("subject",), target="sales_document", screen="quotes",
        page=True, extendable=True, documents=True, rank=48, lasting=("document_no",),
        guard=lambda *change: _stays(SalesDocument, *change),
        among=lambda keys: _among(keys), lines=Lines("total", ("state", "subject"), "until", "until {day}"),
    )  # fmt: skip

    class Meta:
        table_name = "CRMSalesDocuments"
        indexes = ((("what", "year", "count", "revision"), True), (("what", "state", "until"), False))

    def caption(self) -> str:
        return called(self.what, self.document_no, self.revision, self.number)

    @property
    def is_issued(self) -> bool:
        """Whether it has its number and is frozen."""
        return self.issued_on is not None

    @property
    def way(self) -> Way:
        """How its lines are reckoned."""
        return Way(bool(self.gross), self.rounding == "line", int(self.discount or 0), int(self.less or 0))

    @classmethod
    def opened_at(cls, key: object, caption: str) -> tuple[str, object]:
        held = cls.select(cls.what).where(cls.number == key).scalar()
        return (KINDS[DocumentKind(held)].target if held else "quote"), key


SalesDocument.add_index(SalesDocument.owner, SalesDocument.what, SalesDocument.state, name="CRMSalesDocuments_of_owner")
SalesDocument.add_index(SalesDocument.dated, name="CRMSalesDocuments_dated")


def called(what: str, document_no: str, revision: int | None, number: int | None) -> str:
    """What people call a document: by its number, or as the draft it is."""
    kind = _(KINDS[DocumentKind(what)].singular) if what else _("Sales document")
    if not document_no:
        return _("{kind}, draft {number}").format(kind=kind, number=number or "")
    if (revision or 1) > 1:
        return _("{kind} {number}, version {version}").format(kind=kind, number=document_no, version=revision)
    return _("{kind} {number}").format(kind=kind, number=document_no)


def _among(keys: Sequence[object]) -> type[Named]:
    asked: Any = SalesDocument.select(SalesDocument.what).where(SalesDocument.number << list(keys)[:LOOKED_AT])
    held = list(asked.distinct().tuples())
    alike = len(held) == 1 and len(keys) <= LOOKED_AT
    return NAMED[DocumentKind(held[0][0])] if alike else SalesDocument


class LineKind(StrEnum):
    """What a line is; the value is stored."""

    ITEM = "item"
    TEXT = "text"
    HEADING = "heading"


LINES: dict[str, str] = {
    LineKind.ITEM: N_("Product"),
    LineKind.TEXT: N_("Sentence"),
    LineKind.HEADING: N_("Group heading"),
}


class SpentOnDocument(Spent):
    """The same of a line: who is not shown what its document costs is not shown what the line does."""

    hidden_with = ("CRMProducts", "CRMSalesDocuments")


class SalesLine(Record):
    """A line of a document: something with a quantity and a price, a sentence, or the heading of a group.

    It is a part of the document: it goes with it, comes back with it, and is frozen with it.
    """

    number = RecordNumber("Line #", column_name="SalesLineNo")
    document = Link(SalesDocument, "Document", column_name="SalesDocumentNo", required=True, index=True, along=True)
    place = Number("Place", column_name="Place", default=0, most=100_000)
    what = OneOf("Kind", column_name="Kind", words=LINES, default=LineKind.ITEM.value)
    product = Link(Product, "Product", column_name="ProductNo", index=True, width=30)
    code = Text("Product Code", column_name="ProductCode", limit=40, width=12)
    name = Text("Text", column_name="LineText", limit=250, width=36)
    description = LongText("Description", column_name="Description")
    quantity = Quantity("Quantity", column_name="Quantity")
    unit = Lookup("Unit", column_name="Unit", table="CRMProducts", of="Unit", width=10)
    price = Money("Price", column_name="Price")
    discount = Rate("Discount %", column_name="Discount")
    less = Money("Discount", column_name="DiscountAmount")
    rate = Rate("Tax %", column_name="TaxRate")
    cost = SpentOnDocument("Cost", column_name="Cost", negative=False)
    total = Money("Total", column_name="LineTotal", system=True)
    came_from = Link("self", "Came From", column_name="CameFromNo", index=True, system=True)

    singular = "Line of a document"
    plural = "Lines of documents"
    about = About(rights="CRMSalesDocuments", rank=56, guard=lambda *change: _stays(SalesLine, *change))

    class Meta:
        table_name = "CRMSalesLines"

    def caption(self) -> str:
        return self.name or _("Line {number}").format(number=self.number)

    @property
    def item(self) -> Item | None:
        """What it costs; None for a sentence or a heading."""
        if self.what != LineKind.ITEM:
            return None
        return Item(int(self.quantity or 0), int(self.price or 0), int(self.discount or 0), int(self.less or 0),
                    int(self.rate or 0), self.cost)  # fmt: skip


SalesLine.add_index(SalesLine.product, SalesLine.document, name="CRMSalesLines_sold")


class Payment(Record):
    """Money that came in for an invoice, or went back: part of it, all of it or more."""

    number = RecordNumber("Payment #", column_name="PaymentNo")
    document = Link(SalesDocument, "Invoice", column_name="SalesDocumentNo", required=True, index=True)
    paid_on = Date("Paid On", column_name="PaidDt", required=True, past=True)
    amount = Money("Amount", column_name="Amount", required=True)
    means = Lookup("Paid By", column_name="PaymentMeans")
    reference = Text("Reference", column_name="Reference", limit=120, width=24)
    by = Text("Operator", column_name="OperatorID", system=True, limit=60, width=10)
    entered = Moment("Entered", column_name="EnteredDt", system=True)

    singular = "Payment"
    plural = "Payments"
    about = About(rights="CRMSalesDocuments", rank=57, guard=lambda *change: _stays(Payment, *change))

    class Meta:
        table_name = "CRMPayments"
        indexes = ((("paid_on",), False),)


class NumberCircle(Record):
    """The last number given to documents of a kind in a year; the next one is one more, without a gap."""

    number = RecordNumber("Number Circle #", column_name="NumberCircleNo")
    what = OneOf("Kind", column_name="Kind", words={kind: said.singular for kind, said in KINDS.items()}, required=True)
    year = Number("Year", column_name="NumberYear", required=True)
    last = Number("Last Number", column_name="LastNumber", default=0, system=True)

    singular = "Number circle"
    plural = "Number circles"
    about = About(internal=True, rights=ADMINISTRATORS, guard=lambda *change: _stays(NumberCircle, *change))

    class Meta:
        table_name = "CRMNumberCircles"
        indexes = ((("what", "year"), True),)
