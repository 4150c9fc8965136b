"""What is bought for an order: one purchase order for each vendor (VT-142)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm.errors import Mistake
from channergy_crm.language import _
from channergy_crm.records import ProductVendor, SalesDocument, SalesLine, Vendor
from channergy_crm.records.sales_documents import DocumentKind
from channergy_crm.services import rights
from channergy_crm.services.sales_documents import copying, drafts, heads, standing

if TYPE_CHECKING:
    from collections.abc import Sequence

Bought = tuple[SalesLine, int, int]
"""a line, its vendor, and how much of it is not bought yet"""


def why_nothing(document: SalesDocument) -> str | None:
    """None when there is something to buy, or the sentence why not."""
    if _to_buy(document):
        return None
    named = any(vendor_of(line) for line in drafts.of(document.number))
    if named:
        return _("All of it is on purchase orders already.")
    return _("None of its products has a vendor: enter who sells them to you.")


def why_hidden(document: SalesDocument, by: str) -> str | None:
    """None when this operator may see all vendors something is bought from, or the sentence about the first they may
    not see.
    """
    vendors = dict.fromkeys(vendor for _line, vendor, _quantity in _to_buy(document))
    held = (Vendor.find(vendor) for vendor in vendors)
    return next((reason for each in held if each is not None and (reason := rights.may(by, "see", each))), None)


def orders(document: SalesDocument, by: str) -> list[SalesDocument]:
    """Within a unit: the drafts, one for each vendor."""
    found = _to_buy(document)
    if not found:
        raise Mistake(why_nothing(document) or "")
    vendors = dict.fromkeys(vendor for _line, vendor, _quantity in found)
    return [_order(document, vendor, [each for each in found if each[1] == vendor], by) for vendor in vendors]


def vendor_of(line: SalesLine) -> int | None:
    """From whom a line is bought: the vendor its product names, else the first who has it."""
    product = standing.product_of(line) if standing.billable(line) else None
    if product is None:
        return None
    if (named := product.__data__.get("vendor")) is not None:
        return int(named)
    held = ProductVendor.select(ProductVendor.vendor).where(ProductVendor.product == product.number)
    first = held.order_by(ProductVendor.number).scalar()
    return int(first) if first is not None else None


def _to_buy(document: SalesDocument) -> list[Bought]:
    done = standing.taken(document.number, DocumentKind.PURCHASE_ORDER)
    found = []
    for line in drafts.of(document.number):
        left = int(line.quantity or 0) - done.get(line.number, (0, 0))[0]
        if left > 0 and (vendor := vendor_of(line)) is not None:
            found.append((line, vendor, left))
    return found


def _order(document: SalesDocument, vendor: int, found: Sequence[Bought], by: str) -> SalesDocument:
    held = heads.begin(DocumentKind.PURCHASE_ORDER, by, vendor=vendor)
    held.subject, held.project, held.deal = document.subject, document.__data__.get("project"), None
    held.came_from, held.delivery = document.number, document.delivery
    if (there := Vendor.find(vendor)) is not None:
        held.their_reference = (there.our_number or "")[:80]
    lines = []
    for line, _vendor, quantity in found:
        made = drafts.line_for(line.__data__["product"], held, quantity, by)
        made.came_from = line.number
        made.price = made.price if made.price is not None else 0
        lines.append(made)
    return copying.write(held, lines)
