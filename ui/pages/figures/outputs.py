"""Figures on their way out: into a file, or onto paper (BX-23)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm.language import N_, _
from channergy_crm.records import PhoneCall
from channergy_crm.services import figure_rows, figure_tables, figures
from ui.look.wording import shown
from ui.pages.counting.outputs import MOST_ON_PAPER, Lines, Output
from ui.pages.figures.drawn import drawings
from ui.paper.list_pages import Column

if TYPE_CHECKING:
    from pathlib import Path

    from channergy_crm.services.chosen import Chosen
    from channergy_crm.services.figures import Asked
    from ui.session.background import Progress


def _export(asked: Asked, chosen: Chosen | None, path: Path, by: str, progress: Progress) -> int:
    from channergy_crm.transfer.exporting.figures import export_figures

    return export_figures(asked, chosen, path, by, progress=progress.step)


def _figures(asked: Asked, by: str) -> Lines:
    columns = [Column(title, right=place > 1) for place, title in enumerate(figure_tables.titles())]
    return columns, [tuple(_cell(value) for value in row) for row in figure_tables.rows(figures.read(asked, by))]


def _rows(asked: Asked, chosen: Chosen, by: str) -> Lines:
    columns = [Column(_("When"), whole=True), Column(_("Who")), Column(_("Result")), Column(_("Operator"))]
    rows = figure_rows.read(asked, chosen, by, limit=MOST_ON_PAPER)
    return columns, [(shown(None, row.when), row.who, row.result, row.operator) for row in rows]


def _cell(value: str | int | None) -> str:
    return "" if value is None else f"{value:,}" if isinstance(value, int) else value


FIGURES = Output(PhoneCall, (N_("Figures"), N_("Calls")), _export, _figures, _rows, drawings)
