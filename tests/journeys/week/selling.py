"""Deeds with deals and days: moved along the board, meetings with guests, what comes again every week."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from channergy_crm import clock
from channergy_crm.records import Account, Contact, Opportunity, Task
from channergy_crm.records.guests import Guest
from tests.journeys.week import stands
from tests.ui.gestures import type_in
from tests.ui.hands import CTRL, KEY
from ui.pages.calendar.places import Slot

if TYPE_CHECKING:
    from tests.journeys.week.book import Desk

WON = "Order"


def move_a_deal(desk: Desk) -> None:
    """From Prospect to Offer by key; an offer that was accepted says for how much."""
    deal = stands.my_deal(desk)
    if deal is None:
        return
    board = stands.page(desk, "board")
    desk.hands.bot.waitUntil(lambda: any(view.stage == deal.stage for view in board.columns.views))
    board.columns.stand_on(deal.number)
    desk.hands.bot.waitUntil(lambda: board.columns.current() and board.columns.current().number == deal.number)
    if deal.stage == "Prospect":
        desk.hands.bot.keyClick(board.columns.here().cards, KEY.Key_Right, CTRL)
        wanted = "Offer"
    else:
        board.moving.begin(deal.number, WON)
        board.moving.answer.amount.setText("1,000")
        desk.hands.bot.keyClick(board.moving.answer.amount, KEY.Key_Return)
        wanted = WON
        desk.book.done["deals won"] += 1
    desk.hands.bot.waitUntil(lambda: Opportunity.find(deal.number).stage == wanted)
    desk.book.stages[deal.number] = wanted


def meet_with_guests(desk: Desk) -> None:
    """A meeting with somebody who is invited by name."""
    form, title = _begun(desk), f"Meeting {desk.book.next()}"
    kinds = [form.kind.tabText(place) for place in range(form.kind.count())]
    form.kind.setCurrentIndex(kinds.index("Meeting"))
    form.title.setText(title)
    form.place.setText("Hall 3")
    account = Account.select().where(Account.owner == desk.by).order_by(Account.number).first()
    guest = Contact.get(Contact.customer == account.customer)
    form.guests.setFocus()
    type_in(form.guests, guest.last_name)
    form.guests.look()
    names = form.guests.offers.popup()
    desk.hands.bot.waitUntil(names.isVisible)
    desk.hands.bot.keyClick(names, KEY.Key_Down)
    desk.hands.bot.keyClick(names, KEY.Key_Return)
    form.save.click()
    made = Task.get(Task.action == title)
    assert Guest.select().where(Guest.task == made.number).count() == 1, form.said.text()
    desk.book.done["entries"] += 1
    desk.book.done["guests"] += 1


def meet_every_week(desk: Desk) -> None:
    """A call that comes again every week."""
    form, title = _begun(desk), f"Round {desk.book.next()}"
    form.title.setText(title)
    form.repeats.setFocus()
    form.repeats.setCurrentText("every week")
    form.save.click()
    assert Task.get(Task.action == title).repeats, form.said.text()
    desk.book.done["entries"] += 1


def _begun(desk: Desk) -> Any:
    """A new entry in the week, on a free half hour of the days to come."""
    calendar = stands.page(desk, "calendar")
    desk.hands.bot.waitUntil(lambda: calendar.held is not None)
    calendar.take("first", "week", None) if calendar.view != "week" else None
    week = calendar.views["week"]
    place = desk.book.next()
    week.setFocus()
    week.stand_at(Slot(clock.today() + timedelta(days=place % 2), 420 + place % 20 * 30, calendar.owners[0]))
    desk.hands.bot.keyClick(week, KEY.Key_Return)
    desk.hands.bot.waitUntil(lambda: calendar.acting.form is not None and calendar.acting.form.isVisible())
    return calendar.acting.form
