"""The last few entries of a timeline, only to be read: what one needs to know before dialing (F-51)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from channergy_crm.language import _
from channergy_crm.services.timeline import pages
from ui.look import theme
from ui.look.plain import Label
from ui.timeline.entry_list import EntryList
from ui.widgets.timers import later

if TYPE_CHECKING:
    from channergy_crm.services.timeline.pages import Page
    from channergy_crm.work.record import Record
    from ui.session.session import Session

FEW, SOON_MS = 5, 150
FULL: Final = ("call", "message", "mail", "filed", "task", "note", "document", "issued", "sent", "answered",
               "reminded", "paid", "ticket", "ticket_closed", "ticket_said")  # fmt: skip
"""everything but changes of fields"""


class Latest(QWidget):
    """What happened last to a record; nothing is seen of it where nothing did."""

    def __init__(self, session: Session, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._record: Record | None = None
        self._asked = 0
        self._soon = later(self, self.reload, SOON_MS)
        self.head = Label(_("Timeline"), self)
        self.head.setFont(theme.section(self.font()))
        self.list = EntryList(f"{name}_hidden", self, name)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.scroll_by_itself(False)
        self.list.stand_flush()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.head)
        column.addWidget(self.list)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.hide()

    def show_record(self, record: Record | None) -> None:
        """Show what happened last to this record, in a moment."""
        held = self._record
        if held is None or record is None or (type(held), held.key) != (type(record), record.key):
            self.hide()
        self._record = record
        if record is not None:
            self._soon.start()

    def reload(self) -> None:
        """Read it now, beside the window."""
        self._soon.stop()
        self._asked += 1
        asked, record, by = self._asked, self._record, self._session.by
        if record is not None:
            self._session.work(
                lambda _progress: pages.of(record, by, kinds=FULL, limit=FEW),
                label=_("Reading the timeline"), done=lambda page: self._show(asked, page),
                failed=lambda _error: self.hide(), progress=False,
            )  # fmt: skip

    def _show(self, asked: int, page: Page) -> None:
        if asked != self._asked:
            return
        self.list.show_entries(page.pinned[:1], page.entries[: FEW - len(page.pinned[:1])])
        self.list.setCurrentIndex(QModelIndex())
        self.setVisible(bool(self.list.rows.rows))
        for turn in range(2):  # as high as it is at this width, and seen so at once
            for laid in (self.parentWidget(), self):
                if laid is not None and (layout := laid.layout()) is not None:
                    layout.activate()
            if not turn:
                self.list.fit()
