"""Charts as they are printed: black on white, whatever the program wears."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from ui.look import theme
from ui.paper.list_pages import Drawing

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ui.charts.chart import Chart

WIDE, SHARP = 760, 3
"""pixels, and how many dots stand for one of them on paper"""


def drawn(make: Callable[[QWidget], Sequence[tuple[Chart, str, int]]]) -> list[Drawing]:
    """The charts `make` makes on a sheet of paper, each with its title, so many pixels high."""
    holder = QWidget()
    holder.setPalette(theme.palette_of(theme.LIGHT))
    found = [_drawing(chart, holder, title, high) for chart, title, high in make(holder)]
    holder.deleteLater()
    return found


def _drawing(chart: Chart, holder: QWidget, title: str, high: int) -> Drawing:
    chart.setParent(holder)
    chart.setFixedSize(WIDE, high)
    image = QImage(WIDE * SHARP, high * SHARP, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(SHARP)
    image.fill("white")
    chart.render(image, QPoint())
    image.setDevicePixelRatio(1)
    return Drawing(title, image)
