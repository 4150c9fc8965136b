"""Bars that lie: a line for each, its label before it, its figure behind it, what else is to say at the right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics

from ui.charts import ink
from ui.charts.chart import Chart, Mark
from ui.look import paint, theme
from ui.look.plain import kept_to_itself

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

LINE, BAR, GAP = 28, 16, 8
"""pixels: a line, the bar in it, between two of its parts"""
LEFT, RIGHT = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight


class Lengths(Chart):
    """A lying bar for each mark, from top to bottom, as long as it takes."""

    def sizeHint(self) -> QSize:
        return QSize(theme.px(320, self), theme.px(LINE, self) * max(1, len(self.marks)))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(240, self), self.sizeHint().height())

    def room_of(self, mark: Mark) -> QRectF:
        """The whole line."""
        line = theme.px(LINE, self)
        return QRectF(0, mark.at[1] * line, self.width(), line)

    def _columns(self) -> tuple[float, float]:
        """Where the bars begin, and how long the longest is."""
        labels = min(max((self.wide(mark.label, self.font()) for mark in self.marks), default=0), self.width() * 0.34)
        begin = labels + 2 * GAP
        figures = max((self.wide(mark.figure, theme.strong(self.font())) for mark in self.marks), default=0)
        more = max((self.wide(mark.more) for mark in self.marks), default=0)
        return begin, max(8.0, self.width() - begin - figures - more - 3 * GAP)

    def draw(self, painter: QPainter) -> None:
        """Line under line."""
        begin, longest = self._columns()
        most = max((mark.value for mark in self.marks), default=0) or 1
        for mark in self.marks:
            room, chosen = self.room_of(mark), mark.key == self.chosen
            font = theme.strong(self.font()) if chosen else self.font()
            label = QFontMetrics(font).elidedText(
                kept_to_itself(mark.label), Qt.TextElideMode.ElideRight, round(begin - GAP)
            )
            self.say(painter, QRectF(4, room.top(), begin, room.height()), label, "text", LEFT, font)
            high = theme.px(BAR, self)
            long = max(2.0 if mark.value else 0.0, longest * mark.value / most)
            bar = QRectF(begin, room.center().y() - high / 2, long, high)
            self._draw_bar(painter, mark, bar, chosen=chosen)
            figure = QRectF(bar.right() + GAP, room.top(), self.width(), room.height())
            self.say(painter, figure, mark.figure, "text", LEFT, theme.strong(self.font()))
            self.say(painter, room.adjusted(0, 0, -4, 0), mark.more, "muted", RIGHT, self.small())

    def _draw_bar(self, painter: QPainter, mark: Mark, bar: QRectF, *, chosen: bool) -> None:
        before = 0.0
        for much, name in mark.pieces():
            long = bar.width() * much / mark.value if mark.value else 0.0
            gap = 1.0 if before and long else 0.0
            piece = QRectF(bar.left() + before + gap, bar.top(), long - gap, bar.height())
            before += long
            edge = ink.colour(self, "bar") if name == "rest" else None
            if piece.width() > (1 if edge is not None else 0):
                said = name if name in ("rest", "done") or not chosen else "accent"
                paint.box(painter, piece, ground=ink.colour(self, said), edge=edge, round_by=2)
