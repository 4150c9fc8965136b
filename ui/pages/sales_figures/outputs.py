"""Figures of sales on their way out: into a file, or onto paper (VT-86)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm.language import N_, _
from channergy_crm.records import SalesDocument
from channergy_crm.services.sales_figures import behind, counting, tables
from ui.look.wording import shown
from ui.pages.counting.drawn import drawn
from ui.pages.counting.outputs import MOST_ON_PAPER, Lines, Output
from ui.pages.sales_figures.charts import Charts
from ui.pages.sales_figures.rows import words_of
from ui.paper.list_pages import Column

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from channergy_crm.services.chosen import Chosen
    from channergy_crm.services.sales_figures.counting import Asked, Sales
    from ui.charts.chart import Chart
    from ui.paper.list_pages import Drawing
    from ui.session.background import Progress


def _export(asked: Asked, chosen: Chosen | None, path: Path, by: str, progress: Progress) -> int:
    from channergy_crm.transfer.exporting.sales_figures import export_sales

    return export_sales(asked, chosen, path, by, progress=progress.step)


def _figures(asked: Asked, by: str) -> Lines:
    columns = [Column(title, right=place in (2, 3)) for place, title in enumerate(tables.titles())]
    rows, money = tables.rows(counting.read(asked, by)), SalesDocument.kind("total")
    return columns, [
        (what, which, shown(money, amount), f"{many:n}", currency) for what, which, amount, many, currency in rows
    ]


def _rows(asked: Asked, chosen: Chosen, by: str) -> Lines:
    columns = [Column(_("Document")), Column(_("Date"), whole=True), Column(_("Customer")),
               Column(_("Amount"), right=True), Column(_("Operator"))]  # fmt: skip
    return columns, [words_of(row) for row in behind.read(asked, chosen, by, limit=MOST_ON_PAPER)]


def drawings(held: Sales) -> list[Drawing]:
    """The charts as they are printed, each with its title."""

    def make(holder: QWidget) -> list[tuple[Chart, str, int]]:
        charts = Charts(holder)
        charts.show_figures(held)
        return [(charts.months, _("Sold by month"), 230), (charts.owed, _("Due and overdue"), 150)]

    return drawn(make)


SALES = Output(SalesDocument, (N_("Sales figures"), N_("Documents")), _export, _figures, _rows, drawings)
