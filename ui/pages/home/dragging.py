"""A block is dragged by its grip while *Arrange blocks* is on; Esc leaves it where it was (VT-15, VT-62)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent

if TYPE_CHECKING:
    from collections.abc import Callable

    from ui.pages.home.block import Block
    from ui.pages.home.columns import Columns

FAR = 6
"""pixels the mouse is moved before anything is dragged"""


class Dragging(QObject):
    """Watches the grips; `dropped` hears which block comes to which column and place."""

    def __init__(self, columns: Columns, dropped: Callable[[str, int, int], object]) -> None:
        super().__init__(columns)
        self._columns, self._dropped = columns, dropped
        self._block: Block | None = None
        self._watched: dict[QObject, Block] = {}
        self._from = QPoint()
        self._far = False

    def watch(self, block: Block) -> None:
        """This one can be dragged."""
        block.grip.installEventFilter(self)
        self._watched[block.grip] = block

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QMouseEvent):
            return self._mouse(watched, event)
        if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape and self._block is not None:
            self._end()
            return True
        return False

    def _mouse(self, watched: QObject, event: QMouseEvent) -> bool:
        at = event.globalPosition().toPoint()
        if event.type() == QEvent.Type.MouseButtonPress and event.button() == Qt.MouseButton.LeftButton:
            self._block, self._from, self._far = self._watched[watched], at, False
            self._block.grip.setFocus()
            return True
        if self._block is None:
            return False
        if event.type() == QEvent.Type.MouseMove:
            self._far = self._far or (at - self._from).manhattanLength() >= FAR
            if self._far:
                self._columns.mark(self._place(at))
            return True
        if event.type() == QEvent.Type.MouseButtonRelease:
            block, far = self._block, self._far
            self._end()
            if far:
                self._dropped(block.key, *self._place(at))
            return True
        return False

    def _place(self, at: QPoint) -> tuple[int, int]:
        here = self._columns.mapFromGlobal(at)
        return self._columns.place_at(here.x(), here.y())

    def _end(self) -> None:
        self._block, self._far = None, False
        self._columns.mark(None)
