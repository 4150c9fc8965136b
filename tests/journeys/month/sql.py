"""The month in plain SQL over a connection of its own: nothing of the program is asked."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from contextlib import closing
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

Rows = list[tuple[Any, ...]]
SOLD = """"Kind" IN ('invoice', 'credit_note') AND "IssuedDt" IS NOT NULL"""
SIGN = """CASE "Kind" WHEN 'credit_note' THEN -1 ELSE 1 END"""


class Told(NamedTuple):
    """A document: how it is reckoned, and what it is said to come to."""

    kind: str
    discount: int
    less: int
    net: int
    tax: int
    total: int


class Priced(NamedTuple):
    """A line that costs something, as it is stored."""

    number: int
    document: int
    place: int
    product: int | None
    quantity: int
    price: int
    discount: int
    less: int
    rate: int
    total: int
    came_from: int | None


def ask(url: str, sql: str) -> Rows:
    """What the store itself answers."""
    if url.startswith("sqlite"):
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as office:
            return [tuple(row) for row in office.execute(sql)]
    import psycopg

    with psycopg.connect(url) as server:
        return [tuple(row) for row in server.execute(sql).fetchall()]


def number(url: str, sql: str) -> int:
    """The one number somebody asks for; 0 where there is none."""
    return int(ask(url, sql)[0][0] or 0)


def documents(url: str) -> dict[int, Told]:
    """Every document."""
    sql = """SELECT "SalesDocumentNo", "Kind", COALESCE("Discount", 0), COALESCE("DiscountAmount", 0), "NetAmount",
             "TaxAmount", "TotalAmount" FROM "CRMSalesDocuments" """
    return {int(key): Told(kind, *map(int, rest)) for key, kind, *rest in ask(url, sql)}


def lines(url: str) -> dict[int, list[Priced]]:
    """The lines of every document, in their order, without headings and sentences."""
    sql = """SELECT "SalesLineNo", "SalesDocumentNo", "Place", "ProductNo", "Quantity", "Price",
             COALESCE("Discount", 0), COALESCE("DiscountAmount", 0), "TaxRate", "LineTotal", "CameFromNo"
             FROM "CRMSalesLines" WHERE "Kind" = 'item' ORDER BY "SalesDocumentNo", "Place" """
    found: dict[int, list[Priced]] = defaultdict(list)
    for row in ask(url, sql):
        found[row[1]].append(Priced(*row))
    return found


def codes(url: str) -> dict[int, str]:
    """What the products are known by."""
    return {int(key): str(code) for key, code in ask(url, 'SELECT "ProductNo", "ProductCode" FROM "CRMProducts"')}


def open_of(url: str, kind: str, by: str, amount: str) -> tuple[int, int]:
    """How many open documents of a kind somebody has, and what they come to."""
    sql = f"""SELECT COUNT(*), COALESCE(SUM("{amount}"), 0) FROM "CRMSalesDocuments" WHERE "Kind" = '{kind}'
              AND "State" = 'open' AND "OwnerOperatorID" = '{by}' AND "{amount}" > 0"""
    count, total = ask(url, sql)[0]
    return int(count), int(total)


def owed(url: str, today: date, by: str = "") -> dict[str, tuple[int, int]]:
    """What is owed by how long it is due: how many invoices, and how much; of one, or of all."""
    whose = f"""AND "OwnerOperatorID" = '{by}'""" if by else ""
    sql = f"""SELECT "UntilDt", "OpenAmount" FROM "CRMSalesDocuments" WHERE "Kind" = 'invoice' AND "State" = 'open'
              AND "OpenAmount" > 0 {whose}"""
    found: dict[str, tuple[int, int]] = {}
    for day, amount in ask(url, sql):
        late = (today - (day if isinstance(day, date) else date.fromisoformat(day))).days
        name = next((name for most, name in ((-1, "coming"), (30, "month"), (60, "second"), (90, "third"))
                     if late <= most), "older")  # fmt: skip
        many, so_far = found.get(name, (0, 0))
        found[name] = (many + 1, so_far + int(amount))
    return found


def sold_by_customer(url: str) -> Rows:
    """Each customer with the net sum and the number of documents, the best ones first."""
    return ask(url, f"""SELECT MAX("CustomerName"), SUM("NetAmount" * {SIGN}), COUNT(*) FROM "CRMSalesDocuments"
                        WHERE {SOLD} GROUP BY "CRMAccountNo" ORDER BY 2 DESC, 1""")  # fmt: skip


def left_of_order(url: str, order: int) -> Sequence[int]:
    """How much of each line of an order is on no invoice that still stands."""
    sql = f"""SELECT o."Quantity" - COALESCE((SELECT SUM(i."Quantity") FROM "CRMSalesLines" i JOIN "CRMSalesDocuments" d
              ON d."SalesDocumentNo" = i."SalesDocumentNo" WHERE i."CameFromNo" = o."SalesLineNo"
              AND d."Kind" = 'invoice' AND d."State" <> 'cancelled'), 0) FROM "CRMSalesLines" o
              WHERE o."SalesDocumentNo" = {order} AND o."Kind" = 'item' ORDER BY o."Place" """
    return [int(row[0]) for row in ask(url, sql)]
