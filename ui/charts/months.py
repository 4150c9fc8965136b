"""Money by month: what was won, what is likely, what is possible, one over the other; for figures and the board."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale

from channergy_crm import clock
from channergy_crm.language import _, ngettext
from channergy_crm.services.pipeline_tables import month_said
from ui.charts.bars import Bars
from ui.charts.chart import Mark
from ui.look.wording import short_money, whole_money, written_money

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from channergy_crm.services.pipeline import Month

Span = tuple["date | None", "date | None"]
"""the key of a bar: its month by the first day, and the last one where it stands for several; (None, None): no date"""


class MonthBars(Bars):
    """A bar for each month of a forecast; `opened` tells the `Span` whose deals somebody wants to see."""

    def show_months(self, months: Sequence[Month]) -> None:
        """Show these (`pipeline.months` or `pipeline.spans`); the cursor begins at this month."""
        if not self.marks:
            now = clock.today().replace(day=1)
            self._at = next((place for place, each in enumerate(months) if each.month == now), 0)
            self.marks = [_mark(place, month) for place, month in enumerate(months)]
        self.show_marks([_mark(place, month) for place, month in enumerate(months)],
                        (_("Month"), _("Projected"), _("Weighted"), _("Won"), _("Deals")))  # fmt: skip


def _mark(place: int, held: Month) -> Mark:
    worth = held.projected + held.won
    figure = short_money(worth) if held.deals else ""
    cells = (month_said(held.month, held.until), *(written_money(each, QLocale.c()) for each in held[1:4]),
             str(held.deals))  # fmt: skip
    return Mark((held.month, held.until), (place, 0), short_month(held.month, held.until), figure, heard(held), worth,
                held.weighted, done=held.won, cells=cells)  # fmt: skip


def heard(held: Month) -> str:
    """A month as it is heard: its name, what it may bring, how likely, what was won, how many deals."""
    deals = ngettext("{count:,} deal", "{count:,} deals", held.deals).format(count=held.deals)
    said = _("{month}, projected {projected}, weighted {weighted}, won {won}, {deals}")
    return said.format(month=long_month(held.month, held.until), projected=whole_money(held.projected),
                       weighted=whole_money(held.weighted), won=whole_money(held.won), deals=deals)  # fmt: skip


def short_month(month: date | None, until: date | None = None) -> str:
    """What stands under a bar."""
    if month is None:
        return _("No date")
    if until is not None:
        return _("earlier") if until < clock.today() else _("later")
    return QLocale().monthName(month.month, QLocale.FormatType.ShortFormat)


def long_month(month: date | None, until: date | None = None) -> str:
    """A month with its year, in words."""
    if month is None:
        return _("No date")
    locale = QLocale()
    said = _("{month} {year}").format(month=locale.standaloneMonthName(month.month), year=month.year)
    if until is None or until == month:
        return said
    return _("{first} to {last}").format(first=said, last=long_month(until))
