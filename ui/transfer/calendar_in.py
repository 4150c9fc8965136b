"""A calendar file that is dropped on the window, or chosen, is taken in beside it, with Undo (SI-31)."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from channergy_crm.language import _
from ui.session.beside import Told

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from channergy_crm.transfer.calendars.taking_in import Taken
    from ui.session.background import Progress
    from ui.session.session import Session


def is_calendar(path: Path) -> bool:
    """Whether a file is called like a calendar file."""
    return path.suffix.lower() in (".ics", ".ical", ".icalendar")


def choose(session: Session, window: QWidget) -> None:
    """Ask for the file."""
    from PySide6.QtWidgets import QFileDialog

    kinds = _("Calendar files") + " (*.ics *.ical *.icalendar)"
    chosen, _form = QFileDialog.getOpenFileName(window, _("Take in a calendar file"), "", kinds)
    if chosen:
        take(session, Path(chosen))


def take(session: Session, path: Path) -> None:
    """Take its events in; the notice says what was made, changed and left out."""
    by = session.by

    def work(progress: Progress) -> Taken:
        from channergy_crm.transfer.calendars.taking_in import take_in

        return take_in(path, by, progress.step)

    session.work(
        work, label=_("Taking in events"), told=partial(_told, session),
        cancelled=_("Stopped; nothing was taken in."),
    )  # fmt: skip


def _told(session: Session, taken: Taken) -> Told:
    said = " ".join(taken.sentences())
    if not taken.unit:
        return Told(said, level="warning" if taken.left_out else "news")
    action = None
    if len(taken.records) == 1:
        record = taken.records[0]
        where = session.attempt(lambda: record.opened_at(record.key, record.caption()))
        action = (_("Open"), partial(session.go_to, *where)) if where is not None else None
    return Told(said, taken.unit, action)
