"""The documents behind a figure of what was sold: what somebody sees who presses a bar (VT-86)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

import peewee

from channergy_crm import clock
from channergy_crm.records import SalesDocument, SalesLine
from channergy_crm.records.sales_documents import KINDS, DocumentKind, LineKind, called
from channergy_crm.services import ages, rights
from channergy_crm.services.sales_figures import counting

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from channergy_crm.services.chosen import Chosen
    from channergy_crm.services.sales_figures.counting import Asked, Sql

SHOWN = 200
"""rows that are read at once"""


class Row(NamedTuple):
    """An invoice or a credit note: what it is called, its day, the customer, cents of what was chosen, whose it is."""

    name: str
    day: date | None
    customer: str
    amount: int
    owner: str
    opens: tuple[str, object]


def read(asked: Asked, chosen: Chosen, by: str, *, limit: int = SHOWN, after: int = 0) -> list[Row]:
    """The rows of what was chosen, the newest first, some at a time; together they come to its figure.

    Nothing chosen is every document; a month goes by its first day, a customer and a product by their keys, what is
    owed by the name of its bracket.
    """
    rights.require(by, "count", SalesDocument)
    wanted = _of(counting.settled(asked, by), chosen, by)
    amount = SalesDocument.open_amount if chosen.part == "owed" else counting.signed(SalesDocument.net)
    fields = (SalesDocument.number, SalesDocument.what, SalesDocument.document_no, SalesDocument.revision,
              SalesDocument.dated, SalesDocument.name, SalesDocument.owner, amount)  # fmt: skip
    query: Sql = SalesDocument.select(*fields).where(wanted)
    order = SalesDocument.dated.desc(), SalesDocument.number.desc()
    held = list(query.order_by(*order).limit(limit).offset(after).tuples())
    parts = counting.shares([row[0] for row in held]) if chosen.part == "product" else {}
    return [
        Row(called(what, document_no or "", revision, number), dated, name or "",
            parts[number, chosen.key][0] if parts else int(amount or 0), owner or "",
            (KINDS[DocumentKind(what)].target, number))
        for number, what, document_no, revision, dated, name, owner, amount in held
    ]  # fmt: skip


def _of(asked: Asked, chosen: Chosen, by: str) -> Sql:
    """The documents behind one figure."""
    if chosen.part == "owed":
        return counting.owing(asked, by) & (ages.age_of(clock.today()) == chosen.key)
    wanted, narrower = counting.condition(asked, by), _NARROWER.get(chosen.part)
    return wanted if narrower is None else wanted & narrower(chosen.key)


def _in_month(first: date) -> Sql:
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return (SalesDocument.dated >= first) & (SalesDocument.dated <= last)


def _of_customer(key: tuple[int | None, str]) -> Sql:
    account, name = key
    if account is not None:
        return SalesDocument.account == account
    return SalesDocument.account.is_null() & (peewee.fn.COALESCE(SalesDocument.name, "") == name)


def _of_product(key: int | None) -> Sql:
    held = SalesLine.product.is_null() if key is None else SalesLine.product == key
    lines = SalesLine.select(SalesLine.document).where(held & (SalesLine.what == LineKind.ITEM.value))
    return SalesDocument.number.in_(lines)


_NARROWER: dict[str, Callable[..., Sql]] = {"month": _in_month, "customer": _of_customer, "product": _of_product}
