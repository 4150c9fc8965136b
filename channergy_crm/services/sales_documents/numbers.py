"""The numbers of documents: one after the other in each kind and year, none twice, none left out (VT-86)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from channergy_crm import work
from channergy_crm.errors import Mistake
from channergy_crm.language import _
from channergy_crm.records.sales_documents import NumberCircle
from channergy_crm.services import office
from channergy_crm.settings import SALES_NUMBERS
from channergy_crm.text import number_patterns

if TYPE_CHECKING:
    from datetime import date


def take(kind: str, day: date, by: str) -> tuple[int, str]:
    """Within a unit: the next number of a kind in the year of a day, and how it is written. Where the unit comes to
    nothing the number is not used up: whoever waits for it gets it.
    """
    circle = (NumberCircle.what == kind) & (NumberCircle.year == day.year)
    following: Any = NumberCircle.update(last=NumberCircle.last + 1, version=NumberCircle.version + 1)
    if not following.where(circle).execute():
        first: Any = NumberCircle.insert(what=kind, year=day.year, last=0)
        first.on_conflict_ignore().execute()
        following.where(circle).execute()
    held = NumberCircle.select().where(circle).first()
    if held is None:
        raise Mistake(_("No number can be given just now. Try again."))
    pattern = office.get(SALES_NUMBERS.of(kind), by)
    key, count = held.number, int(held.last)
    work.current().note(NumberCircle, key, "update", {"last": count - 1}, {"last": count})
    return count, number_patterns.number(pattern, day.year, count)
