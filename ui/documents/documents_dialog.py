"""The documents of a record that has no page of its own to show them on, such as a contact."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm.language import _, closing
from channergy_crm.services import reading
from channergy_crm.work.called import called
from ui.documents.view import DocumentsView
from ui.widgets.dialog import Dialog

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from channergy_crm.work.record import Record
    from ui.session.session import Session


class DocumentsDialog(Dialog):
    """The documents of one record; it stays while people work on."""

    def __init__(self, record: Record, session: Session, parent: QWidget) -> None:
        title = _("Documents of {record}").format(record=called(record))
        super().__init__("documents", title, parent, session.station, size=(560, 480))
        self.setModal(False)
        self.view = DocumentsView(session, self, name="documents")
        self.body.addWidget(self.view, 1)
        self.finish_with(None, self.button("close", closing(), "(Esc)"))
        session.closing.connect(self.close)
        self.view.show_record(record)
        self.view.reload()
        self.view.list.setFocus()

    def done(self, result: int) -> None:
        """Close for good."""
        super().done(result)
        self.deleteLater()


def open_documents(record: type[Record], key: object, session: Session, parent: QWidget) -> None:
    """Show the documents of this record in a window of its own."""
    found = session.attempt(lambda: reading.find(record, key, session.by))
    if found is None:
        return
    dialog = DocumentsDialog(found, session, parent)
    dialog.show()
    dialog.activateWindow()
