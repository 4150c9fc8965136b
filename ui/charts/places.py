"""Where the charts of a page stand: two by two with lines between, or one under the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF
from PySide6.QtWidgets import QGridLayout, QWidget

from ui.look import paint, theme

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPaintEvent, QResizeEvent

TWO_COLUMNS, PLACE = 1_000, 268
"""pixels: a page from there on has two columns; how high a place is at least"""


class Places(QWidget):
    """Two by two with lines between, or one under the other where there is little room."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        theme.stand_on(self, "base")
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(1)
        self._held: Sequence[QWidget] = ()
        self._two: bool | None = None

    def hold(self, panels: Sequence[QWidget]) -> None:
        """These, in reading order."""
        self._held = panels
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        two = self.width() >= theme.px(TWO_COLUMNS, self)
        if two == self._two:
            return
        self._two = two
        for place, panel in enumerate(self._held):
            self._grid.removeWidget(panel)
            panel.setMinimumHeight(theme.px(PLACE, self))
            row, column = divmod(place, 2) if two else (place, 0)
            self._grid.addWidget(panel, row, column)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1 if two else 0)
        for row in range(4):
            self._grid.setRowStretch(row, 1 if row < 2 or not two else 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The lines between the places."""
        painter, line = paint.begin(self), theme.colour(self, "line")
        for panel in self._held:
            room = panel.geometry()
            painter.fillRect(QRectF(room.left() + 16, room.bottom() + 1, room.width() - 32, 1), line)
            if self._two and room.right() < self.width() - 2:
                painter.fillRect(QRectF(room.right() + 1, room.top() + 8, 1, room.height() - 16), line)
