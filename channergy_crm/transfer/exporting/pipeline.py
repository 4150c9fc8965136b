"""Figures of deals, or the deals behind one of them, out into a file (BX-24)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm.language import _
from channergy_crm.records import Opportunity
from channergy_crm.services import pipeline, pipeline_deals, pipeline_rows, pipeline_tables
from channergy_crm.transfer.exporting.counted import BATCH, Lines, Taken, write

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from channergy_crm.services.chosen import Chosen
    from channergy_crm.services.pipeline_deals import Asked
    from channergy_crm.store.reader import Row
    from channergy_crm.transfer.exporting.text import Style
    from channergy_crm.work.undo import Progress

AMOUNT = 6
"""the column of the amount of a deal"""


def export_pipeline(
    asked: Asked, chosen: Chosen | None, path: Path, by: str, style: Style | None = None,
    progress: Progress | None = None,
) -> int:  # fmt: skip
    """Write a CSV file or a workbook, by its ending; without something chosen the figures. How many lines."""
    money = pipeline_tables.MONEY if chosen is None else (AMOUNT,)
    kinds = {place: Opportunity.kind("amount") for place in money}
    if chosen is None:
        lines = Lines(pipeline_tables.titles(), _figures(asked, by), kinds=kinds, progress=progress)
    else:
        titles = (_("Number"), _("Name"), _("Customer"), _("Stage"), _("Closes"), _("Operator"), _("Amount"),
                  _("Reason"))  # fmt: skip
        lines = Lines(titles, _rows(asked, chosen, by), kinds=kinds, progress=progress)
    wanted = asked.first, asked.last, asked.whose, asked.project
    return write(Taken(Opportunity, wanted, by, _("Figures")), lines, path, style)


def _figures(asked: Asked, by: str) -> Iterator[list[Row]]:
    yield [tuple(row) for row in pipeline_tables.rows(pipeline.read(asked, by))]


def _rows(asked: Asked, chosen: Chosen, by: str) -> Iterator[list[Row]]:
    behind = pipeline_rows.behind(pipeline_deals.read(asked, by), chosen)
    for start in range(0, len(behind), BATCH):
        yield [tuple(row) for row in pipeline_rows.rows(behind[start : start + BATCH], by)]
