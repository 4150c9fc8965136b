"""What the parts of a bar mean, in words beside a small piece of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.charts import ink
from ui.look import paint, theme
from ui.widgets.controls import LEFT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPaintEvent

PIECE, GAP, BETWEEN = 10, 5, 12
"""pixels: the piece, between it and its word, between two of them"""


class Legend(QWidget):
    """Pairs of a colour ("bar", "rest") and what it stands for."""

    def __init__(self, parts: Sequence[tuple[str, str]], parent: QWidget) -> None:
        super().__init__(parent)
        self._parts = parts
        self.setFont(theme.small(self.font()))
        self.setAccessibleName(", ".join(said for _name, said in parts))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self.font())
        wide = sum(PIECE + GAP + metrics.horizontalAdvance(said) + BETWEEN for _name, said in self._parts)
        return QSize(wide, metrics.height() + 4)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, at, metrics = paint.begin_turned(self), 0.0, QFontMetrics(self.font())
        painter.setFont(self.font())
        for name, said in self._parts:
            piece = QRectF(at, (self.height() - PIECE) / 2, PIECE, PIECE)
            edge = ink.colour(self, "bar") if name == "rest" else None
            paint.box(painter, piece, ground=ink.colour(self, name), edge=edge, round_by=2)
            at += PIECE + GAP
            painter.setPen(theme.colour(self, "muted"))
            wide = metrics.horizontalAdvance(said)
            painter.drawText(QRectF(at, 0, wide + 2, self.height()), LEFT, said)
            at += wide + BETWEEN
