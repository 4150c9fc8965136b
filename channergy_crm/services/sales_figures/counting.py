"""What was sold in a period: the net sums of invoices that were issued, less those of credit notes (VT-86, VT-137).

The store adds up. Amounts of different currencies are never added: one of them is counted at a time, and the others are
named. What is owed stands as it is today, whatever the period.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

import peewee

from channergy_crm import clock
from channergy_crm.errors import Refused
from channergy_crm.language import _
from channergy_crm.money.totals import shared
from channergy_crm.records import Product, SalesDocument, SalesLine
from channergy_crm.records.belonging import in_project
from channergy_crm.records.operators import Operator
from channergy_crm.records.roles import GroupMember
from channergy_crm.records.sales_documents import DocumentKind, LineKind
from channergy_crm.services import ages, rights
from channergy_crm.services.figures import EVERYBODY

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from channergy_crm.services.ages import Age

SOLD = (DocumentKind.INVOICE.value, DocumentKind.CREDIT_NOTE.value)
Sql = Any
"""a question for the store, or what it answers"""
Customer = tuple[int | None, str]
"""the number of an account; of a customer who has none the name"""


@dataclass(frozen=True)
class Asked:
    """What is wanted: the first day and the last, by the dates of the documents; whose (an operator's, a group's,
    EVERYBODY's); of which project; in which currency, None for the one most documents are in.
    """

    first: date
    last: date
    whose: str
    project: int | None = None
    currency: str | None = None


class Line(NamedTuple):
    """What was counted for one month, product or customer: its key, what people call it, cents, how many documents."""

    key: object
    label: str
    amount: int
    documents: int


class Owed(NamedTuple):
    """What is owed within a bracket of age."""

    age: Age
    amount: int
    invoices: int


@dataclass
class Sales:
    """The figures, all of them in one currency; how many documents are in `others`."""

    net: int
    documents: int
    months: list[Line]
    products: list[Line]
    customers: list[Line]
    owed: list[Owed]
    currency: str
    others: dict[str, int]


def read(asked: Asked, by: str) -> Sales:
    """Count what is wanted; `Refused` when it is somebody else's and `by` may not look at it (K3)."""
    found, asked = _currencies(asked, by), settled(asked, by)
    currency = asked.currency or ""
    wanted = condition(asked, by)
    months = _months(wanted)
    return Sales(
        sum(line.amount for line in months), sum(line.documents for line in months), months, _products(wanted, by),
        _customers(wanted), _owed(asked, by), currency,
        {each: many for each, many in found.items() if each != currency},
    )  # fmt: skip


def settled(asked: Asked, by: str) -> Asked:
    """The same, with the currency most documents are in where none was chosen."""
    rights.require(by, "count", SalesDocument)
    if asked.currency is not None:
        return asked
    return replace(asked, currency=next(iter(_currencies(asked, by)), ""))


def whose_offered(by: str) -> list[tuple[str, str]]:
    """Whose figures this one may look at, as (key, name): the own ones, those of groups and everybody's (K3)."""
    rights.require(by, "count", SalesDocument)
    mine = [(by, _("Mine"))]
    if not rights.views_all(by):
        return mine
    held = Operator.select().order_by(Operator.group.desc(), Operator.id)
    return [*mine, (EVERYBODY, _("Everybody")), *((each.id, each.caption()) for each in held if each.id != by)]


def condition(asked: Asked, by: str) -> peewee.ColumnBase:
    """The invoices and credit notes that are counted."""
    within = (SalesDocument.dated >= asked.first) & (SalesDocument.dated <= asked.last)
    sold = SalesDocument.what.in_(SOLD) & SalesDocument.issued_on.is_null(False)
    return _theirs(asked, by) & sold & within


def owing(asked: Asked, by: str) -> peewee.ColumnBase:
    """The invoices of which something is to be paid."""
    return _theirs(asked, by) & ages.owed()


def signed(amount: peewee.ColumnBase) -> peewee.Expression:
    """An amount, of a credit note below zero."""
    sign = peewee.Case(None, [(SalesDocument.what == DocumentKind.CREDIT_NOTE.value, -1)], 1)
    signed_one: peewee.Expression = peewee.fn.COALESCE(amount, 0) * sign
    return signed_one


def in_currency(currency: str) -> peewee.ColumnBase:
    """The documents in a currency; those that name none are of one kind, too."""
    found: peewee.ColumnBase = peewee.fn.COALESCE(SalesDocument.currency, "") == currency
    return found


def _theirs(asked: Asked, by: str) -> peewee.ColumnBase:
    rights.require(by, "count", SalesDocument)
    if asked.whose != by and not rights.views_all(by):
        raise Refused(_("Your role shows you only your own figures."))
    there: peewee.ColumnBase = SalesDocument.number.is_null(False)
    reached, here = rights.seen(SalesDocument, by), in_project(SalesDocument, asked.project)
    for more in (reached, here):
        there = there if more is None else there & more
    if asked.currency is not None:
        there &= in_currency(asked.currency)
    if asked.whose == EVERYBODY:
        return there
    members = GroupMember.select(GroupMember.operator).where(GroupMember.group == asked.whose)
    return there & SalesDocument.owned_by(asked.whose, *members.scalars())


# ---------------------------------------------------------------- counted by the store


def _currencies(asked: Asked, by: str) -> dict[str, int]:
    """How many documents are counted in each currency, those in use most first."""
    every = replace(asked, currency=None)
    wanted = condition(every, by) | owing(every, by)
    query: Sql = SalesDocument.select(SalesDocument.currency, peewee.fn.COUNT(SalesDocument.number)).where(wanted)
    found = defaultdict[str, int](int)
    for currency, many in query.group_by(SalesDocument.currency).tuples():
        found[currency or ""] += many
    return dict(sorted(found.items(), key=lambda each: (-each[1], each[0])))


def _summed(wanted: peewee.ColumnBase, *by: object) -> Iterable[Sql]:
    what = peewee.fn.SUM(signed(SalesDocument.net)), peewee.fn.COUNT(SalesDocument.number)
    query: Sql = SalesDocument.select(*by, *what).where(wanted).group_by(*by)
    rows: Iterable[Sql] = query.tuples()
    return rows


def _months(wanted: peewee.ColumnBase) -> list[Line]:
    """From the first month in which something was sold to the last, also those between with nothing; by first days."""
    found = defaultdict[date, list[int]](lambda: [0, 0])
    for day, amount, many in _summed(wanted, SalesDocument.dated):
        month = found[day.replace(day=1)]
        month[0] += int(amount)
        month[1] += many
    if found:
        day, last = min(found), max(found)
        while (day := (day + timedelta(days=31)).replace(day=1)) < last:
            found[day][1] += 0  # a month without sales is a gap to be seen
    return [Line(month, f"{month:%Y-%m}", amount, many) for month, (amount, many) in sorted(found.items())]


def _customers(wanted: peewee.ColumnBase) -> list[Line]:
    """The best ones first; who has no account goes by the name on the document."""
    name = peewee.Case(None, [(SalesDocument.account.is_null(), SalesDocument.name)], "")
    what = (peewee.fn.SUM(signed(SalesDocument.net)), peewee.fn.COUNT(SalesDocument.number))
    query: Sql = SalesDocument.select(
        SalesDocument.account, name.alias("called"), peewee.fn.MAX(SalesDocument.name), *what
    )
    found = query.where(wanted).group_by(SalesDocument.account, peewee.SQL("called")).tuples()
    lines = [Line((account, called or ""), most or _("No name"), int(amount), many)
             for account, called, most, amount, many in found]  # fmt: skip
    return _best(lines)


def plain() -> peewee.ColumnBase:
    """The documents whose net sum is that of their lines: prices without tax, and nothing taken off all of it."""
    discount, less = (peewee.fn.COALESCE(each, 0) for each in (SalesDocument.discount, SalesDocument.less))
    nothing: peewee.ColumnBase = (discount == 0) & (less == 0)
    nothing &= ~peewee.fn.COALESCE(SalesDocument.gross, False)
    return nothing


def _products(wanted: peewee.ColumnBase, by: str) -> list[Line]:
    """The best ones first. What was taken off all of a document, and the tax within gross prices, is shared over its
    lines to the cent.
    """
    amounts, documents = defaultdict[int | None, int](int), defaultdict[int | None, int](int)
    names: dict[int | None, str] = {None: _("Without a product")}
    sold = peewee.fn.SUM(signed(SalesLine.total)), peewee.fn.COUNT(SalesDocument.number.distinct())
    query: Sql = SalesLine.select(SalesLine.product, peewee.fn.MAX(SalesLine.name), *sold).join(SalesDocument)
    there: peewee.ColumnBase = wanted & plain() & (SalesLine.what == LineKind.ITEM.value)
    for product, name, amount, many in query.where(there).group_by(SalesLine.product).tuples():
        amounts[product], documents[product] = int(amount), many
        names.setdefault(product, name)
    others: Any = SalesDocument.select(SalesDocument.number).where(wanted & ~plain())
    for (_document, product), (amount, name) in shares(others).items():
        amounts[product] += amount
        documents[product] += 1
        names.setdefault(product, name)
    names |= _products_named([each for each in amounts if each is not None], by)
    return _best([Line(key, names[key], amount, documents[key]) for key, amount in amounts.items()])


def shares(those: object) -> dict[tuple[int, int | None], tuple[int, str]]:
    """The net sum of each product on these documents, and how a line calls it, by document and product."""
    fields = (SalesLine.document, SalesLine.product, SalesLine.name, SalesLine.total, SalesDocument.net,
              SalesDocument.what)  # fmt: skip
    query: Sql = SalesLine.select(*fields).join(SalesDocument)
    query = query.where(SalesDocument.number.in_(those) & (SalesLine.what == LineKind.ITEM.value))
    held = defaultdict[int, list[Sql]](list)
    for row in query.order_by(SalesLine.document, SalesLine.place, SalesLine.number).tuples():
        held[row[0]].append(row)
    found: dict[tuple[int, int | None], tuple[int, str]] = {}
    for document, rows in held.items():
        sign = -1 if rows[0][5] == DocumentKind.CREDIT_NOTE else 1
        net, totals = int(rows[0][4] or 0), [int(row[3] or 0) for row in rows]
        for row, amount in zip(rows, totals if sum(totals) == net else shared(net, totals), strict=True):
            before, name = found.get((document, row[1]), (0, row[2] or ""))
            found[document, row[1]] = (before + sign * amount, name)
    return found


def _products_named(numbers: Sequence[int], by: str) -> dict[int | None, str]:
    """What the products are called today; one that may not be seen goes by what stands on the documents."""
    if rights.may(by, "see", Product) is not None:
        return {}
    found: Sql = rights.rows(Product, by, Product.number, Product.name).where(Product.number.in_(list(numbers)))
    return {number: name for number, name in found.tuples() if name}


def _best(lines: Sequence[Line]) -> list[Line]:
    return sorted(lines, key=lambda line: (-line.amount, line.label))


def _owed(asked: Asked, by: str) -> list[Owed]:
    bracket = ages.age_of(clock.today())
    what = peewee.fn.SUM(SalesDocument.open_amount), peewee.fn.COUNT(SalesDocument.number)
    query: Sql = SalesDocument.select(bracket.alias("bracket"), *what).where(owing(asked, by))
    found = {name: (int(amount or 0), many) for name, amount, many in query.group_by(peewee.SQL("bracket")).tuples()}
    return [Owed(age, *found.get(age.name, (0, 0))) for age in ages.AGES]
