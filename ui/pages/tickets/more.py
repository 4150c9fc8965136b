"""*More information* of a ticket: its notes, and what is linked to it (VT-193)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.more.notes import NotesView
from ui.more.view import MoreInformation

if TYPE_CHECKING:
    from channergy_crm.work.record import Record
    from ui.session.session import Session


class MoreOfTicket(QWidget):
    """What is linked, and below it the notes in full."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self.linked = MoreInformation(session, self, name="tickets")
        self.notes = NotesView(session, self, name="tickets")
        self.list = self.linked.list
        self.linked.note_wanted.connect(self.add_note)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.linked, 3)
        column.addWidget(self.notes, 2)

    def show_record(self, record: Record | None) -> None:
        """Show what belongs to this one."""
        self.linked.show_record(record)
        self.notes.show_record(record)

    def add_note(self) -> None:
        """Write a note."""
        self.notes.add_note()
