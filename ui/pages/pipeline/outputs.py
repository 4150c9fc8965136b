"""Figures of deals on their way out: into a file, or onto paper (BX-24)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm.language import N_, _
from channergy_crm.records import Opportunity
from channergy_crm.services import pipeline, pipeline_rows, pipeline_tables
from ui.charts.months import long_month
from ui.look.wording import whole_money
from ui.pages.counting.outputs import MOST_ON_PAPER, Lines, Output
from ui.pages.pipeline.drawn import drawings
from ui.pages.pipeline.rows import words_of
from ui.paper.list_pages import Column

if TYPE_CHECKING:
    from pathlib import Path

    from channergy_crm.services.chosen import Chosen
    from channergy_crm.services.pipeline_deals import Asked
    from ui.session.background import Progress


def _export(asked: Asked, chosen: Chosen | None, path: Path, by: str, progress: Progress) -> int:
    from channergy_crm.transfer.exporting.pipeline import export_pipeline

    return export_pipeline(asked, chosen, path, by, progress=progress.step)


def _figures(asked: Asked, by: str) -> Lines:
    columns = [Column(title, right=place > 1) for place, title in enumerate(pipeline_tables.titles())]
    rows = pipeline_tables.rows(pipeline.read(asked, by), long_month)
    return columns, [tuple(_cell(place, value) for place, value in enumerate(row)) for row in rows]


def _rows(asked: Asked, chosen: Chosen, by: str) -> Lines:
    columns = [Column(_("Name")), Column(_("Stage")), Column(_("Closes"), whole=True), Column(_("Amount"), right=True),
               Column(_("Customer")), Column(_("Operator"))]  # fmt: skip
    return columns, [words_of(row) for row in pipeline_rows.read(asked, chosen, by, limit=MOST_ON_PAPER)]


def _cell(place: int, value: str | int | None) -> str:
    if not isinstance(value, int):
        return value or ""
    return whole_money(value) if place in pipeline_tables.MONEY else f"{value:,}"


DEALS = Output(Opportunity, (N_("Pipeline"), N_("Deals")), _export, _figures, _rows, drawings)
