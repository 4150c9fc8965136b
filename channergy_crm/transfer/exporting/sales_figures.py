"""Figures of what was sold, or the documents behind one of them, out into a file (VT-86)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm.language import _
from channergy_crm.records import SalesDocument
from channergy_crm.services.sales_figures import behind, counting, tables
from channergy_crm.transfer.exporting.counted import BATCH, Lines, Taken, write

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from channergy_crm.services.chosen import Chosen
    from channergy_crm.services.sales_figures.counting import Asked
    from channergy_crm.store.reader import Row
    from channergy_crm.transfer.exporting.text import Style
    from channergy_crm.work.undo import Progress

AMOUNT = 3
"""the column of the amount of a document"""


def export_sales(
    asked: Asked, chosen: Chosen | None, path: Path, by: str, style: Style | None = None,
    progress: Progress | None = None,
) -> int:  # fmt: skip
    """Write a CSV file or a workbook, by its ending; without something chosen the figures. How many lines."""
    money = tables.MONEY if chosen is None else (AMOUNT,)
    kinds = {place: SalesDocument.kind("total") for place in money}
    if chosen is None:
        lines = Lines(tables.titles(), _figures(asked, by), kinds=kinds, progress=progress)
    else:
        titles = _("Document"), _("Date"), _("Customer"), _("Amount"), _("Operator")
        lines = Lines(titles, _rows(asked, chosen, by), kinds=kinds, progress=progress)
    wanted = asked.first, asked.last, asked.whose, asked.project, asked.currency
    return write(Taken(SalesDocument, wanted, by, _("Figures")), lines, path, style)


def _figures(asked: Asked, by: str) -> Iterator[list[Row]]:
    yield [tuple(row) for row in tables.rows(counting.read(asked, by))]


def _rows(asked: Asked, chosen: Chosen, by: str) -> Iterator[list[Row]]:
    done = 0
    while True:
        rows = behind.read(asked, chosen, by, limit=BATCH, after=done)
        if rows:
            yield [row[:5] for row in rows]
        done += len(rows)
        if len(rows) < BATCH:
            return
