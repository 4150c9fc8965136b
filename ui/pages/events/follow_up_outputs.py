"""The status of follow-ups on its way out: into a file, or onto paper (VS-12)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm.language import N_, _
from channergy_crm.records import Task
from channergy_crm.services.events import status, status_rows, status_tables
from ui.pages.counting.drawn import drawn
from ui.pages.counting.outputs import MOST_ON_PAPER, Lines, Output
from ui.pages.events.follow_up_charts import Charts
from ui.pages.events.follow_up_marks import long_span
from ui.pages.events.follow_up_rows import words_of
from ui.paper.list_pages import Column
from ui.paper.written import on_paper

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from channergy_crm.services.chosen import Chosen
    from channergy_crm.services.events.status import Standing
    from channergy_crm.services.events.which import Asked
    from ui.charts.chart import Chart
    from ui.paper.list_pages import Drawing
    from ui.session.background import Progress

DUE = 2
"""the column of the day"""


def _export(asked: Asked, chosen: Chosen | None, path: Path, by: str, progress: Progress) -> int:
    from channergy_crm.transfer.exporting.follow_ups import export_follow_ups

    return export_follow_ups(asked, chosen, path, by, progress=progress.step)


def _figures(asked: Asked, by: str) -> Lines:
    columns = [Column(title, right=place > 1) for place, title in enumerate(status_tables.titles())]
    rows = status_tables.rows(status.read(asked, by), long_span)
    return columns, [tuple(_cell(value) for value in row) for row in rows]


def _rows(asked: Asked, chosen: Chosen, by: str) -> Lines:
    columns = [Column(_("Action")), Column(_("Status")), Column(_("Due"), whole=True), Column(_("Operator")),
               Column(_("Customer")), Column(_("Event"))]  # fmt: skip
    found = [(row.due, words_of(row)) for row in status_rows.read(asked, chosen, by, limit=MOST_ON_PAPER)]
    return columns, [(*words[:DUE], on_paper(None, due), *words[DUE + 1 :]) for due, words in found]


def _cell(value: str | int | None) -> str:
    return f"{value:,}" if isinstance(value, int) else value or ""


def _drawings(held: Standing) -> list[Drawing]:

    def make(holder: QWidget) -> list[tuple[Chart, str, int]]:
        charts = Charts(holder)
        charts.show_figures(held)
        return [(charts.trend, _("Made: green closed by now, red overdue, pale open"), 210)]

    return drawn(make)


STATUS = Output(Task, (N_("Status of follow-ups"), N_("Counted follow-ups")), _export, _figures, _rows, _drawings)
