"""Figures of deals, or the deals behind one of them, out into a file; that they were taken out is put down (BX-24)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import peewee

from channergy_crm.language import _
from channergy_crm.records import Opportunity
from channergy_crm.services import pipeline, pipeline_deals, pipeline_rows, pipeline_tables, rights
from channergy_crm.transfer.exporting.figures import BATCH, write
from channergy_crm.work.record import Extra

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from channergy_crm.services.pipeline_deals import Asked
    from channergy_crm.services.pipeline_rows import Chosen
    from channergy_crm.store.reader import Row
    from channergy_crm.transfer.exporting.text import Style
    from channergy_crm.work.undo import Progress


class Lines:
    """What is written, some lines at a time: the figures, or the deals behind what was `chosen` of them."""

    def __init__(self, asked: Asked, chosen: Chosen | None, by: str, progress: Progress | None) -> None:
        self._asked, self._chosen, self._by, self._progress = asked, chosen, by, progress
        self.count = 0

    @property
    def titles(self) -> list[str]:
        """The headings of the columns."""
        if self._chosen is None:
            return list(pipeline_tables.titles())
        return [_("Number"), _("Name"), _("Customer"), _("Stage"), _("Closes"), _("Operator"), _("Amount"),
                _("Reason")]  # fmt: skip

    @property
    def kinds(self) -> list[Any]:
        """Amounts are written as amounts; what stands in the other columns is said already."""
        money = pipeline_tables.MONEY if self._chosen is None else (6,)
        return [Opportunity.kind("amount") if place in money else Extra(title, peewee.SQL("NULL"), width=24)
                for place, title in enumerate(self.titles)]  # fmt: skip

    def batches(self) -> Iterator[list[Row]]:
        """The lines in their order."""
        counted = pipeline_deals.read(self._asked, self._by)
        for batch in self._figures(counted) if self._chosen is None else self._rows(counted, self._chosen):
            if self._progress:
                self._progress(self.count, 0, "")
            yield batch
            self.count += len(batch)

    def _figures(self, counted: list[pipeline_deals.Deal]) -> Iterator[list[Row]]:
        yield [tuple(row) for row in pipeline_tables.rows(pipeline.count(counted, self._by))]

    def _rows(self, counted: list[pipeline_deals.Deal], chosen: Chosen) -> Iterator[list[Row]]:
        wanted = pipeline_rows.behind(counted, chosen)
        for start in range(0, len(wanted), BATCH):
            rows = pipeline_rows.rows(wanted[start : start + BATCH], self._by)
            yield [tuple(row) for row in rows]


def export_pipeline(
    asked: Asked, chosen: Chosen | None, path: Path, by: str, style: Style | None = None,
    progress: Progress | None = None,
) -> int:  # fmt: skip
    """Write a CSV file or a workbook, by its ending; without something chosen the figures. How many lines."""
    rights.require(by, "export", Opportunity)
    write(lines := Lines(asked, chosen, by, progress), path, Opportunity, _filter(asked), by, style)
    return lines.count


def _filter(asked: Asked) -> str:
    return " ".join(str(part) for part in (asked.first, asked.last, asked.whose, asked.project) if part)
