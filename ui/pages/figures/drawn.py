"""The charts of Figures as they are printed (BX-23)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm.language import _
from ui.pages.counting.drawn import drawn
from ui.pages.figures.charts import Charts

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from channergy_crm.services.figures import Figures
    from ui.charts.chart import Chart
    from ui.paper.list_pages import Drawing


def drawings(held: Figures) -> list[Drawing]:
    """Each chart with its title, drawn anew for paper."""

    def make(holder: QWidget) -> list[tuple[Chart, str, int]]:
        charts = Charts(holder)
        charts.show_figures(held)
        return [(charts.map, _("Calls by hour and weekday, % reached"), 250),
                (charts.hours, _("Calls by hour, dark those that reached somebody"), 210),
                (charts.way, _("From call to order"), 150)]  # fmt: skip

    return drawn(make)
