"""What stands in the store after the month, beside sums of fractions, and beside what the script has done."""

from __future__ import annotations

from collections import Counter, defaultdict
from fractions import Fraction
from math import floor
from typing import TYPE_CHECKING, Any

from tests.journeys.month import sql
from tests.journeys.month.office import BY_CODE, WARES, WHOLESALE, price

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.journeys.month.book import Book
    from tests.journeys.month.sql import Priced, Told


def whole(amount: Fraction) -> int:
    """To the cent, halves away from nothing."""
    return floor(amount + Fraction(1, 2)) if amount >= 0 else -floor(-amount + Fraction(1, 2))


def of_line(line: Priced) -> int:
    """What a line comes to."""
    kept = 1 - Fraction(line.discount, 10_000)
    return whole(Fraction(line.quantity, 1_000) * line.price * kept) - line.less


def over(amount: int, parts: Sequence[int]) -> list[int]:
    """An amount over parts by their size; the cents that are left go to those who lost the largest fraction of one."""
    exact = [Fraction(amount * part, sum(parts) or 1) for part in parts]
    found = [floor(each) for each in exact]
    most = sorted(range(len(parts)), key=lambda at: (found[at] - exact[at], at))
    for at in most[: amount - sum(found)]:
        found[at] += 1
    return found


def of_document(told: Told, lines: Sequence[Priced]) -> tuple[int, int]:
    """Net and tax of a document with prices without tax, rounded for each rate."""
    by_rate: dict[int, int] = defaultdict(int)
    for line in lines:
        by_rate[line.rate] += of_line(line)
    rates = sorted(by_rate, reverse=True)
    every = sum(by_rate.values())
    off = over(whole(every * Fraction(told.discount, 10_000)) + told.less, [by_rate[rate] for rate in rates])
    nets = [by_rate[rate] - less for rate, less in zip(rates, off, strict=True)]
    return sum(nets), sum(whole(net * Fraction(rate, 10_000)) for net, rate in zip(nets, rates, strict=True))


def every_total(url: str) -> int:
    """Each line and each document is what fractions say; the sum of all."""
    lines, found = sql.lines(url), sql.documents(url)
    for number, told in found.items():
        assert [line.total for line in lines[number]] == [of_line(line) for line in lines[number]], number
        net, tax = of_document(told, lines[number])
        assert (told.net, told.tax, told.total) == (net, tax, net + tax), (number, told)
    return sum(told.total for told in found.values())


def every_price(url: str, held: Book) -> int:
    """What was typed stands there, each product at the price of its customer's group and quantity; how many lines."""
    codes, lines, kinds = sql.codes(url), sql.lines(url), sql.documents(url)
    groups: dict[Any, Any] = dict(sql.ask(url, 'SELECT d."SalesDocumentNo", a."Type" FROM "CRMSalesDocuments" d JOIN'
                               ' "CRMAccounts" a ON a."CRMAccountNo" = d."CRMAccountNo"'))  # fmt: skip
    for number, rows in lines.items():
        for line in rows:
            if line.product is None:
                assert (line.price, line.rate) != (0, None)
                continue
            ware, many = BY_CODE[codes[line.product]], Fraction(line.quantity, 1_000)
            if kinds[number].kind == "purchase_order":
                assert line.price == ware.cost, (number, line)
            else:
                assert line.rate == ware.rate
                if line.came_from is None:
                    group = WHOLESALE if groups[number] == WHOLESALE else ""
                    assert line.price == price(ware.code, many, group), (number, ware.code, many, group)
    for number, typed in held.typed.items():
        there = [(codes.get(line.product or 0, ""), line.quantity) for line in lines[number]]
        assert there == [(code, int(Fraction(text) * 1_000)) for code, text in typed], number
    return sum(len(rows) for rows in lines.values())


def every_number(url: str) -> None:
    """In each kind 1, 2, 3 … without a gap and without a double, and nothing is numbered that is a draft."""
    rows = sql.ask(url, 'SELECT "Kind", "NumberCount", "DocumentNo", "Revision", "State" FROM "CRMSalesDocuments"')
    given: dict[str, list[int]] = defaultdict(list)
    for kind, count, document_no, revision, state in rows:
        assert state != "draft", "all that was begun was issued"
        assert document_no == f"2026-{count:04}"
        if revision == 1:
            given[kind].append(count)
    for kind, counts in given.items():
        assert sorted(counts) == list(range(1, len(counts) + 1)), kind
    named = [(kind, document_no, revision) for kind, _count, document_no, revision, _state in rows]
    assert len(named) == len(set(named))


