"""The list of a block: arrows walk through it, Enter or a press opens a row, the button of a row dials its number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal

from ui.pages.home.painter import RowPainter
from ui.pages.home.rows import Rows
from ui.widgets.entries_view import EntriesView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
    from PySide6.QtWidgets import QWidget

    from channergy_crm.services.home.lines import Line
    from ui.pages.home.rows import Row


class BlockList(EntriesView):
    """As high as its rows; it never scrolls by itself."""

    opened = Signal(object)
    """Enter or a press on a row: its line"""
    dialed = Signal(object)
    """a press on the button of a row: its line"""

    def __init__(self, name: str, said: str, parent: QWidget, *, two_lines: bool = False) -> None:
        self.rows = Rows(None)
        super().__init__(self.rows, (name, name), said, parent)
        self.rows.setParent(self)
        self._two = two_lines
        self._painter = RowPainter(self, two_lines=two_lines)
        self.paint_with(self._painter, self._painter.forget)
        self.scroll_by_itself(False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor)

    def show_rows(self, rows: Sequence[Row]) -> None:
        """These from now on; the cursor stays on what it stood on, or comes to the first."""
        if list(rows) == self.rows.rows:
            return
        held: Line | None = self.current_entry()
        self._painter.forget()
        self.rows.show(rows)
        there = [place for place, row in enumerate(rows) if row.entry is not None]
        same = (place for place in there if held is not None and rows[place].entry.opens == held.opens)  # type: ignore[union-attr]
        self.stand_on_row(next(same, there[0] if there else -1))
        self.setVisible(bool(rows))
        self.fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._open()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A press opens the row, or dials its number."""
        super().mouseReleaseEvent(event)
        at = event.position().toPoint()
        index = self.indexAt(at)
        line: Line | None = self.current_entry()
        if event.button() != Qt.MouseButton.LeftButton or not index.isValid() or index != self.currentIndex():
            return
        if (
            line is not None
            and self._two
            and line.phone
            and self._painter.dial_room(self.visualRect(index)).contains(at)
        ):
            self.dialed.emit(line)
        else:
            self._open()

    def _open(self) -> None:
        if (line := self.current_entry()) is not None:
            self.opened.emit(line)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()
