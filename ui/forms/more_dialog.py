"""*More information* of a record that has no page of its own, such as a contact or a task (VT-97)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from channergy_crm.language import _, closing
from channergy_crm.records import Contact
from channergy_crm.services import reading
from channergy_crm.work.called import called
from ui.documents.view import DocumentsView
from ui.forms.new_linked import make_linked
from ui.more.notes import NotesView
from ui.more.view import MoreInformation
from ui.widgets.dialog import Dialog
from ui.widgets.tab_bars import Parts

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from channergy_crm.work.record import Record
    from ui.session.session import Session

LINKED, NOTES, DOCUMENTS = range(3)


class MoreDialog(Dialog):
    """What is linked, the notes, the documents, of a contact also the image; it stays while people work on."""

    def __init__(self, record: Record, session: Session, parent: QWidget) -> None:
        title = _("{record}: more information").format(record=called(record))
        super().__init__("more_information", title, parent, session.station, size=(640, 640))
        self.setModal(False)
        self.image: Any = None
        if isinstance(record, Contact):
            from ui.more.contact_image import ContactImage

            self.image = ContactImage(record, session, self)
            self.body.addWidget(self.image)
        self.linked = MoreInformation(session, self, name="more_information.of_row")
        self.notes = NotesView(session, self, name="more_information")
        self.documents = DocumentsView(session, self, name="more_information")
        self.tabs = Parts("more_information.tabs", _("Parts of more information"), self)
        parts: tuple[tuple[Any, str], ...] = (
            (self.linked, _("More information")), (self.notes, _("Notes")), (self.documents, _("Documents")),
        )  # fmt: skip
        for part, word in parts:
            self.tabs.addTab(part, word)
        self.body.addWidget(self.tabs, 1)
        self.finish_with(None, self.button("close", closing(), "(Esc)"))
        self._parts = [part for part, _word in parts]
        self.linked.new_wanted.connect(partial(make_linked, session, self, self.linked))
        self.linked.note_wanted.connect(self._write)
        self.linked.filled.connect(self._count)
        self.tabs.currentChanged.connect(self._look)
        session.closing.connect(self.close)
        for each in self._parts:
            each.show_record(record)
        self._look(LINKED)
        self.linked.list.setFocus()

    def _look(self, place: int) -> None:
        self._parts[place].reload()
        self._parts[place].list.setFocus()

    def _write(self) -> None:
        self.tabs.setCurrentIndex(NOTES)
        self.notes.add_note()

    def _count(self) -> None:
        counts = {group.name: group.total for group in self.linked.groups}
        self.tabs.tray.set_count(NOTES, counts.get("note", 0))
        self.tabs.tray.set_count(DOCUMENTS, counts.get("document", 0))

    def done(self, result: int) -> None:
        """Close for good; a note that was begun is kept."""
        for part in self._parts:  # what is still being read comes to nobody
            part.show_record(None)
        if self.image is not None:
            self.image.photograph.forget()
        super().done(result)
        self.deleteLater()


def open_more(record: type[Record], key: object, session: Session, parent: QWidget) -> MoreDialog | None:
    """Show more information about this record in a window of its own."""
    found = session.attempt(lambda: reading.find(record, key, session.by))
    if found is None:
        return None
    dialog = MoreDialog(found, session, parent)
    dialog.show()
    dialog.activateWindow()
    return dialog
