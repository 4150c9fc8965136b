"""Mails dropped on the window, on a row of a list, a record, a timeline or anywhere else, and chosen (BX-14)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QDropEvent

from channergy_crm.incoming.files import is_mail
from channergy_crm.records import Opportunity
from channergy_crm.services.filing.whom import PEOPLE
from ui.widgets.drops import dropped_files, files_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from channergy_crm.work.record import Record
    from ui.shell.window import MainWindow

FILED_WITH: tuple[type[Record], ...] = (*PEOPLE, Opportunity)
"""the records on whose rows mails may be dropped"""


class MailDrops(QObject):
    """Takes mails from wherever they are dropped; everything else goes its own way."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        window.setAcceptDrops(True)
        window.installEventFilter(self)
        window.session.filing_wanted.connect(self._take)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Mails alone; with other files among them they are documents, or a file to import."""
        if not isinstance(event, QDropEvent):
            return False
        paths = files_in(event.mimeData())
        if not paths or not all(map(is_mail, paths)):
            return False
        at = self._window.childAt(event.position().toPoint())
        return dropped_files(event, lambda held: self._take(held, self._record_at(at, event)))

    def _record_at(self, at: QWidget | None, event: QDropEvent) -> Record | None:
        """The record of the row, the panel or the timeline under the pointer."""
        from ui.forms.record_panel import RecordPanel
        from ui.lists.table import RecordTable
        from ui.timeline.timeline import Timeline

        while at is not None:
            if isinstance(at, (RecordPanel, Timeline)):
                return at.record if at.record is not None and not at.record.is_new else None
            if isinstance(at, RecordTable) and issubclass(at.record, FILED_WITH):
                view = at.grid.viewport()
                index = at.grid.indexAt(view.mapFrom(self._window, event.position().toPoint()))
                keys = at.model.keys(index.row(), 1) if index.isValid() else []
                return self._window.session.find(at.record, keys[0]) if keys and keys[0] is not None else None
            at = at.parentWidget()
        return None

    def _take(self, paths: Sequence[str], here: Record | None) -> None:
        from ui.filing.taking import take

        take(self._window.session, self._window, list(paths), here)
