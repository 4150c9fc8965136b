"""What the window shows at the end of the month, beside plain SQL."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, time
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QDialog

from channergy_crm import clock
from channergy_crm.services.figures import EVERYBODY
from tests.journeys.month import at, reckoned, sql
from tests.journeys.month.book import Desk, fresh
from tests.journeys.month.office import blocks
from tests.journeys.month.plan import BOOKS
from tests.journeys.month.run import signed_in
from tests.journeys.week.looking import meeting
from tests.ui.gestures import activate, words
from ui.pages.home.page import HomePage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.journeys.month.book import Book
    from tests.journeys.month.plan import Size
    from tests.ui.hands import Hands

OPEN = (
    ("top_quotes", "quote", "TotalAmount"),
    ("top_sales_orders", "sales_order", "TotalAmount"),
    ("top_purchase_orders", "purchase_order", "TotalAmount"),
    ("top_invoices", "invoice", "OpenAmount"),
)
LISTS = (("quotes", ("quote",)), ("sales_orders", ("sales_order",)), ("purchase_orders", ("purchase_order",)),
         ("invoices", ("invoice", "credit_note")))  # fmt: skip
DRAWN = 25
"""customers that are drawn"""


def all_agrees(bot: Any, url: str, size: Size, held: Book) -> dict[str, int]:
    """The store with fractions and with the script, then the window with the store; the sums that were compared."""
    sums = {"documents": reckoned.every_total(url), "lines": reckoned.every_price(url, held)}
    reckoned.every_number(url)
    reckoned.nothing_twice(url)
    reckoned.all_stock(url, held)
    reckoned.all_deals(url, held)
    sums |= reckoned.all_money(url, held)
    people = [size.sellers[0], BOOKS]
    blocks(url, people)
    with clock.fixed(datetime.combine(size.days[-1], time(20))):
        for by in people:
            with signed_in(bot, url, by) as hands:
                hands.window.resize(1280, 900)
                _home(hands, url, by)
                if by == BOOKS:
                    _figures(hands, url)
                    _lists(hands, url)
                    _still_open(Desk(hands, by, held), url)
    return {
        **sums,
        "sold net": sql.number(url, f'SELECT SUM("NetAmount" * {sql.SIGN}) FROM "CRMSalesDocuments" WHERE {sql.SOLD}'),
    }


def money(cents: int) -> str:
    """An amount as it is written where there is room: without cents where there are none."""
    text = f"{cents / 100:,.2f}"
    return text.removesuffix(".00")


def _home(hands: Hands, url: str, by: str) -> None:
    """Their open documents, how many and how much, the largest first; what they are owed, by its age."""
    hands.window.go_to("home")
    home = hands.window.findChild(HomePage)
    hands.bot.waitUntil(lambda: all(filling.known for filling in home.fillings.values()))
    for name, kind, amount in OPEN:
        if name not in home.blocks:
            assert not sql.number(url, f"""SELECT COUNT(*) FROM "CRMSalesDocuments" WHERE "Kind" = '{kind}'
                                           AND "OwnerOperatorID" = '{by}' """), name  # fmt: skip
            continue
        many, total = sql.open_of(url, kind, by, amount)
        told = words(home.blocks[name])
        assert not many or f"{many:,} · {money(total)}" in told, (by, name, many, total, told)
        rows = sql.ask(url, f"""SELECT "{amount}" FROM "CRMSalesDocuments" WHERE "Kind" = '{kind}' AND "State" = 'open'
                                AND "OwnerOperatorID" = '{by}' AND "{amount}" > 0 ORDER BY 1 DESC""")  # fmt: skip
        there = [row.cells[-1] for row in hands.part(f"home.block.{name}.list").rows.rows]
        assert there == [money(row[0]) for row in rows[: len(there)]], (by, name)
        assert len(there) == min(len(rows), len(there)) and bool(there) == bool(rows)
    if "due_by_age" in home.blocks:
        marks = hands.part("home.block.due_by_age.chart").marks
        assert _aged(marks) == sql.owed(url, clock.today(), by), by


def _aged(marks: Sequence[Any]) -> dict[str, tuple[int, int]]:
    names = [getattr(mark.key, "key", mark.key) for mark in marks]
    return {name: (int(mark.cells[2]), round(float(mark.cells[1].replace(",", "")) * 100))
            for name, mark in zip(names, marks, strict=True) if mark.cells[2] != "0"}  # fmt: skip


def _figures(hands: Hands, url: str) -> None:
    """Sales figures of everybody: by month, by product, by customer, what is owed."""
    hands.window.go_to("sales_figures")
    page: Any = hands.window.tabs.pages[hands.window.tabs.currentIndex()]
    page.tools.show_whose(EVERYBODY)
    charts = page.charts
    many, net = sql.ask(
        url, f'SELECT COUNT(*), SUM("NetAmount" * {sql.SIGN}) FROM "CRMSalesDocuments" WHERE {sql.SOLD}'
    )[0]
    hands.bot.waitUntil(lambda: charts.held is not None and charts.held.documents == many)
    assert [mark.cells[1:] for mark in charts.months.marks] == [(money(net), f"{many}")]
    assert _drawn(charts.lines) == _products(url)
    hands.choose("sales_figures.part", "By customer")
    customers = [(name, money(int(amount)), f"{count}") for name, amount, count in sql.sold_by_customer(url)]
    assert sorted(_drawn(charts.lines)) == sorted(customers[:DRAWN])
    assert _aged(charts.owed.marks) == sql.owed(url, clock.today())


def _drawn(chart: Any) -> list[tuple[str, ...]]:
    return [tuple(mark.cells) for mark in chart.marks]


def _products(url: str) -> list[tuple[str, str, str]]:
    """What was sold of each product: the net sum of each document, shared over its lines by what they come to."""
    told, lines = sql.documents(url), sql.lines(url)
    names: dict[Any, Any] = dict(sql.ask(url, 'SELECT "ProductNo", "ProductName" FROM "CRMProducts"'))
    amounts, those = defaultdict[int | None, int](int), defaultdict[int | None, set[int]](set)
    for number, document in told.items():
        if document.kind not in ("invoice", "credit_note"):
            continue
        sign = -1 if document.kind == "credit_note" else 1
        shares = reckoned.over(document.net, [line.total for line in lines[number]])
        for line, share in zip(lines[number], shares, strict=True):
            amounts[line.product] += sign * share
            those[line.product].add(number)
    rows = [(names.get(key, "Without a product"), amounts[key], len(those[key])) for key in amounts]
    return [
        (name, money(amount), f"{count}") for name, amount, count in sorted(rows, key=lambda row: (-row[1], row[0]))
    ]


def _lists(hands: Hands, url: str) -> None:
    """Every document stands in the list of its owner with its total; every product with what is in stock."""
    for name, kinds in LISTS:
        hands.window.go_to(name)
        named = ", ".join(f"'{kind}'" for kind in kinds)
        wanted: dict[str, list[int]] = defaultdict(list)
        for by, total in sql.ask(url, f"""SELECT "OwnerOperatorID", "TotalAmount" FROM "CRMSalesDocuments"
                                          WHERE "Kind" IN ({named}) ORDER BY 2"""):  # fmt: skip
            wanted[by].append(total)
        for by, totals in wanted.items():
            hands.part("main.operator").setCurrentIndex(hands.part("main.operator").findData(by))
            hands.read_to_the_end(name)
            hands.bot.waitUntil(lambda name=name, totals=totals: _cents(hands.column(name, "total")) == totals)
    hands.window.go_to("products")
    hands.read_to_the_end("products")
    stock: dict[Any, Any] = dict(
        sql.ask(url, 'SELECT "ProductCode", "InStock" FROM "CRMProducts" WHERE "InStock" IS NOT NULL')
    )
    shown = dict(zip(hands.column("products", "code"), hands.column("products", "in_stock"), strict=True))
    assert {code: _thousandths(text) for code, text in shown.items() if text} == stock


def _cents(texts: Sequence[str]) -> list[int]:
    return sorted(round(float(text.replace(",", "")) * 100) for text in texts)


def _thousandths(text: str) -> int:
    number, fine = QLocale().toDouble(text)
    assert fine, text
    return round(number * 1_000)


def _still_open(desk: Desk, url: str) -> None:
    """What is still open on an order, as the question says how much of it is billed now."""
    for (order,) in sql.ask(url, """SELECT "SalesDocumentNo" FROM "CRMSalesDocuments" WHERE "Kind" = 'sales_order'
                                    AND "State" = 'open' ORDER BY 1""")[:3]:  # fmt: skip
        at.document(desk, fresh(order))
        there: list[int] = []

        def look(dialog: Any, there: list[int] = there) -> None:
            there += [int(editor.value() or 0) for editor in dialog.editors.values()]
            dialog.reject()

        done = meeting(desk, QDialog, look, lambda found: found.isActiveWindow())
        at.press(desk, "sales_orders.to_invoice")
        desk.hands.bot.waitUntil(lambda done=done: bool(done))
        activate(desk.hands.bot, desk.hands.window)
        assert there == sql.left_of_order(url, order), order
