"""The charts of Figures as they are printed: black on white, whatever the program wears (BX-23)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from channergy_crm.language import _
from ui.look import theme
from ui.pages.figures.charts import Charts
from ui.paper.list_pages import Drawing

if TYPE_CHECKING:
    from channergy_crm.services.figures import Figures
    from ui.charts.chart import Chart

WIDE, SHARP = 760, 3
"""pixels, and how many dots stand for one of them on paper"""


def drawings(held: Figures) -> list[Drawing]:
    """Each chart with its title, drawn anew for paper."""
    holder = QWidget()
    holder.setPalette(theme.palette_of(theme.LIGHT))
    charts = Charts(holder)
    charts.show_figures(held)
    wanted = ((charts.map, _("Calls by hour and weekday, % reached"), 250),
              (charts.hours, _("Calls by hour, dark those that reached somebody"), 210),
              (charts.way, _("From call to order"), 150))  # fmt: skip
    found = [drawing(chart, holder, title, high) for chart, title, high in wanted]
    holder.deleteLater()
    return found


def drawing(chart: Chart, holder: QWidget, title: str, high: int) -> Drawing:
    """A chart with its title as a picture for paper, so many pixels high."""
    chart.setParent(holder)
    chart.setFixedSize(WIDE, high)
    image = QImage(WIDE * SHARP, high * SHARP, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(SHARP)
    image.fill("white")
    chart.render(image, QPoint())
    image.setDevicePixelRatio(1)
    return Drawing(title, image)
