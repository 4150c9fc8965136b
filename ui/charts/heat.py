"""A map of hours and weekdays: the warmer a cell, the darker; its figure stands in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor

from ui.charts import ink
from ui.charts.chart import Chart, Mark
from ui.look import paint, theme

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPainter

HEAD, ROW, SIDE, NARROWEST, GAP = 20, 34, 40, 26, 2
"""pixels: the hours above, the highest row, the weekdays at the left, the narrowest cell, between two cells"""
CENTRE = Qt.AlignmentFlag.AlignHCenter


class Heat(Chart):
    """Columns of hours, rows of weekdays; a cell nobody was called in is a dash and no mark."""

    columns: Sequence[str] = ()
    rows: Sequence[str] = ()

    def show_map(
        self, columns: Sequence[str], rows: Sequence[str], marks: Sequence[Mark], titles: tuple[str, ...]
    ) -> None:
        """Show these cells under these hours, beside these weekdays."""
        self.columns, self.rows = columns, rows
        self.show_marks(marks, titles)

    def row(self, mark: Mark) -> tuple[str, ...]:
        """A cell in the copied table: weekday, hour, figure and how many."""
        return self.rows[mark.at[1]], self.columns[mark.at[0]], mark.figure, mark.more

    def sizeHint(self) -> QSize:
        return QSize(theme.px(360, self), theme.px(HEAD + ROW * max(1, len(self.rows)), self))

    def minimumSizeHint(self) -> QSize:
        cells = theme.px(SIDE, self) + theme.px(NARROWEST, self) * len(self.columns)
        return QSize(min(cells, theme.px(420, self)), theme.px(HEAD + 24 * max(1, len(self.rows)), self))

    def _cell(self, column: int, row: int) -> QRectF:
        side, head = theme.px(SIDE, self), theme.px(HEAD, self)
        wide = (self.width() - side) / max(1, len(self.columns))
        high = min((self.height() - head) / max(1, len(self.rows)), theme.px(ROW, self))
        return QRectF(side + column * wide, head + row * high, wide, high)

    def room_of(self, mark: Mark) -> QRectF:
        """The cell."""
        return self._cell(*mark.at).adjusted(GAP / 2, GAP / 2, -GAP / 2, -GAP / 2)

    def draw(self, painter: QPainter) -> None:
        """Hours, weekdays, cells."""
        head = theme.px(HEAD, self)
        for place, hour in enumerate(self.columns):
            room = self._cell(place, 0)
            self.say(painter, QRectF(room.left(), 0, room.width(), head), hour, "muted", CENTRE, self.small())
        held = {mark.at: mark for mark in self.marks}
        for row, day in enumerate(self.rows):
            room = self._cell(0, row)
            left = QRectF(0, room.top(), room.left(), room.height())
            self.say(painter, left, day, "muted", Qt.AlignmentFlag.AlignLeft, self.small())
            for column in range(len(self.columns)):
                if (mark := held.get((column, row))) is not None:
                    self._draw_cell(painter, mark)
                else:
                    self.say(painter, self._cell(column, row), "–", "muted", CENTRE, self.small())

    def _draw_cell(self, painter: QPainter, mark: Mark) -> None:
        most = max((each.value for each in self.marks), default=0) or 1
        ground, figure = ink.of(self).heat[min(3, int(4 * mark.value / most))]
        chosen = mark.key == self.chosen
        edge = theme.colour(self, "accent") if chosen else None
        wide = theme.theme_of(self).ring
        paint.box(painter, self.room_of(mark), ground=QColor(ground), edge=edge, width=wide, round_by=paint.TAG)
        painter.setFont(self.small_bold() if chosen else self.small())
        painter.setPen(QColor(figure))
        painter.drawText(self.room_of(mark), CENTRE | Qt.AlignmentFlag.AlignVCenter, mark.figure)
