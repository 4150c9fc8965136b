"""The columns of a file of documents with their lines: one row for each line, what is of the document is repeated."""
# unsaid file: the words of other programs

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from channergy_crm.language import N_, _, everywhere, source
from channergy_crm.records import Payment, SalesDocument, SalesLine
from channergy_crm.text.folding import fold

if TYPE_CHECKING:
    from channergy_crm.fields import Kind
    from channergy_crm.work.record import Record

PAYMENT = "payment"
"""what a row is that is no line but a payment of its invoice"""
LINK, NUMBER = "link", "number"


@dataclass(frozen=True)
class Column:
    """A column: the record and the field it fills, how it is called where not as the field, and what other programs
    call it. One that is a `LINK` holds what another record is called; the `NUMBER` only tells documents apart.
    """

    record: type[Record]
    field: str
    also: str = ""
    called: str = ""
    how: str = ""

    @property
    def kind(self) -> Kind[Any]:
        """What reads and shows its values."""
        held: Kind[Any] = self.record.kind(self.field)
        return held

    @property
    def title(self) -> str:
        """Its title, in the language in use."""
        return _(self.called) if self.called else self.kind.label

    @property
    def key(self) -> str:
        """By what it is told from the others."""
        return self.field if self.record is SalesDocument else f"{self.record.__name__}.{self.field}"


def _head(field: str, also: str = "", called: str = "", how: str = "") -> Column:
    return Column(SalesDocument, field, also, called, how)


def _line(field: str, also: str = "", called: str = "", how: str = "") -> Column:
    return Column(SalesLine, field, also, called, how)


HEAD = (
    _head("number", how=NUMBER),
    _head("what", "document type,type of document"),
    _head("document_no", "document number,number,invoice number,invoice no,quote number,quote no,order number,"
          "sales order number,salesorder no,purchase order number,purchaseorder no"),
    _head("revision"),
    _head("state", "state,status,bundesland,stage,quote stage,invoice status,so status,po status,sostatus,postatus"),
    _head("dated", "invoice date,quote date,order date,document date,created time"),
    _head("until", "due date,valid till,valid through,expiration date"),
    _head("name", "customer name,company"),
    _head("account", "account name,organization name,organisation name,organization,accountid", how=LINK),
    _head("vendor", "vendor name,supplier,supplier name,vendorid", how=LINK),
    _head("deal", "opportunity name,potential name,deal,potentialid", how=LINK),
    _head("subject"),
    _head("their_reference", "customer reference,reference,po number,customer no,purchase order"),
    _head("their_tax_number", "vat id,tax id"),
    _head("addressee", "billing address,bill to"),
    _head("delivered_to", "shipping address,ship to"),
    _head("language"),
    _head("delivery", "shipping date"),
    _head("terms", "terms and conditions,payment terms"),
    _head("currency", "currency code"),
    _head("gross", "prices include tax"),
    _head("rounding"),
    _head("discount", "document discount percent", N_("Document Discount %")),
    _head("less", "document discount amount", N_("Document Discount")),
    _head("opening"),
    _head("closing", "description"),
    _head("internal_notes"),
    _head("owner", "assigned to,owner", how=LINK),
    _head("net", "sub total,subtotal,net total", N_("Net")),
    _head("tax", "tax total", N_("Tax")),
    _head("total", "grand total,hdngrandtotal", N_("Total")),
    _head("issued_on"),
    _head("sent_on"),
    _head("answered_on"),
    _head("reason"),
)  # fmt: skip
LINES = (
    _line("what", "line type", N_("Line Kind")),
    _line("code", "item no,product no,productcode,sku,part number,item code,article number"),
    _line("product", "product name,item name,item,productid", how=LINK),
    _line("name", "line description,item text", N_("Line Text")),
    _line("description", "item comment,comment,item description", N_("Line Description")),
    _line("quantity", "qty,item quantity"),
    _line("unit", "usage unit"),
    _line("price", "list price,unit price,item price"),
    _line("discount", "discount percent,item discount percent,item discount %", N_("Line Discount %")),
    _line("less", "discount amount,item discount amount,item discount", N_("Line Discount")),
    _line("rate", "tax rate,vat,vat %,item tax %", N_("Tax %")),
    _line("cost", "purchase cost"),
    _line("total", "item total,line amount", N_("Line Total")),
)
PAYMENTS = (
    Column(Payment, "paid_on", "payment date"),
    Column(Payment, "means", "payment method,payment means"),
    Column(Payment, "reference", "payment reference", N_("Payment Reference")),
)
COLUMNS = (*HEAD, *LINES, *PAYMENTS)
"""in the order in which they are written"""
COMPUTED = {"net", "tax", "total", "SalesLine.total"}
"""what is reckoned: what a file says of it is compared"""


@cache
def _spellings() -> dict[str, Column]:
    """Every spelling of every column; a title of our own is never taken by what another program calls something."""
    found: dict[str, Column] = {}
    for column in COLUMNS:
        own = column.called or source(column.kind, "label")
        for said in everywhere(own):
            found.setdefault(_plain(said), column)
    for column in COLUMNS:
        for said in column.also.split(","):
            found.setdefault(_plain(said), column)
    found.pop("", None)
    return found


def placed(header: list[str]) -> dict[int, Column]:
    """Which column of a file is which; the first of two that are called the same."""
    found: dict[int, Column] = {}
    for place, title in enumerate(header):
        column = _spellings().get(_plain(title))
        if column is not None and column not in found.values():
            found[place] = column
    return found


def _plain(title: str) -> str:
    """A title as it is compared. A sign of percent says something, others do not."""
    return "".join(sign for sign in fold(title.strip()) if sign.isalnum() or sign == "%")
