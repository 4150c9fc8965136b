"""The customers on the board out into a file, one row each with what their deals are worth (SI-23)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import peewee

from channergy_crm import clock, work
from channergy_crm.language import _
from channergy_crm.records import Account, Opportunity
from channergy_crm.records.transfers import ExportRow
from channergy_crm.services import board_customers, rights
from channergy_crm.transfer.exporting.run import manner, said
from channergy_crm.transfer.exporting.text import Style, write_text
from channergy_crm.transfer.exporting.workbook import write_workbook
from channergy_crm.work.record import Extra

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from channergy_crm.services.board import Asked
    from channergy_crm.store.reader import Row
    from channergy_crm.work.undo import Progress

BATCH, AMOUNTS = 1_000, 5
"""lines that are written together; the column from which on there are amounts"""


class Lines:
    """What is written, some lines at a time."""

    def __init__(self, asked: Asked, by: str, progress: Progress | None) -> None:
        self._asked, self._by, self._progress = asked, by, progress
        self.count = 0

    @property
    def titles(self) -> list[str]:
        """The headings of the columns."""
        return [_("Customer"), _("Phone"), _("Email"), _("Operator"), _("Deals"), _("Projected"), _("Weighted"),
                _("Actual")]  # fmt: skip

    @property
    def kinds(self) -> list[Any]:
        """Texts, a number, and behind it amounts."""
        words = [Extra(title, peewee.SQL("NULL"), width=24) for title in self.titles[:AMOUNTS]]
        return [*words, *([Opportunity.kind("amount")] * (len(self.titles) - AMOUNTS))]

    def batches(self) -> Iterator[list[Row]]:
        """The lines in their order; amounts in cents, as their kind takes them."""
        rows = board_customers.read(self._asked, self._by)
        for start in range(0, len(rows), BATCH):
            if self._progress:
                self._progress(start, len(rows), "")
            some = rows[start : start + BATCH]
            yield [
                (row.name, row.phone, row.email, row.owner, row.deals, row.sums.projected, row.sums.weighted,
                 row.sums.actual)
                for row in some
            ]  # fmt: skip
            self.count += len(some)


def export_customers(
    asked: Asked, path: Path, by: str, style: Style | None = None, progress: Progress | None = None
) -> int:
    """Write a CSV file or a workbook, by its ending; whoever may export accounts. How many customers."""
    rights.require(by, "export", Account)
    form, usual = manner(path, None, None, None)
    part = path.with_name(f"{path.name}.part")
    lines = Lines(asked, by, progress)
    try:
        with said(path):
            if form == "xlsx":
                write_workbook(part, lines, _("Customers"), 0)
            else:
                write_text(part, lines, style or usual or Style())
            with work.unit("Export", by=by):
                ExportRow.insert(
                    by=by, done=clock.now(), table=Account._meta.table_name, what="found", search=asked.text,
                    columns=", ".join(lines.titles), rows=lines.count, form="xlsx" if form == "xlsx" else "csv",
                    file=str(path.absolute()),
                ).execute()  # fmt: skip
                part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    return lines.count
