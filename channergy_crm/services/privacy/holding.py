"""What the law makes an office keep: whose won orders are not old enough is not anonymised, and is told why (DP-5)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from channergy_crm import clock
from channergy_crm.language import _
from channergy_crm.records import Opportunity, Order, SalesDocument
from channergy_crm.services import office
from channergy_crm.services.rights import Program
from channergy_crm.settings import YEARS_HELD

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from channergy_crm.services.privacy.circle import Circle


def reasons(circle: Circle) -> list[str]:
    """Why these people may not be anonymised yet, a sentence each; none when nothing is held."""
    return [sentence for hold in HOLDS for sentence in hold(circle)]


def until(day: date, years: int) -> date:
    """The last day of so many whole years after the one this day lies in."""
    return date(min(day.year + years, 9999), 12, 31)


def _won(circle: Circle) -> Iterator[str]:
    keys, years = circle.parts.get(Opportunity, set()), office.whole(YEARS_HELD, Program.ITSELF)
    wanted: Any = Opportunity.number.in_(sorted(keys))
    for name, value in Opportunity.about.won.items():
        wanted &= Opportunity.kind(name) == value
    for deal in Opportunity.select().where(wanted) if keys and years else ():
        days = (deal.close_date_2, deal.close_date_1, deal.updated_on, deal.created_on)
        day = next((day for day in days if day and day <= clock.today()), clock.today())
        if (end := until(day, years)) >= clock.today():
            said = _("“{name}” was won on {day:%Y-%m-%d}: it is kept until {end:%Y-%m-%d}.")
            yield said.format(name=deal.caption(), day=day, end=end)


def _ordered(circle: Circle) -> Iterator[str]:
    keys, years = circle.parts.get(Order, set()), office.whole(YEARS_HELD, Program.ITSELF)
    for order in Order.select().where(Order.number.in_(sorted(keys))) if keys and years else ():
        day = order.ordered_on or clock.today()
        if (end := until(day, years)) >= clock.today():
            said = _("Order {number} is of {day:%Y-%m-%d}: it is kept until {end:%Y-%m-%d}.")
            yield said.format(number=order.number, day=day, end=end)


def _issued(circle: Circle) -> Iterator[str]:
    """A quote, an order, an invoice that was issued; a draft is held by nobody."""
    keys, years = circle.parts.get(SalesDocument, set()), office.whole(YEARS_HELD, Program.ITSELF)
    there: Any = SalesDocument.number.in_(sorted(keys)) & SalesDocument.issued_on.is_null(False)
    for document in SalesDocument.select().where(there).order_by(SalesDocument.number) if keys and years else ():
        day = document.dated or clock.today()
        if (end := until(day, years)) >= clock.today():
            said = _("{name} is of {day:%Y-%m-%d}: it is kept until {end:%Y-%m-%d}.")
            yield said.format(name=document.caption(), day=day, end=end)


HOLDS: list[Callable[[Circle], Iterator[str]]] = [_won, _ordered, _issued]
"""each says why somebody is held; one more line for each thing the law makes an office keep"""
