"""The charts of Pipeline as they are printed: black on white, whatever the program wears (BX-24)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from channergy_crm.language import _
from ui.look import theme
from ui.pages.figures.drawn import drawing
from ui.pages.pipeline.charts import Charts

if TYPE_CHECKING:
    from channergy_crm.services.pipeline import Pipeline
    from ui.paper.list_pages import Drawing

LINE = 30
"""pixels of a step"""


def drawings(held: Pipeline) -> list[Drawing]:
    """Each chart with its title, drawn anew for paper."""
    holder = QWidget()
    holder.setPalette(theme.palette_of(theme.LIGHT))
    charts = Charts(holder)
    charts.show_figures(held)
    found = [
        drawing(charts.months, holder, _("Forecast by month: won, above it weighted, pale projected"), 230),
        drawing(charts.steps, holder, _("From stage to stage"), max(60, LINE * len(held.steps))),
    ]
    holder.deleteLater()
    return found
