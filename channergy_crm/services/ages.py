"""How old what customers owe is: brackets by the days since an invoice was due (VT-25)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import peewee

from channergy_crm.language import N_, translated
from channergy_crm.records import SalesDocument
from channergy_crm.records.sales_documents import DocumentKind, State


@translated("title")
@dataclass(frozen=True)
class Age:
    """A bracket: due for so many days at least, and for so many at most; None where it has no end."""

    name: str
    title: str
    least: int | None
    most: int | None

    def days(self, today: date) -> tuple[date | None, date | None]:
        """The first and the last day on which what is in it was due."""
        first = None if self.most is None else today - timedelta(days=self.most)
        return first, None if self.least is None else today - timedelta(days=self.least)


COMING = Age("coming", N_("Not due yet"), None, -1)
AGES = (COMING, Age("month", N_("Due for 0 to 30 days"), 0, 30), Age("second", N_("Due for 31 to 60 days"), 31, 60),
        Age("third", N_("Due for 61 to 90 days"), 61, 90), Age("older", N_("Due for longer"), 91, None))  # fmt: skip
"""in the order of time"""


def age_of(today: date) -> peewee.Case:
    """The name of the bracket an invoice is in; one without a day is not due yet."""
    cases = []
    for age in AGES:
        first, last = age.days(today)
        if age is not COMING:
            inside = SalesDocument.until <= last
            cases.append((inside if first is None else inside & (SalesDocument.until >= first), age.name))
    return peewee.Case(None, cases, COMING.name)


def owed() -> peewee.ColumnBase:
    """The condition for the invoices of which something is still to be paid."""
    there = (SalesDocument.what == DocumentKind.INVOICE.value) & (SalesDocument.state == State.OPEN.value)
    there &= SalesDocument.issued_on.is_null(False) & (SalesDocument.open_amount > 0)
    return there
