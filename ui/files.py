"""Files in and out from the menu: leads are imported, the office is backed up, both beside the window's thread."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from channergy_crm import backup
from channergy_crm.clock import today
from ui.desk import Desk
from ui.tasks import Progress


def import_leads(desk: Desk, parent: QWidget) -> None:
    """Choose a CSV file and take its leads for the operator at work."""
    chosen, _ = QFileDialog.getOpenFileName(parent, "Import leads", "", "Tables (*.csv *.txt *.tsv);;All files (*)")
    if chosen:
        take_leads(desk, Path(chosen))


def take_leads(desk: Desk, file: Path) -> None:
    """Import the leads of a file with progress and Cancel; what came can be taken back in one step."""
    from channergy_crm.transfer.importing import Outcome, import_leads

    by = desk.by

    def work(progress: Progress) -> Outcome:
        with desk.office.borrowed():
            return import_leads(file, operator=by, progress=progress.step)

    def done(outcome: Outcome) -> None:
        parts = [f"{outcome.taken:,} leads imported"]
        if outcome.skipped:
            parts.append(f"{outcome.skipped:,} were there already")
        if outcome.refused:
            number, reason = outcome.refused[0]
            parts.append(f"{len(outcome.refused):,} could not be taken (row {number}: {reason})")
        text = "; ".join(parts) + "."
        if outcome.unit:
            desk.notices.say(text, undo=lambda: desk.undo_unit(outcome.unit), level="done")
        else:
            desk.notices.say(text, level="warning" if outcome.refused else "news")

    desk.tasks.run(
        work, label=f"Importing {file.name}", done=done,
        failed=lambda error: desk.notices.say(error.message, level="warning"),
        cancelled=lambda: desk.notices.say("Import cancelled; nothing was changed."),
    )  # fmt: skip


def back_up(desk: Desk, parent: QWidget) -> None:
    """Choose where a whole copy of the office goes."""
    name = f"Channergy CRM {today():%Y-%m-%d}.db"
    chosen, _ = QFileDialog.getSaveFileName(parent, "Back up the office", name, "Backups (*.db)")
    if chosen:
        write_backup(desk, Path(chosen))


def write_backup(desk: Desk, target: Path) -> None:
    """Copy the office while people go on working."""

    def work(progress: Progress) -> None:
        with desk.office.borrowed():
            backup.backup(desk.office, target, lambda done, total: progress.step(done, total, "Copying"))

    desk.tasks.run(
        work, label="Backing up", done=lambda _: desk.notices.say(f"The office is copied to {target}.", level="done"),
        failed=lambda error: desk.notices.say(error.message, level="warning"),
        cancelled=lambda: desk.notices.say("Backup cancelled."),
    )  # fmt: skip
