"""The status of follow-ups, or the follow-ups behind one of its numbers, out into a file (VS-12)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm.language import _
from channergy_crm.records import Task
from channergy_crm.services import rights
from channergy_crm.services.events import status, status_rows, status_tables
from channergy_crm.transfer.exporting.counted import BATCH, Lines, Taken, write

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from channergy_crm.services.chosen import Chosen
    from channergy_crm.services.events.which import Asked
    from channergy_crm.store.reader import Row
    from channergy_crm.transfer.exporting.text import Style
    from channergy_crm.work.undo import Progress


def export_follow_ups(
    asked: Asked, chosen: Chosen | None, path: Path, by: str, style: Style | None = None,
    progress: Progress | None = None,
) -> int:  # fmt: skip
    """Write a CSV file or a workbook, by its ending; without something chosen the figures. How many lines."""
    rights.require_events(by)
    if chosen is None:
        lines = Lines(status_tables.titles(), _figures(asked, by), progress=progress)
    else:
        titles = (_("Task #"), _("Action"), _("Customer"), _("Event"), _("Due"), _("Status"), _("Operator"),
                  _("Closed Dt"))  # fmt: skip
        lines = Lines(titles, _rows(asked, chosen, by), progress=progress)
    wanted = asked.first, asked.last, asked.whose, asked.project
    return write(Taken(Task, wanted, by, _("Status of follow-ups")), lines, path, style)


def _figures(asked: Asked, by: str) -> Iterator[list[Row]]:
    yield [tuple(row) for row in status_tables.rows(status.read(asked, by))]


def _rows(asked: Asked, chosen: Chosen, by: str) -> Iterator[list[Row]]:
    after = 0
    while found := status_rows.read(asked, chosen, by, limit=BATCH, after=after):
        yield [
            (row.task, row.action, row.customer, row.event, row.due and str(row.due), status_rows.stands(row),
             row.owner, row.closed and f"{row.closed:%Y-%m-%d %H:%M}")
            for row in found
        ]  # fmt: skip
        after += BATCH
