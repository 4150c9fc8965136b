"""The orders of the suite with their customer: what they come to, and which sales order of ours one was written for.

An order that a sales order of ours wrote is that one order: it leads to its document, and only the suite's rows are
counted (CH-1).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import peewee

from channergy_crm.records import Order, SalesDocument
from channergy_crm.services import rights

if TYPE_CHECKING:
    from collections.abc import Sequence

    from peewee import ColumnBase


def summed(those: ColumnBase, by: str) -> int:
    """What these orders come to, in cents, of those that may be seen."""
    rights.require(by, "see", Order)
    asked = rights.rows(Order, by, peewee.fn.SUM(Order.amount)).where(those)
    return int(asked.scalar() or 0)


def documents_of(orders: Sequence[object], by: str) -> dict[object, tuple[str, object]]:
    """Where orders lead that sales orders of ours wrote: the table and the number of the document, by order."""
    rights.require(by, "see", Order)
    asked: Any = Order.select(Order.number, Order.document)
    led = dict(asked.where(Order.number.in_(list(orders)) & Order.document.is_null(False)).tuples())
    if rights.may(by, "see", SalesDocument) is not None:
        return {}
    there: Any = rights.rows(SalesDocument, by, SalesDocument.number)
    shown = {row[0] for row in there.where(SalesDocument.number.in_(sorted(set(led.values())))).tuples()}
    table = SalesDocument._meta.table_name
    return {order: (table, document) for order, document in led.items() if document in shown}
