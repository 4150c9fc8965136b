"""The charts of Pipeline as they are printed (BX-24)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm.language import _
from ui.pages.counting.drawn import drawn
from ui.pages.pipeline.charts import Charts

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from channergy_crm.services.pipeline import Pipeline
    from ui.charts.chart import Chart
    from ui.paper.list_pages import Drawing

LINE = 30
"""pixels of a step"""


def drawings(held: Pipeline) -> list[Drawing]:
    """Each chart with its title, drawn anew for paper."""

    def make(holder: QWidget) -> list[tuple[Chart, str, int]]:
        charts = Charts(holder)
        charts.show_figures(held)
        return [
            (charts.months, _("Forecast by month: won, above it weighted, pale projected"), 230),
            (charts.steps, _("From stage to stage"), max(60, LINE * len(held.steps))),
        ]

    return drawn(make)
