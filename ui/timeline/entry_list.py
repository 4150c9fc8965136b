"""The list of a timeline: painted rows as high as what they say, walked through by key, opened, pinned, copied."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal

from channergy_crm.language import _
from ui.timeline.painter import EntryPainter
from ui.timeline.rows import Rows
from ui.widgets.entries_view import EntriesView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent, QMouseEvent
    from PySide6.QtWidgets import QWidget

    from channergy_crm.services.timeline.sources import Entry

NAME = "timeline.list"
"""what it is called while it is seen; there may be one on each page"""


class EntryList(EntriesView):
    """What happened, the newest first; opened, pinned, changed and removed from here."""

    opened = Signal()
    """Enter or a double click on an entry"""
    pinned = Signal()
    """P, Space or a press on the pin of a note"""
    removed = Signal()
    """Delete"""
    changed = Signal()
    """F2: the note is to be written anew"""

    def __init__(self, hidden_name: str, parent: QWidget, name: str = NAME) -> None:
        rows = Rows()
        super().__init__(rows, (hidden_name, name), _("Timeline"), parent)
        self.rows = rows
        rows.setParent(self)
        self._painter = EntryPainter(self)
        self.paint_with(self._painter, self._painter.renew)
        self.doubleClicked.connect(lambda _index: self.opened.emit())

    def stand_flush(self) -> None:
        """Begin at the very edge, below what stands there."""
        self._painter.side = 0

    def show_entries(self, pinned: Sequence[Entry], entries: Sequence[Entry], *, older: bool = False) -> None:
        """Show these, or put them below what is there; the cursor stays on its entry."""
        held = self.entry()
        if older:
            self.rows.add(entries)
        else:
            self._painter.forget()
            self.rows.show(pinned, entries)
        self.stand_on(held)
        self.fit()
        self.turned.emit()

    def stand_on(self, entry: Entry | None) -> None:
        """The cursor comes to this entry, or to the first one."""
        self.stand_on_row(self.rows.row_of(entry))

    def entry(self) -> Entry | None:
        """The entry the cursor stands on."""
        held: Entry | None = self.current_entry()
        return held

    def keyPressEvent(self, event: QKeyEvent) -> None:
        bare = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        keys = {
            Qt.Key.Key_Return: self.opened, Qt.Key.Key_Enter: self.opened, Qt.Key.Key_P: self.pinned,
            Qt.Key.Key_Space: self.pinned, Qt.Key.Key_Delete: self.removed, Qt.Key.Key_F2: self.changed,
        }  # fmt: skip
        if bare and (what := keys.get(Qt.Key(event.key()))) is not None:
            what.emit()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A press on the pin of a note pins it."""
        super().mouseReleaseEvent(event)
        at = event.position().toPoint()
        index = self.indexAt(at)
        entry = self.entry() if index.isValid() and index == self.currentIndex() else None
        if entry is None or entry.kind != "note" or event.button() != Qt.MouseButton.LeftButton:
            return
        if self._painter.pin_room(self.visualRect(index)).contains(at):
            self.pinned.emit()