def nothing_twice(url: str) -> None:
    """No line of an order is billed for more than was ordered, none of an invoice credited for more than was billed."""
    taken = """SELECT o."SalesLineNo", o."Quantity", SUM(t."Quantity") FROM "CRMSalesLines" t
               JOIN "CRMSalesDocuments" d ON d."SalesDocumentNo" = t."SalesDocumentNo"
               JOIN "CRMSalesLines" o ON o."SalesLineNo" = t."CameFromNo" WHERE d."Kind" = '{kind}'
               AND d."State" <> 'cancelled' GROUP BY o."SalesLineNo", o."Quantity"
               HAVING SUM(t."Quantity") > o."Quantity" """
    for kind in ("invoice", "credit_note", "purchase_order"):
        assert not sql.ask(url, taken.format(kind=kind)), f"{kind}: more was taken of a line than there was"
    for order, state in sql.ask(url, """SELECT "SalesDocumentNo", "State" FROM "CRMSalesDocuments"
                                        WHERE "Kind" = 'sales_order' """):  # fmt: skip
        left = sql.left_of_order(url, order)
        assert min(left) >= 0 and (state == "done") == (not any(left)), order


def all_money(url: str, held: Book) -> dict[str, int]:
    """What is paid, credited and open of each invoice; the sums."""
    paid = Counter[int]()
    for invoice, amount in held.paid:
        paid[invoice] += amount
    stored = sql.ask(url, 'SELECT "SalesDocumentNo", SUM("Amount") FROM "CRMPayments" GROUP BY "SalesDocumentNo"')
    assert {int(invoice): int(amount) for invoice, amount in stored} == dict(paid)
    credited = {int(key): int(amount) for key, amount in sql.ask(url, """SELECT "CameFromNo", SUM("TotalAmount")
                FROM "CRMSalesDocuments" WHERE "Kind" = 'credit_note' GROUP BY "CameFromNo" """)}  # fmt: skip
    sums = Counter[str]()
    for number, total, left, state, reminded in sql.ask(url, """SELECT "SalesDocumentNo", "TotalAmount", "OpenAmount",
            "State", "Reminders" FROM "CRMSalesDocuments" WHERE "Kind" = 'invoice' """):  # fmt: skip
        due = total - paid[number] - credited.get(number, 0)
        if state == "cancelled":
            assert credited[number] == total and left == -paid[number]
        else:
            assert left == due and state == ("open" if due > 0 else "paid"), number
        assert (reminded or 0) == held.reminded.count(number)
        sums.update(billed=int(total), paid=paid[number], credited=credited.get(number, 0), open=max(int(left), 0))
    return dict(sums)


def all_stock(url: str, held: Book) -> None:
    """What was there, less what was billed, plus what was credited and what came in."""
    moved = Counter[int]()
    for product, kind, quantity in sql.ask(url, """SELECT l."ProductNo", d."Kind", SUM(l."Quantity")
            FROM "CRMSalesLines" l JOIN "CRMSalesDocuments" d ON d."SalesDocumentNo" = l."SalesDocumentNo"
            WHERE l."ProductNo" IS NOT NULL GROUP BY l."ProductNo", d."Kind" """):  # fmt: skip
        moved[product] += {"invoice": -1, "credit_note": 1}.get(kind, 0) * int(quantity)
    by_code = {code: moved[number] for number, code in sql.codes(url).items()}
    there: dict[Any, Any] = dict(sql.ask(url, 'SELECT "ProductCode", "InStock" FROM "CRMProducts"'))
    for ware in WARES:
        wanted = None if ware.stock is None else ware.stock * 1_000 + by_code[ware.code] + held.received[ware.code]
        assert there[ware.code] == wanted, ware.code


def all_deals(url: str, held: Book) -> None:
    """Who ordered is won, with the net sum of the quote as its value; the others stay where they were."""
    nets = sql.documents(url)
    for deal, stage, actual in sql.ask(url, 'SELECT "OpportunityNo", "Stage", "ActualAmount" FROM "CRMOpportunities"'):
        if deal in held.won:
            assert (stage, actual) == ("Order", nets[held.won[deal]].net), deal
        else:
            assert stage == "Offer" and not actual, deal
