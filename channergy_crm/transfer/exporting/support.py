"""Figures of support, by customer and by product, out into a file (VT-175)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm.language import _
from channergy_crm.records import Ticket
from channergy_crm.services.tickets import figures
from channergy_crm.transfer.exporting.counted import Lines, Taken, write

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

    from channergy_crm.store.reader import Row
    from channergy_crm.transfer.exporting.text import Style
    from channergy_crm.work.undo import Progress


def export_support(
    first: date, last: date, path: Path, by: str, style: Style | None = None, progress: Progress | None = None
) -> int:
    """Write a CSV file or a workbook, by its ending, with every customer and every product. How many lines."""
    lines = Lines(figures.titles(), _figures(first, last, by), progress=progress)
    return write(Taken(Ticket, (first, last), by, _("Support figures")), lines, path, style)


def _figures(first: date, last: date, by: str) -> Iterator[list[Row]]:
    yield [tuple(row) for row in figures.rows(figures.read(first, last, by, most=None))]
