"""Rows of a list out into a file: asked once, written beside the window, with progress and Cancel."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QUrl
from PySide6.QtGui import QDesktopServices

from channergy_crm.services import rights
from channergy_crm.transfer.exporting.run import Wanted, all_columns, everything, export, forms
from ui.session.beside import Told
from ui.transfer.export_dialog import Choice, Chosen, ExportDialog

if TYPE_CHECKING:
    from pathlib import Path

    from ui.lists.table import RecordTable
    from ui.session.background import Progress
    from ui.session.session import Session

MARK_FIRST = "Mark the rows first: Shift+click, or Ctrl+A for all."


def ask(table: RecordTable, session: Session) -> None:
    """Ask what goes out of this list and where to, and write it."""
    if reason := rights.may(session.by, "export", table.record):
        session.notices.warn(reason)
        return
    decimal = QLocale().decimalPoint()
    dialog = ExportDialog(
        table.record.plural, choices(table, session.by), forms(table.record), decimal, table, session.station
    )
    if dialog.exec():
        chosen = dialog.chosen()
        write(session, wanted(table, chosen, session.by), chosen)


def choices(table: RecordTable, by: str) -> list[Choice]:
    """What of this list can go out now."""
    name = table.record.plural.lower()
    rows, marked, seen = table.model.rowCount(), table.grid.marked_count(), len(on_screen(table))
    found = "What the filter finds" if table.search.text().strip() else "This list"
    empty = "" if rows else "The list is empty."
    return [
        Choice("marked", f"Marked rows ({marked:,})", "" if marked > 1 else MARK_FIRST),
        Choice("found", f"{found} ({rows:,})", empty),
        Choice("page", f"Rows on the screen ({seen:,})", empty),
        Choice("all", f"All {name} of {by}, also those this list does not show"),
    ]


def wanted(table: RecordTable, chosen: Chosen, by: str) -> Wanted:
    """The rows and columns somebody chose, as the list has them now."""
    query = table.query()
    columns = tuple(all_columns(table.record)) if chosen.all_fields else tuple(table.model.columns)
    query = replace(query, columns=columns, colours=())
    if chosen.what == "all":
        return Wanted(replace(query, condition=everything(table.record, by), text=""), "all")
    if chosen.what == "found":
        return Wanted(query, "found")
    seen = on_screen(table)
    keys = table.marked() if chosen.what == "marked" else table.model.keys(seen.start, len(seen))
    return Wanted(query, chosen.what, keys)


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

    def told(count: int) -> Told:
        name = record.singular if count == 1 else record.plural
        text = f"{count:,} {name.lower()} exported to {path.name}."
        return Told(text, action=("Show in folder", lambda: show(session, path)))

    cancelled = "Export cancelled; nothing was written."
    session.work(work, label=f"Exporting {path.name}", told=told, cancelled=cancelled)


def show(session: Session, path: Path) -> None:
    """Open the folder a file lies in."""
    if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent))):
        session.notices.say(f"The file lies in {path.parent}.")
