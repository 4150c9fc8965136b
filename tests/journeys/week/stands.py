"""Where somebody is at the window, and how they come to a record of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from channergy_crm.records import Account, Lead, Opportunity
from tests.ui.hands import KEY, SHIFT

if TYPE_CHECKING:
    from tests.journeys.week.book import Desk


def page(desk: Desk, target: str) -> Any:
    """Go to a page by its name; what is shown there."""
    desk.hands.window.go_to(target)
    return desk.hands.window.tabs.pages[desk.hands.window.tabs.currentIndex()]


def my_lead(desk: Desk, *, fresh: bool = False) -> int:
    """The lead of theirs that waits longest; a `fresh` one nobody has called and nothing reminds of."""
    mine = Lead.select().where((Lead.owner == desk.by) & Lead.working())
    if fresh:
        mine = mine.where(Lead.call_date.is_null() & Lead.reminder_date.is_null())
    found = mine.order_by(Lead.call_date.asc(nulls="first"), Lead.number).first()
    assert found is not None, f"{desk.by} has no lead left"
    return int(found.number)


def at_lead(desk: Desk, number: int) -> int:
    """Come to this lead, in the list and in the form."""
    hands = desk.hands
    hands.window.session.go_to("lead", number)
    hands.bot.waitUntil(lambda: hands.part("leads.list").current() == number)
    wish = Lead.find(number).description
    hands.bot.waitUntil(lambda: hands.shows("leads.description") == wish)
    hands.read_to_the_end("leads")
    return number


def at_leads(desk: Desk, count: int) -> int:
    """Mark so many of the leads of theirs that have an address; how many are marked."""
    hands = desk.hands
    at_lead(desk, my_lead(desk))
    hands.stand("leads", 0)
    marked = min(count, hands.rows("leads"))
    for _row in range(marked - 1):
        hands.press(KEY.Key_Down, SHIFT)
    return marked


def at_account(desk: Desk, part: str) -> Account:
    """Come to an account of theirs, at one of its parts."""
    account = Account.select().where(Account.owner == desk.by).order_by(Account.number).first()
    desk.hands.open_account(account.name, part)
    return account


def my_deal(desk: Desk) -> Opportunity | None:
    """A deal of theirs that is open."""
    mine = Opportunity.select().where((Opportunity.owner == desk.by) & ~Opportunity.closed)
    found: Opportunity | None = mine.where(Opportunity.stage.in_(["Prospect", "Offer"])).first()
    return found


def tool(desk: Desk, name: str) -> Any:
    """A tool that was opened."""
    return desk.hands.window.findChild(QWidget, f"tools.{name}")
