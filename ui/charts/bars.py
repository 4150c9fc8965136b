"""Bars that stand: the figure over each, its label under it, two hairs, a base line; parts one over the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt

from ui.charts import ink
from ui.charts.chart import Chart, Mark
from ui.look import paint, theme

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

WIDEST, LINE, PART = 40, 18, 1
"""pixels: a bar, a line of words, the ground between two parts"""
CENTRE = Qt.AlignmentFlag.AlignHCenter


class Bars(Chart):
    """A bar for each mark, from left to right."""

    def sizeHint(self) -> QSize:
        return QSize(theme.px(320, self), theme.px(190, self))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(200, self), theme.px(150, self))

    def _field(self) -> QRectF:
        """Between the figures and the labels."""
        line = theme.px(LINE, self)
        return QRectF(0, line, self.width(), self.height() - 2 * line - 2)

    def _slot(self) -> float:
        return self.width() / max(1, len(self.marks))

    def _bar(self, mark: Mark) -> QRectF:
        field, slot = self._field(), self._slot()
        most = max((each.value for each in self.marks), default=0) or 1
        wide = min(theme.px(WIDEST, self), slot * 0.72)
        high = field.height() * mark.value / most
        return QRectF(mark.at[0] * slot + (slot - wide) / 2, field.bottom() - high, wide, high)

    def room_of(self, mark: Mark) -> QRectF:
        """The bar with its figure and its label."""
        slot = self._slot()
        return QRectF(mark.at[0] * slot + 1, 0, slot - 2, self.height())

    def draw(self, painter: QPainter) -> None:
        """Hairs, bars, words, base line."""
        field = self._field()
        for share in (0.0, 0.5):
            painter.fillRect(QRectF(0, field.top() + share * field.height(), self.width(), 1),
                             theme.colour(self, "hair"))  # fmt: skip
        step = self._step()
        for place, mark in enumerate(self.marks):
            self._draw_one(painter, mark, worded=place % step == 0 or mark.key == self.chosen)
        painter.fillRect(QRectF(0, field.bottom(), self.width(), 1), theme.colour(self, "border"))

    def _step(self) -> int:
        """Every label, or every second one where there is no room for all."""
        widest = max((self.wide(text) for mark in self.marks for text in (mark.label, mark.figure)), default=0)
        return 1 if widest + 4 <= self._slot() else 2

    def _draw_one(self, painter: QPainter, mark: Mark, *, worded: bool) -> None:
        bar, line, chosen = self._bar(mark), theme.px(LINE, self), mark.key == self.chosen
        below = 0.0
        for much, name in mark.pieces():
            high = bar.height() * much / mark.value if mark.value else 0.0
            gap = PART if below and high else 0.0
            piece = QRectF(bar.left(), bar.bottom() - below - high, bar.width(), high - gap)
            self._box(painter, piece, "accent" if chosen and name == "bar" else name)
            below += high
        if not worded:
            return
        slot, font = self._slot(), self.small_bold() if chosen else self.small()
        at = mark.at[0] * slot
        tone = "text" if chosen else "muted"
        self.say(painter, QRectF(at - slot, bar.top() - line, 3 * slot, line), mark.figure, tone, CENTRE, font)
        self.say(painter, QRectF(at - slot, self.height() - line, 3 * slot, line), mark.label, tone, CENTRE, font)

    def _box(self, painter: QPainter, room: QRectF, name: str) -> None:
        edge = ink.colour(self, "bar") if name == "rest" else None
        if room.height() > (1 if edge is not None else 0):
            paint.box(painter, room, ground=ink.colour(self, name), edge=edge, round_by=2)
