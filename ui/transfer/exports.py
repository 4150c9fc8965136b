"""Rows of a list out into a file: asked once, written beside the window, with progress and Cancel."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale

from channergy_crm.language import N_, _, counted, many
from channergy_crm.services import rights
from channergy_crm.transfer.exporting.run import Wanted, all_columns, everything, export, forms
from ui.session import files
from ui.transfer.export_dialog import Choice, Chosen, ExportDialog

if TYPE_CHECKING:
    from ui.lists.table import RecordTable
    from ui.session.background import Progress
    from ui.session.session import Session

MARK_FIRST = N_("Mark the rows first: Shift+click, or Ctrl+A for all.")


def ask(table: RecordTable, session: Session) -> None:
    """Ask what goes out of this list and where to, and write it."""
    if reason := rights.may(session.by, "export", table.record):
        session.notices.warn(reason)
        return
    decimal, view = QLocale().decimalPoint(), table.windowTitle()
    dialog = ExportDialog(
        table.record, choices(table, session.shown), forms(table.record), decimal, table, session.station,
        name=files.list_name(session, table.record.plural, view="" if view == table.record.plural else view),
    )  # fmt: skip
    if dialog.exec():
        chosen = dialog.chosen()
        write(session, wanted(table, chosen, session.shown), chosen)


def choices(table: RecordTable, by: str) -> list[Choice]:
    """What of this list can go out now."""
    rows, marked, seen = table.model.rowCount(), table.grid.marked_count(), len(on_screen(table))
    found = _("What the filter finds ({count:,})") if table.search.text().strip() else _("This list ({count:,})")
    empty = "" if rows else _("The list is empty.")
    every = _("All {records} of {operator}, also those this list does not show")
    return [
        Choice(
            "marked",
            _("Marked rows ({count:,})").format(count=marked),
            "" if marked else _(MARK_FIRST),
            usual=table.grid.several,
        ),
        Choice("found", found.format(count=rows), empty),
        Choice("page", _("Rows on the screen ({count:,})").format(count=seen), empty),
        Choice("all", every.format(records=many(table.called), operator=by)),
    ]


def wanted(table: RecordTable, chosen: Chosen, by: str) -> Wanted:
    """The rows and columns somebody chose, as the list has them now."""
    query = table.query()
    columns = tuple(all_columns(table.record)) if chosen.all_fields else tuple(table.model.columns)
    query, bare = replace(query, columns=columns, colours=()), chosen.impersonal
    if chosen.what == "all":
        return Wanted(replace(query, condition=everything(table.record, by), text=""), "all", impersonal=bare)
    if chosen.what == "found":
        return Wanted(query, "found", impersonal=bare)
    seen = on_screen(table)
    keys = table.marked() if chosen.what == "marked" else table.model.keys(seen.start, len(seen))
    return Wanted(query, chosen.what, keys, bare)


def on_screen(table: RecordTable) -> range:
    """The rows somebody can see without scrolling."""
    grid, count = table.grid, table.model.rowCount()
    first, last = grid.rowAt(0), grid.rowAt(grid.viewport().height() - 1)
    return range(max(first, 0), last + 1 if last >= 0 else count)


def write(session: Session, rows: Wanted, chosen: Chosen) -> None:
    """Write the file while people go on working; a cancelled one leaves nothing behind."""
    by, path = session.by, chosen.path
    record = rows.query.record

    def work(progress: Progress) -> int:
        return export(session.office, rows, path, by=by, form=chosen.form, style=chosen.style, progress=progress.step)

    def told(count: int) -> str:
        return _("{records} exported to {file}.").format(records=counted(record, count), file=path.name)

    files.write_out(session, path, work, told)
