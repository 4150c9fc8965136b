"""The board by month: what may come in, what of it is likely, what was won; a bar opens its month (SI-19…SI-22)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from channergy_crm.language import _
from ui.charts.bars import Bars
from ui.charts.chart import Mark
from ui.look import theme
from ui.look.plain import Label
from ui.look.wording import whole_money

if TYPE_CHECKING:
    from collections.abc import Mapping

    from channergy_crm.services.board import Sums

HIGH, MOST = 168, 18


class Months(QWidget):
    """A bar for each month: weighted below, the rest of what is projected on top; orders where nothing is open."""

    opened = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        theme.stand_on(self, "base")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(theme.px(HIGH, self))
        legend = Label(_("Projected by month, the weighted part dark; orders where nothing is open"), self)
        legend.setFont(theme.small(self.font()))
        legend.muted()
        self.bars = Bars("board.by_month", _("Deals by month"), self)
        self.bars.opened.connect(self.opened)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 4)
        column.setSpacing(2)
        column.addWidget(legend)
        column.addWidget(self.bars, 1)
        self.hide()

    def show_months(self, months: Mapping[str, Sums], *, wanted: bool) -> None:
        """Show the latest of them; nothing is seen where there are none."""
        latest = sorted(months)[-MOST:]
        marks = [_mark(place, month, months[month]) for place, month in enumerate(latest)]
        self.bars.show_marks(marks, (_("Month"), _("Amount"), _("Detail")))
        self.setVisible(wanted and bool(marks))


def _mark(place: int, month: str, sums: Sums) -> Mark:
    first = date.fromisoformat(f"{month}-01")
    name = QLocale().monthName(first.month, QLocale.FormatType.ShortFormat)
    label = name if place and first.month != 1 else f"{name} {first.year}"
    said = _("{month}: projected {projected}, weighted {weighted}, actual {actual}").format(
        month=f"{QLocale().monthName(first.month)} {first.year}", projected=whole_money(sums.projected),
        weighted=whole_money(sums.weighted), actual=whole_money(sums.actual),
    )  # fmt: skip
    if sums.projected:
        return Mark(
            month, (place, 0), label, whole_money(sums.projected), said, sums.projected, sums.weighted, more=said
        )
    return Mark(month, (place, 0), label, whole_money(sums.actual), said, sums.actual, meaning="done", more=said)
