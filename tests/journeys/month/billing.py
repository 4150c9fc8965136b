"""Deeds with money: orders billed in parts and whole, invoices without an order, paid, reminded of, credited."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from channergy_crm import clock
from channergy_crm.records import Payment
from channergy_crm.records.sales_documents import State
from channergy_crm.services.sales_documents import flow
from tests.journeys.month import at
from tests.journeys.month.book import fresh, link, those
from tests.journeys.month.offering import type_lines
from tests.journeys.month.ordering import some_of
from tests.journeys.week.looking import meeting
from tests.ui.gestures import activate, part, write
from tests.ui.hands import CTRL, KEY
from ui.paper.preview_dialog import PreviewDialog

if TYPE_CHECKING:
    from channergy_crm.records import SalesDocument
    from tests.journeys.month.book import Desk
    from tests.journeys.month.plan import Deed


def bill(desk: Desk, deed: Deed) -> None:
    """Half of an order, then the rest of it; the next one whole; every fifth invoice has no order."""
    if deed.turn % 5 == 4:
        account = desk.book.accounts[desk.by][deed.turn // 5]
        desk.hands.window.session.go_to("new_invoice", ("account", account))
        page = at.page(desk, "invoice")
        desk.hands.bot.waitUntil(lambda: page.panel.grid.is_typing)
        typed = type_lines(desk, page, deed.dice)
        desk.hands.press(KEY.Key_S, CTRL)
        desk.book.typed[at.shown(page).number] = typed
    else:
        order = next(each for each in those("sales_order", desk.by, State.OPEN)
                     if flow.why_not_to_invoice(each, desk.by) is None)  # fmt: skip
        at.document(desk, order)
        half = deed.turn % 5 % 4 == 0
        at.asked(desk, "sales_orders.to_invoice", "to_invoice",
                 lambda found: some_of(desk, found, "to_invoice", half=half))  # fmt: skip
        page = at.page(desk, "invoice")
        desk.hands.bot.waitUntil(
            lambda: link(at.shown(page), "came_from") == order.number and not at.shown(page).is_issued
        )
    made = at.shown(page).number
    at.press(desk, "invoices.issue")
    assert fresh(made).is_issued, desk.hands.said()
    desk.book.done["invoices"] += 1


def pay(desk: Desk, deed: Deed) -> None:
    """All that is open, a part of it, or too much; the day is today."""
    unpaid = [each for each in those("invoice", "", State.OPEN) if each.is_issued and each.open_amount > 0]
    held = unpaid[deed.dice % len(unpaid)]
    amount = int(held.open_amount)
    amount = {0: max(amount // 3, 1), 2: amount + 5_00}.get(deed.turn % 4, amount)
    at.document(desk, held)

    def fill(dialog: Any) -> None:
        editor = part(dialog, "pay.amount")
        assert editor.value() == held.open_amount, "all that is open is filled in"
        write(desk.hands.bot, editor, f"{amount // 100}.{amount % 100:02}")

    at.asked(desk, "invoices.pay", "pay", fill)
    assert fresh(held.number).open_amount == held.open_amount - amount, desk.hands.said()
    assert Payment.select().where(Payment.document == held.number).exists()
    desk.book.paid.append((held.number, amount))
    desk.book.done["payments"] += 1


def remind(desk: Desk, _deed: Deed) -> None:
    """Who is late is reminded; the letter is looked at."""
    late = [each for each in those("invoice", "", State.OPEN) if each.until < clock.today() and each.open_amount > 0]
    held = min(late, key=lambda each: (each.reminded or 0, each.number))
    at.document(desk, held)
    seen = meeting(desk, PreviewDialog, lambda found: found.reject(), lambda found: found.paper is not None)
    at.press(desk, "invoices.remind")
    desk.hands.bot.waitUntil(lambda: bool(seen))
    activate(desk.hands.bot, desk.hands.window)
    assert fresh(held.number).reminded == (held.reminded or 0) + 1, desk.hands.said()
    desk.book.reminded.append(held.number)
    desk.book.done["reminders"] += 1


def credit(desk: Desk, deed: Deed) -> None:
    """The latest invoice nobody has paid is taken back, every second time in part."""
    held = next(each for each in reversed(those("invoice", "", State.OPEN)) if _untouched(each))
    page = at.document(desk, held)
    half = deed.turn % 2 == 0
    at.asked(desk, "invoices.credit", "credit", lambda found: some_of(desk, found, "credit", half=half))
    desk.hands.bot.waitUntil(lambda: at.shown(page).what == "credit_note" and not at.shown(page).is_issued)
    made = at.shown(page).number
    at.press(desk, "invoices.issue")
    assert fresh(made).is_issued, desk.hands.said()
    assert (fresh(held.number).state == State.CANCELLED) != half
    desk.book.done["credit notes"] += 1


def _untouched(held: SalesDocument) -> bool:
    return held.is_issued and not held.paid and held.open_amount == held.total
