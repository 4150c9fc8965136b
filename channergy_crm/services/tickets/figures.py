"""Figures of support: how many tickets came, are open, late and solved, by customer, by product, by month (VT-175)."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING, Any, NamedTuple

import peewee

from channergy_crm import clock
from channergy_crm.language import _
from channergy_crm.records import Account, Product, Ticket
from channergy_crm.services import rights

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    Named = Callable[[list[int]], dict[int, str]]

MOST = 50
"""customers and products that are named; the others are counted together"""


AT_ONCE = 500
Cells = tuple[str, str, int, int, int, int, int | None]
"""of what, which, came, open, late, complaints, minutes to the first answer"""


class Line(NamedTuple):
    """Of one customer or product: its number (None for none), what it is called, and how many tickets came within the
    period, are open now, are late now, and were complaints.
    """

    key: int | None
    label: str
    came: int
    open: int
    late: int
    complaints: int


class Support(NamedTuple):
    """The figures of a period: all together, by customer, by product; minutes to the first answer in the middle."""

    all: Line
    customers: list[Line]
    products: list[Line]
    answered_after: int | None


def read(first: date, last: date, by: str, whose: str = "", most: int | None = MOST) -> Support:
    """Count the tickets that came from the first day to the last; `whose` narrows to an operator or a group. So many
    customers and products are named, None for all of them.
    """
    rights.require(by, "count", Ticket)
    wanted = _wanted(first, last, by, whose)
    whole = _lines(wanted, None, lambda _keys: {}, most)
    every = whole[0] if whole else Line(None, "", 0, 0, 0, 0)
    return Support(
        every._replace(label=_("All tickets")),
        _lines(wanted, Ticket.account, _accounts, most),
        _lines(wanted, Ticket.product, _products, most),
        _answered(wanted),
    )


def _wanted(first: date, last: date, by: str, whose: str) -> peewee.ColumnBase:
    since, until = datetime.combine(first, time()), datetime.combine(last, time.max)
    wanted: peewee.ColumnBase = (Ticket.created_on >= since) & (Ticket.created_on <= until)
    seen = rights.seen(Ticket, by)
    wanted = wanted if seen is None else wanted & seen
    return wanted & (Ticket.owner == whose) if whose else wanted


def _lines(
    wanted: peewee.ColumnBase, key: peewee.Node | None, named: Callable[[list[int]], dict[int, str]], most: int | None
) -> list[Line]:
    late = ~Ticket.closed & ((Ticket.due <= clock.now()) | (Ticket.solve_due <= clock.now()))
    figures = [peewee.fn.COUNT(Ticket.number), *(_sum(each) for each in (~Ticket.closed, late, _complains()))]
    asked: Any = Ticket.select(*([key] if key is not None else []), *figures).where(wanted)
    if key is None:
        return [Line(None, "", *(int(each or 0) for each in row)) for row in asked.tuples()]
    rows = list(asked.group_by(key).order_by(figures[0].desc(), key).limit(most).tuples())
    names = named([row[0] for row in rows if row[0] is not None])
    return [Line(row[0], names.get(row[0], _("(none)")), *(int(each or 0) for each in row[1:])) for row in rows]


def _sum(condition: peewee.Node) -> peewee.Function:
    return peewee.fn.SUM(peewee.Case(None, [(condition, 1)], 0))


def _complains() -> peewee.ColumnBase:
    held: peewee.ColumnBase = Ticket.category == "Complaint"
    return held


def _accounts(keys: list[int]) -> dict[int, str]:
    return _named(Account, Account.name, keys)


def _products(keys: list[int]) -> dict[int, str]:
    return _named(Product, Product.name, keys)


def _named(record: type[Account] | type[Product], name: peewee.Field, keys: list[int]) -> dict[int, str]:
    """By number, what they are called; some hundred are asked for at once."""
    found: dict[int, str] = {}
    for start in range(0, len(keys), AT_ONCE):
        asked: Any = record.select(record.number, name).where(record.number.in_(keys[start : start + AT_ONCE]))
        found.update(asked.tuples())
    return found


def titles() -> tuple[str, ...]:
    """The headings of the figures as one table."""
    return (_("Figures"), "", _("Came in"), _("Still open"), _("Late"), _("Complaints"),
            _("Minutes to the first answer"))  # fmt: skip


def rows(held: Support) -> list[Cells]:
    """All of it, part under part."""
    found: list[Cells] = [(held.all.label, "", *held.all[2:], held.answered_after)]
    for title, lines in ((_("By customer"), held.customers), (_("By product"), held.products)):
        found += [(title, line.label, *line[2:], None) for line in lines]
    return found


def _answered(wanted: peewee.ColumnBase) -> int | None:
    """Minutes until the first answer, of the ticket in the middle."""
    rows = Ticket.select(Ticket.created_on, Ticket.answered_on).where(wanted & Ticket.answered_on.is_null(False))
    both = ((row.created_on, row.answered_on) for row in rows)
    took = sorted(int((last - first).total_seconds() // 60) for first, last in both if first and last)
    return took[len(took) // 2] if took else None
