"""The notes on a record: written, changed, pinned, removed; the same entries as on its timeline (BX-8, VT-162)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from channergy_crm.language import N_, _
from channergy_crm.records import Note
from channergy_crm.services import areas
from channergy_crm.services.timeline import pages
from ui.timeline.entry_list import EntryList
from ui.timeline.writing import Writing
from ui.widgets.controls import Button
from ui.widgets.dialog import Remark, named
from ui.widgets.timers import later

if TYPE_CHECKING:
    from channergy_crm.errors import CRMError
    from channergy_crm.services.timeline.pages import Page
    from channergy_crm.work import Done
    from channergy_crm.work.record import Record
    from ui.session.session import Session

NAME = "notes.list"
"""what the list is called while it is seen; there may be one on each page"""
SOON_MS = 150
NOTHING = N_("No notes yet. A note says what stands in no field; @ANN in it tells Ann.")
NOT_SAVED = N_("Notes can be written when the record is saved.")


class NotesView(QWidget):
    """It knows no page: `show_record` is all it takes. `name` begins the names of its parts."""

    filled = Signal()
    """they are read"""

    def __init__(self, session: Session, parent: QWidget, *, name: str) -> None:
        super().__init__(parent)
        self.session, self._name = session, f"{name}.notes"
        self.record: Record | None = None
        self._asked, self._limit = 0, pages.LIMIT
        self._wanted = False
        self.list = EntryList(f"{name}.hidden_notes", self, NAME)
        self.list.setAccessibleName(_("Notes"))
        self.writing = Writing(self)
        self.add_button = self.writing.buttons[0]
        self._said = named(Remark("", self), f"{self._name}_said", _("About the notes"))
        self._said.setAlignment(Qt.AlignmentFlag.AlignLeft)
        self._said.setContentsMargins(12, 4, 12, 4)
        self._older = named(Button(_("Show older"), self), f"{self._name}_older", _("Show older"))
        self._older.quiet()
        self._older.hide()
        self._soon = later(self, self.reload, SOON_MS)
        self._build()
        self._connect()

    def _build(self) -> None:
        line = QHBoxLayout()
        line.setContentsMargins(12, 0, 12, 0)
        line.addWidget(self.add_button)
        line.addStretch(1)
        self.writing.buttons[1].hide()  # tasks are made in *More information*
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(line)
        column.addWidget(self.writing.note)
        column.addWidget(self._said)
        column.addWidget(self.list, 1)
        column.addWidget(self._older, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(0)

    def _connect(self) -> None:
        self._older.clicked.connect(lambda _checked=False: self._read_older())
        self.list.more_wanted.connect(self._read_older)
        self.list.opened.connect(self.open)
        self.list.pinned.connect(self.writing.pin)
        self.list.removed.connect(self.writing.remove)
        self.list.changed.connect(self.writing.change)
        self.session.done.connect(self._heard)

    def show_record(self, record: Record | None) -> None:
        """Show the notes on this record, in a moment; nothing for a new one, or for none."""
        held = record if record is not None and not record.is_new else None
        before = self.record
        if before is None or held is None or (type(before), before.key) != (type(held), held.key):
            self.writing.leave()  # what was begun belongs to the record before
            self._asked += 1
            self._limit = pages.LIMIT
            self.list.show_entries([], [])
            self._older.hide()
            self._say("" if held is not None or record is None else _(NOT_SAVED))
        self.record = held
        self.add_button.setVisible(held is not None)
        if held is not None:
            self._soon.start()

    def add_note(self) -> None:
        """Write a note: the editor opens on top, with what was begun before."""
        self.writing.open_note()

    def reload(self) -> None:
        """Read them now, beside the window."""
        self._soon.stop()
        record, by, limit = self.record, self.session.by, self._limit
        if record is None:
            return
        self._asked += 1
        asked = self._asked
        self.session.work(
            lambda _progress: pages.of(record, by, kinds=["note"], limit=limit), label=_("Reading the notes"),
            done=lambda page: self._show(asked, page), failed=lambda error: self._fail(asked, error), progress=False,
        )  # fmt: skip

    def open(self) -> None:
        """The own note is written anew; one that stands at another record leads there."""
        entry = self.list.entry()
        if entry is None or entry.opens is None:
            self.writing.change()
            return
        table, key = entry.opens
        record = areas.every_table()[table]
        if (found := self.session.find(record, key)) is not None and record.about.target:
            self.session.go_to(*record.opened_at(key, found.caption()))

    def _show(self, asked: int, page: Page) -> None:
        if asked != self._asked:
            return
        self.list.show_entries(page.pinned, page.entries)
        self._older.setVisible(page.before is not None)
        self._say("" if self.list.rows.rows else _(NOTHING))
        self.filled.emit()

    def _fail(self, asked: int, error: CRMError) -> None:
        if asked == self._asked:
            self._say(error.message)

    def _read_older(self) -> None:
        if not self._older.isHidden():
            self._limit += pages.LIMIT
            self._older.hide()
            self.reload()

    def _say(self, sentence: str) -> None:
        self._said.say(sentence)
        self.list.setVisible(not sentence)

    def _heard(self, done: Done) -> None:
        if self.record is not None and self.isVisible() and Note._meta.table_name in done.tables:
            self._soon.start()
