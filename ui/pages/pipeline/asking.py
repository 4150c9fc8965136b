"""The tool row of Pipeline: the period, whose; four facts."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from channergy_crm import clock
from channergy_crm.language import N_, _, ngettext
from channergy_crm.services import pipeline_deals
from channergy_crm.services.pipeline_deals import Asked
from channergy_crm.text.periods import moved, period
from ui.look.wording import short_money
from ui.pages.counting import asking
from ui.pages.counting.asking import RANGE
from ui.pages.pipeline.marks import deals_said
from ui.widgets.summary import Fact

if TYPE_CHECKING:
    from channergy_crm.services.pipeline import Pipeline

AROUND, QUARTER, ALL = "around", "quarter", "all"  # unsaid: names
MONTH, YEAR = "this month", "this year"  # unsaid: words of a filter
REACH = 6


class ToolRow(asking.ToolRow):
    """Of deals."""

    word = "pipeline"  # unsaid: a name
    periods = (
        (AROUND, N_("Six months back and ahead")), (MONTH, N_("This month")), (QUARTER, N_("This quarter")),
        (YEAR, N_("This year")), (ALL, N_("All, also without a date")), (RANGE, N_("From … to …")),
    )  # fmt: skip
    usual = AROUND
    about_whose = N_("Whose deals")
    wide = (208, 144)

    def offered(self, by: str) -> list[tuple[str, str]]:
        """Whose deals may be counted."""
        return pipeline_deals.whose_offered(by)

    def days(self) -> tuple[date | None, date | None]:
        """The first day and the last, None for an end that is open."""
        chosen, today = str(self.period.value()), clock.today()
        if chosen == RANGE:
            return self.first.value(), self.last.value()
        if chosen == ALL:
            return None, None
        if chosen in (MONTH, YEAR):
            return period(chosen, today)
        begin = today.replace(day=1)
        if chosen == QUARTER:
            first = moved(begin, -((today.month - 1) % 3), "month")
            return first, moved(first, 3, "month") - timedelta(days=1)
        return moved(begin, -REACH, "month"), moved(begin, REACH + 1, "month") - timedelta(days=1)

    def asked(self) -> Asked:
        """What is wanted now, of the project that is looked at in this window."""
        first, last = self.days()
        return Asked(str(self.whose.value() or self._session.by), first, last, self._session.project)


def facts(held: Pipeline) -> list[Fact]:
    """Projected, weighted, won, rotten."""
    total = held.total
    orders = ngettext("{count:,} order", "{count:,} orders", total.won_deals).format(count=total.won_deals)
    return [
        Fact(_("Projected"), short_money(total.projected), more=deals_said(total.open)),
        Fact(_("Weighted"), short_money(total.weighted)),
        Fact(_("Won"), short_money(total.won), more=orders if total.won_deals else ""),
        Fact(_("Rotten"), f"{held.rotten:,}", "overdue" if held.rotten else "",
             more=_("of {count:,} open").format(count=total.open)),
    ]  # fmt: skip
