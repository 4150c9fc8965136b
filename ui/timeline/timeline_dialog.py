"""The timeline of a record that has no page of its own, such as a contact: it stays open while people work."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm.language import _, closing
from channergy_crm.services import reading
from channergy_crm.work.called import called
from ui.timeline.timeline import Timeline
from ui.widgets.dialog import Dialog

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from channergy_crm.work.record import Record
    from ui.session.session import Session


class TimelineDialog(Dialog):
    """What happened to one record, and what is noted about it."""

    def __init__(self, record: Record, session: Session, parent: QWidget) -> None:
        title = _("Timeline of {record}").format(record=called(record))
        super().__init__("timeline", title, parent, session.station, size=(480, 640))
        self.setModal(False)
        self.timeline = Timeline(session, self, name="timeline.dialog")
        self.timeline.title.setText(called(record))
        self.body.addWidget(self.timeline, 1)
        self.finish_with(None, self.button("close", closing(), "(Esc)"))
        session.closing.connect(self.close)
        self.timeline.show_record(record)
        self.timeline.reload()
        self.timeline.list.setFocus()

    def done(self, result: int) -> None:
        """Close for good; a note that was begun is kept."""
        self.timeline.writing.leave()
        super().done(result)
        self.deleteLater()


def open_timeline(record: type[Record], key: object, session: Session, parent: QWidget) -> None:
    """Show the timeline of this record in a window of its own."""
    found = session.attempt(lambda: reading.find(record, key, session.by))
    if found is None:
        return
    dialog = TimelineDialog(found, session, parent)
    dialog.show()
    dialog.activateWindow()
