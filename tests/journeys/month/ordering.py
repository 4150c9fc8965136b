"""Deeds with orders: a quote is ordered, what it needs is bought and comes in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from channergy_crm.records import Product, SalesLine
from channergy_crm.records.sales_documents import State
from channergy_crm.services.sales_documents import flow, open_lines
from tests.journeys.month import at
from tests.journeys.month.book import fresh, link, those

if TYPE_CHECKING:
    from tests.journeys.month.book import Desk
    from tests.journeys.month.plan import Deed


def to_order(desk: Desk, deed: Deed) -> None:
    """The customer takes a quote: it is accepted first, or with the order; the deal is won with its net sum."""
    held = those("quote", desk.by, State.OPEN)[0]
    at.document(desk, held)
    if deed.turn % 2:
        at.press(desk, "quotes.accept")
        assert fresh(held.number).state == State.ACCEPTED, desk.hands.said()
    at.press(desk, "quotes.to_order")
    page = at.page(desk, "sales_order")
    desk.hands.bot.waitUntil(lambda: link(at.shown(page), "came_from") == held.number)
    made = at.shown(page).number
    at.press(desk, "sales_orders.issue")
    assert (fresh(made).state, fresh(held.number).state) == (State.OPEN, State.ACCEPTED), desk.hands.said()
    desk.book.won[link(held, "deal") or 0] = held.number
    desk.book.done["orders"] += 1


def buy(desk: Desk, _deed: Deed) -> None:
    """What an order needs is ordered from the vendors, one purchase order for each."""
    held = next(each for each in those("sales_order", "", State.OPEN, State.DONE)
                if flow.why_not_to_purchase_orders(each, desk.by) is None)  # fmt: skip
    at.document(desk, held)
    at.press(desk, "sales_orders.to_purchase")
    page = at.page(desk, "purchase_order")
    desk.hands.bot.waitUntil(lambda: link(at.shown(page), "came_from") == held.number)
    for made in those("purchase_order", desk.by, State.DRAFT, came_from=held.number):
        at.document(desk, made)
        at.press(desk, "purchase_orders.issue")
        assert fresh(made.number).state == State.OPEN, desk.hands.said()
        desk.book.done["purchase orders"] += 1


def receive(desk: Desk, deed: Deed) -> None:
    """What was bought has come, every third time only half of it."""
    held = those("purchase_order", "", State.OPEN)[0]
    at.document(desk, held)
    came = dict[int, int]()

    def fill(dialog: Any) -> None:
        came.update(some_of(desk, dialog, "receive", half=deed.turn % 3 == 1))

    at.asked(desk, "purchase_orders.receive", "receive", fill)
    for line, quantity in came.items():
        product = Product.find(link(SalesLine.find(line), "product"))
        desk.book.received[product.code] += quantity
    assert all(each.open == 0 for each in open_lines.still_open(held.number, desk.by)) or deed.turn % 3 == 1
    desk.book.done["received"] += 1


def some_of(desk: Desk, dialog: Any, name: str, *, half: bool) -> dict[int, int]:
    """All that is open, or half of each line, typed into the dialog; what is meant, by line."""
    meant = {}
    for number, editor in dialog.editors.items():
        left = int(editor.value() or 0)
        meant[number] = left // 2 if half and left > 1_000 else left
        if meant[number] != left:
            desk.hands.bot.mouseClick(editor, at.LEFT)
            editor.selectAll()
            desk.hands.bot.keyClicks(
                editor, f"{meant[number] // 1_000}.{meant[number] % 1_000:03}".rstrip("0").rstrip(".")
            )
    return {number: quantity for number, quantity in meant.items() if quantity}
