"""Figures of calls, or the calls behind one of them, out into a file (BX-23)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm.language import _
from channergy_crm.records import PhoneCall
from channergy_crm.services import figure_rows, figure_tables, figures
from channergy_crm.transfer.exporting.counted import BATCH, Lines, Taken, write

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from channergy_crm.services.chosen import Chosen
    from channergy_crm.services.figures import Asked
    from channergy_crm.store.reader import Row
    from channergy_crm.transfer.exporting.text import Style
    from channergy_crm.work.undo import Progress


def export_figures(
    asked: Asked, chosen: Chosen | None, path: Path, by: str, style: Style | None = None,
    progress: Progress | None = None,
) -> int:  # fmt: skip
    """Write a CSV file or a workbook, by its ending; without something chosen the figures. How many lines."""
    if chosen is None:
        lines = Lines(figure_tables.titles(), _figures(asked, by), progress=progress)
    else:
        titles = _("When"), _("Who"), _("Result"), _("Operator")
        lines = Lines(titles, _rows(asked, chosen, by), progress=progress)
    wanted = asked.first, asked.last, asked.whose, asked.list_name
    return write(Taken(PhoneCall, wanted, by, _("Figures")), lines, path, style)


def _figures(asked: Asked, by: str) -> Iterator[list[Row]]:
    yield [tuple(row) for row in figure_tables.rows(figures.read(asked, by))]


def _rows(asked: Asked, chosen: Chosen, by: str) -> Iterator[list[Row]]:
    done = 0
    while True:
        rows = figure_rows.read(asked, chosen, by, limit=BATCH, after=done)
        if rows:
            yield [(row.when, row.who, row.result, row.operator) for row in rows]
        done += len(rows)
        if len(rows) < BATCH:
            return
