"""Deeds with quotes: written from a deal by keys, issued, answered, offered anew."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from channergy_crm.records import Opportunity
from channergy_crm.records.sales_documents import State
from tests.journeys.month import at
from tests.journeys.month.book import fresh, link, those
from tests.journeys.month.office import WARES
from tests.ui.gestures import write
from tests.ui.hands import CTRL, KEY

if TYPE_CHECKING:
    from tests.journeys.month.book import Desk
    from tests.journeys.month.plan import Deed
    from ui.pages.sales.page import SalesPage

QUANTITIES = ("1", "3", "12", "40", "100", "240", "2.5", "0.75")


def write_quote(desk: Desk, deed: Deed) -> None:
    """From a deal: part of a product, Tab, how much, Enter; a discount here, a price there; saved and issued."""
    hands, deal = desk.hands, desk.book.deals[desk.by].pop(0)
    hands.window.session.go_to("new_quote", ("deal", deal))
    page = at.page(desk, "quote")
    hands.bot.waitUntil(lambda: page.panel.grid.is_typing)
    typed = type_lines(desk, page, deed.dice, heading=deed.turn % 3 == 1)
    if deed.turn % 4 == 3:
        _take_off_all(desk, "2.5")
    hands.press(KEY.Key_S, CTRL)
    held = at.shown(page)
    assert held.number and not page.panel.is_edited, hands.said()
    desk.book.typed[held.number] = typed
    at.press(desk, "quotes.issue")
    assert fresh(held.number).state == State.OPEN, hands.said()
    desk.book.done["quotes"] += 1


def type_lines(desk: Desk, page: SalesPage, luck: int, *, heading: bool = False) -> list[tuple[str, str]]:
    """Two to five lines, from an open cell; what was typed of products and quantities."""
    hands, dice, found = desk.hands, random.Random(luck), []
    prefix = page.panel.prefix
    if heading:
        hands.press(KEY.Key_Escape)
        at.press(desk, f"{prefix}.add_heading")
        hands.type("First part")
        hands.press(KEY.Key_Return)
    for place, ware in enumerate(dice.sample(WARES, dice.randrange(2, 6))):
        quantity = dice.choice(QUANTITIES)
        hands.type(dice.choice([ware.code, ware.name[:7].lower()]))
        hands.press(KEY.Key_Tab)
        hands.type(quantity)
        if place == 1 and luck % 3 == 0:
            for _cell in range(3):
                hands.press(KEY.Key_Tab)
            hands.type(dice.choice(["10 %", "7.5 %", "0.20"]))
        hands.press(KEY.Key_Return)
        found.append((ware.code, quantity))
    if luck % 4 == 0:
        hands.type("Engraving by hand")
        for text in ("", "1", "piece", "49.90"):
            hands.type(text)
            hands.press(KEY.Key_Tab)
        found.append(("", "1"))
    hands.press(KEY.Key_Escape)
    return found


def _take_off_all(desk: Desk, percent: str) -> None:
    editor = desk.hands.part("quotes.discount")
    write(desk.hands.bot, editor, percent)
    desk.hands.bot.keyClick(editor, KEY.Key_Tab)


def decline(desk: Desk, _deed: Deed) -> None:
    """The customer does not want it and says why; the deal stays where it is."""
    held = those("quote", desk.by, State.OPEN)[-1]
    at.document(desk, held)
    at.asked(desk, "quotes.decline", "decline", lambda found: desk.hands.type("Too dear"))
    assert (fresh(held.number).state, fresh(held.number).reason) == (State.DECLINED, "Too dear")
    assert Opportunity.find(link(held, "deal")).stage == "Offer"
    desk.book.done["declined"] += 1


def new_version(desk: Desk, deed: Deed) -> None:
    """Offered anew with one line more, under the same number."""
    old = those("quote", desk.by, State.OPEN)[-1]
    page = at.document(desk, old)
    at.press(desk, "quotes.new_version")
    desk.hands.bot.waitUntil(lambda: at.shown(page).number != old.number)
    made = at.shown(page)
    page.panel.grid.add()
    typed = type_lines(desk, page, deed.dice | 1)
    desk.hands.press(KEY.Key_S, CTRL)
    at.press(desk, "quotes.issue")
    assert (fresh(made.number).state, fresh(old.number).state) == (State.OPEN, State.REPLACED), desk.hands.said()
    assert fresh(made.number).document_no == old.document_no
    desk.book.typed[made.number] = desk.book.typed[old.number] + typed
    desk.book.done["versions"] += 1
