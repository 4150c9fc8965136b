"""The office is backed up from the menu, beside the window's thread."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QWidget

from channergy_crm.clock import today
from channergy_crm.language import _
from channergy_crm.store import backup

if TYPE_CHECKING:
    from ui.session.background import Progress
    from ui.session.session import Session


def back_up(session: Session, parent: QWidget) -> None:
    """Choose where a whole copy of the office goes."""
    name = f"Channergy CRM {today():%Y-%m-%d}.db"  # unsaid: the name of a file
    chosen, _form = QFileDialog.getSaveFileName(parent, _("Back up the office"), name, _("Backups") + " (*.db)")
    if chosen:
        write_backup(session, Path(chosen))


def write_backup(session: Session, target: Path) -> None:
    """Copy the office while people go on working."""

    def work(progress: Progress) -> None:
        backup.backup(session.office, target, lambda done, total: progress.step(done, total, _("Copying")))

    told = _("The office is copied to {file}.").format(file=target)
    session.work(work, label=_("Backing up"), told=lambda _done: told, cancelled=_("Backup cancelled."))
