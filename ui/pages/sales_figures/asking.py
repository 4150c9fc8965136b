"""The tool row of Sales figures: the period, whose, which currency; four facts."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from channergy_crm import clock
from channergy_crm.language import N_, _, ngettext
from channergy_crm.services.ages import COMING
from channergy_crm.services.sales_figures import counting
from channergy_crm.services.sales_figures.counting import Asked
from channergy_crm.text.periods import moved, period
from ui.look.wording import short_money
from ui.pages.counting import asking
from ui.pages.counting.asking import RANGE
from ui.widgets.summary import Fact

if TYPE_CHECKING:
    from collections.abc import Sequence

    from channergy_crm.services.sales_figures.counting import Sales
    from ui.editors.choices import ChoiceEditor

MONTH, YEAR, LAST_YEAR = "this month", "this year", "last year"  # unsaid: words of a filter
TWELVE, QUARTER, USUAL = "twelve", "quarter", "*"  # unsaid: names


class ToolRow(asking.ToolRow):
    """Of sales."""

    word = "sales_figures"  # unsaid: a name
    periods = (
        (TWELVE, N_("The last twelve months")), (MONTH, N_("This month")), (QUARTER, N_("This quarter")),
        (YEAR, N_("This year")), (LAST_YEAR, N_("Last year")), (RANGE, N_("From … to …")),
    )  # fmt: skip
    usual = TWELVE
    about_whose = N_("Whose sales")
    wide = (176, 128)
    only_past = True

    def offered(self, by: str) -> list[tuple[str, str]]:
        """Whose sales may be counted."""
        return counting.whose_offered(by)

    def further(self) -> Sequence[ChoiceEditor]:
        """In which currency."""
        self.currency = self.choice("currency", _("Currency"), [(USUAL, _("Usual currency"))], 128)
        return (self.currency,)

    def offer_currencies(self, held: Sales) -> None:
        """The currencies there are, where there are several; the one that is counted is chosen."""
        known = sorted({held.currency, *held.others})
        chosen = self.currency.value()
        self.currency.set_choices([(USUAL, _("Usual currency")), *((each, each or _("No currency")) for each in known)])
        self.currency.set_value(chosen if chosen in known else USUAL)
        self.currency.setVisible(len(known) > 1)

    def days(self) -> tuple[date, date]:
        """The first day and the last; a range that is still open goes on to today."""
        chosen, today = str(self.period.value()), clock.today()
        if chosen == RANGE:
            last = self.last.value() or today
            return self.first.value() or moved(min(last, today), -12, "month"), last
        begin = today.replace(day=1)
        if chosen == TWELVE:
            return moved(begin, -11, "month"), moved(begin, 1, "month") - timedelta(days=1)
        if chosen == QUARTER:
            first = moved(begin, -((today.month - 1) % 3), "month")
            return first, moved(first, 3, "month") - timedelta(days=1)
        first_day, last_day = period(chosen, today)
        return first_day or today, last_day or today

    def asked(self) -> Asked:
        """What is wanted now, of the project that is looked at in this window."""
        first, last = self.days()
        chosen = None if self.currency.value() in (USUAL, None) else str(self.currency.value())
        return Asked(first, last, str(self.whose.value() or self._session.by), self._session.project, chosen)


def documents_said(count: int) -> str:
    """How many documents."""
    return ngettext("{count:,} document", "{count:,} documents", count).format(count=count)


def facts(held: Sales) -> list[Fact]:
    """Sold, to how many customers, owed, due."""
    owed, late = sum(each.amount for each in held.owed), [each for each in held.owed if each.age is not COMING]
    overdue, invoices = sum(each.amount for each in late), sum(each.invoices for each in late)
    many = ngettext("{count:,} invoice", "{count:,} invoices", invoices).format(count=invoices)
    return [
        Fact(_("Sold, net"), short_money(held.net), more=documents_said(held.documents)),
        Fact(_("Customers"), f"{len(held.customers):n}"),
        Fact(_("Owed"), short_money(owed)),
        Fact(_("Due"), short_money(overdue), "overdue" if overdue else "", more=many if overdue else ""),
    ]  # fmt: skip
