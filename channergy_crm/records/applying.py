"""Whether a price applies today, and for whom: a column of lists (VT-142).

It is the rule of `services.products.prices`, asked of the store for a whole list at once.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import peewee

from channergy_crm import clock
from channergy_crm.language import N_, _
from channergy_crm.records.products import Price, PriceBook
from channergy_crm.text.written import written_day
from channergy_crm.work.record import Extra, add_extra

APART = "\x1f"
"""stands between the parts of what is read, and in no name"""


class Applying(str):
    """Why a price is taken today, or why not; `holds` while its book does, `taken` where no other goes before."""

    holds = taken = False


def _for_whom(group: str, currency: str) -> str:
    whom = _("for the group {group}").format(group=group) if group else _("for everybody")
    return _("{whom}, in {currency}").format(whom=whom, currency=currency) if currency else whom


def said(held: str | None, today: date | None = None) -> Applying | None:
    """The sentence for what is read together: the days of the price book, whether it is off, for whom, and what is
    lower.
    """
    if not held:
        return None
    first, last, off, group, currency, lower = [*held.split(APART), *([""] * 6)][:6]
    day, whom = today or clock.today(), _for_whom(group, currency)
    begins, ends = (date.fromisoformat(each[:10]) if each else None for each in (first, last))
    if off:
        return Applying(_("No: the price book is inactive"))
    if ends is not None and ends < day:
        return Applying(_("No more: until {day}").format(day=written_day(ends)))
    if begins is not None and begins > day:
        return Applying(_("From {day} {whom}").format(day=written_day(begins), whom=whom))
    if lower:
        made = Applying(_("No: {book} goes before").format(book=lower))
        made.holds = True
        return made
    made = Applying(_("Today {whom}").format(whom=whom))
    made.holds = made.taken = True
    return made


def _lower(day: date) -> peewee.Node:
    """The price book whose price goes before this one: for the same customers, from the same quantity on."""
    price, book, own = Price.alias(), PriceBook.alias(), PriceBook.alias()
    same = (
        (price.product == Price.product)
        & (peewee.fn.COALESCE(price.quantity, 0) == peewee.fn.COALESCE(Price.quantity, 0))
        & (price.number != Price.number)
        & price.price.is_null(False)
    )
    goes_before = (price.price < Price.price) | ((price.price == Price.price) & (price.number < Price.number))
    whom = _text(peewee.fn.LOWER(book.group)) == _text(peewee.fn.LOWER(own.group))
    paid = _text(peewee.fn.LOWER(book.currency)).in_(["", _text(peewee.fn.LOWER(own.currency))])
    open_now = (
        ~book.inactive
        & (book.first_day.is_null() | (book.first_day <= day))
        & (book.last_day.is_null() | (book.last_day >= day))
    )
    joined = price.select(book.name).join(book, on=(price.book == book.number)).join(own, on=(own.number == Price.book))
    found: peewee.Node = joined.where(same & goes_before & whom & paid & open_now).order_by(price.price).limit(1)
    return found


def _text(value: Any) -> Any:
    return peewee.fn.COALESCE(value, "")


def _expression(_by: str) -> Any:
    off = peewee.Case(None, [(PriceBook.inactive, "1")], "")
    parts = [
        _text(PriceBook.first_day.cast("TEXT")), _text(PriceBook.last_day.cast("TEXT")), off,
        _text(PriceBook.group), _text(PriceBook.currency),
    ]  # fmt: skip
    joined: Any = parts[0]
    for part in parts[1:]:
        joined = joined.concat(APART).concat(part)
    whose = PriceBook.select(joined).where(PriceBook.number == Price.book)
    return _text(whose).concat(APART).concat(_text(_lower(clock.today())))


def _mark(held: Applying | None) -> str:
    return "" if held is None else "check" if held.taken else ""  # unsaid: a drawing


APPLIES = Extra(
    N_("Applies"), peewee.SQL("NULL"), said, 34, stored=False, mark=_mark, seen_by=_expression,
    stands_back=lambda held: held is not None and not held.taken,
)  # fmt: skip
add_extra(Price, "applies", APPLIES)
