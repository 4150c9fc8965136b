"""Figures of calls, or the calls behind one of them, out into a file; that they were taken out is put down (BX-23)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

import peewee

from channergy_crm import clock, work
from channergy_crm.language import _
from channergy_crm.records import PhoneCall
from channergy_crm.records.transfers import ExportRow
from channergy_crm.services import figure_rows, figure_tables, figures, rights
from channergy_crm.transfer.exporting.run import manner, said
from channergy_crm.transfer.exporting.text import Rows, Style, write_text
from channergy_crm.transfer.exporting.workbook import write_workbook
from channergy_crm.work.record import Extra

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from channergy_crm.services.figure_rows import Chosen
    from channergy_crm.services.figures import Asked
    from channergy_crm.store.reader import Row
    from channergy_crm.work.record import Record
    from channergy_crm.work.undo import Progress

BATCH = 1_000


class Counted(Rows, Protocol):
    """Lines that know how many of them were written."""

    count: int


class Lines:
    """What is written, some lines at a time: the figures, or the rows of what was `chosen` of them."""

    def __init__(self, asked: Asked, chosen: Chosen | None, by: str, progress: Progress | None) -> None:
        self._asked, self._chosen, self._by, self._progress = asked, chosen, by, progress
        self.count = 0

    @property
    def titles(self) -> list[str]:
        """The headings of the columns."""
        if self._chosen is None:
            return list(figure_tables.titles())
        return [_("When"), _("Who"), _("Result"), _("Operator")]

    @property
    def kinds(self) -> list[Any]:
        """What stands in each column is said already."""
        return [Extra(title, peewee.SQL("NULL"), width=24) for title in self.titles]

    def batches(self) -> Iterator[list[Row]]:
        """The lines in their order."""
        for batch in self._figures() if self._chosen is None else self._rows(self._chosen):
            if self._progress:
                self._progress(self.count, 0, "")
            yield batch
            self.count += len(batch)

    def _figures(self) -> Iterator[list[Row]]:
        yield [tuple(row) for row in figure_tables.rows(figures.read(self._asked, self._by))]

    def _rows(self, chosen: Chosen) -> Iterator[list[Row]]:
        while True:
            rows = figure_rows.read(self._asked, chosen, self._by, limit=BATCH, after=self.count)
            if rows:
                yield [(row.when, row.who, row.result, row.operator) for row in rows]
            if len(rows) < BATCH:
                return


def export_figures(
    asked: Asked, chosen: Chosen | None, path: Path, by: str, style: Style | None = None,
    progress: Progress | None = None,
) -> int:  # fmt: skip
    """Write a CSV file or a workbook, by its ending; without something chosen the figures. How many lines."""
    rights.require(by, "export", PhoneCall)
    write(lines := Lines(asked, chosen, by, progress), path, PhoneCall, _filter(asked), by, style)
    return lines.count


def write(
    lines: Counted, path: Path, record: type[Record], search: str, by: str, style: Style | None = None
) -> None:  # fmt: skip
    """Write these lines, all of them or nothing, and put down that figures of such records were taken out."""
    form, usual = manner(path, None, None, None)
    part = path.with_name(f"{path.name}.part")
    try:
        with said(path):
            if form == "xlsx":
                write_workbook(part, lines, _("Figures"), 0)
            else:
                write_text(part, lines, style or usual or Style())
            with work.unit("Export", by=by):
                ExportRow.insert(
                    by=by, done=clock.now(), table=record._meta.table_name, what="found", search=search,
                    columns=", ".join(title for title in lines.titles if title), rows=lines.count,
                    form="xlsx" if form == "xlsx" else "csv", file=str(path.absolute()),
                ).execute()  # fmt: skip
                part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _filter(asked: Asked) -> str:
    return " ".join(str(part) for part in (asked.first, asked.last, asked.whose, asked.list_name) if part)
