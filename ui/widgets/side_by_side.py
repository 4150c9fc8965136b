"""Two halves beside each other, or one below the other where there is little room; a line ends what stands above."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QBoxLayout, QWidget

from ui.look import paint, theme

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QResizeEvent

BETWEEN = 32
"""pixels between two that stand beside each other"""


class SideBySide(QWidget):
    """From so many pixels on beside each other; `gap` is between them where not, `line` where the line is."""

    def __init__(self, parent: QWidget, room: int, gap: int, line: int = 0) -> None:
        super().__init__(parent)
        self._room, self._gap, self._line = room, gap, line
        self.sides = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self.sides.setSpacing(BETWEEN)

    def resizeEvent(self, event: QResizeEvent) -> None:
        beside = event.size().width() >= theme.px(self._room, self)
        way = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        if self.sides.direction() != way:
            self.sides.setDirection(way)
            self.sides.setSpacing(BETWEEN if beside else self._gap)
        super().resizeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        paint.begin(self).fillRect(0, self._line, self.width(), 1, theme.colour(self, "line"))
