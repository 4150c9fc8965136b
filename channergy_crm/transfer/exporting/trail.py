"""The audit trail out into a table of text; that it was taken out is put down as well (DP-12)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import peewee

from channergy_crm import clock, work
from channergy_crm.language import _
from channergy_crm.records.transfers import ExportRow
from channergy_crm.services import audit, rights
from channergy_crm.transfer.exporting.run import said
from channergy_crm.transfer.exporting.text import Style, write_text
from channergy_crm.work.record import Extra

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

    from channergy_crm.services.audit import Asked
    from channergy_crm.store.reader import Row
    from channergy_crm.work.undo import Progress

BATCH = 1_000


class Trail:
    """The lines on their way out, some at a time."""

    def __init__(self, asked: Asked, by: str, progress: Progress | None) -> None:
        self._asked, self._by, self._progress = asked, by, progress
        self.count = 0

    @property
    def titles(self) -> list[str]:
        """The headings of the columns."""
        return ["#", _("When"), _("Who"), _("ID"), _("What was done"), _("Records"), _("Undone")]

    @property
    def kinds(self) -> list[Any]:
        """What stands in each column is said already."""
        return [Extra(title, peewee.SQL("NULL")) for title in self.titles]

    def batches(self) -> Iterator[list[Row]]:
        """The lines, the newest first."""
        before: int | None = None
        while True:
            page = audit.trail(self._asked, self._by, before=before, limit=BATCH)
            if page.deeds:
                yield [(deed.number, f"{deed.done:%Y-%m-%d %H:%M:%S}", deed.who, deed.by, deed.said, deed.records,
                        _("yes") if deed.undone else "") for deed in page.deeds]  # fmt: skip
            self.count += len(page.deeds)
            if self._progress:
                self._progress(self.count, 0, "")
            before = page.before
            if before is None:
                return


def export_trail(
    asked: Asked, path: Path, by: str, style: Style | None = None, progress: Progress | None = None
) -> int:  # fmt: skip
    """Write what was asked for to a file, and a line to the log of what was taken out; how many lines were written."""
    rights.require(by, "export")
    part = path.with_name(f"{path.name}.part")
    lines = Trail(asked, by, progress)
    try:
        with said(path):
            write_text(part, lines, style or Style())
            with work.unit("Export", by=by):
                ExportRow.insert(
                    by=by, done=clock.now(), table="CRMUnits", what="found", search=_filter(asked),
                    columns=", ".join(lines.titles), rows=lines.count, form="csv", file=str(path.absolute()),
                ).execute()  # fmt: skip
                part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    return lines.count


def _filter(asked: Asked) -> str:
    parts: list[date | str | None] = [asked.who, asked.table, asked.first, asked.last, asked.words]
    return " ".join(str(part) for part in parts if part)
