"""The list of documents itself: walked through by key, dropped and pasted upon."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence

from channergy_crm.language import _
from ui.documents.painter import DocumentPainter
from ui.documents.rows import Rows
from ui.widgets.entries_view import EntriesView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from channergy_crm.services.timeline.documents import Shown

NAME = "documents.list"
"""what it is called while it is seen; there may be one on each page"""


class DocumentList(EntriesView):
    """Documents, the newest first. Enter opens, F2 changes, Delete removes, Ctrl+V puts what was copied there."""

    opened = Signal()
    removed = Signal()
    changed = Signal()
    pasted = Signal()
    dragged = Signal()
    """somebody drags the document away, to another program"""

    def __init__(self, hidden_name: str, parent: QWidget) -> None:
        rows = Rows()
        super().__init__(rows, (hidden_name, NAME), _("Documents"), parent)
        self.rows = rows
        rows.setParent(self)
        self.setDragEnabled(True)
        painter = DocumentPainter(self, rows)
        self.paint_with(painter, painter.renew)
        self.doubleClicked.connect(lambda _index: self.opened.emit())

    def show_documents(self, found: Sequence[Shown]) -> None:
        """Show these; the cursor stays on its document."""
        held = self.document()
        self.rows.show(found)
        self.stand_on(held.document.number if held is not None else 0)
        self.fit()
        self.turned.emit()

    def stand_on(self, number: int) -> None:
        """The cursor comes to this document, or to the first one."""
        self.stand_on_row(self.rows.row_of(number))

    def document(self) -> Shown | None:
        """What the cursor stands on."""
        held: Shown | None = self.current_entry()
        return held

    def event(self, event: QEvent) -> bool:
        """Pasting is this list's, whatever the window would do with that key."""
        asked = event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
        if asked and isinstance(event, QKeyEvent) and event.matches(QKeySequence.StandardKey.Paste):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        bare = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        keys = {
            Qt.Key.Key_Return: self.opened, Qt.Key.Key_Enter: self.opened, Qt.Key.Key_Delete: self.removed,
            Qt.Key.Key_F2: self.changed,
        }  # fmt: skip
        if event.matches(QKeySequence.StandardKey.Paste):
            self.pasted.emit()
        elif bare and (what := keys.get(Qt.Key(event.key()))) is not None:
            what.emit()
        else:
            super().keyPressEvent(event)

    def startDrag(self, actions: Qt.DropAction) -> None:
        """What is dragged is a copy that must be written first: that is told, and done beside the window."""
        if self.document() is not None:
            self.dragged.emit()

    def copy(self) -> None:
        """The name onto the clipboard."""
        if (held := self.document()) is not None:
            QGuiApplication.clipboard().setText(held.document.caption())
