"""The history of a record that has no page of its own to show it on, such as a task or a contact."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm.language import _, closing
from channergy_crm.services import reading
from channergy_crm.work.called import called
from ui.history.view import HistoryView
from ui.widgets.dialog import Dialog

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from channergy_crm.work.record import Record
    from ui.session.session import Session


class HistoryDialog(Dialog):
    """What was done to one record; it stays while people work on."""

    def __init__(self, record: type[Record], key: object, name: str, session: Session, parent: QWidget) -> None:
        title = _("History of {record}").format(record=name)
        super().__init__("history", title, parent, session.station, size=(560, 640))
        self.setModal(False)
        self.view = HistoryView("history", session, self)
        self.view.title.setText(name)
        self.body.addWidget(self.view, 1)
        self.finish_with(None, self.button("close", closing(), "(Esc)"))
        session.closing.connect(self.close)
        self.view.show_history([(record, key)])
        self.view.reload()
        self.view.grid.setFocus()

    def done(self, result: int) -> None:
        """Close for good."""
        super().done(result)
        self.deleteLater()


def open_history(record: type[Record], key: object, session: Session, parent: QWidget) -> None:
    """Show the history of this record in a window of its own."""
    found = session.attempt(lambda: reading.find(record, key, session.by))
    if found is None:
        return
    dialog = HistoryDialog(record, key, called(found), session, parent)
    dialog.show()
    dialog.activateWindow()
