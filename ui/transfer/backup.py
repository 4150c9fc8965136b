"""The office is backed up from the menu, beside the window's thread."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from channergy_crm.clock import today
from channergy_crm.store import backup
from ui.session.background import Progress
from ui.session.session import Desk


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
