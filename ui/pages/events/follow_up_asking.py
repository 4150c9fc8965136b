"""The tool row of the status of follow-ups: the period, whose; four facts (VS-12)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm import clock
from channergy_crm.language import N_, _, ngettext
from channergy_crm.services.events import status
from channergy_crm.services.events.which import Asked
from channergy_crm.services.figures import EVERYBODY
from channergy_crm.text.periods import period
from ui.pages.counting import asking
from ui.pages.counting.asking import RANGE
from ui.pages.events.follow_up_marks import days_said
from ui.widgets.summary import Fact

if TYPE_CHECKING:
    from datetime import date

    from channergy_crm.services.events.status import Standing

WEEK, MONTH, LAST = "this week", "this month", "last month"  # unsaid: words of a filter
THREE, YEAR = "last 3 months", "this year"  # unsaid: words of a filter


class ToolRow(asking.ToolRow):
    """Of follow-ups."""

    word = "follow_ups"  # unsaid: a name
    periods = (
        (WEEK, N_("This week")), (MONTH, N_("This month")), (LAST, N_("Last month")), (THREE, N_("Last three months")),
        (YEAR, N_("This year")), (RANGE, N_("From … to …")),
    )  # fmt: skip
    usual = MONTH
    about_whose = N_("Whose follow-ups")
    wide = (152, 152)
    only_past = True

    def offered(self, by: str) -> list[tuple[str, str]]:
        """Everybody's, of a group, or of one operator."""
        return status.whose_offered(by)

    def days(self) -> tuple[date | None, date | None]:
        """The first day and the last, None for an end that is open."""
        if self.period.value() == RANGE:
            return self.first.value(), self.last.value()
        return period(str(self.period.value()), clock.today())

    def asked(self) -> Asked:
        """What is wanted now, of the project that is looked at in this window."""
        return Asked(*self.days(), str(self.whose.value() or EVERYBODY), self._session.project)


def facts(held: Standing) -> list[Fact]:
    """Open with those that wait, overdue, closed, the days it takes to close one."""
    total = held.total
    waiting = ngettext("{count:,} waits", "{count:,} wait", total.waiting).format(count=total.waiting)
    share = _("{percent} %\u00a0of open").format(percent=round(100 * total.late / total.open)) if total.late else ""
    return [
        Fact(_("Still open"), f"{total.open:,}", more=waiting if total.waiting else ""),
        Fact(_("Overdue"), f"{total.late:,}", "overdue" if total.late else "", more=share),
        Fact(_("Closed"), f"{total.closed:,}"),
        Fact(_("Days to close"), days_said(total.median), more=_("median") if total.lasted else ""),
    ]  # fmt: skip
