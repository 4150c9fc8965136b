"""The documents somebody has open: quotes, orders and invoices by amount, and what customers owe by age (VT-22…25)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import peewee

from channergy_crm import clock
from channergy_crm.query.listing import ListQuery
from channergy_crm.records import SalesDocument
from channergy_crm.records.belonging import in_project
from channergy_crm.records.sales_documents import KINDS, DocumentKind, State, called
from channergy_crm.services import ages, rights
from channergy_crm.services.home.lines import ROWS, Content, Line, Said, first_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from channergy_crm.services.ages import Age

COLUMNS = ("what", "document_no", "revision", "name", "subject", "until", "total", "open_amount")


Sql = Any
"""a question for the store, or what it answers"""


class Aged(NamedTuple):
    """What is owed within a bracket: by how many invoices, and how much in cents."""

    age: Age
    invoices: int
    amount: int


def open_quotes(by: str, project: int | None = None) -> Content:
    """The quotes of this operator that nobody has answered yet, by their totals (VT-22)."""
    rights.require(by, "see", SalesDocument)
    return _open(DocumentKind.QUOTE, by, project)


def open_sales_orders(by: str, project: int | None = None) -> Content:
    """Their sales orders that are not delivered in full, by their totals (VT-23)."""
    rights.require(by, "see", SalesDocument)
    return _open(DocumentKind.SALES_ORDER, by, project)


def open_purchase_orders(by: str, project: int | None = None) -> Content:
    """Their purchase orders that have not come in full, by their totals (VT-24)."""
    rights.require(by, "see", SalesDocument)
    return _open(DocumentKind.PURCHASE_ORDER, by, project)


def open_invoices(by: str, project: int | None = None) -> Content:
    """Their invoices of which something is to be paid, by that amount, with the day on which it is due (VT-25)."""
    rights.require(by, "see", SalesDocument)
    rights.require_shown(SalesDocument, ("open_amount", "until"), by)
    return _top(ages.owed(), "open_amount", by, project)


def by_age(by: str, project: int | None = None) -> list[Aged]:
    """What is owed for their invoices by how long it is due; every bracket, the empty ones too (VT-25)."""
    rights.require(by, "see", SalesDocument)
    rights.require_shown(SalesDocument, ("open_amount", "until"), by)
    query = ListQuery(SalesDocument, (), _own(ages.owed(), by, project), by=by)
    bracket = ages.age_of(clock.today())
    what = (bracket.alias("bracket"), peewee.fn.COUNT(SalesDocument.number), peewee.fn.SUM(SalesDocument.open_amount))
    asked: Sql = query.select(*what).group_by(peewee.SQL("bracket")).tuples()
    found = {name: (int(many), int(amount or 0)) for name, many, amount in asked}
    return [Aged(age, *found.get(age.name, (0, 0))) for age in ages.AGES]


def there_are(kind: DocumentKind) -> Callable[[str], bool]:
    """Whether the office has any document of this kind this one may see."""

    def asked(by: str) -> bool:
        if rights.may(by, "see", SalesDocument) is not None:
            return False
        held = rights.rows(SalesDocument, by, SalesDocument.number).where(SalesDocument.what == kind.value)
        return bool(held.exists())

    return asked


def _open(kind: DocumentKind, by: str, project: int | None) -> Content:
    rights.require_shown(SalesDocument, ("total",), by)
    there = (SalesDocument.what == kind.value) & (SalesDocument.state == State.OPEN.value)
    return _top(there, "total", by, project)


def _own(there: peewee.ColumnBase, by: str, project: int | None) -> peewee.ColumnBase:
    mine: peewee.ColumnBase = there & SalesDocument.owned_by(by)
    here = in_project(SalesDocument, project)
    return mine if here is None else mine & here


def _top(there: peewee.ColumnBase, amount: str, by: str, project: int | None) -> Content:
    query = ListQuery(SalesDocument, COLUMNS, _own(there, by, project), by=by)
    by_amount: Sql = SalesDocument.kind(amount)
    lines = [
        _line(number, values, amount)
        for number, values in first_of(query, ROWS, by_amount.is_null(), by_amount.desc(), SalesDocument.number.desc())
    ]
    number, currency = SalesDocument.number, SalesDocument.currency
    what = (peewee.fn.COUNT(number), peewee.fn.SUM(by_amount), peewee.fn.COUNT(currency.distinct()))
    counted: Sql = query.select(*what).tuples().get()
    many, summed, currencies = counted
    return Content(tuple(lines), int(many), int(summed or 0) if currencies < 2 else None)


def _line(number: int, values: dict[str, Sql], amount: str) -> Line:
    kind = DocumentKind(values["what"])
    name = called(kind, values["document_no"] or "", values["revision"], number)
    said = (Said(None, values["document_no"] or name), Said(SalesDocument.kind(amount), values[amount]))
    due = values["until"] if kind == DocumentKind.INVOICE else None
    return Line((KINDS[kind].target, number), values["name"] or values["subject"] or name, said, day=due)
