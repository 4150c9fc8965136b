"""The tool row of Figures: the period, whose, which list; four facts."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from channergy_crm import clock
from channergy_crm.language import N_, _
from channergy_crm.services import figures
from channergy_crm.services.figures import Asked
from channergy_crm.text.periods import period
from ui.pages.counting import asking
from ui.pages.counting.asking import RANGE
from ui.widgets.summary import Fact

if TYPE_CHECKING:
    from collections.abc import Sequence

    from channergy_crm.services.figures import Count, Figures
    from ui.editors.choices import ChoiceEditor

ALL, USUAL = "*", "this month"  # unsaid: names
WEEK, LAST_MONTH = "this week", "last month"  # unsaid: words of a filter
WIDE = 128


class ToolRow(asking.ToolRow):
    """Of calls."""

    word = "figures"  # unsaid: a name
    periods = (
        ("today", N_("Today")), (WEEK, N_("This week")), (USUAL, N_("This month")),
        (LAST_MONTH, N_("Last month")), (RANGE, N_("From … to …")),
    )  # fmt: skip
    usual = USUAL
    about_whose = N_("Whose calls")
    wide = (WIDE, WIDE)
    only_past = True

    def offered(self, by: str) -> list[tuple[str, str]]:
        """Whose calls may be counted."""
        return figures.whose_offered(by)

    def further(self) -> Sequence[ChoiceEditor]:
        """Which list was called."""
        self.list = self.choice("list", _("List"), [(ALL, _("All lists"))], WIDE)
        return (self.list,)

    def offer_lists(self, names: Sequence[str]) -> None:
        """The lists that were called in the period, and the one that is chosen."""
        chosen = self.list.value()
        held = [*names, *([chosen] if chosen not in (ALL, None, *names) else [])]
        self.list.set_choices([(ALL, _("All lists")), *((name, name) for name in held)])

    def days(self) -> tuple[date, date]:
        """The first day and the last; a range that is still open goes on to today."""
        today = clock.today()
        if self.period.value() == RANGE:
            last = self.last.value() or today
            return self.first.value() or min(last, today) - timedelta(days=30), last
        first, last = period(str(self.period.value()), today)
        return first or today, last or today

    def asked(self) -> Asked:
        """What is wanted now."""
        first, last = self.days()
        chosen = "" if self.list.value() in (ALL, None) else str(self.list.value())
        return Asked(first, last, str(self.whose.value() or self._session.by), chosen, self._session.project)


def facts(held: Figures) -> list[Fact]:
    """Calls, reached, sales, talk time."""
    total = held.total
    a_day = _("{count:,} a day").format(count=round(total.calls / held.days)) if held.days > 1 else ""
    percent = _("{percent} %").format(percent=total.percent) if total.percent is not None else "–"
    share = round(100 * total.sales / total.calls) if total.calls else 0
    of_calls = _("{percent} %\u00a0of calls").format(percent=share) if total.sales else ""
    return [
        Fact(_("Calls"), f"{total.calls:,}", more=a_day),
        Fact(_("Reached"), percent, more=f"{total.reached:,}" if total.calls else ""),
        Fact(_("Sales"), f"{total.sales:,}", more=of_calls), _time_of(total),
    ]  # fmt: skip


def _time_of(total: Count) -> Fact:
    """How long a call lasts, of those that were measured; otherwise the time at the desk, which is said."""
    if total.talk_on_average is not None:
        return Fact(_("Talk time"), clock_of(total.talk_on_average), more=_("on average"))
    if total.desk_on_average is not None:
        return Fact(_("Desk time"), clock_of(total.desk_on_average), more=_("not measured"))
    return Fact(_("Talk time"), "–")


def clock_of(seconds: int) -> str:
    """Minutes and seconds."""
    return f"{seconds // 60}:{seconds % 60:02d}"
