"""What was counted, or the rows behind it, out into a file; that it was taken out is put down (BX-23, BX-24)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import peewee

from channergy_crm import clock, work
from channergy_crm.records.transfers import ExportRow
from channergy_crm.services import rights
from channergy_crm.transfer.exporting.run import manner, said
from channergy_crm.transfer.exporting.text import Style, write_text
from channergy_crm.transfer.exporting.workbook import write_workbook
from channergy_crm.work.record import Extra

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from channergy_crm.store.reader import Row
    from channergy_crm.work.record import Record
    from channergy_crm.work.undo import Progress

BATCH = 1_000


class Lines:
    """What is written: the titles of its columns, its lines some at a time, and how many there were."""

    def __init__(
        self, titles: Sequence[str], batches: Iterable[Sequence[Row]], *, kinds: dict[int, Any] | None = None,
        progress: Progress | None = None,
    ) -> None:  # fmt: skip
        self.titles = list(titles)
        said_already = [Extra(title, peewee.SQL("NULL"), width=24) for title in titles]
        self.kinds: list[Any] = [(kinds or {}).get(place, kind) for place, kind in enumerate(said_already)]
        self.count = 0
        self._batches, self._progress = batches, progress

    def batches(self) -> Iterator[list[Row]]:
        """The lines in their order."""
        for batch in self._batches:
            if self._progress:
                self._progress(self.count, 0, "")
            yield list(batch)
            self.count += len(batch)


class Taken(NamedTuple):
    """Of which records these are the figures, what was asked for, who takes them out, and what the sheet is called."""

    record: type[Record]
    asked: Iterable[object]
    by: str
    title: str


def write(taken: Taken, lines: Lines, path: Path, style: Style | None = None) -> int:
    """Write a CSV file or a workbook, by its ending, all of it or nothing, and put that down. How many lines."""
    record, by = taken.record, taken.by
    rights.require(by, "export", record)
    form, usual = manner(path, None, None, None)
    part = path.with_name(f"{path.name}.part")
    try:
        with said(path):
            if form == "xlsx":
                write_workbook(part, lines, taken.title, 0)
            else:
                write_text(part, lines, style or usual or Style())
            with work.unit("Export", by=by):
                ExportRow.insert(
                    by=by, done=clock.now(), table=record._meta.table_name, what="found",
                    search=" ".join(str(each) for each in taken.asked if each),
                    columns=", ".join(title for title in lines.titles if title), rows=lines.count,
                    form="xlsx" if form == "xlsx" else "csv", file=str(path.absolute()),
                ).execute()  # fmt: skip
                part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    return lines.count
