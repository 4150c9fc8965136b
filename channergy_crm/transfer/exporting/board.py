"""The customers on the board out into a file, one row each with what their deals are worth (SI-23)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm.language import _
from channergy_crm.records import Account, Opportunity
from channergy_crm.services import board_customers
from channergy_crm.transfer.exporting.counted import BATCH, Lines, Taken, write

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from channergy_crm.services.board import Asked
    from channergy_crm.store.reader import Row
    from channergy_crm.transfer.exporting.text import Style
    from channergy_crm.work.undo import Progress

AMOUNTS = 5, 6, 7
"""the columns of amounts, in cents"""


def export_customers(
    asked: Asked, path: Path, by: str, style: Style | None = None, progress: Progress | None = None
) -> int:
    """Write a CSV file or a workbook, by its ending; whoever may export accounts. How many customers."""
    titles = (_("Customer"), _("Phone"), _("Email"), _("Operator"), _("Deals"), _("Projected"), _("Weighted"),
              _("Actual"))  # fmt: skip
    kinds = {place: Opportunity.kind("amount") for place in AMOUNTS}
    lines = Lines(titles, _rows(asked, by), kinds=kinds, progress=progress)
    return write(Taken(Account, (asked.text,), by, _("Customers")), lines, path, style)


def _rows(asked: Asked, by: str) -> Iterator[list[Row]]:
    rows = board_customers.read(asked, by)
    for start in range(0, len(rows), BATCH):
        yield [
            (row.name, row.phone, row.email, row.owner, row.deals, row.sums.projected, row.sums.weighted,
             row.sums.actual)
            for row in rows[start : start + BATCH]
        ]  # fmt: skip
